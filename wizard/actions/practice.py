"""Starting or joining a practice world. The one place that turns its addresses into a World.

urllib is imported where it is used: with it comes all of TLS, which the first window does not wait for."""

import json
import os
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
from wizard.i18n.language import _

if TYPE_CHECKING:
    from http.client import HTTPResponse
    from urllib.request import Request

DEFAULT_SCENARIO = "new-page"
_LOOPBACK = "http://127.0.0.1:"


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


def start_practice(scenario: str = DEFAULT_SCENARIO) -> Practice:
    """Start a child process that ends with us. Raises NoPracticeWorld."""
    if not any(path.stem == scenario for path in resource("scenarios").glob("*.toml")):
        raise NoPracticeWorld(_("There is no practice called “{name}”.").format(name=scenario))
    try:
        process = subprocess.Popen(
            [*own_program(), "simulator", "--scenario", scenario, "--until-stdin-closes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
    except OSError as error:
        raise NoPracticeWorld(_("Practice could not be started on this computer.")) from error
    assert process.stdout is not None
    try:
        return Practice(*_world(json.loads(process.stdout.readline())), process)
    except (ValueError, LookupError, TypeError) as error:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        raise NoPracticeWorld(_("Practice could not be started on this computer.")) from error


def join_practice(control_url: str) -> Practice:
    """Join a running one. control_url: its control address, on this machine only. Raises NoPracticeWorld."""
    from http.client import HTTPException

    if not control_url.startswith(_LOOPBACK):
        raise NoPracticeWorld(_("A practice address starts with http://127.0.0.1:"))
    try:
        with _reply_to(f"{control_url}/start", limits.PRACTICE_START) as reply:
            return Practice(*_world(json.load(reply)))
    except (ValueError, OSError, HTTPException, LookupError, TypeError) as error:
        raise NoPracticeWorld(_("No practice is running at this address.")) from error


def is_alive(graph_url: str) -> bool:
    """Whether this practice world may still be there. Its address has a secret in it: another world that got the same
    port does not know it. What is not on this machine, is slow, or speaks something else, counts as alive: only a port
    that nobody listens on, or a world that does not know the address, shows that it is gone."""
    from http.client import HTTPException
    from urllib.error import HTTPError, URLError

    if not graph_url.startswith(_LOOPBACK):
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
    """The reply of a practice world. Never through a proxy: it is on this machine."""
    import urllib.request

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    reply: HTTPResponse = opener.open(request, timeout=seconds)
    return reply


def _world(start: Mapping[str, Any]) -> tuple[World, Mapping[str, Any]]:
    world = World(
        graph=start["graph_url"],
        facebook=start["facebook_url"],
        business=start["business_url"],
        developers=start["developers_url"],
        platform=start["platform_url"],
        platform_api=start["platform_api_url"],
        livechat=start["livechat_url"],
        m_me=start["messenger_url"],
        label=_("Practice page"),
        control=start["control_url"],
    )
    return world, start


def own_program(window: bool = False) -> list[str]:
    """The command that starts this program again: its window, or its commands."""
    if getattr(sys, "frozen", False):
        here = Path(sys.executable)
        name = "handover-wizard" if window else "handover-wizard-console"
        return [str(here.with_name(name + here.suffix))]
    return [sys.executable, "-m", "wizard.cli"]


class PracticePerson:
    """The practice world's owner as a Person: told what to do in the same words, it acts on the pretend sites."""

    def __init__(self, control_url: str) -> None:
        self._url = f"{control_url}/owner"

    def instruct(self, step: str, text: str, link: str = "", copied: str = "") -> bool:
        """Raises NoPracticeWorld where the world has ended."""
        told = {"step": step, "text": text, "link": link or None, "copied": copied or None}
        return bool(self._post({"instruct": told})["done"])

    def ask(self, question: str, text: str, choices: Sequence[Choice] = ()) -> str:
        asked = {
            "question": question,
            "text": text,
            "choices": [{"id": choice.id, "text": choice.text} for choice in choices],
        }
        return str(self._post({"ask": asked})["answer"])

    def _post(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        from http.client import HTTPException
        from urllib.request import Request

        request = Request(self._url, json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST")
        try:
            with _reply_to(request, limits.PRACTICE_OWNER) as reply:
                answer: Mapping[str, Any] = json.load(reply)
                return answer
        except (ValueError, OSError, HTTPException) as error:
            raise NoPracticeWorld(_("The practice owner does not answer.")) from error
