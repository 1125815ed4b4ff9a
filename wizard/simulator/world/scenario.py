"""Scenarios as values, in the form of their files.

A starting state, an owner's behaviour, faults and what is expected to come of it."""

from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from wizard.simulator.world.cast import APP_IDS
from wizard.simulator.world.marked import mark
from wizard.simulator.world.state import ALL_FIELDS, ALL_TASKS, SUBSCRIBABLE

Step = Literal[
    "log_in",
    "enter_code",
    "get_token",
    "default_app",
    "take_control_bot",
    "take_control_live_chat",
    "social_route",
    "old_primary",
    "paste_app_id",
    "send_code",
    "say_hello",
    "ask_for_human",
    "write_once_more",
    "write_and_look",
    "answer_from_live_chat",
    "close_in_live_chat",
    "add_fields",
]
Question = Literal[
    "bot_product",
    "live_chat_product",
    "token",
    "token_owner",
    "page",
    "bot",
    "live_chat",
    "app_id",
    "roles_done",
    "saved",
    "settings_key",
    "make",
    "target",
    "which_conversation",
    "way_out",
    "bring_back_anyway",
    "bot_answered",
    "bot_answered_now",
    "live_chat_got_it",
    "bot_answers_again",
    "ask_again",
]
Event = Literal["control_passed", "control_taken", "message_received"]
Verdict = Literal["ok", "warning", "problem", "unknown", "not_checked"]
OwnerShown = Literal["normal", "hidden", "empty", "refused"]
Deed = Literal[
    "pass_back", "take_back", "take_and_talk", "talk", "staff_reply", "repeat_message", "bury_message", "limit"
]
LogInTrouble = Literal["", "not_live", "address_not_listed", "insecure", "no_configuration", "two_factor"]
Role = Literal["primary", "secondary", "page_inbox", "third", "meta_ai", "meta_ai_newer", "instagram_inbox"]
TokenName = Literal["page", "secondary_page", "third_app_page", "user", "system_user", "expired", "app"]
Version = Annotated[str, Meta(pattern=r"^(v[0-9]{1,2}\.[0-9])?$")]
STEPS, QUESTIONS, THREAD_OWNER = get_args(Step), get_args(Question), get_args(OwnerShown)


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a scenario file: a name that is not known is a mistake."""


class Reaction(Table, frozen=True, kw_only=True):
    """Something that happens by itself. when: an event; app: who does it; to: who has control
    then, None for anybody. nth: from which such event on. minutes: of the deed `limit`, until Facebook
    answers again."""

    when: Event
    to: Role | None = None
    app: Role = "secondary"
    deed: Deed = msgspec.field(name="do")
    after_ms: Annotated[int, Meta(ge=0, le=600_000)] = 0
    nth: Annotated[int, Meta(ge=1, le=1_000)] = 1
    times: Annotated[int, Meta(ge=1, le=1_000)] | None = None
    text: str = ""
    minutes: Annotated[float, Meta(gt=0, le=600)] = 12

    @property
    def app_id(self) -> str:
        return APP_IDS[self.app]

    @property
    def to_id(self) -> str | None:
        return _id(self.to)


class Owner(Table, frozen=True):
    """How the simulated owner behaves. paste: name of the token pasted, or a text in quotes of its own kind.

    leaves_out: steps it reports as done without doing them. pastes: what goes into "Secondary receiver": "copied", or
    the role of an app. refuses: step -> reason it gives. answers: question -> fixed answer. logs_in: what it does in
    the dialog, or with a code. declines: permissions it does not give. ticks: whether it ticks its Pages there.
    """

    paste: str = "page"
    leaves_out: frozenset[Step] = frozenset()
    pastes: str = "copied"
    refuses: dict[Step, str] = {}
    answers: dict[Question, str] = {}
    logs_in: Literal["allows", "cancels", "waits"] = "allows"
    declines: frozenset[str] = frozenset()
    ticks: bool = True


class GraphBehaviour(Table, frozen=True):
    """How this world's Graph API behaves where life differs from Page to Page, or is not known.

    thread_owner: normal, hidden (never an app_id), empty (an empty list to all but the owner) or refused (code 100).
    app_id_as: text or number.
    request_on_idle: owner (the caller gets control) or nothing (success, no effect).
    metadata: what `metadata=1` does on a node: told, ignored or refused (code 100). business_ai: what that edge
    answers, "" where it answers an error. oldest_version, newest_version: in place of those of today, as "v28.0".
    """

    idle_take_needs_switch: bool = False
    thread_owner: OwnerShown = "normal"
    app_id_as: Literal["text", "number"] = "text"
    request_on_idle: Literal["owner", "nothing"] = "owner"
    secondary_receivers_after_routing: Literal["empty", "refused"] = "empty"
    metadata: Literal["told", "ignored", "refused"] = "told"
    business_ai: str = ""
    oldest_version: Version = ""
    newest_version: Version = ""
    reply_delay_ms: Annotated[int, Meta(ge=0, le=60_000)] = 0


def _id(role: Role | None) -> str | None:
    return APP_IDS[role] if role else None


class LogInBehaviour(Table, frozen=True):
    """How this world's Facebook lets people log in. kind: classic log-in, where each permission can be declined, or
    that for business, all or nothing. trouble: the page it shows instead of the dialog. long_lived: whether a token
    for weeks comes beside the short one. hours: that the short one lives; tells_life: whether that is said. place:
    where a good answer stands in the address. state: what comes back of it. app: whose token it is. early: how many
    questions about a code are "too fast". code_lives, interval: seconds that a code counts, and between two questions
    about it. code_gives: whether a log-in with a code gives what it asks for, or no permission at all."""

    kind: Literal["classic", "business"] = "classic"
    trouble: LogInTrouble = ""
    long_lived: bool = True
    hours: Annotated[int, Meta(ge=1, le=24)] = 2
    tells_life: bool = True
    place: Literal["fragment", "query"] = "fragment"
    state: Literal["kept", "changed", "other_port"] = "kept"
    app: Role = "primary"
    early: Annotated[int, Meta(ge=0, le=10)] = 0
    code_lives: Annotated[int, Meta(ge=1, le=3_600)] = 420
    interval: Annotated[int, Meta(ge=1, le=60)] = 5
    code_gives: Literal["all", "nothing"] = "all"

    @property
    def app_id(self) -> str:
        return APP_IDS[self.app]


class MessageStart(Table, frozen=True, kw_only=True):
    sender: Literal["customer"] | Role = msgspec.field(name="from", default="customer")
    text: str
    minutes_ago: Annotated[int, Meta(ge=0, le=525_600)]


class ThreadStart(Table, frozen=True):
    owner: Role | None = None
    messages: list[MessageStart] = []
    has_role: bool = True
    blocked: bool = False
    hours_left: Annotated[int, Meta(ge=1, le=720)] | None = None


class ThreadStarts(Table, frozen=True):
    tester: ThreadStart = ThreadStart()
    customer: ThreadStart = ThreadStart()


class InstagramStart(Table, frozen=True):
    """The Instagram account that is linked to the Page. default_app, take_allowed: its own routing. connected: apps
    that get its messages. message_access: whether the owner lets apps read messages. several_apps: what Facebook says
    of it. tester: the conversation of the person who tests."""

    username: str = "lumen.coffee"
    default_app: Role | None = None
    take_allowed: frozenset[Role] = frozenset()
    connected: tuple[Role, ...] = ("primary", "secondary")
    message_access: bool = True
    several_apps: bool = True
    tester: ThreadStart = ThreadStart()


class Crowd(Table, frozen=True, kw_only=True):
    """Some people of whom each wrote once. minutes_ago: when the first did; each next one an hour before."""

    people: Annotated[int, Meta(ge=1, le=1_000)]
    owner: Role | None = None
    minutes_ago: Annotated[int, Meta(ge=0, le=525_600)] = 30
    text: str = mark("Hello, are you open today?")


class PageStart(Table, frozen=True):
    """meta_ai: the app under which Meta's AI answers first, None where it is off."""

    legacy: bool = False
    default_app: Role | None = None
    meta_ai: Literal["meta_ai", "meta_ai_newer"] | None = None
    social_route: Role | None = None
    take_allowed: frozenset[Role] = frozenset()
    primary: Role | None = None
    secondaries: list[Role] = []
    tasks: tuple[str, ...] = ALL_TASKS
    published: bool = True
    link_routes: dict[str, Role] = {}
    other_pages: Annotated[int, Meta(ge=0, le=10_000)] = 0

    def fields(self) -> dict[str, Any]:
        """Return the fields of the state's Page, and other_pages."""
        return msgspec.structs.asdict(self) | {
            "default_app": _id(self.default_app),
            "meta_ai": _id(self.meta_ai),
            "social_route": _id(self.social_route),
            "take_allowed": {APP_IDS[role] for role in self.take_allowed},
            "primary": _id(self.primary),
            "secondaries": [APP_IDS[role] for role in self.secondaries],
            "link_routes": {ref: APP_IDS[role] for ref, role in self.link_routes.items()},
        }


