"""One request to a callback: signed, bounded in time and size, on a connection that is kept."""

import contextlib
import hashlib
import hmac
import http.client
import io
import secrets
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from wizard.simulator.world.outbox import Callback

TIMEOUT = 5.0  # seconds until a callback has answered (Meta's pages ask for 5 or less)
LARGEST = 65_536  # bytes that are read of an answer
_AGENT = "facebookexternalua"
_REDIRECTS = range(300, 400)


@dataclass(frozen=True, slots=True)
class Answer:
    """status: None where none came. problem: "" where it is a 2xx, else what happened, in words."""

    status: int | None
    problem: str
    text: str = ""


class _BeforeTheEnd(io.RawIOBase):
    """What a callback sends, as long as its time lasts: one that sends byte by byte would not be late otherwise."""

    def __init__(self, sent: io.RawIOBase, connection: socket.socket) -> None:
        self._sent, self._connection = sent, connection
        self._ends_at = time.monotonic() + TIMEOUT

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int | None:
        self._connection.settimeout(max(self._ends_at - time.monotonic(), 0.001))
        return self._sent.readinto(into)

    def close(self) -> None:
        self._sent.close()
        super().close()


class _Reply(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *more: Any, **options: Any) -> None:
        super().__init__(sock, *more, **options)
        self.fp = io.BufferedReader(_BeforeTheEnd(self.fp.detach(), sock))


class Line:
    """A kept connection to one callback. Not for two threads at once."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._connection: http.client.HTTPConnection | None = None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        path = (self._parts.path or "/") + (f"?{self._parts.query}" if self._parts.query else "")
        return self._ask("POST", path, body, headers)

    def get(self, query: Mapping[str, str]) -> Answer:
        joined = "&".join(part for part in (self._parts.query, urlencode(query)) if part)
        return self._ask("GET", f"{self._parts.path or '/'}?{joined}", None, {})

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        is_kept = self._connection is not None
        try:
            try:
                return self._once(method, path, body, headers)
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self.close()
                if not is_kept:
                    raise
                return self._once(method, path, body, headers)  # a server may end a kept connection at any time
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return Answer(None, _in_words(error))

    def _once(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        if self._connection is None:
            kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
            self._connection = kind(self._parts.hostname or "", self._parts.port, timeout=TIMEOUT)
            self._connection.response_class = _Reply
        elif self._connection.sock is not None:
            self._connection.sock.settimeout(TIMEOUT)
        self._connection.request(method, path, body, {"User-Agent": _AGENT, "Accept": "*/*", **headers})
        reply = self._connection.getresponse()
        text = b""
        while len(text) < LARGEST and (part := reply.read1(LARGEST)):
            text += part
        if not reply.isclosed() or reply.will_close:
            self.close()
        return Answer(reply.status, _problem(reply.status), text.decode("utf-8", "replace"))


def signed(body: bytes, secret: str) -> dict[str, str]:
    """Return the headers of a web hook: the older signature too, which some libraries still check."""
    key = secret.encode()
    return {
        "Content-Type": "application/json",
        "X-Hub-Signature": "sha1=" + hmac.new(key, body, hashlib.sha1).hexdigest(),
        "X-Hub-Signature-256": "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest(),
    }


def verify(callback: Callback) -> Answer:
    """Ask the callback for the challenge, as Facebook does, and write down what came of it."""
    challenge = str(secrets.randbelow(2**31))
    line = Line(callback.url)
    with contextlib.closing(line):
        query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": callback.verify_token}
        answer = line.get(query)
    if not answer.problem and answer.text.strip() != challenge:
        answer = Answer(answer.status, "it answered something else than the challenge", answer.text)
    callback.state = "refused" if answer.problem else "verified"
    callback.reason = answer.problem
    return answer


def _problem(status: int) -> str:
    if 200 <= status < 300:
        return ""
    return f"it redirects (HTTP {status})" if status in _REDIRECTS else f"HTTP {status}"


def _in_words(error: Exception) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "nobody listens there"
    if isinstance(error, ssl.SSLError):
        return "it does not speak https, or nobody trusts its certificate (SSL_CERT_FILE names more to trust)"
    if isinstance(error, TimeoutError):
        return f"no answer within {TIMEOUT:.0f} seconds"
    return f"the connection failed ({type(error).__name__})"
