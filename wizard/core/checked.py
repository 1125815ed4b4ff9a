"""One Page as it was checked: what was set up, what was seen, and what that means. Fit to be saved and reported."""

from dataclasses import dataclass, field

from wizard.core.answers import Answers
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import Facts
from wizard.core.verdict import State, Verdict


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """answers: the set-up as far as known (Page, bot, live chat, target). at: Unix seconds by Facebook's clock, ours
    where it sent none. not_checked: why nothing could be asked about this Page, None where something was."""

    answers: Answers
    at: float
    facts: Facts = field(default_factory=Facts)
    verdicts: tuple[Verdict, ...] = ()
    not_checked: Failure | None = None

    @property
    def worst(self) -> State:
        """The state that decides whether somebody must act: a problem before a warning before all others."""
        states = {verdict.state for verdict in self.verdicts}
        order = (State.PROBLEM, State.WARNING, State.UNKNOWN, State.OK)
        return next((state for state in order if state in states), State.NOT_CHECKED)

    @property
    def is_partly_read(self) -> bool:
        """Whether so little was seen that no verdict of a problem does not mean that there is none: without a token,
        or after a call that failed. On a Page with routing the old list of receivers is refused; that hides nothing."""
        if self.facts.token is None:
            return True
        return any(failure.kind is not ErrorKind.RECEIVERS_NOT_VISIBLE for failure in self.facts.failures)


@dataclass(frozen=True, slots=True)
class SavedFacts:
    """at: Unix seconds by Facebook's clock of what was seen. has_personal_data: PSIDs are real, not person-1.
    not_checked: why nothing could be asked about the Page."""

    answers: Answers
    facts: Facts
    at: float
    has_personal_data: bool = False
    not_checked: Failure | None = None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What one run of `check` found. made_at: Unix seconds of this machine. program: version of the wizard.

    is_complete: False where the run was stopped before the last Page."""

    pages: tuple[CheckedPage, ...]
    made_at: float
    program: str
    is_complete: bool = True
