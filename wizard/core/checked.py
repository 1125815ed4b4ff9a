"""One Page as it was checked: what was set up, what was seen, and what that means. Fit to be saved and reported."""

from dataclasses import dataclass, field

from wizard.core.answers import Answers, load_types
from wizard.core.errors import Failure
from wizard.core.facts import Facts
from wizard.core.verdict import Verdict

load_types()  # what stands below is read from files


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """answers: the set-up as far as known (Page, bot, live chat, target). at: Unix seconds by Facebook's clock, ours
    where it sent none. not_checked: why nothing could be asked about this Page, None where something was. source: name
    of the file that the set-up or the facts were read from, "" without one."""

    answers: Answers
    at: float
    facts: Facts = field(default_factory=Facts)
    verdicts: tuple[Verdict, ...] = ()
    not_checked: Failure | None = None
    source: str = ""


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
