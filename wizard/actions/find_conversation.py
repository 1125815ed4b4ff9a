"""Finding the tester's own conversation by a code they send, for the test and for "Find it for me", and watching who
has control of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from wizard.actions.session import Session
from wizard.actions.trial import chat_link
from wizard.core import limits
from wizard.core.answers import Answers
from wizard.core.apps import wait_for_other_app
from wizard.core.cancel import CancelToken
from wizard.core.facts import App, Conversation, OwnerReading
from wizard.core.ports import Clock
from wizard.core.trial.find_conversation import (
    CodeSearch,
    NearMiss,
    SearchResult,
    code_text,
    new_code,
    newest_conversations,
    wait_for_code,
)


@dataclass(frozen=True, slots=True)
class TesterCode:
    """The code of one Page. shown_at: Unix seconds by Facebook's clock. chat: where the tester writes to the Page.
    is_for_phones: False in practice, whose Messenger no phone reaches."""

    code: str
    shown_at: float
    page_id: str
    chat: str
    is_for_phones: bool = True

    @property
    def text(self) -> str:
        """What the tester sends."""
        return code_text(self.code)

    @property
    def link(self) -> str:
        """Without a `ref`: it would start the link routing of a campaign."""
        return f"{self.chat}?text={quote(self.text)}"


@dataclass(frozen=True, slots=True)
class ConversationList:
    """Conversations to choose from. search: what the search ended with."""

    rows: Sequence[Conversation]
    search: SearchResult

    @property
    def may_still_come(self) -> bool:
        """The message was not seen yet."""
        return not self.search.matches and self.search.refused is None

    @property
    def near(self) -> Sequence[NearMiss]:
        """Somebody sent nearly the text; empty where it is there, too."""
        return () if self.search.matches else [miss for miss in self.search.near if miss.conversation.psid]


class SearchClock(Clock, Protocol):
    """Whether anybody waits for the search: its clock stands still meanwhile."""

    def wait(self, cancel: CancelToken) -> None:
        """Return as soon as somebody does. Raises Cancelled."""
        ...


def new_tester_code(session: Session, page_id: str) -> TesterCode:
    """A fresh code. A clock of this computer that is ahead must not hide the message: the time is Facebook's."""
    is_for_phones = not session.world.control
    return TesterCode(new_code(), session.facebooks_time(), page_id, chat_link(session.world, page_id), is_for_phones)


def find_conversation(
    session: Session,
    token_name: str,
    code: TesterCode,
    cancel: CancelToken,
    watch: SearchClock | None = None,
    seconds: float | None = None,
) -> Conversation | ConversationList:
    """Search for the message with the code: the Conversation where there is exactly one match, else a list to choose
    from, after `seconds` (None: as long as for any message) or as soon as the token may not read messages. watch: None
    where the search never pauses. Raises WizardError and Cancelled."""
    search = _search(session, token_name, code, cancel)
    result = _wait(session, search, cancel, watch, limits.MESSAGE if seconds is None else seconds)
    rows = [row for row in result.matches if row.psid]
    if len(rows) == 1:
        return rows[0]
    if not rows:
        rows = [miss.conversation for miss in result.near if miss.conversation.psid]
    return ConversationList(rows or [row for row in newest_conversations(search.graph) if row.psid], result)


def search_on(
    session: Session, token_name: str, code: TesterCode, cancel: CancelToken, watch: SearchClock
) -> Conversation | ConversationList | None:
    """Go on while the list is shown: the Conversation, a list of several matches, or None after three more minutes,
    when the search pauses. Raises WizardError and Cancelled."""
    search = _search(session, token_name, code, cancel)
    result = _wait(session, search, cancel, watch, limits.SEARCH - limits.MESSAGE)
    rows = [row for row in result.matches if row.psid]
    if len(rows) == 1:
        return rows[0]
    return ConversationList(rows, result) if rows else None


def watch_for_other_app(
    session: Session,
    answers: Answers,
    psid: str,
    not_these: frozenset[str],
    cancel: CancelToken,
    show_reading: Callable[[OwnerReading], None],
) -> App | None:
    """Read the owner of the tester's conversation until an app has control that is neither the token's, nor the bot,
    nor one of not_these (App IDs). None: nothing in five minutes. Raises WizardError and Cancelled."""
    graph = session.graph_of(answers.token_name, cancel)
    own = frozenset(app.id for app in (answers.token_app, answers.bot) if app is not None)
    return wait_for_other_app(graph, cancel, session.clock, psid, own | not_these, show_reading)


def _search(session: Session, token_name: str, code: TesterCode, cancel: CancelToken) -> CodeSearch:
    return CodeSearch(session.graph_of(token_name, cancel), code.page_id, code.text, code.shown_at)


def _wait(
    session: Session, search: CodeSearch, cancel: CancelToken, watch: SearchClock | None, seconds: float
) -> SearchResult:
    if watch is None:
        return wait_for_code(search, cancel, session.clock, lambda _look: None, seconds)
    return wait_for_code(search, cancel, watch, lambda _look: watch.wait(cancel), seconds)
