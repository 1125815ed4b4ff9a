"""What the recovery screen says of records that cannot be brought back from here, and of a token that does not help."""

from wizard.core.open_test import OpenTest
from wizard.ui.pages.recovery_facts import app_of, page_of
from wizard.ui.pages.recovery_work import Listed, Refused, WrongToken
from wizard.ui.widgets.notice import Tone
from wizard.words import asking
from wizard.words.language import _, ngettext


def said_of(listed: Listed) -> tuple[Tone, str, str] | None:
    """Tone, what is the case, what to do; None where there is nothing to say. The most pressing comes first."""
    if listed.damaged:
        return (
            Tone.WARNING,
            ngettext(
                "One record of an open test cannot be read.",
                "{count} records of open tests cannot be read.",
                listed.damaged,
            ).format(count=listed.damaged),
            _("Look in your live chat whether a test conversation is still there."),
        )
    if listed.newer:
        return (
            Tone.WARNING,
            ngettext(
                "One open test was made by a newer version of this program.",
                "{count} open tests were made by a newer version of this program.",
                listed.newer,
            ).format(count=listed.newer),
            _("Open the newest version: it can bring the conversation back."),
        )
    if listed.elsewhere:
        return (
            Tone.INFO,
            ngettext(
                "One test is running in another window of this program.",
                "{count} tests are running in other windows of this program.",
                listed.elsewhere,
            ).format(count=listed.elsewhere),
            _("It brings the conversation back itself when it ends."),
        )
    if listed.closed:
        return (
            Tone.INFO,
            ngettext(
                "An open test of an earlier practice was closed.",
                "{count} open tests of earlier practices were closed.",
                listed.closed,
            ).format(count=listed.closed),
            _("That practice has ended, so nothing is left to bring back."),
        )
    return None


def refusal(refused: Refused, entry: OpenTest) -> str:
    """Why the token that was pasted does not help."""
    identity, app = refused.opened.facts.identity.value, refused.opened.facts.app
    seen_app = app.value if app is not None else None
    return {
        WrongToken.NO_PAGE_TOKEN: _("This is not the token of a Page. Paste a Page token of {page}.").format(
            page=page_of(entry)
        ),
        WrongToken.OTHER_PAGE: _("This token is for the Page {other}, not for {page}.").format(
            other=(identity.name or identity.id) if identity is not None else "", page=page_of(entry)
        ),
        WrongToken.OTHER_APP: _("This token belongs to {other}, not to {app}.").format(
            other=asking.app_name(seen_app) if seen_app is not None else _("another app"), app=token_app(entry)
        ),
    }[refused.why]


def token_app(entry: OpenTest) -> str:
    """Name of the app whose token the test was made with."""
    return asking.app_name(app_of(entry, entry.token_app_id))
