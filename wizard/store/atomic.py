"""Writing a file so that a crash or a power cut leaves the old content or the new, never a part."""

import os
import re
import secrets
import shutil
import sys
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_LONG_NAME = 200  # bytes
_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def write_atomically(path: Path, content: bytes, like: Path | None = None) -> None:
    """Replace the file at path with content and return when it is safe on the disk. Raises OSError.

    path: not a symlink (callers that follow one resolve it first); its folder exists. like: an existing file whose
    mode, owner and extended attributes the new one gets; without it only the owner may read and write.
    """
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


def temporary_beside(path: Path) -> Path:
    """Return a name that nothing has, for what will take the place of path."""
    return path.with_name(f".{_cut(path.name)}.{secrets.token_hex(4)}.tmp")


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


def put_aside(path: Path) -> Path:
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
