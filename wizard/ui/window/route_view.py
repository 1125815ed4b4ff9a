"""The route as the sidebar, the narrow header and the screen reader show it: read from Flow, decided nowhere else."""

from dataclasses import dataclass
from enum import StrEnum

from wizard.core.answers import Answers
from wizard.core.flow import Flow, StepId
from wizard.i18n.language import _
from wizard.words import steps


class StepStatus(StrEnum):
    DONE = "done"
    CURRENT = "current"
    OPEN = "open"  # can be opened, not done
    AHEAD = "ahead"  # cannot be opened yet


@dataclass(frozen=True, slots=True)
class Stop:
    """One line of the sidebar. number: 1 and up; the welcome page has no line."""

    step: StepId
    number: int
    status: StepStatus
    is_done: bool
    can_open: bool


def stops(flow: Flow, answers: Answers, current: StepId) -> tuple[Stop, ...]:
    route = flow.route(answers)
    reachable = {step.id for step in flow.reachable(answers)}
    rows = []
    for number, step in enumerate((step for step in route if step.id is not StepId.WELCOME), start=1):
        can_open = step.id in reachable
        is_done = can_open and not step.problems(answers) and step is not route[-1]
        if step.id is current:
            standing = StepStatus.CURRENT
        elif is_done:
            standing = StepStatus.DONE
        else:
            standing = StepStatus.OPEN if can_open else StepStatus.AHEAD
        rows.append(Stop(step.id, number, standing, is_done, can_open))
    return tuple(rows)


def place_sentence(rows: tuple[Stop, ...], current: StepId) -> str:
    """Return "Step 3 of 7", "" for a page that is not on the numbered route."""
    for row in rows:
        if row.step is current:
            return _("Step {number} of {count}").format(number=row.number, count=len(rows))
    return ""


def accessible_name(row: Stop, count: int) -> str:
    """Return what a screen reader says for a line of the sidebar."""
    standing = {
        StepStatus.DONE: _("done"),
        StepStatus.CURRENT: _("you are here"),
        StepStatus.OPEN: _("can be opened"),
        StepStatus.AHEAD: _("not yet"),
    }[row.status]
    return _("Step {number} of {count}: {name}, {standing}").format(
        number=row.number, count=count, name=steps.name(row.step), standing=standing
    )
