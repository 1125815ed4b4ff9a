"""Bringing back a conversation that an earlier run left in a test."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wizard.core.cancel import Cancelled
from wizard.core.errors import Failure, WizardError
from wizard.core.facts import Control, Conversation, Message, OwnerReading
from wizard.core.pending import PendingTest
from wizard.core.ports import GraphApi
from wizard.core.trial.restore import restore
from wizard.core.trial.run import TrialRun, TrialTarget
from wizard.core.trial_result import RestoreEnd, RestoreResult

_NEWEST = 50  # conversations looked through for the tester's
_DETAILS = 20  # messages of one conversation that Facebook tells details of; Conversations API, 2026


class Answered(StrEnum):
    """Whether somebody on the Page's side wrote after the pass."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"  # it could not be seen: to be asked about as where somebody did


@dataclass(frozen=True, slots=True)
class Situation:
    """What an open test looks like now. last_activity: Unix seconds, None where it cannot be read."""

    entry: PendingTest
    owner: OwnerReading
    last_activity: float | None = None
    answered: Answered = Answered.UNKNOWN
    unread_because: Failure | None = None


def subject_of(entry: PendingTest, words: str) -> TrialTarget:
    return TrialTarget(
        graph_address=entry.graph,
        page_id=entry.page_id,
        page_name=entry.page_name,
        psid=entry.psid,
        token_app_id=entry.token_app_id,
        bot=entry.bot,
        live_chat=entry.live_chat,
        words=words,
        token_name=entry.token_name,
    )


def situation(graph: GraphApi, entry: PendingTest) -> Situation:
    """Read owner and last activity; changes nothing. Raises WizardError where even the owner cannot be asked for."""
    owner = graph.owner(entry.psid)
    since = entry.passed_at or entry.opened_at
    try:
        conversation = _conversation(graph, entry.psid)
        if conversation is None:
            return Situation(entry, owner)
    except WizardError as error:
        return Situation(entry, owner, unread_because=error.failure)
    try:
        messages = graph.messages(conversation.id, limit=_DETAILS)
    except WizardError as error:
        may_be = Answered.UNKNOWN if conversation.updated_at >= int(since) else Answered.NO
        return Situation(entry, owner, conversation.updated_at, may_be, error.failure)
    return Situation(entry, owner, conversation.updated_at, _answered(messages, entry.page_id, since))


def _conversation(graph: GraphApi, psid: str) -> Conversation | None:
    return next((item for item in graph.conversations(limit=_NEWEST) if item.psid == psid), None)


def _answered(messages: Sequence[Message], page_id: str, since: float) -> Answered:
    """Messages carry whole seconds: one of the very second of the pass counts as later."""
    if not messages:
        return Answered.UNKNOWN
    later = [message for message in messages if message.created_at >= int(since)]
    if any(message.sender_id == page_id for message in later):
        return Answered.YES
    is_cut_off = len(later) == len(messages) and len(messages) >= _DETAILS  # an answer may lie behind these
    if is_cut_off or any(not message.sender_id or not message.created_at for message in messages):
        return Answered.UNKNOWN
    return Answered.NO


def restore_later(run: TrialRun, found: Situation) -> RestoreEnd | Situation:
    """Bring it back after the person agreed to what they were shown, `found`. Looks once more: where somebody answered
    or got control meanwhile, nothing is changed and the new situation is returned, to ask again.

    An empty owner list is never taken for success: the bot takes control, sees its own ID and gives the conversation to
    its start owner. What an empty list meant while the test ran does not count any more. Where the bot had it at the
    start, this run saw that nobody has it now, and Facebook refuses the take for good, it stays idle. With the live
    chat's token an entry of a run that had changed nothing is closed.

    Whatever fails, what nobody expected as well, is NOT_BACK with the entry open. Raises Cancelled, and OSError where
    the entry could not be closed."""
    try:
        now = situation(run.thread.graph, found.entry)
        if _must_ask_again(found, now):
            return now
        run.entry, run.is_recovery = found.entry, True
        # Since the test the default app may have changed, and others may have got control.
        run.thread.shows_others = run.thread.is_just_released = False
        return restore(run, run.thread.remember(now.owner))
    except WizardError as error:
        return RestoreEnd(RestoreResult.NOT_BACK, error.failure, found.owner)
    except (Cancelled, OSError):
        raise
    except Exception:
        return RestoreEnd(RestoreResult.NOT_BACK, left=found.owner)


def _must_ask_again(found: Situation, now: Situation) -> bool:
    if now.answered is not Answered.NO and now.answered is not found.answered:
        return True
    before, after = found.owner, now.owner
    if (after.control, after.app_id) == (before.control, before.app_id):
        return False
    is_home = after.app_id in (now.entry.bot.id, now.entry.start_app_id)
    return after.control is not Control.NOTHING and not (after.control is Control.APP and is_home)
