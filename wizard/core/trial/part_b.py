"""Part B: the tester writes, the bot hands over by itself. The only proof that the saved App ID works."""

from collections.abc import Callable, Collection

from wizard.core.errors import Failure, WizardError
from wizard.core.facts import App, OwnerReading
from wizard.core.pending import TrialPart
from wizard.core.trial.conversation import is_same_owner
from wizard.core.trial.other_computer import end_moved, has_moved, stands_still
from wizard.core.trial.restore import restore
from wizard.core.trial.run import TrialRun
from wizard.core.trial.silence import watch_silence
from wizard.core.trial.written import NewMessages
from wizard.core.trial_result import (
    ConsentRequest,
    ConsentTo,
    Item,
    ItemState,
    OwnerRelation,
    RestoreEnd,
    RestoreResult,
    Silence,
    TrialOutcome,
    TrialResult,
)


def run_part_b(run: TrialRun, is_probe_good: bool, left: OwnerReading | None = None) -> TrialResult:
    """Watch a fresh message go to the bot, and the bot hand it to the live chat; then bring it back.

    is_probe_good: part A let go and took control just now, so that this part may begin with a release. left: its last
    reading. Raises as run_part_a does."""
    start = run.read_owner(Item.OWNER)
    reading = run.thread.last
    assert reading is not None
    if start is OwnerRelation.UNREADABLE or (start is OwnerRelation.HIDDEN and run.thread.speaks_for_bot):
        # Neither could the handover be seen, nor the conversation be given back: what is left is to test by eye.
        run.show(Item.OWNER, ItemState.UNKNOWN, reading.failure)
        return part_b_result(run, TrialOutcome.NOT_OFFERED, RestoreEnd(RestoreResult.UNTOUCHED, left=reading))
    is_as_left = left is not None and is_same_owner(left, reading)
    if left is not None and not is_as_left and start is not OwnerRelation.BOT:
        return _moved(run)
    if not _agreed(run, start, is_probe_good):
        return part_b_result(run, TrialOutcome.DECLINED, RestoreEnd(RestoreResult.UNTOUCHED, left=reading))
    if not is_as_left and not stands_still(run):
        return _moved(run)
    run.show(Item.OWNER, ItemState.DONE)
    run.open_entry(TrialPart.BOT_DOES, reading)
    first: App | None = None
    try:
        is_quick = False
        if run.thread.speaks_for_bot:
            relation, is_quick = _say_hello(run, start, is_probe_good)
            is_kept = start is OwnerRelation.BOT and not (is_probe_good or run.is_hello_seen)
            first = None if is_kept else run.subject.bot if is_quick else run.app_seen()
            if relation is not OwnerRelation.BOT and not is_quick:
                outcome = _not_the_bots(relation)
                is_wrong = outcome is TrialOutcome.OTHER_ANSWERS_FIRST
                run.show(Item.HELLO, ItemState.PROBLEM if is_wrong else ItemState.UNKNOWN)
                return part_b_result(run, outcome, restore(run, relation), first, first)
            run.show(Item.HELLO, ItemState.UNKNOWN if is_kept else ItemState.DONE)
            run.answers_first = run.answers_first or not is_kept
        elif (relation := _leave_live_chat(run, start)) is OwnerRelation.LIVE_CHAT:
            # That it has control now is no handover: nobody else was seen to have had it.
            return _live_chat_has_it(run)
        is_elsewhere = run.thread.speaks_for_bot or relation in (
            OwnerRelation.BOT,
            OwnerRelation.OTHER,
            OwnerRelation.HIDDEN,
        )
        relation = _asked_already(run) if is_quick else _ask_for_human(run)
    except WizardError as error:
        relation = run.try_read_owner(Item.BACK)
        if not error.failure.is_transport_error and has_moved(run, relation):
            return part_b_result(run, TrialOutcome.MOVED, end_moved(run), first_app=first)
        ended = restore(run, relation)
        return part_b_result(run, TrialOutcome.TROUBLE, ended, first_app=first, failure=error.failure)
    if relation is OwnerRelation.LIVE_CHAT and not is_elsewhere:
        return _live_chat_has_it(run)
    outcome, state = _judge(run, relation)
    run.show(Item.ARRIVED, state)
    app = run.app_seen()
    silence = watch_silence(run) if outcome is TrialOutcome.BOT_HANDED_OVER else None
    if silence is not None:
        relation = run.try_read_owner(Item.BACK)
    return part_b_result(run, heard(outcome, silence), restore(run, relation), app, first, silence=silence)


