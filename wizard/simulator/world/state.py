"""What exists in the practice world: Pages, threads, apps, tokens. Plain values; the rules are in `rules`."""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from wizard.core.resource import load_toml
from wizard.simulator.world import ids

Mode = Literal["routing", "zero", "legacy"]
Channel = Literal["messenger", "instagram"]
TokenKind = Literal["PAGE", "USER", "SYSTEM_USER", "APP"]

CONVERSATIONS = ("t_", "aWdf")  # how the IDs of conversations begin, on Messenger and Instagram
KEPT_MESSAGES = 500  # the newest of a conversation
CUSTOMER = "customer"  # the sender of a message that no app wrote
PAGE_INBOX: str = load_toml("apps.toml")["app"]["page_inbox"]["id"]
INSTAGRAM_INBOX: str = load_toml("apps.toml")["app"]["instagram_inbox"]["id"]
META_AI: tuple[str, ...] = tuple(app["id"] for app in load_toml("apps.toml")["meta_ai"])
ALL_FIELDS = ("messages", "messaging_postbacks", "messaging_referrals", "messaging_handovers", "standby")
INSTAGRAM_FIELDS = (
    *("messages", "messaging_postbacks", "messaging_referral", "messaging_handover"),
    *("messaging_seen", "standby"),
)  # of an app's own subscription: a Page has none for Instagram
SUBSCRIBABLE = frozenset(ALL_FIELDS) | {
    "feed",
    "inbox_labels",
    "leadgen",
    "message_context",
    "message_deliveries",
    "message_echoes",
    "message_edits",
    "message_reactions",
    "message_reads",
    "messaging_account_linking",
    "messaging_feedback",
    "messaging_optins",
    "messaging_optouts",
    "messaging_policy_enforcement",
}
ALL_TASKS = ("ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE")
ALL_SCOPES = ("pages_show_list", "pages_manage_metadata", "pages_messaging", "pages_read_engagement", "public_profile")


@dataclass(slots=True)
class SimulatedApp:
    """live: false while the app is in development mode. proof_required: the app wants appsecret_proof on every call.
    visible: whether its public name is shown to others."""

    id: str
    name: str
    category: str
    secret: str = field(repr=False)
    live: bool = True
    proof_required: bool = False
    visible: bool = True

    def proof_of(self, token: str) -> str:
        return hmac.new(self.secret.encode(), token.encode(), hashlib.sha256).hexdigest()


@dataclass(slots=True)
class Token:
    """expires_at: Unix seconds, 0 = never. refused_with: subcode of 190 this token now gets, None while it works.
    declined: permissions that the person did not give. pages: IDs of those the person ticked, None for all."""

    text: str = field(repr=False)
    app_id: str
    kind: TokenKind
    page_id: str | None = None
    user_id: str = ""
    scopes: tuple[str, ...] = ALL_SCOPES
    issued_at: int = 0
    expires_at: int = 0
    refused_with: int | None = None
    declined: tuple[str, ...] = ()
    pages: frozenset[str] | None = None


@dataclass(slots=True)
class SimulatedMessage:
    """sender: CUSTOMER, or the ID of the app that wrote for the Page. attachment, quick_replies: as the Graph API takes
    them. payload: of the quick reply that a person pressed. persona: ID of that which the Page wrote as."""

    id: str
    at: float
    sender: str
    text: str
    attachment: Mapping[str, Any] | None = None
    quick_replies: Sequence[Mapping[str, Any]] = ()
    metadata: str | None = None
    persona: str | None = None
    payload: str | None = None


@dataclass(slots=True)
class Thread:
    """One person's conversation with the Page. has_role: the person has a role on the apps (development mode).
    blocked: the person wants no messages of the Page. count: messages so far, of which the newest are kept. unasked:
    what programs did to the conversation since the person's last word, and since when. typing: the app that shows as
    typing, and until when. On Instagram psid is the IGSID, and name the user name."""

    psid: str
    name: str
    channel: Channel = "messenger"
    has_role: bool = True
    blocked: bool = False
    messages: list[SimulatedMessage] = field(default_factory=list)
    count: int = 0
    unasked: int = 0
    unasked_since: float = 0.0
    read_at: float = 0.0
    typing: tuple[str, float] | None = None
    owner: str | None = None
    expires_at: int = 0
    last_user_at: float = 0.0
    updated_at: float = 0.0

    @property
    def conversation_id(self) -> str:
        if self.channel == "instagram":
            return base64.urlsafe_b64encode(f"ig_dm_1:IGMessageThread:{self.psid}".encode()).decode().rstrip("=")
        return f"t_{self.psid[-15:]}"

    def owner_at(self, now: float) -> str | None:
        """Return the app that has control, None if the thread is idle."""
        return self.owner if now < self.expires_at else None

    def add_message(self, sender: str, text: str, at: float, **more: Any) -> SimulatedMessage:
        """more: the other fields of the message."""
        message = SimulatedMessage("m_" + ids.text("message", 24), at, sender, text, **more)
        self.messages.append(message)
        self.count += 1
        if len(self.messages) > 2 * KEPT_MESSAGES:  # a long run would fill the memory
            del self.messages[:-KEPT_MESSAGES]
        self.typing = None
        self.updated_at = at
        if sender == CUSTOMER:
            self.last_user_at = at
            self.unasked, self.unasked_since = 0, at
        return message


