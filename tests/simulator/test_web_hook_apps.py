"""Programs that go on without end are stopped and told why; an app subscribes its callback as it does in life."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulator.callbacks import VERIFY_TOKEN, BotCallback, bot_callback, connected
from tests.simulator.world import PracticeWorld


@pytest.fixture
def bot(practice: PracticeWorld) -> Iterator[BotCallback]:
    with connected(practice, "primary", batch=1) as callback:
        yield callback


def test_a_bot_that_answers_itself_is_stopped(practice: PracticeWorld, bot: BotCallback) -> None:
    practice.graph("POST", "me/subscribed_apps", subscribed_fields="messages,message_echoes")
    said: list[int] = []

    def answer(_channel: str, item: Any) -> None:
        reply = practice.graph("POST", "me/messages", recipient={"id": practice.tester}, message={"text": "echo"})
        said.append(reply.status if reply.status == 200 else reply.error[0] or 0)

    bot.on_item = answer
    practice.customer_writes("go")
    bot.wait_for(101, 30)
    assert practice.hooks_done()
    assert practice.until(lambda: 613 in said), said
    assert said.count(200) == 100
    assert ["Does it answer itself?" in note["text"] for note in practice.hook_notes()] == [True]
    bot.on_item = None
    practice.customer_writes("a person again")
    sent = practice.graph("POST", "me/messages", recipient={"id": practice.tester}, message={"text": "Hello"})
    assert sent.status == 200


def test_two_apps_that_pass_to_each_other_without_end_are_stopped(practice: PracticeWorld) -> None:
    practice.customer_writes("hello")
    turns = itertools.cycle((("page", "secondary"), ("secondary_page", "primary")))
    replies = (practice.control_of("pass", token, target_app_id=practice.app(target)) for token, target in turns)
    passed = list(itertools.takewhile(lambda reply: reply.status == 200, itertools.islice(replies, 200)))
    assert len(passed) == 99, "beside the greeting of the bot"
    assert len(practice.hook_notes()) == 1
    practice.customer_writes("a person again")
    assert practice.control_of("pass", "secondary_page", target_app_id=practice.app("primary")).status == 200


def test_an_app_subscribes_its_callback_over_the_graph_api(practice: PracticeWorld) -> None:
    app = practice.app("secondary")
    token = f"{app}|{practice.start['apps']['secondary']['secret']}"
    with bot_callback(practice.start["apps"]["secondary"]["secret"]) as desk:
        wanted = {"object": "page", "callback_url": desk.url, "fields": "messages,standby"}
        refused = practice.graph("POST", f"{app}/subscriptions", token, **wanted, verify_token="wrong")
        assert refused.error == (2200, None)
        assert "HTTP 403" in refused.json()["error"]["message"]
        done = practice.graph("POST", f"{app}/subscriptions", token, **wanted, verify_token=VERIFY_TOKEN)
        assert done.json() == {"success": True}
        (shown,) = practice.graph("GET", f"{app}/subscriptions", token).json()["data"]
        assert (shown["object"], shown["callback_url"], shown["active"]) == ("page", desk.url, True)
        assert [field["name"] for field in shown["fields"]] == ["messages", "standby"]
        practice.customer_writes("hello")
        practice.control_of("pass", target_app_id=app)
        practice.customer_writes("to the desk")
        assert [channel for channel, _item in desk.wait_for(2)] == ["standby", "messaging"]
        assert len(desk.items) == 2, "messaging_handovers is not among the app's fields"
        assert practice.graph("GET", f"{app}/subscriptions").error[0] == 15
        assert practice.graph("GET", f"{practice.app('primary')}/subscriptions", token).error == (100, 33)
        assert practice.graph("DELETE", f"{app}/subscriptions", token).json() == {"success": True}
        assert practice.graph("GET", f"{app}/subscriptions", token).json() == {"data": []}
