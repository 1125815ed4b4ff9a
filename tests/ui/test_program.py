"""The program around the window: signals close it as its button does, and what it cannot read does not stop it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.store.test_hostile_files import ODD
from tests.store.test_journal import ENTRY
from tests.ui.handover_stage import HELLO, window_at_test
from tests.ui.hands import click
from tests.ui.harness import open_window
from tests.ui.set_up import new_session, ready, session_in, session_in_life
from wizard.actions.practice import join_practice
from wizard.actions.session import Session
from wizard.core.answers import Answers, TestOutcome, with_changes
from wizard.core.bundle import ProgramFile
from wizard.core.flow import StepId
from wizard.core.products import OWN, UNKNOWN, Product
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.core.world import World
from wizard.store.answers import AnswersFile
from wizard.store.entry_lock import let_go
from wizard.store.journal import FileJournal
from wizard.store.places import PRACTICE, Places
from wizard.ui.pages.check.page import CheckPage
from wizard.ui.pages.log_in.page import LogInPage
from wizard.ui.stop_signals import StopSignals
from wizard.ui.theme import Theme
from wizard.ui.troubles import explainer
from wizard.ui.window.first_window import FirstWindow
from wizard.ui.window.practice_window import PracticeWindow
from wizard.ui.window.program import Program
from wizard.ui.window.shell import Shell

WAIT = 15_000  # ms
_SAYS_WHEN_OPEN = """
import sys
from wizard.app import run_window
from wizard.ui.window.first_window import FirstWindow

hold = FirstWindow.set_content

def said(self, shell):
    hold(self, shell)
    print("open", flush=True)

FirstWindow.set_content = said
sys.exit(run_window(None, sys.argv[1]))
"""
SIGNALS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


def offscreen(home: Path) -> dict[str, str]:
    """Variables for a program with folders of its own and no screen."""
    homes = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "STATE", "DATA", "CACHE")}
    return {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"}


@contextmanager
def program_in(qtbot: QtBot, world: PracticeWorld, theme: Theme, files: Sequence[Path] = ()) -> Iterator[Shell]:
    """The whole program in a window; yields its shell."""
    hook = sys.excepthook
    keeper = FirstWindow()
    window = keeper.window
    program = Program(theme, keeper, open_link=lambda _address: True, files=files)
    with qtbot.waitExposed(window):
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
    window = window_at_test(qtbot, session, world, ready(session, world))
    signals = StopSignals()
    signals.wanted.connect(window.shell.close)
    window.start_test()
    window.until_sees(HELLO)
    with qtbot.waitSignal(window.shell.closed, timeout=WAIT):
        os.kill(os.getpid(), signal.SIGTERM)
        qtbot.waitUntil(window.shell.overlay.isVisible)
    signals.end()
    window.assert_restored()


@pytest.mark.skipif(sys.platform == "win32", reason="a process there cannot be asked to end by a signal")
def test_the_real_program_ends_in_order_when_it_is_told_to(world: PracticeWorld, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _SAYS_WHEN_OPEN, world.control_url]
    with subprocess.Popen(command, env=offscreen(tmp_path), stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline().strip() == "open"
        try:
            program.send_signal(signal.SIGTERM)
            assert program.wait(20) == 0
        finally:
            program.kill()  # one that did not end must not stay behind


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


# Two windows, folders that cannot be written, files that the desktop hands over, an update under an open window.

_HOLDS = """
import sys
from wizard.store.one_window import OneWindow
from wizard.store.places import PRACTICE, Places
print(OneWindow(Places(PRACTICE).state).claim(), flush=True)
sys.stdin.read()
"""


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


def test_files_given_at_the_start_are_on_the_check_screen(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, tmp_path: Path
) -> None:
    spoilt = tmp_path / "Lumen.handover.json"
    spoilt.write_text("{")
    with program_in(qtbot, world, theme, files=[spoilt]) as shell:
        page = shell.page
        assert isinstance(page, CheckPage)
        qtbot.waitUntil(page.files.isVisible, timeout=WAIT)
        assert "Lumen.handover.json" in page.files.title()
        click(shell.back_button)
        assert shell.page is not page


def test_after_an_update_under_an_open_window_a_failure_says_what_it_comes_from(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "handover-wizard"
    program.write_text("old")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    explain = explainer(World(), lambda: 0.0, ProgramFile())
    assert "updated" not in explain(ImportError("wizard.ui")).title
    (tmp_path / "newer").write_text("newer")
    (tmp_path / "newer").replace(program)
    assert explain(ImportError("wizard.ui")).title == "The wizard was updated while it was open."


_SPOILT = """
import os, signal, sys
from wizard import cli

