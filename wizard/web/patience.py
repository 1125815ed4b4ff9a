"""Repeating a read: how often, how long, and after which waits. What changes something is never repeated here."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import tenacity

from wizard.core import limits
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, WizardError

T = TypeVar("T")

# What may pass by itself on the way, for a read.
PASSING = frozenset({ErrorKind.NO_CONNECTION, ErrorKind.NO_ANSWER, ErrorKind.UNREADABLE})
_LEAST_READ = 1.0  # seconds a repeated read gets at least


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a read is tried, and the seconds all tries together may take."""

    tries: int
    limit: Callable[[], float]

    @property
    def seconds(self) -> float:
        return self.limit()


PATIENT = Patience(3, lambda: limits.REPEATED_READ)
QUICK = Patience(2, lambda: limits.REPEATED_READ_QUICK)  # for readings that the caller repeats anyway
HURRIED = Patience(2, lambda: limits.REPEATED_READ_HURRIED)


def may_pass(error: BaseException) -> bool:
    return isinstance(error, WizardError) and error.kind in PASSING


def repeated(
    attempt: Callable[[float], T],
    patience: Patience,
    cancel: CancelToken,
    may_pass: Callable[[BaseException], bool] = may_pass,
) -> T:
    """Call attempt with the seconds left until it works, must not be repeated, or patience ends."""
    end = time.monotonic() + patience.seconds
    retrying = tenacity.Retrying(
        sleep=cancel.wait,
        stop=tenacity.stop_after_attempt(patience.tries) | tenacity.stop_before_delay(patience.seconds - _LEAST_READ),
        wait=_wait,
        retry=tenacity.retry_if_exception(may_pass),
        reraise=True,
    )
    return retrying(lambda: attempt(max(_LEAST_READ, end - time.monotonic())))


def _wait(state: tenacity.RetryCallState) -> float:
    """Return seconds: longer after an error of the server, less where the way failed."""
    error = state.outcome.exception() if state.outcome else None
    is_servers_word = isinstance(error, WizardError) and error.failure.code is not None
    first = limits.PAUSE_AFTER_ERROR if is_servers_word else limits.PAUSE_ON_THE_WAY
    return min(limits.LONGEST_PAUSE, first * 2.0 ** (state.attempt_number - 1))
