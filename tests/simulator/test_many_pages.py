"""What the practice world offers for many Pages: any number, limits of their own, a record that need not grow."""

import json
from typing import Any

import pytest

from tests.simulator.world import PracticeWorld, request


def pages_of(practice: PracticeWorld, limit: int = 100) -> list[dict[str, Any]]:
    fields = "id,name,access_token,tasks"
    return list(practice.graph("GET", "me/accounts", "user", fields=fields, limit=limit).json()["data"])


def usage(reply: Any, page_id: str) -> dict[str, Any]:
    (found,) = json.loads(reply.headers["x-business-use-case-usage"])[page_id]
    return dict(found)


def test_the_other_pages_are_set_up_like_ours_but_for_some(practice: PracticeWorld) -> None:
    practice.scenario("sixty-pages")
    found = {page["name"]: page for page in pages_of(practice)}

    def subscribed(number: int) -> Any:
        token = found[f"Lumen Coffee {number:02d}"]["access_token"]
        return practice.graph("GET", "me/subscribed_apps", token).json()

    assert len(subscribed(1)["data"][0]["subscribed_fields"]) == 5
    assert subscribed(4)["data"] == []
    assert len(subscribed(6)["data"][0]["subscribed_fields"]) == 4
    assert subscribed(5)["error"]["code"] == 190
    assert subscribed(5)["error"]["error_subcode"] == 460
    assert "access_token" not in found["Lumen Coffee 07"]


def test_a_scenario_may_be_started_with_another_number_of_pages(practice: PracticeWorld) -> None:
    practice.scenario_of("sixty-pages", other_pages=2)
    assert len(pages_of(practice)) == 3
    practice.scenario("sixty-pages")
    assert len(pages_of(practice)) == 60


@pytest.mark.parametrize(
    "wrong", [{"other_pages": 10_001}, {"other_pages": -1}, {"other_pages": "9"}, {"reply_delay_ms": True}]
)
def test_a_number_that_is_none_is_refused_and_changes_nothing(practice: PracticeWorld, wrong: dict[str, Any]) -> None:
    reply = request("POST", f"{practice.control_url}/scenario", json_body={"name": "sixty-pages", **wrong})
    assert reply.status == 400
    assert practice.world()["scenario"] == "happy-routing"


def test_the_record_keeps_the_newest_calls_and_goes_on_counting(practice: PracticeWorld) -> None:
    practice.keep_requests(3)
    for _call in range(5):
        practice.graph("GET", "app")
    practice.graph("GET", "me", "user")
    assert [each["number"] for each in practice.requests()] == [4, 5, 6]
    assert practice.counts() == {
        "total": 6,
        "calls": {"GET app": 5, "GET me": 1},
        "pages": {"GET app": {"5": 1}},  # a person's call is no Page's
    }
    practice.forget_requests()
    assert practice.counts() == {"total": 0, "calls": {}, "pages": {}}
    assert request("POST", f"{practice.control_url}/requests", json_body={"keep": -1}).status == 400


def test_each_page_has_a_limit_of_its_own(practice: PracticeWorld) -> None:
    practice.scenario_of("sixty-pages", other_pages=1)
    other = next(page for page in pages_of(practice) if page["id"] != practice.page_id)
    for _call in range(40):
        practice.graph("GET", "app")
    assert usage(practice.graph("GET", "app"), practice.page_id)["call_count"] == 2
    assert usage(practice.graph("GET", "app", other["access_token"]), other["id"])["call_count"] == 0


def test_a_fault_may_hit_one_page_alone(practice: PracticeWorld) -> None:
    practice.scenario_of("sixty-pages", other_pages=1)
    other = next(page for page in pages_of(practice) if page["id"] != practice.page_id)
    practice.fault("*", "throttled", times=None, page=other["id"], minutes=0.5)
    assert practice.graph("GET", "me").status == 200
    reply = practice.graph("GET", "me", other["access_token"])
    assert reply.error == (80006, None)
    assert usage(reply, other["id"])["estimated_time_to_regain_access"] == 0.5


def test_the_apps_limit_is_told_without_minutes_in_its_header(practice: PracticeWorld) -> None:
    practice.fault("GET me", "throttled", code=4, minutes=2)
    reply = practice.graph("GET", "me")
    assert reply.error == (4, None)
    assert json.loads(reply.headers["x-app-usage"])["call_count"] == 100
    assert reply.headers["retry-after"] == "120"


def test_a_limit_that_comes_near_is_told_beside_the_answer(practice: PracticeWorld) -> None:
    practice.fault("GET me", "usage", times=2, percent=83)
    reply = practice.graph("GET", "me")
    assert reply.json()["id"] == practice.page_id
    assert usage(reply, practice.page_id)["call_count"] == 83
    assert json.loads(practice.graph("GET", "me", "user").headers["x-app-usage"])["call_count"] == 83


@pytest.mark.parametrize("wrong", [{"page": 5}, {"minutes": -1}, {"minutes": "2"}, {"percent": 0}, {"percent": "9"}])
def test_a_fault_that_is_described_wrongly_is_refused(practice: PracticeWorld, wrong: dict[str, Any]) -> None:
    body = {"call": "GET me", "kind": "throttled", **wrong}
    reply = request("POST", f"{practice.control_url}/faults", json_body=body)
    assert reply.status == 400
    assert next(iter(wrong)) in reply.json()["error"]
