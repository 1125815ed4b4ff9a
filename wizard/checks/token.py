"""What the token is, and whose."""

from wizard.checks.case import Case, not_checked
from wizard.core.answers import TokenOwner
from wizard.core.facts import TokenKind
from wizard.core.verdict import State, Verdict, evidence_of

NEEDED_FIELDS = frozenset({"messages", "messaging_postbacks", "messaging_referrals", "messaging_handovers", "standby"})
"""Every app that takes part must receive these. Source: Meta, Conversation Routing, 2025-09-24."""


def kind(case: Case) -> Verdict:
    token = case.facts.token
    if token is None:
        return not_checked("token.kind", "no_token")
    identity = token.identity
    if identity.value is None:
        return Verdict("token.kind", State.UNKNOWN, "unreadable", (evidence_of(identity, ""),))
    found = identity.value.kind
    state = State.OK if found is TokenKind.PAGE else State.PROBLEM
    if found is TokenKind.UNKNOWN:
        state = State.UNKNOWN
    return Verdict(
        "token.kind",
        state,
        f"is_{found.value}",
        (evidence_of(identity, found.value),),
        (("name", identity.value.name),),
    )


def owner(case: Case) -> Verdict:
    token, whose = case.facts.token, case.answers.token_owner
    if token is None or token.app is None:
        return not_checked("token.owner", "no_token")
    app = token.app.value
    if app is None:
        return Verdict("token.owner", State.UNKNOWN, "unreadable", (evidence_of(token.app, ""),))
    state = State.OK if whose in (TokenOwner.BOT, TokenOwner.LIVE_CHAT) else State.WARNING
    reason = f"of_{whose.value}" if whose else "not_said"
    return Verdict(
        "token.owner", state, reason, (evidence_of(token.app, f"app {app.id}"),), (("app", app.name or app.id),)
    )


def subscribed(case: Case) -> Verdict:
    token = case.facts.token
    if token is None or token.subscription is None:
        return not_checked("app.subscribed", "no_token")
    reading = token.subscription
    if not reading.worked:
        return Verdict("app.subscribed", State.UNKNOWN, "unreadable", (evidence_of(reading, ""),))
    if reading.value is None:
        return Verdict("app.subscribed", State.PROBLEM, "not_subscribed", (evidence_of(reading, "an empty list"),))
    return Verdict("app.subscribed", State.OK, "subscribed", (evidence_of(reading, f"app {reading.value.id}"),))


def fields(case: Case) -> Verdict:
    token = case.facts.token
    if token is None or token.subscription is None:
        return not_checked("app.fields", "no_token")
    reading = token.subscription
    if not reading.worked:
        return Verdict("app.fields", State.UNKNOWN, "unreadable", (evidence_of(reading, ""),))
    have = reading.value.fields if reading.value is not None and reading.value.fields else frozenset()
    missing = sorted(NEEDED_FIELDS - have)
    if not missing:
        return Verdict("app.fields", State.OK, "complete", (evidence_of(reading, "all five fields"),))
    about = (("fields", ", ".join(missing)),)
    return Verdict("app.fields", State.PROBLEM, "missing", (evidence_of(reading, f"without {about[0][1]}"),), about)
