"""Calls to the system's store, which may wait for a person, or for ever."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class StoreSilent(Exception):
    """The store took a call and did not answer in time."""


class StoreCall(Generic[T]):
    """One call in a thread of its own, which ends with the program if it never comes back.

    too_late: what is done with an answer that nobody waits for any more; its errors are passed over."""

    def __init__(self, work: Callable[[], T], too_late: Callable[[], object] | None = None) -> None:
        self._work, self._too_late = work, too_late
        self._answer: T | None = None
        self._error: Exception | None = None
        self._is_given_up = False
        self._guard = threading.Lock()
        self._done = threading.Event()
        threading.Thread(target=self._run, name="keyring", daemon=True).start()

    def is_done(self, seconds: float) -> bool:
        """Wait at most so long."""
        return self._done.wait(seconds)

    def result(self) -> T:
        """Return the answer or raise its error; StoreSilent where there is none yet, and then none is wanted."""
        with self._guard:
            if not self._done.is_set():
                self._is_given_up = True
                raise StoreSilent
        if self._error is not None:
            raise self._error
        return self._answer  # type: ignore[return-value] # it is set

    def _run(self) -> None:
        try:
            self._answer = self._work()
        except Exception as error:  # it is raised where the answer is wanted
            self._error = error
        with self._guard:
            is_wanted = not self._is_given_up
            self._done.set()
        if not is_wanted and self._too_late is not None:
            try:
                self._too_late()
            except Exception:  # nobody is there to be told
                return
