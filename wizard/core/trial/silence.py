"""The end of part B: the tester writes once more, and the bot must stay silent while a person has control."""

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.core.errors import WizardError
from wizard.core.facts import Message
from wizard.core.poll import poll_until
from wizard.core.trial.run import TrialRun
from wizard.core.trial.written import NEWEST
from wizard.core.trial_result import Item, ItemState, OwnerRelation, Silence

YES, NO, CANNOT_SEE = "yes", "no", "cannot_see"
_STATES = {
    Silence.SEEN: ItemState.DONE,
    Silence.SAID: ItemState.SAID,
    Silence.BROKEN: ItemState.PROBLEM,
    Silence.BOT_HAS_IT: ItemState.PROBLEM,
    Silence.UNKNOWN: ItemState.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class _Look:
    """is_written: the tester's message is there; is_answered: the Page wrote after it."""

    relation: OwnerRelation
    is_written: bool = False
    is_answered: bool = False


def watch_silence(run: TrialRun) -> Silence:
    """Right after the live chat got control. An answer of the Page may be a person's: only the tester can tell whose it
    was. Raises Cancelled; trouble with reading only leaves it unknown."""
    run.show(Item.SILENCE, ItemState.RUNNING)
    try:
        found = _watch_messages(run) if run.conversation_id else _watch_owner(run)
    except WizardError:
        found = Silence.UNKNOWN
    run.show(Item.SILENCE, _STATES[found])
    return found


def silence_by_eye(run: TrialRun) -> Silence:
    """Nothing is read: the tester looks."""
    run.show(Item.SILENCE, ItemState.RUNNING)
    found = Silence.UNKNOWN
    if run.instruct("write_and_look"):
        run.cancel.wait(_seconds(run))
        found = _ask(run)
    run.show(Item.SILENCE, _STATES[found])
    return found


def _watch_messages(run: TrialRun) -> Silence:
    try:
        before = frozenset(message.id for message in _messages(run))
    except WizardError as error:
        if error.failure.is_transport_error:
            raise
        return _watch_owner(run)  # this token may not read messages
    run.tell_to_write("write_once_more")

    def look() -> _Look:
        new = [message for message in _messages(run) if message.id not in before]
        return _seen(run, run.read_owner(Item.SILENCE), new)

    first = run.watch(look, lambda seen: seen.is_written or _has_left(seen))
    if not (first.is_written or _has_left(first)):
        return Silence.UNKNOWN
    last = poll_until(look, lambda seen: seen.is_answered or _has_left(seen), run.cancel, run.clock, _seconds(run))
    if last.relation is OwnerRelation.BOT:
        return Silence.BOT_HAS_IT
    return _ask(run) if last.is_answered or _has_left(last) else Silence.SEEN


def _watch_owner(run: TrialRun) -> Silence:
    """Messages are not read, for nobody agreed to it or this token may not: the tester says what they see."""
    if not run.tell_to_write("write_and_look"):
        return Silence.UNKNOWN
    relation = poll_until(
        lambda: run.read_owner(Item.SILENCE),
        lambda relation: relation is OwnerRelation.BOT,
        run.cancel,
        run.clock,
        _seconds(run),
    )
    return Silence.BOT_HAS_IT if relation is OwnerRelation.BOT else _ask(run)


def _messages(run: TrialRun) -> Sequence[Message]:
    return run.thread.graph.messages(run.conversation_id, limit=NEWEST)


def _seen(run: TrialRun, relation: OwnerRelation, new: Sequence[Message]) -> _Look:
    """new: the newest first. What the Page wrote before the tester did answers an earlier message."""
    senders = [message.sender_id for message in new]
    written = next((at for at, sender in enumerate(senders) if sender not in ("", run.subject.page_id)), None)
    answers = senders[:written] if written is not None else []
    return _Look(relation, written is not None, run.subject.page_id in answers)


def _has_left(seen: _Look) -> bool:
    return seen.relation not in (OwnerRelation.LIVE_CHAT, OwnerRelation.UNREADABLE)


def _ask(run: TrialRun) -> Silence:
    answer = run.ask("bot_answered_now", run.subject.bot, (YES, NO, CANNOT_SEE))
    return {YES: Silence.BROKEN, NO: Silence.SAID}.get(answer, Silence.UNKNOWN)


def _seconds(run: TrialRun) -> float:
    return min(run.silence, run.window)
