"""The answers of the set-up under way, kept over a restart. They hold names of secrets, never secrets."""

from dataclasses import fields
from pathlib import Path
from typing import NamedTuple, TypedDict

from wizard.core.answers import Answers, load_types
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.core.world import World
from wizard.store.atomic import quarantine, read_file, remove


class KeptAnswers(NamedTuple):
    """answers: empty where nothing could be read. quarantined: where an unreadable file was kept, None without one.
    trouble: why a file could be neither read nor put aside; it will be written over."""

    answers: Answers
    quarantined: Path | None = None
    trouble: SavedFileError | None = None


class _GivenIn(TypedDict, total=False):
    """What stands beside the answers. graph: Facebook's address in the world they were given in, in life if none."""

    graph: str


class AnswersFile:
    """The answers on disk. path: e.g. `Places().answers`. graph: the Graph address of the world in use: what was said
    and tested in one practice world says nothing about the next."""

    def __init__(self, path: Path, graph: str = World().graph) -> None:
        self._path, self._graph = path, graph

    def save(self, answers: Answers) -> None:
        """Raises OSError."""
        from wizard.store.saved import save  # the first page does without

        values = {field.name: getattr(answers, field.name) for field in fields(Answers)}
        save(self._path, values | {"graph": self._graph})

    def load(self) -> KeptAnswers:
        """Read the answers. A file that cannot be read, or is of a newer version, is kept beside, and empty answers
        come back: answers of last time are no reason not to begin."""
        try:
            return KeptAnswers(self._decoded(read_file(self._path)))
        except SavedFileError as error:
            if error.problem is SavedFileProblem.MISSING:
                return KeptAnswers(Answers())
            try:
                return KeptAnswers(Answers(), quarantine(self._path))
            except OSError:
                return KeptAnswers(Answers(), trouble=error)

    def _decoded(self, data: bytes) -> Answers:
        """Raises SavedFileError."""
        from wizard.store.saved import decoded  # where there is no file, the first page does without all of it

        load_types()
        is_here = decoded(data, self._path, _GivenIn).get("graph", World().graph) == self._graph
        return decoded(data, self._path, Answers) if is_here else Answers()

    def forget(self) -> None:
        """Start afresh. Raises OSError."""
        remove(self._path)
