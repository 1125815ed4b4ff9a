"""Results of tests as they stay with a set-up: dated, without people, and for how long they say something."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from wizard.core.errors import Failure
from wizard.core.facts import OwnerReading
from wizard.core.pending import CONTROL_LASTS, PendingTest
from wizard.core.trial_result import RestoreEnd, TrialResult

COUNTS_FOR = 30 * 86_400  # seconds that a test speaks for the set-up: Facebook and the apps change too often
OWNER_FOR = CONTROL_LASTS  # seconds that it, or any look, says something about today: who has control, and the like


def kept(tests: Sequence[TrialResult]) -> tuple[TrialResult, ...]:
    """The newest result of each part, without IDs of people and without Facebook's own words, which may name them."""
    newest = {test.part: test for test in tests}
    return tuple(_nobodys(test) for test in tests if newest[test.part] is test)


def when(test: TrialResult) -> float:
    """Unix seconds of the end of a test by Facebook's clock; of its last reading where that was not noted."""
    return test.at or max((reading.at for reading in test.readings), default=0.0)


def with_ending(tests: Sequence[TrialResult], entry: PendingTest, ended: RestoreEnd) -> tuple[TrialResult, ...]:
    """The results with the new ending in the one that had left this entry open. All are of the entry's Page; of kept
    ones, which name nobody, the time tells."""

    def new_ending(test: TrialResult) -> RestoreEnd:
        people = {reading.psid for reading in test.readings}
        if not test.is_left_elsewhere or test.part is not entry.part:
            return test.ended
        if entry.psid in people:
            return ended
        return _nobodys_end(ended) if people <= {""} and test.at >= entry.opened_at else test.ended

    return tuple(replace(test, ended=new_ending(test)) for test in tests)


def _nobodys(test: TrialResult) -> TrialResult:
    return replace(
        test,
        readings=tuple(_nobodys_reading(reading) for reading in _changes(test.readings)),
        failure=_without_words(test.failure),
        ended=_nobodys_end(test.ended),
    )


def _changes(readings: tuple[OwnerReading, ...]) -> tuple[OwnerReading, ...]:
    """The first reading of each owner, and the very last one: a part may look every other second."""
    later = [two for one, two in pairwise(readings) if (one.control, one.app_id) != (two.control, two.app_id)]
    return tuple(dict.fromkeys((*readings[:1], *later, *readings[-1:])))


def _nobodys_reading(reading: OwnerReading) -> OwnerReading:
    return replace(reading, psid="", failure=_without_words(reading.failure))


def _nobodys_end(ended: RestoreEnd) -> RestoreEnd:
    left = _nobodys_reading(ended.left) if ended.left is not None else None
    return replace(ended, left=left, failure=_without_words(ended.failure))


def _without_words(failure: Failure | None) -> Failure | None:
    return replace(failure, message="", user_message="") if failure is not None else None
