"""Waiting for a state, never for time."""

import threading
import time
from collections.abc import Callable


def wait_until(is_so: Callable[[], object], what: str, within: float = 30.0) -> None:
    """Look again and again. what: the state that is waited for, for the message."""
    ends = time.monotonic() + within
    pause = threading.Event()
    while not is_so():
        if time.monotonic() > ends:
            raise AssertionError(f"not within {within:.0f} s: {what}")
        pause.wait(0.05)
