"""Bringing a conversation back to its start owner, and what can be done where Facebook refuses."""

import contextlib
from collections.abc import Callable

from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.facts import App, Control
from wizard.core.pending import CONTROL_LASTS
from wizard.core.trial.run import TrialRun
from wizard.core.trial_result import Back, Ended, Item, ItemState, Seen

RETRY, OTHER_SIDE, WAIT = "retry", "other_side", "wait"
BRING_BACK, LEAVE = "bring_back", "leave"
_TRIES_ON_THE_WAY = (1.0, 2.0, 4.0, 8.0)  # seconds between tries: 15 in all
_LOOKS_AT_THE_END = (0.5, 1.5)  # seconds between readings: the first may still show what was before


def bring_back(run: TrialRun, seen: Seen) -> Ended:
    """Give the conversation back to who had it at the start, and close the journal entry when that is seen.

    seen: the last owner reading. Never raises WizardError: what could not be done is in the answer, with the entry
    left open. Raises Cancelled."""
    if run.entry is None:
        return Ended(Back.UNTOUCHED, left=run.thread.last)
    run.show(Item.BACK, ItemState.RUNNING)
    try:
        ended = _by_token(run, seen)
    except WizardError as error:
        ended = Ended(Back.NOT_BACK, error.failure, run.thread.last)
    state = ItemState.PROBLEM if ended.back is Back.NOT_BACK else ItemState.DONE
    run.show(Item.BACK, state, ended.failure)
    return ended


def _by_token(run: TrialRun, seen: Seen) -> Ended:
    if seen in (Seen.LIVE_CHAT, Seen.OTHER) and run.is_with_start_owner():
        return close(run, Back.BACK)
    if seen is Seen.IDLE and run.entry is not None and run.entry.start is Control.NOTHING:
        return close(run, Back.IDLE)
    is_agreed = run.is_recovery
    if seen is Seen.OTHER:
        # Staff may be answering the customer there right now.
        app = run.app_seen() or App("")
        if run.ask("bring_back_anyway", app, (BRING_BACK, LEAVE)) != BRING_BACK:
            return Ended(Back.NOT_BACK, left=run.thread.last)
        is_agreed = True
    if run.thread.speaks_for_bot:
        return _take_back(run, seen)
    return _from_live_chat(run, seen, is_agreed)


def _take_back(run: TrialRun, seen: Seen) -> Ended:
    by_itself = False
    while seen is not Seen.BOT:
        failure = _taken(run)
        if failure is None:
            break
        seen = run.look(Item.BACK)
        if seen is Seen.BOT:
            by_itself = True
            break
        if run.is_with_start_owner() and seen in (Seen.LIVE_CHAT, Seen.OTHER):
            return close(run, Back.BACK, failure)
        if seen is Seen.IDLE and may_stay_idle(run, failure):
            # Nobody holds it: the next message goes to the app that answers first, as before the test.
            return close(run, Back.IDLE, failure)
        if not _way_out(run, failure):
            return Ended(Back.NOT_BACK, failure, run.thread.last)
        seen = run.look(Item.BACK)
    if run.is_recovery and seen is not Seen.BOT:
        seen = _look_until(run, lambda seen: seen is Seen.BOT)
        if seen is not Seen.BOT:
            return Ended(Back.NOT_BACK, left=run.thread.last)
    return _restore(run, by_itself)


def may_stay_idle(run: TrialRun, failure: Failure) -> bool:
    """Whether a conversation that nobody has may stay so after a refused take: what was idle at the start, but in a
    recovery, and what was the bot's own, where trying later would not help."""
    if run.entry is not None and run.entry.start is Control.NOTHING:
        return not run.is_recovery
    return _was_its_own(run) and not failure.is_about_the_way and not failure.is_about_the_token


