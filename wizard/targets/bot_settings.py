"""All the places where one bot keeps the App ID: planned together first, then written, all or none."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wizard.core.answers import TargetChoice
from wizard.core.cancel import Cancelled
from wizard.core.ports import Clock
from wizard.core.target import NotAllWritten, TargetError, TargetProblem, TargetTrouble
from wizard.store.undo_notes import UndoNote, UndoNotes
from wizard.targets.base import Applied, Plan, Target


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with what is needed to go on. is_there: the App ID stands there already, and was read. earlier: what a
    write before this run left to be undone, None without one."""

    choice: TargetChoice
    plan: Plan
    is_there: bool
    earlier: Applied | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What was written. is_read_back: the App ID was seen there afterwards."""

    choice: TargetChoice
    applied: Applied
    is_read_back: bool


class BotSettings:
    """find: the target of a choice. notes: so that a later run can undo."""

    def __init__(self, find: Callable[[TargetChoice], Target], notes: UndoNotes, clock: Clock) -> None:
        self._find, self._notes, self._clock = find, notes, clock

    def plan(self, choices: Sequence[TargetChoice], app_id: str) -> tuple[Planned, ...]:
        """Read and compare; nothing changes. Raises TargetError, Cancelled."""
        return tuple(self._planned(choice, app_id) for choice in choices)

    def _planned(self, choice: TargetChoice, app_id: str) -> Planned:
        plan = self._find(choice).plan(app_id)
        note = self._notes.of(choice, plan.where) if plan.where else None
        earlier = _applied(note) if plan.is_empty and note is not None and note.app_id == app_id else None
        return Planned(choice, plan, plan.is_empty, earlier)

    def write(self, planned: Sequence[Planned]) -> tuple[Written, ...]:
        """Do what the plans say, and read each back. If one fails, those before it are put back.

        Raises TargetError; NotAllWritten where others had been written before. Raises Cancelled."""
        done: list[Written] = []
        for one in planned:
            if one.plan.is_guided or one.plan.is_empty:
                continue
            try:
                done.append(self._write(one, self._fresh(one, done)))
            except (TargetError, Cancelled) as error:
                self._put_back(done, error)
                raise
        return tuple(done)

    def _fresh(self, one: Planned, done: Sequence[Written]) -> Plan:
        """The plan, made anew where we ourselves have just changed the same place."""
        if all(written.applied.where != one.plan.where for written in done):
            return one.plan
        plan = self._find(one.choice).plan(one.plan.app_id)
        if [(change.key, change.old) for change in plan.changes] != [
            (change.key, change.old) for change in one.plan.changes
        ]:
            raise TargetError(TargetTrouble(TargetProblem.CHANGED_SINCE, one.plan.where))
        return plan

    def _write(self, one: Planned, plan: Plan) -> Written:
        target = self._find(one.choice)
        applied = target.apply(plan)
        seen = target.read_back()
        if seen != plan.app_id and not plan.is_blind:
            raise TargetError(TargetTrouble(TargetProblem.NOT_READ_BACK, plan.where))
        with contextlib.suppress(OSError):  # the App ID is where it should be; only a later run cannot undo
            self._notes.keep(_note(one.choice, applied, self._clock.now()))
        return Written(one.choice, applied, seen == plan.app_id)

    def _put_back(self, done: Sequence[Written], error: TargetError | Cancelled) -> None:
        """Raises NotAllWritten if anything had been written."""
        put_back, standing = [], []
        for written in reversed(done):
            try:
                self.undo(written.choice, written.applied)
            except (TargetError, Cancelled):
                standing.append(written.applied.where)
            else:
                put_back.append(written.applied.where)
        if done:
            raise NotAllWritten(error, tuple(put_back), tuple(standing)) from error

    def undo(self, choice: TargetChoice, applied: Applied) -> None:
        """Put back what was there. Raises TargetError, Cancelled."""
        self._find(choice).undo(applied)
        note = self._notes.of(choice, applied.where)
        if note is not None:
            with contextlib.suppress(OSError):  # a note of what was undone does no harm: nothing matches it any more
                self._notes.drop(note)

    def undoable(self) -> Sequence[tuple[UndoNote, Applied]]:
        """What earlier runs wrote and can be undone, newest first."""
        return [(note, applied) for note in self._notes.all() if (applied := _applied(note)).can_undo]


def _note(choice: TargetChoice, applied: Applied, at: float) -> UndoNote:
    return UndoNote(
        choice,
        applied.app_id,
        applied.where,
        at,
        str(applied.file or ""),
        str(applied.backup or ""),
        applied.digest,
        applied.old or "",
        applied.old is not None,
    )


def _applied(note: UndoNote) -> Applied:
    old = note.old if note.had_old else None
    return Applied(
        note.app_id,
        where=note.where,
        file=Path(note.file) if note.file else None,
        backup=Path(note.backup) if note.backup else None,
        digest=note.digest,
        old=old,
        can_undo=bool(note.file) or old is not None,
    )
