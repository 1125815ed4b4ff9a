"""Slowing down before a limit: how much, whom it concerns, and when it is over. The clock is a test's own."""

import json

import pytest

from tests.moved_clock import MovedClock
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.errors import ErrorKind, WizardError
from wizard.graph.rate_limiter import FASTEST, LOOK_AGAIN, RateLimiter, TokenLimiter, seconds_between


class Waits(CancelToken):
    """Instead of waiting, moves the clock."""

    def __init__(self, clock: MovedClock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, seconds: float) -> None:
        self.raise_if_cancelled()
        self._clock.time += seconds


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def pace(clock: MovedClock) -> RateLimiter:
    return RateLimiter(clock, patience=600.0)


def app_usage(percent: float) -> dict[str, str]:
    return {"x-app-usage": json.dumps({"call_count": percent, "total_time": 1})}


def usage_of(key: str, percent: float, minutes: float = 0) -> dict[str, str]:
    row = {"type": "messenger", "call_count": percent, "estimated_time_to_regain_access": minutes}
    return {"x-business-use-case-usage": json.dumps({key: [row]})}


def waited(lane: TokenLimiter, clock: MovedClock, calls: int = 1) -> float:
    """Seconds that so many calls had to wait together."""
    before = clock.time
    for _call in range(calls):
        lane.wait_turn("GET me", Waits(clock))
    return clock.time - before


@pytest.mark.parametrize(
    ("percent", "seconds"),
    [(0, 0.0), (49.9, 0.0), (50, 1 / FASTEST), (70, 2 / FASTEST), (80, 4 / FASTEST), (89, 40 / FASTEST)],
)
def test_calls_come_linearly_slower_from_half_of_a_limit(percent: float, seconds: float) -> None:
    assert seconds_between(percent) == pytest.approx(seconds)


@pytest.mark.parametrize("percent", [90, 100, 208, 89.99999])
def test_at_a_limit_there_is_a_minute_between_two_calls(percent: float) -> None:
    assert seconds_between(percent) == LOOK_AGAIN


def test_a_told_zero_is_not_the_wait_of_another_page(pace: RateLimiter, clock: MovedClock) -> None:
    rows = {"1": (100, 12), "2": (90, 0)}
    told = {
        key: [{"call_count": percent, "estimated_time_to_regain_access": minutes}]
        for key, (percent, minutes) in rows.items()
    }
    lanes = pace.for_token("1"), pace.for_token("2")
    for lane in lanes:
        lane.update({"x-business-use-case-usage": json.dumps(told)})
    with pytest.raises(WizardError) as raised:
        lanes[0].wait_turn("GET me", Waits(clock))
    assert raised.value.failure.wait == pytest.approx(720.0)
    with pytest.raises(WizardError) as raised:
        lanes[1].wait_turn("GET me", Waits(clock))
    assert raised.value.failure.wait == pytest.approx(LOOK_AGAIN)


def test_without_a_word_of_limits_nothing_waits(pace: RateLimiter, clock: MovedClock) -> None:
    assert waited(pace.for_token("1"), clock, calls=100) == 0.0


def test_the_apps_limit_slows_every_token_down_together(pace: RateLimiter, clock: MovedClock) -> None:
    pace.for_token("1").update(app_usage(80))
    one, other = pace.for_token("2"), pace.for_token("3")
    assert waited(one, clock, 5) + waited(other, clock, 5) == pytest.approx(10 * 4 / FASTEST, rel=0.2)


@pytest.mark.parametrize("headers", [usage_of("1", 80), {"x-page-usage": '{"call_count": 80}'}])
def test_a_pages_limit_slows_that_page_down_alone(
    pace: RateLimiter, clock: MovedClock, headers: dict[str, str]
) -> None:
    slow, other = pace.for_token("1"), pace.for_token("2")
    slow.update(headers)
    assert waited(other, clock, 50) == 0.0
    assert waited(slow, clock, 10) == pytest.approx(10 * 4 / FASTEST, rel=0.2)


