"""Whatever lies in its folders, the program starts, keeps it and says so; of two windows only one writes there."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.store.examples import ENTRY
from tests.store.test_hostile_files import ODD
from tests.ui.hands import click
from tests.ui.harness import WAIT
from tests.ui.program import keep, program_in
from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.flow import StepId
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.store.answers import AnswersFile
from wizard.store.entry_lock import let_go
from wizard.store.journal import FileJournal
from wizard.store.places import LIFE, PRACTICE, Places
from wizard.store.window_requests import WindowRequests
from wizard.ui.theme import Theme
from wizard.ui.widgets.button import Button
from wizard.ui.window.other_window import OtherWindow
from wizard.ui.window.shell import Shell

FAR = replace(ENTRY, id="far", opened_at=1e12)


@pytest.fixture
def folders_are_empty_afterwards() -> Iterator[None]:
    yield
    for folder in (Places(PRACTICE).config, Places(PRACTICE).state):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.usefixtures("folders_are_empty_afterwards")
@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices that have a name in a folder")
@pytest.mark.parametrize("odd", ODD, ids=lambda make: make.__name__)
def test_the_window_starts_whatever_lies_in_its_folders(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, odd: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And an open test of a moment beyond the calendar is offered beside it."""
    crashes: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: crashes.append(box.informativeText()))
    places = Places(PRACTICE)
    FileJournal(places.journal).write(replace(FAR, graph=world.graph_url))
    let_go(places.journal / "far.lock")
    for folder in (places.journal, places.setups, places.presets, places.catalogues, places.log_ins, places.undo):
        folder.mkdir(parents=True, exist_ok=True)
        for ending in (".json", ".toml", ".handover.json", ".handoverlogin"):
            odd(folder / f"0123456789ab{ending}")
    for path in (places.answers, places.tokens):
        odd(path)
    with program_in(qtbot, world, theme) as shell:
        shell.open_aside("recovery")
        labels = shell.page.findChildren(QLabel)
        qtbot.waitUntil(lambda: any(FAR.page_name in label.text() for label in labels), timeout=WAIT)
    assert crashes == []


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
        assert "previous answers" in notice.title()
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
        assert "previous answers" in shell.page.notice.title()
        assert "not saved" in shell.page.notice.text()
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


_HOLDS = """
import sys
from wizard.store.one_window import OneWindow
from wizard.store.places import PRACTICE, Places
print(OneWindow(Places(PRACTICE).state).claim(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def first_window() -> Iterator[None]:
    """Another process has the claim of the real window."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDS.replace("PRACTICE", "LIFE")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "True\n"
        yield
        first.kill()


def way_to_first(shell: Shell) -> Button:
    found = shell.findChild(OtherWindow)
    assert found is not None
    return found.action_button


def filled_in(shell: Shell) -> list[Button]:
    return [one for one in shell.findChildren(Button) if one.isVisible() and one.property("kind") == "primary"]


@pytest.mark.usefixtures("first_window")
def test_in_a_second_real_window_the_way_to_the_first_is_what_is_to_be_pressed(
    qtbot: QtBot, world: PracticeWorld, theme: Theme
) -> None:
    requests = WindowRequests(Places(LIFE).state)
    with program_in(qtbot, world, theme, is_practice=False) as shell:
        qtbot.waitUntil(lambda: filled_in(shell) == [way_to_first(shell)])
        click(shell.next_button)  # it can be gone on with all the same
        assert shell.page.step is StepId.PRODUCTS
        shell.rebuild()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        qtbot.waitUntil(lambda: filled_in(shell) == [way_to_first(shell)])
        assert way_to_first(shell).text() == "Go to the other window"
        click(way_to_first(shell))
        qtbot.waitUntil(lambda: "does not answer" in shell.page.notice.title())
        click(way_to_first(shell))
        qtbot.waitUntil(lambda: bool(requests.take()))
        qtbot.waitUntil(lambda: not shell.window().isVisible())
    assert not Places(LIFE).answers.exists()


@pytest.mark.usefixtures("answers_are_gone_afterwards")
def test_a_second_window_says_so_and_keeps_its_hands_off_the_answers(
    qtbot: QtBot, world: PracticeWorld, theme: Theme
) -> None:
    command = [sys.executable, "-c", _HOLDS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "True\n"
        with program_in(qtbot, world, theme) as shell:
            assert "open in another window" in shell.page.notice.title()
            assert "not kept" in shell.page.notice.text()
            click(shell.next_button)
            assert shell.answers.started
        first.kill()
    assert not Places(PRACTICE).answers.exists()


def test_answers_that_cannot_be_saved_are_said_once_and_one_can_go_on(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def full(file: AnswersFile, answers: Answers) -> None:
        tried.append(answers)
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(AnswersFile, "save", full)
    with program_in(qtbot, world, theme) as shell:
        click(shell.next_button)
        qtbot.waitUntil(lambda: "cannot be saved" in shell.page.notice.title(), timeout=WAIT)
        assert "Read-only file system." in shell.page.notice.title()
        assert "You can go on." in shell.page.notice.text()
        before = len(tried)
        shell.take_answers(Answers(page_name="Lumen Coffee"))
        assert shell.answers.page_name == "Lumen Coffee"
    assert len(tried) == before