def _restore(run: TrialRun, by_itself: bool) -> Ended:
    """The bot has control: give it to whoever had it at the start, and see it."""
    entry = run.entry
    assert entry is not None
    started_idle = entry.start is Control.NOTHING
    start_app = run.start_app
    is_passed = not started_idle and start_app is not None
    if started_idle:
        run.thread.release(run.subject.words)
    elif start_app is not None:
        run.thread.pass_to(start_app, run.subject.words)

    def is_back(seen: Seen) -> bool:
        # The bot has it, where a message came in meanwhile: it answers first.
        is_as_idle = started_idle and seen in (Seen.IDLE, Seen.NOTHING, Seen.BOT)
        # That the bot took control, or let go, Facebook has confirmed. Whether a pass arrives only the owner tells.
        return is_as_idle or run.is_with_start_owner() or (seen is Seen.UNREADABLE and not is_passed)

    try:
        seen = _look_until(run, is_back)
    except WizardError as error:
        run.thread.unread(error.failure)
        if is_passed:
            return Ended(Back.NOT_BACK, error.failure, run.thread.last, is_certain=False)
        return close(run, Back.BACK, error.failure)
    if not is_back(seen):
        return Ended(Back.NOT_BACK, left=run.thread.last)
    return close(run, Back.BY_ITSELF if by_itself else Back.BACK)


def _look_until(run: TrialRun, is_there: Callable[[Seen], bool]) -> Seen:
    """Read the owner, and a few times more while it is not as it should be."""
    for pause in _LOOKS_AT_THE_END:
        if is_there(seen := run.look(Item.BACK)):
            return seen
        run.cancel.wait(pause)
    return run.look(Item.BACK)


def _from_live_chat(run: TrialRun, seen: Seen, is_agreed: bool) -> Ended:
    """With the live chat's token, which is shown its own control only: nothing is back but what was seen, or what it
    passed itself. It takes what was its own at the start, and what the person agreed to take."""
    if run.is_with_start_owner():
        return close(run, Back.BACK)
    if _is_untouched(run):
        return close(run, Back.UNTOUCHED)
    was_its_own = _was_its_own(run)
    failure = None
    if seen is not Seen.LIVE_CHAT and (was_its_own or is_agreed):
        failure = _taken(run)
        seen = _look_until(run, lambda seen: seen is Seen.LIVE_CHAT) if failure is None else run.look(Item.BACK)
    if seen is not Seen.LIVE_CHAT:
        return Ended(Back.NOT_BACK, failure, run.thread.last, is_certain=False)
    if was_its_own:
        return close(run, Back.BACK)
    target = run.start_app or run.subject.bot
    run.thread.pass_to(target, run.subject.words)
    seen = _look_until(run, lambda seen: seen is not Seen.LIVE_CHAT)
    app = run.app_seen()
    if seen is Seen.UNREADABLE or (app is not None and app.id != target.id):
        return Ended(Back.NOT_BACK, left=run.thread.last, is_certain=False)
    return close(run, Back.BACK)


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
    for pause in (*_TRIES_ON_THE_WAY, None):
        try:
            run.thread.take(run.subject.words)
        except WizardError as error:
            if pause is None or not error.failure.is_about_the_way or error.kind is ErrorKind.THROTTLED:
                return error.failure
            run.cancel.wait(pause)
        else:
            return None
    raise AssertionError("the loop returns on its last turn")


def _way_out(run: TrialRun, failure: Failure) -> bool:
    """Offer the three ways out of a refused take. True: something was done, so look again."""
    if run.other_side is not None:
        other_side, run.other_side = run.other_side, None  # once: what did not help then needs the person
        try:
            other_side.pass_control(run.subject.psid, run.subject.bot.id, run.subject.words)
        except WizardError:
            run.show(Item.BACK, ItemState.RUNNING)
        else:
            return True
    run.show(Item.BACK, ItemState.PROBLEM, failure)
    way = run.ask("way_out", run.app_seen() or run.subject.live_chat, (RETRY, OTHER_SIDE, WAIT))
    if way == OTHER_SIDE:
        if failure.kind is ErrorKind.NO_DEFAULT_APP:
            # Facebook passes the wish on; it is granted only if the other app does so. A refused wish changes nothing.
            with contextlib.suppress(WizardError):
                run.thread.graph.request_control(run.subject.psid, run.subject.words)
        return run.instruct("close_in_live_chat")
    return way == RETRY


def close(run: TrialRun, back: Back, failure: Failure | None = None) -> Ended:
    run.close_entry()
    return Ended(back, failure, run.thread.last)
