"""Names of the tokens that the system's keyring holds: a keyring cannot be asked what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wizard.core.clock import LATEST
from wizard.core.facts import Reading, TokenLife
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.core.token_life import LOG_IN
from wizard.store.atomic import quarantine
from wizard.store.saved import load, save


@dataclass(frozen=True, slots=True)
class RememberedToken:
    """What may be said about a remembered token. name: its name in the vault. graph: the Graph address it is for.
    ends_at, told_at: as of `TokenLife` and its reading; ends_at is None where it is not known."""

    name: str
    graph: str
    page_id: str
    page_name: str = ""
    app_id: str = ""
    app_name: str = ""
    ends_at: float | None = None
    told_at: float = 0.0

    @property
    def life(self) -> Reading[TokenLife] | None:
        """None also for a time that no clock shows: the file may be damaged."""
        if self.ends_at is None or not (0 <= self.ends_at <= LATEST and 0 <= self.told_at <= LATEST):
            return None
        return Reading(LOG_IN, self.told_at, TokenLife(self.ends_at))

    def living(self, life: Reading[TokenLife] | None) -> "RememberedToken":
        """The same, with the life that a log-in told of it."""
        if life is None or life.value is None:
            return replace(self, ends_at=None, told_at=0.0)
        return replace(self, ends_at=life.value.ends_at, told_at=life.at)


class RememberedTokens:
    """The list of remembered tokens on disk: names, never values. path: e.g. `Places().tokens`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, graph: str) -> Sequence[RememberedToken]:
        """Tokens for this Graph address only, last remembered first.

        Raises SavedFileError where the list cannot be read."""
        return [token for token in reversed(self._load()) if token.graph == graph]

    def all(self) -> Sequence[RememberedToken]:
        """Tokens for every Graph address, oldest first. Raises SavedFileError where the list cannot be read."""
        return self._load()

    def add(self, token: RememberedToken) -> None:
        """Note that the keyring holds this token; an older note of the same name goes.

        Raises OSError, SavedFileError."""
        save(self._path, [*self._without(token.name), token])

    def remove(self, name: str) -> None:
        """Raises OSError, SavedFileError."""
        left = self._without(name)
        if len(left) != len(self._load()):
            save(self._path, left)

    def _without(self, name: str) -> list[RememberedToken]:
        return [token for token in self._load() if token.name != name]

    def _load(self) -> list[RememberedToken]:
        try:
            return load(self._path, list[RememberedToken])
        except SavedFileError as error:
            if error.problem is SavedFileProblem.NO_PERMISSION:
                raise
            if error.problem is not SavedFileProblem.MISSING:
                try:
                    quarantine(self._path)
                except OSError:
                    raise error from None
            return []
