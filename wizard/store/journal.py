"""The journal of open tests: what must survive a crash so that a conversation can be brought back."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import msgspec

from wizard.core.open_test import OpenTest
from wizard.store.atomic import put_aside, remove, write_private

VERSION = 1
_ENDING = ".json"


class _Entry(msgspec.Struct, frozen=True):
    version: int
    test: OpenTest


class FileJournal:
    """One file for each open test; its name is the test's id. Implements `wizard.core.open_test.Journal`.

    A file that cannot be read is never removed: `entries` leaves it out, `damaged` names it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, entry: OpenTest) -> None:
        """Add the entry or replace the one of the same id; return when a power cut cannot undo it. Raises OSError."""
        write_private(self._file(entry.id), msgspec.json.encode(_Entry(VERSION, entry)))

    def close(self, entry_id: str) -> None:
        """Remove the entry: the conversation is back. One that is not there is fine. Raises OSError."""
        remove(self._file(entry_id))

    def entries(self) -> Sequence[OpenTest]:
        """Open tests, oldest first."""
        found = [entry.test for _path, entry in self._read() if entry is not None]
        return sorted(found, key=lambda test: test.opened_at)

    def damaged(self) -> Sequence[Path]:
        """Files of open tests that cannot be read, or that a newer version of this program wrote."""
        return [path for path, entry in self._read() if entry is None]

    def put_aside(self, path: Path) -> Path:
        """Take a damaged file out of the journal once the person knows of it; return where it is kept."""
        return put_aside(path)

    def _read(self) -> Iterator[tuple[Path, _Entry | None]]:
        for path in sorted(self._folder.glob(f"*{_ENDING}")):
            try:
                entry = msgspec.json.decode(path.read_bytes(), type=_Entry)
            except FileNotFoundError:  # closed meanwhile by another window
                continue
            except (msgspec.DecodeError, UnicodeDecodeError, OSError):
                yield path, None
            else:
                yield path, entry if entry.version <= VERSION else None

    def _file(self, entry_id: str) -> Path:
        return self._folder / f"{quote(entry_id, safe='')}{_ENDING}"
