"""Stopping work between calls. Used by the window and by the terminal alike."""

import threading


class Cancelled(Exception):
    """The person stopped the work. Writes that were already sent stay sent."""


class CancelToken:
    """Given to every piece of work; `wait` stands where other code would sleep."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        if self._event.is_set():
            raise Cancelled

    def wait(self, seconds: float) -> None:
        """Wait, or raise Cancelled as soon as the person stops the work."""
        if self._event.wait(seconds):
            raise Cancelled