@dataclass(slots=True)
class SimulatedPage:
    """connected: app ID -> the webhook fields it is subscribed to. tasks: of the person behind the tokens.

    primary, secondaries: receiver roles of a legacy Page; on other Pages `primary` is a leftover without effect.
    token_refused_with: subcode of 190 that the Page's tokens get, None while they work. meta_ai: the app of Meta's AI
    where that is switched on: it gets every fresh message before the default app. profile: the Messenger profile.
    personas, attachments: by ID.

    instagram: the account that is linked, as a Page of its own: id and name are the account's, and routing and
    conversations are those on Instagram. several_apps: what Facebook says of the channel, true on Messenger.
    message_access: whether the owner of an Instagram account lets apps read its messages.
    """

    id: str
    name: str
    category: str = "Coffee shop"
    tasks: tuple[str, ...] = ALL_TASKS
    published: bool = True
    legacy: bool = False
    default_app: str | None = None
    meta_ai: str | None = None
    social_route: str | None = None
    link_routes: dict[str, str] = field(default_factory=dict)
    take_allowed: set[str] = field(default_factory=set)
    primary: str | None = None
    secondaries: list[str] = field(default_factory=list)
    connected: dict[str, tuple[str, ...]] = field(default_factory=dict)
    threads: dict[str, Thread] = field(default_factory=dict)
    token_refused_with: int | None = None
    profile: dict[str, Any] = field(default_factory=dict)
    personas: dict[str, dict[str, str]] = field(default_factory=dict)
    attachments: dict[str, dict[str, Any]] = field(default_factory=dict)
    channel: Channel = "messenger"
    instagram: "SimulatedPage | None" = None
    several_apps: bool = False
    message_access: bool = True

    @property
    def mode(self) -> Mode:
        if self.legacy:
            return "legacy"
        return "routing" if self.default_app else "zero"

    @property
    def answers_first(self) -> str | None:
        """The app that sees every owner and gets what nobody else was named for."""
        return self.primary if self.legacy else self.default_app

    def can_be_passed_to(self, app_id: str) -> bool:
        inboxes = (PAGE_INBOX, INSTAGRAM_INBOX) if self.channel == "instagram" else (PAGE_INBOX,)
        return app_id in self.connected or app_id in (*inboxes, self.meta_ai)

    @property
    def channels(self) -> "tuple[SimulatedPage, ...]":
        """Messenger, and Instagram where an account is linked."""
        return (self,) if self.instagram is None else (self, self.instagram)

    def with_person(self, psid: str) -> "tuple[SimulatedPage, Thread] | None":
        """Return the channel on which there is this person, and the conversation."""
        return next(((channel, channel.threads[psid]) for channel in self.channels if psid in channel.threads), None)

    def thread_named(self, conversation_id: str) -> "tuple[SimulatedPage, Thread] | None":
        """Return the channel and the conversation of this ID."""
        return next(
            (
                (channel, thread)
                for channel in self.channels
                for thread in channel.threads.values()
                if thread.conversation_id == conversation_id
            ),
            None,
        )


def new_token() -> str:
    """Return a text that looks like a token of Facebook's: EAA and more than 150 letters and digits."""
    return "EAA" + ids.letters("token", 186) + "ZD"


def new_number() -> str:
    """Return a new ID of the length that Facebook's have."""
    return str(int(ids.digits("number", 8), 16) % (9 * 10**15) + 10**15)


def sorted_by_activity(threads: Iterable[Thread]) -> list[Thread]:
    return sorted(threads, key=lambda thread: (-thread.updated_at, thread.psid))
