"""What is known of each setting of "Who answers first", as the lines of the page show it. No widgets."""

from collections.abc import Iterable
from dataclasses import dataclass

from wizard.actions import roles
from wizard.checks.case import CheckContext
from wizard.core.flow import StepState
from wizard.core.step_state import judge
from wizard.core.verdict import State, Verdict
from wizard.i18n.language import _
from wizard.ui.widgets.marks import STEP_MARKS, Mark
from wizard.words import guides, verdicts
from wizard.words.guides import Setting


@dataclass(frozen=True, slots=True)
class SettingState:
    """mark and detail of one line; reason tells whether anything changed between two looks."""

    mark: Mark
    detail: str
    reason: str
    state: StepState = StepState.NOT_DONE

    @property
    def is_wrong(self) -> bool:
        """Something was seen that speaks against it: the reason stands where the task is open."""
        return self.state in (StepState.FAILED, StepState.NOT_PROVEN)


@dataclass(frozen=True, slots=True)
class RolesWork:
    """What was done since the page was opened. task: the one that is open, "" for none. opened: those whose place was
    opened from here. mended: those said to be done. is_sent: the message for somebody else was taken along. ways: which
    way each shows."""

    task: str = ""
    opened: frozenset[str] = frozenset()
    mended: frozenset[str] = frozenset()
    goes_on_anyway: bool = False
    saw_all_places: bool = False
    is_sent: bool = False
    looked: str = ""
    ways: tuple[tuple[str, tuple[Setting | None, int]], ...] = ()


def generation(case: CheckContext) -> str:
    """The form of Facebook's settings that fits this Page."""
    return guides.LEGACY if roles.is_legacy(case) else guides.ROUTING


def state_of(setting_id: str, case: CheckContext, now: float) -> SettingState:
    """now: Unix seconds."""
    if setting_id == "old_primary":
        if roles.has_old_receivers(case):
            said = _("Facebook still lists receivers of the old kind.")
            return SettingState(Mark.WARNING, said, "listed", StepState.NOT_PROVEN)
        if roles.is_routing(case):
            said = _("Not needed: this Page has the new settings.")
            return SettingState(STEP_MARKS[StepState.SKIPPED], said, "not needed", StepState.SKIPPED)
    if (found := roles.setting_verdict(case, setting_id)) is not None:
        return _seen(found, now)
    state = judge(None, roles.is_said(case.answers, setting_id), now)
    if state is StepState.SAID:
        return SettingState(STEP_MARKS[state], _("You said it is done."), "confirmed", state)
    return SettingState(STEP_MARKS[state], "", "open", state)


def of_what_was_said(has_token: bool) -> str:
    """Below the settings that only the person says are done. has_token: the wizard sees something of the test."""
    if has_token:
        return _("Facebook does not let programs look at what you set. Only the test shows whether it works.")
    return _("Nobody has checked what you said. Only a test shows whether it works: you see for yourself who answers.")


def fields_state(case: CheckContext, now: float) -> SettingState | None:
    """The bot's own webhook fields; None where they are not known. now: Unix seconds."""
    found = roles.fields_verdict(case)
    return None if found is None else _seen(found, now)


def states_of(settings: Iterable[str], case: CheckContext, now: float) -> dict[str, SettingState]:
    """By the id of each setting, and the bot's own webhook fields where they are known. now: Unix seconds."""
    found = {name: state_of(name, case, now) for name in settings}
    fields = fields_state(case, now)
    return found if fields is None else {**found, roles.FIELDS: fields}


def _seen(found: Verdict, now: float) -> SettingState:
    said = verdicts.said(found)
    detail = " ".join(part for part in (said.text, said.action) if part)
    state = judge(found, False, now)
    mark = Mark.UNKNOWN if found.state is State.UNKNOWN else STEP_MARKS[state]
    return SettingState(mark, detail, f"{found.state} {found.reason}", state)
