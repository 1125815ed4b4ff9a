"""How the steps stand in this run, as far as it has seen anything."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.flow import StepId, StepState

if TYPE_CHECKING:
    from wizard.core.step_state import SeenSoFar


def step_states(session: Session, answers: Answers) -> Mapping[StepId, StepState]:
    if not answers.started:  # nothing can be opened yet, and the first window does not wait for the checks
        return dict.fromkeys(StepId, StepState.NOT_DONE)
    asked = answers, session.facts, session.tests, round(session.clock.now())
    if session.judged is None or session.judged[0] != asked:
        from wizard.core.step_state import step_state

        seen = seen_so_far(session, answers)
        session.judged = asked, {step: step_state(step, answers, seen) for step in StepId}
    return session.judged[1]


def seen_so_far(session: Session, answers: Answers) -> "SeenSoFar":
    # With all checks: the first page does not wait for them.
    from wizard.checks.diagnosis import diagnosis_of
    from wizard.core.diagnosis import PageOutcome
    from wizard.core.known_apps import page_inbox
    from wizard.core.roles import known_apps
    from wizard.core.step_state import SeenSoFar

    owners = {reading.app_id for test in session.tests for reading in test.readings}
    apps = owners | {app.id for app in known_apps(session.facts)} | {page_inbox().id}
    verdicts = session.verdicts(answers)
    found = diagnosis_of(session.check_context(answers), verdicts)
    by_check = {verdict.check: verdict for verdict in verdicts}
    is_proven = found.outcome is PageOutcome.WORKS
    return SeenSoFar(by_check, frozenset(apps), session.tests, is_proven, session.clock.now())
