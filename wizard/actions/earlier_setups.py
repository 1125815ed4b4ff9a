"""The set-ups of this computer that were kept: to go on with one, or to keep the present one before another begins."""

from dataclasses import dataclass, replace

from wizard.actions.saved_setup import note_setup
from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.flow import StepId, open_step
from wizard.store.setups import Setup, answers_of


@dataclass(frozen=True, slots=True)
class EarlierSetup:
    """answers: to go on with; one logs in again. saved_at: Unix seconds. step: the first that is not done."""

    answers: Answers
    saved_at: float

    @property
    def step(self) -> StepId:
        return open_step(self.answers)


def earlier_setups(session: Session) -> tuple[EarlierSetup, ...]:
    """The newest first. What cannot be read is left to the Check screen, which says why. In a job. Raises OSError."""
    return tuple(EarlierSetup(_to_go_on(setup), setup.saved_at) for _path, setup in session.setups.list().setups)


def keep(session: Session, answers: Answers) -> bool:
    """Keep what is set up so far; whether it is found again. In a job."""
    return answers.can_be_kept and note_setup(session, answers)


def _to_go_on(setup: Setup) -> Answers:
    return replace(
        answers_of(setup),
        roles_confirmed=frozenset(setup.roles_confirmed),
        bot_product=setup.bot_product,
        live_chat_product=setup.live_chat_product,
    )
