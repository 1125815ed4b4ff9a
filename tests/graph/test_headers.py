"""Time of day, waiting time and usage from headers that are missing, odd or doubled."""

import pytest

from wizard.core.facts import Usage
from wizard.graph.headers import ServerTime, highest, limits, usage, wait_asked


class SetClock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.steady, self.wall = 50.0, 1_000_000.0

    def monotonic(self) -> float:
        return self.steady

    def now(self) -> float:
        return self.wall


DATE, UNIX = "Sun, 22 Nov 2026 10:00:00 GMT", 1795341600.0


def test_time_is_ours_before_the_first_answer_and_theirs_after() -> None:
    clock = SetClock()
    times = ServerTime(clock)
    assert (times.now, times.skew) == (1_000_000.0, None)
    times.update({"date": DATE})
    clock.steady += 7.5
    clock.wall += 99_999.0  # somebody sets the clock of this machine meanwhile
    assert times.now == UNIX + 7.5
    assert times.skew == 1_000_000.0 - UNIX


@pytest.mark.parametrize(
    "date",
    [
        *("", "yesterday", "Sun, 99 Nov 2026 10:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "9" * 400, "(" * 9_000),
        *("Thu, 01 Jan 1970 00:00:00 GMT", "Sun, 22 Nov 2026 10:00:00 +9999"),
        *("Sun, 22 Nov 2026 10:00:00 +99999999999999", f"Sun, 22 Nov 2026 10:00:00 +{'9' * 400}"),
        f"Sun, 22 Nov {'9' * 30} 10:00:00 GMT",
    ],
)
def test_an_unreadable_date_changes_nothing(date: str) -> None:
    times = ServerTime(SetClock())
    times.update({"date": DATE})
    times.update({"date": date})
    times.update({})
    assert times.now == UNIX


def test_of_two_dates_the_one_of_the_answer_counts() -> None:
    times = ServerTime(SetClock())
    times.update({"date": f"Sat, 21 Nov 2026 10:00:00 GMT, {DATE}"})
    assert times.now == UNIX


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0.0),
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": "soon"}, 0.0),
        ({"x-business-use-case-usage": '{"1":[{"estimated_time_to_regain_access":3}]}'}, 180.0),
        ({"x-business-use-case-usage": '{"1":[{"estimated_time_to_regain_access":3}]}', "retry-after": "600"}, 600.0),
        ({"x-business-use-case-usage": '{"1":[{"estimated_time_to_regain_access":"3"}]}'}, 0.0),
        ({"x-business-use-case-usage": "[1]"}, 0.0),
    ],
)
def test_the_longest_wait_that_is_asked_for_counts(headers: dict[str, str], seconds: float) -> None:
    assert wait_asked(headers) == seconds


TWO_PAGES = {
    "x-business-use-case-usage": '{"1":[{"call_count":100,"estimated_time_to_regain_access":12}],'
    '"2":[{"call_count":90,"estimated_time_to_regain_access":0}]}'
}


@pytest.mark.parametrize(
    ("own", "percent", "seconds"), [("1", 100.0, 720.0), ("2", 90.0, 0.0), ("", 100.0, 720.0), ("3", 100.0, 720.0)]
)
def test_of_several_limits_our_own_counts_where_it_is_among_them(own: str, percent: float, seconds: float) -> None:
    assert usage(TWO_PAGES, own) == Usage(percent, seconds)
    assert wait_asked({**TWO_PAGES, "retry-after": "900"}, own) == 900.0  # that is about this very reply


def test_the_highest_usage_of_a_run_is_kept() -> None:
    assert highest(Usage(None), Usage(12.0, 60.0)) == highest(Usage(12.0, 60.0), Usage(None)) == Usage(12.0, 60.0)
    assert usage({"x-app-usage": '{"call_count":true,"total_time":208}'}) == Usage(208.0)


ODD_NUMBERS = [
    "\u00b2",
    "\u0663",
    "9" * 400,
    "9" * 5_000,
    "1e308",
    "1e999",
    "-1",
    "-1e308",
    "1e18",
    "NaN",
    "null",
    "true",
    "[" * 8_000,
]


@pytest.mark.parametrize("odd", ODD_NUMBERS, ids=lambda odd: odd[:6])
def test_a_number_that_cannot_be_meant_is_not_known(odd: str) -> None:
    business = f'{{"1": [{{"type": "x", "call_count": {odd}, "estimated_time_to_regain_access": {odd}}}]}}'
    for headers in (
        {"x-app-usage": f'{{"call_count": {odd}, "estimated_time_to_regain_access": {odd}}}'},
        {"x-business-use-case-usage": business},
        {"x-app-usage": odd},
        {"retry-after": odd},
    ):
        assert usage(headers) == Usage(None, 0.0)
        assert wait_asked(headers) == 0.0
        assert all((one.percent, one.wait or 0.0) == (0.0, 0.0) for one in limits(headers))


def test_a_wait_of_some_days_is_believed() -> None:
    assert wait_asked({"retry-after": str(3 * 86_400)}) == 3 * 86_400
