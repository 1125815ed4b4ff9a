"""The test page (and the recovery screen) in the window on the practice world, with the set-up done up to step 6."""

from collections.abc import Callable
from dataclasses import dataclass

from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.harness import WAIT, Window, open_window
from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.flow import StepId
from wizard.ui.pages.handover_test.page import HandoverTestPage
from wizard.ui.pages.handover_test.stage import Stage
from wizard.ui.pages.recovery.page import RecoveryPage

# What the page asks the tester to do.
HELLO = "Write “Hello” to your Page"
HUMAN = "Now write what makes your bot hand over"
ONCE_MORE = "Write once more"
CLOSE = "In Support Desk, close this conversation"
# What it asks where Facebook does not let the bot take the conversation back, and the answers it offers.
NOT_BACK = "Facebook does not let the bot take the conversation back from Support Desk"
WAY_OUT = (
    "I have switched “take control” on for the bot. Try again",
    "I close it in the live chat",
    "Leave it: control ends by itself",
)


@dataclass
class TestWindow(Window):
    __test__ = False  # for pytest

    world: PracticeWorld

    @property
    def page(self) -> HandoverTestPage:
        page = self.shell.page
        assert isinstance(page, HandoverTestPage)
        return page

    @property
    def recovery(self) -> RecoveryPage:
        page = self.shell.page
        assert isinstance(page, RecoveryPage)
        return page

    def open_recovery(self) -> None:
        self.shell.open_aside("recovery")
        self.wait()

    def until_stage(self, stage: Stage, timeout: int = WAIT) -> None:
        self.until(lambda: self.page.stage is stage, timeout)

    def send_code(self) -> None:
        """The tester scans the code and sends what it puts into Messenger."""
        self.world.instruct("send_code", link=self.page.code.qr.text())

    def find(self) -> None:
        self.begin()
        self.send_code()
        self.until_stage(Stage.READY)

    def start_test(self) -> None:
        self.find()
        self.begin()

    def close_when_restored(self) -> None:
        """Close the window; it waits, and says for what, until the conversation is back."""
        with self.qtbot.waitSignal(self.shell.closed, timeout=WAIT):
            self.shell.close()
            assert self.shell.overlay.isVisible()
        self.assert_restored()

    def assert_restored(self) -> None:
        assert self.world.owner_of() == self.world.app("primary")
        assert not self.session.pending_tests()


def window_at_test(qtbot: QtBot, session: Session, world: PracticeWorld, answers: Answers) -> TestWindow:
    shown = open_window(qtbot, session, answers, StepId.TEST)
    return TestWindow(qtbot, shown.shell, session, shown.runner, shown.opened, world)


OpenAt = Callable[..., TestWindow]


def play(window: TestWindow) -> None:
    """The tester writes what the page says, and presses nothing more."""
    window.until_sees(HELLO)
    window.world.instruct("say_hello")
    window.until_sees(HUMAN)
    window.world.instruct("ask_for_human")
    window.until_sees(ONCE_MORE)
    window.world.instruct("write_once_more")
    window.until_stage(Stage.OVER)


def answer_by_eye(window: TestWindow, steps: dict[str, str]) -> None:
    """steps: what the owner does -> what the page asks for."""
    for step, sentence in steps.items():
        window.until_sees(sentence)
        window.world.instruct(step)
        window.press("I have done it")
