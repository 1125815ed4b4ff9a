"""The listener for the answer to one log-in: nobody but the answer itself gets anything from it, over real sockets."""

import contextlib
import http.client
import secrets
import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import pytest
from hypothesis import settings

from tests.conftest import USUAL_EXAMPLES
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.resource import resource
from wizard.web.listener import LogInListener

TOKEN = "EAAG" + "x9Zk" * 40
_GUESSES = 10_000 if settings().max_examples > USUAL_EXAMPLES else 1_000  # all in `make soak`
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def page(is_done: bool) -> str:
    return "done" if is_done else "not ours"


@pytest.fixture
def listener() -> Iterator[LogInListener]:
    with LogInListener(page) as made:
        yield made


def send(
    port: int, method: str = "POST", path: str = "/in", body: str = "", headers: Mapping[str, str] | None = None
) -> tuple[int, str, Mapping[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body.encode() or None, dict(FORM if headers is None else headers))
        reply = connection.getresponse()
        return reply.status, reply.read().decode(), {name.lower(): value for name, value in reply.getheaders()}
    finally:
        connection.close()


def answer(listener: LogInListener, **more: str) -> str:
    return urlencode(
        {"fragment": urlencode({"access_token": TOKEN, "state": listener.state.text, **more}), "query": ""}
    )


def test_the_answer_is_taken_once_and_the_token_stands_in_nothing_that_is_sent_back(listener: LogInListener) -> None:
    status, text, headers = send(listener.port, body=answer(listener), headers={**FORM, "Origin": "null"})
    assert (status, text) == (200, "done")
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert listener.wait(CancelToken(), 5) == {"access_token": TOKEN}
    status, text, headers = send(listener.port, body=answer(listener))
    assert (status, text) == (403, "not ours")
    assert TOKEN not in text + str(headers)


def test_an_error_in_the_query_is_an_answer_too(listener: LogInListener) -> None:
    body = urlencode({"fragment": "_=_", "query": f"error=access_denied&state={listener.state.text}"})
    assert send(listener.port, body=body)[0] == 200
    assert listener.wait(CancelToken(), 5) == {"error": "access_denied", "_": "_"}


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("POST", "/in", {**FORM, "Origin": "https://evil.example"}),
        ("POST", "/in", {**FORM, "Origin": "https://acme.example"}),
        ("POST", "/in", {**FORM, "Host": "evil.example"}),
        ("POST", "/in", {**FORM, "Host": "localhost"}),
        ("POST", "/in", {**FORM, "Sec-Fetch-Mode": "no-cors"}),
        ("POST", "/in", {**FORM, "Sec-Fetch-Mode": "cors"}),
        ("POST", "/in", {**FORM, "Sec-Fetch-Dest": "iframe"}),
        ("POST", "/in", {"Content-Type": "text/plain"}),
        ("POST", "/in", {"Content-Type": "application/json"}),
        ("POST", "/", FORM),
        ("POST", "/in/", FORM),
        ("POST", "/in?x=1", FORM),
        ("GET", "/", {}),
        ("GET", "/in", {}),
        ("PUT", "/in", FORM),
        ("OPTIONS", "/in", {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}),
    ],
)
def test_nobody_else_gets_anything_even_with_the_right_state(
    listener: LogInListener, method: str, path: str, headers: dict[str, str]
) -> None:
    status, text, back = send(listener.port, method, path, answer(listener) if method != "GET" else "", headers)
    assert status in (403, 404, 501)
    assert TOKEN not in text
    assert "access-control-allow-origin" not in back
    assert listener.wait(CancelToken(), 0.2) is None
    assert send(listener.port, body=answer(listener))[0] == 200, "the true answer still counts"


