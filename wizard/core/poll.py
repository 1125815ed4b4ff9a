"""Looking again and again until something is there: often at first, then less so, and never through a limit."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from wizard.core import limits
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.ports import Clock

T = TypeVar("T")

_GROWTH = 1.25
_GIVES_UP_WITHIN = 0.5  # seconds
_AFTER_A_LIMIT = 0.5  # seconds beyond the time that was told


def growing_delays() -> Iterator[float]:
    """Yield seconds to wait between looks, without end: from the first pause growing to the longest."""
    pause = limits.FIRST_LOOK
    while True:
        yield pause
        pause = min(pause * _GROWTH, limits.LONGEST_LOOK)


def poll_until(
    look: Callable[[], T],
    is_decided: Callable[[T], bool],
    cancel: CancelToken,
    clock: Clock,
    seconds: float,
    is_enough: Callable[[], bool] = lambda: False,
) -> T:
    """Return what the first look with a decision saw, or the last one after `seconds`, or once is_enough says so.

    Trouble on the way is looked past until the time is over; then it is raised, as any other WizardError is at once.
    Where a limit is reached nothing is asked before the time that Facebook told; a limit that lasts longer than the
    look, or without a time, is raised at once: calling on makes it longer. Raises Cancelled."""
    ends = clock.monotonic() + seconds
    for pause in growing_delays():
        is_over = clock.monotonic() >= ends or is_enough()
        try:
            seen = look()
            if is_over or is_decided(seen):
                return seen
        except WizardError as error:
            if is_over or not error.failure.is_transport_error:
                raise
            if error.kind is ErrorKind.THROTTLED:
                pause = error.failure.wait + _AFTER_A_LIMIT
                if not error.failure.wait or clock.monotonic() + pause >= ends:
                    raise
        _wait(pause, cancel, clock, is_enough)
    raise AssertionError("the pauses have no end")


def _wait(pause: float, cancel: CancelToken, clock: Clock, is_enough: Callable[[], bool]) -> None:
    """No longer than until is_enough says so: who gives up waits no more."""
    was_enough, ends = is_enough(), clock.monotonic() + pause
    while (left := ends - clock.monotonic()) > 0 and is_enough() is was_enough:
        cancel.wait(min(left, _GIVES_UP_WITHIN))
    cancel.raise_if_cancelled()
