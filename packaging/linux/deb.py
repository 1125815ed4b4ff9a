"""The Debian package: the frozen folder without what Debian itself has, which it depends on instead."""

import filecmp
import gzip
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import frozen_folder

from linux.elf import elf_files

_HERE = Path(__file__).resolve().parent
NAME = "handover-wizard"
_MAINTAINER = "Messenger Handover Wizard project <maintainers@handover-wizard.invalid>"
_SYSTEM = tuple(Path(folder) for folder in ("/lib", "/usr/lib"))
# What the program starts or reads rather than links: links are opened with xdg-open, certificates are the system's.
_USED = ("xdg-utils", "ca-certificates")
_BETTER_WITH = (
    *("gnome-keyring | kwalletmanager | keepassxc", "xdg-desktop-portal", "at-spi2-core"),
    # Letters of the languages that the program speaks: Thai (and where its lines may break), Japanese, Arabic.
    *("libthai0", "fonts-thai-tlwg | fonts-noto-core", "fonts-ipafont-gothic | fonts-noto-cjk"),
    "fonts-dejavu-core | fonts-noto-core",
)
_DESCRIPTION = """\
connect a chatbot and a live chat on one Facebook Page
 The bot answers first, hands a conversation to a person, and gets it back. The
 wizard leads through setting that up, and tests it with a real conversation
 that comes back. It is for Messenger only.
 .
 Practice mode shows everything on a pretend Facebook on this computer. On a
 terminal the same can be set up, checked and explained without a window.
"""


class Deb:
    def __init__(self, folder: Path, share: Path, scratch: Path, version: str, epoch: int) -> None:
        self._folder, self._share, self._root = folder, share, scratch / "deb"
        self._version, self._date = version, datetime.fromtimestamp(epoch, UTC)
        self._machine = _said("dpkg", "--print-architecture").strip()

    def stage(self) -> None:
        usr = self._root / "usr"
        program = usr / "lib" / NAME
        shutil.copytree(self._folder, program, symlinks=True)
        leave_to_debian(program / "_internal")
        frozen_folder.write_list(program)
        (usr / "bin").mkdir()
        (usr / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
        shutil.copytree(self._share, usr / "share")
        self._put_papers(usr / "share" / "doc" / NAME)
        _copy(_HERE / "lintian-overrides", usr / "share" / "lintian" / "overrides" / NAME)
        self._put_control(program)
        for path in self._root.rglob("*"):
            if not path.is_symlink():
                is_program = path.is_dir() or path.parent == program
                path.chmod(0o755 if is_program else 0o644)

    def pack(self, target: Path, fast: bool) -> Path:
        path = target / f"{NAME}_{self._version}_{self._machine}.deb"
        level = ["-z1"] if fast else ["-z9"]
        command = ["dpkg-deb", "--root-owner-group", "--threads-max=1", "-Zxz", *level, "--build"]
        subprocess.run([*command, str(self._root), str(path)], check=True, stdout=subprocess.DEVNULL)
        return path

    def _put_papers(self, doc: Path) -> None:
        _copy(_HERE / "copyright", doc / "copyright")
        entry = f"{NAME} ({self._version}) stable; urgency=medium\n\n  * See CHANGELOG.md of the source.\n\n"
        entry += f" -- {_MAINTAINER}  {format_datetime(self._date)}\n"
        (doc / "changelog.gz").write_bytes(gzip.compress(entry.encode(), 9, mtime=0))

    def _put_control(self, program: Path) -> None:
        files = sorted(path for path in self._root.rglob("*") if path.is_file() and not path.is_symlink())
        control = self._root / "DEBIAN"
        control.mkdir()
        sums = "".join(
            f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(self._root)}\n" for path in files
        )
        (control / "md5sums").write_text(sums, encoding="utf-8")
        fields = {
            "Package": NAME,
            "Version": self._version,
            "Architecture": self._machine,
            "Maintainer": _MAINTAINER,
            "Installed-Size": str(sum(path.stat().st_size + 4095 for path in files) // 1024),
            "Depends": ", ".join([*linked_packages(program), *_USED]),
            "Recommends": ", ".join(_BETTER_WITH),
            "Section": "net",
            "Priority": "optional",
            "Description": _DESCRIPTION.rstrip("\n"),
        }
        lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
        (control / "control").write_text(lines, encoding="utf-8")


def leave_to_debian(inside: Path) -> list[str]:
    """Remove libraries that were copied from this Debian's packages, and return their names: the package depends on
    those, and gets their security updates."""
    removed = []
    for path in sorted(inside.glob("lib*.so*")):
        if not path.is_symlink() and not path.name.startswith("libpython") and _is_debians(path):
            path.unlink()
            removed.append(path.name)
    return removed


def linked_packages(program: Path) -> list[str]:
    """Return what the folder's programs and libraries link to and do not bring, as `Depends` wants it."""
    inside = program / "_internal"
    folders = sorted({path.parent for path in inside.rglob("*.so*")})
    with _debian_folder(program.parent) as work:
        said = _said(
            "dpkg-shlibdeps",
            "-O",
            "--ignore-missing-info",
            *(f"-l{folder}" for folder in folders),
            *(f"-e{path}" for path in elf_files(program)),
            folder=work,
        )
    found = re.search(r"^shlibs:Depends=(.*)$", said, re.MULTILINE)
    assert found is not None, said
    return sorted(found[1].split(", "))


@contextmanager
def _debian_folder(beside: Path) -> Iterator[Path]:
    """A folder that dpkg-shlibdeps takes for a source package."""
    folder = beside / "source"
    (folder / "debian").mkdir(parents=True)
    (folder / "debian" / "control").write_text(f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n")
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _is_debians(path: Path) -> bool:
    for folder in _SYSTEM:
        for system in (folder / path.name, *folder.glob(f"*-linux-gnu*/{path.name}")):
            if system.is_file() and filecmp.cmp(system.resolve(), path, shallow=False):
                return True
    return False


def _said(*command: str, folder: Path | None = None) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stderr}")
    return done.stdout


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
