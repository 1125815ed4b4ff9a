"""What the token is, whose, and what it may do. A Page token reveals little of itself, and then that is said."""

import re

from wizard.checks.case import Case, failed, failed_call, not_checked, silenced, without_reading
from wizard.core.answers import TokenOwner
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import TokenKind
from wizard.core.verdict import Evidence, State, Verdict, evidence_of

NEEDED_FIELDS = frozenset({"messages", "messaging_postbacks", "messaging_referrals", "messaging_handovers", "standby"})
"""Every app that takes part must receive these. Source: Meta, Conversation Routing, 2025-09-24."""

_PERMISSION = re.compile(r"\b(?:pages|business|instagram)_[a-z_]+\b|\bmanage_pages\b")
_NEEDED_BY = {"GET me/subscribed_apps": "pages_manage_metadata"}
_USUALLY_NEEDED = "pages_messaging"
_NEW_NAMES = {"manage_pages": "pages_manage_metadata"}  # split up in 2020; old texts still name it


def shape(case: Case) -> Verdict:
    odd, token = case.facts.token_shape, case.facts.token
    if odd is not None:
        return Verdict("token.shape", State.PROBLEM, odd.value, (Evidence("pasted text", odd.value, 0.0),))
    if token is None:
        return not_checked("token.shape", "no_token")
    at = token.identity.at
    return Verdict("token.shape", State.OK, "fits", (Evidence("pasted text", "looks like a token", at),))


def valid(case: Case) -> Verdict:
    token = case.facts.token
    if case.facts.token_shape is not None or token is None:
        return not_checked("token.valid", case.silence)
    identity = token.identity
    if identity.failure is not None:
        is_bad = identity.failure.is_about_the_token
        return failed("token.valid", identity, State.PROBLEM if is_bad else State.UNKNOWN)
    for failure, seen in case.failures:
        if failure.is_about_the_token and failure.kind is not ErrorKind.PAGE_TOKEN_NEEDED:
            return failed_call("token.valid", failure, seen, State.PROBLEM)
    return Verdict("token.valid", State.OK, "works", (evidence_of(identity, "an answer"),))


def kind(case: Case) -> Verdict:
    token = case.facts.token
    if token is None or (case.silence and token.identity.value is None):
        return not_checked("token.kind", case.silence)
    identity = token.identity
    if identity.value is None:
        return failed("token.kind", identity)
    found = identity.value.kind
    state = {TokenKind.PAGE: State.OK, TokenKind.UNKNOWN: State.UNKNOWN}.get(found, State.PROBLEM)
    evidence = (evidence_of(identity, found.value),)
    return Verdict("token.kind", state, f"is_{found.value}", evidence, (("name", identity.value.name),))


def owner(case: Case) -> Verdict:
    token, whose = case.facts.token, case.answers.token_owner
    if case.silence or token is None or token.app is None:
        return without_reading(case, "token.owner")
    app = token.app.value
    if app is None:
        return failed("token.owner", token.app)
    state = State.OK if whose in (TokenOwner.BOT, TokenOwner.LIVE_CHAT) else State.WARNING
    reason = f"of_{whose.value}" if whose and whose is not TokenOwner.NONE else "not_said"
    evidence = (evidence_of(token.app, f"app {app.id}"),)
    return Verdict("token.owner", state, reason, evidence, (("app", app.name or app.id),))


def expiry(case: Case) -> Verdict:
    """`debug_token` wants a token of the app or of its developer; a Page token has neither."""
    if (expired := case.refused(ErrorKind.TOKEN_EXPIRED)) is not None:
        return Verdict("token.expiry", State.PROBLEM, "expired", expired[1:])
    return silenced(case, "token.expiry") or not_checked("token.expiry", "not_told")


def permissions(case: Case) -> Verdict:
    """A Page token does not list its permissions; only a refused call shows that one is missing."""
    refused = [each for each in case.failures if each[0].kind is ErrorKind.PERMISSION_MISSING]
    if not refused:
        return silenced(case, "token.permissions") or not_checked("token.permissions", "not_told")
    missing = sorted({name for failure, _evidence in refused for name in _named(failure)})
    evidence = tuple({seen.call: seen for _failure, seen in refused}.values())
    return Verdict("token.permissions", State.PROBLEM, "missing", evidence, (("permissions", ", ".join(missing)),))


def _named(failure: Failure) -> set[str]:
    """The permissions that Facebook names, else the one that this call needs."""
    named = {_NEW_NAMES.get(name, name) for name in _PERMISSION.findall(failure.message)}
    return named or {_NEEDED_BY.get(failure.call, _USUALLY_NEEDED)}
