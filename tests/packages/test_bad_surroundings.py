"""A damaged download, a system too old, no display, a read-only home: a sentence, no stack trace and no silence."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.e2e.screen import open_window
from tests.packages.package import Package, Tar
from tests.terminal.test_surroundings import as_anybody

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
_DAMAGED = "This copy of the program is damaged"
_LIBRARIES = "program/_internal"


def complaint(program: Path, *words: str, code: int | None = 1, **variables: str) -> str:
    """Return what it says on standard error."""
    quiet = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [program, *words], env={**quiet, **variables}, capture_output=True, text=True, timeout=60, check=False
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    return done.stderr


def cut(path: Path) -> None:
    replace(path, path.read_bytes()[: path.stat().st_size // 2])


def replace(path: Path, content: bytes) -> None:
    """Put another file in the place of one that copies of the archive share."""
    mode = path.stat().st_mode
    path.unlink()
    path.write_bytes(content)
    path.chmod(mode)


@pytest.mark.parametrize(
    "name",
    [
        "program/handover-wizard",
        f"{_LIBRARIES}/base_library.zip",
        f"{_LIBRARIES}/files.txt",
        f"{_LIBRARIES}/libpython3*.so.1.0",
        f"{_LIBRARIES}/python3*/lib-dynload/zlib.*.so",
        f"{_LIBRARIES}/PySide6/Qt/lib/libQt6Gui.so.6",
        f"{_LIBRARIES}/PySide6/QtWidgets.abi3.so",
        f"{_LIBRARIES}/libglib-2.0.so.0",
        f"{_LIBRARIES}/wizard/resources/errors.toml",
    ],
)
def test_a_part_that_is_missing_or_cut_is_said(unpacked: Path, name: str) -> None:
    part = next(unpacked.glob(name))
    for damage in (cut, Path.unlink):
        damage(part)
        for words in ((), ("targets",)):
            told = complaint(unpacked / "handover-wizard", *words, DISPLAY=":4711", PATH="/usr/bin:/bin")
            assert _DAMAGED in told
            assert "Download it again" in told


def test_a_part_that_was_changed_but_is_as_long_shows_in_the_self_test(unpacked: Path) -> None:
    part = unpacked / _LIBRARIES / "wizard/resources/help.toml"
    replace(part, part.read_bytes().replace(b"the", b"teh", 1))
    told = subprocess.run([unpacked / "handover-wizard", "self-test"], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "FAIL  bundle" in told.stdout
    assert "help.toml" in told.stdout


@pytest.mark.parametrize(
    ("tool", "answer", "said"),
    [
        ("getconf", "echo glibc 2.17", "This system is too old for this program: it has glibc 2.17"),
        ("getconf", "exit 1", "This system is too old for this program: it has another C library"),
        ("uname", "echo aarch64", "computers; this one is aarch64"),
    ],
)
def test_a_system_that_is_too_old_or_another_processor_is_said(
    unpacked: Path, tmp_path: Path, tool: str, answer: str, said: str
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / tool).write_text(f"#!/bin/sh\n{answer}\n")
    (tools / tool).chmod(0o755)
    assert said in complaint(unpacked / "handover-wizard", PATH=f"{tools}:/usr/bin:/bin")


def test_the_deb_asks_for_a_system_that_is_new_enough(package: Package) -> None:
    if isinstance(package, Tar):
        pytest.skip("the archive's starter looks by itself")
    told = subprocess.run(["dpkg-query", "-W", "-f", "${Depends}", "handover-wizard"], capture_output=True, text=True)
    assert "libc6 (>= 2." in told.stdout


def test_without_a_display_it_says_what_to_do(package: Package) -> None:
    assert "Use “handover-wizard setup” instead." in complaint(package.program, code=2)


@pytest.mark.parametrize("display", [{"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "nobody"}])
def test_a_display_that_nobody_serves_is_said(package: Package, display: dict[str, str]) -> None:
    told = complaint(package.program, code=2, PATH="/usr/bin:/bin", **display)
    assert "The window cannot be shown on this display." in told


def test_where_home_is_read_only_the_window_says_that_nothing_is_kept(
    package: Package, environment: dict[str, str], tmp_path: Path
) -> None:
    home = tmp_path / "locked"
    home.mkdir(mode=0o500)
    places = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    locked = {**environment, **places, "HOME": str(home)}
    with open_window([*as_anybody(), str(package.program)], locked, tmp_path / "log") as screen:
        screen.wait_for_title("Connect your bot and your live chat", 30)
        screen.click("push button", "Start")
        assert "Permission denied" in screen.wait_for_words("Your answers cannot be saved on this computer")
        screen.close_window()
        assert screen.wait_until_closed() == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_a_second_window_says_that_another_is_open(
    package: Package, environment: dict[str, str], tmp_path: Path
) -> None:
    command = [str(package.program)]
    with open_window(command, environment, tmp_path / "log") as first:
        first.wait_for_title("Connect your bot and your live chat", 30)
        with open_window(command, environment, tmp_path / "log2") as second:
            second.wait_for_words("The wizard is open in another window already.", 30)
