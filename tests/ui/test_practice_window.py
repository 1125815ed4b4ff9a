"""Practice is seen to be practice, and only one of two windows is worked in."""

import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.simulator.world import PracticeWorld
from tests.ui.hands import click
from tests.ui.harness import WAIT, open_window
from tests.ui.program import program_in
from tests.ui.set_up import new_session, ready, session_in_life
from wizard.core.answers import TestOutcome, with_changes
from wizard.core.flow import StepId
from wizard.ui.theme import Theme
from wizard.ui.window.practice_window import PracticeWindow


def test_practice_is_seen_in_the_title_and_in_a_band_and_ends_with_the_real_window(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[str, ...]] = []

    def start(*options: str) -> object:
        started.append(options)
        return object()

    monkeypatch.setattr("wizard.ui.window.practice_window.start_program", start)
    monkeypatch.setattr("wizard.actions.window_requests._PATIENCE", 0.05)
    with program_in(qtbot, world, theme) as shell:
        assert shell.window().windowTitle().startswith("PRACTICE")
        band = shell.band
        assert band is not None
        assert (band.y(), band.width()) == (0, shell.width())
        assert "nothing here is real" in band.text.text()
        assert band.real_button.text() == "End practice"
        click(band.real_button)
        qtbot.waitUntil(lambda: not shell.window().isVisible(), timeout=WAIT)
    assert started == [()]


def test_the_last_page_of_practice_leads_to_the_real_page(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    answers = with_changes(ready(session, world), test=TestOutcome.PASSED)
    window = open_window(qtbot, session, answers, StepId.FINISHED)
    band = window.shell.band
    assert band is not None
    assert band.real_button.text() == "Now do it on my real Page"


@pytest.mark.parametrize(("width", "text"), [(1366, "PRACTICE: nothing here is real."), (800, "PRACTICE")])
def test_the_band_is_one_line_at_twice_the_text_size(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, width: int, text: str
) -> None:
    theme.use_text_scale(2.0)
    session = new_session(world)
    window = open_window(qtbot, session, with_changes(ready(session, world), test=TestOutcome.PASSED), StepId.FINISHED)
    window.shell.resize(width, 600)
    settle(window.shell)
    band = window.shell.band
    assert band is not None
    assert band.text.text() == text
    assert band.text.accessibleName() == "PRACTICE: nothing here is real."
    assert band.text.height() < 2 * band.text.fontMetrics().lineSpacing()
    assert band.height() < 2 * band.real_button.height()


def test_the_real_window_has_no_band(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, session_in_life(world))
    assert window.shell.band is None
    assert not window.shell.windowTitle().startswith("PRACTICE")


def test_the_real_window_waits_while_one_practises(
    qtbot: QtBot, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, processes = [sys.executable, "-c", "import sys; sys.stdin.read()"], list[subprocess.Popen[bytes]]()

    def start(*options: str) -> object:
        assert options == ("--practice",)
        processes.append(subprocess.Popen(command, stdin=subprocess.PIPE))
        return processes[-1]

    monkeypatch.setattr("wizard.ui.window.practice_window.start_program", start)
    window = open_window(qtbot, session_in_life(world))
    practice = PracticeWindow(window.shell)
    assert practice.start()
    overlay = window.shell.overlay
    qtbot.waitUntil(overlay.isVisible)
    assert "practising" in overlay.sentence()
    click(overlay.button)  # whoever lost the other window
    assert not overlay.isVisible()
    assert practice.start()
    qtbot.waitUntil(overlay.isVisible)
    with qtbot.waitSignal(practice.ended, timeout=WAIT):
        for process in processes:
            process.communicate(timeout=30)
    assert not overlay.isVisible()
