"""What the token is, whose, and what it may do. A Page token reveals little of itself, and then that is said."""

import re

from wizard.checks.case import CheckContext
from wizard.checks.check import END, Finding, Needs, Reason, check, failed, failed_call, without_reading
from wizard.checks.token_reasons import of_refusal, of_shape
from wizard.core.answers import TokenOwner
from wizard.core.diagnosis import Harm, Who
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import TokenKind
from wizard.core.token_life import is_near_end
from wizard.core.verdict import Evidence, State, evidence_of
from wizard.i18n.language import _

_PERMISSION = re.compile(r"\b(?:pages|business|instagram)_[a-z_]+\b|\bmanage_pages\b")
_NEEDED_BY = {"GET me/subscribed_apps": "pages_manage_metadata"}
_USUALLY_NEEDED = "pages_messaging"
_NEW_NAMES = {"manage_pages": "pages_manage_metadata"}  # split up in 2020; old texts still name it


@check(
    "token.shape",
    lambda: _("Pasted text"),
    Needs.TEXT,
    lambda: {"fits": Reason(_("It looks like a token of Facebook.")), **of_shape()},
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
    lambda: _("Access token"),
    Needs.TOKEN,
    lambda: {"works": Reason(_("Facebook accepts the token.")), **of_refusal()},
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
    lambda: _("Kind of token"),
    Needs.ANSWER,
    lambda: {
        "is_page": Reason(_("The token speaks for the Page {name}.")),
        "is_user": Reason(
            _("This is a person’s token, not a Page’s."),
            _("Choose the Page from the list."),
            headline=_("the token is a person’s, not the Page’s, so nothing was checked."),
            harm=Harm.UNSEEN,
        ),
        "is_system_user": Reason(
            _("This is a system user’s token."),
            _("Choose the Page from the list."),
            headline=_("the token is a system user’s, not the Page’s, so nothing was checked."),
            harm=Harm.UNSEEN,
        ),
        "is_app": Reason(
            _("This is an app’s own token, not a Page’s."),
            _("Take a Page token instead: the one your bot platform or the app’s page on Facebook shows."),
            headline=_("the token is an app’s own, not the Page’s, so nothing was checked."),
            harm=Harm.UNSEEN,
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
    lambda: _("App of the token"),
    Needs.PAGE_TOKEN,
    lambda: {
        "of_bot": Reason(_("The token belongs to {app}, the bot.")),
        "of_live_chat": Reason(
            _("The token belongs to {app}, the live chat."), _("With the bot’s token more can be checked and tested.")
        ),
        "of_neither": Reason(
            _("The token belongs to {app}, which is neither the bot nor the live chat."),
            _("Get a Page token that was made with the bot’s app, then check again."),
            headline=_("little can be seen, because the token belongs to {app}, neither the bot nor the live chat."),
            letter=_(
                "The access token that we have for {page} belongs to {app}, which is neither your bot ({bot}) nor your "
                "live chat ({live_chat}). It does not show how {bot} is set up."
            ),
            ask=_(
                "Please ask the developer of {bot} for a Page access token of {page} that was made with {bot}, and "
                "send it so that only we can read it."
            ),
            harm=Harm.UNSEEN,
            who=Who.DEVELOPER,
        ),
        "not_said": Reason(
            _("The token belongs to {app}. Nobody has said whether that is the bot or the live chat."),
            _("Say whether that is your bot or your live chat."),
            headline=_("it is not known yet whether {app}, the app of the token, is the bot or the live chat."),
            harm=Harm.NONE,
        ),
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
    about = (("app", app.name or app.id), ("app_id", app.id))
    return Finding(state, reason, (evidence_of(token.app, f"app {app.id}"),), about)


@check(
    "token.expiry",
    lambda: _("Last day of the token"),
    Needs.PAGE_TOKEN,
    lambda: {
        "expired": of_refusal()[ErrorKind.TOKEN_EXPIRED.value]._replace(follows_from=("token.valid",)),
        "ends": Reason(_("Facebook said at the log-in that this token works until {token_end}.")),
        "ends_soon": Reason(
            _("Facebook said at the log-in that this token works until {token_end}."),
            _("Log in again before that. Nothing that is set up is lost."),
            headline=_("the log-in that looks at this Page works until {token_end}; then log in again."),
        ),
        "no_end": Reason(_("This token has no last day: by Facebook’s rules those from a lasting log-in have none.")),
        "not_told": Reason(
            _("A Page token does not show until when it works: only its app’s developers can look that up.")
        ),
    },
)
def expiry(context: CheckContext) -> Finding | None:
    """Only the log-in that a token comes of tells it: `debug_token` wants a token of the app or of its developer. The
    sentences say what Facebook said, so that no clock makes them wrong."""
    expired = context.refused(ErrorKind.TOKEN_EXPIRED)
    if expired:
        return failed_call(*expired, State.PROBLEM, "expired")
    token = context.facts.token
    life = token.life if token is not None and not context.skip_reason else None
    if token is None or life is None or life.value is None:
        return None
    if not life.value.ends_at:
        return Finding(State.OK, "no_end", (evidence_of(life, "a lasting log-in"),))
    is_near = is_near_end(life, max(context.now, token.identity.at))
    seconds = round(life.value.ends_at - life.at)
    return Finding(
        State.WARNING if is_near else State.OK,
        "ends_soon" if is_near else "ends",
        (evidence_of(life, f"works for {seconds} s"),),
        ((END, str(round(life.value.ends_at))),),
    )


@check(
    "token.permissions",
    lambda: _("Permissions"),
    Needs.PAGE_TOKEN,
    lambda: {
        "missing": Reason(
            _("Facebook refused a call because this permission is missing: {permissions}."),
            _("Make the token again and allow {permissions} for this Page."),
            headline=_("the token may not do what a bot needs, because this permission is missing: {permissions}."),
            letter=_("{app} does not have all the permissions that it needs for {page}. Missing: {permissions}."),
            ask=_(
                "In the settings of {app}, disconnect {page} and connect it again; leave everything ticked that "
                "Facebook offers."
            ),
            harm=Harm.NO_ANSWER,
            who=Who.OWNER,
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
    app = (("app", context.name_of(context.token_app_id)),) if context.token_app_id else ()
    return Finding(State.PROBLEM, "missing", evidence, (*app, ("permissions", ", ".join(missing))))


def _named(failure: Failure) -> set[str]:
    """The permissions that Facebook names, else the one that this call needs."""
    named = {_NEW_NAMES.get(name, name) for name in _PERMISSION.findall(failure.message)}
    return named or {_NEEDED_BY.get(failure.call, _USUALLY_NEEDED)}


CHECKS = (shape, valid, kind, owner, expiry, permissions)
