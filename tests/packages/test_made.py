"""What is in the packages, by the judgement of Debian's and the desktop's own tools."""

import os
import re
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.packages.conftest import newest

_DIST = Path(os.environ["WIZARD_PACKAGES"])
_ROOT = Path(__file__).parents[2]


def run(*words: object) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_lintian_finds_no_error() -> None:
    told = run("lintian", "--allow-root", "--fail-on", "error,warning", newest(_DIST, "*.deb"))
    assert "E:" not in told


def test_every_override_of_lintian_has_its_reason() -> None:
    lines = (_ROOT / "packaging/linux/lintian-overrides").read_text().splitlines()
    assert lines[0].startswith("# ")
    assert [line for line in lines if not line.startswith(("# ", "handover-wizard: "))] == []


def test_the_desktops_tools_find_no_mistake(tmp_path: Path) -> None:
    run("dpkg-deb", "-x", newest(_DIST, "*.deb"), tmp_path)
    share = tmp_path / "usr/share"
    run("desktop-file-validate", share / "applications/handover-wizard.desktop")
    told = subprocess.run(
        ["appstreamcli", "validate", "--no-net", "--no-color", share / "metainfo/handover-wizard.metainfo.xml"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    # The project has no domain of its own yet to call itself after.
    assert re.findall(r"^[EW]: .*?: (\S+)", told.replace("handover-wizard:3:", ":"), re.MULTILINE) == [
        "cid-desktopapp-is-not-rdns"
    ]


def test_nothing_tells_of_whoever_built_it_nor_where_nor_when(tmp_path: Path) -> None:
    with tarfile.open(newest(_DIST, "*.tar.xz")) as archive:
        members = archive.getmembers()
        archive.extractall(tmp_path, filter="tar")
    assert {(member.uid, member.gid, member.uname, member.gname) for member in members} == {(0, 0, "root", "root")}
    assert len({member.mtime for member in members}) == 1
    files = [path for path in tmp_path.rglob("*") if path.is_file() and not path.is_symlink()]
    telling = [path for path in files if str(_ROOT).encode() in path.read_bytes()]
    assert [path.relative_to(tmp_path) for path in telling] == []


@pytest.mark.parametrize(
    "unwanted", ["hypothesis", "pytest", "setuptools", "libgtk", "QtNetwork", "QtQml", "qtbase_fr"]
)
def test_what_nobody_uses_is_left_out(unwanted: str) -> None:
    with tarfile.open(newest(_DIST, "*.tar.xz")) as archive:
        assert [name for name in archive.getnames() if unwanted in name] == []
