"""Finding the tester's own conversation by the code they send, so that no customer's is ever picked by chance."""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from wizard.core import limits
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.facts import Conversation
from wizard.core.poll import poll_until
from wizard.core.ports import Clock, GraphApi

_NUMBER = re.compile(r"\d{3,6}")
_SLACK = 5.0  # seconds: a message may carry a time a little before the code was shown
_SAME_SECOND = 2.0  # seconds: times are whole seconds, and the code may come in the second of the last look
_REFUSED = frozenset({ErrorKind.PERMISSION_MISSING, ErrorKind.DEVELOPMENT_MODE, ErrorKind.NOT_FOUND})


def new_code() -> str:
    """Four digits for the message that is looked for."""
    import secrets  # with it comes OpenSSL, which the first page does without

    return f"{secrets.randbelow(9000) + 1000}"


def code_text(code: str) -> str:
    """What the tester sends. Staff of the Page read it, too, so it is in English whatever the language."""
    return f"Handover test {code}"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Somebody sent nearly the text. digits: the number in it, "" without one; nothing else of it is kept."""

    conversation: Conversation
    digits: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """matches: conversations in which somebody who is not the Page sent the text. others: those that changed since
    without a match; near: of these, where somebody sent nearly the text. refused: this token may not read messages."""

    matches: tuple[Conversation, ...] = ()
    others: tuple[Conversation, ...] = ()
    refused: Failure | None = None
    near: tuple[NearMiss, ...] = ()


@dataclass(slots=True)
class CodeSearch:
    """Looks for `text` in conversations that changed since `shown_at` (Unix seconds by Facebook's clock). A message
    is compared and forgotten; a conversation without news is not read twice."""

    graph: GraphApi
    page_id: str
    text: str
    shown_at: float
    _read_at: dict[str, float] = field(default_factory=dict)
    _matches: dict[str, Conversation] = field(default_factory=dict)
    _near: dict[str, NearMiss] = field(default_factory=dict)

    def search(self) -> SearchResult:
        """One look. Raises WizardError for trouble other than a missing right to read."""
        try:
            changed = self.graph.conversations(since=self.shown_at - _SLACK)
            for conversation in changed:
                if self._read_at.get(conversation.id) == conversation.updated_at:
                    continue
                if self._has_code(conversation):
                    self._matches[conversation.id] = conversation
                if self.graph.time - conversation.updated_at > _SAME_SECOND:
                    self._read_at[conversation.id] = conversation.updated_at
        except WizardError as error:
            if error.kind not in _REFUSED:
                raise
            return SearchResult(refused=error.failure)
        others = tuple(conversation for conversation in changed if conversation.id not in self._matches)
        near = tuple(miss for id_, miss in self._near.items() if id_ not in self._matches)
        return SearchResult(tuple(self._matches.values()), others, near=near)

    def _has_code(self, conversation: Conversation) -> bool:
        wanted = self.text.casefold()
        for message in self.graph.messages(conversation.id, limit=20):
            if message.sender_id in ("", self.page_id) or message.created_at < self.shown_at - _SLACK:
                continue
            text = message.text.strip().casefold()
            if text == wanted:
                return True
            if (digits := _nearly(text, wanted)) is not None:
                self._near[conversation.id] = NearMiss(conversation, digits)
        return False


def _nearly(text: str, wanted: str) -> str | None:
    """The number in a text that was probably meant to be the wanted one, "" without a number; None for any other."""
    words, _blank, code = wanted.rpartition(" ")
    found = _NUMBER.search(text)
    digits = found[0] if found else ""
    is_like = code in text or words in text or (bool(digits) and text.startswith(words.split()[0]))
    return digits if is_like else None


def wait_for_code(
    search: CodeSearch,
    cancel: CancelToken,
    clock: Clock,
    told: Callable[[int], None],
    seconds: float,
) -> SearchResult:
    """Look again and again until there is a match, a refusal, or nothing for so many seconds; for less long where
    somebody sent nearly the text.

    told: called with the number of each look. Trouble on the way is looked past until the time is over, then raised."""
    numbers = itertools.count(1)

    def look() -> SearchResult:
        told(next(numbers))
        return search.search()

    asks_at = clock.monotonic() + limits.NEAR_MISS

    def is_decided(found: SearchResult) -> bool:
        return bool(found.matches or found.refused or (found.near and clock.monotonic() >= asks_at))

    return poll_until(look, is_decided, cancel, clock, seconds)


def newest_conversations(graph: GraphApi) -> Sequence[Conversation]:
    """The list to choose from where the code could not be found."""
    return graph.conversations(limit=25)
