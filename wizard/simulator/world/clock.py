"""The time of the practice world, which can be moved ahead of the time of this machine."""

import time
from datetime import UTC, datetime
from email.utils import format_datetime

DAY = 86_400
FIRST = 946_684_800.0  # Unix seconds, the year 2000: before it some moments of a world would be no moments at all
LAST = 253_402_300_799.0  # Unix seconds, the end of the year 9999: no calendar goes on


class SimulatedClock:
    """Unix seconds of the practice world. begins_at: what it shows at the start and after each reset, None for now."""

    def __init__(self, begins_at: float | None = None) -> None:
        self._begins_at = begins_at
        self.reset()

    def now(self) -> float:
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds

    def reset(self) -> None:
        self._ahead = 0.0 if self._begins_at is None else self._begins_at - time.time()


def graph_time(at: float) -> str:
    """Return a moment as the Graph API writes it: "2026-11-20T10:00:00+0000"."""
    return _date(at).strftime("%Y-%m-%dT%H:%M:%S+0000")


def spoken_time(at: float) -> str:
    """Return a moment as the Graph API writes it inside error texts: "Monday, 19-Jun-23 06:29:46 UTC"."""
    return _date(at).strftime("%A, %d-%b-%y %H:%M:%S UTC")


def http_date(at: float) -> str:
    """Return a moment as the Date header writes it."""
    return format_datetime(_date(at), usegmt=True)


def _date(at: float) -> datetime:
    return datetime.fromtimestamp(min(at, LAST), UTC)
