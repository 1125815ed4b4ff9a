"""Bots on this machine get web hooks from the practice world, and answer over its Graph API."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulator.callbacks import VERIFY_TOKEN, BotCallback, bot_callback, connected
from tests.simulator.world import ROOT, PracticeWorld, start_world


@pytest.fixture
def bot(practice: PracticeWorld) -> Iterator[BotCallback]:
    with connected(practice, "primary") as callback:
        yield callback


def test_a_customers_message_reaches_the_bot_signed(practice: PracticeWorld, bot: BotCallback) -> None:
    sent = practice.customer_writes("Grüße, is it open?")
    ((channel, item),) = bot.wait_for(1)
    assert (channel, item["sender"]["id"], item["recipient"]["id"]) == ("messaging", practice.tester, practice.page_id)
    assert item["message"] == {"mid": sent["message"], "text": "Grüße, is it open?"}
    hook = bot.hooks[0]
    assert hook.is_signed
    assert hook.body["object"] == "page"
    assert hook.body["entry"][0]["id"] == practice.page_id
    assert abs(item["timestamp"] - hook.body["entry"][0]["time"]) < 60_000


def test_a_picture_of_a_customer_reaches_the_bot(practice: PracticeWorld, bot: BotCallback) -> None:
    sent = practice.customer_does(attachment={"type": "image", "url": "https://lumen.example/broken-cup.jpg"})
    ((_, item),) = bot.wait_for(1)
    picture = {"type": "image", "payload": {"url": "https://lumen.example/broken-cup.jpg"}}
    assert item["message"] == {"mid": sent["message"], "attachments": [picture]}


def test_a_bot_with_a_callback_answers_itself(practice: PracticeWorld, bot: BotCallback) -> None:
    practice.customer_writes("human, please")
    bot.wait_for(1)
    assert practice.thread()["messages"][-1]["text"] == "human, please"
    said = practice.graph("POST", "me/messages", recipient={"id": practice.tester}, message={"text": "Hello!"})
    assert said.json()["recipient_id"] == practice.tester
    assert practice.thread()["messages"][-1]["text"] == "Hello!"


def test_each_app_hears_of_a_handover_as_its_part_is(practice: PracticeWorld, bot: BotCallback) -> None:
    with connected(practice, "secondary") as desk:
        practice.customer_writes("first")
        practice.control_of("pass", target_app_id=practice.app("secondary"), metadata="a note")
        practice.customer_writes("second")
        practice.control_of("take", metadata="back")
        practice.customer_writes("third")
        channels = [(channel, item) for channel, item in desk.wait_for(5)]
        bot_items = bot.wait_for(3)
    assert [channel for channel, _item in channels] == ["standby", "messaging", "messaging", "messaging", "standby"]
    assert channels[1][1]["pass_thread_control"] == {
        "previous_owner_app_id": practice.app("primary"),
        "new_owner_app_id": practice.app("secondary"),
        "metadata": "a note",
    }
    assert channels[3][1]["take_thread_control"]["new_owner_app_id"] == practice.app("primary")
    assert [channel for channel, _item in bot_items] == ["messaging", "standby", "messaging"]


SEED = """
base = "all-set"

[app.primary.webhook]
url = "{url}"
verify_token = "{token}"
batch = 1
"""


def test_a_scenario_brings_the_callback_of_an_app(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    with bot_callback() as bot:
        file.write_text(SEED.format(url=bot.url, token=VERIFY_TOKEN), encoding="utf-8")
        with start_world(options=("--seed", str(file))) as world:
            bot.secret = world.start["apps"]["primary"]["secret"]
            world.customer_writes("hello")
            bot.wait_for(1)
            assert bot.hooks[0].is_signed
            assert world.callbacks()[world.app("primary")]["state"] == "verified"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('url = "ftp://127.0.0.1/"', "webhook.url"),
        ('url = "https://lumen.example/hook"', "--allow-host lumen.example"),
        ('url = "http://127.0.0.1:1/"\nbatch = 0', "webhook.batch"),
        ('url = "http://127.0.0.1:1/"\ncolour = "red"', "webhook.colour"),
        ('url = "http://127.0.0.1:1/"\n[app.secondary.webhook]\nurl = "http://127.0.0.1:1/"', "already"),
    ],
)
def test_a_callback_that_may_not_be_stops_the_world_with_a_sentence(tmp_path: Path, line: str, words: str) -> None:
    file = tmp_path / "shop.toml"
    file.write_text(f'base = "all-set"\n[app.primary.webhook]\n{line}\n', encoding="utf-8")
    command = [sys.executable, "-m", "wizard.simulator", "--seed", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
