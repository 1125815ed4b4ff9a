"""How the steps stand: seen, said, skipped, stopped, failed, not proven, not done; decided in one place."""

from dataclasses import replace

import pytest

from tests.core.test_flow import APPS_CHOSEN, BEGUN, BOT, LIVE_CHAT, LOGGED_IN, PLACE_CHOSEN, ROLES_DONE, SAVED
from wizard.core.answers import Answers, SavedHow, TestOutcome, TokenOwner
from wizard.core.flow import StepId, StepState
from wizard.core.pending import TrialPart
from wizard.core.step_state import SeenSoFar, judge, step_state
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialOutcome, TrialResult
from wizard.core.verdict import Evidence, State, Verdict

NOW, DAY = 1_796_000_000.0, 86_400.0
ROLES = ("routing.default_app", "routing.take_control", "routing.answers_first")
READ_BACK = replace(SAVED, saved_how=SavedHow.READ_BACK)


def verdict(check: str, state: State, at: float = NOW) -> Verdict:
    return Verdict(check, state, "any", (Evidence("GET me", "so", at),))


def seen(*verdicts: Verdict, apps: tuple[str, ...] = (), tests: tuple[TrialResult, ...] = ()) -> SeenSoFar:
    return SeenSoFar({one.check: one for one in verdicts}, apps, tests, is_proven=True, now=NOW)


def tried(outcome: TrialOutcome, by_eye: bool = False) -> TrialResult:
    return TrialResult(TrialPart.BOT_DOES, outcome, RestoreEnd(RestoreResult.BACK), by_eye=by_eye)


@pytest.mark.parametrize(
    ("state", "age", "is_said", "expected"),
    [
        (State.OK, 0.0, False, StepState.SEEN),
        (State.OK, DAY - 1, False, StepState.SEEN),
        (State.OK, DAY, True, StepState.NOT_PROVEN),
        (State.WARNING, 0.0, True, StepState.NOT_PROVEN),
        (State.PROBLEM, 0.0, True, StepState.FAILED),
        (State.UNKNOWN, 0.0, True, StepState.SAID),
        (State.UNKNOWN, 0.0, False, StepState.NOT_DONE),
        (State.NOT_CHECKED, 0.0, True, StepState.SAID),
    ],
)
def test_a_verdict_is_green_only_where_it_was_seen_and_is_not_old(
    state: State, age: float, is_said: bool, expected: StepState
) -> None:
    assert judge(verdict("any", state, NOW - age), is_said, NOW) is expected


@pytest.mark.parametrize(
    ("step", "answers", "known", "expected"),
    [
        (StepId.LOG_IN, BEGUN, seen(), StepState.NOT_DONE),
        (StepId.LOG_IN, LOGGED_IN, seen(verdict("token.valid", State.OK)), StepState.SEEN),
        (StepId.LOG_IN, LOGGED_IN, seen(verdict("token.valid", State.PROBLEM)), StepState.FAILED),
        (StepId.LOG_IN, replace(LOGGED_IN, token_owner=TokenOwner.NONE), seen(), StepState.SKIPPED),
        (StepId.APPS, LOGGED_IN, seen(), StepState.NOT_DONE),
        (StepId.APPS, APPS_CHOSEN, seen(apps=(BOT.id,)), StepState.SAID),
        (StepId.APPS, APPS_CHOSEN, seen(apps=(BOT.id, LIVE_CHAT.id)), StepState.SEEN),
        (StepId.APPS, APPS_CHOSEN, seen(verdict("roles.distinct", State.PROBLEM)), StepState.FAILED),
        (StepId.ROLES, APPS_CHOSEN, seen(*(verdict(one, State.OK) for one in ROLES)), StepState.NOT_DONE),
        (StepId.ROLES, ROLES_DONE, seen(), StepState.SAID),
        (StepId.ROLES, ROLES_DONE, seen(verdict(ROLES[0], State.OK)), StepState.SAID),
        (StepId.ROLES, ROLES_DONE, seen(*(verdict(one, State.OK) for one in ROLES)), StepState.SEEN),
        (StepId.ROLES, ROLES_DONE, seen(verdict("app.fields", State.PROBLEM)), StepState.FAILED),
        (StepId.APP_ID, PLACE_CHOSEN, seen(), StepState.SAID),
        (StepId.APP_ID, SAVED, seen(verdict("target.saved", State.OK)), StepState.SEEN),
        (StepId.BOT_SETTINGS, PLACE_CHOSEN, seen(), StepState.NOT_DONE),
        (StepId.BOT_SETTINGS, SAVED, seen(verdict("target.saved", State.UNKNOWN)), StepState.SAID),
        (StepId.BOT_SETTINGS, SAVED, seen(verdict("target.saved", State.PROBLEM)), StepState.FAILED),
        (StepId.BOT_SETTINGS, READ_BACK, seen(verdict("target.saved", State.OK)), StepState.SEEN),
        (StepId.BOT_SETTINGS, READ_BACK, seen(verdict("target.saved", State.UNKNOWN)), StepState.NOT_PROVEN),
        (StepId.FINISHED, SAVED, seen(), StepState.NOT_DONE),
    ],
)
def test_each_step_is_judged_by_what_was_seen_of_it(
    step: StepId, answers: Answers, known: SeenSoFar, expected: StepState
) -> None:
    assert step_state(step, answers, known) is expected


@pytest.mark.parametrize(
    ("answered", "tests", "expected"),
    [
        (None, (), StepState.NOT_DONE),
        (TestOutcome.PASSED, (tried(TrialOutcome.BOT_HANDED_OVER),), StepState.SEEN),
        (TestOutcome.PASSED, (), StepState.NOT_PROVEN),
        (TestOutcome.READY, (), StepState.NOT_PROVEN),
        (TestOutcome.CANNOT_TELL, (tried(TrialOutcome.CANNOT_TELL),), StepState.NOT_PROVEN),
        (TestOutcome.CANNOT_TELL, (tried(TrialOutcome.BOT_HANDED_OVER, by_eye=True),), StepState.SAID),
        (TestOutcome.NOT_PASSED, (tried(TrialOutcome.WENT_ELSEWHERE),), StepState.FAILED),
        (TestOutcome.SKIPPED, (tried(TrialOutcome.WENT_ELSEWHERE),), StepState.FAILED),
        (TestOutcome.SKIPPED, (), StepState.SKIPPED),
        (TestOutcome.STOPPED, (), StepState.STOPPED),
    ],
)
def test_the_test_is_green_only_where_the_bot_was_seen_to_hand_over(
    answered: TestOutcome | None, tests: tuple[TrialResult, ...], expected: StepState
) -> None:
    assert step_state(StepId.TEST, replace(SAVED, test=answered), seen(tests=tests)) is expected


def test_a_passed_test_that_proves_too_little_is_not_green() -> None:
    known = replace(seen(tests=(tried(TrialOutcome.BOT_HANDED_OVER),)), is_proven=False)
    assert step_state(StepId.TEST, replace(SAVED, test=TestOutcome.PASSED), known) is StepState.NOT_PROVEN
