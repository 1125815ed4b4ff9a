"""What got better and what got worse since an earlier report, in every form."""

import json
from dataclasses import replace

import pytest

from tests.report import cases
from wizard.core.verdict import State
from wizard.report.render import FORMATS, render
from wizard.report.since import Comparison, Direction, PageChange, change

OK, WARNING, PROBLEM, UNKNOWN, NOT_CHECKED = State


@pytest.mark.parametrize(
    ("before", "now", "direction"),
    [
        (OK, OK, None),
        (OK, WARNING, Direction.WORSE),
        (OK, PROBLEM, Direction.WORSE),
        (OK, UNKNOWN, Direction.UNCLEAR),
        (OK, NOT_CHECKED, Direction.UNCLEAR),
        (WARNING, OK, Direction.BETTER),
        (WARNING, PROBLEM, Direction.WORSE),
        (PROBLEM, OK, Direction.BETTER),
        (PROBLEM, WARNING, Direction.BETTER),
        (PROBLEM, UNKNOWN, Direction.UNCLEAR),
        (UNKNOWN, OK, Direction.BETTER),
        (UNKNOWN, PROBLEM, Direction.WORSE),
        (UNKNOWN, NOT_CHECKED, None),
        (NOT_CHECKED, UNKNOWN, None),
        (NOT_CHECKED, WARNING, Direction.WORSE),
    ],
)
def test_not_knowing_is_neither_better_nor_worse(before: State, now: State, direction: Direction | None) -> None:
    found = change((before, "a_reason"), cases.verdict("routing.on", now, "a_reason"))
    assert (found.direction if found else None) == direction
    assert found is None or found.before == before


def test_a_problem_for_another_reason_is_told_and_another_reason_for_ok_is_not() -> None:
    problem = change((PROBLEM, "none_set"), cases.verdict("routing.default_app", PROBLEM, "another"))
    assert problem is not None
    assert problem.direction is Direction.OTHER_REASON
    assert change((OK, "read_back"), cases.verdict("target.saved", OK, "proved")) is None


def test_pages_are_new_gone_checked_again_or_not_checked_any_more() -> None:
    now_checked, not_now = cases.well(), cases.unreachable()
    before = cases.as_earlier(
        replace(cases.unreachable(), answers=now_checked.answers),
        replace(cases.well(), answers=not_now.answers),
        replace(cases.well(), answers=cases.answers("99", "Gone Page")),
    )
    comparison = Comparison(before)
    assert comparison.compare(now_checked).page is PageChange.NOW_CHECKED
    assert comparison.compare(not_now).page is PageChange.NOT_CHECKED_NOW
    assert comparison.compare(cases.troubled()).page is PageChange.NEW
    assert [page.name for page in comparison.gone()] == ["Gone Page"]


def test_one_page_checked_for_two_set_ups_is_compared_with_itself_each_time() -> None:
    first, second = cases.well(), replace(cases.troubled(), answers=cases.well().answers)
    earlier = cases.as_earlier(first)
    pages = {**earlier.pages, (first.answers.page_id, 2): cases.as_earlier(second).pages[first.answers.page_id, 1]}
    comparison = Comparison(replace(earlier, pages=pages))
    assert dict(comparison.compare(first).verdicts) == {}
    assert dict(comparison.compare(second).verdicts) == {}
    assert comparison.gone() == ()


def test_new_and_dropped_checks_are_told_apart_from_changes() -> None:
    page = cases.well()
    before = cases.as_earlier(replace(page, verdicts=(*page.verdicts[1:], cases.verdict("old.check", OK, "fine"))))
    found = Comparison(before).compare(page)
    assert {check: each.direction for check, each in found.verdicts.items()} == {"token.kind": Direction.NEW}
    assert found.gone == ("old.check",)


BEFORE = cases.as_earlier(
    replace(cases.troubled(), verdicts=cases.WELL),
    replace(cases.troubled(), answers=cases.well().answers),
    replace(cases.well(), answers=cases.answers("99", "Gone Page")),
)


@pytest.mark.parametrize("format", [form.id for form in FORMATS])
def test_every_form_tells_better_worse_new_and_gone(format: str) -> None:
    text = render(cases.report(), format, since=BEFORE)
    assert "Better: it was “Problem” in the earlier report." in text
    assert "Worse: it was “OK” in the earlier report." in text
    assert "This Page is not in the earlier report." in text
    assert "Gone Page" in text


@pytest.mark.parametrize("format", [form.id for form in FORMATS])
def test_no_form_speaks_of_changes_without_an_earlier_report(format: str) -> None:
    assert "earlier report" not in render(cases.report(), format)


@pytest.mark.parametrize("format", [form.id for form in FORMATS])
def test_pages_that_a_stopped_check_did_not_reach_are_not_called_gone(format: str) -> None:
    assert "Gone Page" not in render(cases.report(is_complete=False), format, since=BEFORE)


def test_machines_find_the_change_beside_the_verdict() -> None:
    pages = json.loads(render(cases.report(), "json", since=BEFORE))["pages"]
    changes = {verdict["check"]: verdict["change"] for verdict in pages[1]["verdicts"] if verdict["change"]}
    assert {check: (each["kind"], each["before"]) for check, each in changes.items()} == {
        "app.fields": ("worse", "ok"),
        "routing.default_app": ("worse", "ok"),
        "routing.answers_first": ("worse", "not_checked"),
    }


@pytest.mark.parametrize(("format", "word"), [("html", "Pages got better"), ("markdown", "Pages got better")])
def test_nothing_changed_is_said_in_numbers(format: str, word: str) -> None:
    same = cases.as_earlier(cases.well(), cases.troubled(), cases.unreachable())
    assert f"0 {word}, 0 got worse." in render(cases.report(), format, since=same)
