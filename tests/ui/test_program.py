"""How the program starts and ends: by signals as by its button, and with parts of it missing or damaged."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.handover_stage import HELLO, window_at_test
from tests.ui.harness import WAIT
from tests.ui.program import offscreen, program_in
from tests.ui.set_up import ready, session_in
from wizard.core.bundle import ProgramFile
from wizard.core.world import World
from wizard.ui.stop_signals import StopSignals
from wizard.ui.theme import Theme
from wizard.ui.troubles import explainer

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
_TELLS_ITS_FONTS = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from wizard.app import run_window
from wizard.ui.window.first_window import FirstWindow

hold = FirstWindow.set_content

def tell(window, shell):
    print(shell.sidebar.buttons[0].font().pointSizeF(), QApplication.font().pointSizeF())
    window.close()

def said(self, shell):
    hold(self, shell)
    QTimer.singleShot(200, lambda: tell(self.window, shell))

FirstWindow.set_content = said
sys.exit(run_window(None, None))
"""
SIGNALS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


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


def test_the_real_program_shows_the_steps_in_the_size_of_its_text(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _TELLS_ITS_FONTS]
    told = subprocess.run(
        command, env=offscreen(tmp_path), capture_output=True, text=True, timeout=30, check=True
    ).stdout.split()
    assert told[0] == told[1]


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
