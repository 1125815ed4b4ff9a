"""Which token restores an open test, and why another does not help."""

from wizard.actions.restore import WrongToken, WrongTokenReason
from wizard.core.pending import PendingTest
from wizard.i18n.language import _
from wizard.words import asking


def token_app(entry: PendingTest) -> str:
    """Name of the app whose token the test was made with."""
    return asking.app_name(entry.app_of(entry.token_app_id))


def why_not(wrong: WrongToken, entry: PendingTest) -> str:
    """Why the token that was pasted does not help."""
    identity, app = wrong.opened.facts.identity.value, wrong.opened.facts.app
    other_app = app.value if app is not None else None
    return {
        WrongTokenReason.NO_PAGE_TOKEN: _("This is not the token of a Page. Paste a Page token of {page}.").format(
            page=entry.page_label
        ),
        WrongTokenReason.OTHER_PAGE: _("This token is for the Page {other}, not for {page}.").format(
            other=(identity.name or identity.id) if identity is not None else "", page=entry.page_label
        ),
        WrongTokenReason.OTHER_APP: (
            _("This token belongs to another app, not to {app}.").format(app=token_app(entry))
            if other_app is None
            else _("This token belongs to {other}, not to {app}.").format(
                other=asking.app_name(other_app), app=token_app(entry)
            )
        ),
    }[wrong.reason]
