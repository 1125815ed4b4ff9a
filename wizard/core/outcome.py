"""What tests and checks together say about a set-up, and what it means for a program that called us."""

from collections.abc import Collection, Sequence

from wizard.core.answers import TestOutcome
from wizard.core.checked import CheckedPage
from wizard.core.diagnosis import PageOutcome, outcome_of
from wizard.core.errors import Failure
from wizard.core.exit_code import ExitCode
from wizard.core.pending import TrialPart
from wizard.core.trial_result import RestoreResult, TrialOutcome, TrialResult
from wizard.core.verdict import State, Verdict

_FAILED = frozenset(
    {
        TrialOutcome.PROBE_REFUSED,
        TrialOutcome.PASS_REFUSED,
        TrialOutcome.NEVER_LEFT,
        TrialOutcome.OTHER_ANSWERS_FIRST,
        TrialOutcome.NOTHING_HAPPENED,
        TrialOutcome.TALKS_ON,
        TrialOutcome.WENT_ELSEWHERE,
    }
)


def outcome(tests: Sequence[TrialResult]) -> TestOutcome:
    """The newest run of each part counts. Passed means that the bot was seen to hand over, and that it came back."""
    newest = {test.part: test for test in tests}
    bot_does, facebook_allows = newest.get(TrialPart.BOT_DOES), newest.get(TrialPart.FACEBOOK_ALLOWS)
    found = [test for test in (facebook_allows, bot_does) if test is not None]
    if any(test.is_left_elsewhere or test.outcome in _FAILED for test in found):
        return TestOutcome.NOT_PASSED
    if bot_does is not None and bot_does.outcome is TrialOutcome.BOT_HANDED_OVER:
        return TestOutcome.CANNOT_TELL if bot_does.by_eye else TestOutcome.PASSED
    if facebook_allows is not None and facebook_allows.outcome is TrialOutcome.WORKS:
        return TestOutcome.READY
    if not found or all(test.outcome is TrialOutcome.DECLINED for test in found):
        return TestOutcome.SKIPPED
    return TestOutcome.CANNOT_TELL


def exit_code(tests: Sequence[TrialResult], verdicts: Sequence[Verdict] = ()) -> ExitCode:
    if any(test.is_left_elsewhere for test in tests):
        return ExitCode.WRONG_APP_HAS_IT
    newest = {test.part: test for test in tests}.values()
    if any(test.outcome in _FAILED for test in newest) or any(verdict.state is State.PROBLEM for verdict in verdicts):
        return ExitCode.PROBLEM
    troubles = [test for test in newest if test.outcome is TrialOutcome.TROUBLE]
    is_moved = any(test.outcome is TrialOutcome.MOVED for test in newest)
    if troubles:
        on_the_way = all(test.failure is not None and test.failure.is_transport_error for test in troubles)
        return ExitCode.NOT_FOUND_OUT if on_the_way else ExitCode.PROBLEM
    is_let_go = any(test.ended.result is RestoreResult.LET_GO for test in newest)
    return ExitCode.NOT_FOUND_OUT if is_let_go or is_moved else ExitCode.NO_PROBLEM


def exit_code_of_page(page: CheckedPage) -> ExitCode:
    return {
        PageOutcome.WRONG: ExitCode.PROBLEM,
        PageOutcome.NOT_FOUND_OUT: ExitCode.NOT_FOUND_OUT,
    }.get(outcome_of(page), ExitCode.NO_PROBLEM)


def exit_code_of_failure(failure: Failure) -> ExitCode:
    if failure.is_transport_error:
        return ExitCode.NOT_FOUND_OUT
    return ExitCode.PROBLEM if failure.is_token_error else ExitCode.NO_PROBLEM


def exit_code_of_pages(codes: Collection[ExitCode], has_open_test: bool, is_complete: bool = True) -> ExitCode:
    """codes: of each Page that was checked. has_open_test: a test of one of them is still open. is_complete: False
    where the check was stopped before the last Page."""
    if has_open_test:
        return ExitCode.WRONG_APP_HAS_IT
    if ExitCode.PROBLEM in codes:
        return ExitCode.PROBLEM
    if ExitCode.NOT_FOUND_OUT in codes or not is_complete:
        return ExitCode.NOT_FOUND_OUT
    return ExitCode.NO_PROBLEM
