"""Who answers first, who may take control, and who has it now."""

from wizard.checks.case import Case, failed, failed_owner, not_checked, refusal, silenced
from wizard.core.facts import Control
from wizard.core.known_apps import page_inbox
from wizard.core.pending import Part
from wizard.core.roles import BotRole, PageMode, bot_role, page_mode
from wizard.core.trial_result import Found
from wizard.core.verdict import Evidence, State, Verdict, evidence_of_owner

_MOST_EVIDENCE = 5


def on(case: Case) -> Verdict:
    found = page_mode(case.facts, case.sights)
    conversations = case.facts.conversations
    at = conversations.at if conversations else 0.0
    evidence: tuple[Evidence, ...] = ()
    if found is PageMode.ROUTING:
        evidence = (Evidence("GET me/conversations", "is_owner is present", at),)
    elif found is PageMode.UNSET and case.sights.code_27:
        evidence = (refusal(case.sights.code_27),)
    elif found is PageMode.LEGACY:
        evidence = (_receivers(case),)
    else:
        return _not_seen(case, "routing.on")
    state = {PageMode.ROUTING: State.OK, PageMode.UNSET: State.PROBLEM, PageMode.LEGACY: State.WARNING}[found]
    return Verdict("routing.on", state, found.value, evidence)


def default_app(case: Case) -> Verdict:
    check = "routing.default_app"
    if not case.bot_id:
        return silenced(case, check) or not_checked(check, "no_bot")
    if not case.silence and case.token_app_id != case.bot_id:
        return not_checked(check, "not_the_bots_token")
    seen, about = case.sights, case.about_bot
    if page_mode(case.facts, seen) is PageMode.LEGACY:  # the list opens to the Primary Receiver alone
        return Verdict(check, State.WARNING, "primary_receiver", (_receivers(case),), about)
    role = bot_role(seen)
    if role is BotRole.CONFIRMED and seen.foreign_owner:
        return Verdict(check, State.OK, "confirmed", (evidence_of_owner(seen.foreign_owner),), about)
    if role is BotRole.NO_DEFAULT_APP and seen.code_27:
        return Verdict(check, State.PROBLEM, "none_set", (refusal(seen.code_27),), about)
    if role is BotRole.NOT_DEFAULT and seen.hidden_owner:
        return Verdict(check, State.PROBLEM, "another", (evidence_of_owner(seen.hidden_owner),), about)
    return _not_seen(case, check)


def answers_first(case: Case) -> Verdict:
    test = case.last_test(Part.BOT_DOES)
    if test is None or test.by_eye:
        return not_checked("routing.answers_first", "not_tested")
    if test.first_app is None:
        return Verdict("routing.answers_first", State.UNKNOWN, "not_seen")
    about = (*case.about_bot, ("app", test.first_app.name or test.first_app.id))
    evidence = tuple(
        evidence_of_owner(reading)
        for reading in test.readings
        if reading.control is Control.APP and reading.app_id == test.first_app.id
    )[:1]
    if test.first_app.id == case.bot_id:
        return Verdict("routing.answers_first", State.OK, "the_bot", evidence, about)
    if test.found is Found.LIVE_CHAT_AT_ONCE:
        return Verdict("routing.answers_first", State.UNKNOWN, "live_chat_at_once", evidence, about)
    return Verdict("routing.answers_first", State.PROBLEM, "another", evidence, about)


def takes_control(case: Case) -> Verdict:
    """The switch cannot be read; only a refused or granted take tells."""
    found = case.sights.take_refusal
    if found is not None:
        return Verdict("routing.take_control", State.PROBLEM, "refused", (refusal(found),), case.about_bot)
    test = case.last_test(Part.FACEBOOK_ALLOWS)
    if test is not None and test.found is Found.WORKS and not test.is_left_elsewhere:
        evidence = tuple(evidence_of_owner(reading) for reading in test.readings[-1:])
        return Verdict("routing.take_control", State.OK, "taken_back", evidence, case.about_bot)
    silent = silenced(case, "routing.take_control")
    return silent or Verdict("routing.take_control", State.UNKNOWN, "cannot_be_read", (), case.about_bot)


