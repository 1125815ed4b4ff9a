"""A running stand-in, as a test sees it. Standard library only; the world itself is a process of its own."""

import http.client
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

GRAPH_URL = "MESSENGER_GRAPH_URL"  # the environment variable that the program under test reads its address from
VERIFY_TOKEN = "simulator"
_PAUSE = 0.05  # seconds between two looks


class WorldError(Exception):
    """The world did not start or refused something, or what was waited for did not happen; the text says what."""


class MessengerWorld:
    """start: what the world said when it began. Apps go by their role, "primary" (the bot), "secondary" (the live
    chat) or "third", or by their App ID; persons as "customer" or "tester", or by their PSID."""

    def __init__(self, start: Mapping[str, Any]) -> None:
        self.start = start
        self._at = urlsplit(str(start["control_url"]))
        self._connected: set[str] = set()

    @classmethod
    def join(cls, control_url: str) -> Self:
        """Return the world that runs at this address already. Raises WorldError."""
        return cls(_ask(urlsplit(control_url), "GET", "start"))

    # What is there

    @property
    def graph_url(self) -> str:
        """In place of https://graph.facebook.com; a version may follow, as /v27.0."""
        return str(self.start["graph_url"])

    @property
    def messenger_url(self) -> str:
        """The page on which one is the customer."""
        return f"{self.start['messenger_url']}/{self.page_id}"

    @property
    def page_id(self) -> str:
        return str(self.start["page"]["id"])

    @property
    def page_token(self) -> str:
        """The Page token of the bot."""
        return self.token("page")

    @property
    def bot(self) -> str:
        """The App ID of the bot."""
        return self.app("primary")

    @property
    def live_chat(self) -> str:
        """The App ID of the live chat."""
        return self.app("secondary")

    def app(self, role: str) -> str:
        return str(self.start["apps"][role]["id"]) if role in self.start["apps"] else role

    def app_secret(self, app: str = "primary") -> str:
        """The secret that web hooks to this app are signed with. Raises WorldError."""
        secrets = {name: each["secret"] for role, each in self.start["apps"].items() for name in (role, each["id"])}
        return str(_one_of(secrets, app, "app"))

    def token(self, name: str) -> str:
        """name: page, secondary_page, third_app_page, user, system_user, app or expired. Raises WorldError."""
        return str(_one_of(self.start["tokens"], name, "token"))

    def psid(self, person: str = "customer") -> str:
        return str(self.start["psids"].get(person, person))

    # What happens

    def reset(self, scenario: str | None = None) -> None:
        """Begin again: the scenario it has now, or another. Callbacks stay."""
        self._do("reset", {} if scenario is None else {"scenario": scenario})

    def move_clock(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        """Let time pass in the world; what waits for it happens then."""
        self._do("clock", {"advance_seconds": seconds + 60 * minutes + 3_600 * hours + 86_400 * days})

    def customer_writes(self, text: str, person: str = "customer", ref: str = "") -> str:
        """A person sends a message to the Page. Return its ID. ref: of the m.me link it came by."""
        return str(self.customer_does(person, text=text, ref=ref))

    def customer_does(self, person: str = "customer", **deed: Any) -> str | None:
        """A person does one thing in Messenger. Return the ID of the message that comes of it, None where none does.

        deed: press="Yes" (a button or quick reply), menu="Help", get_started=True, ref="summer" (opens a link),
        read=True, blocked=True (wants no more messages). With name="Kim" and a new PSID as person there is one more.
        """
        message = self._do("customer", {"psid": self.psid(person), **deed})["message"]
        return None if message is None else str(message)

    def owner(self, person: str = "customer") -> str | None:
        """Return the App ID that has control of the person's conversation, None where nobody has."""
        owner = self._thread(person)["owner"]
        return None if owner is None else str(owner)

    def messages(self, person: str = "customer") -> list[tuple[str, str]]:
        """Return who wrote what, oldest first. Who: "customer", or an App ID."""
        return [(each["from"], each["text"]) for each in self._thread(person)["messages"]]

    def fail(self, call: str, error: str, *, times: int | None = 1, **more: Any) -> None:
        """Let the next calls fail. call: "POST me/messages", "GET *" or "*". error: its name, as "outside_window"; all
        of them: `errors()`. times: None for ever. more: members of a fault, as after=2 or every=3."""
        self._do("faults", {"call": call, "error": error, "times": times, **more})

    def heal(self) -> None:
        """From now on no call fails that would not fail by itself."""
        _ask(self._at, "DELETE", "faults")

    def errors(self) -> dict[str, str]:
        """Return the names of the errors that `fail` knows, and when Facebook answers so."""
        return {each["name"]: each["when"] for each in _ask(self._at, "GET", "errors")}

    def calls(self) -> list[str]:
        """Return the Graph calls since the beginning, as "POST me/messages"."""
        return [str(each["call"]) for each in _ask(self._at, "GET", "requests")]

    # Web hooks

    def connect(self, url: str, app: str = "primary", *, verify_token: str = VERIFY_TOKEN) -> None:
        """Send the web hooks of an app to a callback, which must answer the challenge now. Raises WorldError."""
        self._do("webhooks", {"app": app, "url": url, "verify_token": verify_token})
        self._connected.add(app)

    def disconnect(self) -> None:
        """Send no more web hooks to the callbacks that were connected here."""
        for app in self._connected:
            _ask(self._at, "DELETE", f"webhooks/{app}")
        self._connected.clear()

    def trouble(self, kind: str, app: str = "primary", *, times: int | None = 1, seconds: float = 30) -> None:
        """Let the next web hooks of an app go wrong. kind: "late" (by these seconds of the world), "twice", "lost" or
        "wrong_signature". times: None for all."""
        self._do("webhooks/troubles", {"app": app, "kind": kind, "times": times, "seconds": seconds})

    def hooks(self, event: str | None = None, app: str | None = None) -> list[dict[str, Any]]:
        """Return the items of web hooks that callbacks took since the beginning. event: a member that they must have,
        as "message", "postback" or "pass_thread_control"."""
        wanted = None if app is None else self.app(app)
        return [
            item
            for sent in _ask(self._at, "GET", "webhooks/sent")
            if sent["outcome"] == "delivered" and wanted in (None, sent["app"])
            for entry in sent["body"]["entry"]
            for item in (*entry.get("messaging", ()), *entry.get("standby", ()))
            if event is None or event in item
        ]

    def wait_for_hook(
        self, event: str | None = None, app: str | None = None, *, count: int = 1, seconds: float = 10
    ) -> dict[str, Any]:
        """Wait until so many such web hooks were taken, and return the last of them. Raises WorldError."""
        ends_at = time.monotonic() + seconds
        while len(found := self.hooks(event, app)) < count:
            if time.monotonic() > ends_at:
                raise WorldError(f"{len(found)} of {count} web hooks with {event!r} were taken within {seconds:g} s")
            time.sleep(_PAUSE)
        return found[count - 1]

    # Keeping a world

    def snapshot(self) -> Any:
        """Return the whole world as JSON values, for `load`, now or in another process."""
        return _ask(self._at, "GET", "snapshot")

    def load(self, snapshot: Any) -> None:
        """Be the world of a snapshot, at the moment when it was taken; its tokens and secrets come with it. Callbacks
        stay. Raises WorldError."""
        self._do("snapshot", snapshot)
        self.start = _ask(self._at, "GET", "start")

    # How a program talks

    def graph(self, method: str, path: str, token: str | None = None, **params: Any) -> Any:
        """Call the Graph API and return the body, an error too. token: None for the bot's Page token."""
        headers = {"Authorization": f"Bearer {token or self.page_token}"}
        at = urlsplit(self.graph_url)
        if method == "GET" and params:
            path += "?" + urlencode(params)
        return json.loads(_send(at, method, path, None if method == "GET" else params, headers)[1])

    def _thread(self, person: str) -> Any:
        return _one_of(_ask(self._at, "GET", "world")["threads"], self.psid(person), "person")

    def _do(self, path: str, body: Mapping[str, Any]) -> Any:
        return _ask(self._at, "POST", path, body)


def _one_of(those: Mapping[str, Any], name: str, what: str) -> Any:
    if name not in those:
        raise WorldError(f"no {what} {name!r}; there are: {', '.join(those)}")
    return those[name]


def _ask(at: Any, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
    try:
        status, text = _send(at, method, path, body)
        answer = json.loads(text)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise WorldError(f"no world answers at {at.geturl()}: {error}") from error
    if status != 200:
        raise WorldError(str(answer.get("error", answer)))
    return answer


def _send(
    at: Any, method: str, path: str, body: Mapping[str, Any] | None, headers: Mapping[str, str] | None = None
) -> tuple[int, bytes]:
    """at: of `urlsplit`. Proxies of the environment do not matter: the world is on this machine."""
    connection = http.client.HTTPConnection(at.hostname or "", at.port, timeout=30)
    sent = None if body is None else json.dumps(body)
    try:
        connection.request(method, f"{at.path}/{path}", sent, {"Content-Type": "application/json", **(headers or {})})
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


@contextmanager
def start(*options: str, folder: Path | None = None) -> Iterator[MessengerWorld]:
    """Run a world in a process of its own, to the end of the block. options: of the command `simulator`, as
    "--seed", "shop.toml". folder: where such a file is looked for, None for the current one. Raises WorldError where
    it does not start."""
    command = [sys.executable, str(Path(__file__).with_name("__main__.py")), *options, "--until-stdin-closes"]
    with (
        tempfile.TemporaryFile("w+") as complaints,
        subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, text=True
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            first = process.stdout.readline()
            if not first:
                process.wait(10)
                complaints.seek(0)
                raise WorldError(complaints.read().strip() or "the world ended before it said anything")
            yield MessengerWorld(json.loads(first))
        finally:
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
