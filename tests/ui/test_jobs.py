"""The runner: one ending per job, in order, in the window's thread, and nothing after the end."""

import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from wizard.ui.jobs import Job, JobContext, JobRunner


class Heard(QObject):
    """Everything a job says, with the thread in which it was heard."""

    def __init__(self, job: Job[Any]) -> None:
        super().__init__()
        self.said: list[tuple[str, object]] = []
        self.threads: set[object] = set()
        job.on_success(lambda result: self._hear("succeeded", result))
        job.on_failure(lambda error: self._hear("failed", error))
        job.on_cancel(lambda: self._hear("cancelled", None))
        job.finished.connect(lambda: self._hear("finished", None))

    def _hear(self, name: str, payload: object) -> None:
        self.said.append((name, payload))
        self.threads.add(QThread.currentThread())

    @property
    def names(self) -> list[str]:
        return [name for name, _payload in self.said]


def test_result_comes_back_in_the_windows_thread(qtbot: QtBot, runner: JobRunner, qapp: QApplication) -> None:
    worker: list[int] = []

    def work(job: JobContext) -> object:
        worker.append(threading.get_ident())
        return 42

    job = runner.start(work)
    heard = Heard(job)
    with qtbot.waitSignal(job.finished):
        assert runner.is_busy
    assert heard.said == [("succeeded", 42), ("finished", None)]
    assert worker != [threading.get_ident()]
    assert heard.threads == {qapp.thread()}
    assert not runner.is_busy


def test_a_worker_that_computes_lets_the_window_in_before_the_eye_sees_a_stop(runner: JobRunner) -> None:
    assert sys.getswitchinterval() <= 0.001, "Python's own 5 ms, several times in a row, are seen"


def test_where_no_thread_can_be_started_the_job_fails(
    qtbot: QtBot, runner: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_thread(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_thread)
    job = runner.start(lambda _job: 42)
    heard = Heard(job)
    with qtbot.waitSignal(job.finished):
        assert runner.is_busy
    assert heard.names == ["failed", "finished"]
    runner.start(lambda _job: 42)
    assert runner.stop_all(1000)


def test_an_error_is_handed_over_whole(qtbot: QtBot, runner: JobRunner) -> None:
    trouble = ValueError("x")

    def work(job: JobContext) -> object:
        raise trouble

    job = runner.start(work)
    heard = Heard(job)
    with qtbot.waitSignal(job.finished):
        pass
    assert heard.said == [("failed", trouble), ("finished", None)]


def test_cancel_stops_waiting_at_once(qtbot: QtBot, runner: JobRunner) -> None:
    def work(job: JobContext) -> object:
        job.cancel.wait(60)
        return "never"

    job = runner.start(work)
    heard = Heard(job)
    with qtbot.waitSignal(job.finished, timeout=2_000):
        job.cancel()
    assert heard.names == ["cancelled", "finished"]


def test_work_that_was_done_before_cancel_keeps_its_result(qtbot: QtBot, runner: JobRunner) -> None:
    written = threading.Event()

    def work(job: JobContext) -> object:
        written.set()
        return "written"

    job = runner.start(work)
    heard = Heard(job)
    assert written.wait(5)
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert heard.said[0] == ("succeeded", "written")


def test_progress_arrives_in_order_and_before_the_end(qtbot: QtBot, runner: JobRunner) -> None:
    heard: list[Heard] = []

    def work(job: JobContext) -> object:
        report = job.to(lambda at: heard[0].said.append(("progressed", at)))
        for at in range(50):
            report(at)
        return None

    job = runner.start(work)
    heard.append(Heard(job))
    with qtbot.waitSignal(job.finished):
        pass
    assert heard[0].said == [*(("progressed", at) for at in range(50)), ("succeeded", None), ("finished", None)]


def test_a_finished_job_is_deleted(qtbot: QtBot, runner: JobRunner) -> None:
    job = runner.start(lambda job: None)
    with qtbot.waitSignal(job.finished):
        pass
    qtbot.waitUntil(lambda: not isValid(job))


def test_many_jobs_at_once_each_end_once(qtbot: QtBot, runner: JobRunner) -> None:
    def numbered(at: int) -> Callable[[JobContext], int]:
        return lambda job: at

    jobs = [runner.start(numbered(at)) for at in range(30)]
    heard = [Heard(job) for job in jobs]
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert [one.said[0][1] for one in heard] == list(range(30))
    assert all(one.names == ["succeeded", "finished"] for one in heard)


def test_stop_all_waits_for_those_that_listen(qtbot: QtBot, runner: JobRunner) -> None:
    job = runner.start(lambda job: job.cancel.wait(60))
    heard = Heard(job)
    assert runner.stop_all(5_000)
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert heard.names == ["cancelled", "finished"]


@pytest.mark.parametrize("ending", ["result", "error"])
def test_a_call_in_flight_is_abandoned_and_never_heard_of_again(qtbot: QtBot, runner: JobRunner, ending: str) -> None:
    let_go, done = threading.Event(), threading.Event()
    late: list[str] = []

    def work(job: JobContext) -> object:
        let_go.wait(30)
        job.to(late.append)("late")
        done.set()
        if ending == "error":
            raise ValueError
        return "late"

    job = runner.start(work)
    heard = Heard(job)
    assert not runner.stop_all(50)
    assert heard.names == ["cancelled", "finished"]
    let_go.set()
    assert done.wait(5)
    other = runner.start(lambda job: None)  # its end comes after all that was posted before
    with qtbot.waitSignal(other.finished):
        pass
    assert not late
    assert heard.names == ["cancelled", "finished"]


def test_a_runner_outlives_all_that_refers_to_it(qtbot: QtBot) -> None:
    """Its last reference goes with a job that Qt deletes, or in a thread that ends when nobody waits any more."""
    let_go, kept = threading.Event(), JobRunner()

    def work(job: JobContext) -> None:
        assert let_go.wait(30)

    ended, late = kept.start(lambda _job: None), kept.start(work)
    said: list[object] = [kept]
    ended.on_success(said.append)
    with qtbot.waitSignal(ended.finished):
        pass
    del kept, said
    qtbot.waitUntil(lambda: not isValid(ended))
    assert isValid(late)
    with qtbot.waitSignal(late.finished):
        let_go.set()