class Early:
    def find_spec(self, name, path=None, target=None):
        if name == "{module}":
            {happens}

sys.meta_path.insert(0, Early())
sys.argv = ["handover-wizard"]
cli.main()
"""


_IS_TOLD_TO_END = "os.kill(os.getpid(), signal.SIGTERM)"


@pytest.mark.skipif(sys.platform == "win32", reason="a process there cannot be asked to end by a signal")
@pytest.mark.parametrize(
    ("module", "happens", "code", "said"),
    [
        ("wizard.ui.theme", _IS_TOLD_TO_END, 0, ""),
        ("wizard.ui.stop_signals", _IS_TOLD_TO_END, 0, ""),
        ("wizard.ui.window.shell", _IS_TOLD_TO_END, 0, ""),
        ("wizard.ui.window.shell", "raise ImportError('bad magic number')", 1, "The program could not start."),
    ],
)
def test_what_happens_while_the_window_is_still_empty_ends_the_program_without_a_stack_trace(
    tmp_path: Path, module: str, happens: str, code: int, said: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SPOILT.format(module=module, happens=happens)],
        env=offscreen(tmp_path),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


_DAMAGED = """
import sys
from wizard.app import run_window

class Damaged:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[2]:
            raise ImportError("bad magic number")

sys.meta_path.insert(0, Damaged())
from PySide6.QtCore import QTimer
from wizard.ui.window.pages import PageModules
begin = PageModules.__init__

def closes_afterwards(self, runner, parent=None):
    begin(self, runner, parent)
    self.imported.connect(lambda: QTimer.singleShot(1_000, parent.window().close))  # a page is made ahead meanwhile

PageModules.__init__ = closes_afterwards
sys.exit(run_window(None, sys.argv[1]))
"""


@pytest.mark.parametrize(
    "damaged", ["wizard.ui.pages.log_in.page", "wizard.ui.pages.finished.page", "segno", "wizard.graph.token_reading"]
)
def test_what_cannot_be_imported_is_nobodys_trouble_until_it_is_asked_for(
    world: PracticeWorld, tmp_path: Path, damaged: str
) -> None:
    """Not even where it is the next page, which is made ahead."""
    done = subprocess.run(
        [sys.executable, "-c", _DAMAGED, world.control_url, damaged],
        env=offscreen(tmp_path),
        capture_output=True,
        text=True,
        timeout=30,  # a dialog that nobody expects would stay for ever
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


@pytest.fixture
def log_in_file(world: PracticeWorld, tmp_path: Path) -> Iterator[Path]:
    """A vendor's, as somebody sent it; what is imported of it is removed."""
    path = tmp_path / "acme.handoverlogin"
    path.write_text(str(world.start["log_in"]).replace("Flow bot", "Acme"), encoding="utf-8")
    yield path
    (Places(PRACTICE).log_ins / path.name).unlink(missing_ok=True)


