"""Clients on the practice world, and on a server that answers what a test tells it."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.simulator.world import PracticeWorld
from tests.web.server import Rude, reply, rude_server
from wizard.core.cancel import CancelToken
from wizard.core.clock import SystemClock
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.secret import Secret
from wizard.graph.client import GraphClient

TOKEN = "EAATOKENx1y2z3" + "q" * 120

ClientFor = Callable[..., GraphClient]
# (method, path without version, parameters) -> (status, body)
Answer = Callable[[str, str, Mapping[str, str]], tuple[int, Any]]


@pytest.fixture
def client_for(world: PracticeWorld) -> ClientFor:
    """client_for("page"): a client with one of the practice world's tokens."""

    def build(token: str = "page", proof: str = "", cancel: CancelToken | None = None) -> GraphClient:
        return GraphClient(
            world.graph_url,
            Secret(world.token(token)),
            Secret(proof) if proof else None,
            cancel or CancelToken(),
            SystemClock(),
        )

    return build


@contextmanager
def canned(answer: Answer, *headers: str) -> Iterator[tuple[GraphClient, Rude]]:
    """A client of a server that answers JSON by rule."""

    def behave(connection: Any, rude: Rude) -> None:
        head, _, body = rude.requests[-1].partition(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        parts = urlsplit(target)
        pairs = parse_qs(f"{parts.query}&{body.decode()}", keep_blank_values=True)
        path = parts.path.split("/", 2)[2]
        status, value = answer(method, path, {name: values[0] for name, values in pairs.items() if name})
        text = value if isinstance(value, bytes) else json.dumps(value).encode()
        connection.sendall(reply(text, f"{status} Status", *headers))

    with rude_server(behave) as rude:
        client = GraphClient(rude.address, Secret(TOKEN), None, CancelToken(), SystemClock())
        yield client, rude
        client.close()


def kind_of(call: Callable[[], object]) -> ErrorKind:
    """What kind of error the call raises; the token is not in it."""
    with pytest.raises(WizardError) as raised:
        call()
    assert TOKEN not in repr(raised.value) + repr(raised.value.failure)
    return raised.value.kind
