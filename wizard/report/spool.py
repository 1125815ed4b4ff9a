"""Text that waits on the disk, so that a report whose beginning needs its end does not grow in memory."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

from wizard.core.diagnosis import WORST_FIRST
from wizard.core.verdict import State

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

    def __init__(self, spools: dict[State, Spool]) -> None:
        self._spools = spools

    def write(self, state: State, text: str) -> None:
        """state: `Diagnosis.state` of the Page."""
        self._spools[state].write(text)

    def pieces(self) -> Iterator[str]:
        for state in WORST_FIRST:
            yield from self._spools[state].pieces()


@contextmanager
def worst_first() -> Iterator[WorstFirst]:
    with ExitStack() as stack:
        yield WorstFirst({state: stack.enter_context(spool()) for state in WORST_FIRST})
