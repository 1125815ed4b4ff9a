"""Instagram beside Messenger: a routing, an inbox, people and errors of its own, over the same calls of the Page."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulator.callbacks import BotCallback, connected
from tests.simulator.world import HttpReply, PracticeWorld, request

INBOX = "1217981644879628"


@pytest.fixture
def practice(running_practice: PracticeWorld) -> PracticeWorld:
    return running_practice.scenario("instagram-too")


@pytest.fixture
def bot(practice: PracticeWorld) -> Iterator[BotCallback]:
    with connected(practice, "primary", batch=1) as callback:
        yield callback


def igsid(practice: PracticeWorld) -> str:
    return str(practice.start["instagram"]["tester"])


def control(practice: PracticeWorld, verb: str, token: str = "page", **params: Any) -> HttpReply:
    return practice.control_of(verb, token, igsid(practice), **params)


def send(practice: PracticeWorld, token: str = "page") -> HttpReply:
    return practice.graph("POST", "me/messages", token, recipient={"id": igsid(practice)}, message={"text": "Hello"})


def choose_default(practice: PracticeWorld, role: str) -> None:
    form = [("default_app", practice.app(role)), ("take_control", practice.app("primary"))]
    reply = request("POST", f"{practice.start['facebook_url']}/settings/instagram", form=form)
    assert reply.status == 303


def instagram(practice: PracticeWorld) -> Any:
    return practice.world()["instagram"]


def test_the_account_and_its_flag_are_shown(practice: PracticeWorld) -> None:
    page = practice.graph("GET", "me", fields="instagram_business_account{username},messaging_feature_status").json()
    assert page["instagram_business_account"] == {"id": practice.start["instagram"]["id"], "username": "lumen.coffee"}
    assert page["messaging_feature_status"]["ig_multi_app"] is True
    assert practice.graph("GET", "me", fields="instagram_business_account").json()["instagram_business_account"] == {
        "id": practice.start["instagram"]["id"]
    }
    practice.scenario("happy-routing")
    page = practice.graph("GET", "me", fields="instagram_business_account,messaging_feature_status").json()
    assert "instagram_business_account" not in page
    assert page["messaging_feature_status"]["ig_multi_app"] is False


def test_conversations_are_listed_by_platform(practice: PracticeWorld) -> None:
    (item,) = practice.graph("GET", "me/conversations", platform="instagram", fields="id,participants").json()["data"]
    assert item["id"].startswith("aWdf")
    assert item["participants"]["data"][0] == {"username": "robin.tester", "id": igsid(practice)}
    messages = practice.graph("GET", f"{item['id']}/messages", fields="message,from").json()["data"]
    assert messages[0]["from"]["username"] == "robin.tester"
    on_messenger = practice.graph("GET", "me/conversations", platform="messenger").json()["data"]
    assert item["id"] not in [each["id"] for each in on_messenger]
    assert practice.graph("GET", igsid(practice)).json()["username"] == "robin.tester"


def test_without_a_default_app_of_its_own_nobody_takes_there(practice: PracticeWorld) -> None:
    assert control(practice, "take").error == (27, 2534123)
    assert practice.control_of("take", "secondary_page").json() == {"success": True}, "Messenger has a default app"


def test_control_moves_by_the_routing_of_instagram(practice: PracticeWorld) -> None:
    choose_default(practice, "primary")
    before = practice.thread()
    practice.customer_writes("Hello", psid=igsid(practice))
    assert instagram(practice)["threads"][igsid(practice)]["owner"] == practice.app("primary")
    assert control(practice, "pass", target_app_id=INBOX).json() == {"success": True}
    assert send(practice).error == (100, 2534037)
    assert control(practice, "pass", target_app_id=practice.app("secondary")).error == (100, 2534037)
    assert control(practice, "release").error == (100, 2534037)
    assert control(practice, "take", "secondary_page").error == (27, 2534118)
    assert control(practice, "take").json() == {"success": True}
    owner = practice.graph("GET", "me/thread_owner", recipient=igsid(practice)).json()["data"][0]["thread_owner"]
    assert owner["app_id"] == practice.app("primary")
    assert practice.thread() == before, "nothing happened on Messenger"


def test_the_window_has_an_error_of_its_own(practice: PracticeWorld) -> None:
    choose_default(practice, "primary")
    practice.clock(26 * 3600)
    reply = send(practice)
    assert (reply.status, reply.error) == (403, (10, 2534022))


def test_the_inbox_of_instagram_is_no_target_on_messenger(practice: PracticeWorld) -> None:
    assert practice.control_of("pass", target_app_id=INBOX).error == (100, 2018164)


def test_the_owner_of_the_account_may_forbid_access(practice: PracticeWorld) -> None:
    practice.scenario_of("instagram-too", instagram={"message_access": False})
    assert practice.graph("GET", "me/conversations", platform="instagram").error == (200, 2534041)
    assert send(practice).error == (200, 2534041)
    assert practice.graph("GET", "me/conversations", platform="messenger").status == 200


def test_any_scenario_may_get_an_account(practice: PracticeWorld) -> None:
    practice.scenario_of("happy-routing", instagram={"username": "another.shop"})
    assert instagram(practice)["name"] == "another.shop"


def test_the_permissions_of_instagram_are_needed(practice: PracticeWorld) -> None:
    assert practice.graph("GET", "me/conversations", "third_app_page", platform="instagram").error == (200, None)


def test_web_hooks_of_instagram_have_their_own_object_and_fields(practice: PracticeWorld, bot: BotCallback) -> None:
    choose_default(practice, "primary")
    with connected(practice, "secondary", batch=1) as desk:
        practice.customer_writes("Hello", psid=igsid(practice))
        send(practice)
        control(practice, "pass", target_app_id=practice.app("secondary"))
        practice.customer_does(read=True, psid=igsid(practice))
        desk.wait_for(4)
        bot.wait_for(3)
    assert {hook.body["object"] for hook in (*bot.hooks, *desk.hooks)} == {"instagram"}
    assert {hook.body["entry"][0]["id"] for hook in bot.hooks} == {practice.start["instagram"]["id"]}
    assert [channel for channel, _item in desk.items] == ["standby", "standby", "messaging", "messaging"]
    assert desk.items[1][1]["message"]["is_echo"] is True
    assert desk.items[2][1]["pass_thread_control"]["new_owner_app_id"] == practice.app("secondary")
    assert "read" in desk.items[3][1]


def test_one_is_the_customer_on_instagram_too(practice: PracticeWorld) -> None:
    address = f"{practice.start['messenger_url']}/{practice.start['instagram']['id']}"
    assert "Instagram" in request("GET", address).text
    assert request("POST", address, form={"text": "Do you have tea?"}).status == 303
    assert "Do you have tea?" in request("GET", address).text
    assert "Do you have tea?" not in request("GET", f"{practice.start['messenger_url']}/{practice.page_id}").text


def test_a_page_without_an_account_has_no_settings_for_it(running_practice: PracticeWorld) -> None:
    practice = running_practice.scenario("happy-routing")
    assert (
        request("POST", f"{practice.start['facebook_url']}/settings/instagram", form={"default_app": "1"}).status == 404
    )
    assert practice.graph("GET", "me/conversations", platform="instagram").json() == {"data": []}
