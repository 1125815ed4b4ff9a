"""What all tests together say, and what the program answers whoever called it."""

import pytest

from wizard.core.answers import TestOutcome
from wizard.core.errors import ErrorKind, Failure
from wizard.core.exit_code import ExitCode
from wizard.core.outcome import exit_code, outcome
from wizard.core.pending import Part
from wizard.core.trial_result import Back, Ended, Found, TrialResult
from wizard.core.verdict import State, Verdict

A, B = Part.FACEBOOK_ALLOWS, Part.BOT_DOES
FINE = Verdict("token.valid", State.OK, "works")
WRONG = Verdict("token.valid", State.PROBLEM, "expired")
DOUBTFUL = Verdict("token.valid", State.UNKNOWN, "not_told")


def result(part: Part, found: Found, back: Back = Back.BACK, by_eye: bool = False) -> TrialResult:
    return TrialResult(part, found, Ended(back), by_eye=by_eye)


def trouble(kind: ErrorKind) -> TrialResult:
    return TrialResult(A, Found.TROUBLE, Ended(Back.UNTOUCHED), failure=Failure(kind, call="GET me"))


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        ([], TestOutcome.SKIPPED),
        ([result(A, Found.DECLINED, Back.UNTOUCHED)], TestOutcome.SKIPPED),
        ([result(A, Found.WORKS)], TestOutcome.READY),
        ([result(A, Found.WORKS), result(B, Found.BOT_HANDED_OVER)], TestOutcome.PASSED),
        ([result(B, Found.BOT_HANDED_OVER)], TestOutcome.PASSED),
        ([result(B, Found.BOT_HANDED_OVER, by_eye=True)], TestOutcome.CANNOT_TELL),
        ([result(B, Found.BOT_HANDED_OVER, Back.NOT_BACK)], TestOutcome.NOT_PASSED),
        ([result(A, Found.WORKS), result(B, Found.NOTHING_HAPPENED)], TestOutcome.NOT_PASSED),
        ([result(A, Found.PASS_REFUSED), result(B, Found.BOT_HANDED_OVER)], TestOutcome.NOT_PASSED),
        ([result(A, Found.PASS_REFUSED), result(A, Found.WORKS)], TestOutcome.READY),
        ([result(A, Found.WORKS), result(A, Found.PASS_REFUSED)], TestOutcome.NOT_PASSED),
        ([result(A, Found.WORKS), result(B, Found.NO_HELLO)], TestOutcome.READY),
        ([result(A, Found.CANNOT_TELL)], TestOutcome.CANNOT_TELL),
    ],
)
def test_the_newest_run_of_each_part_counts(tests: list[TrialResult], expected: TestOutcome) -> None:
    assert outcome(tests) is expected


@pytest.mark.parametrize(
    ("tests", "verdicts", "expected"),
    [
        ([], [], ExitCode.NO_PROBLEM),
        ([result(A, Found.WORKS)], [FINE, DOUBTFUL], ExitCode.NO_PROBLEM),
        ([result(A, Found.WORKS)], [FINE, WRONG], ExitCode.PROBLEM),
        ([result(A, Found.NEVER_LEFT)], [FINE], ExitCode.PROBLEM),
        ([trouble(ErrorKind.NO_CONNECTION)], [], ExitCode.NOT_FOUND_OUT),
        ([trouble(ErrorKind.PERMISSION_MISSING)], [], ExitCode.PROBLEM),
        ([trouble(ErrorKind.NO_CONNECTION)], [WRONG], ExitCode.PROBLEM),
        ([result(A, Found.WORKS, Back.NOT_BACK)], [WRONG], ExitCode.WRONG_APP_HAS_IT),
        ([result(A, Found.WORKS, Back.NOT_BACK), result(A, Found.WORKS)], [], ExitCode.WRONG_APP_HAS_IT),
    ],
)
def test_a_conversation_with_the_wrong_app_outweighs_all_else(
    tests: list[TrialResult], verdicts: list[Verdict], expected: ExitCode
) -> None:
    assert exit_code(tests, verdicts) is expected
