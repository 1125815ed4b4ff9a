"""Part B: the tester writes, the bot hands over by itself. The only proof that the saved App ID works."""

from collections.abc import Callable, Collection

from wizard.core.errors import Failure, WizardError
from wizard.core.facts import App
from wizard.core.pending import Part
from wizard.core.poll import look_until
from wizard.core.trial.restore import bring_back
from wizard.core.trial.run import TrialRun
from wizard.core.trial_result import Back, ConsentRequest, ConsentTo, Ended, Found, Item, ItemState, Seen, TrialResult

YES, NO = "yes", "no"


def run_part_b(run: TrialRun, is_probe_good: bool) -> TrialResult:
    """Watch a fresh message go to the bot, and the bot hand it to the live chat; then bring it back.

    is_probe_good: part A let go and took control just now, so that this part may begin with a release. Raises as
    run_part_a does."""
    start = run.look(Item.OWNER)
    reading = run.thread.last
    assert reading is not None
    if start is Seen.UNREADABLE or (start is Seen.HIDDEN and run.thread.speaks_for_bot):
        # Neither could the handover be seen, nor the conversation be given back: what is left is to test by eye.
        run.show(Item.OWNER, ItemState.UNKNOWN, reading.failure)
        return _result(run, Found.NOT_OFFERED, Ended(Back.UNTOUCHED, left=reading))
    if not _agreed(run, start, is_probe_good):
        return _result(run, Found.DECLINED, Ended(Back.UNTOUCHED, left=reading))
    run.show(Item.OWNER, ItemState.DONE)
    run.open_entry(Part.BOT_DOES, reading)
    first: App | None = None
    try:
        if run.thread.speaks_for_bot:
            seen = _say_hello(run, start, is_probe_good)
            is_kept = start is Seen.BOT and not is_probe_good
            first = None if is_kept else run.app_seen()
            if seen is not Seen.BOT:
                found = _not_the_bots(seen)
                is_wrong = found is Found.OTHER_ANSWERS_FIRST
                run.show(Item.HELLO, ItemState.PROBLEM if is_wrong else ItemState.UNKNOWN)
                return _result(run, found, bring_back(run, seen), first, first)
            run.show(Item.HELLO, ItemState.UNKNOWN if is_kept else ItemState.DONE)
        elif (seen := _leave_live_chat(run, start)) is Seen.LIVE_CHAT:
            # That it has control now is no handover: nobody else was seen to have had it.
            return _live_chat_has_it(run)
        is_elsewhere = run.thread.speaks_for_bot or seen in (Seen.BOT, Seen.OTHER, Seen.HIDDEN)
        seen = _ask_for_human(run)
    except WizardError as error:
        ended = bring_back(run, run.look_quietly(Item.BACK))
        return _result(run, Found.TROUBLE, ended, first_app=first, failure=error.failure)
    if seen is Seen.LIVE_CHAT and not is_elsewhere:
        return _live_chat_has_it(run)
    found, state = _judge(run, seen)
    run.show(Item.ARRIVED, state)
    app = run.app_seen()
    return _result(run, found, bring_back(run, seen), app, first)


def _agreed(run: TrialRun, start: Seen, is_probe_good: bool) -> bool:
    if start is Seen.OTHER or (start is Seen.LIVE_CHAT and run.thread.speaks_for_bot):
        return run.consent(ConsentRequest(ConsentTo.TAKE_FROM, run.app_seen()))
    return is_probe_good or run.consent(run.may_stay())


def _say_hello(run: TrialRun, start: Seen, is_probe_good: bool) -> Seen:
    """Who gets the fresh message. An active conversation stays with its owner, which proves nothing: so the bot lets
    go first, where it is known that it may take again. If it is not known, the bot keeps what it has."""
    run.show(Item.HELLO, ItemState.RUNNING)
    if start in (Seen.LIVE_CHAT, Seen.OTHER):
        run.thread.take(run.subject.words)
    if start in (Seen.LIVE_CHAT, Seen.OTHER) or (start is Seen.BOT and is_probe_good):
        run.thread.release(run.subject.words)
        # Before the message: an answer from before the release would look like "the bot got it".
        _watch(run, Item.HELLO, lambda seen: seen is not Seen.BOT)
    run.tell_to_write("say_hello")
    if start is Seen.BOT and not is_probe_good:
        return start
    return _watch(run, Item.HELLO, lambda seen: seen not in (Seen.IDLE, Seen.NOTHING, Seen.UNREADABLE))


def _not_the_bots(seen: Seen) -> Found:
    """What it means that the bot was not seen to get the fresh message. A bot may hand over at once, or be asked for a
    person in the same breath: between two looks that reads as if the live chat had got it first."""
    if seen is Seen.LIVE_CHAT:
        return Found.LIVE_CHAT_AT_ONCE
    return Found.OTHER_ANSWERS_FIRST if seen in (Seen.OTHER, Seen.HIDDEN) else Found.NO_HELLO


