"""The command: its first line, its ends, and what it says when it cannot start."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from tests.simulator.world import ROOT, PracticeWorld, request, start_world

KEYS = {
    "graph_url",
    "facebook_url",
    "business_url",
    "developers_url",
    "platform_url",
    "livechat_url",
    "messenger_url",
    "control_url",
    "page",
    "apps",
    "tokens",
    "psids",
    "instagram",
    "platform_api_url",
    "relay_url",
    "log_in",
    "platform_api_key",
}


@contextmanager
def run(*options: str) -> "Iterator[subprocess.Popen[str]]":
    """Start the command; whatever a test finds, nothing is left running."""
    command = [sys.executable, "-m", "wizard.simulator", *options]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_the_first_line_tells_every_address_token_and_id(practice: PracticeWorld) -> None:
    start = practice.start
    assert set(start) == KEYS
    assert start["page"]["name"] == "Lumen Coffee"
    assert {role: app["name"] for role, app in start["apps"].items()} == {
        "primary": "Flow bot",
        "secondary": "Support Desk",
        "page_inbox": "Page Inbox",
        "third": "Order Robot",
        "meta_ai": "BMX Gen AI Chatbot",
        "meta_ai_newer": "Business AI",
        "instagram_inbox": "Instagram inbox",
    }
    assert all(len(app["id"]) in (15, 16) and app["id"].isdigit() for app in start["apps"].values())
    assert all(len(psid) in (16, 17) and psid.isdigit() for psid in start["psids"].values())
    assert set(start["tokens"]) == {
        "page",
        "secondary_page",
        "third_app_page",
        "user",
        "system_user",
        "expired",
        "app",
        "paste",
    }
    looks_real = [token for name, token in start["tokens"].items() if name != "app"]
    assert all(token.startswith("EAA") and len(token) > 150 for token in looks_real)
    assert start["tokens"]["paste"] == start["tokens"]["page"]
    assert not start["graph_url"].endswith("/")
    assert urlsplit(start["graph_url"]).hostname == "127.0.0.1"


def test_paste_is_what_the_owner_pastes_in_the_first_scenario() -> None:
    with start_world("token-of-live-chat") as world:
        assert world.token("paste") == world.token("secondary_page")
        world.scenario("happy-routing")
        assert request("GET", f"{world.control_url}/start").json() == world.start


def end_by_signal(number: int) -> Callable[["subprocess.Popen[str]", str], None]:
    return lambda process, control: process.send_signal(number)


def end_over_http(process: "subprocess.Popen[str]", control: str) -> None:
    assert request("POST", f"{control}/stop").status == 200


@pytest.mark.parametrize(
    "end", [end_by_signal(signal.SIGTERM), end_by_signal(signal.SIGINT), end_over_http], ids=["term", "int", "http"]
)
def test_it_ends_in_order_whatever_its_standard_input_is(
    end: Callable[["subprocess.Popen[str]", str], None],
) -> None:
    with run() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        control = json.loads(process.stdout.readline())["control_url"]
        assert request("GET", f"{control}/world").status == 200
        end(process, control)
        assert process.wait(10) == 0
        assert process.stdout.read() == ""


def test_it_ends_with_its_standard_input_where_asked() -> None:
    with run("--until-stdin-closes") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        control = json.loads(process.stdout.readline())["control_url"]
        assert request("GET", f"{control}/world").status == 200
        process.stdin.close()
        assert process.wait(10) == 0


def test_it_writes_no_address_and_no_token_to_its_log() -> None:
    with run("--until-stdin-closes") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        start = json.loads(process.stdout.readline())
        request("GET", f"{start['graph_url']}/me?access_token={start['tokens']['page']}")
        request("GET", f"{start['platform_url']}/nothing/here")
        process.stdin.close()
        assert process.wait(10) == 0
        assert process.stderr.read() == ""


def test_an_unknown_scenario_or_a_taken_port_is_said_in_one_line(practice: PracticeWorld) -> None:
    taken = str(urlsplit(practice.control_url).port)
    for options, said in ((("--scenario", "nonsense"), "happy-routing"), (("--port", taken), f"port {taken} is taken")):
        with run(*options) as process:
            output, complaint = process.communicate(timeout=10)
        assert process.returncode == 2
        assert output == ""
        assert said in complaint
        assert "Traceback" not in complaint


def test_it_starts_within_a_second_or_so() -> None:
    begun = time.monotonic()
    with start_world() as world:
        assert request("GET", f"{world.control_url}/world").status == 200
        assert time.monotonic() - begun < 5  # far above the usual 0.3 s, so that a busy machine does not fail
