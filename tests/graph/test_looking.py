"""Several conversations and app names cost one round trip, and trouble with one of them is its own."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.graph.conftest import ClientFor, canned
from tests.simulator.world import PracticeWorld
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind
from wizard.core.facts import Control, Facts
from wizard.core.fetch import fetch_facts


def trips(world: PracticeWorld) -> int:
    return sum(1 for request in world.requests() if not request["batch"])


def test_owners_their_names_and_asked_names_come_in_one_batch(world: PracticeWorld, client_for: ClientFor) -> None:
    world.scenario("social-route-elsewhere")
    found = client_for("page").read_owners([world.tester, world.customer], [world.app("secondary"), "999999999999999"])
    assert [reading.control for reading in found.owners] == [Control.NOTHING, Control.APP]
    assert [reading.psid for reading in found.owners] == [world.tester, world.customer]
    assert dict(found.app_names) == {
        world.app("third"): "Order Robot",
        world.app("secondary"): "Support Desk",
        "999999999999999": "",
    }
    assert trips(world) == 1


def test_a_refused_batch_is_made_up_for_by_plain_calls(world: PracticeWorld, client_for: ClientFor) -> None:
    world.fault("POST /", {"code": 10}, times=None)
    found = client_for("page").read_owners([world.tester, world.customer], [world.app("secondary")])
    assert [reading.app_id for reading in found.owners] == [world.app("primary")] * 2
    assert dict(found.app_names)[world.app("secondary")] == "Support Desk"


@pytest.mark.parametrize("kind", ["http_500", "reset", "batch_null"])
def test_what_fails_for_the_moment_is_asked_again_and_the_rest_is_not(
    world: PracticeWorld, client_for: ClientFor, kind: str
) -> None:
    world.fault("GET me/thread_owner", kind, times=1)
    found = client_for("page").read_owners([world.tester, world.customer])
    assert [reading.control for reading in found.owners] == [Control.APP, Control.APP]
    assert dict(found.app_names) == {world.app("primary"): "Flow bot"}
    assert world.calls().count("GET me/thread_owner") == 3
    assert trips(world) == 2


def test_a_name_that_fails_for_the_moment_is_asked_by_its_app_id(world: PracticeWorld, client_for: ClientFor) -> None:
    world.fault("GET {app}", "http_500", times=1)
    found = client_for("page").read_owners([world.tester])
    assert dict(found.app_names) == {world.app("primary"): "Flow bot"}
    assert world.calls().count("GET me/thread_owner") == 1


def test_a_conversation_that_is_refused_keeps_its_failure_and_costs_the_others_nothing(
    world: PracticeWorld, client_for: ClientFor
) -> None:
    found = client_for("page").read_owners(["1234567890123456", world.customer])
    assert [reading.control for reading in found.owners] == [Control.UNREADABLE, Control.APP]
    assert found.owners[0].failure is not None
    assert found.owners[0].failure.kind is ErrorKind.PERSON_UNKNOWN


def test_lasting_trouble_ends_after_three_rounds(world: PracticeWorld, client_for: ClientFor) -> None:
    world.fault("GET me/thread_owner", "http_500", times=None)
    found = client_for("page").read_owners([world.tester])
    assert [reading.control for reading in found.owners] == [Control.UNREADABLE]
    assert trips(world) == 3


def test_a_token_that_stopped_working_is_told_by_each_reading_and_not_asked_twice(
    world: PracticeWorld, client_for: ClientFor
) -> None:
    found = client_for("expired").read_owners([world.tester])
    assert found.owners[0].failure is not None
    assert found.owners[0].failure.kind is ErrorKind.TOKEN_EXPIRED
    assert trips(world) == 1


def test_a_batch_refers_to_owners_in_the_way_facebook_documents() -> None:
    sent: list[Any] = []

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        sent.extend(json.loads(parameters["batch"]))
        owner = {"data": [{"thread_owner": {"app_id": 3000000003}}]}
        items = [owner, {"id": "3000000003", "name": "Desk"}]
        return 200, [{"code": 200, "body": json.dumps(item)} for item in items]

    with canned(answer) as (client, _rude):
        found = client.read_owners(["7194"])
    assert (found.owners[0].app_id, dict(found.app_names)) == ("3000000003", {"3000000003": "Desk"})
    asked, named, _bonus = sent
    assert asked["name"] in named["relative_url"]
    assert named["relative_url"].startswith("{result=")
    assert asked["omit_response_on_success"] is False


@pytest.mark.parametrize("people", [1, 20, 21, 45])
def test_more_conversations_than_a_batch_holds_are_asked_in_several(people: int) -> None:
    sizes: list[int] = []

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        operations = json.loads(parameters["batch"])
        sizes.append(len(operations))
        owner, app = {"data": [{"thread_owner": {"app_id": "3000000003"}}]}, {"id": "3000000003", "name": "Desk"}
        bodies = [owner if "thread_owner" in one["relative_url"] else app for one in operations]
        return 200, [{"code": 200, "body": json.dumps(body)} for body in bodies]

    with canned(answer) as (client, _rude):
        found = client.read_owners([str(7000 + number) for number in range(people)], ["3000000003"])
    assert [reading.app_id for reading in found.owners] == ["3000000003"] * people
    assert max(sizes) <= 50
    assert len(sizes) == -(-people // 20)


def test_of_several_batches_a_late_trouble_leaves_what_was_seen_and_says_what_was_not() -> None:
    sent: list[int] = []

    def answer(method: str, path: str, parameters: Mapping[str, str]) -> tuple[int, Any]:
        sent.append(1)
        if len(sent) > 1:
            return 400, {"error": {"code": 80006, "message": "(#80006) Too many calls."}}
        return 200, [{"code": 200, "body": '{"data": []}'} for _ in json.loads(parameters["batch"])]

    with canned(answer) as (client, _rude):
        found = client.read_owners([str(7000 + number) for number in range(25)])
    assert [reading.control for reading in found.owners] == [Control.NOTHING] * 20 + [Control.UNREADABLE] * 5
    assert {reading.failure.kind for reading in found.owners if reading.failure} == {ErrorKind.THROTTLED}
    assert len(sent) == 2


@pytest.mark.parametrize(("told", "seen"), [("", ""), ("not_configured", "not_configured"), ("active", "active")])
def test_what_facebook_says_of_its_own_ai_is_a_bonus(
    world: PracticeWorld, client_for: ClientFor, told: str, seen: str
) -> None:
    world.scenario_of("happy-routing", graph={"business_ai": told})
    found = client_for("page").read_owners([world.tester])
    assert found.business_ai == seen
    assert [reading.control for reading in found.owners] == [Control.APP]
    assert trips(world) == 1


# Gathering


def facts(world: PracticeWorld, client_for: ClientFor, look: bool, *app_ids: str) -> Facts:
    world.forget_requests()
    return fetch_facts(client_for("page"), CancelToken(), look, app_ids)


def test_a_look_costs_two_round_trips_beside_the_tokens(world: PracticeWorld, client_for: ClientFor) -> None:
    seen = facts(world, client_for, True, world.app("secondary"))
    assert trips(world) == 3
    assert len(seen.owners) == 2
    assert dict(seen.app_names)[world.app("secondary")] == "Support Desk"


def test_without_consent_no_conversation_is_touched(world: PracticeWorld, client_for: ClientFor) -> None:
    seen = facts(world, client_for, False, world.app("secondary"))
    assert (seen.conversations, seen.owners) == (None, ())
    assert not [call for call in world.calls() if "conversation" in call or "thread_owner" in call]
    assert trips(world) == 2


def test_a_look_reads_no_text_and_keeps_no_name(world: PracticeWorld, client_for: ClientFor) -> None:
    seen = facts(world, client_for, True)
    assert seen.conversations is not None
    assert {one.person_name for one in seen.conversations.value or ()} == {""}
    asked = [request["parameters"] for request in world.requests() if request["call"] == "GET me/conversations"]
    assert not [one for one in asked if "message" in one["fields"] or "snippet" in one["fields"]]


def test_a_token_that_does_not_work_is_asked_once_and_is_a_reading(world: PracticeWorld, client_for: ClientFor) -> None:
    world.forget_requests()
    seen = fetch_facts(client_for("expired"), CancelToken(), True, ["914602738451926"])
    assert seen.token is not None
    assert seen.token.identity.failure is not None
    assert seen.token.identity.failure.kind is ErrorKind.TOKEN_EXPIRED
    assert trips(world) == 1


def test_a_list_that_fails_leaves_the_names_of_apps(world: PracticeWorld, client_for: ClientFor) -> None:
    world.scenario("missing-permission")
    seen = facts(world, client_for, True, world.app("secondary"))
    assert seen.conversations is not None
    assert seen.conversations.failure is not None
    assert seen.conversations.failure.kind is ErrorKind.PERMISSION_MISSING
    assert dict(seen.app_names) == {world.app("secondary"): "Support Desk"}


def test_a_limit_that_the_token_met_is_not_called_through(world: PracticeWorld, client_for: ClientFor) -> None:
    world.forget_requests()
    world.fault("GET me/subscribed_apps", {"code": 32}, times=None)
    seen = fetch_facts(client_for("page"), CancelToken(), True, [world.app("secondary")])
    assert (seen.conversations, seen.owners) == (None, ())
    assert trips(world) == 1
