"""A hundred thousand messages through a bot with a callback: two hundred web hooks a second, in memory that stays flat.
`make test` sends a sample, beside much other work, and looks only whether all arrive.

python -m tests.soak.test_web_hooks [MESSAGES [COMMAND TO START THE WORLD WITH ...]]   prints the figures alone.
"""

import http.client
import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.simulator.world import PracticeWorld, start_world
from tests.soak.amount import IS_SOAK

pytestmark = [pytest.mark.serial, pytest.mark.timeout(1800)]

MESSAGES = 100_000 if IS_SOAK else 2_000
LEAST_PER_SECOND = 200.0
MOST_MORE = 3.0  # MB, from the middle of the run on
_PEOPLE = 20
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"


@dataclass(slots=True)
class Figures:
    """per_second: web hooks that reached the bot. middle, end: megabytes of the world then."""

    hooks: int
    per_second: float
    middle: float
    end: float


@contextmanager
def plain_bot(answer: http.client.HTTPConnection, page: tuple[str, dict[str, str]]) -> Iterator[tuple[str, list[int]]]:
    """A callback as lean as can be, for the time of the bot is not what is measured: its address, and how many messages
    came. page: path and headers of the call that answers each fifth of them."""
    came, lock = [0], threading.Lock()

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError), connection.makefile("rb") as lines:
            while first := lines.readline():
                size = 0
                while (line := lines.readline().strip()) != b"":
                    name, _, value = line.partition(b":")
                    size = int(value) if name.lower() == b"content-length" else size
                body = lines.read(size)
                said = first.split(b"hub.challenge=")[1].split(b"&")[0] if first.startswith(b"GET") else b""
                connection.sendall(_ANSWER % len(said) + said)
                for entry in json.loads(body)["entry"] if body else ():
                    with lock:
                        came[0] += 1
                        if came[0] % 5 == 0:
                            post(answer, page, entry["messaging"][0]["sender"]["id"])

    def accept(listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(listening.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, args=(listening,), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", came
        listening.shutdown(socket.SHUT_RDWR)


def post(connection: http.client.HTTPConnection, page: tuple[str, dict[str, str]], psid: str) -> None:
    path, headers = page
    body = json.dumps({"recipient": {"id": psid}, "message": {"text": "Hello, how can I help?"}})
    connection.request("POST", path, body, headers)
    reply = connection.getresponse()
    assert reply.status == 200, reply.read()
    reply.read()


def connection_to(url: str) -> tuple[http.client.HTTPConnection, str]:
    parts = urlsplit(url)
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60), parts.path


def megabytes(process_id: int) -> float:
    status = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def measured(world: PracticeWorld, messages: int) -> Figures:
    """Let people write so many messages, one after the other, and wait until the bot has them all."""
    control, path = connection_to(world.control_url)
    answer, graph = connection_to(world.graph_url)
    token = {"Authorization": f"Bearer {world.token()}", "Content-Type": "application/json"}
    middle = 0.0
    with plain_bot(answer, (f"{graph}/me/messages", token)) as (url, came):
        world.connect("primary", url, "any", batch=1)
        began = time.monotonic()
        for number in range(messages):
            who = {"psid": str(25_900_000_000_000 + number % _PEOPLE), "name": "Somebody"}
            body = json.dumps({"text": f"message {number}", **who})
            control.request("POST", f"{path}/customer", body, {"Content-Type": "application/json"})
            reply = control.getresponse()
            assert reply.status == 200, reply.read()
            reply.read()
            if number == messages // 2:
                middle = megabytes(world.process.pid)
        while not world.hooks_done(30):
            continue
        seconds = time.monotonic() - began
        end = megabytes(world.process.pid)
        world.disconnect("primary")
    control.close()
    answer.close()
    return Figures(came[0], came[0] / seconds, middle, end)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the memory of the world from /proc")
def test_many_messages_reach_a_bot_in_flat_memory() -> None:
    with start_world() as world:
        figures = measured(world, MESSAGES)
    print(figures)
    assert figures.hooks == MESSAGES
    if not IS_SOAK:
        return
    assert figures.per_second >= LEAST_PER_SECOND
    assert figures.end - figures.middle <= MOST_MORE


def main(arguments: list[str]) -> None:
    options: Any = {"started_with": tuple(arguments[1:])} if arguments[1:] else {}
    with start_world(**options) as world:
        print(measured(world, int(arguments[0]) if arguments else MESSAGES))


if __name__ == "__main__":
    main(sys.argv[1:])
