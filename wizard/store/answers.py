"""The answers of the set-up under way, kept over a restart. They hold names of secrets, never secrets."""

from dataclasses import dataclass
from pathlib import Path

from wizard.core.answers import Answers
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.store.atomic import quarantine, remove
from wizard.store.saved import load, save


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """answers: empty where nothing could be read. quarantined: where an unreadable file was kept, None without one.
    trouble: why a file could be neither read nor put aside; it will be written over."""

    answers: Answers
    quarantined: Path | None = None
    trouble: SavedFileError | None = None


class AnswersFile:
    """The answers on disk. path: e.g. `Places().answers`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def save(self, answers: Answers) -> None:
        """Raises OSError."""
        save(self._path, answers)

    def load(self) -> KeptAnswers:
        """Read the answers. A file that cannot be read, or is of a newer version, is kept beside, and empty answers
        come back: answers of last time are no reason not to begin."""
        try:
            return KeptAnswers(load(self._path, Answers))
        except SavedFileError as error:
            if error.problem is SavedFileProblem.MISSING:
                return KeptAnswers(Answers())
            try:
                return KeptAnswers(Answers(), quarantine(self._path))
            except OSError:
                return KeptAnswers(Answers(), trouble=error)

    def forget(self) -> None:
        """Start afresh. Raises OSError."""
        remove(self._path)
