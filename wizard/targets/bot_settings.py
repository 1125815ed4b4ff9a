"""All the places where one bot keeps the App ID: planned together first, then written, all or none."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wizard.core.cancel import Cancelled
from wizard.core.ports import Clock
from wizard.core.target import NotAllWritten, SentUnconfirmed, TargetChoice, TargetError, TargetProblem, TargetTrouble
from wizard.store.log import log_event
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
        note = self._notes.of(choice, plan.where) if plan.is_empty else None
        return Planned(choice, plan, plan.is_empty, _applied(note) if note and note.app_id == app_id else None)

    def write(self, planned: Sequence[Planned]) -> tuple[Written, ...]:
        """Do what the plans say, and read each back. If one fails, those before it are put back. Once begun it goes to
        its end: give it targets that nobody cancels.

        Raises TargetError; NotAllWritten where it must be said what stands where now."""
        done: list[Written] = []
        for one in planned:
            if one.plan.is_guided or one.plan.is_empty:
                continue
            try:
                done.append(self._write(one, self._fresh(one, done)))
            except BaseException as error:  # whatever it is: half of it must not stay
                is_unsure = not isinstance(error, TargetError) or isinstance(error, SentUnconfirmed)
                self._put_back(done, error, (one.plan.where,) if is_unsure else ())
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
        intended = target.intended(plan)
        earlier = self._notes.of(one.choice, plan.where)
        before = self._keep(one.choice, intended)
        try:
            applied = target.apply(plan)
        except SentUnconfirmed:
            raise  # the note stays: it may have to be undone
        except TargetError:
            self._drop(before)
            self._keep_again(earlier)
            raise
        can_undo = intended.can_undo if intended is not None else applied.can_undo
        self._keep(one.choice, replace(applied, can_undo=can_undo))
        if plan.file is not None:
            _look_again(target, plan)
        log_event(event="target_written", kind=one.choice.preset)
        return Written(one.choice, applied, not plan.is_blind)

    def _keep(self, choice: TargetChoice, applied: Applied | None) -> UndoNote | None:
        """Note what a later run can undo."""
        if applied is None:
            return None
        note = _note(choice, applied, self._clock.now())
        with contextlib.suppress(OSError):  # only a later run cannot undo
            self._notes.keep(note)
        return note

    def _keep_again(self, note: UndoNote | None) -> None:
        """A write that was not done leaves what an earlier one left."""
        if note is not None:
            with contextlib.suppress(OSError):
                self._notes.keep(note)

    def _drop(self, note: UndoNote | None) -> None:
        if note is not None:
            with contextlib.suppress(OSError):  # a note of what was not done does no harm: nothing there matches it
                self._notes.drop(note)

    def _put_back(self, done: Sequence[Written], error: BaseException, unsure: tuple[str, ...]) -> None:
        """Raises NotAllWritten if anything had been written, or may have been; nothing where the error is a mistake of
        ours, which is shown as it is."""
        put_back, standing = [], []
        for written in reversed(done):
            try:
                self.undo(written.choice, written.applied)
            except TargetError:
                standing.append(written.applied.where)
            else:
                put_back.append(written.applied.where)
        if (done or unsure) and isinstance(error, (TargetError, Cancelled, KeyboardInterrupt)):
            raise NotAllWritten(error, tuple(put_back), tuple(standing), unsure) from error

    def undo(self, choice: TargetChoice, applied: Applied) -> None:
        """Put back what was there. Raises TargetError, Cancelled."""
        target = self._find(choice)
        target.undo(applied)
        self._drop(self._notes.of(choice, applied.where))
        target.forget(applied)  # after the note: one that names a backup which is gone could not be undone

    def undoable(self) -> Sequence[tuple[UndoNote, Applied]]:
        """What earlier runs wrote and can be undone, newest first."""
        return [(note, applied) for note in self._notes.all() if (applied := _applied(note)).can_undo]


def _look_again(target: Target, plan: Plan) -> None:
    """Raises SentUnconfirmed."""
    try:
        is_there = target.read_back() == plan.app_id
    except TargetError as error:
        raise SentUnconfirmed(error.trouble) from error
    if not is_there:
        raise SentUnconfirmed(TargetTrouble(TargetProblem.NOT_READ_BACK, plan.where))


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
        applied.can_undo,
    )


def _applied(note: UndoNote) -> Applied:
    return Applied(
        note.app_id,
        where=note.where,
        file=Path(note.file) if note.file else None,
        backup=Path(note.backup) if note.backup else None,
        digest=note.digest,
        old=note.old or None,
        can_undo=note.can_undo,
    )
