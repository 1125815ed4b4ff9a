"""The answers of the set-up under way, kept over a restart. They hold names of secrets, never secrets."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from wizard.core.answers import Answers
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.core.world import World
from wizard.store.atomic import quarantine, remove
from wizard.store.saved import load, save


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """answers: empty where nothing could be read. quarantined: where an unreadable file was kept, None without one.
    trouble: why a file could be neither read nor put aside; it will be written over."""

    answers: Answers
    quarantined: Path | None = None
    trouble: SavedFileError | None = None


@dataclass(frozen=True, slots=True)
class _AnswersIn(Answers):
    """graph: Facebook's address in the world they were given in."""

    graph: str = World().graph


class AnswersFile:
    """The answers on disk. path: e.g. `Places().answers`. graph: the Graph address of the world in use: what was said
    and tested in one practice world says nothing about the next."""

    def __init__(self, path: Path, graph: str = World().graph) -> None:
        self._path, self._graph = path, graph

    def save(self, answers: Answers) -> None:
        """Raises OSError."""
        save(self._path, _AnswersIn(**_values(answers), graph=self._graph))

    def load(self) -> KeptAnswers:
        """Read the answers. A file that cannot be read, or is of a newer version, is kept beside, and empty answers
        come back: answers of last time are no reason not to begin."""
        try:
            kept = load(self._path, _AnswersIn)
            return KeptAnswers(Answers(**_values(kept)) if kept.graph == self._graph else Answers())
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


def _values(answers: Answers) -> dict[str, Any]:
    return {field.name: getattr(answers, field.name) for field in fields(Answers)}
