"""What the recovery screen says of tokens: which one is needed, and why another does not help."""

from wizard.core.pending import OpenTest
from wizard.i18n.language import _
from wizard.ui.pages.recovery.facts import app_of, page_of
from wizard.ui.pages.recovery.work import Refused, WrongToken
from wizard.words import asking


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
