"""Bots on this machine get web hooks from the practice world, and answer over its Graph API."""

from collections.abc import Iterator

import pytest

from tests.simulator.callbacks import BotCallback, connected
from tests.simulator.world import PracticeWorld


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
