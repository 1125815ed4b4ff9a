"""Scenarios as values: a starting state, an owner's behaviour, faults and what is expected to come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

STEPS = (
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
    "answer_from_live_chat",
    "close_in_live_chat",
    "add_fields",
)
QUESTIONS = (
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
    "live_chat_got_it",
    "bot_answers_again",
)
EVENTS = ("control_passed", "control_taken", "message_received")
VERDICTS = ("ok", "warning", "problem", "unknown", "not_checked")
THREAD_OWNER = ("normal", "hidden", "empty", "refused")
DEEDS = ("pass_back", "take_back", "staff_reply", "repeat_message", "bury_message")


@dataclass(frozen=True, slots=True)
class Reaction:
    """Something that happens by itself. when: an event; app: who does it; after: seconds on this machine's clock."""

    when: str
    to: str | None
    app: str
    deed: str
    after: float
    times: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Owner:
    """How the simulated owner behaves. paste: name of the token pasted, or a text in quotes of its own kind.

    leaves_out: steps it reports as done without doing them. pastes: what goes into "Secondary receiver": "copied", or
    the role of an app. refuses: step -> reason it gives. answers: question -> fixed answer.
    """

    paste: str = "page"
    leaves_out: frozenset[str] = frozenset()
    pastes: str = "copied"
    refuses: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Graph:
    """How this world's Graph API behaves where life differs from Page to Page, or is not known.

    thread_owner: normal, hidden (never an app_id), empty (an empty list to all but the owner) or refused (code 100).
    app_id_as: text or number.
    request_on_idle: owner (the caller gets control) or nothing (success, no effect).
    """

    idle_take_needs_switch: bool = False
    thread_owner: str = "normal"
    app_id_as: str = "text"
    request_on_idle: str = "owner"
    secondary_receivers_after_routing: str = "empty"
    reply_delay_ms: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """exit_code, output: how `setup` must end with the simulated owner, and sentences it must print.

    verdicts: check id -> the state that `check` must find at the start with the pasted token, or with that of the
    Page which a person's token opens; the bot is the app `primary`, the live chat `secondary`. other_verdicts: the
    state of every check that is not named there."""

    name: str
    date: str
    title: str
    exit_code: int
    page: Mapping[str, Any]
    connected: Mapping[str, tuple[str, ...]]
    secondary_receiver: str
    bot_hands_over: bool
    inbox_answers: bool
    threads: Mapping[str, Mapping[str, Any]]
    apps: Mapping[str, Mapping[str, Any]]
    tokens: Mapping[str, Mapping[str, Any]]
    graph: Graph
    owner: Owner
    faults: tuple[Mapping[str, Any], ...]
    reactions: tuple[Reaction, ...]
    output: tuple[str, ...]
    verdicts: Mapping[str, str]
    other_verdicts: str
