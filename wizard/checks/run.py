"""The one list of checks, used by the pages, the terminal and reports."""

from wizard.checks import handover, routing, token
from wizard.checks.case import Case, Check
from wizard.core.verdict import Verdict

CHECKS: tuple[Check, ...] = (
    Check("token.kind", token.kind),
    Check("token.owner", token.owner),
    Check("app.subscribed", token.subscribed),
    Check("app.fields", token.fields),
    Check("routing.on", routing.on),
    Check("routing.default_app", routing.default_app),
    Check("routing.take_control", routing.takes_control),
    Check("routing.answers_first", routing.answers_first),
    Check("routing.current_owner", routing.current_owner),
    Check("roles.distinct", handover.distinct),
    Check("target.saved", handover.saved),
    Check("handover.facebook_allows", handover.facebook_allows),
    Check("handover.bot_does", handover.bot_does),
)


def verdicts(case: Case) -> tuple[Verdict, ...]:
    """One verdict for each check, in the order of the list."""
    return tuple(check.judge(case) for check in CHECKS)


def verdict(case: Case, check_id: str) -> Verdict:
    """Raises KeyError for an id that is not in the list."""
    return {check.id: check for check in CHECKS}[check_id].judge(case)
