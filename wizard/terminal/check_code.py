"""What a checked Page means for a program that called us."""

from wizard.core.checked import CheckedPage
from wizard.core.errors import Failure
from wizard.core.exit_code import ExitCode
from wizard.core.verdict import State


def code_of_page(page: CheckedPage) -> ExitCode:
    if any(verdict.state is State.PROBLEM for verdict in page.verdicts):
        return ExitCode.PROBLEM
    codes = [code_of(failure) for failure in page.facts.failures]
    if page.not_checked is not None:  # whatever the reason: that nothing is wrong was not found out
        codes.append(code_of(page.not_checked) or ExitCode.NOT_FOUND_OUT)
    return max(codes, default=ExitCode.NO_PROBLEM)


def code_of(failure: Failure) -> ExitCode:
    if failure.is_about_the_way:
        return ExitCode.NOT_FOUND_OUT
    return ExitCode.PROBLEM if failure.is_about_the_token else ExitCode.NO_PROBLEM
