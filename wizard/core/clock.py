"""This machine's clock."""

import time

LATEST = 253_370_764_800.0  # Unix seconds, the year 9999: later ones have no date, in no time zone


def known_moment(seconds: float) -> float | None:
    """Return Unix seconds as they are, None for what no calendar shows: before 1970, after 9999, no number at all."""
    return float(seconds) if 0 < seconds <= LATEST else None


class SystemClock:
    """The clock of life; tests have their own."""

    def monotonic(self) -> float:
        return time.monotonic()

    def now(self) -> float:
        return time.time()