def other_got_it(run: TrialRun) -> TrialResult:
    """Another app was seen to get the tester's fresh message: nothing needs to be moved to know that."""
    app = run.app_seen()
    ended = RestoreEnd(RestoreResult.UNTOUCHED, left=run.thread.last)
    return part_b_result(run, TrialOutcome.OTHER_ANSWERS_FIRST, ended, app, app)


def _moved(run: TrialRun) -> TrialResult:
    run.show(Item.OWNER, ItemState.UNKNOWN)
    return part_b_result(run, TrialOutcome.MOVED, end_moved(run))


def _agreed(run: TrialRun, start: OwnerRelation, is_probe_good: bool) -> bool:
    if start is OwnerRelation.OTHER or (start is OwnerRelation.LIVE_CHAT and run.thread.speaks_for_bot):
        return run.consent(ConsentRequest(ConsentTo.TAKE_FROM, run.app_seen()))
    if is_probe_good:
        return True
    if (
        start is OwnerRelation.NOTHING
        and run.thread.speaks_for_bot
        and not run.consent(ConsentRequest(ConsentTo.TAKE_FROM))
    ):
        return False
    return run.consent(run.may_stay())


def _say_hello(run: TrialRun, start: OwnerRelation, is_probe_good: bool) -> tuple[OwnerRelation, bool]:
    """Who gets the fresh message, and whether the tester asked for a person in the same breath: then the live chat has
    it, and the bot answered before that. An active conversation stays with its owner, which proves nothing: so the bot
    lets go first, where it is known that it may take again. If it is not known, the bot keeps what it has."""
    run.show(Item.HELLO, ItemState.RUNNING)
    if run.is_hello_seen and start is OwnerRelation.BOT:
        return start, False
    if start in (OwnerRelation.LIVE_CHAT, OwnerRelation.OTHER):
        run.thread.take(run.subject.words)
    if start in (OwnerRelation.LIVE_CHAT, OwnerRelation.OTHER) or (start is OwnerRelation.BOT and is_probe_good):
        run.thread.release(run.subject.words)
        # Before the message: an answer from before the release would look like "the bot got it".
        _watch(run, Item.HELLO, lambda relation: relation is not OwnerRelation.BOT)
    new = NewMessages(run)
    run.tell_to_write("say_hello")
    if start is OwnerRelation.BOT and not is_probe_good:
        return start, False
    relation = _watch(
        run,
        Item.HELLO,
        lambda relation: relation not in (OwnerRelation.IDLE, OwnerRelation.NOTHING, OwnerRelation.UNREADABLE),
    )
    # Only the default app is shown the live chat's ID: so the bot is that, and its answer lies before the handover.
    return relation, relation is OwnerRelation.LIVE_CHAT and new.is_answered_between()


def _not_the_bots(relation: OwnerRelation) -> TrialOutcome:
    """What it means that the bot was not seen to get the fresh message. A bot may hand over at once, or be asked for a
    person in the same breath: between two looks that reads as if the live chat had got it first."""
    if relation is OwnerRelation.LIVE_CHAT:
        return TrialOutcome.LIVE_CHAT_AT_ONCE
    return (
        TrialOutcome.OTHER_ANSWERS_FIRST
        if relation in (OwnerRelation.OTHER, OwnerRelation.HIDDEN)
        else TrialOutcome.NO_HELLO
    )


def _leave_live_chat(run: TrialRun, start: OwnerRelation) -> OwnerRelation:
    """With the live chat's token: it sees itself get control only if somebody else has it first. Returns what was seen
    last, LIVE_CHAT where the live chat has it."""
    if start is OwnerRelation.LIVE_CHAT:
        run.thread.pass_to(run.subject.bot, run.subject.words)
        relation = _watch(run, Item.OWNER, lambda relation: relation is not OwnerRelation.LIVE_CHAT)
        return (
            OwnerRelation.HIDDEN if relation in (OwnerRelation.NOTHING, OwnerRelation.IDLE) else relation
        )  # the bot has it: Facebook confirmed the pass
    if start in (OwnerRelation.NOTHING, OwnerRelation.IDLE):
        run.tell_to_write("say_hello")
        return _watch(
            run,
            Item.OWNER,
            lambda relation: relation not in (OwnerRelation.NOTHING, OwnerRelation.IDLE, OwnerRelation.UNREADABLE),
        )
    return start


