"""The program around the window: signals close it as its button does, and what it cannot read does not stop it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.handover_stage import ready, session_in, window_at_test
from tests.ui.hands import click
from wizard.core.answers import Answers
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.practice import join_practice
from wizard.session import Session
from wizard.store.answers import AnswersFile
from wizard.store.places import PRACTICE, Places
from wizard.ui.program import Program
from wizard.ui.shell import Shell
from wizard.ui.stop_signals import StopSignals
from wizard.ui.theme import Theme
from wizard.ui.window_keeper import WindowKeeper

WAIT = 15_000  # ms
_SAYS_WHEN_OPEN = """
import sys
from wizard.app import run_window
from wizard.ui.window_keeper import WindowKeeper

hold = WindowKeeper.hold

def said(self, shell):
    hold(self, shell)
    print("open", flush=True)

WindowKeeper.hold = said
sys.exit(run_window(None, sys.argv[1]))
"""
SIGNALS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


@contextmanager
def program_in(qtbot: QtBot, world: PracticeWorld, theme: Theme) -> Iterator[Shell]:
    """The whole program in a window; yields its shell."""
    window = QWidget()
    QVBoxLayout(window)
    label = QLabel()
    window.layout().addWidget(label)  # type: ignore[union-attr] # it was made the line before
    hook = sys.excepthook
    program = Program(theme, WindowKeeper(window, label), open_link=lambda _address: True)
    with qtbot.waitExposed(window):
        window.show()
    program.open(join_practice(world.control_url).world)
    shell = window.findChild(Shell)
    assert isinstance(shell, Shell)
    try:
        yield shell
    finally:
        window.close()
        program.end()
        sys.excepthook = hook
        window.deleteLater()


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_closes_an_idle_window(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, number: signal.Signals
) -> None:
    with program_in(qtbot, world, theme) as shell:
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: not shell.window().isVisible(), timeout=1_500)


def test_after_the_program_signals_do_what_they_did_before(qtbot: QtBot, world: PracticeWorld, theme: Theme) -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    with program_in(qtbot, world, theme):
        assert [signal.getsignal(number) for number in SIGNALS] != before
    assert [signal.getsignal(number) for number in SIGNALS] == before


def test_a_signal_in_the_middle_of_a_test_brings_the_conversation_back_first(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    session = session_in(world, "happy-routing")
    world.instruct("paste_app_id", copied=world.app("secondary"))
    with window_at_test(qtbot, session, world, ready(session, world)) as window:
        signals = StopSignals()
        signals.wanted.connect(window.shell.close)
        window.find()
        window.press_main()
        window.until_told("Hello")
        with qtbot.waitSignal(window.shell.closed, timeout=WAIT):
            os.kill(os.getpid(), signal.SIGTERM)
            qtbot.waitUntil(window.shell.overlay.isVisible)
        signals.end()
    assert world.owner_of() == world.app("primary")
    assert not session.open_tests()


@pytest.mark.skipif(sys.platform == "win32", reason="a process there cannot be asked to end by a signal")
def test_the_real_program_ends_in_order_when_it_is_told_to(world: PracticeWorld, tmp_path: Path) -> None:
    homes = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "STATE", "DATA", "CACHE")}
    environment = {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _SAYS_WHEN_OPEN, world.control_url]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline().strip() == "open"
        try:
            program.send_signal(signal.SIGTERM)
            assert program.wait(20) == 0
        finally:
            program.kill()  # one that did not end must not stay behind


def keep(content: str) -> Path:
    path = Places(PRACTICE).answers
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


@pytest.fixture
def answers_are_gone_afterwards() -> Iterator[None]:
    yield
    for path in Places(PRACTICE).config.glob("answers*"):
        path.unlink()


@pytest.mark.usefixtures("answers_are_gone_afterwards")
def test_damaged_answers_are_said_and_kept_and_one_begins_anew(
    qtbot: QtBot, world: PracticeWorld, theme: Theme
) -> None:
    keep("{")
    with program_in(qtbot, world, theme) as shell:
        notice = shell.page.notice
        assert notice.isVisible()
        assert "answers of last time" in notice.title()
        assert shell.answers == Answers()
    assert any(path.read_text() == "{" for path in Places(PRACTICE).config.glob("answers*"))


@pytest.mark.usefixtures("answers_are_gone_afterwards")
@pytest.mark.parametrize(
    "error", [SavedFileError(SavedFileProblem.NO_PERMISSION, Path("answers.json")), OSError(5, "Input/output error")]
)
def test_answers_that_may_not_be_read_do_not_stop_the_window_and_are_not_written_over(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    path = keep("not ours to read")

    def refused(file: AnswersFile) -> None:
        raise error

    monkeypatch.setattr(AnswersFile, "load", refused)
    with program_in(qtbot, world, theme) as shell:
        assert "answers of last time" in shell.page.notice.title()
        assert "not kept" in shell.page.notice.text()
        click(shell.next_button)
        assert shell.answers.started
    assert path.read_text() == "not ours to read"


def test_a_list_of_remembered_tokens_that_cannot_be_read_does_not_stop_the_end(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(session: Session, is_alive: object) -> None:
        raise SavedFileError(SavedFileProblem.NO_PERMISSION, session.places.tokens)

    monkeypatch.setattr(Session, "forget_ended_practices", refused)
    with program_in(qtbot, world, theme) as shell:
        assert shell.isVisible()
