"""A listener on this machine for the answer to one log-in: what the browser hands on, and nobody else.

Any page of the Internet, and any program here, can send something to a port of this machine. What counts is the state,
which only the answer knows; all else that is looked at makes guessing and noise harder."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from wizard.core.cancel import CancelToken
from wizard.core.log_in import State, fields_of

_LARGEST = 32_000  # bytes of a form; an address that carries a token has a tenth of it
_PATIENCE = 5.0  # seconds for one request
_LOOK = 0.1  # seconds between two looks for the end of the work
_FORM = "application/x-www-form-urlencoded"
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Connection": "close",
}
_STRICT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@dataclass(slots=True)
class LogInListener:
    """Listens on 127.0.0.1 from the moment it is made. page: the HTML to show, whether the log-in came. relay: the page
    that sends on, for an app in development mode, whose answer comes back here; "" where a vendor's site has it. port:
    0 for any free one.

    Raises OSError where the port is taken."""

    page: Callable[[bool], str]
    relay: str = ""
    port: int = 0
    state: State = field(init=False)
    _server: ThreadingHTTPServer = field(init=False, repr=False)
    _answer: Mapping[str, str] | None = field(init=False, default=None, repr=False)
    _came: threading.Event = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._came = threading.Event()
        self._server = _Server(("127.0.0.1", self.port), _handler(self))
        self.port = self._server.server_address[1]
        self.state = State(self.port)
        threading.Thread(target=self._server.serve_forever, args=(_LOOK,), daemon=True).start()

    def wait(self, cancel: CancelToken, seconds: float) -> Mapping[str, str] | None:
        """Return what came back, by name, and None where nothing came in time. Raises Cancelled."""
        left = seconds
        while left > 0 and not self._came.wait(_LOOK):
            cancel.raise_if_cancelled()
            left -= _LOOK
        return self._answer

    def close(self) -> None:
        """Nothing listens any more."""
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> "LogInListener":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def accept(self, fields: Mapping[str, str]) -> bool:
        """Take what came; whether it is the answer to this log-in."""
        if not self.state.take(fields.get("state", "")):
            return False
        self._answer = {name: value for name, value in fields.items() if name != "state"}
        self._came.set()
        return True


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = False  # on Windows it would let another program share the port

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no news; the usual report would show the request."""


def _handler(listener: LogInListener) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version, sys_version = "wizard", ""
        protocol_version = "HTTP/1.1"
        timeout = _PATIENCE

        def do_POST(self) -> None:
            body = self._body()
            if body is None:
                return
            try:
                form = dict(parse_qsl(body, max_num_fields=10))
                is_ours = listener.accept(fields_of(form.get("fragment", ""), form.get("query", "")))
            except ValueError:  # more fields than anybody means
                is_ours = False
            self._show(is_ours)

        def do_GET(self) -> None:
            if listener.relay and self._is_from_a_browsers_window() and urlsplit(self.path).path == "/":
                self._send(HTTPStatus.OK, listener.relay, strict=False)
            else:
                self._show(False, HTTPStatus.NOT_FOUND)

        def _body(self) -> str | None:
            """The form that was sent, None where it was none and that is answered already."""
            length = self.headers.get("Content-Length", "")
            is_form = self.headers.get("Content-Type", "").partition(";")[0].strip().lower() == _FORM
            if self.path != "/in" or not is_form or not self._is_from_a_browsers_window():
                self._show(False, HTTPStatus.FORBIDDEN)
            elif not (length.isascii() and length.isdigit()) or len(length) > 6 or int(length) > _LARGEST:
                self._show(False, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            else:
                return self.rfile.read(int(length)).decode("utf-8", "replace")
            return None

        def _is_from_a_browsers_window(self) -> bool:
            """Not another host's name that was pointed at this machine, and no script of a page: a page that sends
            itself on without a referrer has the origin "null"."""
            hosts = {f"127.0.0.1:{listener.port}"} | ({f"localhost:{listener.port}"} if listener.relay else set())
            return (
                self.headers.get("Host") in hosts
                and self.headers.get("Origin", "null") == "null"
                and self.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
                and self.headers.get("Sec-Fetch-Dest", "document") == "document"
            )

        def _show(self, is_ours: bool, status: HTTPStatus | None = None) -> None:
            status = status or (HTTPStatus.OK if is_ours else HTTPStatus.FORBIDDEN)
            self._send(status, listener.page(is_ours))

        def _send(self, status: HTTPStatus, page: str, strict: bool = True) -> None:
            body = page.encode()
            self.close_connection = True
            self.send_response(status)
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            if strict:
                self.send_header("Content-Security-Policy", _STRICT)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            """The usual page would quote the request, and lacks our headers."""
            self._show(False, HTTPStatus(code))

        def log_message(self, *_what: object) -> None:
            """Nothing of a request is written down: a token may be in it."""

    return Handler
