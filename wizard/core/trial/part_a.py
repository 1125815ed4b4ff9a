"""Part A: Facebook lets the bot pass the conversation to the live chat and take it back."""

from wizard.core import limits
from wizard.core.errors import Failure, WizardError
from wizard.core.facts import App, Control
from wizard.core.pending import TrialPart
from wizard.core.trial.other_computer import end_moved, has_moved, stands_still
from wizard.core.trial.restore import close, may_stay_idle, restore
from wizard.core.trial.run import TrialRun
from wizard.core.trial_result import (
    ConsentRequest,
    ConsentTo,
    Item,
    ItemState,
    OwnerRelation,
    RestoreEnd,
    RestoreResult,
    TrialOutcome,
    TrialResult,
)


def run_part_a(run: TrialRun) -> TrialResult:
    """Read, probe, pass, read, bring back. Seven calls when Facebook is quick.

    Raises WizardError only before anything was changed, and Cancelled at any time: then the journal entry, if any, is
    left for whoever brings the conversation back."""
    start = run.read_start()
    if start in (OwnerRelation.HIDDEN, OwnerRelation.UNREADABLE):
        # What is not seen cannot be given back.
        run.show(Item.OWNER, ItemState.UNKNOWN, run.thread.last.failure if run.thread.last else None)
        return _result(run, TrialOutcome.NOT_OFFERED, RestoreEnd(RestoreResult.UNTOUCHED, left=run.thread.last))
    holder = run.app_seen()
    if start is not OwnerRelation.BOT and not run.consent(ConsentRequest(ConsentTo.TAKE_FROM, holder)):
        return _result(run, TrialOutcome.DECLINED, RestoreEnd(RestoreResult.UNTOUCHED, left=run.thread.last))
    if not stands_still(run):
        run.show(Item.OWNER, ItemState.UNKNOWN)
        return _result(run, TrialOutcome.MOVED, end_moved(run))
    run.show(Item.OWNER, ItemState.DONE)
    refusal = _probe(run, start)
    if refusal is not None:
        return _after_refused_probe(run, refusal)
    if start not in (OwnerRelation.LIVE_CHAT, OwnerRelation.OTHER) and not run.consent(run.may_stay()):
        # Only a take from another app proves the take-control switch; this probe was on an idle conversation.
        return _result(run, TrialOutcome.DECLINED, restore(run, OwnerRelation.BOT), is_probe_good=True)
    return _pass_and_return(run)


def _probe(run: TrialRun, start: OwnerRelation) -> Failure | None:
    """Let go if the bot has control, then take: nobody else holds the conversation meanwhile. None: it worked."""
    run.show(Item.PROBE, ItemState.RUNNING)
    reading = run.thread.last
    assert reading is not None
    run.open_entry(TrialPart.FACEBOOK_ALLOWS, reading)
    try:
        if start is OwnerRelation.BOT:
            run.thread.release(run.subject.words)
    except WizardError as error:
        return error.failure
    try:
        run.thread.take(run.subject.words)
    except WizardError as error:
        # What another app had at the start may be with the bot because somebody else gave it back.
        is_ours = start not in (OwnerRelation.LIVE_CHAT, OwnerRelation.OTHER) or error.failure.is_transport_error
        if run.try_read_owner(Item.PROBE) is not OwnerRelation.BOT or not is_ours:
            return error.failure
    run.show(Item.PROBE, ItemState.DONE)
    return None