def current_owner(case: Case) -> Verdict:
    """Of each conversation the newest look counts. One with an app that has no part in the handover says most."""
    check = "routing.current_owner"
    named = [reading for reading in case.readings if reading.control is Control.APP]
    evidence = tuple(evidence_of_owner(reading) for reading in case.readings[:_MOST_EVIDENCE])
    expected = {app.id for app in (case.answers.bot, case.answers.live_chat) if app is not None}
    strangers = [reading for reading in named if expected and reading.app_id not in {*expected, page_inbox().id}]
    if strangers:  # the Page Inbox has a check of its own
        stranger = strangers[0]
        about = (*case.about_bot, ("app", case.name_of(stranger.app_id)))
        return Verdict(check, State.WARNING, "stranger", (evidence_of_owner(stranger),), about)
    if any(reading.control is Control.HIDDEN for reading in case.readings):
        return Verdict(check, State.UNKNOWN, Control.HIDDEN.value, evidence)
    unreadable = next((reading for reading in case.readings if reading.failure is not None), None)
    if unreadable is not None:
        return failed_owner(check, unreadable)
    if named:
        about = (("app", case.name_of(named[0].app_id)),)
        return Verdict(check, *_bound(case, "app"), evidence, about)
    if case.readings:
        return Verdict(check, State.UNKNOWN, Control.NOTHING.value, evidence)
    return _not_seen(case, check)


def inbox(case: Case) -> Verdict:
    """Who replies in the Page Inbox takes control, and no switch forbids it; what can be seen is whether it has it."""
    check, own = "inbox.takes_control", page_inbox().id
    live_chat = case.answers.live_chat
    if live_chat is not None and live_chat.id == own:
        return Verdict(check, State.OK, "is_live_chat", (), case.about_bot)
    having = next((reading for reading in case.readings if reading.app_id == own), None)
    if having is not None:
        return Verdict(check, State.WARNING, "has_control", (evidence_of_owner(having),), case.about_bot)
    evidence = tuple(evidence_of_owner(reading) for reading in case.readings[:_MOST_EVIDENCE])
    if any(reading.control is Control.HIDDEN for reading in case.readings):
        return Verdict(check, State.UNKNOWN, "hidden", evidence)
    unreadable = next((reading for reading in case.readings if reading.failure is not None), None)
    if unreadable is not None:
        return failed_owner(check, unreadable)
    if any(reading.control is Control.APP for reading in case.readings):
        return Verdict(check, *_bound(case, "not_seen"), evidence, case.about_bot)
    if case.readings:
        return Verdict(check, State.UNKNOWN, "nothing", evidence)
    return _not_seen(case, check)


def _bound(case: Case, reason: str) -> tuple[State, str]:
    """OK for this reason only where every conversation showed who has control; some may be with anybody."""
    return (State.UNKNOWN, "some") if case.unclear else (State.OK, reason)


def _not_seen(case: Case, check: str) -> Verdict:
    """What nothing was seen of: because nobody looked, because looking failed, or because Facebook does not show it."""
    silent = silenced(case, check)
    if silent is not None:
        return silent
    conversations = case.facts.conversations
    if conversations is not None and conversations.failure is not None:
        return failed(check, conversations)
    if conversations is not None and not conversations.value:
        return Verdict(check, State.UNKNOWN, "no_conversations", (), case.about_bot)
    unreadable = next((reading for reading in case.readings if reading.failure is not None), None)
    if unreadable is not None:
        return failed_owner(check, unreadable)
    if conversations is None and not case.readings:
        return not_checked(check, "not_looked_at")
    return Verdict(check, State.UNKNOWN, "cannot_be_read", (), case.about_bot)


def _receivers(case: Case) -> Evidence:
    receivers = case.facts.token.receivers if case.facts.token else None
    return Evidence("GET me/secondary_receivers", "lists receivers", receivers.at if receivers else 0.0)
