"""Sentences of the first step that belong to no part of it alone."""

from wizard.core.answers import Answers
from wizard.i18n.language import _
from wizard.ui.services import FailureText
from wizard.words import asking


def last_time(answers: Answers) -> str:
    """Which token the saved answers were given with, "" where there was none."""
    if not answers.page_name or answers.token_app is None:
        return ""
    said = _("Last time you used the token of {app} for {page}. Paste it again: it was not remembered.")
    return said.format(app=asking.app_name(answers.token_app), page=answers.page_name)


def unknown_kind() -> FailureText:
    """Facebook answered, but what the token is for stayed open."""
    return FailureText(
        _("Facebook does not say whether this is the token of a Page."),
        _("Try once more. If it stays so, get a Page access token: “Get a token on Facebook” shows how."),
    )


def not_forgotten() -> FailureText:
    return FailureText(
        _("The password store of this computer did not remove the token."),
        _("Unlock the store and try again, or remove the entry there."),
    )
