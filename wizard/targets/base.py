"""The contract of every integration target."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from wizard.core.target import TargetError, TargetProblem, TargetTrouble

_APP_ID = re.compile(r"[0-9]{5,20}")


@dataclass(frozen=True, slots=True)
class Change:
    """One value that will change. old: None where the key is not there yet. line: from 1, in the new file."""

    key: str
    old: str | None
    new: str
    file: Path
    line: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a target will do, for the person to read first. Nothing has changed yet.

    diff: the lines that change, and no others: those around them may hold secrets. creates: the file does not exist
    yet. steps, paste_into, link: of a guided target, for the person to do; paste_into names the field; it and link are
    "" where there is none. code: a line for the bot's developer, where the value alone does nothing. before, after:
    the bytes of the file, never shown.
    """

    app_id: str
    changes: tuple[Change, ...] = ()
    diff: str = ""
    file: Path | None = None
    creates: bool = False
    steps: tuple[str, ...] = ()
    paste_into: str = ""
    link: str = ""
    code: str = ""
    before: bytes | None = field(default=None, repr=False)
    after: bytes = field(default=b"", repr=False)

    @property
    def is_guided(self) -> bool:
        """The person does it and confirms it; the program cannot see it."""
        return self.file is None

    @property
    def adds_key(self) -> bool:
        """The file is there, the key is not: it will be added, which the person reads before."""
        return not self.creates and any(change.old is None for change in self.changes)

    @property
    def is_empty(self) -> bool:
        """The value is there already: nothing to do."""
        return self.file is not None and not self.changes


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done, so that it can be undone. by_person: nothing was done here, the person does and confirms it.

    file: None where nothing changed. backup: what the file held, None if it did not exist. digest: SHA-256 of what was
    written, in hex: `undo` touches the file only if it still holds that.
    """

    app_id: str
    by_person: bool = False
    file: Path | None = None
    backup: Path | None = None
    digest: str = ""

    @property
    def can_undo(self) -> bool:
        return self.file is not None


class Target(Protocol):
    """A place where the App ID goes. All calls may raise TargetError."""

    def plan(self, app_id: str) -> Plan:
        """Read, and say what would change. Changes nothing."""
        ...

    def apply(self, plan: Plan) -> Applied:
        """Do what the plan says, or nothing: a file that changed since is refused."""
        ...

    def read_back(self) -> str | None:
        """The App ID that is there now; None where there is none or the program cannot see it."""
        ...

    def undo(self, applied: Applied) -> None:
        """Put back what was there, byte for byte. A file that somebody changed meanwhile is left alone."""
        ...


def checked_app_id(app_id: str) -> str:
    """Return app_id if it is 5 to 20 digits; raises TargetError (BAD_APP_ID). The last guard before a write."""
    if not _APP_ID.fullmatch(app_id):
        raise TargetError(TargetTrouble(TargetProblem.BAD_APP_ID))
    return app_id
