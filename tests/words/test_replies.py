"""Answers and events of Facebook that are no errors are said for what they are: who gave what to whom, and when."""

import json
from collections.abc import Callable

import pytest

from wizard.core.explain.error_rules import Advice
from wizard.core.explain.replies import advice_on_replies, find_replies
from wizard.core.known_apps import meta_ai, page_inbox
from wizard.words.customer import for_customer
from wizard.words.explaining import Explained, explain_text
from wizard.words.moments import clock_time

BOT, DESK = "914602738451926", "538127490663815"
INBOX = page_inbox().id
AT = 1795341600


def event(kind: str, **members: object) -> dict[str, object]:
    inside = {"sender": {"id": "9"}, "recipient": {"id": "1"}, "timestamp": AT * 1000, kind: members}
    return {"object": "page", "entry": [{"id": "1", "time": 1, "messaging": [inside]}]}


def only(text: str) -> Explained:
    (found,) = explain_text(text)
    assert found.is_reply
    return found


@pytest.mark.parametrize(
    ("kind", "members", "expected", "said"),
    [
        (
            "pass_thread_control",
            {"previous_owner_app_id": BOT, "new_owner_app_id": DESK},
            "event-control-passed",
            f"the app {BOT} gave this conversation to the app {DESK}.",
        ),
        ("pass_thread_control", {"new_owner_app_id": DESK}, "event-control-passed", "another app gave"),
        (
            "take_thread_control",
            {"previous_owner_app_id": DESK, "new_owner_app_id": BOT},
            "event-control-taken",
            f"the app {BOT} took control of this conversation from the app {DESK}.",
        ),
        (
            "take_thread_control",
            {"previous_owner_app_id": BOT, "new_owner_app_id": INBOX},
            "event-inbox-took-control",
            f"Page Inbox ({INBOX}) took control",
        ),
        ("request_thread_control", {"requested_owner_app_id": BOT}, "event-control-requested", f"the app {BOT} asked"),
        (
            "app_roles",
            {BOT: ["primary_receiver"], INBOX: ["secondary_receiver"]},
            "event-app-roles",
            f"The app {BOT} answers first. Page Inbox ({INBOX}) takes over.",
        ),
    ],
)
@pytest.mark.parametrize("dress", [json.dumps, repr, lambda body: json.dumps(body).replace('": ', '"=>')])
def test_an_event_says_who_has_control_now_and_since_when(
    dress: Callable[[object], str], kind: str, members: dict[str, object], expected: str, said: str
) -> None:
    found = only(dress(event(kind, **members)))
    assert found.id == expected
    assert said in found.title
    assert clock_time(AT) in found.title


def test_metas_own_ai_is_named_as_likely() -> None:
    ai = meta_ai()[0]
    assert "most likely Meta’s own AI" in only(json.dumps(event("pass_thread_control", new_owner_app_id=ai.id))).title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"data":[{"thread_owner":{"app_id":"538127490663815"}}]}', "reply-owner"),
        ('{"data":[{"thread_owner":{"expiration":"1790000000"}}]}', "reply-owner-unnamed"),
        ('GET me/thread_owner\n{"data":[]}', "owner-not-shown"),
        ('GET /v26.0/1/subscribed_apps\n{"data": []}', "reply-not-subscribed"),
        ('{"data":[]}', "reply-empty-list"),
        (
            '{"data":[{"name":"B","subscribed_fields":["messages","standby","messaging_handovers"]}]}',
            "reply-subscribed",
        ),
        ('{"data":[{"name":"B","subscribed_fields":["messages"]}]}', "reply-subscribed-partly"),
        ('{"data":[{"name":"B","access_token":"x","tasks":["MANAGE"]}]}', "reply-accounts"),
        ('{"data":{"app_id":"538127490663815","is_valid":true}}', "reply-token"),
        ('{"success":true}', "reply-success"),
        ('POST me/request_thread_control\n{"success":true}', "request-not-granted"),
        ('{"success":false}', "not-done"),
        ("take_thread_control returned success false", "not-done"),
        ('pass_thread_control gave {"success":false} but no error', "not-done"),
        ("take thread control -> false", "not-done"),
        ("pass_thread_control returned success: true", "reply-success"),
        ("request_thread_control success=true", "request-not-granted"),
        ('{"recipient_id":"1","message_id":"m"}', "reply-sent"),
        ('{"entry":[{"standby":[{"message":{"text":"x"}}]}]}', "event-standby"),
        ("https://graph.facebook.com/v26.0/me/take_thread_control 400 Bad Request", "refused-without-body"),
        ("What does “Conversation Routing” mean?", "what-a-word-means"),
    ],
)
def test_an_answer_is_said_for_what_it_is(text: str, expected: str) -> None:
    assert only(text).id == expected


def test_what_is_missed_after_a_call_that_worked_is_looked_up() -> None:
    found = explain_text("request_thread_control says success true, but I asked for control and nothing happens")
    assert all(one.is_likely_only for one in found)


def test_missing_fields_are_named() -> None:
    found = only('{"data":[{"name":"Bot","subscribed_fields":["messages","messaging_postbacks"]}]}')
    assert "Bot is subscribed to this Page and receives messages, messaging_postbacks." in found.title
    assert "needs messaging_handovers, standby, too" in found.action


def test_an_error_beside_an_answer_goes_first() -> None:
    found = explain_text(
        '{"success":true}\n(#10) Message failed to send because another app is controlling this thread'
    )
    assert [one.id for one in found] == ["another-app-in-control"]


@pytest.mark.parametrize("text", ["", "hello", '{"object":"page","entry":[]}', '{"id":"1","name":"x"}', "success"])
def test_nothing_is_read_into_other_texts(text: str) -> None:
    assert find_replies(text) == ()


@pytest.mark.parametrize(
    "reply", [one for one in advice_on_replies().values() if one.id.startswith(("event-", "reply-"))]
)
def test_every_sentence_about_an_answer_says_that_it_is_no_error(reply: Advice) -> None:
    assert reply.title.startswith("This is no error")


def test_the_letter_about_an_answer_calls_nothing_wrong() -> None:
    letter = for_customer(explain_text('{"success":true}'))
    assert "This is no error" in letter
    assert "What is wrong" not in letter
