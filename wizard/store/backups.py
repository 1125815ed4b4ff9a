"""What configuration files held before they were changed. They may hold secrets of their own: for this user alone."""

import errno
import hashlib
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wizard.store.atomic import remove, write_private

KEPT = 3  # of each file
_TIME, _TIME_LENGTH = "%Y%m%dT%H%M%S.%f", 22


class BackupFolder:
    """The newest backups of each file, the oldest go. folder: e.g. `Places().backups`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, file: Path, content: bytes) -> Path:
        """Keep content as what file held, and return the backup: the newest, if it holds just that. Raises OSError."""
        prefix = _prefix(file)
        others = sorted(self._folder.glob(f"{prefix}-*.backup"))
        if others and self._holds(file, others[-1], content):
            return others[-1]
        time = _after(others[-1].name.removeprefix(f"{prefix}-")[:_TIME_LENGTH] if others else "")
        backup = self._folder / f"{prefix}-{time}-{file.name.lstrip('.')[:40]}.backup"
        write_private(backup, content)
        for old in others[: 1 - KEPT]:  # never this one
            remove(old)
        return backup

    def content(self, file: Path, backup: Path) -> bytes:
        """Return what file held. Raises OSError, also where this is no backup of that file."""
        self._check(file, backup)
        return backup.read_bytes()

    def _holds(self, file: Path, backup: Path, content: bytes) -> bool:
        try:
            return self.content(file, backup) == content
        except OSError:
            return False

    def drop(self, file: Path, backup: Path) -> None:
        """Remove a backup of file that is of no use any more. Raises OSError."""
        self._check(file, backup)
        remove(backup)

    def _check(self, file: Path, backup: Path) -> None:
        is_ours = backup.parent == self._folder and backup.name.startswith(f"{_prefix(file)}-")
        if not is_ours or not stat.S_ISREG(backup.lstat().st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(backup))


def _after(newest: str) -> str:
    """The time now, in a form that can be sorted; where a clock that was wrong has named the newest backup, the moment
    after that."""
    now = datetime.now(UTC).strftime(_TIME)
    if newest < now:
        return now
    try:
        return (datetime.strptime(newest, _TIME) + timedelta(microseconds=1)).strftime(_TIME)
    except (ValueError, OverflowError):  # no time, or the last one
        return now


def _prefix(file: Path) -> str:
    return hashlib.sha256(str(file).encode("utf-8", "surrogateescape")).hexdigest()[:12]
