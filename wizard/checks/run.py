"""The one list of checks, used by the pages, the Check screen, the terminal and reports."""

from wizard.checks import access, api, app, handover, inbox, instagram, roles, routing, token
from wizard.checks.case import CheckContext
from wizard.checks.check import Check
from wizard.core.verdict import Verdict

CHECKS: tuple[Check, ...] = (
    *token.CHECKS,
    *access.CHECKS,
    *app.CHECKS,
    *routing.CHECKS,
    *roles.CHECKS,
    *handover.CHECKS,
    *api.CHECKS,
    *inbox.CHECKS,
    *instagram.CHECKS,
)
BY_ID = {check.id: check for check in CHECKS}


def verdicts(context: CheckContext) -> tuple[Verdict, ...]:
    """One verdict for each check, in the order of the list."""
    return tuple(check.verdict(context) for check in CHECKS)


def verdict(context: CheckContext, check_id: str) -> Verdict:
    """Raises KeyError for an id that is not in the list."""
    return BY_ID[check_id].verdict(context)
