"""What all tests together say, and what the program answers whoever called it."""

import pytest

from wizard.core.answers import TestOutcome
from wizard.core.errors import ErrorKind, Failure
from wizard.core.exit_code import ExitCode
from wizard.core.outcome import exit_code, outcome
from wizard.core.pending import TrialPart
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialOutcome, TrialResult
from wizard.core.verdict import State, Verdict

A, B = TrialPart.FACEBOOK_ALLOWS, TrialPart.BOT_DOES
FINE = Verdict("token.valid", State.OK, "works")
WRONG = Verdict("token.valid", State.PROBLEM, "expired")
DOUBTFUL = Verdict("token.valid", State.UNKNOWN, "not_told")


def result(
    part: TrialPart, found: TrialOutcome, back: RestoreResult = RestoreResult.BACK, by_eye: bool = False
) -> TrialResult:
    return TrialResult(part, found, RestoreEnd(back), by_eye=by_eye)


def trouble(kind: ErrorKind) -> TrialResult:
    return TrialResult(
        A, TrialOutcome.TROUBLE, RestoreEnd(RestoreResult.UNTOUCHED), failure=Failure(kind, call="GET me")
    )


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        ([], TestOutcome.SKIPPED),
        ([result(A, TrialOutcome.DECLINED, RestoreResult.UNTOUCHED)], TestOutcome.SKIPPED),
        ([result(A, TrialOutcome.WORKS)], TestOutcome.READY),
        ([result(A, TrialOutcome.WORKS), result(B, TrialOutcome.BOT_HANDED_OVER)], TestOutcome.PASSED),
        ([result(B, TrialOutcome.BOT_HANDED_OVER)], TestOutcome.PASSED),
        ([result(B, TrialOutcome.BOT_HANDED_OVER, by_eye=True)], TestOutcome.CANNOT_TELL),
        ([result(B, TrialOutcome.BOT_HANDED_OVER, RestoreResult.NOT_BACK)], TestOutcome.NOT_PASSED),
        ([result(A, TrialOutcome.WORKS), result(B, TrialOutcome.NOTHING_HAPPENED)], TestOutcome.NOT_PASSED),
        ([result(A, TrialOutcome.PASS_REFUSED), result(B, TrialOutcome.BOT_HANDED_OVER)], TestOutcome.NOT_PASSED),
        ([result(A, TrialOutcome.PASS_REFUSED), result(A, TrialOutcome.WORKS)], TestOutcome.READY),
        ([result(A, TrialOutcome.WORKS), result(A, TrialOutcome.PASS_REFUSED)], TestOutcome.NOT_PASSED),
        ([result(A, TrialOutcome.WORKS), result(B, TrialOutcome.NO_HELLO)], TestOutcome.READY),
        ([result(A, TrialOutcome.CANNOT_TELL)], TestOutcome.CANNOT_TELL),
    ],
)
def test_the_newest_run_of_each_part_counts(tests: list[TrialResult], expected: TestOutcome) -> None:
    assert outcome(tests) is expected


@pytest.mark.parametrize(
    ("tests", "verdicts", "expected"),
    [
        ([], [], ExitCode.NO_PROBLEM),
        ([result(A, TrialOutcome.WORKS)], [FINE, DOUBTFUL], ExitCode.NO_PROBLEM),
        ([result(A, TrialOutcome.WORKS)], [FINE, WRONG], ExitCode.PROBLEM),
        ([result(A, TrialOutcome.NEVER_LEFT)], [FINE], ExitCode.PROBLEM),
        ([trouble(ErrorKind.NO_CONNECTION)], [], ExitCode.NOT_FOUND_OUT),
        ([trouble(ErrorKind.PERMISSION_MISSING)], [], ExitCode.PROBLEM),
        ([trouble(ErrorKind.NO_CONNECTION)], [WRONG], ExitCode.PROBLEM),
        ([result(A, TrialOutcome.WORKS, RestoreResult.NOT_BACK)], [WRONG], ExitCode.WRONG_APP_HAS_IT),
        (
            [result(A, TrialOutcome.WORKS, RestoreResult.NOT_BACK), result(A, TrialOutcome.WORKS)],
            [],
            ExitCode.WRONG_APP_HAS_IT,
        ),
    ],
)
def test_a_conversation_with_the_wrong_app_outweighs_all_else(
    tests: list[TrialResult], verdicts: list[Verdict], expected: ExitCode
) -> None:
    assert exit_code(tests, verdicts) is expected