def test_a_log_in_file_that_is_opened_or_dropped_leads_to_its_button(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, log_in_file: Path
) -> None:
    """The two questions before logging in come first."""
    with program_in(qtbot, world, theme, [log_in_file]) as shell:
        qtbot.waitUntil(lambda: shell.page.step is StepId.PRODUCTS, timeout=WAIT)
        shell.take_answers(replace(shell.answers, bot_product=Product(OWN), live_chat_product=Product(UNKNOWN)))
        shell.go_to(StepId.LOG_IN)
        qtbot.waitUntil(lambda: "Log in with Facebook" in shell.next_button.text(), timeout=WAIT)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(log_in_file))])
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        dropped = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none)
        with qtbot.waitSignal(shell.files_dropped):
            shell.dropEvent(dropped)
        page = shell.page
        assert isinstance(page, LogInPage)
        qtbot.waitUntil(lambda: len(page.ways.facebook.choice.cards) == 2, timeout=WAIT)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('app_secret = "0123456789abcdef0123456789abcdef"', "holds something secret"),
        ("version = 2", "was made for a newer version of this program"),
        (
            'label = "Acme"\napp_id = "1234567890"\nscopes = ["pages_messaging"]\nredirect_uri = "http://acme.example/"',
            "must begin with https://",
        ),
    ],
    ids=["secret", "newer", "not https"],
)
def test_a_log_in_file_that_cannot_be_used_is_refused_in_the_window(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "bad.handoverlogin"
    path.write_text(text, encoding="utf-8")
    with program_in(qtbot, world, theme, [path]) as shell:
        qtbot.waitUntil(lambda: shell.page.notice.isVisible(), timeout=WAIT)
        assert said in shell.page.notice.title()


# Practice is seen to be practice, and only one of two windows is worked in.


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


_COMES_TO_FRONT = """
import sys
from wizard.app import run_window
from wizard.ui.window import neighbours
from wizard.ui.window.neighbours import Neighbours

begin, front = Neighbours.__init__, neighbours.to_front

def begun(self, *args):
    begin(self, *args)
    print("open", flush=True)

def come(shell):
    front(shell)
    print("front", flush=True)
    shell.window().close()

Neighbours.__init__, neighbours.to_front = begun, come
sys.exit(run_window(None, None))
"""


def test_a_second_start_brings_the_first_window_to_the_front(tmp_path: Path) -> None:
    first = [sys.executable, "-c", _COMES_TO_FRONT]
    second = [sys.executable, "-c", "import sys; from wizard.app import run_window; sys.exit(run_window(None, None))"]
    with subprocess.Popen(first, env=offscreen(tmp_path), stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            assert program.stdout.readline().strip() == "open"
            assert subprocess.run(second, env=offscreen(tmp_path), timeout=60, check=False).returncode == 0
            assert program.stdout.readline().strip() == "front"
            assert program.wait(30) == 0
        finally:
            program.kill()


# Files from anywhere.


def dragged(shell: Shell, path: Path, kind: type[QDragEnterEvent] | type[QDropEvent]) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    shell.setProperty("dragged", data)  # Qt does not keep it
    place = QPointF(300, 300)
    at = place.toPoint() if kind is QDragEnterEvent else place
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = kind(at, Qt.DropAction.CopyAction, data, left, none)  # type: ignore[arg-type]
    handle = shell.window().windowHandle()
    assert handle is not None
    QApplication.sendEvent(handle, event)
    return event


def test_a_sign_says_while_dragging_what_may_be_dropped(qtbot: QtBot, shell: Shell, tmp_path: Path) -> None:
    dragged(shell, tmp_path, QDragEnterEvent)
    assert shell.drop_sign.isVisible()
    assert shell.drop_sign.geometry() == shell.rect()
    handle = shell.window().windowHandle()
    assert handle is not None
    QApplication.sendEvent(handle, QDragLeaveEvent())
    assert not shell.drop_sign.isVisible()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("shop.png", b"\x89PNG\r\n\x1a\n\x00\x00\x01\x02\x03", "is not text"),
        ("shop.handover.json", b"{", "shop.handover.json"),
        ("bot.log", b"10:00:01 ERROR (#10) code 10, subcode 2018300\n", "Another program"),
        ("newer.toml", b"kind = 5", "newer.toml"),
    ],
)
def test_a_file_dropped_on_any_page_goes_to_its_place(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with program_in(qtbot, world, theme) as shell:
        shell.files_dropped.emit([path])
        qtbot.waitUntil(lambda: any(said in text for text in texts(shell)), timeout=WAIT)


def texts(shell: Shell) -> list[str]:
    return [label.text() for label in shell.findChildren(QLabel) if label.isVisible()]
