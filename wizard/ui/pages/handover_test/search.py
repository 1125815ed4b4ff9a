"""Finding the tester's own conversation, as work for threads: shared by "Find it for me" and the test."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from wizard.actions.session import Session
from wizard.core.cancel import CancelToken
from wizard.core.facts import Conversation
from wizard.core.ports import Report, Work
from wizard.core.trial.find_conversation import (
    GIVE_LIST_AFTER,
    PAUSE_AFTER,
    CodeSearch,
    Search,
    code_text,
    new_code,
    newest_conversations,
    wait_for_code,
)
from wizard.i18n.language import _
from wizard.ui.watch_while_visible import Watched

_BESIDE_THE_LIST = PAUSE_AFTER - GIVE_LIST_AFTER  # seconds


@dataclass(frozen=True, slots=True)
class TesterCode:
    """The code of one Page. shown_at: Unix seconds by Facebook's clock. chat: where the tester writes to the Page."""

    code: str
    shown_at: float
    page_id: str
    chat: str

    @property
    def text(self) -> str:
        """What the tester sends."""
        return code_text(self.code)

    @property
    def link(self) -> str:
        """Without a `ref`: it would start the link routing of a campaign."""
        return f"{self.chat}?text={quote(self.text)}"


@dataclass(frozen=True, slots=True)
class ListToChoose:
    """Conversations to choose from. search: what the search ended with."""

    rows: Sequence[Conversation]
    search: Search

    @property
    def was_not_seen(self) -> bool:
        """The message may still come."""
        return not self.search.matches and self.search.refused is None


def new_tester_code(session: Session, page_id: str) -> TesterCode:
    return TesterCode(new_code(), session.facebooks_time(), page_id, chat_link(session, page_id))


def chat_link(session: Session, page_id: str) -> str:
    return f"{session.world.m_me}/{quote(page_id)}"


def looking(session: Session, token_name: str, code: TesterCode, watched: Watched) -> Work:
    """Work that returns the Conversation where there is exactly one match, else a ListToChoose after two minutes."""

    def work(cancel: CancelToken, _report: Report) -> Conversation | ListToChoose:
        search = _search(session, token_name, code, cancel)
        found = wait_for_code(search, cancel, watched, _unless_hidden(watched, cancel))
        rows = [row for row in found.matches if row.psid]
        if len(rows) == 1:
            return rows[0]
        return ListToChoose(rows or [row for row in newest_conversations(search.graph) if row.psid], found)

    return work


def looking_on(session: Session, token_name: str, code: TesterCode, watched: Watched) -> Work:
    """Work while the list is shown. Returns the Conversation, a ListToChoose of several matches, or None after three
    more minutes: then it pauses."""

    def work(cancel: CancelToken, _report: Report) -> Conversation | ListToChoose | None:
        search = _search(session, token_name, code, cancel)
        found = wait_for_code(search, cancel, watched, _unless_hidden(watched, cancel), _BESIDE_THE_LIST)
        rows = [row for row in found.matches if row.psid]
        if len(rows) == 1:
            return rows[0]
        return ListToChoose(rows, found) if rows else None

    return work


def no_match_because(search: Search) -> str:
    """Why there is a list to choose from."""
    if len(search.matches) > 1:
        return _("Two people sent this text. Which one is you?")
    if search.refused is not None:
        return _("This token may not read messages, so the wizard cannot find yours. Which conversation is your own?")
    return _("Your message was not seen. Are you still acting as the Page? Use your own account, or choose below.")


def _search(session: Session, token_name: str, code: TesterCode, cancel: CancelToken) -> CodeSearch:
    return CodeSearch(session.graph_of(token_name, cancel), code.page_id, code.text, code.shown_at)


def _unless_hidden(watched: Watched, cancel: CancelToken) -> Callable[[int], None]:
    """What is called before each look: it waits while nobody watches."""
    return lambda _look: watched.wait(cancel)
