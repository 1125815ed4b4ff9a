"""The letter about a checked Page: what is wrong for its customers, who does what; none where the trouble is ours."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests import pseudo_languages
from wizard.core import resource as resource_module
from wizard.core.answers import Answers
from wizard.core.checked import CheckedPage
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Conversation, Facts, Identity, Reading, TokenFacts, TokenKind
from wizard.core.verdict import Evidence, State, Verdict
from wizard.i18n import language
from wizard.words.customer import customer_text, for_customer
from wizard.words.explaining import explain_text

AT = 1795341600.0
DAY = 86_400.0
ANSWERS = Answers(page_id="1", page_name="Corner Shop", bot=App("5", "Flow bot"), live_chat=App("6", "Support Desk"))
SEEN = Facts(
    token=TokenFacts(Reading("GET me", AT, Identity(TokenKind.PAGE, "1", "Corner Shop"))),
    conversations=Reading("GET me/conversations", AT, (Conversation("t", AT),)),
)
EXPIRED = Failure(ErrorKind.TOKEN_EXPIRED, "GET me", 190, 463)


def checked(*verdicts: Verdict, failure: Failure | None = None) -> CheckedPage:
    return CheckedPage(ANSWERS, AT, SEEN, verdicts, failure)


FINE = Verdict("roles.distinct", State.OK, "distinct")
WARNING = Verdict("routing.on", State.WARNING, "legacy")
PROBLEM = Verdict("routing.default_app", State.PROBLEM, "none_set", about=(("bot", "Flow bot"),))
UNKNOWN = Verdict("routing.take_control", State.UNKNOWN, "cannot_be_read")
UNTOUCHED = Verdict("handover.bot_does", State.NOT_CHECKED, "not_tested")
PASSED = (
    Verdict("handover.facebook_allows", State.OK, "works"),
    Verdict("handover.bot_does", State.OK, "bot_handed_over", (Evidence("GET me/thread_owner", "", AT - DAY),)),
)


def test_problems_come_before_warnings_and_name_page_app_who_and_the_way() -> None:
    said = customer_text(checked(FINE, WARNING, PROBLEM, UNKNOWN, UNTOUCHED), AT)
    assert said.index("What is wrong: For Corner Shop no default") < said.index("What we noticed: Corner Shop still")
    assert "What to do now: Choose Flow bot as the default app of Corner Shop." in said
    assert "You, or whoever manages your Page, can do this." in said
    assert "At “Default routing app” choose “Flow bot”." in said
    assert "https://www.facebook.com/settings?tab=msgr_conversation_routing" in said
    assert "24 Sep 2025" in said
    assert "two different apps" not in said


def test_what_only_follows_is_told_once() -> None:
    follows = Verdict("routing.on", State.PROBLEM, "unset")
    assert customer_text(checked(PROBLEM, follows), AT).count("What is wrong:") == 1


def test_three_causes_are_enough_for_one_letter() -> None:
    more = (
        Verdict("page.published", State.PROBLEM, "unpublished"),
        Verdict("roles.secondary_known", State.PROBLEM, "is_page", about=(("app_id", "1"),)),
        Verdict("target.saved", State.PROBLEM, "another_id", about=(("app_id", "7"),)),
    )
    said = customer_text(checked(PROBLEM, *more), AT)
    assert said.count("What is wrong:") == 3
    assert said.index("not published") < said.index("App ID")


def test_without_a_proof_it_tells_how_to_try_it_and_claims_nothing() -> None:
    said = customer_text(checked(FINE, UNKNOWN, UNTOUCHED), AT)
    assert "1. Write “Hello” to Corner Shop" in said
    assert "nothing that must be changed" not in said
    assert "fine" not in said


def test_a_proven_handover_is_told_with_the_day_of_the_test() -> None:
    assert "works: a test showed it on 21 Nov 2026" in customer_text(checked(FINE, *PASSED), AT)


def test_a_warning_for_whoever_checks_takes_nothing_from_a_proven_handover() -> None:
    ours = Verdict("token.expiry", State.WARNING, "ends_soon", about=(("token_end", str(round(AT + 60))),))
    assert customer_text(checked(FINE, *PASSED, ours), AT) == customer_text(checked(FINE, *PASSED), AT)


@pytest.mark.parametrize("later", [31 * DAY, 400 * DAY])
def test_what_was_seen_long_ago_is_nothing_to_write_about(later: float) -> None:
    assert customer_text(checked(FINE, *PASSED), AT + later) == ""


def test_a_time_that_has_not_come_yet_is_not_told_and_proves_nothing() -> None:
    said = customer_text(checked(FINE, *PASSED), AT - 500 * DAY)
    assert "We checked your Page Corner Shop." in said
    assert "1. Write “Hello” to Corner Shop" in said


@pytest.mark.parametrize("kind", [ErrorKind.NO_CONNECTION, ErrorKind.THROTTLED, ErrorKind.UNREADABLE])
def test_there_is_no_letter_where_the_trouble_is_ours(kind: ErrorKind) -> None:
    assert customer_text(checked(failure=Failure(kind, "GET me")), AT) == ""
    lost: Reading[tuple[Conversation, ...]] = Reading(
        "GET me/conversations", AT, failure=Failure(kind, "GET me/conversations")
    )
    partly = replace(checked(FINE), facts=replace(SEEN, conversations=lost))
    assert customer_text(partly, AT) == ""


@pytest.mark.parametrize("shape", ["empty", "too_short", "has_spaces"])
def test_a_text_of_ours_that_is_no_token_makes_no_letter(shape: str) -> None:
    assert customer_text(checked(Verdict("token.shape", State.PROBLEM, shape)), AT) == ""


def test_a_secret_that_was_sent_is_to_be_reset() -> None:
    said = customer_text(checked(Verdict("token.shape", State.PROBLEM, "is_app_token")), AT)
    assert "reset its app secret" in said
    assert "At “App secret” choose to reset it." in said


def test_a_dead_token_leads_to_the_bot_platform_and_to_no_page_for_tokens() -> None:
    dead = Verdict("token.valid", State.PROBLEM, "token_expired")
    said = customer_text(checked(dead, failure=EXPIRED), AT)
    assert "We could not check your Page Corner Shop." in said
    assert "We checked" not in said
    assert "In the settings of Flow bot, disconnect Corner Shop and connect it again." in said
    assert "explorer" not in said


@pytest.mark.parametrize("found", [WARNING, PROBLEM])
def test_a_page_without_names_leaves_no_gap_in_the_sentences(found: Verdict) -> None:
    said = customer_text(CheckedPage(Answers(), AT, SEEN, (found,)), AT)
    assert " ." not in said
    assert "  " not in said.replace("\n   ", "\n")
    assert "your Page" in said


def test_a_letter_is_whole_in_the_language_that_was_chosen_for_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what was explained, named or dated before in the language of the window."""
    explained = explain_text("(#10) code 10 subcode 2018300") + explain_text("Cannot parse this 12345")
    pseudo_languages.compile_into(tmp_path / "locale")
    monkeypatch.setattr(resource_module, "_ROOTS", (tmp_path, *resource_module._ROOTS))
    old = checked(*PASSED, FINE)
    with language.speaking(pseudo_languages.LONG):
        for letter in (for_customer(explained), customer_text(checked(WARNING, PROBLEM), AT), customer_text(old, AT)):
            assert letter
            lines = [line for line in letter.splitlines() if line.strip() and "https://" not in line]
            assert [line for line in lines if "⟦" not in line] == []
    assert language.current() == "en"
    assert "⟦" not in for_customer(explained)


def test_another_thread_keeps_its_language_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pseudo_languages.compile_into(tmp_path / "locale")
    monkeypatch.setattr(resource_module, "_ROOTS", (tmp_path, *resource_module._ROOTS))
    with language.speaking(pseudo_languages.LONG), ThreadPoolExecutor() as pool:
        assert language.current() == pseudo_languages.LONG
        assert pool.submit(language.current).result() == "en"
