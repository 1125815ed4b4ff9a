"""What a check is, and what it is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from wizard.core.answers import Answers
from wizard.core.facts import Facts
from wizard.core.roles import Sights, sights
from wizard.core.trial.result import TrialResult
from wizard.core.verdict import State, Verdict


@dataclass(frozen=True)
class Case:
    """One set-up as far as it is known: what was answered, what was seen, which tests were run (oldest first)."""

    answers: Answers
    facts: Facts = field(default_factory=Facts)
    tests: tuple[TrialResult, ...] = ()

    @cached_property
    def bot_id(self) -> str:
        return self.answers.bot.id if self.answers.bot else ""

    @cached_property
    def token_app_id(self) -> str:
        return self.answers.token_app.id if self.answers.token_app else ""

    @cached_property
    def sights(self) -> Sights:
        return sights(self.facts, self.tests, self.token_app_id, self.bot_id)


@dataclass(frozen=True, slots=True)
class Check:
    """judge never raises for what a reply may hold; what was not looked at is State.NOT_CHECKED with the reason."""

    id: str
    judge: Callable[[Case], Verdict]


def not_checked(check: str, reason: str) -> Verdict:
    return Verdict(check, State.NOT_CHECKED, reason)
