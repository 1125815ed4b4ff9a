"""What a whole Page comes to: one of four outcomes, and the causes in the order of the harm they do to customers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from wizard.core.checked import CheckedPage
from wizard.core.errors import Failure
from wizard.core.kept_tests import COUNTS_FOR, OWNER_FOR
from wizard.core.verdict import State, Verdict

_CLOCKS_APART = 3600.0  # seconds


def is_dated_ahead(at: float, now: float) -> bool:
    """Whether a time has not come yet, by more than clocks differ: then one of them was wrong. Both: Unix seconds."""
    return at - now > _CLOCKS_APART


class PageOutcome(StrEnum):
    """In the order in which whoever looks over many Pages wants to see them."""

    WRONG = "wrong"  # at least one problem was seen
    NOT_FOUND_OUT = "not_found_out"  # nothing could be read, or a read failed and no problem was seen in the rest
    NOT_PROVEN = "not_proven"  # nothing wrong was seen, beside warnings
    WORKS = "works"  # a fresh test showed it


WORST_FIRST = (State.PROBLEM, State.NOT_CHECKED, State.WARNING, State.UNKNOWN, State.OK)
"""`Diagnosis.state` of Pages, in the order in which they are looked over."""


class Harm(IntEnum):
    """What a cause does to customers, the worst first."""

    LEFT_OPEN = 0  # a test of ours left a conversation with another app
    NO_ANSWER = 1  # new messages are not answered, or not by the bot
    NO_PERSON = 2  # who asks for a person gets none
    STAYS_SILENT = 3  # the bot stays silent after a person was there
    UNSEEN = 4  # nobody knows: what would show it is missing
    LATER = 5  # customers notice nothing today
    NONE = 6  # it concerns whoever checks


class Who(StrEnum):
    """Who does the next thing."""

    OWNER = "owner"  # of the Page, or who manages it
    DEVELOPER = "developer"  # of the bot, or the support of its platform
    SUPPORT = "support"  # whoever checks: nothing is to be sent to the customer
    FACEBOOK = "facebook"
    WAIT = "wait"


class Lacking(StrEnum):
    """What is still missing where nothing wrong was seen and the handover is not proven."""

    APPS = "apps"  # it is not known which apps it is about
    LOOK = "look"  # the conversations were not looked at
    TEST = "test"  # the bot was never seen to hand over
    WITNESS = "witness"  # it was seen by eye, or with a token that is not shown all of it
    OTHER_PART = "other_part"  # the bot was seen to hand over; whether it can take back was not tried
    FRESH_TEST = "fresh_test"  # the test is too old
    CHANGED = "changed"  # something was seen to change since the test
    FRESH_LOOK = "fresh_look"  # all that was seen is too old


@dataclass(frozen=True, slots=True)
class Weight:
    """What a reason of a check declares about itself. follows_from: ids of checks of whose problem or warning this is
    a mere consequence."""

    harm: Harm = Harm.LATER
    who: Who = Who.SUPPORT
    follows_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """at: Unix seconds of the test that showed that the handover works, 0.0 without one; then lacking says why."""

    at: float = 0.0
    lacking: Lacking | None = Lacking.TEST


@dataclass(frozen=True, slots=True)
class Cause:
    """A problem or warning with what only follows from it: `therefore`, in the order of the checks."""

    verdict: Verdict
    therefore: tuple[Verdict, ...] = ()
    who: Who = Who.SUPPORT


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """causes: problems before warnings, the greatest harm first. failure: why reading failed, of a Page that could not
    be found out, or that has no cause of its own. proven_at: Unix seconds, 0.0 unless it works. lacking: what would
    prove it, None unless it is not proven. age: seconds since it was seen; is_future: it is dated after now."""

    outcome: PageOutcome
    causes: tuple[Cause, ...] = ()
    failure: Failure | None = None
    proven_at: float = 0.0
    lacking: Lacking | None = None
    age: float = 0.0

    @property
    def state(self) -> State:
        """The outcome as one of the states of a check, for what has signs and colours for these."""
        if self.outcome is PageOutcome.NOT_PROVEN and self.causes:
            return State.WARNING
        return {
            PageOutcome.WRONG: State.PROBLEM,
            PageOutcome.NOT_FOUND_OUT: State.NOT_CHECKED,
            PageOutcome.NOT_PROVEN: State.UNKNOWN,
            PageOutcome.WORKS: State.OK,
        }[self.outcome]

    @property
    def is_ours(self) -> bool:
        """Whether all trouble is on the side of whoever checks: there is nothing to send to a customer."""
        if self.outcome is PageOutcome.NOT_FOUND_OUT or self.lacking is Lacking.FRESH_LOOK:
            return True
        if self.causes and self.outcome is not PageOutcome.WORKS:
            return all(cause.who is Who.SUPPORT for cause in self.causes)
        return self.lacking is Lacking.APPS

    @property
    def is_old(self) -> bool:
        return self.age >= OWNER_FOR

    @property
    def is_future(self) -> bool:
        return is_dated_ahead(0.0, self.age)


def outcome_of(page: CheckedPage) -> PageOutcome:
    """The outcome as far as no test is needed to know it: never WORKS."""
    token_failed = any(failure.is_token_error for failure in _failures(page))
    if token_failed or any(verdict.state is State.PROBLEM for verdict in page.verdicts):
        return PageOutcome.WRONG
    return PageOutcome.NOT_FOUND_OUT if trouble(page) or page.facts.token is None else PageOutcome.NOT_PROVEN


def trouble(page: CheckedPage) -> Failure | None:
    """Why reading failed, None where all that was asked was answered, be it with a refusal that tells something."""
    if page.not_checked is not None:
        return page.not_checked
    return next((failure for failure in page.facts.failures if failure.is_transport_error), None)


def diagnose(page: CheckedPage, weigh: Callable[[Verdict], Weight], proof: Proof, now: float) -> Diagnosis:
    """weigh: what the reason of a verdict declares. now: Unix seconds; what was seen ages."""
    causes, age = causes_of(page.verdicts, weigh), now - page.at
    found = outcome_of(page)
    if found is not PageOutcome.NOT_PROVEN:
        failure = None if found is PageOutcome.WRONG and causes else trouble(page) or next(_failures(page), None)
        return Diagnosis(found, causes, failure, age=age)
    doubts = [cause for cause in causes if weigh(cause.verdict).harm < Harm.LATER]
    causes = tuple(cause for cause in causes if cause.who is not Who.SUPPORT) or causes
    if age >= COUNTS_FOR:
        return Diagnosis(found, causes, lacking=Lacking.FRESH_LOOK, age=age)
    if proof.at and max(now, page.at) - proof.at >= COUNTS_FOR:  # by Facebook's clock where it is ahead of ours
        return Diagnosis(found, causes, lacking=Lacking.FRESH_TEST, age=age)
    if proof.at and not doubts and not is_dated_ahead(page.at, now):
        return Diagnosis(PageOutcome.WORKS, causes, proven_at=proof.at, age=age)
    return Diagnosis(found, causes, lacking=proof.lacking or Lacking.TEST, age=age)


def causes_of(verdicts: Sequence[Verdict], weigh: Callable[[Verdict], Weight]) -> tuple[Cause, ...]:
    """The problems and warnings that follow from no other, each with its consequences: problems first, by harm."""
    wrong = {one.check: one for one in verdicts if one.state in (State.PROBLEM, State.WARNING)}
    if not wrong:
        return ()
    weights = {one.check: weigh(one) for one in verdicts}

    def root(verdict: Verdict, passed: frozenset[str] = frozenset()) -> Verdict:
        for check in weights[verdict.check].follows_from:
            above = wrong.get(check)
            is_above = above is not None and (above.state is State.PROBLEM or verdict.state is not State.PROBLEM)
            if above is not None and is_above and check != verdict.check and check not in passed:
                return root(above, passed | {verdict.check})
        return verdict

    roots = {one.check: root(one) for one in verdicts}
    causes = [
        Cause(
            one,
            tuple(other for other in verdicts if roots[other.check] is one and other is not one),
            weights[one.check].who,
        )
        for one in wrong.values()
        if roots[one.check] is one
    ]
    return tuple(
        sorted(causes, key=lambda cause: (cause.verdict.state is State.WARNING, weights[cause.verdict.check].harm))
    )


def _failures(page: CheckedPage) -> Iterator[Failure]:
    if page.not_checked is not None:
        yield page.not_checked
    yield from page.facts.failures
