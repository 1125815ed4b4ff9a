"""A checked Page, made small: thousands of them are at hand while only one is read."""

import functools
import zlib
from dataclasses import dataclass, field, replace

import msgspec

from wizard.checks.diagnosis import diagnosis
from wizard.core.answers import Answers
from wizard.core.checked import CheckedPage
from wizard.core.diagnosis import Cause, Diagnosis
from wizard.core.errors import Failure
from wizard.core.verdict import State
from wizard.report.shown import shown
from wizard.words.headlines import Headline, headline_of


@dataclass(frozen=True, slots=True)
class StoredResult:
    """What the table shows of a checked Page; the rest is packed. at: Unix seconds by Facebook's clock. states: in the
    order of the list of checks, empty where nothing could be asked about the Page. found: what the Page came to when it
    was packed, with its first cause alone; problems, warnings: how many there are. names: the set-up as far as a
    headline names it."""

    at: float
    page_id: str
    page_name: str
    states: tuple[State, ...]
    found: Diagnosis
    problems: int
    warnings: int
    names: Answers
    packed: bytes = field(repr=False)
    failure: Failure | None = None
    ahead: float = 0.0  # seconds that this computer's clock was ahead of Facebook's at the look, 0.0 of an earlier run

    @property
    def seen_at(self) -> float:
        """When it was, by the clock of this computer: what was seen just now is not some minutes old."""
        return self.at + self.ahead

    @property
    def is_reached(self) -> bool:
        return bool(self.states)

    def headline(self, now: float) -> Headline:
        """now: Unix seconds, for the age of what was seen."""
        return headline_of(replace(self.found, age=now - self.seen_at), self.names)


def compress(checked: CheckedPage, now: float | None = None) -> StoredResult:
    """In a job: packing thousands takes a while. now: Unix seconds, that of the look where it is just over."""
    reached = checked.not_checked is None
    clean = shown(checked)
    found = diagnosis(clean, checked.at if now is None else now)
    token = checked.facts.token if now is None else None
    states = [cause.verdict.state for cause in found.causes]
    return StoredResult(
        checked.at,
        checked.answers.page_id,
        checked.answers.page_name,
        _same(tuple(verdict.state for verdict in checked.verdicts)) if reached else (),
        _first_alone(found),
        states.count(State.PROBLEM),
        states.count(State.WARNING),
        _names(clean.answers),
        zlib.compress(msgspec.json.encode(checked), level=3),
        checked.not_checked,
        (token.clock_skew if token is not None else None) or 0.0,
    )


def _first_alone(found: Diagnosis) -> Diagnosis:
    first = tuple(Cause(replace(one.verdict, evidence=()), who=one.who) for one in found.causes[:1])
    return replace(found, causes=first)


def _names(answers: Answers) -> Answers:
    return Answers(
        page_id=answers.page_id,
        page_name=answers.page_name,
        token_app=answers.token_app,
        bot=answers.bot,
        live_chat=answers.live_chat,
    )


def decompress(seen: StoredResult) -> CheckedPage:
    return msgspec.json.decode(zlib.decompress(seen.packed), type=CheckedPage)


@functools.lru_cache(maxsize=1024)
def _same(states: tuple[State, ...]) -> tuple[State, ...]:
    """Pages of one account are much alike: equal tuples are kept once."""
    return states
