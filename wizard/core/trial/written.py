"""What the tester wrote, and in which order, where messages may be read. It only helps: trouble with reading leaves it
unknown."""

from collections.abc import Sequence

from wizard.core.errors import WizardError
from wizard.core.facts import Message
from wizard.core.known_apps import page_inbox
from wizard.core.pending import CONTROL_LASTS
from wizard.core.trial.run import TrialRun
from wizard.core.trial_result import OwnerRelation

NEWEST = 20  # messages of one conversation that Facebook tells details of; Conversations API, 2026


class NewMessages:
    """Those that came after it was made, as the tester is told to write. Raises Cancelled."""

    def __init__(self, run: TrialRun) -> None:
        self._run = run
        self._before: frozenset[str] | None = None
        if run.conversation_id:
            known = self._read()
            self._before = frozenset(message.id for message in known) if known is not None else None

    def has_written(self) -> bool:
        """Whether a message of the tester is there."""
        return any(_is_testers(self._run, message) for message in self._new())

    def is_answered_between(self) -> bool:
        """Whether the tester wrote twice, and the Page between the two: whoever answers first did not wait for the
        second message."""
        senders = [_is_testers(self._run, message) for message in reversed(self._new())]  # oldest first
        if senders.count(True) < 2:
            return False
        last = len(senders) - 1 - senders[::-1].index(True)
        return False in senders[senders.index(True) : last]

    def _new(self) -> Sequence[Message]:
        if self._before is None:
            return ()
        known = self._before
        return [message for message in self._read() or () if message.id not in known]

    def _read(self) -> Sequence[Message] | None:
        try:
            return self._run.thread.graph.messages(self._run.conversation_id, limit=NEWEST)
        except WizardError as error:
            if not error.failure.is_transport_error:
                self._before = None
            return None


def who_got_it(run: TrialRun) -> OwnerRelation | None:
    """Who has control after the tester's newest message, where that found nobody in control: the app that answers
    first. None where that is not known. Reads the owner where the messages say so; raises WizardError, Cancelled."""
    if not (run.conversation_id and run.thread.speaks_for_bot):
        return None
    try:
        messages = run.thread.graph.messages(run.conversation_id, limit=NEWEST)
    except WizardError:
        return None
    at = next((at for at, message in enumerate(messages) if _is_testers(run, message)), None)
    if at is None or not _found_nobody(messages[at], messages[at + 1 :]):
        return None
    relation = run.thread.read()
    holder = run.app_seen()
    if at and holder is not None and holder.id in (page_inbox().id, run.subject.live_chat.id):
        return None  # somebody of the Page may have answered there
    return relation


def _found_nobody(written: Message, before: Sequence[Message]) -> bool:
    """Control ends a day after the customer's last message. before: newest first; where there are as many as are told,
    the first of them is recent enough to decide it."""
    return not before or written.created_at - before[0].created_at >= CONTROL_LASTS


def _is_testers(run: TrialRun, message: Message) -> bool:
    return message.sender_id not in ("", run.subject.page_id)
