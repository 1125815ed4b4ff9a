"""What the stand-in gives to those who test with it: the world as an object, and the fixtures of pytest."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from messenger_simulator import MessengerWorld, WorldError, start

from tests.simulator.callbacks import VERIFY_TOKEN, bot_callback
from tests.simulator.distribution import PROJECT
from tests.simulator.world import request

pytestmark = pytest.mark.slow  # runs tests of its own


@pytest.fixture(scope="module")
def running() -> Iterator[MessengerWorld]:
    with start("--id-seed", "5", "--clock", "2026-11-29T09:00:00Z") as world:
        yield world


@pytest.fixture
def world(running: MessengerWorld) -> Iterator[MessengerWorld]:
    running.reset("happy-routing")
    yield running
    running.disconnect()


def test_a_customer_is_answered_and_handed_over(world: MessengerWorld) -> None:
    world.customer_writes("Hello")
    assert [who for who, _ in world.messages()][-2:] == ["customer", world.bot]
    assert world.owner() == world.bot
    answer = world.graph(
        *("POST", "me/pass_thread_control"), recipient={"id": world.psid()}, target_app_id=world.live_chat
    )
    assert answer == {"success": True}
    assert world.owner() == world.live_chat
    assert world.graph("GET", "me", fields="id")["id"] == world.page_id
    assert world.calls() == ["POST me/pass_thread_control", "GET me"]


def test_time_passes_in_the_world_alone(world: MessengerWorld) -> None:
    world.customer_writes("Hello", "tester")
    world.move_clock(hours=23, minutes=59)
    assert world.owner("tester") == world.bot
    world.move_clock(seconds=61)
    assert world.owner("tester") is None


@pytest.mark.parametrize(
    ("error", "number"),
    [("outside_window", (10, 2018278)), ("messenger_limit", (80006, None)), ("service_down", (2, None))],
)
def test_a_call_fails_with_an_error_by_its_name(
    world: MessengerWorld, error: str, number: tuple[int, int | None]
) -> None:
    world.fail("POST me/messages", error)
    told = world.graph("POST", "me/messages", recipient={"id": world.psid()}, message={"text": "Hi"})["error"]
    assert (told["code"], told.get("error_subcode")) == number
    assert "message_id" in world.graph("POST", "me/messages", recipient={"id": world.psid()}, message={"text": "Hi"})


def test_every_named_error_is_told_with_its_number(world: MessengerWorld) -> None:
    names = world.errors()
    assert {"unknown", "token_expired", "another_app_in_control"} <= set(names)
    for name in names:
        world.fail("GET me", name)
        assert "error" in world.graph("GET", "me"), name
    assert "error" not in world.graph("GET", "me")


def test_failing_ends_when_it_is_healed_and_a_wrong_name_is_told(world: MessengerWorld) -> None:
    world.fail("*", "unknown", times=None)
    assert world.graph("GET", "me")["error"]["code"] == 1
    world.heal()
    assert "error" not in world.graph("GET", "me")
    with pytest.raises(WorldError, match=r"'on_fire' is none of unknown, service_down"):
        world.fail("*", "on_fire")


def test_who_or_what_is_not_there_is_told_with_those_that_are(world: MessengerWorld) -> None:
    for ask, told in (
        (lambda: world.owner("nobody"), f"no person 'nobody'; there are: {world.psid('tester')}"),
        (lambda: world.messages("99999"), "no person '99999'"),
        (lambda: world.token("pages"), "no token 'pages'; there are: page, "),
        (lambda: world.app_secret("bot"), f"no app 'bot'; there are: primary, {world.bot}"),
    ):
        with pytest.raises(WorldError, match=told):
            ask()
    assert world.app_secret(world.bot) == world.app_secret("primary")


def test_web_hooks_are_waited_for_and_told_by_their_kind(world: MessengerWorld) -> None:
    with bot_callback(world.app_secret()) as bot:
        world.connect(bot.url, verify_token=VERIFY_TOKEN)
        written = world.customer_writes("Are you open?")
        assert world.wait_for_hook("message")["message"]["mid"] == written
        world.customer_writes("Really?")
        assert world.wait_for_hook("message", "primary", count=2)["message"]["text"] == "Really?"
        assert world.hooks("postback") == world.hooks("message", world.live_chat) == []
        with pytest.raises(WorldError, match="0 of 1 web hooks with 'postback'"):
            world.wait_for_hook("postback", seconds=0.1)
        world.disconnect()
        world.reset()
        world.customer_writes("And now?")
        assert world.messages()[-1][0] == world.bot  # the one that is built in, for nobody is connected


def test_buttons_are_pressed_and_people_block_the_page(world: MessengerWorld) -> None:
    choice = {
        "text": "Shall a person answer?",
        "quick_replies": [{"content_type": "text", "title": "Yes", "payload": "Y"}],
    }
    world.graph("POST", "me/messages", recipient={"id": world.psid()}, message=choice)
    assert world.customer_does(press="Yes") is not None
    assert ("customer", "Yes") in world.messages()
    assert world.customer_does(read=True) is None
    world.customer_does(blocked=True)
    refused = world.graph("POST", "me/messages", recipient={"id": world.psid()}, message={"text": "Hi"})
    assert refused["error"]["code"] == 551
    world.customer_does("7000000000000001", name="Kim New", text="Hello")
    assert world.messages("7000000000000001")[0] == ("customer", "Hello")
    with pytest.raises(WorldError, match="no such button"):
        world.customer_does(press="Maybe")


def test_web_hooks_can_come_late_or_twice(world: MessengerWorld) -> None:
    with bot_callback(world.app_secret()) as bot:
        world.connect(bot.url, verify_token=VERIFY_TOKEN)
        world.trouble("late", seconds=3_600)
        world.customer_writes("Are you open?")
        assert world.hooks("message") == []
        world.trouble("twice")
        world.move_clock(hours=2)
        world.customer_writes("Hello?")
        world.wait_for_hook("message", count=2)
        assert bot.texts == ["Are you open?", "Hello?", "Hello?"]


def test_a_callback_that_is_none_is_refused_with_a_sentence(world: MessengerWorld) -> None:
    with pytest.raises(WorldError, match="nobody listens there"):
        world.connect("http://127.0.0.1:9/")
    with pytest.raises(WorldError, match="--allow-host"):
        world.connect("https://example.org/")


def test_a_kept_world_is_the_same_in_another_process(world: MessengerWorld) -> None:
    world.customer_writes("Remember this")
    kept = world.snapshot()
    with start() as other:
        assert other.page_token != world.page_token
        other.load(kept)
        assert other.page_token == world.page_token
        assert other.messages() == world.messages()
        assert other.graph("GET", "me")["id"] == world.page_id
        with pytest.raises(WorldError, match="newer simulator"):
            other.load({**kept, "format": 99})


def test_a_world_that_runs_already_can_be_joined(world: MessengerWorld) -> None:
    joined = MessengerWorld.join(world.start["control_url"])
    joined.customer_writes("From elsewhere")
    assert ("customer", "From elsewhere") in world.messages()
    with pytest.raises(WorldError, match="no world answers at"):
        MessengerWorld.join(world.start["control_url"].replace("127.0.0.1", "127.0.0.2"))


def test_another_language_can_call_what_the_page_names(world: MessengerWorld) -> None:
    page = (PROJECT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(GET|POST|DELETE) (/[a-z/]+) ?(\{.*?\})?` \|", page, re.MULTILINE)
    assert len(named) == 11
    for method, path, body in named:
        reply = request(method, world.start["control_url"] + path, body=body.encode() or None)
        assert reply.status == 200, (path, reply.text)


def test_a_world_that_cannot_start_says_why() -> None:
    with pytest.raises(WorldError, match=r"no scenario of this name; there are: ai-holds"), start("--scenario", "no"):
        pass
    with pytest.raises(WorldError, match=r"--clock"), start("--clock", "no"):
        pass


TESTS = """
import os


