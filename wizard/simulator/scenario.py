"""Scenarios: a starting state, an owner's behaviour, faults and the expected exit code, read from resources/scenarios.

Every mistake in a file is reported with its place: "scenarios/new-page.toml: page.default_app: ...".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wizard.core.resource import ResourceError, load_toml, resource
from wizard.simulator.cast import APP_IDS, PEOPLE
from wizard.simulator.faults import FaultMistake, read_fault
from wizard.simulator.state import ALL_FIELDS

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
    "target",
    "which_conversation",
    "way_out",
    "bring_back_anyway",
    "live_chat_got_it",
    "bot_answers_again",
)
EVENTS = ("control_passed", "control_taken", "message_received")
DEEDS = ("pass_back", "take_back", "staff_reply", "repeat_message", "bury_message")


class NoSuchScenario(LookupError):
    """The name is not a scenario; the text lists those that are."""


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

    thread_owner: normal, hidden (never an app_id) or refused (code 100). app_id_as: text or number.
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


def scenario_names() -> list[str]:
    return sorted(path.stem for path in resource("scenarios").glob("*.toml"))


def load_scenario(name: str) -> Scenario:
    """Return the scenario. Raises NoSuchScenario, or ResourceError with the place of the mistake."""
    if name not in scenario_names():
        raise NoSuchScenario(f"no scenario {name!r}; there are: {', '.join(scenario_names())}")
    file = f"scenarios/{name}.toml"
    return read_scenario(name, load_toml(file), file)


def read_scenario(name: str, data: Mapping[str, Any], file: str) -> Scenario:
    """Return the scenario described by the content of a file. Raises ResourceError with the place of the mistake."""
    top = _Table(file, "", data)
    faults = tuple(top.tables("fault"))
    scenario = Scenario(
        name=name,
        date=str(data.get("date") or top.wrong("date", "the day the scenario was written is needed")),
        title=top.text("title"),
        exit_code=top.number("exit_code", low=0, high=4),
        page=_page(top.table("page")),
        connected=_connected(top.table("connected")),
        secondary_receiver=_app_or_text(top.table("platform").text("secondary_receiver", "")),
        bot_hands_over=top.table("bot").flag("hands_over", True),
        inbox_answers=top.table("bot").flag("inbox_answers", False),
        threads={each: _thread(top.table("threads").table(each)) for each in PEOPLE},
        apps={APP_IDS[role]: _app(top.table("app").table(role)) for role in APP_IDS},
        tokens={key: _token(top.table("token").table(key)) for key in top.table("token").keys},
        graph=_graph(top.table("graph")),
        owner=_owner(top.table("owner")),
        faults=tuple(fault.data for fault in faults),
        reactions=tuple(_reaction(each) for each in top.tables("reaction")),
    )
    for fault in faults:
        try:
            read_fault(fault.data, {})
        except FaultMistake as error:
            raise ResourceError(file, f"{fault.place}: {error}") from error
    known = {"date", "title", "exit_code", "page", "connected", "platform", "bot", "threads", "app", "token", "graph"}
    top.only(known | {"owner", "fault", "reaction"})
    return scenario


class _Table:
    """A table of the file, that knows its place in it."""

    def __init__(self, file: str, place: str, data: Mapping[str, Any]) -> None:
        self.file = file
        self.place = place
        self.data = data
        self.keys = tuple(data)

    def wrong(self, key: str, what: str) -> Any:
        place = f"{self.place}.{key}".strip(".")
        raise ResourceError(self.file, f"{place}: {what}")

    def only(self, known: set[str]) -> None:
        for key in self.keys:
            if key not in known:
                self.wrong(key, f"unknown; known here: {', '.join(sorted(known))}")

    def table(self, key: str) -> "_Table":
        value = self.data.get(key, {})
        if not isinstance(value, Mapping):
            self.wrong(key, "a table is needed")
        return _Table(self.file, f"{self.place}.{key}".strip("."), value)

    def tables(self, key: str) -> list["_Table"]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            self.wrong(key, "a list of tables is needed")
        return [_Table(self.file, f"{self.place}.{key}[{at}]".strip("."), each) for at, each in enumerate(value)]

    def text(self, key: str, default: str | None = None) -> str:
        value = self.data.get(key, default)
        if not isinstance(value, str):
            self.wrong(key, "a text is needed")
        return str(value)

    def flag(self, key: str, default: bool) -> bool:
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            self.wrong(key, "true or false is needed")
        return bool(value)

    def number(self, key: str, default: int | None = None, *, low: int, high: int) -> int:
        value = self.data.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.wrong(key, f"a whole number from {low} to {high} is needed")
        return int(value or 0)

    def texts(self, key: str, known: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.wrong(key, "a list of texts is needed")
        for each in value:
            if known is not None and each not in known:
                self.wrong(key, f"unknown {each!r}; known are: {', '.join(known)}")
        return tuple(value)

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        value = self.text(key, default)
        if value not in known:
            self.wrong(key, f"unknown {value!r}; known are: {', '.join(known)}")
        return value

    def app(self, key: str) -> str | None:
        """The ID of the app whose role stands there, None if the key is absent."""
        if key not in self.data:
            return None
        return APP_IDS[self.choice(key, tuple(APP_IDS), "")]


def _app_or_text(value: str) -> str:
    return APP_IDS.get(value, value)


def _page(table: _Table) -> dict[str, Any]:
    roles = tuple(APP_IDS)
    table.only(
        {"legacy", "default_app", "social_route", "take_allowed", "primary", "secondaries", "tasks", "published"}
        | {"other_pages", "link_routes"}
    )
    page: dict[str, Any] = {
        "legacy": table.flag("legacy", False),
        "default_app": table.app("default_app"),
        "social_route": table.app("social_route"),
        "take_allowed": {APP_IDS[role] for role in table.texts("take_allowed", roles)},
        "primary": table.app("primary"),
        "secondaries": [APP_IDS[role] for role in table.texts("secondaries", roles)],
        "published": table.flag("published", True),
        "link_routes": {ref: table.table("link_routes").app(ref) for ref in table.table("link_routes").keys},
        "other_pages": table.number("other_pages", 0, low=0, high=10_000),
    }
    if "tasks" in table.data:
        page["tasks"] = table.texts("tasks")
    return page


def _connected(table: _Table) -> dict[str, tuple[str, ...]]:
    table.only(set(APP_IDS))
    standard: dict[str, tuple[str, ...]] = {APP_IDS[role]: ALL_FIELDS for role in ("primary", "secondary", "third")}
    for role in table.keys:
        if table.data[role] is False:
            standard.pop(APP_IDS[role], None)
        else:
            standard[APP_IDS[role]] = table.texts(role)
    return standard


def _thread(table: _Table) -> dict[str, Any]:
    table.only({"owner", "messages", "has_role", "hours_left"})
    messages = []
    for each in table.tables("messages"):
        each.only({"from", "text", "minutes_ago"})
        sender = each.choice("from", ("customer", *APP_IDS), "customer")
        ago = each.number("minutes_ago", low=0, high=525_600)
        messages.append((APP_IDS.get(sender, sender), each.text("text"), ago * 60))
    return {
        "owner": table.app("owner"),
        "messages": sorted(messages, key=lambda message: -message[2]),
        "has_role": table.flag("has_role", True),
        "hours_left": table.number("hours_left", 24, low=1, high=720) if "hours_left" in table.data else None,
    }


def _app(table: _Table) -> dict[str, Any]:
    table.only({"live", "proof_required"})
    return {"live": table.flag("live", True), "proof_required": table.flag("proof_required", False)}


def _token(table: _Table) -> dict[str, Any]:
    table.only({"scopes", "refused_with", "expires_in_hours"})
    changes: dict[str, Any] = {}
    if "scopes" in table.data:
        changes["scopes"] = table.texts("scopes")
    if "refused_with" in table.data:
        changes["refused_with"] = table.number("refused_with", low=0, high=9_999_999)
    if "expires_in_hours" in table.data:
        changes["expires_in_hours"] = table.number("expires_in_hours", low=-10_000, high=10_000)
    return changes


def _graph(table: _Table) -> Graph:
    table.only(set(Graph.__dataclass_fields__))
    return Graph(
        table.flag("idle_take_needs_switch", False),
        table.choice("thread_owner", ("normal", "hidden", "refused"), "normal"),
        table.choice("app_id_as", ("text", "number"), "text"),
        table.choice("request_on_idle", ("owner", "nothing"), "owner"),
        table.choice("secondary_receivers_after_routing", ("empty", "refused"), "empty"),
        table.number("reply_delay_ms", 0, low=0, high=60_000),
    )


def _owner(table: _Table) -> Owner:
    table.only(set(Owner.__dataclass_fields__))
    refuses, answers = table.table("refuses"), table.table("answers")
    refuses.only(set(STEPS))
    answers.only(set(QUESTIONS))
    return Owner(
        table.text("paste", "page"),
        frozenset(table.texts("leaves_out", STEPS)),
        table.text("pastes", "copied"),
        {step: refuses.text(step) for step in refuses.keys},
        {question: answers.text(question) for question in answers.keys},
    )


def _reaction(table: _Table) -> Reaction:
    table.only({"when", "to", "app", "do", "after_ms", "times", "text"})
    return Reaction(
        table.choice("when", EVENTS, ""),
        table.app("to"),
        table.app("app") or APP_IDS["secondary"],
        table.choice("do", DEEDS, ""),
        table.number("after_ms", 0, low=0, high=600_000) / 1000,
        table.number("times", low=1, high=1_000) if "times" in table.data else None,
        table.text("text", ""),
    )
