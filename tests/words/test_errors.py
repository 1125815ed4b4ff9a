"""A failure becomes what happened, what to do and details to copy, without a secret."""

import pytest

from wizard.core.errors import ErrorKind, Failure
from wizard.words.errors import explain


@pytest.mark.parametrize("kind", list(ErrorKind))
def test_every_kind_says_what_happened_and_one_thing_to_do(kind: ErrorKind) -> None:
    said = explain(Failure(kind, "GET me"))
    assert said.title
    assert said.action
    assert "Kind: " + kind.value in said.details


@pytest.mark.parametrize(
    ("subcode", "words"), [(460, "password"), (463, "expired"), (458, "removed the app"), (467, "logged out")]
)
def test_a_subcode_has_a_text_of_its_own(subcode: int, words: str) -> None:
    kind = ErrorKind.TOKEN_EXPIRED if subcode == 463 else ErrorKind.TOKEN_REVOKED
    assert words in explain(Failure(kind, "GET me", 190, subcode)).title


def test_a_missing_default_app_leads_to_its_settings_page() -> None:
    said = explain(Failure(ErrorKind.NO_DEFAULT_APP, "POST me/take_thread_control", 27))
    assert said.link_template == "{facebook}/settings?tab=msgr_conversation_routing"
    assert said.who == "owner"


def test_details_name_call_numbers_trace_and_time() -> None:
    failure = Failure(
        ErrorKind.TOKEN_EXPIRED, "GET me", 190, 463, "Session has expired", trace_id="AXS25", http_status=400
    )
    assert explain(failure, at=1795341600.0).details == (
        "Call: GET me",
        "Kind: token_expired",
        "Code: 190/463",
        "HTTP status: 400",
        "Trace ID: AXS25",
        "Time: 2026-11-22 10:00:00 UTC",
        "Facebook’s text: Session has expired",
    )


def test_what_the_program_noted_itself_is_not_called_facebooks() -> None:
    for kind in (ErrorKind.LOG_IN_FILE_MISSING, ErrorKind.OTHER_APPS_TOKEN, ErrorKind.PAGE_ACCESS_LOST):
        assert explain(Failure(kind, "log in", message="acme")).details[-1] == "Noted: acme"
    assert explain(Failure(ErrorKind.PAGE_ACCESS_LOST, "GET me", 190, 492, "No role")).details[-1] == (
        "Facebook’s text: No role"
    )


def test_a_log_in_that_cannot_be_read_is_no_matter_of_the_wi_fi() -> None:
    said = explain(Failure(ErrorKind.LOG_IN_UNREADABLE, "log in"))
    assert "log-in" in said.title
    assert "Wi-Fi" not in said.title + said.action


def test_facebooks_own_words_for_people_are_handed_on() -> None:
    failure = Failure(ErrorKind.UNKNOWN, "GET me", 36000, user_message="Das Bild ist zu groß.")
    assert explain(failure).facebook_says == "Das Bild ist zu groß."


def test_the_time_to_wait_is_said_in_minutes() -> None:
    assert "wait 10 minutes" in explain(Failure(ErrorKind.THROTTLED, "GET me", 80006, wait=600.0)).action
    assert "wait 1 minute." in explain(Failure(ErrorKind.THROTTLED, "GET me", 4, wait=20.0)).action


def test_an_unknown_error_is_called_unknown() -> None:
    said = explain(Failure(ErrorKind.UNKNOWN, "GET me", 99999))
    assert "does not know" in said.title
    assert "Code: 99999" in said.details
