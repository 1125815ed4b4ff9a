"""Starting or joining a practice world. The one place that turns its addresses into a World.

urllib is imported where it is used: with it comes all of TLS, which the first window does not wait for."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.core import limits
from wizard.core.ports import Choice
from wizard.core.resource import resource
from wizard.core.world import World
from wizard.i18n.language import _, current, mark

if TYPE_CHECKING:
    from http.client import HTTPResponse
    from urllib.request import Request

DEFAULT_SCENARIO = "new-page"
# Nothing before the host, as "http://127.0.0.1:80@elsewhere" has it, and nothing that readers understand differently.
_ON_THIS_MACHINE = re.compile(r"(http://127\.0\.0\.1:[0-9]{1,5})(?:/[A-Za-z0-9/_.-]*)?")
_LARGEST = 1_000_000  # bytes of an answer
_NEEDED = re.compile(
    r"(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|TZ|TMP|TEMP|TMPDIR|VIRTUAL_ENV|(?:LC|XDG|LD|DYLD|COV|COVERAGE)_.+|"
    r"PYTHON(?:PATH|HOME|UTF8|WARNINGS|DEVMODE|HASHSEED|NOUSERSITE|DONTWRITEBYTECODE|UNBUFFERED)|"
    r"SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA|"
    r"PROGRAMFILES.*|NUMBER_OF_PROCESSORS|PROCESSOR_ARCHITECTURE|OS|WINE.*)"
)


class NoPracticeWorld(Exception):
    """The practice world could not be started or joined; the text says why, in words."""


@dataclass(slots=True)
class Practice:
    """A practice world in use. start: its start object. process: None where it was joined."""

    world: World
    start: Mapping[str, Any]
    process: "subprocess.Popen[str] | None" = None

    def end(self) -> None:
        """End a world that we started: it ends with its stdin. A joined one goes on."""
        if self.process is None or self.process.stdin is None:
            return
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def start_practice(scenario: str = DEFAULT_SCENARIO) -> Practice:
    """Start a child process that ends with us. Raises NoPracticeWorld."""
    if not any(path.stem == scenario for path in resource("scenarios").glob("*.toml")):
        raise NoPracticeWorld(_("There is no practice called “{name}”.").format(name=scenario))
    try:
        process = subprocess.Popen(
            [*own_program(), "--language", current(), "simulator", "--scenario", scenario, "--until-stdin-closes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**_surroundings(), "PYTHONIOENCODING": "utf-8"},
        )
    except OSError as error:
        raise NoPracticeWorld(_("Practice could not be started on this computer.")) from error
    assert process.stdout is not None
    try:
        start = json.loads(process.stdout.readline())
        return Practice(_world(start, start["control_url"]), start, process)
    except (ValueError, LookupError, TypeError) as error:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        raise NoPracticeWorld(_("Practice could not be started on this computer.")) from error


def _surroundings() -> dict[str, str]:
    """What a program needs to run, and nothing else: one of the variables may hold a token."""
    return {name: value for name, value in os.environ.items() if _NEEDED.fullmatch(name.upper())}


def join_practice(control_url: str) -> Practice:
    """Join a running one. control_url: its control address, on this machine only. Raises NoPracticeWorld."""
    from http.client import HTTPException

    if not _ON_THIS_MACHINE.fullmatch(control_url):
        raise NoPracticeWorld(_("A practice address starts with http://127.0.0.1:"))
    try:
        with _reply_to(f"{control_url}/start", limits.PRACTICE_START) as reply:
            start = json.loads(reply.read(_LARGEST))
        return Practice(_world(start, control_url), start)
    except (ValueError, OSError, HTTPException, LookupError, TypeError, RecursionError) as error:
        raise NoPracticeWorld(_("No practice is running at this address.")) from error


def is_alive(graph_url: str) -> bool:
    """Whether this practice world may still be there. Its address has a secret in it: another world that got the same
    port does not know it. What is not on this machine, is slow, or speaks something else, counts as alive: only a port
    that nobody listens on, or a world that does not know the address, shows that it is gone."""
    from http.client import HTTPException
    from urllib.error import HTTPError, URLError

    if not _ON_THIS_MACHINE.fullmatch(graph_url):
        return True
    try:
        with _reply_to(graph_url, limits.PRACTICE_ALIVE):
            return True
    except HTTPError as error:
        with error:
            return error.code != HTTPStatus.NOT_FOUND
    except URLError as error:
        return not isinstance(error.reason, ConnectionRefusedError)
    except (OSError, HTTPException, ValueError):
        return True


def _reply_to(request: "str | Request", seconds: float) -> "HTTPResponse":
    """The reply of a practice world. Never through a proxy, and never from elsewhere: it is on this machine."""
    import urllib.request

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_where: object) -> None:
            return None

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay)
    reply: HTTPResponse = opener.open(request, timeout=seconds)
    return reply


def _world(start: Mapping[str, Any], control_url: str) -> World:
    """The addresses of a start object. All of them lie on the host and port of the control address: a token is sent to
    one, and the others are opened. Raises ValueError, LookupError, TypeError for what is no such object."""
    root = _root(control_url)

    def address(site: str) -> str:
        given: str = start[f"{site}_url"]
        if _root(given) != root:
            raise ValueError(f"{site} lies elsewhere")
        return given

    return World(
        graph=address("graph"),
        facebook=address("facebook"),
        business=address("business"),
        developers=address("developers"),
        platform=address("platform"),
        platform_api=address("platform_api"),
        livechat=address("livechat"),
        m_me=address("messenger"),
        label=mark("Practice Page"),
        control=address("control"),
        log_in=str(start.get("log_in", "")),
    )


def _root(address: str) -> str:
    found = _ON_THIS_MACHINE.fullmatch(address)
    if found is None:
        raise ValueError("not on this machine")
    return found[1]


def own_program(window: bool = False) -> list[str]:
    """The command that starts this program again: its window, or its commands."""
    if getattr(sys, "frozen", False):
        here = Path(sys.executable)
        name = "handover-wizard" if window else "handover-wizard-console"
        return [str(here.with_name(name + here.suffix))]
    return [sys.executable, "-m", "wizard.cli"]


def speak_in_practice(world: World, code: str) -> None:
    """Let the pretend sites speak another language; in life nothing is done. Raises NoPracticeWorld."""
    if world.control:
        _post(f"{world.control}/language", {"code": code})


def _post(url: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    from http.client import HTTPException
    from urllib.request import Request

    request = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST")
    try:
        with _reply_to(request, limits.PRACTICE_OWNER) as reply:
            answer: Mapping[str, Any] = json.loads(reply.read(_LARGEST))
            return answer
    except (ValueError, OSError, HTTPException, RecursionError) as error:
        raise NoPracticeWorld(_("The practice owner does not answer.")) from error


class PracticePerson:
    """The practice world's owner as a Person: told what to do in the same words, it acts on the pretend sites."""

    def __init__(self, control_url: str) -> None:
        self._url = f"{control_url}/owner"

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        """Raises NoPracticeWorld where the world has ended."""
        told = {"step": step, "text": text, "link": link or None, "copied": copied or None}
        return bool(_post(self._url, {"instruct": told})["done"])

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        asked = {
            "question": question,
            "text": text,
            "choices": [{"id": choice.id, "text": choice.text} for choice in choices],
        }
        return str(_post(self._url, {"ask": asked})["answer"])
