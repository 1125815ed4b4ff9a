"""The contract of every integration target."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from wizard.core.app_id import PATTERN
from wizard.core.pictures import Picture
from wizard.core.target import TargetError, TargetProblem, TargetTrouble


@dataclass(frozen=True, slots=True)
class Change:
    """One value that will change. old: None where the key is not there yet, or nobody can see it. where: the file or
    the address. line: of a file, from 1, in the new one."""

    key: str
    old: str | None
    new: str
    where: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a target will do, for the person to read first. Nothing has changed yet.

    where: the file or the address that changes, "" where the person does it by hand. diff: the lines that change, and
    no others: those around them may hold secrets. creates: the file does not exist yet. about, steps, pictures,
    paste_into, link: of a guided target, for the person to do; about tells of the place, paste_into names the field; it
    and link are "" where there is none.
    code: a line for the bot's developer, where the value alone does nothing. sends: of a settings API, the request in
    words, as "PUT https://…". is_blind: nothing can be read there, neither before nor after. can_undo: whether this
    run could put back what was there. is_other_text: a word stands there that is neither an ID nor a placeholder.
    beside: where two groups or more would be new, the names that stand there. before, after, tag, old: what stands
    there, what is written, the server's tag of the first, and of a settings API the old value as JSON; never shown.
    """

    app_id: str
    changes: tuple[Change, ...] = ()
    where: str = ""
    diff: str = ""
    file: Path | None = None
    creates: bool = False
    about: str = ""
    steps: tuple[str, ...] = ()
    pictures: tuple[Picture | None, ...] = ()
    paste_into: str = ""
    link: str = ""
    code: str = ""
    sends: str = ""
    is_blind: bool = False
    can_undo: bool = True
    is_other_text: bool = False
    beside: tuple[str, ...] = ()
    before: bytes | None = field(default=None, repr=False)
    after: bytes = field(default=b"", repr=False)
    tag: str = field(default="", repr=False)
    old: str | None = field(default=None, repr=False)

    @property
    def is_guided(self) -> bool:
        """The person does it and confirms it; the program cannot see it."""
        return not self.where

    @property
    def adds_key(self) -> bool:
        """The place is there, the key is not: it will be added, which the person reads before."""
        return not (self.creates or self.is_blind) and any(change.old is None for change in self.changes)

    @property
    def key(self) -> str:
        return self.changes[0].key if self.changes else ""

    @property
    def is_empty(self) -> bool:
        """The value is there already: nothing to do."""
        return bool(self.where) and not self.changes


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done, so that it can be undone. by_person: nothing was done here, the person does and confirms it.

    where: as in the plan, "" where nothing changed. file: of a file target. backup: what the file held, None if it did
    not exist. digest: SHA-256 of what was written, in hex: `undo` touches it only if it still stands there. old: of a
    settings API, the value that stood there as JSON, None without one. before: all that stood there, of a settings API
    and for this run only: it may hold secrets. can_undo: whether `undo` knows what to put back.
    """

    app_id: str
    by_person: bool = False
    where: str = ""
    file: Path | None = None
    backup: Path | None = None
    digest: str = ""
    old: str | None = None
    before: bytes | None = field(default=None, repr=False)
    can_undo: bool = False


class Target(Protocol):
    """A place where the App ID goes. All calls may raise TargetError; those of a settings API also Cancelled."""

    def plan(self, app_id: str) -> Plan:
        """Read, and say what would change. Changes nothing."""
        ...

    def apply(self, plan: Plan) -> Applied:
        """Do what the plan says, or nothing: what changed since is refused."""
        ...

    def intended(self, plan: Plan) -> Applied | None:
        """What a later run needs to undo the plan, as far as it is known before anything is written or sent. None where
        nothing is, or where it cannot be undone."""
        ...

    def read_back(self) -> str | None:
        """The App ID that is there now; None where there is none or the program cannot see it."""
        ...

    def undo(self, applied: Applied) -> None:
        """Put back what was there, byte for byte. What somebody changed meanwhile is left alone."""
        ...

    def forget(self, applied: Applied) -> None:
        """Drop what `undo` went by, once it is undone and no note names it any more. Raises nothing."""
        ...


def checked_app_id(app_id: str) -> str:
    """Return app_id if it has the digits of one; raises TargetError (BAD_APP_ID). The last guard before a write."""
    if not re.fullmatch(PATTERN, app_id):
        raise TargetError(TargetTrouble(TargetProblem.BAD_APP_ID))
    return app_id
