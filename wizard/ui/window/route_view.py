"""The route as the sidebar, the narrow header and the screen reader show it: read from Flow, decided nowhere else."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from wizard.core.answers import Answers
from wizard.core.flow import Flow, StepId, StepState
from wizard.i18n.language import _
from wizard.i18n.lists import listed
from wizard.words import steps


class StepStatus(StrEnum):
    CURRENT = "current"
    OPEN = "open"  # can be opened
    AHEAD = "ahead"  # cannot be opened yet


class Stop(NamedTuple):
    """One line of the sidebar. number: 1 and up; the welcome page has no line."""

    step: StepId
    number: int
    status: StepStatus
    state: StepState
    can_open: bool


def stops(flow: Flow, answers: Answers, current: StepId, states: Mapping[StepId, StepState]) -> tuple[Stop, ...]:
    """states: how each step stands; of those that cannot be opened yet it is not shown, nor of those behind one that
    runs."""
    route = flow.route(answers)
    reachable = {step.id for step in flow.reachable(answers)}
    rows: list[Stop] = []
    for number, step in enumerate((step for step in route if step.id is not StepId.WELCOME), start=1):
        is_behind_running = any(row.state is StepState.RUNNING for row in rows)
        can_open = step.id in reachable and not is_behind_running
        status = StepStatus.CURRENT if step.id is current else StepStatus.OPEN if can_open else StepStatus.AHEAD
        rows.append(Stop(step.id, number, status, states[step.id] if can_open else StepState.NOT_DONE, can_open))
    return tuple(rows)


def place_sentence(rows: tuple[Stop, ...], current: StepId) -> str:
    """Return "Step 3 of 7", "" for a page that is not on the numbered route."""
    for row in rows:
        if row.step is current:
            return _("Step {number} of {count}").format(number=row.number, count=len(rows))
    return ""


def accessible_name(row: Stop, count: int) -> str:
    """Return what a screen reader says for a line of the sidebar."""
    return _("Step {number} of {count}: {name}, {standing}").format(
        number=row.number, count=count, name=steps.name(row.step), standing=standing(row)
    )


def standing(row: Stop) -> str:
    """Return how a step stands, in the words that its sign stands for."""
    words = [steps.state(row.state, row.step)] if row.state is not StepState.NOT_DONE else []
    if row.status is StepStatus.CURRENT:
        words.append(_("you are here"))
    elif not words:
        words.append(_("can be opened") if row.status is StepStatus.OPEN else _("not yet"))
    return listed(words)
