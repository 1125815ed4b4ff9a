"""A Page of which something could not be read is never called free of problems."""

from dataclasses import replace
from typing import Any

import pytest

from tests.checks.cases import ANSWERS, AT, FACTS, broken, owner, token
from wizard.actions.compressed import compress
from wizard.checks.page import evaluate
from wizard.core.diagnosis import PageOutcome
from wizard.core.errors import ErrorKind, Failure
from wizard.core.exit_code import ExitCode
from wizard.core.facts import Control, Facts, Reading
from wizard.core.outcome import exit_code_of_page
from wizard.report.head import Counts, sentence
from wizard.report.view import view
from wizard.ui.pages.check.results import result_of

ODD = Failure(ErrorKind.UNKNOWN, "GET me", 1)


def lost(call: str, kind: ErrorKind = ErrorKind.NO_ANSWER) -> Reading[Any]:
    return Reading(call, AT, failure=Failure(kind, call))


def test_any_failed_first_call_is_the_reason_why_nothing_was_checked() -> None:
    page = evaluate(ANSWERS, broken(ErrorKind.UNKNOWN, 1), AT)
    assert page.not_checked == ODD
    assert view(page, AT).headline.outcome is PageOutcome.NOT_FOUND_OUT
    assert exit_code_of_page(page) is ExitCode.NOT_FOUND_OUT
    assert result_of(compress(page)) == "Could not check"


@pytest.mark.parametrize(
    "facts",
    [
        Facts(),
        replace(FACTS, token=token(app=lost("GET app"))),
        replace(FACTS, token=token(subscription=lost("GET me/subscribed_apps"))),
        replace(FACTS, token=token(published=lost("GET me?fields=is_published"))),
        replace(FACTS, conversations=lost("GET me/conversations"), owners=()),
        replace(FACTS, owners=(owner(Control.UNREADABLE, failure=Failure(ErrorKind.THROTTLED)),)),
    ],
    ids=["no token", "app", "subscription", "published", "conversations", "owner"],
)
def test_a_page_of_which_a_reading_was_lost_could_not_be_found_out(facts: Facts) -> None:
    page = evaluate(ANSWERS, facts, AT)
    shown = view(page, AT)
    assert shown.headline.outcome is PageOutcome.NOT_FOUND_OUT
    assert shown.letter == ""
    assert result_of(compress(page)) == "Could not check"
    assert exit_code_of_page(page) is ExitCode.NOT_FOUND_OUT
    counts = Counts()
    counts.add(shown)
    assert sentence(counts, True) == shown.headline.line
    assert sentence(counts, False).startswith("1 Page. 1 could not be checked.")


@pytest.mark.parametrize(
    "facts",
    [
        FACTS,
        replace(FACTS, token=token(receivers=lost("GET me/x", ErrorKind.RECEIVERS_NOT_VISIBLE))),
        replace(FACTS, token=token(subscription=lost("GET me/subscribed_apps", ErrorKind.UNKNOWN))),
        replace(FACTS, owners=(owner(Control.UNREADABLE, failure=ODD),)),
    ],
    ids=["all", "receivers", "subscription", "owner"],
)
def test_a_page_without_a_test_is_not_proven_however_much_was_read(facts: Facts) -> None:
    page = evaluate(ANSWERS, facts, AT)
    assert view(page, AT).headline.outcome is PageOutcome.NOT_PROVEN
    assert result_of(compress(page)) == "Not proven"
    assert exit_code_of_page(page) is ExitCode.NO_PROBLEM


@pytest.mark.parametrize("name", ["app", "subscription", "features", "receivers"])
def test_no_answer_to_any_call_shows_in_the_exit_code(name: str) -> None:
    page = evaluate(ANSWERS, replace(FACTS, token=token(**{name: lost("GET x")})), AT)
    assert exit_code_of_page(page) is ExitCode.NOT_FOUND_OUT