class PlatformStart(Table, frozen=True):
    secondary_receiver: str = ""


class BotStart(Table, frozen=True):
    hands_over: bool = True
    inbox_answers: bool = False


class WebhookStart(Table, frozen=True):
    """Where an app gets its web hooks. fields: of the app's own subscription, None for all. batch: the most events in
    one request."""

    url: Annotated[str, Meta(pattern=r"^https?://[^\s#]+$", max_length=2_000)]
    verify_token: Annotated[str, Meta(max_length=1_000)] = ""
    fields: tuple[str, ...] | None = None
    batch: Annotated[int, Meta(ge=1, le=1_000)] = 20


class AppStart(Table, frozen=True):
    live: bool = True
    proof_required: bool = False
    webhook: WebhookStart | None = None


class TokenStart(Table, frozen=True, omit_defaults=True):
    scopes: tuple[str, ...] | None = None
    refused_with: Annotated[int, Meta(ge=0, le=9_999_999)] | None = None
    expires_in_hours: Annotated[int, Meta(ge=-10_000, le=10_000)] | None = None


class Scenario(Table, frozen=True, kw_only=True):
    """What a file says; apps by their roles. exit_code, output: how `setup` must end with the simulated owner, and
    sentences it must print. fields: app -> the webhook fields it is subscribed to, false for none at all.

    verdicts: check id -> the state that `check` must find at the start with the pasted token, or with that of the
    Page which a person's token opens; the bot is the app `primary`, the live chat `secondary`. other_verdicts: the
    state of every check that is not named there."""

    name: str
    date: str
    title: str
    exit_code: Annotated[int, Meta(ge=0, le=4)]
    page: PageStart = PageStart()
    fields: dict[Role, list[str] | bool] = msgspec.field(name="connected", default_factory=dict)
    platform: PlatformStart = PlatformStart()
    bot: BotStart = BotStart()
    threads: ThreadStarts = ThreadStarts()
    instagram: InstagramStart | None = None
    crowds: list[Crowd] = msgspec.field(name="crowd", default_factory=list)
    apps: dict[Role, AppStart] = msgspec.field(name="app", default_factory=dict)
    tokens: dict[TokenName, TokenStart] = msgspec.field(name="token", default_factory=dict)
    graph: GraphBehaviour = GraphBehaviour()
    log_in: LogInBehaviour = LogInBehaviour()
    owner: Owner = Owner()
    faults: list[dict[str, Any]] = msgspec.field(name="fault", default_factory=list)
    reactions: list[Reaction] = msgspec.field(name="reaction", default_factory=list)
    output: tuple[str, ...] = ()
    other_verdicts: Verdict = "not_checked"
    grouped_verdicts: dict[str, dict[str, Verdict]] = msgspec.field(name="verdicts", default_factory=dict)

    def __post_init__(self) -> None:
        for role, fields in self.fields.items():
            unknown = [] if isinstance(fields, bool) else sorted(set(fields) - SUBSCRIBABLE)
            if unknown:
                raise ValueError(f"connected.{role}: {unknown[0]!r} is no field that an app can be subscribed to")

    @property
    def connected(self) -> dict[str, tuple[str, ...]]:
        """The webhook fields of each connected app by its ID: all of them where the file says nothing else."""
        all_but_the_inbox: dict[Role, list[str] | bool] = {"primary": True, "secondary": True, "third": True}
        return {
            APP_IDS[role]: ALL_FIELDS if fields is True else tuple(fields)
            for role, fields in (all_but_the_inbox | self.fields).items()
            if fields is not False
        }

    @property
    def verdicts(self) -> dict[str, Verdict]:
        return {
            f"{group}.{name}": state for group, rows in self.grouped_verdicts.items() for name, state in rows.items()
        }