def test_a_page_at_its_limit_is_told_with_the_time_instead_of_holding_up_a_worker(
    pace: RateLimiter, clock: MovedClock
) -> None:
    lane = pace.for_token("1")
    lane.update(usage_of("1", 100, minutes=12))
    with pytest.raises(WizardError) as raised:
        lane.wait_turn("GET me", Waits(clock))
    assert (raised.value.kind, raised.value.failure.wait) == (ErrorKind.THROTTLED, 720.0)
    assert raised.value.failure.call == "GET me"
    clock.time += 720
    assert waited(lane, clock) == 0.0


def test_a_business_limit_concerns_all_once_two_pages_told_of_it(pace: RateLimiter, clock: MovedClock) -> None:
    one, two, third = pace.for_token("1"), pace.for_token("2"), pace.for_token("3")
    one.update(usage_of("900", 80))
    assert waited(third, clock, 20) == 0.0
    two.update(usage_of("900", 80))
    assert waited(third, clock, 20) > 1.0


def test_at_the_apps_limit_all_wait_for_a_minute_and_one_goes_ahead(pace: RateLimiter, clock: MovedClock) -> None:
    one, other = pace.for_token("1"), pace.for_token("2")
    one.update(app_usage(97))
    assert waited(one, clock) == pytest.approx(LOOK_AGAIN)
    assert 0 < waited(other, clock) < 5
    assert waited(other, clock, 20) == 0.0


def test_the_one_that_went_ahead_may_find_the_limit_still_reached(pace: RateLimiter, clock: MovedClock) -> None:
    one, other = pace.for_token("1"), pace.for_token("2")
    one.update(app_usage(97))
    waited(one, clock)
    one.update(app_usage(96))
    assert waited(other, clock) == pytest.approx(LOOK_AGAIN)


def test_a_reply_that_tells_of_room_ends_the_waiting(pace: RateLimiter, clock: MovedClock) -> None:
    lane = pace.for_token("1")
    lane.update(app_usage(97))
    lane.update(app_usage(20))
    assert waited(lane, clock, 10) == 0.0


def test_a_refusal_for_the_apps_limit_closes_for_all_whatever_late_replies_tell(
    pace: RateLimiter, clock: MovedClock
) -> None:
    pace.close_app(120)
    lane = pace.for_token("1")
    lane.update(app_usage(10))
    assert pace.closed_for == 120.0
    assert waited(lane, clock) == pytest.approx(120)
    assert 0 < pace.closed_for < 5  # one call goes ahead, for it may be refused again
    assert 0 < waited(pace.for_token("2"), clock) < 5
    assert pace.closed_for == 0.0
    assert waited(lane, clock, 20) == 0.0


def test_a_wait_beyond_the_patience_is_told_instead(pace: RateLimiter, clock: MovedClock) -> None:
    pace.close_app(601)
    with pytest.raises(WizardError) as raised:
        pace.for_token("1").wait_turn("GET me", Waits(clock))
    assert (raised.value.kind, raised.value.failure.wait) == (ErrorKind.THROTTLED, 601.0)


def test_what_was_told_is_not_believed_for_ever(pace: RateLimiter, clock: MovedClock) -> None:
    lane = pace.for_token("1")
    lane.update(usage_of("1", 89))
    clock.time += LOOK_AGAIN
    assert waited(lane, clock, 10) < 5


def test_a_stop_ends_the_waiting(pace: RateLimiter, clock: MovedClock) -> None:
    pace.close_app(30)
    cancel = Waits(clock)
    cancel.cancel()
    with pytest.raises(Cancelled):
        pace.for_token("1").wait_turn("GET me", cancel)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "no json",
        "[]",
        "[1]",
        '{"1": 5}',
        '{"1": [5]}',
        '{"1": [{"call_count": "80"}]}',
        '{"1": [{"call_count": []}]}',
    ],
)
def test_a_header_of_another_shape_holds_nobody_up(pace: RateLimiter, clock: MovedClock, value: str) -> None:
    lane = pace.for_token("1")
    lane.update(dict.fromkeys(("x-app-usage", "x-page-usage", "x-business-use-case-usage"), value))
    assert waited(lane, clock, 10) == 0.0


def test_limits_of_any_number_of_businesses_are_not_kept_for_ever(pace: RateLimiter, clock: MovedClock) -> None:
    lane = pace.for_token("1")
    for number in range(2000):
        lane.update(usage_of(str(10_000 + number), 10))
    assert len(pace._businesses) <= 256
    assert len(lane._businesses) <= 8
