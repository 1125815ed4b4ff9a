"""Reading a file whole, and writing it so that a crash or a power cut leaves the old content or the new, never a
part."""

import codecs
import errno
import os
import re
import shutil
import stat
import sys
from pathlib import Path

from wizard.core.saved_file import LARGEST, SavedFileError, SavedFileProblem
from wizard.i18n.language import _

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_LONG_NAME = 200  # bytes
_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def write_atomically(path: Path, content: bytes, like: Path | None = None) -> None:
    """Replace the file at path with content and return when it is safe on the disk. Raises OSError.

    path: not a symlink (callers that follow one resolve it first); its folder exists. like: an existing file whose
    mode, owner and extended attributes the new one gets; without it only the owner may read and write. A device or a
    pipe at path, or behind a link there, is refused: a file in its place would break what others use it for.
    """
    if is_special(path):
        raise OSError(errno.EINVAL, _("There is a device or a pipe of this name."), str(path))
    temporary = temporary_beside(path)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if like is not None:
                _make_alike(temporary, like)
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:  # also when stopped with Ctrl+C: no half file stays beside the real one
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def read_file(path: Path, largest: int = LARGEST) -> bytes:
    """Return what is in a file, without a mark at its beginning. Its size is asked before anything is read. Raises
    SavedFileError."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise SavedFileError(SavedFileProblem.NO_FILE, path)
        if found.st_size > largest:
            raise SavedFileError(SavedFileProblem.TOO_LARGE, path)
        return path.read_bytes().removeprefix(codecs.BOM_UTF8)  # an editor on Windows may have put it there
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SavedFileError(SavedFileProblem.MISSING, path) from error
    except PermissionError as error:
        raise SavedFileError(SavedFileProblem.NO_PERMISSION, path) from error
    except OSError as error:
        raise SavedFileError(SavedFileProblem.UNREADABLE, path) from error


def write_output(path: Path, content: bytes) -> None:
    """Write where a person wants it, and follow a link. Raises OSError.

    A file that is there keeps its mode; a new one is for this user alone. Into a device or a pipe it is written."""
    if is_special(path):
        with os.fdopen(open_special(path), "wb") as device:
            device.write(content)
        return
    path = path.resolve()
    write_atomically(path, content, like=path if path.exists() else None)


def is_special(path: Path) -> bool:
    """Whether a device, a pipe or a socket is there, or behind a link there."""
    return path.exists() and not (path.is_file() or path.is_dir())


def open_special(path: Path) -> int:
    """Return a descriptor that writes into a pipe or a character device. Raises OSError for all else, such as a disk,
    which would lose what is on it, and for a pipe that nobody reads: to wait for a reader could take for ever."""
    descriptor = os.open(path, os.O_WRONLY | _FLAGS | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    try:
        mode = os.fstat(descriptor).st_mode
        if not (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
            raise OSError(errno.EINVAL, _("Nothing can be saved there."), str(path))
        if sys.platform != "win32":
            os.set_blocking(descriptor, True)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def temporary_beside(path: Path) -> Path:
    """Return a name that nothing has, for what will take the place of path."""
    return path.with_name(f".{_cut(path.name)}.{os.urandom(4).hex()}.tmp")


def temporaries_of(path: Path) -> list[Path]:
    """Return what `temporary_beside` has named and nobody has renamed or removed. Raises OSError."""
    pattern = re.compile(rf"\.{re.escape(_cut(path.name))}\.[0-9a-f]{{8}}\.tmp")
    return [found for found in path.parent.iterdir() if pattern.fullmatch(found.name)]


def _cut(name: str) -> str:
    """A name has 255 bytes at most, and a letter up to four."""
    return name if len(os.fsencode(name)) <= _LONG_NAME else name[: _LONG_NAME // 4]


def write_private(path: Path, content: bytes) -> None:
    """Write a file of ours: its folders are made where missing, and nobody else may read it. Raises OSError."""
    make_private_folder(path.parent)
    write_atomically(path, content)


def make_private_folder(folder: Path) -> None:
    """Make the folder, and those above it that are missing, for this user alone."""
    if folder.is_dir():
        return
    make_private_folder(folder.parent)
    folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    sync_folder(folder.parent)


def remove(path: Path) -> None:
    """Remove a file, and return when that is safe on the disk; a file that is not there is fine."""
    try:
        path.unlink()
    except FileNotFoundError:
        return
    sync_folder(path.parent)


def quarantine(path: Path) -> Path:
    """Rename a file that cannot be read, so that a new one may take its name, and return where it is now."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(aside)
    sync_folder(path.parent)
    return aside


def sync_folder(folder: Path) -> None:
    """Make names in the folder survive a power cut. Windows does so by itself and cannot open folders."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_alike(path: Path, like: Path) -> None:
    if sys.platform != "win32":
        wanted, got = like.stat(), path.stat()
        if (wanted.st_uid, wanted.st_gid) != (got.st_uid, got.st_gid):
            os.chown(path, wanted.st_uid, wanted.st_gid)  # before the mode: a change of owner may clear bits of it
    shutil.copystat(like, path)
    os.utime(path)  # what watches the file must see that it changed
