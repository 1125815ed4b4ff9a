"""What a check is. All of it stands in one place, the file of its area: id, topic, needs, reasons and function."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from wizard.checks.case import About, CheckContext
from wizard.core.diagnosis import Harm, Who
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import OwnerReading, Reading
from wizard.core.kept_tests import when
from wizard.core.trial_result import TrialResult
from wizard.core.verdict import Evidence, State, Verdict, answer_of, evidence_of, evidence_of_owner
from wizard.i18n.language import _

DAY = "test_day"  # Unix seconds in `Verdict.about`: sentences get the day
END = "token_end"  # the same, with the time of day


class Needs(Enum):
    """What a check cannot do without. The value: those reasons of `CheckContext.skip_reason` that say it is missing."""

    NOTHING = frozenset[str]()  # what was answered and tested is enough
    TEXT = frozenset({"no_token"})  # anything that was pasted as a token
    TOKEN = TEXT | {"wrong_shape"}  # a token that Facebook was asked with
    ANSWER = TOKEN | {"token_does_not_work", "nothing_answered"}  # Facebook's answer to a token of any kind
    PAGE_TOKEN = ANSWER | {"not_a_page_token"}  # a Page's own token that works


class Reason(NamedTuple):
    """Sentences with names in braces that `Verdict.about` fills, and {page}, {bot}, {live_chat}. text: what was found;
    action: the one next thing to do, "" where nothing.

    Of a problem or a warning also: headline: what customers notice and why, to stand behind the name of the Page;
    letter: the same to the owner of the Page, who knows nothing of the check; ask: the action in that letter, "" for
    the same one; place: id of the setting in `resources/ui_paths.toml`, "" where no path is known; who does it;
    follows_from: ids of checks of whose problem or warning this is a mere consequence."""

    text: str
    action: str = ""
    headline: str = ""
    letter: str = ""
    ask: str = ""
    place: str = ""
    harm: Harm = Harm.NONE
    who: Who = Who.SUPPORT
    follows_from: tuple[str, ...] = ()


class Finding(NamedTuple):
    """A verdict without its check, which knows its own id."""

    state: State
    reason: str
    evidence: tuple[Evidence, ...] = ()
    about: About = ()


Reasons = Mapping[str, Reason | ErrorKind]
"""By their id, which reports keep: it never changes. An ErrorKind: the catalogue of errors has the sentences."""


@dataclass(frozen=True, slots=True)
class Check:
    """id: area and name, as "token.valid"; reports keep it. topic: what is checked, in words that fit any state.

    reasons: all that evaluate may give, beside the kind of error of a failed call; looked up when called.
    evaluate: never raises for what a reply may hold. None where nothing was seen: then it is said what is missing of
    needs, or by "not_told" that Facebook shows it to no such token."""

    id: str
    topic: Callable[[], str]
    needs: Needs
    reasons: Callable[[], Reasons]
    evaluate: Callable[[CheckContext], Finding | None]

    def verdict(self, context: CheckContext) -> Verdict:
        return Verdict(self.id, *(self.evaluate(context) or not_checked(self._missing(context) or "not_told")))

    def _missing(self, context: CheckContext) -> str:
        return context.skip_reason if context.skip_reason in self.needs.value else ""


def check(
    id: str, topic: Callable[[], str], needs: Needs, reasons: Callable[[], Reasons]
) -> Callable[[Callable[[CheckContext], Finding | None]], Check]:
    """Make the decorated function the check's `evaluate`."""
    return lambda evaluate: Check(id, topic, needs, reasons, evaluate)


def missing() -> dict[str, Reason]:
    """The reasons of `CheckContext.skip_reason`, which any check may give that needs a token."""
    return {
        "wrong_shape": Reason(
            _("What was pasted is no token of a Page, so Facebook was not asked."), follows_from=("token.shape",)
        ),
        "no_token": Reason(_("There is no token to look with.")),
        "token_does_not_work": Reason(
            _("The token does not work, so Facebook could not be asked."), follows_from=("token.valid",)
        ),
        "nothing_answered": Reason(_("Facebook could not be asked: see “Access token”.")),
        "not_a_page_token": Reason(_("Only a Page’s own token can show this."), follows_from=("token.kind",)),
    }


_EXPLAINED_BY = {
    ErrorKind.PERMISSION_MISSING: "token.permissions",
    ErrorKind.THROTTLED: "api.usage",
    ErrorKind.DEVELOPMENT_MODE: "app.live",
    ErrorKind.PAGE_ACCESS_LOST: "page.task",
    ErrorKind.TOKEN_EXPIRED: "token.valid",
    ErrorKind.TOKEN_REVOKED: "token.valid",
    ErrorKind.LOG_IN_ENDED: "token.valid",
    ErrorKind.TOKEN_INVALID: "token.valid",
    ErrorKind.TOKEN_MALFORMED: "token.valid",
    ErrorKind.TOKEN_ACCOUNT_BLOCKED: "token.valid",
    ErrorKind.PROOF_NEEDED: "token.valid",
    ErrorKind.PROOF_WRONG: "token.valid",
}


def explained_by(kind: ErrorKind) -> tuple[str, ...]:
    """The check that says why calls fail like this: others that stumble over it only follow from it."""
    return (_EXPLAINED_BY[kind],) if kind in _EXPLAINED_BY else ()


def not_checked(reason: str) -> Finding:
    return Finding(State.NOT_CHECKED, reason)


def without_reading(context: CheckContext) -> Finding | None:
    """Of a check whose call was never made: None where a Page token is missing, else as the first call failed."""
    token = context.facts.token
    if context.skip_reason or token is None:
        return None
    return failed(token.identity) if token.identity.failure is not None else not_checked("no_token")


def failed(reading: Reading[object], state: State = State.UNKNOWN) -> Finding:
    """Of a check whose call failed: the reason is the kind of the error. Needs a reading with a failure."""
    assert reading.failure is not None
    return failed_call(reading.failure, evidence_of(reading, ""), state)


def failed_owner(reading: OwnerReading) -> Finding:
    """The same for the call that tells who has control."""
    assert reading.failure is not None
    return failed_call(reading.failure, evidence_of_owner(reading))


def failed_call(failure: Failure, evidence: Evidence, state: State = State.UNKNOWN, reason: str = "") -> Finding:
    """reason: one that the check declares with the kind of this error, else the kind itself."""
    return Finding(state, reason or failure.kind.value, (evidence,), _numbers(failure))


def day_of(test: TrialResult) -> tuple[str, str]:
    """For `Verdict.about`: the sentence gets the day in words."""
    return DAY, str(round(when(test)))


def refusal(failure: Failure, at: float = 0.0) -> Evidence:
    return Evidence(failure.call, answer_of(failure), at)


def _numbers(failure: Failure) -> About:
    """What the catalogue of errors needs to find its entry again."""
    known = (("code", failure.code), ("subcode", failure.subcode))
    return (("call", failure.call), *((name, str(value)) for name, value in known if value is not None))
