"""What a bot may send through the Send API, what is refused, and what a person sees and presses of it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulator.callbacks import BotCallback, connected
from tests.simulator.world import HttpReply, PracticeWorld, request

ECHOES = "messages,messaging_postbacks,messaging_referrals,messaging_handovers,standby,message_echoes"
BUTTONS = {
    "type": "template",
    "payload": {
        "template_type": "button",
        "text": "What can I do for you?",
        "buttons": [
            {"type": "postback", "title": "Order", "payload": "ORDER"},
            {"type": "web_url", "title": "Menu", "url": "https://lumen.example/menu"},
        ],
    },
}
QUICK = [{"content_type": "text", "title": "Yes", "payload": "YES"}, {"content_type": "location"}]


@pytest.fixture
def bot(practice: PracticeWorld) -> Iterator[BotCallback]:
    with connected(practice, "primary") as callback:
        yield callback


def send(practice: PracticeWorld, message: object, token: str = "page", **more: Any) -> HttpReply:
    return practice.graph("POST", "me/messages", token, recipient={"id": practice.tester}, message=message, **more)


@pytest.mark.parametrize(
    "message",
    [
        {"text": "x" * 2000},
        {"text": "Shall I?", "quick_replies": QUICK, "metadata": "mine"},
        {"attachment": BUTTONS},
        {"attachment": {"type": "image", "payload": {"url": "https://lumen.example/cup.jpg"}}},
        {
            "attachment": {
                "type": "template",
                "payload": {"template_type": "generic", "elements": [{"title": "Cup"}]},
            }
        },
    ],
)
def test_a_message_of_each_kind_is_sent(practice: PracticeWorld, message: Any) -> None:
    reply = send(practice, message)
    assert reply.status == 200, reply.text
    assert set(reply.json()) == {"recipient_id", "message_id"}


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (None, "message is required"),
        ({}, "non-empty UTF-8"),
        ({"text": ""}, "non-empty UTF-8"),
        ({"text": 7}, "non-empty UTF-8"),
        ({"text": "x" * 2001}, "less than or equal to 2000"),
        ({"text": "hi", "reply_to": {"mid": "m_1"}}, 'Invalid keys "reply_to"'),
        ({"text": "hi", "metadata": 3}, "metadata"),
        ({"text": "hi", "quick_replies": "Yes"}, "quick_replies"),
        ({"text": "hi", "quick_replies": [QUICK[0]] * 14}, "too many elements"),
        ({"text": "hi", "quick_replies": [{"content_type": "text", "title": "Yes"}]}, "payload"),
        ({"text": "hi", "quick_replies": [{"content_type": "colour"}]}, "content_type"),
        ({"attachment": "image"}, "attachment"),
        ({"attachment": {"type": "hologram", "payload": {}}}, "[type] is not supported"),
        ({"attachment": {"type": "image", "payload": {"url": "cup.jpg"}}}, "should represent a valid URL"),
        ({"attachment": {"type": "image", "payload": {"attachment_id": "1"}}}, "attachment ID"),
        ({"attachment": {"type": "template", "payload": {}}}, "template_type"),
        ({"attachment": {"type": "template", "payload": {"template_type": "button", "text": "x"}}}, "buttons"),
        (
            {
                "attachment": {
                    "type": "template",
                    "payload": {"template_type": "button", "text": "x", "buttons": [{"type": "nested", "title": "a"}]},
                }
            },
            "Invalid button type",
        ),
        ({"attachment": {"type": "template", "payload": {"template_type": "generic", "elements": []}}}, "elements"),
    ],
)
def test_a_message_of_a_wrong_shape_is_refused(practice: PracticeWorld, message: Any, words: str) -> None:
    reply = send(practice, message)
    assert reply.error[0] == 100
    assert words in reply.json()["error"]["message"]


@pytest.mark.parametrize(
    ("recipient", "code", "words"),
    [
        (None, (100, None), "The parameter recipient is required"),
        ({"id": "somebody"}, (100, None), "must be a valid ID string"),
        ({"id": True}, (100, None), "must be a valid ID string"),
        ({"id": "999"}, (100, 2018001), "No matching user found"),
    ],
)
def test_a_wrong_recipient_is_named(
    practice: PracticeWorld, recipient: object, code: tuple[int, int | None], words: str
) -> None:
    parameters: dict[str, Any] = {} if recipient is None else {"recipient": recipient}
    reply = practice.graph("POST", "me/messages", message={"text": "hi"}, **parameters)
    assert reply.error == code
    assert words in reply.json()["error"]["message"]


def test_who_may_not_send_is_told_why(practice: PracticeWorld) -> None:
    assert send(practice, {"text": "hi"}, "secondary_page").error == (10, 2018300)
    practice.customer_does(blocked=True)
    assert send(practice, {"text": "hi"}).error == (551, 1545041)
    practice.customer_does(blocked=False)
    practice.clock(25 * 3600)
    assert send(practice, {"text": "hi"}).error == (10, 2018278)
    assert send(practice, {"text": "hi"}, messaging_type="MESSAGE_TAG", tag="HUMAN_AGENT").status == 200
    practice.clock(7 * 24 * 3600)
    assert send(practice, {"text": "hi"}, messaging_type="MESSAGE_TAG", tag="HUMAN_AGENT").error == (10, 2018278)
    assert send(practice, {"text": "hi"}, messaging_type="MESSAGE_TAG", tag="ACCOUNT_UPDATE").error[0] == 100
    assert send(practice, {"text": "hi"}, messaging_type="MESSAGE_TAG").error[0] == 100
    assert send(practice, {"text": "hi"}, messaging_type="SHOUT").error[0] == 100


def test_a_bot_without_the_permission_is_told_so(running_practice: PracticeWorld) -> None:
    practice = running_practice.scenario("missing-permission")
    assert send(practice, {"text": "hi"}).error[0] in (10, 200, 230)


def test_typing_shows_until_the_message_comes(practice: PracticeWorld) -> None:
    practice.write("Hi")
    said = practice.graph("POST", "me/messages", recipient={"id": practice.tester}, sender_action="typing_on")
    assert said.json() == {"recipient_id": practice.tester}
    assert "Flow bot is writing" in messenger(practice)
    send(practice, {"text": "There you are."})
    assert "is writing" not in messenger(practice)
    wrong = practice.graph("POST", "me/messages", recipient={"id": practice.tester}, sender_action="shouting")
    assert "Param sender_action must be one of" in wrong.json()["error"]["message"]


def messenger(practice: PracticeWorld) -> str:
    return request("GET", f"{practice.start['messenger_url']}/{practice.page_id}").text


def press_in_messenger(practice: PracticeWorld, **form: str) -> None:
    address = f"{practice.start['messenger_url']}/{practice.page_id}/press"
    assert request("POST", address, form=form).status == 303


def test_buttons_and_quick_replies_can_be_pressed_in_messenger(practice: PracticeWorld, bot: BotCallback) -> None:
    button = send(practice, {"attachment": BUTTONS}).json()["message_id"]
    quick = send(practice, {"text": "Shall I?", "quick_replies": QUICK}).json()["message_id"]
    shown = messenger(practice)
    assert "Order" in shown
    assert "https://lumen.example/menu" in shown
    assert "What can I do for you?" in shown
    press_in_messenger(practice, message=quick, title="Yes")
    press_in_messenger(practice, message=button, title="Order")
    press_in_messenger(practice, message=button, title="Menu")
    first, second = (item for _channel, item in bot.wait_for(2))
    assert first["message"]["quick_reply"] == {"payload": "YES"}
    assert first["message"]["text"] == "Yes"
    assert (second["postback"]["title"], second["postback"]["payload"]) == ("Order", "ORDER")
    assert len(bot.items) == 2, "a link leads out of Messenger"


def test_the_app_that_sent_a_button_gets_its_payload_without_control(practice: PracticeWorld, bot: BotCallback) -> None:
    with connected(practice, "secondary") as desk:
        send(practice, {"attachment": BUTTONS})
        practice.control_of("pass", target_app_id=practice.app("secondary"))
        practice.customer_does(press="Order")
        (_, to_bot), (_, to_desk) = bot.wait_for(1)[0], desk.wait_for(2)[1]
    assert to_bot["postback"]["payload"] == "ORDER"
    assert "payload" not in to_desk["postback"]


def test_an_echo_tells_who_wrote_for_the_page(practice: PracticeWorld, bot: BotCallback) -> None:
    practice.graph("POST", "me/subscribed_apps", subscribed_fields=ECHOES)
    sent = send(practice, {"attachment": BUTTONS, "metadata": "mine"}).json()["message_id"]
    ((channel, item),) = bot.wait_for(1)
    assert channel == "messaging"
    assert (item["sender"]["id"], item["recipient"]["id"]) == (practice.page_id, practice.tester)
    assert item["message"] == {
        "mid": sent,
        "is_echo": True,
        "app_id": int(practice.app("primary")),
        "attachments": [BUTTONS],
        "metadata": "mine",
    }


def test_deliveries_and_reads_reach_who_asked_for_them(practice: PracticeWorld, bot: BotCallback) -> None:
    practice.graph("POST", "me/subscribed_apps", subscribed_fields="messages,message_deliveries,message_reads")
    sent = send(practice, {"text": "Hello"}).json()["message_id"]
    practice.customer_does(read=True)
    practice.customer_does(read=True)
    delivered, read = (item for _channel, item in bot.wait_for(2))
    assert delivered["delivery"]["mids"] == [sent]
    assert read["read"]["watermark"] >= delivered["delivery"]["watermark"]
    assert len(bot.items) == 2


def test_the_messenger_profile_is_kept_and_used(practice: PracticeWorld, bot: BotCallback) -> None:
    menu = [{"locale": "default", "call_to_actions": [{"type": "postback", "title": "Help", "payload": "HELP"}]}]
    refused = practice.graph("POST", "me/messenger_profile", persistent_menu=menu)
    assert refused.error == (100, 2018145)
    given = {"get_started": {"payload": "START"}, "greeting": [{"locale": "default", "text": "Hi"}]}
    for parameters in (given, {"persistent_menu": menu}):
        assert practice.graph("POST", "me/messenger_profile", **parameters).json() == {"result": "success"}
    fields = "get_started,greeting,persistent_menu"
    shown = practice.graph("GET", "me/messenger_profile", fields=fields).json()
    assert shown == {"data": [{**given, "persistent_menu": menu}]}
    practice.customer_does(menu="Help")
    practice.customer_does(get_started=True, ref="poster")
    help_item, start_item = (item for _channel, item in bot.wait_for(2))
    assert help_item["postback"]["payload"] == "HELP"
    assert start_item["postback"]["payload"] == "START"
    assert start_item["postback"]["referral"] == {"ref": "poster", "source": "SHORTLINK", "type": "OPEN_THREAD"}
    assert practice.graph("DELETE", "me/messenger_profile?fields=get_started").error == (100, 2018145)
    assert practice.graph("DELETE", f"me/messenger_profile?fields={fields}").json() == {"result": "success"}
    assert practice.graph("GET", "me/messenger_profile", fields=fields).json() == {"data": []}
    assert practice.graph("GET", "me/messenger_profile", fields="colour").error[0] == 100


def test_a_persona_is_made_shown_and_removed(practice: PracticeWorld) -> None:
    made = practice.graph("POST", "me/personas", name="Sam B.", profile_picture_url="https://lumen.example/sam.jpg")
    persona = made.json()["id"]
    listed = practice.graph("GET", "me/personas").json()["data"]
    assert listed == [{"name": "Sam B.", "profile_picture_url": "https://lumen.example/sam.jpg", "id": persona}]
    assert practice.graph("GET", persona).json() == listed[0]
    assert send(practice, {"text": "Sam here"}, persona_id=persona).status == 200
    assert "Sam B." in messenger(practice)
    assert practice.graph("DELETE", persona).json() == {"success": True}
    assert practice.graph("DELETE", persona).error == (100, 33)
    assert send(practice, {"text": "Sam here"}, persona_id=persona).error[0] == 100


def test_an_attachment_is_kept_for_later(practice: PracticeWorld) -> None:
    picture = {"type": "image", "payload": {"url": "https://lumen.example/cup.jpg", "is_reusable": True}}
    kept = practice.graph("POST", "me/message_attachments", message={"attachment": picture}).json()["attachment_id"]
    again = {"attachment": {"type": "image", "payload": {"attachment_id": kept}}}
    assert send(practice, again).status == 200
    assert "attachment_id" in send(practice, {"attachment": picture}).json()


def test_a_link_with_a_ref_is_told_and_opens_the_window(practice: PracticeWorld, bot: BotCallback) -> None:
    practice.clock(25 * 3600)
    practice.customer_does(ref="winter")
    ((_, item),) = bot.wait_for(1)
    assert item["referral"] == {"ref": "winter", "source": "SHORTLINK", "type": "OPEN_THREAD"}
    assert send(practice, {"text": "Welcome back"}).status == 200


def test_somebody_new_can_write(practice: PracticeWorld, bot: BotCallback) -> None:
    practice.customer_writes("Hello", psid="5551234567890", name="Noa New")
    bot.wait_for(1)
    profile = practice.graph("GET", "5551234567890").json()
    assert (profile["first_name"], profile["last_name"]) == ("Noa", "New")