def _live_chat_has_it(run: TrialRun) -> TrialResult:
    run.show(Item.ARRIVED, ItemState.UNKNOWN)
    return part_b_result(run, TrialOutcome.CANNOT_TELL, restore(run, OwnerRelation.LIVE_CHAT), run.subject.live_chat)


def _ask_for_human(run: TrialRun) -> OwnerRelation:
    run.show(Item.HUMAN, ItemState.RUNNING)
    new = NewMessages(run)
    run.tell_to_write("ask_for_human")
    # For the live chat's token everything but its own control is hidden; for the bot's, hidden means that it has left.
    waits: Collection[OwnerRelation] = {
        OwnerRelation.BOT,
        OwnerRelation.NOTHING,
        OwnerRelation.IDLE,
        OwnerRelation.UNREADABLE,
    }
    if not run.thread.speaks_for_bot:
        waits = {*waits, OwnerRelation.HIDDEN}

    def look() -> OwnerRelation:
        relation = run.read_owner(Item.HUMAN)
        if relation in waits and not run.is_written and new.has_written():
            run.is_written = True
            run.show(Item.HUMAN, ItemState.RUNNING)
        return relation

    relation = run.watch(look, lambda relation: relation not in waits)
    is_done = relation not in waits or (run.is_written and run.thread.speaks_for_bot)
    run.show(Item.HUMAN, ItemState.DONE if is_done else ItemState.UNKNOWN)
    if relation not in waits:
        run.note_pass()
    return relation


def _asked_already(run: TrialRun) -> OwnerRelation:
    """The tester was quick: the live chat has the conversation before they were told to ask for a person."""
    run.show(Item.HUMAN, ItemState.DONE)
    run.note_pass()
    return OwnerRelation.LIVE_CHAT


def _watch(run: TrialRun, item: Item, is_decided: Callable[[OwnerRelation], bool]) -> OwnerRelation:
    return run.watch(lambda: run.read_owner(item), is_decided)


def _judge(run: TrialRun, relation: OwnerRelation) -> tuple[TrialOutcome, ItemState]:
    if relation is OwnerRelation.LIVE_CHAT:
        return TrialOutcome.BOT_HANDED_OVER, ItemState.DONE
    if relation is OwnerRelation.OTHER:
        return TrialOutcome.WENT_ELSEWHERE, ItemState.PROBLEM
    if relation is OwnerRelation.BOT:
        return TrialOutcome.NOTHING_HAPPENED, ItemState.PROBLEM
    if relation is OwnerRelation.IDLE or (relation is OwnerRelation.HIDDEN and not run.thread.speaks_for_bot):
        return TrialOutcome.NOTHING_HAPPENED, ItemState.PROBLEM
    return TrialOutcome.CANNOT_TELL, ItemState.UNKNOWN


def heard(outcome: TrialOutcome, silence: Silence | None) -> TrialOutcome:
    """The outcome, with what was heard of the bot while the live chat had the conversation."""
    return TrialOutcome.TALKS_ON if silence in (Silence.BROKEN, Silence.BOT_HAS_IT) else outcome


def part_b_result(
    run: TrialRun,
    outcome: TrialOutcome,
    ended: RestoreEnd,
    app: App | None = None,
    first_app: App | None = None,
    failure: Failure | None = None,
    by_eye: bool = False,
    silence: Silence | None = None,
) -> TrialResult:
    """app: who had it in the end; first_app: who got the first message; both None where nobody was seen."""
    return TrialResult(
        part=TrialPart.BOT_DOES,
        outcome=outcome,
        ended=ended,
        app=app,
        first_app=first_app,
        failure=failure,
        by_eye=by_eye,
        silence=silence,
        is_seen_by_live_chat=not by_eye and not run.thread.speaks_for_bot,
        readings=tuple(run.thread.readings),
    )
