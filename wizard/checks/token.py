"""What the token is, whose, and what it may do. A Page token reveals little of itself, and then that is said."""

import re

from wizard.checks.case import CheckContext
from wizard.checks.check import Finding, Needs, Reason, check, failed, failed_call, without_reading
from wizard.core.answers import TokenOwner
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import TokenKind
from wizard.core.token_shape import TokenShape
from wizard.core.verdict import Evidence, State, evidence_of
from wizard.i18n.language import _

_PERMISSION = re.compile(r"\b(?:pages|business|instagram)_[a-z_]+\b|\bmanage_pages\b")
_NEEDED_BY = {"GET me/subscribed_apps": "pages_manage_metadata"}
_USUALLY_NEEDED = "pages_messaging"
_NEW_NAMES = {"manage_pages": "pages_manage_metadata"}  # split up in 2020; old texts still name it


def shape_text(shape: TokenShape) -> str:
    """What is wrong with the text that was pasted, and what to paste instead."""
    match shape:
        case TokenShape.EMPTY:
            return _("Paste an access token.")
        case TokenShape.HAS_SPACES:
            return _("There are spaces inside this text, and a token has none. Copy only the token.")
        case TokenShape.HAS_ODD_CHARACTERS:
            return _("There are letters or signs in this text that no token has. Copy the token again.")
        case TokenShape.IS_LINK:
            return _("This is a link, not a token. Open it, and copy the token from there.")
        case TokenShape.IS_APP_ID:
            return _("This is only a number, perhaps an App ID. An access token is a long text of letters and digits.")
        case TokenShape.IS_APP_TOKEN:
            return _(
                "This is an app token with the app's secret in it. Paste a Page token, and keep this one to yourself."
            )
        case TokenShape.IS_SECRET:
            return _("This looks like an app secret or a proof. Paste a Page token, and keep this one to yourself.")
        case TokenShape.INSTAGRAM:
            return _(
                "This is an Instagram token. This wizard needs a token of your Facebook Page; those start with EAA."
            )
        case TokenShape.LOOKS_MASKED:
            return _("Part of this token is hidden. Use the copy button where the token is shown, and paste again.")
        case TokenShape.TOO_SHORT:
            return _(
                "This is too short for an access token. Copy the whole token, from its first to its last character."
            )


def _shapes() -> dict[str, Reason]:
    again = _("Copy the Page's access token once more, and paste it here.")
    return {shape.value: Reason(shape_text(shape), again) for shape in TokenShape}


@check(
    "token.shape",
    lambda: _("The text is a token"),
    Needs.TEXT,
    lambda: {"fits": Reason(_("It looks like a token of Facebook.")), **_shapes()},
)
def shape(context: CheckContext) -> Finding | None:
    odd, token = context.facts.token_shape, context.facts.token
    if odd is not None:
        return Finding(State.PROBLEM, odd.value, (Evidence("pasted text", odd.value, 0.0),))
    if token is None:
        return None
    return Finding(State.OK, "fits", (Evidence("pasted text", "looks like a token", token.identity.at),))


@check(
    "token.valid",
    lambda: _("The token works"),
    Needs.TOKEN,
    lambda: {"works": Reason(_("Facebook accepts it."))},
)
def valid(context: CheckContext) -> Finding | None:
    token = context.facts.token
    if context.facts.token_shape is not None or token is None:
        return None
    identity = token.identity
    if identity.failure is not None:
        return failed(identity, State.PROBLEM if identity.failure.is_token_error else State.UNKNOWN)
    for failure, seen in context.failures:
        if failure.is_token_error and failure.kind is not ErrorKind.PAGE_TOKEN_NEEDED:
            return failed_call(failure, seen, State.PROBLEM)
    return Finding(State.OK, "works", (evidence_of(identity, "an answer"),))


@check(
    "token.kind",
    lambda: _("The token is a Page token"),
    Needs.ANSWER,
    lambda: {
        "is_page": Reason(_("It speaks for the Page {name}.")),
        "is_user": Reason(_("This is a person's token, not a Page's."), _("Choose the Page from the list.")),
        "is_system_user": Reason(_("This is a system user's token."), _("Choose the Page from the list.")),
        "is_app": Reason(
            _("This is an app's own token, not a Page's."),
            _("Take a Page token instead: the one your bot platform or the app's page on Facebook shows."),
        ),
        "is_unknown": Reason(_("Facebook does not tell what kind of token this is.")),
    },
)
def kind(context: CheckContext) -> Finding | None:
    token = context.facts.token
    if token is None or (context.skip_reason and token.identity.value is None):
        return None
    identity = token.identity
    if identity.value is None:
        return failed(identity)
    found = identity.value.kind
    state = {TokenKind.PAGE: State.OK, TokenKind.UNKNOWN: State.UNKNOWN}.get(found, State.PROBLEM)
    return Finding(state, f"is_{found.value}", (evidence_of(identity, found.value),), (("name", identity.value.name),))


@check(
    "token.owner",
    lambda: _("Whose token it is"),
    Needs.PAGE_TOKEN,
    lambda: {
        "of_bot": Reason(_("It belongs to {app}, your bot.")),
        "of_live_chat": Reason(
            _("It belongs to {app}, your live chat."), _("With the bot's token more can be checked and tested.")
        ),
        "of_neither": Reason(
            _("It belongs to {app}, which is neither your bot nor your live chat."),
            _("With the bot's token more can be checked and tested."),
        ),
        "not_said": Reason(_("It belongs to {app}."), _("Say whether that is your bot or your live chat.")),
    },
)
def owner(context: CheckContext) -> Finding | None:
    token, whose = context.facts.token, context.answers.token_owner
    if context.skip_reason or token is None or token.app is None:
        return without_reading(context)
    app = token.app.value
    if app is None:
        return failed(token.app)
    state = State.OK if whose in (TokenOwner.BOT, TokenOwner.LIVE_CHAT) else State.WARNING
    reason = f"of_{whose.value}" if whose and whose is not TokenOwner.NONE else "not_said"
    return Finding(state, reason, (evidence_of(token.app, f"app {app.id}"),), (("app", app.name or app.id),))


@check(
    "token.expiry",
    lambda: _("Until when the token works"),
    Needs.PAGE_TOKEN,
    lambda: {
        "expired": ErrorKind.TOKEN_EXPIRED,
        "not_told": Reason(
            _("A Page token does not show until when it works: only its app's developers can look that up.")
        ),
    },
)
def expiry(context: CheckContext) -> Finding | None:
    """`debug_token` wants a token of the app or of its developer; a Page token has neither."""
    expired = context.refused(ErrorKind.TOKEN_EXPIRED)
    return failed_call(*expired, State.PROBLEM, "expired") if expired else None


@check(
    "token.permissions",
    lambda: _("The token has the permissions"),
    Needs.PAGE_TOKEN,
    lambda: {
        "missing": Reason(
            _("Facebook refused a call because this permission is missing: {permissions}."),
            _("Make the token again and allow {permissions} for this Page."),
        ),
        "not_told": Reason(_("A Page token does not list its permissions. No call was refused for the lack of one.")),
    },
)
def permissions(context: CheckContext) -> Finding | None:
    """A Page token does not list its permissions; only a refused call shows that one is missing."""
    refused = [each for each in context.failures if each[0].kind is ErrorKind.PERMISSION_MISSING]
    if not refused:
        return None
    missing = sorted({name for failure, _evidence in refused for name in _named(failure)})
    evidence = tuple({seen.call: seen for _failure, seen in refused}.values())
    return Finding(State.PROBLEM, "missing", evidence, (("permissions", ", ".join(missing)),))


def _named(failure: Failure) -> set[str]:
    """The permissions that Facebook names, else the one that this call needs."""
    named = {_NEW_NAMES.get(name, name) for name in _PERMISSION.findall(failure.message)}
    return named or {_NEEDED_BY.get(failure.call, _USUALLY_NEEDED)}


CHECKS = (shape, valid, kind, owner, expiry, permissions)
