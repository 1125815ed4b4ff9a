"""Bringing a conversation back to its start owner, and what can be done where Facebook refuses."""

import contextlib
from collections.abc import Callable

from wizard.core import limits
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.facts import App, Control
from wizard.core.pending import CONTROL_LASTS
from wizard.core.trial.run import TrialRun
from wizard.core.trial_result import Item, ItemState, OwnerRelation, RestoreEnd, RestoreResult

RETRY, OTHER_SIDE, WAIT = "retry", "other_side", "wait"
BRING_BACK, LEAVE = "bring_back", "leave"
# What a take is refused with that the set-up is to blame for: trying later would not help.
_FINAL = frozenset({ErrorKind.TAKE_REFUSED, ErrorKind.PERMISSION_MISSING, ErrorKind.DEVELOPMENT_MODE})
_STATES = {RestoreResult.NOT_BACK: ItemState.PROBLEM, RestoreResult.LET_GO: ItemState.UNKNOWN}


def restore(run: TrialRun, relation: OwnerRelation) -> RestoreEnd:
    """Give the conversation back to who had it at the start, and close the journal entry when that is seen.

    relation: of the last owner reading. Never raises WizardError: what could not be done is in the answer, with
    the entry left open. Raises Cancelled."""
    if run.entry is None:
        return RestoreEnd(RestoreResult.UNTOUCHED, left=run.thread.last)
    run.show(Item.BACK, ItemState.RUNNING)
    try:
        ended = _by_token(run, relation)
    except WizardError as error:
        ended = RestoreEnd(RestoreResult.NOT_BACK, error.failure, run.thread.last)
    run.show(Item.BACK, _STATES.get(ended.result, ItemState.DONE), ended.failure)
    return ended


def _by_token(run: TrialRun, relation: OwnerRelation) -> RestoreEnd:
    if relation in (OwnerRelation.LIVE_CHAT, OwnerRelation.OTHER) and run.is_with_start_owner():
        return close(run, RestoreResult.BACK)
    was_idle = run.entry is not None and run.entry.start is Control.NOTHING and run.entry.is_just_released
    if relation is OwnerRelation.IDLE and was_idle:  # else an empty list closes nothing: take, see it, and let go again
        return close(run, RestoreResult.IDLE)
    is_agreed = run.is_recovery
    if relation is OwnerRelation.OTHER:
        # Staff may be answering the customer there right now.
        app = run.app_seen() or App("")
        if (answer := run.ask("bring_back_anyway", app, (BRING_BACK, LEAVE))) != BRING_BACK:
            return RestoreEnd(RestoreResult.NOT_BACK, left=run.thread.last, is_wanted=answer == LEAVE)
        is_agreed = True
    if run.thread.speaks_for_bot:
        return _take_back(run, relation)
    return _from_live_chat(run, relation, is_agreed)


def _take_back(run: TrialRun, relation: OwnerRelation) -> RestoreEnd:
    by_itself = False
    while relation is not OwnerRelation.BOT:
        failure = _taken(run)
        if failure is None:
            break
        relation = run.read_owner_surely(Item.BACK)
        if relation is OwnerRelation.BOT:
            by_itself = True
            break
        if run.is_with_start_owner() and relation in (OwnerRelation.LIVE_CHAT, OwnerRelation.OTHER):
            return close(run, RestoreResult.BACK, failure)
        if relation is OwnerRelation.IDLE:
            # Nobody holds it: the next message goes to the app that answers first, as before the test.
            if may_stay_idle(run, failure):
                return close(run, RestoreResult.IDLE, failure)
            relation = _after_a_message(run, failure)
            if run.is_with_start_owner():
                return close(run, RestoreResult.BACK, failure)
            is_idle = relation in (OwnerRelation.IDLE, OwnerRelation.NOTHING)
            return RestoreEnd(RestoreResult.NOT_BACK, failure, run.thread.last, is_idle=is_idle)
        if (way := _way_out(run, failure)) != RETRY:
            return RestoreEnd(RestoreResult.NOT_BACK, failure, run.thread.last, is_wanted=way == WAIT)
        relation = run.read_owner(Item.BACK)
    if run.is_recovery and relation is not OwnerRelation.BOT:
        relation = _poll_owner_until(run, lambda relation: relation is OwnerRelation.BOT)
        if relation is not OwnerRelation.BOT:
            return RestoreEnd(RestoreResult.NOT_BACK, left=run.thread.last)
    return _restore(run, by_itself)


