"""How far a check of many Pages came, so that it can go on where it was stopped: a line of JSON for each Page.

The lines hold what was seen, without people and without tokens. A line counts once it is safe on the disk; of a line
that a crash cut off nothing is believed.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec

from wizard.core.checked import CheckedPage, SavedFacts
from wizard.core.saved_file import LARGEST
from wizard.store.atomic import PRIVATE_FILE, make_private_folder, remove, sync_folder
from wizard.store.facts_file import without_people

_ENDING = ".jsonl"
_AT_ONCE = 64  # Pages that are written before the disk is told to keep them; after a crash they are checked again
_OLDEST = 7 * 86_400.0  # seconds after which nobody goes on with a check
_FLAGS = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class ResumeFile:
    """The progress of one check. folder: e.g. `Places().state / "checks"`. run: what tells this check from others, as
    the person's ID and the options; only a hash of it is kept."""

    def __init__(self, folder: Path, *run: str) -> None:
        name = hashlib.sha256("\n".join(run).encode()).hexdigest()[:32]
        self._path = folder / f"{name}{_ENDING}"
        self._file: IO[bytes] | None = None
        self._waiting = 0

    def pages(self) -> Iterator[SavedFacts]:
        """Yield what an earlier run saw, one Page at a time; nothing without one. Raises OSError."""
        return (seen for seen, _length in self._good_lines())

    def __enter__(self) -> Self:
        """Begin to write, behind what is there. Raises OSError."""
        make_private_folder(self._path.parent)
        _forget_old(self._path.parent)
        good = sum(length for _seen, length in self._good_lines())
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | _FLAGS, PRIVATE_FILE)
        self._file = file = os.fdopen(descriptor, "r+b")
        file.truncate(good)
        file.seek(good)
        sync_folder(self._path.parent)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._keep()
            self._file.close()
            self._file = None

    def add(self, page: CheckedPage) -> None:
        """Take note of a Page; a bunch of them at a time is made safe. Raises OSError."""
        assert self._file is not None
        self._file.write(msgspec.json.encode(without_people(page)) + b"\n")
        self._waiting += 1
        if self._waiting >= _AT_ONCE:
            self._keep()

    def forget(self) -> None:
        """The check is done, or begins afresh. Raises OSError."""
        remove(self._path)

    def _keep(self) -> None:
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._waiting = 0

    def _good_lines(self) -> Iterator[tuple[SavedFacts, int]]:
        """Yield each Page with the bytes of its line, up to the first line that is not whole."""
        if not self._path.is_file():  # a pipe would wait for its other end
            return
        with self._path.open("rb") as file:
            for line in iter(lambda: file.readline(LARGEST), b""):
                try:
                    seen = msgspec.json.decode(line, type=SavedFacts)
                except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                    return
                if not line.endswith(b"\n"):
                    return
                yield seen, len(line)


def _forget_old(folder: Path) -> None:
    """What nobody went on with says nothing true any more."""
    for path in folder.glob(f"*{_ENDING}"):
        if time.time() - path.stat().st_mtime > _OLDEST:
            remove(path)
