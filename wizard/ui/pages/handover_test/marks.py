"""How what happened in a test is marked in the list, and the tone of the notice that says what came of it."""

from wizard.core.trial_result import (
    NOTHING_LEARNED,
    PASSED,
    Event,
    Item,
    ItemState,
    OwnerRelation,
    RestoreResult,
    TrialOutcome,
    TrialResult,
)
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.notice import Tone

_MARKS = {
    ItemState.RUNNING: Mark.RUNNING,
    ItemState.DONE: Mark.DONE,
    ItemState.SAID: Mark.SAID,
    ItemState.WARNING: Mark.WARNING,
    ItemState.PROBLEM: Mark.PROBLEM,
    ItemState.UNKNOWN: Mark.UNKNOWN,
}
_CANNOT_TELL = NOTHING_LEARNED | {TrialOutcome.DECLINED}
_AS_WANTED = (OwnerRelation.BOT, OwnerRelation.IDLE)  # who has the conversation before the test


def mark_of_event(event: Event) -> Mark:
    """Who has the conversation at the start may be read well, and be another than the test wants."""
    mark = _MARKS[event.state]
    if event.item is Item.OWNER and mark is Mark.DONE and event.relation not in _AS_WANTED:
        return Mark.INFO if event.app is not None else Mark.UNKNOWN
    return mark


def mark_of_result(result: TrialResult) -> Mark:
    if result.ended.result is RestoreResult.NOT_BACK:
        return Mark.PROBLEM
    if result.outcome in PASSED:
        return Mark.DONE
    return Mark.UNKNOWN if result.outcome in _CANNOT_TELL else Mark.PROBLEM


def tone_of(result: TrialResult) -> Tone:
    """How the last result is to be shown. Good is only what a program has seen, and what came back."""
    if result.ended.result is RestoreResult.NOT_BACK:
        return Tone.INFO if result.ended.is_wanted else Tone.PROBLEM
    if result.ended.result is RestoreResult.LET_GO:
        return Tone.WARNING
    if result.outcome is TrialOutcome.BOT_HANDED_OVER and not result.by_eye:
        return Tone.OK
    if result.outcome in PASSED or result.outcome in _CANNOT_TELL:
        return Tone.INFO if result.outcome in (*PASSED, TrialOutcome.DECLINED) else Tone.WARNING
    return Tone.PROBLEM
