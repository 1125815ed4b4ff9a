"""Faults on Graph calls: what the client sees, and whether the call was carried out."""

import gzip
import http.client
import json
import re
import socket
import threading
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.simulator.world import PracticeWorld, request, start_world
from tests.waiting import wait_until

BROKEN = (ConnectionResetError, http.client.RemoteDisconnected, http.client.IncompleteRead)


def test_a_refusal_is_10_without_subcode_and_does_nothing(practice: PracticeWorld) -> None:
    practice.fault("POST me/release_thread_control", "refuse")
    assert practice.control_of("release").error == (10, None)
    assert practice.owner_of() == practice.app("primary")
    assert practice.control_of("release").status == 200


@pytest.mark.parametrize(("kind", "carried_out"), [("reset", False), ("answer_lost", True)])
def test_a_broken_connection_hides_whether_the_call_was_carried_out(
    practice: PracticeWorld, kind: str, carried_out: bool
) -> None:
    practice.fault(f"POST {practice.page_id}/release_thread_control", kind)
    with pytest.raises(BROKEN):
        practice.control_of("release")
    assert (practice.owner_of() is None) is carried_out
    assert practice.requests()[-1]["status"] == "reset"


@pytest.mark.parametrize("site", ["graph", "platform_api"])
def test_a_connection_is_dropped_though_the_body_comes_after_the_head(practice: PracticeWorld, site: str) -> None:
    """As most clients send it. A server that waits for more of it keeps the client waiting, too."""
    call, address = {
        "graph": ("POST me/release_thread_control", f"{practice.start['graph_url']}/me/release_thread_control"),
        "platform_api": ("POST platform/settings", f"{practice.start['platform_api_url']}/settings"),
    }[site]
    practice.fault(call, "reset", times=None)
    url, body = urlsplit(address), b"access_token=" + practice.token().encode()
    for _again in range(10):  # it was a matter of which comes first
        with socket.create_connection((str(url.hostname), int(url.port or 0)), timeout=5) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.sendall(
                f"POST {url.path} HTTP/1.1\r\nHost: {url.netloc}\r\nContent-Length: {len(body)}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode()
            )
            connection.sendall(body)
            with pytest.raises(ConnectionResetError):
                connection.recv(1)


@pytest.mark.parametrize(
    ("kind", "status", "start"),
    [("http_500", 500, "<!DOCTYPE html>"), ("html", 200, "<!DOCTYPE html>"), ("truncated", 200, '{"suc')],
)
def test_an_answer_that_is_no_json(practice: PracticeWorld, kind: str, status: int, start: str) -> None:
    practice.fault("POST me/release_thread_control", kind)
    reply = practice.control_of("release")
    assert reply.status == status
    assert reply.text.startswith(start)
    with pytest.raises(json.JSONDecodeError):
        reply.json()
    assert (practice.owner_of() is None) is (kind == "truncated")


def test_a_throttled_call_says_when_to_come_back(practice: PracticeWorld) -> None:
    practice.fault("GET me", "throttled")
    reply = practice.graph("GET", "me")
    assert reply.error == (80006, None)
    (usage,) = json.loads(reply.headers["x-business-use-case-usage"])[practice.page_id]
    assert (usage["type"], usage["estimated_time_to_regain_access"]) == ("messenger", 12)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": {"code": 100, "subcode": 2018001}},
        {"kind": "error", "code": 100, "subcode": 2018001},
    ],
)
def test_any_code_can_be_answered_with_its_usual_text(practice: PracticeWorld, fault: dict[str, Any]) -> None:
    practice.fault("POST me/take_thread_control", **fault)
    reply = practice.control_of("take")
    assert reply.error == (100, 2018001)
    assert reply.json()["error"]["message"] == "(#100) No matching user found"


def test_faults_match_pages_conversations_persons_and_everything(practice: PracticeWorld) -> None:
    conversation = practice.thread()["conversation"]
    for pattern, path in (
        ("GET /v26.0/me/conversations", f"{practice.page_id}/conversations"),
        ("GET {conversation}/messages", f"{conversation}/messages"),
        (f"GET {conversation}", conversation),
        ("GET {psid}", practice.tester),
        ("GET {app}", practice.app("third")),
        ("GET *", "me"),
        ("*", "app"),
    ):
        practice.fault(pattern, {"code": 1})
        assert practice.graph("GET", path).error == (1, None), pattern
        assert practice.graph("GET", path).status == 200, pattern


