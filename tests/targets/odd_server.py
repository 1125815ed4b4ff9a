"""A settings API that is not as good as the practice world's: no tags, weak ones, numbers for texts, and worse."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class OddApi:
    """document: what it holds. tag: the ETag it sends, "" for none; checked only where honours is set. after_write:
    called once a write was taken. get_status, put_status: what it answers in place of 200. writes: bodies as sent."""

    document: Any
    url: str = ""
    tag: str = ""
    honours: bool = False
    get_status: int = 200
    put_status: int = 200
    after_write: Callable[["OddApi"], None] = lambda api: None
    coerces: bool = False
    writes: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def take(self, method: str, body: bytes) -> None:
        self.writes.append(body)
        sent = json.loads(body)
        self.document = _merged(self.document, sent) if method == "PATCH" else sent
        if self.coerces and isinstance(self.document.get("app_id"), str):
            self.document["app_id"] = int(self.document["app_id"])
        self.after_write(self)


def _merged(old: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    new = dict(old) if isinstance(old, dict) else {}
    for name, value in patch.items():
        new.pop(name, None) if value is None else new.update({name: _merged(new.get(name), value)})
    return new


@contextmanager
def odd_api(document: Any, **how: Any) -> Iterator[OddApi]:
    api = OddApi(document, **how)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(api.get_status)

        def do_PUT(self) -> None:
            api.headers.append({name.lower(): value for name, value in self.headers.items()})
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if api.honours and self.headers.get("If-Match"):
                # RFC 9110: a weak tag never matches.
                is_same = not api.tag.startswith("W/") and self.headers["If-Match"] == api.tag
                if not is_same:
                    self._answer(412)
                    return
            if api.put_status == 200 or api.put_status >= 500:
                api.take(self.command, body)
            self._answer(api.put_status)

        do_PATCH = do_POST = do_PUT

        def _answer(self, status: int) -> None:
            content = json.dumps(api.document).encode() if status == 200 else b'{"error": "x"}'
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if api.tag and status == 200:
                self.send_header("ETag", api.tag)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is written."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    api.url = f"http://127.0.0.1:{server.server_address[1]}/settings"
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
