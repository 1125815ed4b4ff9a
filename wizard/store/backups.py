"""What configuration files held before they were changed. They may hold secrets of their own: for this user alone."""

import errno
import hashlib
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

from wizard.store.atomic import remove, write_private

KEPT = 3  # of each file


class BackupFolder:
    """The newest backups of each file, the oldest go. folder: e.g. `Places().backups`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, file: Path, content: bytes) -> Path:
        """Keep content as what file held, and return the backup: the newest, if it holds just that. Raises OSError."""
        prefix = _prefix(file)
        newest = max(self._folder.glob(f"{prefix}-*.backup"), default=None)
        if newest is not None and self._holds(file, newest, content):
            return newest
        time = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
        backup = self._folder / f"{prefix}-{time}-{file.name.lstrip('.')[:40]}.backup"
        write_private(backup, content)
        for old in sorted(self._folder.glob(f"{prefix}-*.backup"))[:-KEPT]:
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


def _prefix(file: Path) -> str:
    return hashlib.sha256(str(file).encode("utf-8", "surrogateescape")).hexdigest()[:12]