def test_a_fault_lasts_as_often_as_it_says_and_on_each_nth_call(practice: PracticeWorld) -> None:
    practice.fault("GET me", {"code": 2}, times=2)
    assert [practice.graph("GET", "me").status for _ in range(3)] == [500, 500, 200]
    practice.fault("GET app", ["http_500", "refuse"], times=None, every=2)
    assert [practice.graph("GET", "app").status for _ in range(6)] == [200, 500, 200, 400, 200, 500]


@pytest.mark.parametrize(
    "wrong",
    [
        {"call": "GET me", "kind": "nonsense"},
        {"kind": "reset"},
        {"call": "GET me", "kind": {"subcode": 3}},
        {"call": "GET me", "kind": "reset", "times": 0},
        {"call": "GET me", "kind": "reset", "colour": "red"},
        {"call": "GET me", "kind": "reset", "done": "yes"},
        {"call": "GET me", "kind": "answer", "answer": {"status": 99}},
        {"call": "GET me", "kind": "answer", "answer": {"headers": {"X": "two\nlines"}}},
        {"call": "GET me", "kind": "answer", "answer": {"encoding": "klingon"}},
        {"call": "GET me", "kind": "changed", "change": {"members": "id"}},
    ],
)
def test_a_fault_described_wrongly_is_refused_with_a_sentence(
    practice: PracticeWorld, wrong: dict[str, object]
) -> None:
    reply = request("POST", f"{practice.control_url}/faults", json_body=wrong)
    assert reply.status == 400
    assert reply.json()["error"]
    assert practice.graph("GET", "me").status == 200


def test_a_dripping_answer_comes_byte_by_byte(practice: PracticeWorld) -> None:
    practice.fault("GET app", "drip")
    parts = urlsplit(practice.graph_url)
    lines = f"GET {parts.path}/app HTTP/1.0\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {practice.token()}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", parts.port or 0), timeout=10) as connection:
        connection.sendall(lines.encode())
        received = b""
        while b"\r\n\r\n" not in received:
            received += connection.recv(4096)
        body = received.partition(b"\r\n\r\n")[2] or connection.recv(4096)
    assert len(body) <= 2


def test_a_held_call_is_not_carried_out_and_ends_with_the_world() -> None:
    with start_world() as practice:
        practice.fault("POST me/release_thread_control", "timeout")
        with pytest.raises(TimeoutError):
            request(
                "POST",
                f"{practice.graph_url}/me/release_thread_control",
                json_body={"recipient": {"id": practice.tester}, "access_token": practice.token()},
                timeout=0.3,
            )
        assert practice.owner_of() == practice.app("primary")
        practice.fault("GET me", "timeout")
        ended: list[BaseException] = []

        def wait_for_an_answer() -> None:
            try:
                request("GET", f"{practice.graph_url}/me", timeout=30)
            except OSError as error:
                ended.append(error)

        waiting = threading.Thread(target=wait_for_an_answer)
        waiting.start()
        wait_until(lambda: practice.calls()[-1] == "GET me", "the call that hangs")
        begun = time.monotonic()
        practice.stop()
        waiting.join(10)
        assert isinstance(ended[0], BROKEN)
        assert time.monotonic() - begun < 5
        assert practice.process.returncode == 0


def test_the_flaky_scenario_fails_each_third_reading_call(practice: PracticeWorld) -> None:
    practice.scenario("flaky")
    seen: list[object] = []
    for _ in range(6):
        try:
            seen.append(practice.graph("GET", "me").status)
        except BROKEN:
            seen.append("reset")
    assert seen == [200, 200, 500, 200, 200, "reset"]


def test_the_slow_scenario_holds_each_answer_back(practice: PracticeWorld) -> None:
    practice.scenario("slow")
    begun = time.monotonic()
    assert practice.graph("GET", "me").status == 200
    assert time.monotonic() - begun >= 0.8


def test_a_call_can_be_carried_out_and_answered_with_a_refusal(practice: PracticeWorld) -> None:
    practice.fault("POST me/release_thread_control", {"code": 100, "subcode": 33}, done=True)
    assert practice.control_of("release").error == (100, 33)
    assert practice.owner_of() is None


