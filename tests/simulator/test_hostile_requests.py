"""Whatever is sent to the practice world, it answers, goes on, and tells its secret addresses to nobody."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.simulator.world import PracticeWorld, request
from wizard.simulator.web import Practice
from wizard.simulator.world.clock import LAST, graph_time, http_date, spoken_time
from wizard.simulator.world.faults import FaultMistake, read_fault

ODD: list[Any] = [5, -1, 1e300, True, None, "", "x", "\ud800", "\0", "../x", [], [5], [[]], {}, {"a": 1}, {"code": "x"}]
DEEP = b"[" * 100_000
BODIES = [DEEP, b'{"a":' * 50_000, b"\xff\xfe", b"", b"null", b"5", b'{"name":"\\ud800"}', b'{"a":NaN}', b"9" * 5_000]
FIELDS = {
    "clock": ["advance_seconds"],
    "scenario": ["name", "other_pages", "reply_delay_ms", "thread_owner"],
    "faults": ["call", "kind", "times", "every", "code", "subcode", "message", "page", "minutes", "percent"],
    "owner": ["instruct", "ask"],
    "requests": ["keep"],
}


def is_well(world: PracticeWorld) -> bool:
    return request("GET", f"{world.control_url}/world").status == 200


@pytest.mark.parametrize("seconds", [1e12, 1e300, float("inf"), float("nan"), -1, 253_402_300_799, 10**400])
def test_the_clock_stays_within_the_calendar(practice: PracticeWorld, seconds: float) -> None:
    body = json.dumps({"advance_seconds": seconds}).encode()
    sent = request("POST", f"{practice.control_url}/clock", body=body, headers={"Content-Type": "application/json"})
    assert sent.status == 400
    assert is_well(practice)


def test_in_the_last_minute_of_the_calendar_everything_is_answered(practice: PracticeWorld) -> None:
    now = request("GET", f"{practice.control_url}/world").json()["time"]
    practice.clock(253_402_300_790 - now)
    assert is_well(practice)
    assert practice.graph("GET", "me/thread_owner", "page", recipient=practice.tester).status == 200


@pytest.mark.parametrize("told", [graph_time, spoken_time, http_date])
def test_past_the_end_of_the_calendar_its_last_moment_is_told(told: Callable[[float], str]) -> None:
    assert told(LAST + 5) == told(LAST)


@pytest.mark.parametrize("path", FIELDS)
def test_odd_values_are_refused_or_taken_but_break_nothing(practice: PracticeWorld, path: str) -> None:
    for name in FIELDS[path]:
        for odd in ODD:
            more = {"call": "GET me", "kind": "error"} if path == "faults" and name not in ("call", "kind") else {}
            sent = request("POST", f"{practice.control_url}/{path}", json_body={**more, name: odd})
            assert sent.status < 500, (name, odd)
            assert practice.graph("GET", "me", "page").status < 500 or path == "faults"
            practice.forget_faults()
    practice.scenario("happy-routing")
    assert is_well(practice)


@pytest.mark.parametrize("body", BODIES, ids=[str(body[:9]) for body in BODIES])
@pytest.mark.parametrize("site", ["control_url", "graph_url", "platform_api_url"])
def test_odd_bodies_break_nothing(practice: PracticeWorld, site: str, body: bytes) -> None:
    for path in ("", "/", "/clock", "/faults", "/scenario", "/owner", "/settings", "/v26.0/me/take_thread_control"):
        for kind in ("application/json", "application/x-www-form-urlencoded"):
            sent = request("POST", practice.start[site] + path, body=body, headers={"Content-Type": kind})
            assert sent.status < 500, path
    assert is_well(practice)


def test_fields_in_one_another_without_end_are_refused_as_facebook_does(practice: PracticeWorld) -> None:
    fields = "a{" * 3_000
    batch = json.dumps([{"method": "GET", "relative_url": f"me?fields={fields}"}])
    for told in (practice.graph("GET", "me", fields=fields), practice.graph("GET", "me/conversations", fields=fields)):
        assert told.error == (2500, None)
    assert practice.graph("POST", "", batch=batch).json()[0]["code"] == 400
    assert is_well(practice)


@pytest.mark.parametrize("call", ["", "*me", "me/messages", "SEND me/messages", "POST/me"])
def test_a_fault_on_what_is_no_call_is_refused(call: str) -> None:
    with pytest.raises(FaultMistake, match="call: a text like"):
        read_fault({"call": call, "error": "unknown"}, {})


@pytest.mark.parametrize("name", ["message", "page"])
def test_half_a_character_goes_into_no_answer_and_no_record(practice: PracticeWorld, name: str) -> None:
    fault = {"call": "GET me", "kind": "error", "code": 10, "times": None, name: "x\ud800"}
    sent = request("POST", f"{practice.control_url}/faults", json_body=fault)
    assert sent.status == 400
    assert practice.graph("GET", "me", "page").status == 200
    said = {"instruct": {"step": "send_code", "text": "\ud800", "link": "http://x/\ud800", "copied": "\ud800"}}
    assert request("POST", f"{practice.control_url}/owner", json_body=said).status < 500
    assert is_well(practice)


@pytest.mark.parametrize("odd", [5, True, {}, [], [5], [[]], ["reset", 5], "unknown", None, 1.5])
def test_a_kind_that_is_none_is_named(odd: object) -> None:
    with pytest.raises(FaultMistake):
        read_fault({"call": "GET me", "kind": odd}, {})


@pytest.mark.parametrize("name", ["code", "subcode", "message", "page", "minutes", "percent", "times", "every"])
def test_a_value_of_another_kind_is_named(name: str) -> None:
    with pytest.raises(FaultMistake):
        read_fault({"call": "GET me", "kind": "error", "code": 10, name: [1]}, {})


def test_a_mistake_of_ours_is_reported_without_the_address(caplog: pytest.LogCaptureFixture) -> None:
    application = Practice("practice")

    @application.get("/secret-graph/me")
    def fail() -> str:
        raise ZeroDivisionError

    assert application.test_client().get("/secret-graph/me").status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert "secret-graph/" not in caplog.text


@pytest.mark.parametrize("as_form", [False, True], ids=["body", "form"])
def test_half_a_character_of_a_bot_spoils_no_page(practice: PracticeWorld, as_form: bool) -> None:
    half = "a\ud800"
    button = {"type": "postback", "title": half, "payload": half}
    template = {"type": "template", "payload": {"template_type": "button", "text": half, "buttons": [button]}}
    sent: list[tuple[str, dict[str, Any]]] = [
        ("messages", {"recipient": {"id": practice.tester}, "message": {"text": half, "metadata": half}}),
        ("messages", {"recipient": {"id": practice.tester}, "message": {"attachment": template}}),
        ("messenger_profile", {"get_started": {"payload": half}}),
    ]
    for path, parameters in sent:
        url, token = f"{practice.graph_url}/me/{path}", {"Authorization": f"Bearer {practice.token()}"}
        if as_form:
            form = {key: json.dumps(value) for key, value in parameters.items()}
            reply = request("POST", url, form=form, headers=token)
        else:
            reply = request("POST", url, json_body=parameters, headers=token)
        assert reply.status == 200, reply.text
    pages = (f"{practice.start['messenger_url']}/{practice.page_id}", f"{practice.start['livechat_url']}/")
    for url in (*pages, f"{practice.control_url}/world", f"{practice.control_url}/requests"):
        assert request("GET", url).status == 200
    assert practice.thread()["messages"][-2]["text"] == "a?"


@pytest.mark.parametrize(
    "odd", [None, 5, "x", [5, "x", None, [5]], {"a": 1}, [{"title": 5, "buttons": [5, {"type": "postback"}]}]]
)
def test_a_template_of_a_kind_that_is_not_checked_spoils_no_page(practice: PracticeWorld, odd: Any) -> None:
    payload = {"template_type": "receipt", "text": odd, "elements": odd, "buttons": odd}
    message = {"attachment": {"type": "template", "payload": payload}}
    sent = practice.graph("POST", "me/messages", recipient={"id": practice.tester}, message=message)
    assert sent.status == 200
    assert request("GET", f"{practice.start['messenger_url']}/{practice.page_id}").status == 200
    assert practice.graph("GET", "me/conversations", fields="snippet").status == 200
