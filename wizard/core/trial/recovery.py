"""Bringing back a conversation that an earlier run left in a test."""

from dataclasses import dataclass

from wizard.core.errors import Failure, WizardError
from wizard.core.facts import Conversation, OwnerReading
from wizard.core.open_test import OpenTest
from wizard.core.ports import Graph
from wizard.core.trial.bring_back import bring_back
from wizard.core.trial.result import Ended
from wizard.core.trial.run import Subject, TrialRun


@dataclass(frozen=True, slots=True)
class Situation:
    """What an open test looks like now. last_activity: Unix seconds, None where it cannot be read. answered: somebody
    on the Page's side wrote after the pass; where messages cannot be read, any later activity counts as that."""

    entry: OpenTest
    owner: OwnerReading
    last_activity: float | None = None
    answered: bool = False
    unread_because: Failure | None = None


def subject_of(entry: OpenTest, words: str) -> Subject:
    return Subject(
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


def situation(graph: Graph, entry: OpenTest) -> Situation:
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
        messages = graph.messages(conversation.id, limit=20)
    except WizardError as error:
        is_newer = conversation.updated_at > since
        return Situation(entry, owner, conversation.updated_at, is_newer, error.failure)
    # Messages carry whole seconds: one of the very second of the pass counts as later.
    answered = any(message.sender_id == entry.page_id and message.created_at >= int(since) for message in messages)
    return Situation(entry, owner, conversation.updated_at, answered)


def _conversation(graph: Graph, psid: str) -> Conversation | None:
    return next((item for item in graph.conversations(limit=50) if item.psid == psid), None)


def recover(run: TrialRun, found: Situation) -> Ended:
    """Bring it back after the person agreed. An empty owner list is never taken for success: the bot takes control,
    sees its own ID and gives the conversation to its start owner. Raises Cancelled."""
    run.entry = found.entry
    return bring_back(run, run.thread.remember(found.owner))
