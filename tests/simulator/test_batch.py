"""Batch requests: up to 50 operations, a token each, errors inside, null where an answer is missing."""

import json
from typing import Any
from urllib.parse import urlencode

from tests.simulator.world import HttpReply, PracticeWorld, request


def send(practice: PracticeWorld, operations: list[dict[str, Any]], token: str = "page", **more: str) -> HttpReply:
    form = {"batch": json.dumps(operations), "access_token": practice.start["tokens"].get(token, token), **more}
    return request("POST", f"{practice.graph_url}/v26.0/", form=form)


def bodies(reply: HttpReply) -> list[Any]:
    """Return the answers in order, their bodies read."""
    return [None if each is None else json.loads(each["body"]) for each in reply.json()]


def test_each_operation_may_bring_its_own_token(practice: PracticeWorld) -> None:
    own = urlencode({"access_token": practice.token("secondary_page")})
    control = urlencode(
        {"recipient": json.dumps({"id": practice.tester}), "access_token": practice.token("third_app_page")}
    )
    reply = send(
        practice,
        [
            {"method": "GET", "relative_url": "app"},
            {"method": "GET", "relative_url": f"v25.0/app?{own}"},
            {"method": "POST", "relative_url": "me/release_thread_control", "body": control},
        ],
    )
    first, second, third = bodies(reply)
    assert (first["id"], second["id"]) == (practice.app("primary"), practice.app("secondary"))
    assert third["error"]["code"] == 100
    assert [each["code"] for each in reply.json()] == [200, 200, 400]
    assert {"name": "facebook-api-version", "value": "v25.0"} in reply.json()[1]["headers"]


def test_the_record_counts_the_request_and_marks_its_operations(practice: PracticeWorld) -> None:
    practice.forget_requests()
    own = urlencode({"access_token": practice.token("secondary_page")})
    send(practice, [{"method": "GET", "relative_url": "me"}, {"method": "GET", "relative_url": f"app?{own}"}])
    outer, first, second = practice.requests()
    assert (outer["batch"], outer["path"], outer["token_in"]) == (False, "/v26.0", "body")
    assert outer["parameters"] == {"operations": 2}
    assert (first["batch"], first["call"], first["token_in"]) == (True, "GET me", "body")
    assert (second["batch"], second["app"], second["token_in"]) == (True, practice.app("secondary"), "query")
    assert "EAA" not in str([outer, first, second])


def test_headers_are_left_out_on_request(practice: PracticeWorld) -> None:
    (only,) = send(practice, [{"method": "GET", "relative_url": "me"}], include_headers="false").json()
    assert set(only) == {"code", "body"}


def test_a_result_feeds_a_later_operation_and_is_then_left_out(practice: PracticeWorld) -> None:
    reply = send(
        practice,
        [
            {"method": "GET", "name": "talks", "relative_url": "me/conversations?limit=1"},
            {"method": "GET", "relative_url": "{result=talks:$.data.*.id}/messages?limit=1&fields=message"},
            {"method": "GET", "relative_url": "{result=talks:$.data[0].id}?fields=id"},
            {"method": "GET", "relative_url": "{result=nothing:$.data}/messages"},
            {"method": "GET", "depends_on": "nothing", "relative_url": "me"},
        ],
    )
    first, second, third, fourth, fifth = bodies(reply)
    assert first is None
    assert second["data"][0]["message"] == "Yes, we have oat and soy milk."
    assert third["id"] == practice.thread(practice.customer)["conversation"]
    assert fourth is None
    assert fifth is None


def test_more_than_fifty_operations_are_one_error(practice: PracticeWorld) -> None:
    reply = send(practice, [{"method": "GET", "relative_url": "me"}] * 51)
    error = reply.json()["error"]
    assert error["type"] == "GraphBatchException"
    assert "Maximum batch size is 50" in error["message"]
    assert len(send(practice, [{"method": "GET", "relative_url": "me"}] * 50).json()) == 50


def test_a_bad_token_for_the_whole_is_a_plain_error(practice: PracticeWorld) -> None:
    assert send(practice, [{"method": "GET", "relative_url": "me"}], "EAAnotatoken").error == (190, None)
    assert request("POST", f"{practice.graph_url}/", form={"batch": "[no json"}).error == (100, None)


def test_faults_hit_single_operations(practice: PracticeWorld) -> None:
    practice.fault("GET me", "batch_null")
    practice.fault("GET app", "http_500")
    practice.fault("GET me/permissions", {"code": 2, "subcode": 77})
    names = ("me", "app", "me/permissions", "me")
    first, second, third, fourth = send(practice, [{"method": "GET", "relative_url": name} for name in names]).json()
    assert first is None
    assert second["code"] == 500
    assert "<html" in second["body"]
    assert json.loads(third["body"])["error"]["error_subcode"] == 77
    assert fourth["code"] == 200


def test_a_null_write_may_have_happened(practice: PracticeWorld) -> None:
    practice.fault("POST me/release_thread_control", "answer_lost")
    body = urlencode({"recipient": json.dumps({"id": practice.tester})})
    operation = {"method": "POST", "relative_url": "me/release_thread_control", "body": body}
    assert send(practice, [operation]).json() == [None]
    assert practice.owner_of() is None


def test_batches_can_be_refused_while_plain_calls_work(practice: PracticeWorld) -> None:
    practice.scenario("batch-refused")
    assert send(practice, [{"method": "GET", "relative_url": "me"}]).error == (10, None)
    assert practice.graph("GET", "me").status == 200
