"""Connections that end: every reply has a deadline for all of it, and waiting for one can be cancelled.

A read timeout of a socket starts again with each byte: a server that drips one byte a second would hold us for hours.
Here each wait is bounded by what is left of the whole, in short slices between which the cancel token is looked at.

Where a connection leads is looked at before anything is sent: a name may lead into the network of the person.
"""

import io
import socket
import threading
import time
from http.client import HTTPResponse
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from wizard.core import limits
from wizard.core.cancel import CancelToken
from wizard.web.address import is_public

_SLICE = 0.2  # seconds between two looks at the cancel token


class PrivateAddress(OSError):
    """The name leads into somebody's network, where this call may not go."""


class Watch(threading.local):
    """The call that is under way in this thread. sent: the request, or a part of it, may have left this machine.
    public_only: it must not reach an address that the Internet does not carry."""

    cancel: CancelToken | None = None
    read_limit: float = limits.READ
    deadline: float = 0.0
    sent: bool = False
    public_only: bool = False

    def start(self, cancel: CancelToken, read_limit: float, public_only: bool = False) -> None:
        self.cancel, self.read_limit, self.sent, self.public_only = cancel, read_limit, False, public_only

    def look_at(self, sock: socket.socket, connection: HTTPConnection) -> socket.socket:
        """Look where a new connection leads, and return it. Raises PrivateAddress. Behind a proxy only the proxy
        knows."""
        if self.public_only and connection.proxy is None and not is_public(sock.getpeername()[0]):
            sock.close()
            raise PrivateAddress
        return sock

    def begin_reading(self) -> None:
        self.deadline = time.monotonic() + self.read_limit

    def next_wait(self) -> float:
        """Return seconds to wait for the next bytes. Raises TimeoutError past the deadline, Cancelled when stopped."""
        if self.cancel is not None:
            self.cancel.raise_if_cancelled()
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the reply took too long")
        return min(left, _SLICE)


class _WatchedBytes(io.RawIOBase):
    """The bytes of one reply as they come from the socket."""

    def __init__(self, sock: socket.socket, watch: Watch) -> None:
        self._sock, self._watch = sock, watch
        # Never read from: it keeps the socket open after the connection let go of it (`Connection: close`).
        self._keeper = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        before = self._sock.gettimeout()
        try:
            while True:
                self._sock.settimeout(self._watch.next_wait())
                try:
                    return self._sock.recv_into(buffer)
                except TimeoutError:
                    continue
        finally:
            self._sock.settimeout(before)

    def close(self) -> None:
        if not self.closed:
            self._keeper.close()
        super().close()


class _Source:
    """Stands where `http.client` expects a socket, and gives it the watched bytes."""

    def __init__(self, sock: socket.socket, watch: Watch) -> None:
        self._sock, self._watch = sock, watch

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_WatchedBytes(self._sock, self._watch))


def pool_classes(watch: Watch) -> dict[str, type[HTTPConnectionPool]]:
    """Return what a urllib3 pool manager wants by scheme, with every connection under the watch."""

    class WatchedResponse(HTTPResponse):
        def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
            watch.begin_reading()
            super().__init__(_Source(sock, watch), *args, **kwargs)  # type: ignore[arg-type]  # only makefile is used

    class WatchedConnection(HTTPConnection):
        response_class = WatchedResponse

        def _new_conn(self) -> socket.socket:
            return watch.look_at(super()._new_conn(), self)

        def connect(self) -> None:
            try:
                super().connect()
            finally:
                watch.sent = False  # a proxy was asked for a tunnel at most

        def send(self, data: Any) -> None:
            if self.sock is None:
                self.connect()
            watch.sent = True
            super().send(data)

    class WatchedSecureConnection(WatchedConnection, HTTPSConnection):
        """The same around a connection that is encrypted."""

    class WatchedPool(HTTPConnectionPool):
        ConnectionCls = WatchedConnection

    class WatchedSecurePool(HTTPSConnectionPool):
        ConnectionCls = WatchedSecureConnection

    return {"http": WatchedPool, "https": WatchedSecurePool}
