"""What jobs do with the place where the App ID goes. The parsers of its formats are imported here, in the job."""

from dataclasses import dataclass

from wizard.core.answers import Answers, TargetChoice
from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.session import Session
from wizard.targets.base import Applied, Plan, Target


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with what is needed to go on. is_there: the App ID stands there already, and was read."""

    choice: TargetChoice
    plan: Plan
    is_there: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What was written and then read back."""

    planned: Planned
    applied: Applied


def plan_of(session: Session, choice: TargetChoice, app_id: str) -> Planned:
    """Read and compare; nothing changes. Raises TargetError."""
    target = _target(session, choice)
    plan = target.plan(app_id)
    return Planned(choice, plan, plan.is_empty and target.read_back() == app_id)


def write(session: Session, planned: Planned) -> Written:
    """Do what the plan says and read it back. Raises TargetError (CHANGED_SINCE: it was not done)."""
    target = _target(session, planned.choice)
    applied = target.apply(planned.plan)
    if target.read_back() != planned.plan.app_id:
        raise TargetError(TargetTrouble(TargetProblem.NOT_READ_BACK, str(planned.plan.file or "")))
    return Written(planned, applied)


def undo(session: Session, written: Written) -> Planned:
    """Put back what was there, and plan anew. Raises TargetError."""
    _target(session, written.planned.choice).undo(written.applied)
    return plan_of(session, written.planned.choice, written.planned.plan.app_id)


def keep_setup(session: Session, answers: Answers) -> bool:
    """Note the set-up on this computer for a later check; whether that worked."""
    try:
        session.save_setup(answers)
    except OSError:
        return False
    return True


def _target(session: Session, choice: TargetChoice) -> Target:
    from wizard.targets.choose import target_for
    from wizard.targets.presets import load_presets

    presets = load_presets([session.places.presets])
    return target_for(choice, presets, session.world, session.places.backups)