def _leave_live_chat(run: TrialRun, start: Seen) -> Seen:
    """With the live chat's token: it sees itself get control only if somebody else has it first. Returns what was seen
    last, LIVE_CHAT where the live chat has it."""
    if start is Seen.LIVE_CHAT:
        run.thread.pass_to(run.subject.bot, run.subject.words)
        seen = _watch(run, Item.OWNER, lambda seen: seen is not Seen.LIVE_CHAT)
        return Seen.HIDDEN if seen in (Seen.NOTHING, Seen.IDLE) else seen  # the bot has it: Facebook confirmed the pass
    if start in (Seen.NOTHING, Seen.IDLE):
        run.tell_to_write("say_hello")
        return _watch(run, Item.OWNER, lambda seen: seen not in (Seen.NOTHING, Seen.IDLE, Seen.UNREADABLE))
    return start


def _live_chat_has_it(run: TrialRun) -> TrialResult:
    run.show(Item.ARRIVED, ItemState.UNKNOWN)
    return _result(run, Found.CANNOT_TELL, bring_back(run, Seen.LIVE_CHAT), run.subject.live_chat)


def _ask_for_human(run: TrialRun) -> Seen:
    run.show(Item.HUMAN, ItemState.RUNNING)
    run.tell_to_write("ask_for_human")
    # For the live chat's token everything but its own control is hidden; for the bot's, hidden means that it has left.
    waits: Collection[Seen] = {Seen.BOT, Seen.NOTHING, Seen.IDLE, Seen.UNREADABLE}
    if not run.thread.speaks_for_bot:
        waits = {*waits, Seen.HIDDEN}
    seen = _watch(run, Item.HUMAN, lambda seen: seen not in waits)
    run.show(Item.HUMAN, ItemState.DONE if seen not in waits else ItemState.PROBLEM)
    if seen not in waits:
        run.note_pass()
    return seen


def _watch(run: TrialRun, item: Item, is_decided: Callable[[Seen], bool]) -> Seen:
    """Only read, until decided or until the window is over. Trouble on the way is looked past until then."""
    return look_until(lambda: run.look(item), is_decided, run.cancel, run.clock, run.window)


def _judge(run: TrialRun, seen: Seen) -> tuple[Found, ItemState]:
    if seen is Seen.LIVE_CHAT:
        return Found.BOT_HANDED_OVER, ItemState.DONE
    if seen is Seen.OTHER:
        return Found.WENT_ELSEWHERE, ItemState.PROBLEM
    if seen is Seen.BOT:
        return Found.NOTHING_HAPPENED, ItemState.PROBLEM
    if seen is Seen.IDLE or (seen is Seen.HIDDEN and not run.thread.speaks_for_bot):
        return Found.NOTHING_HAPPENED, ItemState.PROBLEM
    return Found.CANNOT_TELL, ItemState.UNKNOWN


def run_by_eye(run: TrialRun) -> TrialResult:
    """Part B without a useful token: the tester looks, and says what happened. Nothing is read, nothing is changed."""
    run.show(Item.HELLO, ItemState.RUNNING)
    run.instruct("say_hello")
    run.show(Item.HELLO, ItemState.DONE)
    run.show(Item.HUMAN, ItemState.RUNNING)
    run.instruct("ask_for_human")
    run.show(Item.HUMAN, ItemState.DONE)
    got_it = run.ask("live_chat_got_it", run.subject.live_chat, (YES, NO)) == YES
    run.show(Item.ARRIVED, ItemState.DONE if got_it else ItemState.PROBLEM)
    if not got_it:
        answers = run.ask("bot_answers_again", run.subject.bot, (YES, NO)) == YES
        ended = Ended(Back.BACK if answers else Back.NOT_BACK)
        run.show(Item.BACK, ItemState.DONE if answers else ItemState.PROBLEM)
        return _result(run, Found.NOTHING_HAPPENED, ended, by_eye=True)
    run.show(Item.BACK, ItemState.RUNNING)
    run.instruct("close_in_live_chat")
    ended = Ended(Back.NOT_BACK)
    while ended.back is Back.NOT_BACK:
        if run.ask("bot_answers_again", run.subject.bot, (YES, NO)) == YES:
            ended = Ended(Back.BACK)
        elif run.ask("way_out", run.subject.live_chat, ("other_side", "wait")) == "other_side":
            run.instruct("close_in_live_chat")
        else:
            break
    run.show(Item.BACK, ItemState.DONE if ended.back is Back.BACK else ItemState.PROBLEM)
    return _result(run, Found.BOT_HANDED_OVER, ended, by_eye=True)


def _result(
    run: TrialRun,
    found: Found,
    ended: Ended,
    app: App | None = None,
    first_app: App | None = None,
    failure: Failure | None = None,
    by_eye: bool = False,
) -> TrialResult:
    return TrialResult(
        part=Part.BOT_DOES,
        found=found,
        ended=ended,
        app=app,
        first_app=first_app,
        failure=failure,
        by_eye=by_eye,
        is_seen_by_live_chat=not by_eye and not run.thread.speaks_for_bot,
        readings=tuple(run.thread.readings),
    )