def test_one(messenger_world):
    assert os.environ["MESSENGER_GRAPH_URL"] == messenger_world.graph_url
    assert messenger_world.start["page"]["id"] == messenger_world.page_id
    messenger_world.customer_writes("From the first test")


def test_two(messenger_world):
    texts = [text for _, text in messenger_world.messages()]
    assert texts == ["From a seed"]


def test_three():
    assert "MESSENGER_GRAPH_URL" not in os.environ
"""
SEED = (
    'base = "all-set"\n[threads.customer]\nmessages = [{ from = "customer", text = "From a seed", minutes_ago = 1 }]\n'
)


def test_the_fixture_begins_anew_for_each_test(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "shop.toml").write_text(SEED, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmessenger_simulator = --seed shop.toml\n", encoding="utf-8")
    assert "3 passed" in run_pytest(tmp_path)
    (tmp_path / "inner").mkdir()
    assert "3 passed" in run_pytest(tmp_path / "inner", "../test_it.py")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    with start("--seed", str(tmp_path / "shop.toml")) as world:
        assert "3 passed" in run_pytest(tmp_path, f"--messenger-at={world.start['control_url']}")
        assert world.messages() == [("customer", "From a seed")]
        at_once = run_pytest(tmp_path, f"--messenger-at={world.start['control_url']}", "-n2")
        assert "several workers of xdist would spoil" in at_once


def run_pytest(folder: Path, *options: str) -> str:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "messenger_simulator.plugin", *options]
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=100)
    return done.stdout + done.stderr