def _after_refused_probe(run: TrialRun, refusal: Failure) -> TrialResult:
    """The conversation is with its start owner, or idle, or as empty as at the start, or else put right."""
    outcome = TrialOutcome.TROUBLE if refusal.is_transport_error else TrialOutcome.PROBE_REFUSED
    relation = run.try_read_owner(Item.PROBE)
    run.show(Item.PROBE, ItemState.PROBLEM, refusal)
    if outcome is TrialOutcome.PROBE_REFUSED and run.is_with_start_owner():
        ended = close(run, RestoreResult.BACK)
    elif outcome is TrialOutcome.PROBE_REFUSED and relation is OwnerRelation.IDLE and may_stay_idle(run, refusal):
        ended = close(run, RestoreResult.IDLE)
    elif outcome is TrialOutcome.PROBE_REFUSED and relation is OwnerRelation.NOTHING and _is_as_at_the_start(run):
        ended = close(run, RestoreResult.UNTOUCHED)
    elif outcome is TrialOutcome.PROBE_REFUSED and has_moved(run, relation):
        return _result(run, TrialOutcome.MOVED, end_moved(run))
    else:
        ended = restore(run, relation)
    return _result(run, outcome, ended, failure=refusal)


def _is_as_at_the_start(run: TrialRun) -> bool:
    """Nothing was changed by us, and the empty list is what was there first: another computer may test it, too."""
    return not run.thread.has_changed and run.entry is not None and run.entry.start is Control.NOTHING


def _pass_and_return(run: TrialRun) -> TrialResult:
    run.show(Item.PASSED, ItemState.RUNNING)
    run.note_pass()
    try:
        run.thread.pass_to(run.subject.live_chat, run.subject.words)
    except WizardError as error:
        relation = run.try_read_owner(Item.PASSED)
        run.show(Item.PASSED, ItemState.PROBLEM, error.failure)
        outcome = TrialOutcome.TROUBLE if error.failure.is_transport_error else TrialOutcome.PASS_REFUSED
        return _result(run, outcome, restore(run, relation), failure=error.failure, is_probe_good=True)
    run.show(Item.PASSED, ItemState.DONE)
    try:
        relation = _watch_arrival(run)
    except WizardError as error:
        run.show(Item.ARRIVED, ItemState.UNKNOWN, error.failure)
        ended = restore(run, run.thread.unread(error.failure))
        return _result(run, TrialOutcome.TROUBLE, ended, failure=error.failure, is_probe_good=True)
    outcome, state = {
        OwnerRelation.LIVE_CHAT: (TrialOutcome.WORKS, ItemState.DONE),
        OwnerRelation.HIDDEN: (TrialOutcome.WORKS, ItemState.DONE),
        OwnerRelation.OTHER: (TrialOutcome.WENT_ELSEWHERE, ItemState.PROBLEM),
        OwnerRelation.BOT: (TrialOutcome.NEVER_LEFT, ItemState.PROBLEM),
    }.get(relation, (TrialOutcome.CANNOT_TELL, ItemState.UNKNOWN))
    run.show(Item.ARRIVED, state)
    app = run.app_seen()
    return _result(run, outcome, restore(run, relation), app=app, is_probe_good=True)


def _watch_arrival(run: TrialRun) -> OwnerRelation:
    """Read until it is decided who has control: at most eight times within 15 s, and once more for the bot."""
    relation = OwnerRelation.UNREADABLE
    for look, pause in enumerate(limits.ARRIVAL, start=1):
        if pause:
            run.cancel.wait(pause)
        relation = run.read_owner(Item.ARRIVED, look, len(limits.ARRIVAL))
        if relation in (OwnerRelation.LIVE_CHAT, OwnerRelation.OTHER, OwnerRelation.HIDDEN):
            return relation
    if relation is OwnerRelation.BOT:
        run.cancel.wait(limits.ARRIVAL_LATE)
        relation = run.read_owner(Item.ARRIVED, len(limits.ARRIVAL), len(limits.ARRIVAL))
    return relation


def _result(
    run: TrialRun,
    outcome: TrialOutcome,
    ended: RestoreEnd,
    app: App | None = None,
    failure: Failure | None = None,
    is_probe_good: bool = False,
) -> TrialResult:
    return TrialResult(
        part=TrialPart.FACEBOOK_ALLOWS,
        outcome=outcome,
        ended=ended,
        app=app,
        failure=failure,
        is_probe_good=is_probe_good,
        readings=tuple(run.thread.readings),
    )
