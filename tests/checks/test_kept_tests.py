"""Tests of earlier runs count in a check, and age."""

from dataclasses import replace
from typing import Any

import pytest

from tests.checks.cases import ANSWERS, AT, BOT, FACTS, LIVE_CHAT, THIRD, TOKEN, owner
from wizard.checks.case import CheckContext
from wizard.checks.page import evaluate
from wizard.checks.run import verdict
from wizard.core.answers import SavedHow, TokenOwner
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Control, Facts, OwnerReading
from wizard.core.pending import TrialPart
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialOutcome, TrialResult
from wizard.core.verdict import State
from wizard.words.verdicts import said

DAY = 86_400.0


def both_parts(at: float, **changes: Any) -> tuple[TrialResult, TrialResult]:
    """Parts A and B as they are kept, both well."""
    readings = tuple(
        OwnerReading("", Control.APP, at - 3 + each, app.id) for each, app in enumerate((BOT, LIVE_CHAT, BOT))
    )
    a = TrialResult(
        TrialPart.FACEBOOK_ALLOWS,
        TrialOutcome.WORKS,
        RestoreEnd(RestoreResult.BACK, left=readings[-1]),
        LIVE_CHAT,
        readings=readings,
        at=at,
        bot_id=BOT.id,
        live_chat_id=LIVE_CHAT.id,
    )
    b = replace(a, part=TrialPart.BOT_DOES, outcome=TrialOutcome.BOT_HANDED_OVER, first_app=BOT)
    return a, replace(b, **changes)


def context(tests: tuple[TrialResult, ...], facts: Facts = FACTS, now: float = AT, **answers: Any) -> CheckContext:
    known = replace(ANSWERS, tests=tests, **answers)
    return CheckContext(known, facts, is_of_earlier=True, now=now)


def test_what_a_test_proved_stands_in_later_checks_with_its_day() -> None:
    seen = context(both_parts(AT - DAY), saved_app_id=LIVE_CHAT.id, saved_how=SavedHow.CONFIRMED)
    checks = ("routing.take_control", "routing.answers_first", "target.saved")
    for each in (*checks, "handover.facebook_allows", "handover.bot_does"):
        found = verdict(seen, each)
        assert found.state is State.OK, each
        assert "Sep 2026" in said(found).text


def test_the_bots_own_view_of_a_test_counts_with_another_token_and_with_none() -> None:
    without = CheckContext(replace(ANSWERS, token_app=None, tests=both_parts(AT - DAY)), Facts(), now=AT)
    of_live_chat = context(both_parts(AT - DAY), token_app=LIVE_CHAT, token_owner=TokenOwner.LIVE_CHAT)
    for each in (without, of_live_chat):
        assert verdict(each, "routing.default_app").state is State.OK


def test_after_thirty_days_nothing_is_proven_any_more() -> None:
    old = context(both_parts(AT - 31 * DAY))
    for each in ("handover.facebook_allows", "handover.bot_does", "routing.answers_first"):
        found = verdict(old, each)
        assert (found.state, found.reason) == (State.UNKNOWN, "long_ago")
    assert verdict(old, "routing.take_control").state is not State.OK
    assert verdict(context(both_parts(AT - 29 * DAY)), "handover.bot_does").state is State.OK


def test_facts_age_with_the_day_on_which_they_are_judged() -> None:
    answers = replace(ANSWERS, tests=both_parts(AT))
    assert {one.check: one.state for one in evaluate(answers, FACTS, AT).verdicts}["handover.bot_does"] is State.OK
    later = evaluate(answers, FACTS, AT, AT + 400 * DAY)
    assert {one.check: one.state for one in later.verdicts}["handover.bot_does"] is State.UNKNOWN


def seen_later(*owners: OwnerReading, **token: Any) -> Facts:
    return replace(FACTS, owners=owners, token=replace(TOKEN, **token))


@pytest.mark.parametrize(
    ("facts", "answers"),
    [
        (seen_later(owner(Control.HIDDEN)), {}),
        (seen_later(owner(Control.APP, THIRD.id)), {}),
        (seen_later(subscription=replace(TOKEN.subscription, value=None)), {}),  # type: ignore[type-var]
        (FACTS, {"saved_app_id": THIRD.id, "saved_how": SavedHow.CONFIRMED}),
    ],
    ids=["another default app", "a stranger in control", "the app is gone", "another App ID saved"],
)
def test_a_change_that_was_seen_since_ends_the_proof(facts: Facts, answers: dict[str, object]) -> None:
    changed = context(both_parts(AT - DAY), facts, AT, **answers)
    found = verdict(changed, "handover.bot_does")
    assert (found.state, found.reason) == (State.UNKNOWN, "changed_since")
    before = context(both_parts(AT + DAY), facts, now=AT + DAY)
    assert verdict(before, "handover.bot_does").state is State.OK


def test_a_test_of_other_apps_says_nothing() -> None:
    other = replace(ANSWERS, live_chat=App("538127490000000"), tests=both_parts(AT - DAY))
    assert verdict(CheckContext(other, FACTS, now=AT), "handover.bot_does").reason == "not_tested"


def test_who_has_control_after_a_test_is_told_for_a_day() -> None:
    left = both_parts(AT, ended=RestoreEnd(RestoreResult.NOT_BACK))
    soon, later = (context(left, replace(FACTS, owners=()), AT + hours * 3600) for hours in (23, 25))
    assert soon.readings
    assert not later.readings
    assert verdict(soon, "handover.bot_does").state is State.PROBLEM
    assert verdict(later, "handover.bot_does").reason == "was_not_back"


def test_a_look_after_the_test_knows_better_who_has_control() -> None:
    facts = replace(FACTS, owners=(owner(Control.APP, BOT.id),))
    left = both_parts(AT - 60, readings=(OwnerReading("", Control.APP, AT - 60, THIRD.id),))
    assert [one.app_id for one in context(left, facts).readings] == [BOT.id]


def test_nobody_who_reads_a_file_of_another_is_told_that_they_said_something() -> None:
    by_eye = both_parts(AT - DAY, by_eye=True)
    seen = context(by_eye, saved_app_id=LIVE_CHAT.id, saved_how=SavedHow.CONFIRMED)
    for each in ("target.saved", "handover.bot_does"):
        assert "You" not in said(verdict(seen, each)).text


def test_a_switch_that_was_put_right_and_tested_again_is_no_problem_any_more() -> None:
    good = both_parts(AT)[0]
    refused = replace(good, outcome=TrialOutcome.PROBE_REFUSED, failure=Failure(ErrorKind.TAKE_REFUSED), at=AT - 60)
    seen = CheckContext(ANSWERS, FACTS, (refused, good), now=AT)
    assert verdict(seen, "routing.take_control").state is State.OK


@pytest.mark.parametrize(("age", "reason"), [(60.0, "not_shown_by_test"), (31 * DAY, "cannot_be_read")])
def test_what_no_call_shows_is_promised_of_a_test_only_where_none_counts(age: float, reason: str) -> None:
    found = verdict(context(both_parts(AT)[1:], now=AT + age), "routing.take_control")
    assert (found.state, found.reason) == (State.UNKNOWN, reason)
