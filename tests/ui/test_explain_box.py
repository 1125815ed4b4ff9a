"""The box for a pasted error: a long text is left to a job, and nothing secret is shown meanwhile."""

import json
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import demo
from tests.words.pasted import BODY, TOKEN
from wizard.core.explain.redact import redact
from wizard.ui.jobs import JobRunner
from wizard.ui.pages.explain.explain_box import ExplainBox


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    assert runner.stop_all(30_000)


@pytest.fixture
def box(qtbot: QtBot, runner: JobRunner) -> ExplainBox:
    box = ExplainBox(demo.services(runner, []))
    qtbot.addWidget(box)
    return box


LOG = "2026-11-22 10:00:00 INFO GET /v26.0/me 200 request handled\n" * 20_000 + f"10:00:01 ERROR {json.dumps(BODY)}\n"


def seconds_to_blank(text: str) -> float:
    began = time.thread_time()
    redact(text)
    return time.thread_time() - began


def test_the_window_leaves_a_long_text_to_a_job(qtbot: QtBot, box: ExplainBox) -> None:
    typed = f"{LOG}access_token={TOKEN}\n"
    box.text.setPlainText(typed)
    with qtbot.waitSignal(box.explained, timeout=20_000):
        began = time.thread_time()
        box.explain()
        took = time.thread_time() - began
    assert took < seconds_to_blank(typed) / 3
    assert [card.explained.number for card in box.cards] == ["10/2018300"]
    assert TOKEN not in box.text.toPlainText()


def test_a_long_text_is_blanked_in_a_job_before_it_is_shown(qtbot: QtBot, box: ExplainBox) -> None:
    pasted = QMimeData()
    pasted.setText(f"{LOG}access_token={TOKEN}\n")
    shown: list[str] = []
    box.text.textChanged.connect(lambda: shown.append(box.text.toPlainText()))
    with qtbot.waitSignal(box.text.pasted, timeout=20_000):
        began = time.thread_time()
        box.text.insertFromMimeData(pasted)
        took = time.thread_time() - began
    assert took < seconds_to_blank(pasted.text()) / 3
    assert shown
    assert all(TOKEN not in text for text in shown)
    assert "10:00:01 ERROR" in shown[-1]


def test_what_was_cleared_does_not_come_back_from_a_job(qtbot: QtBot, box: ExplainBox, runner: JobRunner) -> None:
    pasted = QMimeData()
    pasted.setText(LOG)
    box.text.setPlainText("code 190")
    box.explain()
    box.text.insertFromMimeData(pasted)
    box.clear()
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=20_000)
    assert box.text.toPlainText() == ""
    assert not box.cards


def test_what_was_changed_meanwhile_is_not_overwritten(qtbot: QtBot, box: ExplainBox) -> None:
    box.text.setPlainText(f"code 190 access_token={TOKEN}")
    with qtbot.waitSignal(box.explained, timeout=20_000):
        box.explain()
        box.text.setPlainText("code 27")
    assert box.text.toPlainText() == "code 27"
