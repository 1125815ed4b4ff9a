"""Background work: the one object that is touched from the window's thread and from workers."""

import itertools
import threading
import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot

from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.ports import Progress, Work


class Job(QObject):
    """One piece of work as the window sees it: lives, speaks and is deleted in the window's thread.

    Exactly one of succeeded(result), failed(Exception), cancelled(None) is sent, then finished."""

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal(object)
    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.token = CancelToken()

    def cancel(self) -> None:
        """Ask the work to stop; it answers with `cancelled`, or with its result if it was done already."""
        self.token.cancel()


@dataclass(frozen=True, slots=True)
class _Running:
    job: Job
    thread: threading.Thread


class JobRunner(QObject):
    """Runs work in threads and delivers its signals in the thread that created the runner.

    Threads are daemons rather than a QThreadPool's: a pool waits in its destructor, and a call in flight when the
    window closes is abandoned, not joined."""

    _posted = Signal(int, str, object)  # job number, name of a Job signal, payload

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._running: dict[int, _Running] = {}
        self._gate = threading.Lock()
        self._abandoned: set[int] = set()
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        return bool(self._running)

    def start(self, work: Work) -> Job:
        """Start work(token, report) in a thread. It may raise Cancelled; any other exception becomes `failed`, and
        so does that no thread can be started."""
        job, number = Job(self), next(self._numbers)
        thread = threading.Thread(target=self._run, args=(number, work, job.token), name=f"job-{number}", daemon=True)
        self._running[number] = _Running(job, thread)
        try:
            thread.start()
        except RuntimeError as error:  # no thread to be had
            self._post(number, "failed", error)
        return job

    def stop_all(self, bound_ms: int) -> bool:
        """Cancel all jobs and wait for their threads, bound_ms milliseconds at most.

        Return True if all ended. Those that did not are abandoned: they say `cancelled` now and nothing later; a
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

    def _run(self, number: int, work: Work, token: CancelToken) -> None:
        def report(step: Progress) -> None:
            self._post(number, "progressed", step)

        payload: object = None
        try:
            name, payload = "succeeded", work(token, report)
        except Cancelled:
            name = "cancelled"
        except Exception as error:
            name, payload = "failed", error
        self._post(number, name, payload)

    def _post(self, number: int, name: str, payload: object) -> None:
        with self._gate:  # after stop_all an abandoned worker must not touch Qt: the runner may be gone
            if number not in self._abandoned:
                self._posted.emit(number, name, payload)

    @Slot(int, str, object)
    def _deliver(self, number: int, name: str, payload: object) -> None:
        running = self._running.get(number)
        if running is None:  # posted before it was abandoned
            return
        getattr(running.job, name).emit(payload)
        if name != "progressed":
            del self._running[number]
            running.job.finished.emit()
            running.job.deleteLater()
