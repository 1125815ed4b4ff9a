"""Notes of what was written into a bot's settings, so that it can be undone by a later run too. No secrets: the App
ID, where it went, and where the copy of what stood there before lies."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from wizard.core.saved_file import SavedFileError
from wizard.core.target import TargetChoice
from wizard.store.atomic import remove
from wizard.store.saved import load, save

_KIND = "undo-note"
_MOST = 20  # the oldest go; what was written long ago is undone by hand


@dataclass(frozen=True, slots=True)
class UndoNote:
    """One write, or one that was about to be sent. where: file or address, for people. at: Unix seconds. file, backup,
    digest: as `wizard.targets.base.Applied` has them, "" for None; old: the same, as JSON, "" without a value;
    can_undo: by a run that knows no more than this."""

    choice: TargetChoice
    app_id: str
    where: str
    at: float
    file: str = ""
    backup: str = ""
    digest: str = ""
    old: str = ""
    can_undo: bool = True


class UndoNotes:
    """One note for each choice, of the newest write. folder: e.g. `Places().undo`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, note: UndoNote) -> None:
        """Raises OSError."""
        save(self._path(note.choice, note.where), note, _KIND)
        others = [old for old in self.all() if old != note]  # it stays, though the clock of the others were ahead
        for old in others[_MOST - 1 :]:
            self.drop(old)

    def all(self) -> Sequence[UndoNote]:
        """Newest first; what cannot be read, or lies under the name of another write, is passed over."""
        found = (self._read(path) for path in self._folder.glob("*.json"))
        return sorted((note for note in found if note is not None), key=lambda note: note.at, reverse=True)

    def of(self, choice: TargetChoice, where: str) -> UndoNote | None:
        return self._read(self._path(choice, where))

    def _read(self, path: Path) -> UndoNote | None:
        try:
            note = load(path, UndoNote, _KIND)
        except SavedFileError:
            return None
        return note if path == self._path(note.choice, note.where) else None

    def drop(self, note: UndoNote) -> None:
        """Raises OSError."""
        remove(self._path(note.choice, note.where))

    def _path(self, choice: TargetChoice, where: str) -> Path:
        """Two keys of one file, or two bots behind one address, are two places."""
        name = hashlib.sha256(msgspec.json.encode([choice, where])).hexdigest()[:16]
        return self._folder / f"{name}.json"
