"""Text that waits on the disk, so that a report whose beginning needs its end does not grow in memory."""

import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Self

_PIECE = 65536  # characters


class Spool:
    """Write first, then read all of it once. The file has no name, is for this user alone, and is gone at the end."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")
        self.is_empty = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, text: str) -> None:
        self._file.write(text)
        self.is_empty = self.is_empty and not text

    def pieces(self) -> Iterator[str]:
        self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece
