"""Scenarios as data: all load, mistakes are told with their place, and what happens by itself happens."""

import re
from typing import Any

import pytest
from msgspec.structs import replace

from tests.simulator.world import PracticeWorld, request
from wizard.core.resource import ResourceError
from wizard.simulator.world.scenario_file import NoSuchScenario, load_scenario, read_scenario, scenario_names

PROMISED = [
    "happy-routing",
    "new-page",
    "happy-legacy",
    "no-default-app",
    "social-route-elsewhere",
    "other-app-answers",
    "inbox-takes-over",
    "ai-holds",
    "owner-hidden",
    "owner-call-100",
    "request-lies",
    "passes-back-at-once",
    "bot-takes-back",
    "staff-replies",
    "wrong-id-saved",
    "bot-never-hands-over",
    "answer-lost",
    "code-buried",
    "same-code-twice",
    "no-conversations",
    "no-message-access",
    "token-expired",
    "token-revoked",
    "user-token",
    "app-token",
    "token-of-live-chat",
    "token-of-third-app",
    "proof-required",
    "missing-permission",
    "development-mode",
    "app-not-subscribed",
    "fields-missing",
    "sixty-pages",
    "slow",
    "flaky",
    "throttled",
    "batch-refused",
    "garbage",
    "take-refused",
    "take-refused-when-held",
]


def test_every_scenario_that_was_promised_is_there() -> None:
    assert set(PROMISED) <= set(scenario_names())


