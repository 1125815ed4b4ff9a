"""Background work: the one object that is touched from the window's thread and from workers; and who waits for work."""

import itertools
import sys
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from wizard.core.cancel import Cancelled, CancelToken
from wizard.ui.garbage import delete_later

T = TypeVar("T")
Value = TypeVar("Value")

_SWITCH = 0.0005  # seconds that a worker may keep the window's thread from running Python; Python's own are 0.005


class Job(QObject, Generic[T]):
    """One piece of work as the window sees it: lives, speaks and is deleted in the window's thread. T: what it returns.

    Exactly one of on_success, on_failure, on_cancel is called, then `finished` is sent; nothing once it is ignored."""

    _succeeded = Signal(object)
    _failed = Signal(object)
    _cancelled = Signal(object)
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.token = CancelToken()
        self.is_ignored = False

    def cancel(self) -> None:
        """Ask the work to stop; it answers with on_cancel, or with its result if it was done already."""
        self.token.cancel()

    def ignore(self) -> None:
        """Whatever it still says is of no interest any more."""
        self.is_ignored = True

    def on_success(self, callback: Callable[[T], None]) -> "Job[T]":
        self._succeeded.connect(callback)
        return self

    def on_failure(self, callback: Callable[[Exception], None]) -> "Job[T]":
        self._failed.connect(callback)
        return self

    def on_cancel(self, callback: Callable[[], None]) -> "Job[T]":
        self._cancelled.connect(lambda _nothing: callback())
        return self

    def end(self, outcome: str, payload: object) -> None:
        """For the runner. outcome: succeeded, failed or cancelled."""
        if not self.is_ignored:
            {"succeeded": self._succeeded, "failed": self._failed, "cancelled": self._cancelled}[outcome].emit(payload)
        self.finished.emit()


class JobContext:
    """What work is given in its thread: when to stop, and how to speak in the window's thread."""

    def __init__(self, cancel: CancelToken, post: Callable[[Callable[[Any], None], object], None]) -> None:
        self.cancel, self._post = cancel, post

    def to(self, callback: Callable[[Value], None]) -> Callable[[Value], None]:
        """A function to be called in the worker; the callback gets its argument in the window's thread, in order."""
        return lambda value: self._post(callback, value)


class _Running(NamedTuple):
    job: Job[Any]
    thread: threading.Thread


class JobRunner(QObject):
    """Runs work in threads and delivers what it says in the thread that created the runner.

    Threads are daemons rather than a QThreadPool's: a pool waits in its destructor, and a call in flight when the
    window closes is abandoned, not joined. The application owns a runner: its last Python reference may go with a job
    that is being deleted, or in a thread that ends late, and neither may delete the runner and its jobs."""

    idle = Signal()  # the last job has ended, and what it led to is done
    _posted = Signal(int, object, object)  # job number; a callback, or the name of an outcome; payload

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        sys.setswitchinterval(_SWITCH)
        self._numbers = itertools.count(1)
        self._running: dict[int, _Running] = {}
        self._gate = threading.Lock()
        self._abandoned: set[int] = set()
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        return bool(self._running)

    def start(self, work: Callable[[JobContext], T]) -> Job[T]:
        """Start work in a thread. It may raise Cancelled; any other exception becomes on_failure,
        and so does that no thread can be started."""
        job: Job[T] = Job(self)
        number = next(self._numbers)
        context = JobContext(job.token, lambda callback, value: self._post(number, callback, value))
        thread = threading.Thread(target=self._run, args=(number, work, context), name=f"job-{number}", daemon=True)
        self._running[number] = _Running(job, thread)
        try:
            thread.start()
        except RuntimeError as error:  # no thread to be had
            self._post(number, "failed", error)
        return job

    def stop_all(self, bound_ms: int) -> bool:
        """Cancel all jobs and wait for their threads, bound_ms milliseconds at most.

        Return True if all ended. Those that did not are abandoned: they say on_cancel now and nothing later; a
        write they had sent may have happened, so its outcome must be read afresh."""
        for running in self._running.values():
            running.job.cancel()
        deadline = time.monotonic() + bound_ms / 1000
        for running in self._running.values():
            if running.thread.is_alive():
                running.thread.join(max(0.0, deadline - time.monotonic()))
        late = [number for number, running in self._running.items() if running.thread.is_alive()]
        with self._gate:
            self._abandoned.update(late)
        for number in late:
            self._deliver(number, "cancelled", None)
        return not late

    def _run(self, number: int, work: Callable[[JobContext], Any], context: JobContext) -> None:
        payload: object = None
        try:
            outcome, payload = "succeeded", work(context)
        except Cancelled:
            outcome = "cancelled"
        except Exception as error:
            outcome, payload = "failed", error
        self._post(number, outcome, payload)

    def _post(self, number: int, target: str | Callable[[Any], None], payload: object) -> None:
        with self._gate:  # after stop_all an abandoned worker must not touch Qt: the runner may be gone
            if number not in self._abandoned:
                self._posted.emit(number, target, payload)

    @Slot(int, object, object)
    def _deliver(self, number: int, target: str | Callable[[Any], None], payload: object) -> None:
        running = self._running.get(number)
        if running is None:  # posted before it was abandoned
            return
        if isinstance(target, str):
            del self._running[number]
            running.job.end(target, payload)
            delete_later(running.job)
            if not self._running:
                self.idle.emit()
        elif not running.job.is_ignored:
            target(payload)


class StopReason(StrEnum):
    LEAVING = "leaving"  # Back, or another step chosen
    CLOSING = "closing"  # the window is being closed


class StopState(QObject):
    """Work that must still end before the page can be left: shown over the window until `finished`.

    sentence: what is being done, "Bringing the conversation back…". The shell waits, but not for ever."""

    finished = Signal()

    def __init__(self, sentence: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sentence = sentence
        self.is_finished = False

    def finish(self) -> None:
        if not self.is_finished:
            self.is_finished = True
            self.finished.emit()
