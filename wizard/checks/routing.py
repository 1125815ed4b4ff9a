"""Who answers first, who may take control, and who has it now."""

from wizard.checks.case import Case, not_checked
from wizard.core.errors import Failure
from wizard.core.facts import Control
from wizard.core.open_test import Part
from wizard.core.roles import BotRole, PageMode, bot_role, page_mode
from wizard.core.trial.result import Found, TrialResult
from wizard.core.verdict import Evidence, State, Verdict, evidence_of_owner


def on(case: Case) -> Verdict:
    found = page_mode(case.facts, case.sights)
    conversations = case.facts.conversations
    at = conversations.at if conversations else 0.0
    evidence: tuple[Evidence, ...] = ()
    if found is PageMode.ROUTING:
        evidence = (Evidence("GET me/conversations", "is_owner is present", at),)
    elif found is PageMode.UNSET and case.sights.code_27:
        evidence = (_refusal(case.sights.code_27),)
    elif found is PageMode.LEGACY:
        evidence = (Evidence("GET me/secondary_receivers", "lists receivers", at),)
    elif conversations is None:
        return not_checked("routing.on", "not_looked_at")
    state = {PageMode.ROUTING: State.OK, PageMode.UNSET: State.PROBLEM, PageMode.LEGACY: State.WARNING}
    return Verdict("routing.on", state.get(found, State.UNKNOWN), found.value, evidence)


def default_app(case: Case) -> Verdict:
    if not case.bot_id:
        return not_checked("routing.default_app", "no_bot")
    if case.token_app_id != case.bot_id:
        return not_checked("routing.default_app", "not_the_bots_token")
    seen = case.sights
    role = bot_role(seen)
    about = _bot(case)
    if role is BotRole.CONFIRMED and seen.foreign_owner:
        return Verdict("routing.default_app", State.OK, "confirmed", (evidence_of_owner(seen.foreign_owner),), about)
    if role is BotRole.NO_DEFAULT_APP and seen.code_27:
        return Verdict("routing.default_app", State.PROBLEM, "none_set", (_refusal(seen.code_27),), about)
    if role is BotRole.NOT_DEFAULT and seen.hidden_owner:
        return Verdict("routing.default_app", State.PROBLEM, "another", (evidence_of_owner(seen.hidden_owner),), about)
    return Verdict("routing.default_app", State.UNKNOWN, "cannot_be_read", (), about)


def answers_first(case: Case) -> Verdict:
    test = _last(case, Part.BOT_DOES)
    if test is None or test.by_eye:
        return not_checked("routing.answers_first", "not_tested")
    if test.first_app is None:
        return Verdict("routing.answers_first", State.UNKNOWN, "not_seen")
    about = (*_bot(case), ("app", test.first_app.name or test.first_app.id))
    evidence = tuple(
        evidence_of_owner(reading)
        for reading in test.readings
        if reading.control is Control.APP and reading.app_id == test.first_app.id
    )[:1]
    if test.first_app.id == case.bot_id:
        return Verdict("routing.answers_first", State.OK, "the_bot", evidence, about)
    return Verdict("routing.answers_first", State.PROBLEM, "another", evidence, about)


def takes_control(case: Case) -> Verdict:
    """The switch cannot be read; only a refused or granted take tells."""
    refusal = case.sights.take_refusal
    about = _bot(case)
    if refusal is not None:
        return Verdict("routing.take_control", State.PROBLEM, "refused", (_refusal(refusal),), about)
    test = _last(case, Part.FACEBOOK_ALLOWS)
    if test is not None and test.found is Found.WORKS and not test.is_left_elsewhere:
        evidence = tuple(evidence_of_owner(reading) for reading in test.readings[-1:])
        return Verdict("routing.take_control", State.OK, "taken_back", evidence, about)
    return Verdict("routing.take_control", State.UNKNOWN, "cannot_be_read", (), about)


def current_owner(case: Case) -> Verdict:
    readings = [*case.facts.owners, *(reading for test in case.tests for reading in test.readings)]
    if not readings:
        return not_checked("routing.current_owner", "not_looked_at")
    last = sorted(readings, key=lambda reading: reading.at)[-1]  # of two in one second the later one
    evidence = (evidence_of_owner(last),)
    if last.control is not Control.APP:
        return Verdict("routing.current_owner", State.UNKNOWN, last.control.value, evidence)
    return Verdict("routing.current_owner", State.OK, "app", evidence, (("app", _name(case, last.app_id)),))


def _name(case: Case, app_id: str) -> str:
    named = {app.id: app.name for app in (case.answers.bot, case.answers.live_chat) if app}
    return named.get(app_id) or dict(case.facts.app_names).get(app_id) or app_id


def _bot(case: Case) -> tuple[tuple[str, str], ...]:
    bot = case.answers.bot
    return (("bot", bot.name or bot.id),) if bot else ()


def _last(case: Case, part: Part) -> TrialResult | None:
    return next((test for test in reversed(case.tests) if test.part is part), None)


def _refusal(failure: Failure) -> Evidence:
    answer = f"code {failure.code}" if failure.code is not None else failure.kind.value
    return Evidence(failure.call, answer, 0.0)