def may_stay_idle(run: TrialRun, failure: Failure) -> bool:
    """Whether a conversation that nobody has may stay so after a refused take: what was idle at the start, but in a
    recovery, and what was the bot's own, where its next message goes to the bot and trying later would not help."""
    if run.entry is not None and run.entry.start is Control.NOTHING:
        return not run.is_recovery
    return _was_its_own(run) and failure.kind in _FINAL and (run.answers_first or run.thread.shows_others)


def _after_a_message(run: TrialRun, failure: Failure) -> OwnerRelation:
    """Nobody has what was the bot's, and the bot may not take it: a message of the tester goes to the app that answers
    first. Returns who has it then; in a recovery nobody is asked to write."""
    is_in_vain = failure.is_transport_error or failure.is_token_error or failure.kind is ErrorKind.NO_DEFAULT_APP
    if run.is_recovery or not _was_its_own(run) or is_in_vain or not run.tell_to_write("say_hello"):
        return OwnerRelation.IDLE
    nobody = (OwnerRelation.IDLE, OwnerRelation.NOTHING, OwnerRelation.UNREADABLE)
    return run.watch(lambda: run.read_owner(Item.BACK), lambda relation: relation not in nobody)


def _restore(run: TrialRun, by_itself: bool) -> RestoreEnd:
    """The bot has control: give it to whoever had it at the start, and see it."""
    entry = run.entry
    assert entry is not None
    started_idle = entry.start is Control.NOTHING
    # Only the default app is shown others, and to the default app nothing is hidden: then nobody had it.
    is_known = not started_idle or run.thread.shows_others or entry.shows_others or run.answers_first
    good = (RestoreResult.BY_ITSELF if by_itself else RestoreResult.BACK) if is_known else RestoreResult.LET_GO
    start_app = run.start_app
    is_passed = not started_idle and start_app is not None
    if started_idle:
        run.thread.release(run.subject.words)
    elif start_app is not None:
        run.thread.pass_to(start_app, run.subject.words)

    def is_back(relation: OwnerRelation) -> bool:
        # The bot has it, where a message came in meanwhile: it answers first.
        is_as_idle = started_idle and relation in (OwnerRelation.IDLE, OwnerRelation.NOTHING, OwnerRelation.BOT)
        # That the bot took control, or let go, Facebook has confirmed. Whether a pass arrives only the owner tells.
        return is_as_idle or run.is_with_start_owner() or (relation is OwnerRelation.UNREADABLE and not is_passed)

    try:
        relation = _poll_owner_until(run, is_back)
    except WizardError as error:
        run.thread.unread(error.failure)
        if is_passed:
            return RestoreEnd(RestoreResult.NOT_BACK, error.failure, run.thread.last, is_certain=False)
        return close(run, RestoreResult.BACK if is_known else good, error.failure)
    if not is_back(relation):
        return RestoreEnd(RestoreResult.NOT_BACK, left=run.thread.last)
    return close(run, good)


def _poll_owner_until(run: TrialRun, is_there: Callable[[OwnerRelation], bool]) -> OwnerRelation:
    """Read the owner, and a few times more while it is not as it should be."""
    for pause in limits.IS_BACK:
        if is_there(relation := run.read_owner(Item.BACK)):
            return relation
        run.cancel.wait(pause)
    return run.read_owner(Item.BACK)


