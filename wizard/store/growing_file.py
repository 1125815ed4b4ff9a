"""A file that is written piece by piece and takes its name only when it is whole."""

import os
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from wizard.store.atomic import PRIVATE_FILE, is_special, open_special, sync_folder, temporary_beside

_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class GrowingFile:
    """Leaves what stands at the path until the block ends well. path: its folder exists; a symlink is followed.

    A file that is there keeps its mode; a new one is for this user alone. Into a device or a pipe each piece goes at
    once. All methods raise OSError."""

    def __init__(self, path: Path) -> None:
        self._is_special = is_special(path)
        self._path = path if self._is_special else path.resolve()
        self._temporary = temporary_beside(self._path)
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        if self._is_special:
            descriptor = open_special(self._path)
        else:
            descriptor = os.open(self._temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, PRIVATE_FILE)
        self._file = os.fdopen(descriptor, "w", encoding="utf-8", newline="")
        return self

    def write(self, text: str) -> None:
        assert self._file is not None
        self._file.write(text)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._file is not None
        if self._is_special:
            self._file.close()
            return
        try:
            with self._file as file:
                if error is None:
                    file.flush()
                    os.fsync(file.fileno())
            if error is None:
                if self._path.exists():
                    self._temporary.chmod(self._path.stat().st_mode & 0o777)
                self._temporary.replace(self._path)
                sync_folder(self._path.parent)
        finally:
            self._temporary.unlink(missing_ok=True)
