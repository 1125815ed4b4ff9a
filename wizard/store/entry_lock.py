"""A lock beside a file, held by the process that works on it. The system frees it when the process ends, however it
ends: what a dead process left behind locks nobody out."""

import errno
import os
import sys
import threading
from pathlib import Path

from wizard.core.cancel import CancelToken
from wizard.store.atomic import PRIVATE_FILE

_FLAGS = os.O_RDWR | getattr(os, "O_BINARY", 0)
_TRIES, _PAUSE = 10, 0.05  # seconds; somebody who only looks holds it for a moment
_held: dict[Path, int] = {}  # lock file to descriptor, of this process: two descriptors of one process would clash
_guard = threading.Lock()


class HeldElsewhere(OSError):
    """Another running process of this program holds the lock."""


def hold(path: Path) -> None:
    """Hold the lock until `let_go` or the end of this process; its folder exists. Raises HeldElsewhere, OSError.

    On a disk that knows no locks nothing is held: the work itself matters more."""
    path = path.absolute()
    waiting = CancelToken()
    for last in range(_TRIES - 1, -1, -1):
        with _guard:
            if path in _held or _try(path):
                return
        if last:
            waiting.wait(_PAUSE)
    raise HeldElsewhere(errno.EBUSY, os.strerror(errno.EBUSY), str(path))


def let_go(path: Path) -> None:
    """Free the lock, if this process holds it, and remove its file where nobody else holds it. Raises OSError."""
    path = path.absolute()
    with _guard:
        descriptor = _held.pop(path, None)
        if descriptor is None and not _try(path, only_existing=True):
            return
        descriptor = _held.pop(path) if descriptor is None else descriptor
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(descriptor)
            path.unlink(missing_ok=True)
        else:
            path.unlink(missing_ok=True)
            os.close(descriptor)


def is_held_here(path: Path) -> bool:
    """Whether this process holds it; False on a disk that knows no locks."""
    with _guard:
        return path.absolute() in _held


def is_held_elsewhere(path: Path) -> bool:
    """Whether another process that runs holds it."""
    path = path.absolute()
    with _guard:
        if path in _held:
            return False
        try:
            descriptor = os.open(path, _FLAGS)
        except OSError:
            return False
        try:
            return not _lock(descriptor)
        except OSError:  # a disk that knows no locks
            return False
        finally:
            os.close(descriptor)


def _try(path: Path, only_existing: bool = False) -> bool:
    """Take the lock if it is free, and say whether it was. A file that was removed meanwhile is no lock any more.

    only_existing: do not make the file. Nothing is held on a disk that knows no locks."""
    while True:
        try:
            descriptor = os.open(path, _FLAGS | (0 if only_existing else os.O_CREAT), PRIVATE_FILE)
        except FileNotFoundError:
            if only_existing:
                return False
            raise
        try:
            is_ours = _lock(descriptor)
        except OSError:
            os.close(descriptor)
            path.unlink(missing_ok=True)
            return not only_existing
        if not is_ours:
            os.close(descriptor)
            return False
        if _is_still_there(descriptor, path):
            _held[path] = descriptor
            return True
        os.close(descriptor)


def _is_still_there(descriptor: int, path: Path) -> bool:
    if sys.platform == "win32":  # an open file cannot be removed
        return True
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _lock(descriptor: int) -> bool:
    """Lock the open file without waiting; False where another holds it. Raises OSError where there are no locks."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
