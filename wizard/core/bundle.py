"""A copy of the program that was packed as one folder: what PyInstaller set up for it, and whether it is whole.

Everything here does nothing, or finds nothing wrong, in a copy that runs in a Python of its own."""

import os
import sys
from pathlib import Path

LIST = "files.txt"  # in the folder of the libraries: one line "SIZE SHA256 NAME" per file
_LIBRARIES = "LD_LIBRARY_PATH"
_ORIGINAL = f"{_LIBRARIES}_ORIG"  # where PyInstaller keeps what the person had set
_PYINSTALLERS = ("_PYI_", "PYINSTALLER_")


def is_packed() -> bool:
    return bool(getattr(sys, "frozen", False))


def program_folder() -> Path | None:
    """The folder of a packed program, where a vendor may put files of its own; None in a Python of its own."""
    return Path(sys.executable).parent if is_packed() else None


def restore_environment() -> None:
    """Take back what PyInstaller put into the environment: the browser and every other program we start would load
    our libraries in place of its own. This process has read it already; a copy of ours sets it up again."""
    if not is_packed():
        return
    for name in [name for name in os.environ if name.startswith(_PYINSTALLERS)]:
        del os.environ[name]
    if sys.platform == "linux":
        before = os.environ.pop(_ORIGINAL, None)
        if before is None:
            os.environ.pop(_LIBRARIES, None)
        else:
            os.environ[_LIBRARIES] = before


def line_of(path: Path, folder: Path) -> str:
    """Return what the list says about a file that lies below the folder."""
    import hashlib  # all of OpenSSL comes with it, and the start needs none of that

    content = path.read_bytes()
    return f"{len(content)} {hashlib.sha256(content).hexdigest()} {path.relative_to(folder).as_posix()}\n"


def damaged(thoroughly: bool = False) -> list[str]:
    """Return the names of files that are missing or cut; or, thoroughly, that are in any way not as they were packed.

    The list itself missing counts as one. Raises nothing."""
    return _damaged_below(Path(getattr(sys, "_MEIPASS", "")), thoroughly) if is_packed() else []


def _damaged_below(folder: Path, thoroughly: bool) -> list[str]:
    try:
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
        if not lines:
            return [LIST]
        return [line.split(" ", 2)[2] for line in lines if not _is_as_packed(folder, line, thoroughly)]
    except (OSError, UnicodeDecodeError, ValueError, IndexError):
        return [LIST]


def _is_as_packed(folder: Path, line: str, thoroughly: bool) -> bool:
    size, _hash, name = line.split(" ", 2)
    try:
        if os.stat(f"{folder}/{name}").st_size != int(size):  # noqa: PTH116 (hundreds of files, before the window)
            return False
        return not thoroughly or line_of(folder / name, folder) == f"{line}\n"
    except OSError:
        return False


class ProgramFile:
    """The program file as it was at the start. An update replaces it under a window that is open, and what that window
    loads afterwards no longer fits what it has."""

    def __init__(self) -> None:
        self._before = self._fingerprint()

    def executable_changed(self) -> bool:
        return is_packed() and self._fingerprint() != self._before

    @staticmethod
    def _fingerprint() -> tuple[int, int, int] | None:
        try:
            seen = Path(sys.executable).stat()
        except OSError:
            return None
        return seen.st_ino, seen.st_size, seen.st_mtime_ns