def test_guesses_get_nothing_however_many(listener: LogInListener) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", listener.port, timeout=10)
    for _guess in range(_GUESSES // 50):
        fields = [
            ("fragment", urlencode({"access_token": TOKEN, "state": _guessed(listener.port)})) for _one in range(50)
        ]
        for field in fields:
            connection.request("POST", "/in", urlencode([field]).encode(), FORM)
            reply = connection.getresponse()
            assert reply.status == 403
            reply.read()
    assert listener.wait(CancelToken(), 0.2) is None


def _guessed(port: int) -> str:
    return f"{secrets.token_urlsafe(32)}.{port}"


@pytest.mark.parametrize(
    "body",
    [
        "x" * 40_000,
        "&".join(f"a{number}=1" for number in range(200)),
        urlencode({"fragment": "&".join(f"a{number}=1" for number in range(200))}),
        urlencode({"fragment": "state=" + "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")}),
        "fragment=%",
        "",
    ],
)
def test_rubbish_ends_nothing(listener: LogInListener, body: str) -> None:
    with contextlib.suppress(http.client.HTTPException, ConnectionError):  # it may be cut off
        assert send(listener.port, body=body)[0] in (403, 413)
    assert send(listener.port, body=answer(listener))[0] == 200


@pytest.mark.parametrize(
    "request_line",
    [
        f"{TOKEN} / HTTP/1.1",
        f"<script>{TOKEN}",
        f"GET /?access_token={TOKEN} HTTP/9.9",
    ],
    ids=["method", "no request", "version"],
)
def test_what_is_no_request_is_quoted_nowhere(
    listener: LogInListener, request_line: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(("127.0.0.1", listener.port), timeout=10) as connection:
        connection.sendall(f"{request_line}\r\nHost: x\r\n\r\n".encode())
        connection.shutdown(socket.SHUT_WR)
        said = b"".join(iter(lambda: connection.recv(65_536), b"")).decode()
    assert "not ours" in said
    assert TOKEN[:20] not in said + "".join(capfd.readouterr())
    assert "default-src 'none'" in said or not said.startswith("HTTP/")
    assert send(listener.port, body=answer(listener))[0] == 200


def test_who_says_nothing_holds_nobody_up(listener: LogInListener) -> None:
    silent = [socket.create_connection(("127.0.0.1", listener.port)) for _each in range(20)]
    try:
        silent[0].sendall(b"POST /in HTTP/1.1\r\nContent-Length: 100\r\n")
        assert send(listener.port, body=answer(listener))[0] == 200
    finally:
        for each in silent:
            each.close()


def test_it_listens_on_this_machine_alone_and_is_gone_afterwards() -> None:
    with LogInListener(page) as made:
        port = made.port
        if sys.platform == "linux":  # where this machine has more such addresses
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.2", port), timeout=2)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def test_a_port_that_is_taken_is_an_error_and_two_log_ins_have_their_own() -> None:
    with LogInListener(page) as one, LogInListener(page) as other:
        assert one.port != other.port
        assert send(one.port, body=answer(other))[0] == 403
        with pytest.raises(OSError, match="in use"):
            LogInListener(page, port=one.port)


def test_to_stop_ends_the_wait(listener: LogInListener) -> None:
    cancel = CancelToken()
    threading.Timer(0.2, cancel.cancel).start()
    with pytest.raises(Cancelled):
        listener.wait(cancel, 60)


def test_an_app_in_development_mode_finds_the_page_that_sends_on_here() -> None:
    relay = resource("login/relay.html").read_text(encoding="utf-8")
    with LogInListener(page, relay) as made:
        at_home = {"Host": f"localhost:{made.port}"}
        assert send(made.port, "GET", "/?error=access_denied", headers=at_home)[1] == relay
        assert send(made.port, "GET", "/", headers={"Host": "evil.example"})[0] == 404
        assert send(made.port, body=answer(made), headers={**FORM, **at_home})[0] == 200


def test_the_page_that_sends_on_is_small_and_loads_nothing() -> None:
    relay = resource("login/relay.html").read_bytes()
    assert len(relay) < 2048
    for foreign in (b"src=", b"https://", b"@import", b"fetch(", b"XMLHttp", b"location.replace", b"cookie"):
        assert foreign not in relay
