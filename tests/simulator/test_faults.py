"""Faults on Graph calls: what the client sees, and whether the call was carried out."""

import http.client
import json
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest

from tests.simulator.world import PracticeWorld, request, start_world

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
def test_any_code_can_be_answered_with_its_usual_text(practice: PracticeWorld, fault: dict[str, object]) -> None:
    practice.fault("POST me/take_thread_control", **fault)  # type: ignore[arg-type]  # the table mixes text and objects
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
        while practice.calls()[-1] != "GET me":
            threading.Event().wait(0.01)
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
