"""A callback of a bot for tests: a real server on this machine that keeps what it gets."""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.simulator.world import PracticeWorld

VERIFY_TOKEN = "a token that the bot knows"


@dataclass(slots=True)
class Hook:
    """One request with a web hook. is_signed: by the secret the callback was told; is_signed_old: the older way too."""

    body: Any
    is_signed: bool
    is_signed_old: bool
    headers: Mapping[str, str]

    @property
    def items(self) -> list[tuple[str, Any]]:
        """The items with the name of the list each stood in."""
        return [
            (channel, item)
            for entry in self.body["entry"]
            for channel in ("messaging", "standby")
            for item in entry.get(channel, [])
        ]


@dataclass(slots=True)
class BotCallback:
    """answer: what it says to a web hook, called with its number from 0: status, or status and headers."""

    url: str = ""
    secret: str = ""
    hooks: list[Hook] = field(default_factory=list)
    answer: Callable[[int], int | tuple[int, Mapping[str, str]]] = lambda _number: 200
    challenge: Callable[[str], tuple[int, str]] = lambda text: (200, text)
    changed: threading.Condition = field(default_factory=threading.Condition)
    on_item: Callable[[str, Any], None] | None = None

    def wait_for(self, count: int, seconds: float = 10.0) -> list[tuple[str, Any]]:
        """Return all items, once there are so many."""
        with self.changed:
            came = self.changed.wait_for(lambda: len(self.items) >= count, seconds)
        assert came, f"{len(self.items)} of {count} items came: {self.items}"
        return self.items

    @property
    def items(self) -> list[tuple[str, Any]]:
        return [item for hook in self.hooks for item in hook.items]

    @property
    def texts(self) -> list[str]:
        return [item["message"]["text"] for _channel, item in self.items if "message" in item]


@contextmanager
def bot_callback(secret: str = "", port: int = 0) -> Iterator[BotCallback]:
    """secret: of the app, to check signatures with. port: 0 for a free one."""
    bot = BotCallback(secret=secret)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
            if asked.get("hub.verify_token") != VERIFY_TOKEN or asked.get("hub.mode") != "subscribe":
                self._say(403, {})
                return
            status, text = bot.challenge(asked["hub.challenge"])
            self._say(status, {}, text.encode())

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            expected = "sha256=" + hmac.new(bot.secret.encode(), raw, hashlib.sha256).hexdigest()
            old = "sha1=" + hmac.new(bot.secret.encode(), raw, hashlib.sha1).hexdigest()
            hook = Hook(
                json.loads(raw),
                self.headers["X-Hub-Signature-256"] == expected,
                self.headers["X-Hub-Signature"] == old,
                dict(self.headers.items()),
            )
            said = bot.answer(len(bot.hooks))
            with bot.changed:
                bot.hooks.append(hook)
                bot.changed.notify_all()
            status, headers = said if isinstance(said, tuple) else (said, {})
            self._say(status, headers)
            if bot.on_item is not None and status == 200:
                for channel, item in hook.items:
                    bot.on_item(channel, item)

        def _say(self, status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    bot.url = f"http://127.0.0.1:{server.server_port}/webhook"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield bot
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextmanager
def connected(practice: PracticeWorld, role: str, **more: Any) -> Iterator[BotCallback]:
    """The verified callback of an app; at the end it is taken away again. more: as of `PracticeWorld.connect`."""
    with bot_callback(practice.start["apps"][role]["secret"]) as callback:
        practice.connect(role, callback.url, VERIFY_TOKEN, **more)
        try:
            yield callback
        finally:
            practice.disconnect(role)