@pytest.mark.parametrize("name", scenario_names())
def test_a_scenario_has_a_date_one_sentence_and_an_exit_code(name: str) -> None:
    scenario = load_scenario(name)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", scenario.date)
    assert scenario.title.endswith(".")
    assert scenario.exit_code in (0, 1, 3, 4)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"page": {"default_app": "flow"}}, "page.default_app"),
        ({"page": {"colour": "red"}}, "page.colour"),
        ({"base": "flow"}, "base: unknown 'flow'; known are: all-set"),
        ({"base": "all-set", "threads": 3}, "threads"),
        ({"exit_code": 7}, "exit_code"),
        ({"title": 3}, "title"),
        ({"owner": {"leaves_out": ["dance"]}}, "owner.leaves_out"),
        ({"owner": {"answers": {"meaning": "42"}}}, "owner.answers: Invalid enum value 'meaning'"),
        ({"fault": [{"call": "*", "kind": "html"}, {"call": "*", "kind": "odd"}]}, "fault[1]: kind"),
        ({"reaction": [{"when": "never", "do": "pass_back"}]}, "reaction[0].when"),
        ({"threads": {"tester": {"messages": [{"text": "Hi"}]}}}, "threads.tester.messages[0].minutes_ago"),
        ({"weather": {}}, "weather"),
        ({"graph": {"thread_owner": "secret"}}, "graph.thread_owner"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_place(data: dict[str, Any], place: str) -> None:
    whole = {"date": "2026-11-22", "title": "A test.", "exit_code": 0, **data}
    with pytest.raises(ResourceError, match=re.escape(f"scenarios/x.toml: {place}")):
        read_scenario("x", whole, "scenarios/x.toml")


def test_a_scenario_keeps_of_its_base_what_it_does_not_name() -> None:
    base, other = load_scenario("slow"), load_scenario("development-mode")
    assert other.threads.tester == base.threads.tester
    assert other.threads.customer == replace(base.threads.customer, has_role=False)
    assert other.verdicts == {**base.verdicts, "routing.current_owner": "unknown", "inbox.takes_control": "unknown"}
    assert load_scenario("no-default-app").page == replace(base.page, default_app=None)
    assert load_scenario("token-revoked").page == base.page, "a base has a base, too"


def test_an_unknown_scenario_lists_those_that_are(practice: PracticeWorld) -> None:
    with pytest.raises(NoSuchScenario, match="happy-routing"):
        load_scenario("../secrets")
    reply = request("POST", f"{practice.control_url}/scenario", json_body={"name": "nonsense"})
    assert reply.status == 400
    assert "happy-routing" in reply.json()["error"]
    assert practice.world()["scenario"] == "happy-routing"


def test_the_list_of_scenarios_tells_what_to_expect(practice: PracticeWorld) -> None:
    shown = {each["name"]: each for each in request("GET", f"{practice.control_url}/scenarios").json()}
    assert shown["take-refused-when-held"]["exit_code"] == 4
    assert shown["happy-routing"]["title"]


def test_a_change_of_scenario_resets_everything_and_keeps_every_name(practice: PracticeWorld) -> None:
    practice.clock(1000)
    practice.write("Hello")
    practice.fault("*", "html", times=None)
    practice.graph("GET", "me")
    before = practice.world()
    practice.scenario("happy-routing")
    after = practice.world()
    assert after["time"] < before["time"]
    assert len(after["threads"][practice.tester]["messages"]) == 2
    assert practice.requests() == []
    assert practice.graph("GET", "me").status == 200
    practice.scenario("token-expired")
    assert request("GET", f"{practice.control_url}/start").json() == practice.start


@pytest.mark.parametrize(
    ("scenario", "role"),
    [
        ("passes-back-at-once", "primary"),
        ("bot-takes-back", "primary"),
        ("staff-replies", "secondary"),
        ("inbox-takes-over", "page_inbox"),
        ("happy-routing", "secondary"),
    ],
)
def test_what_follows_a_pass_at_once(practice: PracticeWorld, scenario: str, role: str) -> None:
    practice.scenario(scenario).write("Hello")
    practice.control_of("pass", target_app_id=practice.app("secondary"))
    assert practice.owner_of() == practice.app(role)


def test_the_code_can_be_buried_or_written_twice(practice: PracticeWorld) -> None:
    practice.scenario("code-buried").write("Handover test 4821")
    conversation = practice.thread()["conversation"]
    readable = practice.graph("GET", f"{conversation}/messages", fields="message", limit=100).json()["data"]
    assert len(readable) == 20
    assert all("4821" not in message["message"] for message in readable)
    practice.scenario("same-code-twice").write("Handover test 4821")
    for psid in (practice.tester, practice.customer):
        assert "Handover test 4821" in [message["text"] for message in practice.thread(psid)["messages"]]


def test_social_route_and_assistant_answer_in_place_of_the_bot(practice: PracticeWorld) -> None:
    practice.scenario("social-route-elsewhere").write("Handover test 4821")
    assert practice.owner_of() == practice.app("third")
    assert practice.thread()["messages"][-1]["from"] == practice.app("third")
    practice.scenario("ai-holds").write("Handover test 4821")
    assert practice.thread()["messages"][-1]["from"] == practice.app("page_inbox")


def test_a_page_nobody_wrote_to_has_no_conversations(practice: PracticeWorld) -> None:
    practice.scenario("no-conversations")
    assert practice.graph("GET", "me/conversations").json() == {"data": []}
    assert practice.control_of("take").error == (100, 2018001)
    practice.write("Hello")
    assert len(practice.graph("GET", "me/conversations").json()["data"]) == 1


def test_a_request_without_effect_leaves_an_idle_conversation_idle(practice: PracticeWorld) -> None:
    assert practice.scenario("request-lies").control_of("request").json() == {"success": True}
    assert practice.owner_of() is None
    assert practice.scenario("new-page").control_of("request").json() == {"success": True}
    assert practice.owner_of() == practice.app("primary")


@pytest.mark.parametrize("body", [{}, {"advance_seconds": "soon"}, {"advance_seconds": -1}])
def test_the_clock_only_moves_ahead_and_only_by_numbers(practice: PracticeWorld, body: dict[str, object]) -> None:
    reply = request("POST", f"{practice.control_url}/clock", json_body=body)
    assert reply.status == 400
    assert "advance_seconds" in reply.json()["error"]
