"""Starting, joining and looking after practice worlds, whatever else listens on this machine."""

import json
import socket
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from wizard.actions import practice
from wizard.actions.practice import NoPracticeWorld, PracticePerson, is_alive, join_practice, start_practice
from wizard.core import limits


@contextmanager
def listener(answer: bytes) -> Iterator[str]:
    """Something on this machine that is no practice world. answer: all it ever says. Yields its address."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(4096)
            self.request.sendall(answer)

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/secret"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def changing_listener() -> Iterator[tuple[str, list[bytes]]]:
    """As `listener`, with an answer for each request: the oldest that is left in the list."""
    answers: list[bytes] = []

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(4096)
            self.request.sendall(answers.pop(0))

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/secret", answers
        finally:
            server.shutdown()
            thread.join()


SSH = b"SSH-2.0-OpenSSH_9.6\r\n"
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
FAILS = b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"
OTHER_JSON = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
OTHER_LIST = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"


@pytest.mark.parametrize(
    ("answer", "alive"),
    [(SSH, True), (b"", True), (FAILS, True), (OTHER_JSON, True), (NOT_FOUND, False)],
    ids=["SSH", "silent", "an error", "something else", "does not know the address"],
)
def test_only_a_world_that_does_not_know_the_address_counts_as_gone(answer: bytes, alive: bool) -> None:
    with listener(answer) as address:
        assert is_alive(address) is alive


def test_a_port_that_nobody_listens_on_is_an_ended_practice() -> None:
    with listener(b"") as address:
        pass
    assert not is_alive(address)


def test_a_world_that_is_slow_is_not_taken_for_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PRACTICE_ALIVE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert is_alive(f"http://127.0.0.1:{silent.getsockname()[1]}/secret")


@pytest.mark.parametrize("answer", [SSH, b"", NOT_FOUND, OTHER_JSON, OTHER_LIST])
def test_what_is_no_practice_cannot_be_joined_and_is_said_so(answer: bytes) -> None:
    with listener(answer) as address, pytest.raises(NoPracticeWorld, match="No practice is running at this address"):
        join_practice(address)


def start_of(address: str, **changed: object) -> bytes:
    """What a practice world says of itself, with some of it changed."""
    root = address.rsplit("/", 1)[0]
    sites = ("graph", "facebook", "business", "developers", "platform", "platform_api", "livechat", "messenger")
    start = {f"{site}_url": f"{root}/s-{site}" for site in sites} | {"control_url": address} | changed
    body = json.dumps({name: value for name, value in start.items() if value != "left out"}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body


ELSEWHERE: list[object] = [
    *("https://attacker.example", "http://attacker.example:80/x", "file:///etc/passwd", "javascript:alert(1)", ""),
    *("http://127.0.0.1:80@attacker.example/x", "http://127.0.0.1:9/x", "http://127.0.0.2:PORT/x", "//127.0.0.1:PORT"),
    *("http://127.0.0.1:PORT\\@attacker.example/", "http://127.0.0.1:PORT/x\r\nX: y", "http://localhost:PORT/x", None),
    *(5, [], {}, "left out", "HTTP://127.0.0.1:PORT/x", "http://127.0.0.1:PORT.attacker.example/x"),
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE, ids=str)
@pytest.mark.parametrize("site", ["graph", "facebook", "platform_api", "messenger", "control"])
def test_a_joined_practice_names_no_address_but_its_own(site: str, elsewhere: object) -> None:
    with changing_listener() as (address, answers):
        port = address.split(":")[2].split("/")[0]
        answers.append(start_of(address))
        assert join_practice(address).world.graph.startswith(f"http://127.0.0.1:{port}/")
        named = elsewhere.replace("PORT", port) if isinstance(elsewhere, str) else elsewhere
        answers.append(start_of(address, **{f"{site}_url": named}))
        with pytest.raises(NoPracticeWorld):
            join_practice(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://127.0.0.1:80@attacker.example",
            "http://127.0.0.1:@attacker.example/x",
            "http://127.0.0.1:80\\@a.example",
        ),
        *(
            "http://127.0.0.1:80 .attacker.example",
            "http://127.0.0.1:x",
            "http://127.0.0.1.attacker.example:80",
            "",
            "x",
        ),
        *(
            "https://127.0.0.1:80",
            "http://127.0.0.1:80?x=@a.example",
            "http://127.0.0.1:80#@a.example",
            "http://127.0.0.1:8\n",
        ),
    ],
)
def test_what_only_begins_like_an_address_of_this_machine_is_not_called(address: str) -> None:
    with pytest.raises(NoPracticeWorld, match="A practice address starts with"):
        join_practice(address)


def test_a_practice_that_points_elsewhere_is_not_followed() -> None:
    with changing_listener() as (other, other_answers), changing_listener() as (address, answers):
        other_answers.append(start_of(other))
        answers.append(b"HTTP/1.1 302 Found\r\nLocation: %s/start\r\nContent-Length: 0\r\n\r\n" % other.encode())
        with pytest.raises(NoPracticeWorld):
            join_practice(address)
        assert len(other_answers) == 1, "nobody asked"


@pytest.mark.parametrize("body", [b"[" * 100_000, b"{", b"\xff", b'{"x":' * 60_000], ids=lambda body: str(body[:6]))
def test_a_practice_that_answers_nonsense_is_none(body: bytes) -> None:
    with listener(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body) as address:
        with pytest.raises(NoPracticeWorld):
            join_practice(address)
        with pytest.raises(NoPracticeWorld):
            PracticePerson(address).instruct("say_hello", "Say hello")


def test_an_owner_who_speaks_something_else_does_not_answer() -> None:
    with listener(SSH) as address, pytest.raises(NoPracticeWorld, match="does not answer"):
        PracticePerson(address).instruct("say_hello", "Say hello")


def test_a_proxy_of_the_surroundings_is_not_asked_for_practice(
    world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    joined = join_practice(world.control_url)
    assert joined.world.graph == world.graph_url
    assert is_alive(world.graph_url)
    assert PracticePerson(world.control_url).instruct("default_app", "Choose the default app")


@pytest.mark.skipif(sys.platform != "linux", reason="the surroundings of a process are seen in /proc")
def test_the_practice_world_inherits_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a program of its own: who may see its surroundings would see the token that was named for ours."""
    monkeypatch.setenv("PAGE_TOKEN", "opaque-secret-of-the-page")
    monkeypatch.setenv("PYTHON_TOKEN", "opaque-secret-of-the-page")
    ended = start_practice("new-page")
    try:
        assert ended.process is not None
        surroundings = Path(f"/proc/{ended.process.pid}/environ").read_bytes()
        assert b"PATH=" in surroundings
        assert b"opaque-secret" not in surroundings
    finally:
        ended.end()


def test_a_practice_that_is_not_there_is_told_from_one_that_does_not_start(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NoPracticeWorld, match="There is no practice called “nonsense”"):
        start_practice("nonsense")
    for broken in ("pass", "print('[]')", "print('no JSON', flush=True); input()"):
        monkeypatch.setattr(practice, "own_program", lambda code=broken: [sys.executable, "-c", code])
        with pytest.raises(NoPracticeWorld, match="could not be started on this computer"):
            start_practice("new-page")
    assert capfd.readouterr().err == ""  # no child was started with a name that may be anything
