"""What a check says: a state, the reason, the evidence behind it, and who it is about. Never a guess."""

from dataclasses import dataclass
from enum import StrEnum

from wizard.core.errors import Failure
from wizard.core.facts import Control, OwnerReading, Reading


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    UNKNOWN = "unknown"  # it was looked at, and cannot be told
    NOT_CHECKED = "not_checked"  # it was not looked at


@dataclass(frozen=True, slots=True)
class Evidence:
    """call: "GET me/thread_owner"; answer: what it said in a few words, no names of people; at: Unix seconds."""

    call: str
    answer: str
    at: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """check: id in the list of checks. reason: id among the reasons of the check, which have the sentence and the one
    next action. about: values that fill the sentence, such as ("app", "Support Desk")."""

    check: str
    state: State
    reason: str
    evidence: tuple[Evidence, ...] = ()
    about: tuple[tuple[str, str], ...] = ()


def evidence_of_owner(reading: OwnerReading) -> Evidence:
    answer = {
        Control.APP: f"app_id {reading.app_id}",
        Control.HIDDEN: "only an expiration",
        Control.NOTHING: "an empty list",
        Control.UNREADABLE: answer_of(reading.failure) if reading.failure else "no answer",
    }[reading.control]
    return Evidence(reading.call, answer, reading.at)


def evidence_of(reading: Reading[object], answer: str) -> Evidence:
    """answer: what the call said where it worked; a failure speaks for itself."""
    failure = reading.failure
    return Evidence(reading.call, answer if failure is None else answer_of(failure), reading.at)


def answer_of(failure: Failure) -> str:
    """Facebook's numbers in a few words, or the kind of the error where it gave none."""
    if failure.code is None:
        return failure.kind.value
    return f"code {failure.code}" + (f", subcode {failure.subcode}" if failure.subcode else "")
