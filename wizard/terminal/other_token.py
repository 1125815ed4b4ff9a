"""A second token, of the app on the other side: `--other-token-env`."""

from wizard.actions.log_in import SecondTokenProblem, open_second_token
from wizard.actions.session import Session
from wizard.actions.token_sources import EnvironmentToken
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.exit_code import ExitCode
from wizard.i18n.language import _
from wizard.terminal.ends import SetupEnds
from wizard.terminal.log_in import fetch_token
from wizard.terminal.printing import Printer
from wizard.words import asking


def accept_other_token(
    session: Session, answers: Answers, variable: str, printer: Printer, cancel: CancelToken
) -> None:
    """Take it as the second token of this run, kept in memory. Raises SetupEnds where it is no token of another app on
    this Page, and WizardError where it cannot be used."""
    fetch_token(EnvironmentToken(variable), printer)
    second = open_second_token(session, answers, EnvironmentToken(variable), cancel)
    if second.problem is not None:
        printer.problem(_problem(second.problem), _("Take a Page token of the other app."))
        raise SetupEnds(ExitCode.PROBLEM)
    session.accept_second(second.opened)
    if second.opened.app is not None:
        printer.print(_("The second token belongs to {app}.").format(app=asking.app_name(second.opened.app)))


def _problem(problem: SecondTokenProblem) -> str:
    return {
        SecondTokenProblem.NOT_A_PAGE_TOKEN: _("The second token is not the token of a Page."),
        SecondTokenProblem.OTHER_PAGE: _("The second token is for another Page."),
        SecondTokenProblem.SAME_APP: _("The second token belongs to the same app as the first one."),
    }[problem]
