"""A line of work for several threads: bounded, and with a bench for what has to wait for a while."""

import heapq
import threading
from collections import deque
from itertools import count
from typing import Generic, TypeVar

from wizard.core.ports import Clock

T = TypeVar("T")


class DelayQueue(Generic[T]):
    """room: items that wait for a worker. bench: items deferred to a time. Who puts more waits until there is room.

    An item is put back by the worker that took it, so that the line is at its end when it is closed and empty.
    """

    def __init__(self, clock: Clock, room: int, bench: int) -> None:
        self._clock, self._room, self._bench = clock, room, bench
        self._fresh: deque[T] = deque()
        self._later: list[tuple[float, int, T]] = []  # when, in which order, what
        self._numbers = count()
        self._changed = threading.Condition()
        self._is_closed = self._is_stopped = False

    def put(self, item: T) -> bool:
        """Wait for room and add the item; False where the line was stopped."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._is_stopped or (len(self._fresh) < self._room and len(self._later) < self._bench)
            )
            if self._is_stopped:
                return False
            self._fresh.append(item)
            self._changed.notify_all()
            return True

    def put_back(self, item: T, seconds: float) -> None:
        """Let the item wait so long; never blocks."""
        with self._changed:
            heapq.heappush(self._later, (self._clock.monotonic() + seconds, next(self._numbers), item))
            self._changed.notify_all()

    def take(self) -> T | None:
        """Return the next item: one whose time has come before a fresh one. None at the end, or once stopped."""
        with self._changed:
            while not self._is_stopped:
                wait = self._later[0][0] - self._clock.monotonic() if self._later else None
                if wait is not None and wait <= 0:
                    item = heapq.heappop(self._later)[2]
                elif self._fresh:
                    item = self._fresh.popleft()
                elif wait is None and self._is_closed:
                    return None
                else:
                    self._changed.wait(wait)
                    continue
                self._changed.notify_all()
                return item
            return None

    def close(self) -> None:
        """Nothing fresh comes any more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def stop(self) -> None:
        """Whoever puts or takes returns at once."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    @property
    def deferred(self) -> int:
        """How many items wait for a time."""
        with self._changed:
            return len(self._later)
