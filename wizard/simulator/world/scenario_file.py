"""The files in resources/scenarios, read into scenarios. A file says only what is not as in its base.

Every mistake in a file is reported with its place: "scenarios/new-page.toml: page.default_app: ...".
"""

from collections.abc import Mapping
from typing import Any

from wizard.core.resource import ResourceError, load_toml, resource
from wizard.simulator.world.cast import APP_IDS, PEOPLE
from wizard.simulator.world.faults import FaultMistake, read_fault
from wizard.simulator.world.scenario import (
    DEEDS,
    EVENTS,
    QUESTIONS,
    STEPS,
    THREAD_OWNER,
    VERDICTS,
    Graph,
    Owner,
    Reaction,
    Scenario,
)
from wizard.simulator.world.scenario_table import Table
from wizard.simulator.world.state import ALL_FIELDS


class NoSuchScenario(LookupError):
    """The name is not a scenario; the text lists those that are."""


def scenario_names() -> list[str]:
    return sorted(path.stem for path in resource("scenarios").glob("*.toml"))


def load_scenario(name: str) -> Scenario:
    """Return the scenario. Raises NoSuchScenario, or ResourceError with the place of the mistake."""
    if name not in scenario_names():
        raise NoSuchScenario(f"no scenario of this name; there are: {', '.join(scenario_names())}")
    file = f"scenarios/{name}.toml"
    return read_scenario(name, load_toml(file), file)


def read_scenario(name: str, data: Mapping[str, Any], file: str) -> Scenario:
    """Return the scenario described by the content of a file. Raises ResourceError with the place of the mistake."""
    top = Table(file, "", _with_base(data, file))
    faults = tuple(top.tables("fault"))
    scenario = Scenario(
        name=name,
        date=str(top.data.get("date") or top.wrong("date", "the day the scenario was written is needed")),
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
        output=top.texts("output"),
        verdicts=_verdicts(top.table("verdicts")),
        other_verdicts=top.choice("other_verdicts", VERDICTS, "not_checked"),
    )
    for fault in faults:
        try:
            read_fault(fault.data, {})
        except FaultMistake as error:
            raise ResourceError(file, f"{fault.place}: {error}") from error
    known = {"date", "title", "exit_code", "page", "connected", "platform", "bot", "threads", "app", "token", "graph"}
    top.only(known | {"owner", "fault", "reaction", "output", "verdicts", "other_verdicts"})
    return scenario


# Below these tables a base holds on row by row, so many levels deep; any other key replaces the whole of the base's.
_LEVELS = {"threads": 1, "verdicts": 2}


def _with_base(data: Mapping[str, Any], file: str) -> dict[str, Any]:
    """Return the content of a file laid over that of its base in `scenarios/bases`, if it names one."""
    under: dict[str, Any] = {}
    if "base" in data:
        known = tuple(sorted(path.stem for path in resource("scenarios/bases").glob("*.toml")))
        base = f"scenarios/bases/{Table(file, '', data).choice('base', known, '')}.toml"
        under = _with_base(load_toml(base), base)
    own = {key: _laid_over(under.get(key), value, _LEVELS.get(key, 0)) for key, value in data.items() if key != "base"}
    return {**under, **own}


def _laid_over(under: Any, own: Any, levels: int) -> Any:
    if levels == 0 or not isinstance(under, Mapping) or not isinstance(own, Mapping):
        return own
    return {**under, **{key: _laid_over(under.get(key), value, levels - 1) for key, value in own.items()}}


def _app_or_text(value: str) -> str:
    return APP_IDS.get(value, value)


def _page(table: Table) -> dict[str, Any]:
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


def _connected(table: Table) -> dict[str, tuple[str, ...]]:
    table.only(set(APP_IDS))
    standard: dict[str, tuple[str, ...]] = {APP_IDS[role]: ALL_FIELDS for role in ("primary", "secondary", "third")}
    for role in table.keys:
        if table.data[role] is False:
            standard.pop(APP_IDS[role], None)
        else:
            standard[APP_IDS[role]] = table.texts(role)
    return standard


def _thread(table: Table) -> dict[str, Any]:
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


def _app(table: Table) -> dict[str, Any]:
    table.only({"live", "proof_required"})
    return {"live": table.flag("live", True), "proof_required": table.flag("proof_required", False)}


def _token(table: Table) -> dict[str, Any]:
    table.only({"scopes", "refused_with", "expires_in_hours"})
    changes: dict[str, Any] = {}
    if "scopes" in table.data:
        changes["scopes"] = table.texts("scopes")
    if "refused_with" in table.data:
        changes["refused_with"] = table.number("refused_with", low=0, high=9_999_999)
    if "expires_in_hours" in table.data:
        changes["expires_in_hours"] = table.number("expires_in_hours", low=-10_000, high=10_000)
    return changes


def _graph(table: Table) -> Graph:
    table.only(set(Graph.__dataclass_fields__))
    return Graph(
        table.flag("idle_take_needs_switch", False),
        table.choice("thread_owner", THREAD_OWNER, "normal"),
        table.choice("app_id_as", ("text", "number"), "text"),
        table.choice("request_on_idle", ("owner", "nothing"), "owner"),
        table.choice("secondary_receivers_after_routing", ("empty", "refused"), "empty"),
        table.number("reply_delay_ms", 0, low=0, high=60_000),
    )


def _verdicts(table: Table) -> dict[str, str]:
    """The states by the whole ids of the checks, as "token.shape"."""
    groups = {group: table.table(group) for group in table.keys}
    return {
        f"{group}.{name}": inner.choice(name, VERDICTS, "") for group, inner in groups.items() for name in inner.keys
    }


def _owner(table: Table) -> Owner:
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


def _reaction(table: Table) -> Reaction:
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
