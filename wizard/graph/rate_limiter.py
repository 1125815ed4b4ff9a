"""Slowing down before a limit of Facebook is reached, for runs that make many calls.

Usage headers tell how much of a limit is used. Below FULL_SPEED_BELOW percent nothing changes; from there calls come
linearly slower, and at STOP_AT they stop until the time that Facebook names is over, or for a minute. Then one call
goes ahead, and the others follow if its answer does not tell the same again. The app's limit concerns every call; a
Page's limit only that Page: the others go on. Calling on while a limit is reached makes the block longer. Source:
Graph API, rate limits, read 2026-11.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from itertools import islice

from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.ports import Clock
from wizard.graph.headers import APP_LIMIT, PAGE_LIMIT, limits, retry_after

FULL_SPEED_BELOW = 50.0  # percent
STOP_AT = 90.0  # percent
FASTEST = 20.0  # calls a second just above FULL_SPEED_BELOW
LOOK_AGAIN = 60.0  # seconds without a call where a limit is reached and no time was named
_AHEAD = 2.0  # seconds that one call goes ahead of the others
_MOMENT = 5.0  # seconds that are waited for one Page's limit; longer, and its worker does something else
_SLICE = 0.5  # seconds: another reply may tell meanwhile that there is room again
_MOST_LIMITS = 256  # of businesses; older ones are forgotten
_MOST_IN_A_HEADER = 8


def seconds_between(percent: float) -> float:
    """Return seconds between two calls under a limit that is used so far."""
    if percent < FULL_SPEED_BELOW:
        return 0.0
    if percent >= STOP_AT:
        return LOOK_AGAIN
    return min(LOOK_AGAIN, (STOP_AT - FULL_SPEED_BELOW) / (STOP_AT - percent) / FASTEST)


class _Limit:
    """One limit. free_at, holds_until: of our steady clock, when the next call may go and how long what was told is
    believed: not every reply tells of every limit."""

    __slots__ = ("free_at", "holds_until", "interval", "is_shared")

    def __init__(self) -> None:
        self.free_at = self.holds_until = 0.0
        self.interval = 0.0
        self.is_shared = False

    def update(self, percent: float, wait: float, now: float) -> None:
        self.interval = seconds_between(percent)
        self.holds_until = now + (wait or LOOK_AGAIN)
        if wait > 0 or percent >= STOP_AT:
            self.free_at = self.holds_until
        else:
            self.free_at = min(self.free_at, now + self.interval)

    def take(self, now: float) -> None:
        if self.interval and now >= self.holds_until:
            self.interval, self.free_at = 0.0, now + _AHEAD
        else:
            self.free_at = max(self.free_at, now + self.interval)


class RateLimiter:
    """All limits of one run; for any number of threads. patience: seconds that a limit which concerns every call may
    hold the run up; beyond, calls fail with THROTTLED instead of waiting."""

    def __init__(self, clock: Clock, patience: float = 600.0) -> None:
        self.patience = patience
        self._clock = clock
        self._lock = threading.Lock()
        self._app = _Limit()
        self._closed_until = 0.0
        self._is_one_to_go_ahead = False
        self._businesses: OrderedDict[str, tuple[_Limit, int]] = OrderedDict()  # with the lane that told it first

    def for_token(self, page_id: str) -> "TokenLimiter":
        """The limits that concern calls with one token. page_id: its Page, "" for a person's token."""
        return TokenLimiter(self, page_id)

    def close_app(self, seconds: float) -> None:
        """No call for so long, whatever late replies tell: Facebook refused one because of the app's limit."""
        with self._lock:
            self._closed_until = max(self._closed_until, self._clock.monotonic() + seconds)
            self._is_one_to_go_ahead = True

    @property
    def closed_for(self) -> float:
        """Seconds until any call may go, as far as known; 0.0 where one may go now."""
        with self._lock:
            return max(
                0.0, self._closed_until - self._clock.monotonic(), _longest([self._app], self._clock.monotonic())
            )

    def business(self, key: str, lane: "TokenLimiter") -> _Limit:
        """The limit of a business, or of what else a header names by an ID. It concerns the tokens that told it; once
        two did, it concerns all. Call with the lock held."""
        found, first = self._businesses.pop(key, (None, id(lane)))
        limit = found or _Limit()
        limit.is_shared = limit.is_shared or first != id(lane)
        self._businesses[key] = limit, first
        while len(self._businesses) > _MOST_LIMITS:
            self._businesses.popitem(last=False)
        return limit

    def update(self, lane: "TokenLimiter", headers: Mapping[str, str]) -> None:
        with self._lock:
            now = self._clock.monotonic()
            found = list(islice(limits(headers), _MOST_IN_A_HEADER))
            names_own = any(told.key == lane.page_id for told in found)
            for told in found:
                if names_own and told.key not in (APP_LIMIT, PAGE_LIMIT, lane.page_id):
                    continue  # beside our own Page's limit, that of another Page
                is_reached = told.percent >= STOP_AT
                wait = retry_after(headers) if told.wait is None and is_reached else told.wait
                lane.limit(told.key, self._app).update(told.percent, wait or 0.0, now)

    def try_take(self, lane: "TokenLimiter") -> tuple[float, float]:
        """Take a turn if one is free. Return the seconds to wait for this token's own limits, and for those of all;
        0.0 twice where the turn was taken."""
        with self._lock:
            now = self._clock.monotonic()
            shared = [self._app, *(limit for limit, _ in self._businesses.values() if limit.is_shared)]
            own = list(lane.own_limits())
            waits = (_longest(own, now), max(_longest(shared, now), self._closed_until - now, 0.0))
            if not any(waits):
                for limit in (*own, *shared):
                    limit.take(now)
                if self._is_one_to_go_ahead:
                    self._is_one_to_go_ahead, self._closed_until = False, now + _AHEAD
            return waits


class TokenLimiter:
    """The turns of one token. One thread at a time, as its client. page_id: its Page, "" for a person's."""

    def __init__(self, pace: RateLimiter, page_id: str) -> None:
        self._pace, self.page_id = pace, page_id
        self._page = _Limit()
        self._businesses: dict[str, _Limit] = {}

    def wait_turn(self, call: str, cancel: CancelToken) -> None:
        """Return when this call may go. Raises Cancelled; WizardError (THROTTLED, with the time to wait) where that is
        not soon: more than a moment for this Page's limit, more than the patience for everybody's."""
        while True:
            own, shared = self._pace.try_take(self)
            if not own and not shared:
                return
            if own > _MOMENT or shared > self._pace.patience:
                raise WizardError(Failure(ErrorKind.THROTTLED, call, wait=max(own, shared)))
            cancel.wait(min(_SLICE, max(own, shared)))

    def update(self, headers: Mapping[str, str]) -> None:
        """Take note of the usage headers of a reply. headers: names in lower case."""
        self._pace.update(self, headers)

    def limit(self, key: str, app: _Limit) -> _Limit:
        if key == APP_LIMIT:
            return app
        if key in (PAGE_LIMIT, self.page_id):
            return self._page
        if len(self._businesses) >= _MOST_IN_A_HEADER and key not in self._businesses:
            self._businesses.clear()
        self._businesses[key] = self._pace.business(key, self)
        return self._businesses[key]

    def own_limits(self) -> Iterator[_Limit]:
        yield self._page
        yield from (limit for limit in self._businesses.values() if not limit.is_shared)


def _longest(found: list[_Limit], now: float) -> float:
    return max((max(0.0, limit.free_at - now) for limit in found), default=0.0)
