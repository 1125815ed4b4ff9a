"""The server below Flask: what happens to the connection itself when an answer is to be lost, held or slow."""

import os
import select
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from typing import Any

from flask import Response
from werkzeug.serving import WSGIRequestHandler

from wizard.simulator.graph.call import GraphReply

LONGEST_HOLD = 300.0  # seconds a connection is held without an answer
DRIP_PAUSE = 0.2  # seconds between two bytes


class Handler(WSGIRequestHandler):
    """Writes no log, for addresses hold secrets, and can drop a connection as a broken network would."""

    server_version = "practice-world"
    sys_version = ""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing is written: `GET requests` of the control address is the record."""

    def send_response(self, code: int, message: str | None = None) -> None:
        """Without the Date and Server headers of the library: the world's own Date must be the only one."""
        self.send_response_only(code, message)

    def connection_dropped(self, error: BaseException, environ: Any = None) -> None:
        """Close without the polite end of a connection, so that the other side sees a reset."""
        self.close_connection = True
        if isinstance(error, ResetByFault):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach()) if os.name == "posix" else self.connection.close()


class ResetByFault(ConnectionResetError):
    """Raised inside a request to drop its connection."""


class Dropped(Iterator[bytes]):
    """A body that drops the connection before anything is sent, after `wait`.

    It happens while the body is read and not in a view, for Flask turns what a view raises into an answer.
    """

    def __init__(self, wait: Callable[[], None] | None = None) -> None:
        self._wait = wait

    def __next__(self) -> bytes:
        if self._wait is not None:
            self._wait()
        raise ResetByFault


def hold(environ: Any, stopping: threading.Event) -> None:
    """Wait until the other side leaves, the world stops, or LONGEST_HOLD is over."""
    connection: socket.socket = environ["werkzeug.socket"]
    waited = 0.0
    while waited < LONGEST_HOLD and not stopping.wait(0.1):
        waited += 0.1
        readable, _, _ = select.select([connection], [], [], 0)
        if readable and not connection.recv(1, socket.MSG_PEEK):
            return


def drip(body: bytes, stopping: threading.Event) -> Iterator[bytes]:
    """Return the body byte by byte, DRIP_PAUSE apart; it stays unfinished if the world stops."""
    for at in range(len(body)):
        yield body[at : at + 1]
        if stopping.wait(DRIP_PAUSE):
            raise ResetByFault


def respond(reply: GraphReply, environ: Any, stopping: threading.Event) -> Response:
    """Return a reply as the server sends it, or as what its connection is done to. environ: of the request."""
    body = reply.text.encode() if reply.body is None else reply.body
    match reply.wire:
        case "reset":
            return Response(Dropped())
        case "timeout":
            return Response(Dropped(lambda: hold(environ, stopping)))
        case "drip":
            response = Response(drip(body, stopping), reply.status, content_type=reply.content_type)
        case _:
            response = Response(body, reply.status, content_type=reply.content_type)
    response.content_length = len(body) if reply.length is None else reply.length
    response.headers.update(reply.headers)
    return response
