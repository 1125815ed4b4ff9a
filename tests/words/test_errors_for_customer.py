"""What is sent to a customer names the cause, the one next action and who does it, and no number of Facebook."""

import re

import pytest

from wizard.core.world import World
from wizard.words.customer import for_customer
from wizard.words.explaining import explain_text, who_can

# The ten questions asked most, as support gets them, and words that the answer must hold.
MOST_ASKED = [
    (
        "(#10) Message failed to send because another app is controlling this thread now. 10/2018300",
        "Finish this conversation",
    ),
    ("(#27) Take thread control is not supported when Conversation Routing is not enabled", "as the default app"),
    ("request_thread_control says success but sending still fails", "Asking again does not help"),
    ("2018171", "token of the bot that answers first"),
    ("thread_owner gives an empty reply", "write a new message"),
    ("Our bot is suddenly silent for one customer, no error", "mark it as done"),
    ("The inbox of our new tool stays empty", "choose the new tool as the default app"),
    ("We get no messaging_handovers events", "subscribe messaging_handovers in both places"),
    ("(#200) Cannot message users who are not admins, developers or testers. 200/2018028", "reviewed"),
    (
        "190: permission(s) must be granted before impersonating a user's page",
        "Ask an admin of the Page",
    ),
]


@pytest.mark.parametrize(("asked", "words"), MOST_ASKED)
def test_the_questions_asked_most_get_cause_action_and_who_without_a_code(asked: str, words: str) -> None:
    (found, *_more) = explain_text(asked)
    said = for_customer([found])
    assert found.title in said
    assert found.action in said
    assert words in said
    assert who_can(found.who) in said
    assert not re.search(r"#\d|\b(10|27|190|200|2018\d+)\b", said)


def test_what_only_fits_the_words_of_a_question_is_called_likely() -> None:
    assert "What is most likely wrong: Somebody answered" in for_customer(explain_text("bot suddenly silent"))
    assert "likely" not in for_customer(explain_text("code 27"))


def test_the_page_to_open_is_named_as_an_address() -> None:
    said = for_customer(explain_text("code 27"))
    assert "Open this page: https://www.facebook.com/settings?tab=msgr_conversation_routing" in said


def test_in_practice_the_address_is_that_of_the_practice_world() -> None:
    said = for_customer(explain_text("code 27"), World(facebook="http://127.0.0.1:1/fb"))
    assert "http://127.0.0.1:1/fb/settings?tab=msgr_conversation_routing" in said


def test_several_troubles_are_numbered_and_three_are_enough() -> None:
    said = for_customer(explain_text("code 27\n190/463\n190/460\n10/2018278"))
    assert "\n\n1. " in said
    assert "\n\n3. " in said
    assert "4. " not in said


def test_an_unknown_error_asks_for_what_is_needed() -> None:
    said = for_customer(explain_text('{"error":{"message":"Odd","type":"OAuthException","code":99999}}'))
    assert "we do not know yet" in said
    assert "Leave out any token" in said


def test_facebooks_own_sentence_for_people_goes_before_what_to_do() -> None:
    body = '{"error":{"code":99999,"error_user_title":"Bild","error_user_msg":"Das Bild ist zu groß."}}'
    said = for_customer(explain_text(body))
    assert said.index("Bild: Das Bild ist zu groß.") < said.index("What to do now")


def test_what_is_no_error_is_not_called_wrong() -> None:
    said = for_customer(explain_text('{"data":[{"thread_owner":{"app_id":"263902037430900"}}]}'))
    assert "Page Inbox (263902037430900) has control" in said
    assert "wrong" not in said


def test_without_a_finding_there_is_nothing_to_send() -> None:
    assert for_customer(()) == ""
