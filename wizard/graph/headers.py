"""What the headers of a Graph reply tell: usage of the limits, time to wait, time of day, the version that answered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, TypeGuard

import msgspec

from wizard.core.clock import known_moment
from wizard.core.facts import Usage
from wizard.core.ports import Clock

_USAGE = ("x-app-usage", "x-page-usage", "x-business-use-case-usage")
_PERCENTAGES = ("call_count", "total_cputime", "total_time")
_MOST_PERCENT = 1e6
_LONGEST_WAIT = 366 * 86_400.0  # seconds; more is no time to wait, but a mistake
APP_LIMIT, PAGE_LIMIT = "app", "page"


@dataclass(frozen=True, slots=True)
class LimitUsage:
    """How far one limit is used. key: APP_LIMIT, PAGE_LIMIT (of the token's Page), or the ID of a Page or business.
    percent: above 100 occurs. wait: seconds until access is regained, None where the header does not tell."""

    key: str
    percent: float
    wait: float | None = None


def limits(headers: Mapping[str, str]) -> Iterator[LimitUsage]:
    """Yield every limit that the usage headers name. headers: names in lower case."""
    for name, value in _values(headers):
        if name != _USAGE[2]:
            yield LimitUsage(APP_LIMIT if name == _USAGE[0] else PAGE_LIMIT, _highest([value]))
            continue
        for key, rows in value.items():
            found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
            yield LimitUsage(key, _highest(found), _longest(found))


def usage(headers: Mapping[str, str], own_id: str = "") -> Usage:
    """Return the highest percentage of all usage headers; values above 100 occur. headers: names in lower case. own_id:
    as for `wait_asked`.

    Headers that are no JSON, of another shape, or lack members are passed over. Source: Graph API, rate limits.
    """
    return Usage(max(_percentages(_buckets(headers, own_id)), default=None), wait_asked(headers, own_id))


def wait_asked(headers: Mapping[str, str], own_id: str = "") -> float:
    """Return seconds to wait before calls are allowed again, 0.0 if unknown. headers: names in lower case; reads
    `estimated_time_to_regain_access` (minutes) of the usage headers and Retry-After (seconds).

    own_id: whom the call speaks for. Where the header has a limit of this ID, those of others are not ours."""
    return max(_longest(_buckets(headers, own_id)) or 0.0, retry_after(headers))


def retry_after(headers: Mapping[str, str]) -> float:
    """Return the seconds that this very reply asks to wait, 0.0 if it does not."""
    after = headers.get("retry-after", "").strip()
    is_time = after.isascii() and after.isdigit() and len(after) < 10 and float(after) <= _LONGEST_WAIT
    return float(after) if is_time else 0.0


def highest(one: Usage, other: Usage) -> Usage:
    known = [percent for percent in (one.percent, other.percent) if percent is not None]
    return Usage(max(known, default=None), max(one.wait, other.wait))


def _percentages(buckets: Iterable[Mapping[str, Any]]) -> Iterator[float]:
    for bucket in buckets:
        yield from (float(bucket[name]) for name in _PERCENTAGES if _is_number(bucket.get(name), _MOST_PERCENT))


def _highest(buckets: Iterable[Mapping[str, Any]]) -> float:
    return max(_percentages(buckets), default=0.0)


def _longest(buckets: Iterable[Mapping[str, Any]]) -> float | None:
    """Return seconds until access is regained, None where no bucket tells. A told 0 is told."""
    told = (bucket.get("estimated_time_to_regain_access") for bucket in buckets)
    known = (float(minutes) * 60.0 for minutes in told if _is_number(minutes, _LONGEST_WAIT / 60))
    return max(known, default=None)


def _is_number(value: Any, most: float) -> TypeGuard[int | float]:
    """Whether it is a number that can be meant."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= most


def _values(headers: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each usage header that is readable, by its name."""
    for name in _USAGE:
        try:
            value = msgspec.json.decode(headers.get(name, ""))
        except (msgspec.DecodeError, RecursionError):
            continue
        if isinstance(value, dict):
            yield name, value


def _buckets(headers: Mapping[str, str], own_id: str) -> Iterator[Mapping[str, Any]]:
    for _name, value in _values(headers):
        yield value
        for rows in [value[own_id]] if own_id in value else value.values():
            if isinstance(rows, list):
                yield from (row for row in rows if isinstance(row, dict))


_EXACT_TO = 2.0  # seconds: a Date header leaves out the fraction, and was on its way for a moment


class ServerTime:
    """The time of Facebook: the last Date header, carried forward by our own steady clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: tuple[float, float] | None = None  # their Unix seconds, our monotonic seconds at that moment
        self._skew: float | None = None

    def update(self, headers: Mapping[str, str]) -> None:
        """Take note of the Date header of a reply that just came; without a readable one nothing changes."""
        try:
            # A server in front may put its own Date before that of the answer; HTTP joins them with a comma.
            theirs = parsedate_to_datetime(headers.get("date", "").rpartition("GMT, ")[2]).timestamp()
        except (ValueError, OverflowError):
            return
        if known_moment(theirs) is None:
            return
        self._skew = self._clock.now() - theirs
        carried = self.now
        if self._heard is not None and theirs <= carried <= theirs + _EXACT_TO:
            return  # it says nothing new, and taking it would turn our time back within the second
        self._heard = (theirs, self._clock.monotonic())

    @property
    def now(self) -> float:
        if self._heard is None:
            return self._clock.now()
        theirs, ours = self._heard
        return theirs + (self._clock.monotonic() - ours)

    @property
    def skew(self) -> float | None:
        """Seconds our clock is ahead, None before the first Date header. A Date header is exact to one second."""
        return self._skew
