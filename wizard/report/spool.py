"""Text that waits on the disk, so that a report whose beginning needs its end does not grow in memory."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

from wizard.report.overall import Overall

_PIECE = 16384  # characters


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


class WorstFirst:
    """Text of Pages that comes in any order and is read with the worst Pages first."""

    def __init__(self, spools: dict[Overall, Spool]) -> None:
        self._spools = spools

    def write(self, overall: Overall, text: str) -> None:
        self._spools[overall].write(text)

    def pieces(self) -> Iterator[str]:
        for overall in Overall:
            yield from self._spools[overall].pieces()


@contextmanager
def worst_first() -> Iterator[WorstFirst]:
    with ExitStack() as stack:
        yield WorstFirst({overall: stack.enter_context(spool()) for overall in Overall})
