"""A practice world for tests: a real child process, reached over real HTTP with the standard library alone."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class HttpReply:
    """An answer with its headers by lower-case name."""

    status: int
    headers: Mapping[str, str]
    text: str

    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def error(self) -> tuple[int | None, int | None]:
        """Code and subcode of a Graph error; a test on an answer without one fails here."""
        error = self.json()["error"]
        return error.get("code"), error.get("error_subcode")


@dataclass(slots=True)
class PracticeWorld:
    """start: the object of the first line on standard output. process: the running child."""

    start: dict[str, Any]
    process: subprocess.Popen[str] = field(repr=False)

    @property
    def control_url(self) -> str:
        return str(self.start["control_url"])

    @property
    def graph_url(self) -> str:
        return str(self.start["graph_url"])

    @property
    def page_id(self) -> str:
        return str(self.start["page"]["id"])

    @property
    def tester(self) -> str:
        return str(self.start["psids"]["tester"])

    @property
    def customer(self) -> str:
        return str(self.start["psids"]["customer"])

    def app(self, role: str) -> str:
        """role: primary, secondary, page_inbox or third."""
        return str(self.start["apps"][role]["id"])

    def token(self, name: str = "page") -> str:
        return str(self.start["tokens"][name])

    # The control address

    def scenario(self, name: str) -> Self:
        """Start a scenario afresh: state, clock, faults and record of calls."""
        self._control("POST", "scenario", {"name": name})
        return self

    def scenario_of(self, name: str, **more: Any) -> Self:
        """The same with other_pages, reply_delay_ms or graph={...} in place of the scenario's."""
        self._control("POST", "scenario", {"name": name, **more})
        return self

    def world(self) -> Any:
        return self._control("GET", "world")

    def thread(self, psid: str | None = None) -> Any:
        """Return a conversation as `world()` shows it, the tester's unless told otherwise."""
        return self.world()["threads"][psid or self.tester]

    def owner_of(self, psid: str | None = None) -> str | None:
        """Return the App ID that has control, None if idle."""
        owner = self.thread(psid)["owner"]
        return None if owner is None else str(owner)

    def requests(self) -> list[dict[str, Any]]:
        return list(self._control("GET", "requests"))

    def calls(self) -> list[str]:
        """Return the Graph calls so far in short: "POST me/take_thread_control"; an operation of a batch is one."""
        return [request["call"] for request in self.requests()]

    def keep_requests(self, newest: int) -> None:
        """Keep so many of the newest calls from now on; the counts go on."""
        self._control("POST", "requests", {"keep": newest})

    def counts(self) -> Any:
        """Return {"total", "calls": {name: calls}, "pages": {name: {"2": Pages that made this call twice}}}."""
        return self._control("GET", "requests/counts")

    def forget_requests(self) -> None:
        self._control("DELETE", "requests")

    def clock(self, advance_seconds: float) -> None:
        self._control("POST", "clock", {"advance_seconds": advance_seconds})

    def fault(self, call: str, kind: str | Mapping[str, Any] | list[str], times: int | None = 1, **more: Any) -> None:
        """Put a fault on a call, as ("POST me/pass_thread_control", "answer_lost"). times: None = for ever."""
        self._control("POST", "faults", {"call": call, "kind": kind, "times": times, **more})

    def forget_faults(self) -> None:
        self._control("DELETE", "faults")

    def owner(self, **said: Any) -> Any:
        """Say something to the simulated owner: owner(ask={...}) or owner(instruct={...})."""
        return self._control("POST", "owner", said)

    def instruct(self, step: str, link: str | None = None, copied: str | None = None) -> Any:
        return self.owner(instruct={"step": step, "text": "", "link": link, "copied": copied})

    def ask(self, question: str, *choices: str) -> str:
        shown = [{"id": choice, "text": choice} for choice in choices]
        return str(self.owner(ask={"question": question, "text": "", "choices": shown})["answer"])

    def _control(self, method: str, path: str, body: Any = None) -> Any:
        reply = request(method, f"{self.control_url}/{path}", json_body=body)
        if reply.status != 200:
            raise AssertionError(f"{method} {path}: {reply.status} {reply.text}")
        return reply.json()

    # The sites

    def graph(self, method: str, path: str, token: str | None = "page", **params: Any) -> HttpReply:
        """Call the Graph API. token: a name of the start object, a text, or None; params: query of a GET, else JSON."""
        headers = {}
        if token is not None:
            headers["Authorization"] = f"Bearer {self.start['tokens'].get(token, token)}"
        url = f"{self.graph_url}/v26.0/{path}"
        if method == "POST":
            return request(method, url, json_body=params, headers=headers)
        query = urlencode({key: str(value) for key, value in params.items()})
        return request(method, f"{url}{'&' if '?' in path else '?'}{query}" if query else url, headers=headers)

    def control_of(self, verb: str, token: str = "page", psid: str | None = None, **params: Any) -> HttpReply:
        """Make a thread control call on the tester's conversation. verb: pass, take, request, release or extend."""
        return self.graph("POST", f"me/{verb}_thread_control", token, recipient={"id": psid or self.tester}, **params)

    def write(self, text: str, ref: str = "") -> None:
        """Send a message as the tester in Messenger."""
        reply = request("POST", f"{self.start['messenger_url']}/{self.page_id}", form={"text": text, "ref": ref})
        assert reply.status == 303, reply.text

    # Bots with a callback

    def connect(self, role: str, url: str, verify_token: str, **more: Any) -> Any:
        """Give an app its callback, verified at once unless more says verify="later"."""
        return self._control("POST", "webhooks", {"app": role, "url": url, "verify_token": verify_token, **more})

    def try_connect(self, role: str, url: str, verify_token: str) -> HttpReply:
        sent = {"app": role, "url": url, "verify_token": verify_token}
        return request("POST", f"{self.control_url}/webhooks", json_body=sent)

    def callbacks(self) -> dict[str, Any]:
        """Return the callbacks by App ID."""
        return dict(self._control("GET", "webhooks")["callbacks"])

    def hook_notes(self) -> list[dict[str, Any]]:
        """Return what the world noted for whoever builds a bot."""
        return list(self._control("GET", "webhooks")["notes"])

    def disconnect(self, role: str) -> None:
        self._control("DELETE", f"webhooks/{role}")

    def hooks_sent(self) -> list[dict[str, Any]]:
        """Return the newest attempts to deliver a web hook."""
        return list(self._control("GET", "webhooks/sent"))

    def hooks_done(self, seconds: float = 10.0) -> bool:
        """Wait until no web hook waits; return whether that came true."""
        return bool(self._control("POST", "webhooks/wait", {"seconds": seconds})["done"])

    def wait_until_sent(self, outcome: str, count: int = 1) -> dict[str, Any]:
        """Return the first attempt with this outcome, once there are so many."""
        found: list[dict[str, Any]] = []

        def look() -> bool:
            found[:] = [attempt for attempt in self.hooks_sent() if attempt["outcome"] == outcome]
            return len(found) >= count

        assert self.until(look), self.hooks_sent()
        return found[0]

    @staticmethod
    def until(happened: Callable[[], bool], seconds: float = 15.0) -> bool:
        """Look again and again; return whether it came true."""
        ends_at = time.monotonic() + seconds
        while not (came := happened()) and time.monotonic() < ends_at:
            time.sleep(0.05)
        return came

    def trouble(self, role: str, kind: str, **more: Any) -> None:
        self._control("POST", "webhooks/troubles", {"app": role, "kind": kind, **more})

    def customer_writes(self, text: str, **more: Any) -> Any:
        """Return {"psid", "message": its ID, "owner"}."""
        return self.customer_does(text=text, **more)

    def customer_does(self, **what: Any) -> Any:
        """Let a person do something in Messenger, as press="Order", menu="Help", ref="x" or read=True."""
        return self._control("POST", "customer", what)

    def stop(self) -> None:
        """End the child through its standard input, as the program does."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(10)
        finally:
            self.process.kill()
            self.process.wait()
            for stream in (self.process.stdout, self.process.stderr):
                if stream is not None:
                    stream.close()


def request(
    method: str,
    url: str,
    *,
    json_body: Any = None,
    form: Mapping[str, str] | list[tuple[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float = 10.0,
    body: bytes | None = None,
) -> HttpReply:
    """Make one request without following redirects. body: as it is, where neither JSON nor a form is meant."""
    parts = urlsplit(url)
    sent = dict(headers or {})
    if json_body is not None:
        body, sent["Content-Type"] = json.dumps(json_body).encode(), "application/json"
    elif form is not None:
        body, sent["Content-Type"] = urlencode(form).encode(), "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
    try:
        connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), body, sent)
        reply = connection.getresponse()
        text = reply.read().decode()
        return HttpReply(reply.status, {key.lower(): value for key, value in reply.getheaders()}, text)
    finally:
        connection.close()


@contextmanager
def start_world(
    scenario: str = "happy-routing", port: int = 0, options: tuple[str, ...] = (), started_with: tuple[str, ...] = ()
) -> Iterator[PracticeWorld]:
    """Run a practice world in a child process, from its first line on standard output to the end of the block.
    started_with: what stands before the command, as ("nice", "-n", "5")."""
    command = [
        *started_with,
        sys.executable,
        "-m",
        "wizard.simulator",
        *(options or ("--scenario", scenario)),
        "--port",
        str(port),
    ]
    process = subprocess.Popen(
        [*command, "--until-stdin-closes"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    if not first:
        process.communicate(timeout=10)  # closes its pipes, too
        raise AssertionError(f"the practice world ended with {process.returncode} before it said anything")
    running = PracticeWorld(json.loads(first), process)
    try:
        yield running
    finally:
        running.stop()
