"""This machine's clock."""

import time


class SystemClock:
    """The clock of life; tests have their own."""

    def monotonic(self) -> float:
        return time.monotonic()

    def now(self) -> float:
        return time.time()
