"""Text that waits on the disk, so that a report whose beginning needs its end does not grow in memory."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

_PIECE = 65536  # characters


class Spool:
    """Write first, then read all of it once. file: open for both, empty."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.is_empty = True

    def write(self, text: str) -> None:
        self._file.write(text)
        self.is_empty = self.is_empty and not text.strip()

    def pieces(self) -> Iterator[str]:
        self._file.seek(0)
        while piece := self._file.read(_PIECE):
            yield piece


@contextmanager
def spool() -> Iterator[Spool]:
    """A spool whose file has no name, is for this user alone, and is gone at the end."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as file:
        yield Spool(file)
