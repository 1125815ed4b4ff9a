"""What the page "Bot settings" says where something went wrong."""

from wizard.core.target import TargetError, TargetProblem
from wizard.i18n.language import _
from wizard.ui.services import FailureText

# What is asked for on the page before.
_ASKED_BEFORE = frozenset({TargetProblem.NO_SECRET, TargetProblem.LOGIN_REFUSED, TargetProblem.PRIVATE_ADDRESS})


def with_way_back(trouble: FailureText, error: Exception) -> FailureText:
    """Name the page where it is put right, where that is another."""
    if isinstance(error, TargetError) and error.problem in _ASKED_BEFORE:
        return trouble._replace(action=_("Go back to “App ID” and correct it there."))
    if isinstance(error, TargetError) and error.problem is TargetProblem.UNKNOWN_PRESET:
        return trouble._replace(action=_("Choose your bot again in “Your bot and chat”."))
    return trouble


def not_noted() -> FailureText:
    return FailureText(
        _("The set-up could not be noted on this computer."),
        _("The App ID is saved, and you can continue. Only a later check must ask for it again."),
    )
