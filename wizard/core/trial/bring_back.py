"""Bringing a conversation back to its start owner, and what can be done where Facebook refuses."""

import contextlib
from collections.abc import Callable

from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.facts import App, Control
from wizard.core.trial.result import Back, Ended, Item, ItemState
from wizard.core.trial.run import TrialRun
from wizard.core.trial.thread import Seen

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
    if seen is Seen.OTHER:
        # Staff may be answering the customer there right now.
        app = run.app_seen() or App("")
        if run.ask("bring_back_anyway", app, (BRING_BACK, LEAVE)) != BRING_BACK:
            return Ended(Back.NOT_BACK, left=run.thread.last)
    if run.thread.speaks_for_bot:
        return _take_back(run, seen)
    return _pass_back(run, seen)


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
        if seen is Seen.IDLE and run.start_app is None:
            # Nobody holds it: the next message goes to the app that answers first, as before the test.
            return close(run, Back.IDLE, failure)
        if not _way_out(run, failure):
            return Ended(Back.NOT_BACK, failure, run.thread.last)
        seen = run.look(Item.BACK)
    return _restore(run, by_itself)


def _restore(run: TrialRun, by_itself: bool) -> Ended:
    """The bot has control: give it to whoever had it at the start, and see it."""
    entry = run.entry
    assert entry is not None
    started_idle = entry.start is Control.NOTHING
    start_app = run.start_app
    if started_idle:
        run.thread.release(run.subject.words)
    elif start_app is not None:
        run.thread.pass_to(start_app, run.subject.words)

    def is_back(seen: Seen) -> bool:
        # The bot has it, where a message came in meanwhile: it answers first.
        is_as_idle = started_idle and seen in (Seen.IDLE, Seen.NOTHING, Seen.BOT)
        return is_as_idle or run.is_with_start_owner() or seen is Seen.UNREADABLE

    try:
        seen = _look_until(run, is_back)
    except WizardError as error:
        # The change itself was confirmed, which counts as a reading.
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


def _pass_back(run: TrialRun, seen: Seen) -> Ended:
    """With the live chat's token: it has control and passes it to the bot, unless it had it at the start."""
    if seen is Seen.LIVE_CHAT and not run.is_with_start_owner():
        run.thread.pass_to(run.subject.bot, run.subject.words)
        seen = _look_until(run, lambda seen: seen is not Seen.LIVE_CHAT)
    if seen in (Seen.OTHER, Seen.UNREADABLE) or (seen is Seen.LIVE_CHAT and not run.is_with_start_owner()):
        return Ended(Back.NOT_BACK, left=run.thread.last)
    return close(run, Back.BACK)


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
