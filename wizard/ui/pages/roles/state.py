"""What is known of each setting of "Who answers first", and the jobs that look again. No widgets."""

from dataclasses import dataclass

from wizard.actions.session import Session
from wizard.checks.app import NEEDED_FIELDS
from wizard.checks.case import Case
from wizard.checks.run import verdict
from wizard.core.answers import TokenOwner
from wizard.core.cancel import CancelToken
from wizard.core.facts import TokenFacts
from wizard.core.roles import PageMode, page_mode
from wizard.core.verdict import State, Verdict
from wizard.i18n.language import _
from wizard.ui.widgets.marks import Mark
from wizard.words import guides, verdicts

DONE = "done"  # in Answers.roles_confirmed: the person says that all of it is done
NEEDED = ("default_app", "take_control_bot", "social_route")
FIELDS = "fields"
_CHECKS = {
    "default_app": "routing.default_app",
    "take_control_bot": "routing.take_control",
    "social_route": "routing.answers_first",
    FIELDS: "app.fields",
}
_MARKS = {
    State.OK: Mark.DONE,
    State.WARNING: Mark.WARNING,
    State.PROBLEM: Mark.PROBLEM,
    State.UNKNOWN: Mark.UNKNOWN,
    State.NOT_CHECKED: Mark.WAITING,
}


@dataclass(frozen=True, slots=True)
class SettingState:
    """mark and detail of one line; reason tells whether anything changed between two looks."""

    mark: Mark
    detail: str
    reason: str


def sometimes_needed(case: Case) -> tuple[str, ...]:
    """Settings that matter in some cases only. A Page known to route has no old Primary Receiver."""
    routes = page_mode(case.facts, case.sights) is PageMode.ROUTING
    return ("take_control_live_chat",) if routes else ("take_control_live_chat", "old_primary")


def generation(case: Case) -> str:
    """The form of Facebook's settings that fits this Page."""
    return guides.LEGACY if page_mode(case.facts, case.sights) is PageMode.LEGACY else guides.ROUTING


def state_of(setting_id: str, why: str, case: Case) -> SettingState:
    """why: the sentence to show as long as nothing is known and nothing was said."""
    if setting_id == "old_primary":
        receivers = case.facts.token.receivers if case.facts.token else None
        if receivers is not None and receivers.value:
            return SettingState(
                Mark.WARNING, _("Facebook still lists receivers of the old kind. {why}").format(why=why), "listed"
            )
    elif setting_id in _CHECKS:
        found = verdict(case, _CHECKS[setting_id])
        if found.state not in (State.UNKNOWN, State.NOT_CHECKED):
            return _seen(found)
    if setting_id in case.answers.roles_confirmed:
        said = _("You said it is done. Facebook does not let programs read this; the test will show it.")
        return SettingState(Mark.UNKNOWN, said, "confirmed")
    return SettingState(Mark.WAITING, why, "open")


def fields_state(case: Case) -> SettingState | None:
    """The bot's own webhook fields; None unless the token is the bot's: another's are not the bot's."""
    if case.answers.token_owner is not TokenOwner.BOT:
        return None
    found = verdict(case, _CHECKS[FIELDS])
    return None if found.state is State.NOT_CHECKED else _seen(found)


def missing_fields(case: Case) -> frozenset[str]:
    """What the bot must still subscribe to; empty where that cannot be read."""
    if case.answers.token_owner is not TokenOwner.BOT or verdict(case, "app.fields").state is not State.PROBLEM:
        return frozenset()
    reading = case.facts.token.subscription if case.facts.token else None
    have = reading.value.fields if reading is not None and reading.value is not None else None
    return NEEDED_FIELDS - (have or frozenset())


def look_again(session: Session, token_name: str, cancel: CancelToken) -> TokenFacts:
    """In a job. Raises WizardError."""
    return session.graph_of(token_name, cancel).read_token()


def add_fields(session: Session, token_name: str, missing: frozenset[str], cancel: CancelToken) -> TokenFacts:
    """In a job: subscribe to what is missing, keep the rest, and look. Raises WizardError."""
    graph = session.graph_of(token_name, cancel)
    graph.add_fields(missing)
    return graph.read_token()


def _seen(found: Verdict) -> SettingState:
    said = verdicts.said(found)
    detail = " ".join(part for part in (said.text, said.action) if part)
    return SettingState(_MARKS[found.state], detail, f"{found.state} {found.reason}")
