"""What a checked Page means for a program that called us."""

from wizard.core.checked import CheckedPage
from wizard.core.errors import Failure
from wizard.core.outcome import ExitCode
from wizard.core.verdict import State


def code_of_page(page: CheckedPage) -> ExitCode:
    if any(verdict.state is State.PROBLEM for verdict in page.verdicts):
        return ExitCode.PROBLEM
    facts = page.facts
    failures = [page.not_checked, *(reading.failure for reading in facts.owners)]
    if facts.conversations is not None:
        failures.append(facts.conversations.failure)
    if facts.token is not None and facts.token.subscription is not None:
        failures.append(facts.token.subscription.failure)
    return max((code_of(one) for one in failures if one is not None), default=ExitCode.NO_PROBLEM)


def code_of(failure: Failure) -> ExitCode:
    if failure.is_about_the_way:
        return ExitCode.NOT_FOUND_OUT
    return ExitCode.PROBLEM if failure.is_about_the_token else ExitCode.NO_PROBLEM
