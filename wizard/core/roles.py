"""Which app has which role, concluded from what was seen. Nothing here guesses."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Control, Facts, OwnerReading
from wizard.core.kept_tests import when
from wizard.core.trial_result import TrialOutcome, TrialResult


class PageMode(StrEnum):
    ROUTING = "routing"  # a default app is set
    UNSET = "unset"  # none is set
    LEGACY = "legacy"
    UNKNOWN = "unknown"


class BotRole(StrEnum):
    """What is known of the bot being the default app."""

    CONFIRMED = "confirmed"
    NOT_DEFAULT = "not_default"  # another app is, or none
    NO_DEFAULT_APP = "no_default_app"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RoleEvidence:
    """What the bot's own token showed, gathered from facts and tests. Empty where the token is another app's."""

    foreign_owner: OwnerReading | None = None  # the latest reading that named another app
    hidden_owner: OwnerReading | None = None  # the latest that showed only an expiration
    is_contradictory: bool = False  # one look showed both, and the hidden one last
    code_27: Failure | None = None
    take_refusal: Failure | None = None  # refused while the bot was not in control, for no other known reason


def is_take_control_switch_error(failure: Failure) -> bool:
    """A refused take that probably means "take control" is off for the bot: no other reason is known.
    `ControlledConversation.take` sorts those out; refusals of other calls never have this kind."""
    return failure.kind is ErrorKind.TAKE_REFUSED


def role_evidence(facts: Facts, tests: Sequence[TrialResult], token_app_id: str, bot_id: str) -> RoleEvidence:
    """token_app_id: the app whose token the facts were read with; only the bot's own view tells about the bot's role.
    tests: of each part the newest counts; those that the bot's own token made tell, whatever token is at hand now."""
    if not bot_id:
        return RoleEvidence()
    newest = {test.part: test for test in tests if not (test.by_eye or test.is_seen_by_live_chat)}
    tests = [test for test in newest.values() if test.bot_id or token_app_id == bot_id]
    if token_app_id != bot_id:
        facts = Facts()
    readings = sorted(
        (*facts.owners, *(reading for test in tests for reading in test.readings)), key=lambda reading: reading.at
    )
    foreign = [reading for reading in readings if reading.control is Control.APP and reading.app_id != bot_id]
    # Where Facebook calls this app the owner and yet shows no owner, it hides more than from others: no proof.
    own = {one.psid for one in (facts.conversations.value if facts.conversations else None) or () if one.is_owner}
    hidden = [reading for reading in readings if reading.control is Control.HIDDEN and reading.psid not in own]
    refusals = [
        failure
        for test in tests
        if not (foreign and foreign[-1].at > when(test) > 0.0)  # a default app is named now, and may be another one
        for failure in (test.failure if test.outcome is TrialOutcome.PROBE_REFUSED else None, test.ended.failure)
        if failure is not None
    ]
    return RoleEvidence(
        foreign_owner=foreign[-1] if foreign else None,
        hidden_owner=hidden[-1] if hidden else None,
        is_contradictory=bool(hidden)
        and any(
            hidden[-1] in look and any(reading in look for reading in foreign)
            for look in (facts.owners, *(test.readings for test in tests))
        ),
        code_27=next((failure for failure in refusals if failure.kind is ErrorKind.NO_DEFAULT_APP), None),
        take_refusal=next((failure for failure in refusals if is_take_control_switch_error(failure)), None),
    )


def bot_role(seen: RoleEvidence) -> BotRole:
    """The newest kind of proof wins, but within one look none does: a refusal with code 27 is about the whole Page; a
    named foreign owner is shown only to the default app (on a legacy Page: to the Primary Receiver)."""
    if seen.code_27 is not None:
        return BotRole.NO_DEFAULT_APP
    foreign, hidden = seen.foreign_owner, seen.hidden_owner
    if foreign is not None and (hidden is None or hidden.at <= foreign.at):
        return BotRole.CONFIRMED
    if seen.is_contradictory:
        return BotRole.UNKNOWN
    return BotRole.NOT_DEFAULT if hidden is not None else BotRole.UNKNOWN


def page_mode(facts: Facts, seen: RoleEvidence) -> PageMode:
    if seen.code_27 is not None:
        return PageMode.UNSET
    conversations = facts.conversations
    has_routing_signal = bool(
        conversations and conversations.value and any(item.is_owner is not None for item in conversations.value)
    )
    if has_routing_signal:
        return PageMode.ROUTING
    receivers = facts.token.receivers if facts.token else None
    # Only a listed conversation without the mark tells that routing is off.
    if receivers is not None and receivers.value and conversations is not None and conversations.value:
        return PageMode.LEGACY
    return PageMode.UNKNOWN


def known_apps(facts: Facts) -> tuple[App, ...]:
    """Apps that this run proved to be connected, each once: of the tokens, in control, and legacy receivers."""
    found: dict[str, App] = {}
    for token in (facts.token, facts.second_token):
        if token is None:
            continue
        for reading in (token.subscription, token.app):
            if reading is not None and reading.value is not None:
                found.setdefault(reading.value.id, reading.value)
        if token.receivers is not None:
            for app in token.receivers.value or ():
                found.setdefault(app.id, app)
    return tuple(found.values())
