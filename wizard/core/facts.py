"""What was seen, as frozen values. Checks turn facts into verdicts; nothing here judges."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from wizard.core.errors import Failure
from wizard.core.token_shape import TokenShape

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """One answer of Facebook. call: "GET me"; at: Unix seconds by Facebook's clock (ours where it sent none).

    Exactly one of value and failure tells: failure is None where the call worked."""

    call: str
    at: float
    value: T | None = None
    failure: Failure | None = None

    @property
    def worked(self) -> bool:
        return self.failure is None


class TokenKind(StrEnum):
    PAGE = "page"
    USER = "user"
    SYSTEM_USER = "system_user"
    APP = "app"
    UNKNOWN = "unknown"


class Origin(StrEnum):
    """Where a row in the list of apps comes from: it decides what the row proves."""

    TOKEN = "token"  # GET app and subscribed_apps of a token that we hold: connected
    HAS_CONTROL = "has_control"  # seen as thread owner: connected
    RECEIVERS = "receivers"  # secondary_receivers: connected, in a legacy role
    BUILT_IN = "built_in"  # a fixed ID of Facebook: exists
    TYPED = "typed"  # typed by the person: exists if a name was found


@dataclass(frozen=True, slots=True)
class App:
    """An app on Facebook. id: 5-20 digits as text. name: "" where nobody would tell.

    fields: webhook fields of the app on this Page, None where they cannot be read. is_name_said: the person calls it
    so, Facebook told no name."""

    id: str
    name: str = ""
    origin: Origin = Origin.TYPED
    fields: frozenset[str] | None = None
    is_name_said: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A Page as me/accounts or GET me tells it. tasks: None where not told; usable: it came with its own token."""

    id: str
    name: str = ""
    tasks: frozenset[str] | None = None
    usable: bool = True


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a token stands for: GET me?metadata=1. id and name of the Page or the person."""

    kind: TokenKind
    id: str = ""
    name: str = ""
    is_published: bool | None = None


@dataclass(frozen=True, slots=True)
class FeatureStatus:
    """`messaging_feature_status` of the Page, raw: its exact meaning is uncertain, so nothing depends on one flag."""

    flags: tuple[tuple[str, bool], ...] = ()


class Control(StrEnum):
    """What `thread_owner` told the asking app."""

    APP = "app"  # an app_id was shown
    HIDDEN = "hidden"  # only an expiration: another app, not named
    NOTHING = "nothing"  # data: []: idle, or hidden from this app
    UNREADABLE = "unreadable"  # the call itself failed


@dataclass(frozen=True, slots=True)
class OwnerReading:
    """Who has control of one conversation, as one app sees it. expires_at: Unix seconds, None where not told."""

    psid: str
    control: Control
    at: float
    app_id: str = ""
    expires_at: int | None = None
    failure: Failure | None = None
    call: str = "GET me/thread_owner"


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation without its text. psid: the participant that is not the Page, "" where not told.

    is_owner: None where Facebook leaves it out (it is present only when routing is on)."""

    id: str
    updated_at: float
    psid: str = ""
    person_name: str = field(default="", repr=False)
    is_owner: bool | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message, read only after consent and never kept. sender_id: a PSID, or the Page's ID for its own answers."""

    id: str
    sender_id: str
    text: str = field(repr=False)
    created_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Usage:
    """The highest percentage in the usage headers, None without headers; wait: seconds until access is regained."""

    percent: float | None = None
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class TokenLife:
    """Until when a token works. ends_at: Unix seconds by Facebook's clock, 0.0 for one that has no last day."""

    ends_at: float = 0.0


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """All that one token reveals without touching a conversation. None: not asked."""

    identity: Reading[Identity]
    app: Reading[App] | None = None
    # Value None with failure None: this app is not subscribed. None: it could not be told which row is this app's.
    subscription: Reading[App] | None = None
    features: Reading[FeatureStatus] | None = None
    receivers: Reading[tuple[App, ...]] | None = None
    usage: Usage = Usage()
    api_version: str = ""  # the version that really answered
    asked_version: str = ""
    clock_skew: float | None = None  # seconds our clock is ahead of Facebook's
    published: Reading[bool] | None = None  # only where it failed: else the identity says it
    newest_version: str = ""  # looked for only where another version answered than was asked for
    life: Reading[TokenLife] | None = None  # as a log-in told it; no call with a Page's token does

    @property
    def readings(self) -> tuple[Reading[object] | None, ...]:
        return (self.identity, self.app, self.subscription, self.features, self.published, self.receivers)


@dataclass(frozen=True, slots=True)
class OwnersAndApps:
    """Owners of some conversations, and names of apps. app_names: App ID and name, "" where Facebook shows no such
    app; an ID that could not be looked up is left out. business_ai: as in Facts."""

    owners: tuple[OwnerReading, ...] = ()
    app_names: tuple[tuple[str, str], ...] = ()
    business_ai: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything seen of one Page in this run. owners: the readings of conversations, newest last.

    token_shape: why what was pasted is surely no token; then nothing was asked. tasks: of the person on the Page, as
    me/accounts tells them; None where that was not asked. named_at: Unix seconds of app_names, 0.0 without any.
    business_ai: what Facebook says of Meta's own AI on this Page, as "not_configured"; "" where it does not. It is no
    public answer, so nothing depends on it."""

    token: TokenFacts | None = None
    second_token: TokenFacts | None = None
    conversations: Reading[tuple[Conversation, ...]] | None = None
    owners: tuple[OwnerReading, ...] = ()
    app_names: tuple[tuple[str, str], ...] = ()  # App ID and name, "" where Facebook does not tell
    named_at: float = 0.0
    token_shape: TokenShape | None = None
    tasks: Reading[frozenset[str]] | None = None
    business_ai: str = ""

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Why readings failed, in the order in which they were made."""
        token = self.token
        of_token = token.readings if token else ()
        readings = (*of_token, self.tasks, self.conversations, *self.owners)
        return tuple(reading.failure for reading in readings if reading is not None and reading.failure is not None)