@pytest.mark.parametrize("done", [False, True])
def test_any_answer_can_be_given_whether_or_not_the_call_is_carried_out(practice: PracticeWorld, done: bool) -> None:
    answer = {"status": 401, "body": "[", "repeat": 3, "headers": {"Retry-After": "soon", "Date": "yesterday"}}
    practice.fault("POST me/release_thread_control", "answer", answer=answer, done=done)
    reply = practice.control_of("release")
    assert (reply.status, reply.text, reply.headers["retry-after"]) == (401, "[[[", "soon")
    assert reply.headers["date"] == "yesterday"
    assert (practice.owner_of() is None) is done


def test_the_true_answer_can_come_with_other_headers_and_letters(practice: PracticeWorld) -> None:
    answer = {"headers": {"X-App-Usage": "[" * 8000}, "encoding": "utf-16", "content_type": "text/plain"}
    practice.fault("GET me", "answer", answer=answer)
    parts = urlsplit(f"{practice.graph_url}/me?access_token={practice.token()}")
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}")
    reply = connection.getresponse()
    assert json.loads(reply.read().decode("utf-16"))["id"] == practice.page_id
    assert (reply.headers["X-App-Usage"], reply.headers["Content-Type"]) == ("[" * 8000, "text/plain")
    connection.close()


def test_a_small_answer_can_unpack_to_a_huge_one(practice: PracticeWorld) -> None:
    practice.fault("GET me", "answer", answer={"body": " ", "repeat": 10_000_000, "gzip": True})
    parts = urlsplit(practice.graph_url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}/me")
    reply = connection.getresponse()
    sent = reply.read()
    assert (reply.headers["Content-Encoding"], len(sent) < 100_000) == ("gzip", True)
    assert gzip.decompress(sent) == b" " * 10_000_000
    connection.close()


def test_an_answer_can_end_before_its_length(practice: PracticeWorld) -> None:
    practice.fault("GET me", "answer", answer={"body": '{"id":"1"}', "cut": 4})
    with pytest.raises(http.client.IncompleteRead) as cut:
        practice.graph("GET", "me")
    assert cut.value.partial == b'{"id'


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"member": "thread_owner"}, '{"data":[{}]}'),
        ({"member": "thread_owner", "value": None}, '{"data":[{"thread_owner":null}]}'),
        ({"member": "app_id", "value": [1e308]}, '{"data":[{"thread_owner":{"app_id":[1e+308],"expiration":0}}]}'),
        ({"member": "*", "value": "x"}, '{"data":[{"thread_owner":{"app_id":"x","expiration":"x"}}]}'),
        (
            {"member": "app_id", "value": "7", "twice": True},
            '{"data":[{"thread_owner":{"app_id":"7","app_id":"OWN","expiration":0}}]}',
        ),
    ],
)
def test_members_of_the_true_answer_can_be_missing_or_odd(
    practice: PracticeWorld, change: dict[str, object], text: str
) -> None:
    practice.fault("GET me/thread_owner", "changed", change=change)
    told = practice.graph("GET", "me/thread_owner", recipient=practice.tester).text
    told = told.replace(practice.app("primary"), "OWN")
    assert re.sub(r'("expiration":)\d+', r"\g<1>0", told) == text


@pytest.mark.parametrize("change", [{}, {"member": "data", "value": []}])
def test_a_list_can_go_on_without_an_end(practice: PracticeWorld, change: dict[str, object]) -> None:
    practice.fault("GET me/conversations", "endless", None, change=change or {"member": "no such member"})
    cursors = [""]
    for _again in range(3):
        body = practice.graph("GET", "me/conversations", after=cursors[-1]).json()
        cursors.append(body["paging"]["cursors"]["after"])
        assert (body["data"] == []) is bool(change)
    assert len(set(cursors)) == 4


def test_the_first_calls_can_be_let_through(practice: PracticeWorld) -> None:
    practice.fault("GET me", {"code": 2}, times=1, after=2)
    assert [practice.graph("GET", "me").status for _ in range(4)] == [200, 200, 500, 200]


def test_the_settings_api_has_the_same_faults(practice: PracticeWorld) -> None:
    address = f"{practice.start['platform_api_url']}/settings"
    key = {"Authorization": f"Bearer {practice.start['platform_api_key']}"}
    sent = {"secondary_receiver": practice.app("secondary")}
    practice.fault("POST platform/settings", {"code": 500}, done=True)
    assert request("POST", address, json_body=sent, headers=key).status == 500
    practice.fault("GET platform/settings", "changed", change={"member": "secondary_receiver", "value": 7})
    read = [request("GET", address, headers=key).json()["integrations"]["messenger"] for _again in range(2)]
    assert [found["secondary_receiver"] for found in read] == [7, practice.app("secondary")]
