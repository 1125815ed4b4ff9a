"""A Page of which something could not be read is never called free of problems."""

from dataclasses import replace
from typing import Any

import pytest

from tests.checks.cases import ANSWERS, AT, FACTS, broken, owner, token
from wizard.actions.compressed import compress
from wizard.checks.page import evaluate
from wizard.core.errors import ErrorKind, Failure
from wizard.core.exit_code import ExitCode
from wizard.core.facts import Control, Facts, Reading
from wizard.core.outcome import exit_code_of_page
from wizard.core.verdict import State
from wizard.report.head import Counts, sentence
from wizard.report.overall import Overall
from wizard.report.view import view
from wizard.ui.pages.check.results import result_of

ODD = Failure(ErrorKind.UNKNOWN, "GET me", 1)


def lost(call: str, kind: ErrorKind = ErrorKind.NO_ANSWER) -> Reading[Any]:
    return Reading(call, AT, failure=Failure(kind, call))


def test_any_failed_first_call_is_the_reason_why_nothing_was_checked() -> None:
    page = evaluate(ANSWERS, broken(ErrorKind.UNKNOWN, 1), AT)
    assert page.not_checked == ODD
    assert view(page).overall is Overall.NOT_CHECKED
    assert exit_code_of_page(page) is ExitCode.NOT_FOUND_OUT
    assert result_of(compress(page)) == "Could not check"


@pytest.mark.parametrize(
    "facts",
    [
        Facts(),
        replace(FACTS, token=token(app=lost("GET app"))),
        replace(FACTS, token=token(subscription=lost("GET me/subscribed_apps", ErrorKind.UNKNOWN))),
        replace(FACTS, conversations=lost("GET me/conversations"), owners=()),
        replace(FACTS, owners=(owner(Control.UNREADABLE, failure=ODD),)),
    ],
    ids=["no token", "app", "subscription", "conversations", "owner"],
)
def test_a_page_that_was_read_in_part_is_not_called_clear(facts: Facts) -> None:
    page = evaluate(ANSWERS, facts, AT)
    shown = view(page)
    assert page.worst in (State.UNKNOWN, State.OK)
    assert shown.overall is Overall.UNKNOWN
    assert result_of(compress(page)) == "Cannot tell"
    counts = Counts()
    counts.add(shown)
    assert "No problem" not in sentence(counts, True)
    assert "only in part" in sentence(counts, True)


def test_a_page_that_was_read_wholly_is_clear() -> None:
    hidden = token(receivers=lost("GET me/secondary_receivers", ErrorKind.RECEIVERS_NOT_VISIBLE))
    for facts in (FACTS, replace(FACTS, token=hidden)):
        page = evaluate(ANSWERS, facts, AT)
        assert view(page).overall is Overall.CLEAR
        assert result_of(compress(page)) == "No problem"
        assert exit_code_of_page(page) is ExitCode.NO_PROBLEM


@pytest.mark.parametrize("name", ["app", "subscription", "features", "receivers"])
def test_no_answer_to_any_call_shows_in_the_exit_code(name: str) -> None:
    page = evaluate(ANSWERS, replace(FACTS, token=token(**{name: lost("GET x")})), AT)
    assert exit_code_of_page(page) is ExitCode.NOT_FOUND_OUT
