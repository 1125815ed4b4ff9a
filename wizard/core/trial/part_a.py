"""Part A: Facebook lets the bot pass the conversation to the live chat and take it back."""

from wizard.core.errors import Failure, WizardError
from wizard.core.facts import App, Control
from wizard.core.pending import Part
from wizard.core.trial.restore import bring_back, close, may_stay_idle
from wizard.core.trial.run import TrialRun
from wizard.core.trial_result import (
    Back,
    ConsentRequest,
    ConsentTo,
    Ended,
    Found,
    Item,
    ItemState,
    Seen,
    TrialResult,
)

# Seconds before each of the eight readings after the pass: 15 in all.
_LOOKS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.5, 4.0)
_ONE_MORE = 5.0


def run_part_a(run: TrialRun) -> TrialResult:
    """Read, probe, pass, read, bring back. Seven calls when Facebook is quick.

    Raises WizardError only before anything was changed, and Cancelled at any time: then the journal entry, if any, is
    left for whoever brings the conversation back."""
    start = run.look(Item.OWNER)
    if start in (Seen.HIDDEN, Seen.UNREADABLE):
        # What is not seen cannot be given back.
        run.show(Item.OWNER, ItemState.UNKNOWN, run.thread.last.failure if run.thread.last else None)
        return _result(run, Found.NOT_OFFERED, Ended(Back.UNTOUCHED, left=run.thread.last))
    holder = run.app_seen()
    if start in (Seen.LIVE_CHAT, Seen.OTHER) and not run.consent(ConsentRequest(ConsentTo.TAKE_FROM, holder)):
        return _result(run, Found.DECLINED, Ended(Back.UNTOUCHED, left=run.thread.last))
    run.show(Item.OWNER, ItemState.DONE)
    refusal = _probe(run, start)
    if refusal is not None:
        return _after_refused_probe(run, refusal)
    if start not in (Seen.LIVE_CHAT, Seen.OTHER) and not run.consent(run.may_stay()):
        # Only a take from another app proves the take-control switch; this probe was on an idle conversation.
        return _result(run, Found.DECLINED, bring_back(run, Seen.BOT), is_probe_good=True)
    return _pass_and_return(run)


def _probe(run: TrialRun, start: Seen) -> Failure | None:
    """Let go if the bot has control, then take: nobody else holds the conversation meanwhile. None: it worked."""
    run.show(Item.PROBE, ItemState.RUNNING)
    reading = run.thread.last
    assert reading is not None
    run.open_entry(Part.FACEBOOK_ALLOWS, reading)
    try:
        if start is Seen.BOT:
            run.thread.release(run.subject.words)
    except WizardError as error:
        return error.failure
    try:
        run.thread.take(run.subject.words)
    except WizardError as error:
        if run.look_quietly(Item.PROBE) is not Seen.BOT:
            return error.failure
    run.show(Item.PROBE, ItemState.DONE)
    return None


def _after_refused_probe(run: TrialRun, refusal: Failure) -> TrialResult:
    """The conversation is with its start owner, or idle, or as empty as at the start, or else put right."""
    found = Found.TROUBLE if refusal.is_about_the_way else Found.PROBE_REFUSED
    seen = run.look_quietly(Item.PROBE)
    run.show(Item.PROBE, ItemState.PROBLEM, refusal)
    if found is Found.PROBE_REFUSED and run.is_with_start_owner():
        ended = close(run, Back.BACK)
    elif found is Found.PROBE_REFUSED and seen is Seen.IDLE and may_stay_idle(run, refusal):
        ended = close(run, Back.IDLE)
    elif found is Found.PROBE_REFUSED and seen is Seen.NOTHING and _is_as_at_the_start(run):
        ended = close(run, Back.UNTOUCHED)
    else:
        ended = bring_back(run, seen)
    return _result(run, found, ended, failure=refusal)


def _is_as_at_the_start(run: TrialRun) -> bool:
    """Nothing was changed by us, and the empty list is what was there first: another computer may test it, too."""
    return not run.thread.has_changed and run.entry is not None and run.entry.start is Control.NOTHING


def _pass_and_return(run: TrialRun) -> TrialResult:
    run.show(Item.PASSED, ItemState.RUNNING)
    run.note_pass()
    try:
        run.thread.pass_to(run.subject.live_chat, run.subject.words)
    except WizardError as error:
        seen = run.look_quietly(Item.PASSED)
        run.show(Item.PASSED, ItemState.PROBLEM, error.failure)
        found = Found.TROUBLE if error.failure.is_about_the_way else Found.PASS_REFUSED
        return _result(run, found, bring_back(run, seen), failure=error.failure, is_probe_good=True)
    run.show(Item.PASSED, ItemState.DONE)
    try:
        seen = _watch_arrival(run)
    except WizardError as error:
        run.show(Item.ARRIVED, ItemState.UNKNOWN, error.failure)
        ended = bring_back(run, run.thread.unread(error.failure))
        return _result(run, Found.TROUBLE, ended, failure=error.failure, is_probe_good=True)
    found, state = {
        Seen.LIVE_CHAT: (Found.WORKS, ItemState.DONE),
        Seen.HIDDEN: (Found.WORKS, ItemState.DONE),
        Seen.OTHER: (Found.WENT_ELSEWHERE, ItemState.PROBLEM),
        Seen.BOT: (Found.NEVER_LEFT, ItemState.PROBLEM),
    }.get(seen, (Found.CANNOT_TELL, ItemState.UNKNOWN))
    run.show(Item.ARRIVED, state)
    app = run.app_seen()
    return _result(run, found, bring_back(run, seen), app=app, is_probe_good=True)


def _watch_arrival(run: TrialRun) -> Seen:
    """Read until it is decided who has control: at most eight times within 15 s, and once more for the bot."""
    seen = Seen.UNREADABLE
    for look, pause in enumerate(_LOOKS, start=1):
        if pause:
            run.cancel.wait(pause)
        seen = run.look(Item.ARRIVED, look, len(_LOOKS))
        if seen in (Seen.LIVE_CHAT, Seen.OTHER, Seen.HIDDEN):
            return seen
    if seen is Seen.BOT:
        run.cancel.wait(_ONE_MORE)
        seen = run.look(Item.ARRIVED, len(_LOOKS), len(_LOOKS))
    return seen


def _result(
    run: TrialRun,
    found: Found,
    ended: Ended,
    app: App | None = None,
    failure: Failure | None = None,
    is_probe_good: bool = False,
) -> TrialResult:
    return TrialResult(
        part=Part.FACEBOOK_ALLOWS,
        found=found,
        ended=ended,
        app=app,
        failure=failure,
        is_probe_good=is_probe_good,
        readings=tuple(run.thread.readings),
    )
