"""Times and durations that no calendar shows end no sentence and no program."""

import math

import pytest

from wizard.core.errors import ErrorKind, Failure
from wizard.i18n import language
from wizard.report.times import for_people, for_programs, zone
from wizard.words.errors import explain
from wizard.words.moments import ago, clock_time, day, duration

ODD = [1e12, 1e308, -1e308, math.inf, -math.inf, math.nan, -1.0]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_number_is_no_crash(odd: float) -> None:
    for told in (
        clock_time(odd),
        day(odd),
        duration(odd),
        ago(odd),
        for_programs(odd),
        for_people(odd, 1.0),
        zone(odd),
    ):
        assert told
    assert explain(Failure(ErrorKind.THROTTLED, "GET me", wait=odd), at=odd).title


def test_a_moment_out_of_every_calendar_is_said_to_be_unknown() -> None:
    assert clock_time(1e12) == "?"


def test_a_time_of_day_is_not_parted_from_its_half_of_the_day() -> None:
    with language.speaking("ar"):
        assert clock_time(1_800_000_000).rpartition(":")[2][2:] in ("\u00a0ص", "\u00a0م")
