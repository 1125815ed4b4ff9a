"""What the core needs from outside, so that it stays free of network, disk and windows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from wizard.core.cancel import CancelToken
from wizard.core.facts import App, Conversation, Message, OwnerReading, OwnersAndApps, Page, TokenFacts


class Clock(Protocol):
    """monotonic: seconds that only grow; now: Unix seconds of this machine."""

    def monotonic(self) -> float: ...

    def now(self) -> float: ...


class GraphApi(Protocol):
    """Facebook's Graph API as one app sees it through one token. Every call may raise WizardError or Cancelled.

    Reads are retried where graph-api rules allow it; writes never are: a lost answer raises kind ANSWER_LOST.
    """

    def read_token(self) -> TokenFacts:
        """Kind, Page, app, subscription, flags: two round trips at most. A call inside that fails is a Reading with
        a failure; only a token that cannot be used at all raises."""
        ...

    def pages(self) -> Iterable[tuple[Page, "GraphApi | None"]]:
        """Pages of a user or system-user token, all of them, with a Graph speaking for each usable one."""
        ...

    def app_named(self, app_id: str) -> App | None:
        """The app with its public name; None where no app of this ID is visible. Raises on trouble on the way."""
        ...

    def owner(self, psid: str) -> OwnerReading:
        """Never raises for an error of this edge (some Pages answer code 100): control UNREADABLE with the failure.
        Raises for a token that stopped working, and for trouble on the way, where nothing was learned."""
        ...

    def read_owners(self, psids: Sequence[str], app_ids: Sequence[str] = ()) -> OwnersAndApps:
        """The owners of several conversations, the names of those owners and of app_ids: one round trip in the usual
        case. Trouble with one conversation or app is its own; raises where nothing at all was learned."""
        ...

    def conversations(self, since: float | None = None, limit: int = 25) -> Sequence[Conversation]:
        """Newest first, without text. since: Unix seconds of the last change at the earliest."""
        ...

    def messages(self, conversation_id: str, limit: int = 10) -> Sequence[Message]: ...

    def pass_control(self, psid: str, app_id: str, metadata: str) -> None: ...

    def take_control(self, psid: str, metadata: str) -> None: ...

    def release_control(self, psid: str, metadata: str) -> None: ...

    def request_control(self, psid: str, metadata: str) -> None:
        """Asked, not granted."""
        ...

    def add_fields(self, missing: frozenset[str]) -> frozenset[str]:
        """Read, merge, write, read again; returns the fields that are set now."""
        ...

    def with_short_timeouts(self, cancel: CancelToken) -> "GraphApi":
        """The same token with a new connection, short timeouts (2 s and 4 s) and its own cancel token: for bringing
        back while the window closes."""
        ...

    @property
    def time(self) -> float:
        """Unix seconds by Facebook's clock: the last Date header carried forward; ours before the first answer."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer a person can give. id is what the program decides on; text is shown."""

    id: str
    text: str


class Person(Protocol):
    """The person at the other end: the window, the terminal, or the practice world's simulated owner.

    Both calls block until the person is done; they raise Cancelled when the person stops instead. Consent to touch or
    read a conversation is never asked through this."""

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        """Ask for something to be done elsewhere. True: done; False: could not be done."""
        ...

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        """The id of the choice, or free text where there are no choices."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """One visible step of long work. step: id; done, total: total 0 where unknown."""

    step: str
    done: int = 0
    total: int = 0


Report = Callable[[Progress], None]
