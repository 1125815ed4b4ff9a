"""What the log-in page says at each of its stages."""

from enum import StrEnum

from wizard.core.answers import Answers
from wizard.core.flow import StepId
from wizard.i18n.language import _
from wizard.ui.services import Trouble
from wizard.words import asking, steps


class Shown(StrEnum):
    """What the page shows: one thing at a time."""

    ENTRY = "entry"
    PAGES = "pages"
    ACCOUNT = "account"
    NO_TOKEN = "no_token"


def sentence(shown: Shown) -> str:
    if shown is Shown.ACCOUNT:
        return _("A token speaks for one app. Whose it is decides what the wizard can see.")
    if shown is Shown.PAGES:
        return _("This token is of a person and opens several Pages. Choose the one to set up.")
    if shown is Shown.NO_TOKEN:
        return _("A token is a key to your Page that Facebook makes. You can get one, ask for one, or do without.")
    return steps.sentence(StepId.LOG_IN)


def primary_text(shown: Shown, goes_without: bool) -> str:
    if shown is Shown.ENTRY:
        return _("Check the token")
    if shown is Shown.PAGES:
        return _("Use this Page")
    if shown is Shown.NO_TOKEN:
        return _("Go on without a token") if goes_without else _("I have a token now")
    return ""


def secondary_text(shown: Shown, goes_without: bool, has_more_pages: bool) -> str:
    if shown is Shown.ENTRY:
        return _("I have no token")
    if shown is Shown.NO_TOKEN:
        return _("I have a token") if goes_without else ""
    return _("Another Page") if has_more_pages else _("Another token")


def last_time(answers: Answers) -> str:
    """Which token the saved answers were given with, "" where there was none."""
    if not answers.page_name or answers.token_app is None:
        return ""
    said = _("Last time you used the token of {app} for {page}. Paste it again: it was not remembered.")
    return said.format(app=asking.app_name(answers.token_app), page=answers.page_name)


def unknown_kind() -> Trouble:
    """Facebook answered, but what the token is for stayed open."""
    return Trouble(
        _("Facebook does not say whether this is the token of a Page."),
        _("Try once more. If it stays so, get a Page access token: press “I have no token” to see how."),
    )


def not_forgotten() -> Trouble:
    return Trouble(
        _("The password store of this computer did not remove the token."),
        _("Unlock the store and try again, or remove the entry there."),
    )
