"""What is known of each setting of "Who answers first", as the lines of the page show it. No widgets."""

from dataclasses import dataclass

from wizard.actions import roles
from wizard.checks.case import CheckContext
from wizard.core.step_state import StepState, judge
from wizard.core.verdict import State, Verdict
from wizard.i18n.language import _
from wizard.ui.widgets.marks import STEP_MARKS, Mark
from wizard.words import guides, verdicts


@dataclass(frozen=True, slots=True)
class SettingState:
    """mark and detail of one line; reason tells whether anything changed between two looks."""

    mark: Mark
    detail: str
    reason: str


def sometimes_needed(case: CheckContext) -> tuple[str, ...]:
    """Settings that matter in some cases only. A Page known to route has no old Primary Receiver."""
    return ("take_control_live_chat",) if roles.is_routing(case) else ("take_control_live_chat", "old_primary")


def generation(case: CheckContext) -> str:
    """The form of Facebook's settings that fits this Page."""
    return guides.LEGACY if roles.is_legacy(case) else guides.ROUTING


def state_of(setting_id: str, why: str, case: CheckContext, now: float) -> SettingState:
    """why: the sentence to show as long as nothing is known and nothing was said. now: Unix seconds."""
    if setting_id == "old_primary" and roles.has_old_receivers(case):
        return SettingState(
            Mark.WARNING, _("Facebook still lists receivers of the old kind. {why}").format(why=why), "listed"
        )
    if (found := roles.setting_verdict(case, setting_id)) is not None:
        return _seen(found, now)
    state = judge(None, setting_id in case.answers.roles_confirmed, now)
    if state is StepState.SAID:
        said = _("You said it is done. Facebook does not let programs read this; the test will show it.")
        return SettingState(STEP_MARKS[state], said, "confirmed")
    return SettingState(STEP_MARKS[state], why, "open")


def fields_state(case: CheckContext, now: float) -> SettingState | None:
    """The bot's own webhook fields; None where they are not known. now: Unix seconds."""
    found = roles.fields_verdict(case)
    return None if found is None else _seen(found, now)


def _seen(found: Verdict, now: float) -> SettingState:
    said = verdicts.said(found)
    detail = " ".join(part for part in (said.text, said.action) if part)
    mark = Mark.UNKNOWN if found.state is State.UNKNOWN else STEP_MARKS[judge(found, False, now)]
    return SettingState(mark, detail, f"{found.state} {found.reason}")