def _from_live_chat(run: TrialRun, relation: OwnerRelation, is_agreed: bool) -> RestoreEnd:
    """With the live chat's token, which is shown its own control only: nothing is back but what was seen, or what it
    passed itself. It takes what was its own at the start, and what the person agreed to take."""
    if run.is_with_start_owner():
        return close(run, RestoreResult.BACK)
    if _is_untouched(run):
        return close(run, RestoreResult.UNTOUCHED)
    was_its_own = _was_its_own(run)
    failure = None
    if relation is not OwnerRelation.LIVE_CHAT and (was_its_own or is_agreed):
        failure = _taken(run)
        relation = (
            _poll_owner_until(run, lambda relation: relation is OwnerRelation.LIVE_CHAT)
            if failure is None
            else run.read_owner(Item.BACK)
        )
    if relation is not OwnerRelation.LIVE_CHAT:
        return RestoreEnd(RestoreResult.NOT_BACK, failure, run.thread.last, is_certain=False)
    if was_its_own:
        return close(run, RestoreResult.BACK)
    target = run.start_app or run.subject.bot
    run.thread.pass_to(target, run.subject.words)
    relation = _poll_owner_until(run, lambda relation: relation is not OwnerRelation.LIVE_CHAT)
    app = run.app_seen()
    if relation is OwnerRelation.UNREADABLE or (app is not None and app.id != target.id):
        return RestoreEnd(RestoreResult.NOT_BACK, left=run.thread.last, is_certain=False)
    return close(run, RestoreResult.BACK)


def _was_its_own(run: TrialRun) -> bool:
    """The token's own app had control at the start."""
    entry = run.entry
    return entry is not None and entry.start is Control.APP and entry.start_app_id == entry.token_app_id


def _is_untouched(run: TrialRun) -> bool:
    """With the live chat's token: nothing was changed by us, and the reading shows that nobody else did either.

    Once the tester was told to write, a hidden owner may be another one: but a message and a pass let control last
    longer, so the same end means the same owner."""
    entry, reading = run.entry, run.thread.last
    if entry is None or reading is None or _was_its_own(run) or run.thread.has_changed:
        return False
    if not entry.told_at:
        return reading.control is entry.start and reading.app_id == entry.start_app_id
    ends = entry.start_expires_at
    is_same = reading.control is entry.start is Control.HIDDEN and reading.expires_at == ends
    return is_same and ends is not None and ends < int(entry.told_at) + CONTROL_LASTS


def _taken(run: TrialRun) -> Failure | None:
    """Take control. None: taken. Trouble on the way is tried again for 15 s at most."""
    for pause in (*limits.TAKE_AGAIN, None):
        try:
            run.thread.take(run.subject.words)
        except WizardError as error:
            if pause is None or not error.failure.is_transport_error or error.kind is ErrorKind.THROTTLED:
                return error.failure
            run.cancel.wait(pause)
        else:
            return None
    raise AssertionError("the loop returns on its last turn")


def _way_out(run: TrialRun, failure: Failure) -> str:
    """Offer the three ways out of a refused take. RETRY: something was done, so look again; WAIT: the person does;
    OTHER_SIDE: they could not do it."""
    if run.other_side is not None:
        other_side, run.other_side = run.other_side, None  # once: what did not help then needs the person
        try:
            other_side.pass_control(run.subject.psid, run.subject.bot.id, run.subject.words)
        except WizardError:
            run.show(Item.BACK, ItemState.RUNNING)
        else:
            return RETRY
    run.show(Item.BACK, ItemState.PROBLEM, failure)
    way = run.ask("way_out", run.app_seen() or run.subject.live_chat, (RETRY, OTHER_SIDE, WAIT))
    if way == OTHER_SIDE:
        if failure.kind is ErrorKind.NO_DEFAULT_APP:
            # Facebook passes the wish on; it is granted only if the other app does so. A refused wish changes nothing.
            with contextlib.suppress(WizardError):
                run.thread.graph.request_control(run.subject.psid, run.subject.words)
        return RETRY if run.instruct("close_in_live_chat") else OTHER_SIDE
    return way


def close(run: TrialRun, back: RestoreResult, failure: Failure | None = None) -> RestoreEnd:
    run.close_entry()
    return RestoreEnd(back, failure, run.thread.last)
