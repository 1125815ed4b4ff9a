"""The window of the program on a practice world, with its real pages, and what a person does and sees in it.

The one stand-in is the browser: addresses that are opened are noted.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTextEdit, QWidget
from pytestqt.exceptions import TimeoutError as QtTimeout
from pytestqt.qtbot import QtBot

from tests.ui.hands import click, type_text
from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.flow import SETUP, StepId
from wizard.core.products import OWN, UNKNOWN, Product
from wizard.ui.clipboard import Clipboard
from wizard.ui.jobs import JobRunner
from wizard.ui.services import Services
from wizard.ui.troubles import explainer
from wizard.ui.window.pages import aside_makers, page_makers
from wizard.ui.window.shell import Shell

WAIT = 15_000  # ms
# A bot of their own: then there is a choice where the App ID goes.
STARTED = Answers(started=True, bot_product=Product(OWN), live_chat_product=Product(UNKNOWN))
# Of a bot that nobody else made for them: then a token is what is asked for first.
AT_LOG_IN = replace(STARTED, bot_product=Product("flow-ai", "Flow.ai"))

W = TypeVar("W", bound=QWidget)


class MachineClock:
    """The machine's own clock; a test may let time pass."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    def now(self) -> float:
        return time.time() + self.ahead


def _is_blue(button: QPushButton) -> bool:
    return button.isEnabled() and button.property("kind") == "primary"


class WindowOfTest(Shell):
    """is_over: the test has ended, so that closing the window brings nothing back."""

    is_over = False

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.is_over:
            super().closeEvent(event)


@dataclass
class Window:
    """opened: the links that went to the browser."""

    qtbot: QtBot
    shell: WindowOfTest
    session: Session
    runner: JobRunner
    opened: list[str]

    def step(self) -> StepId:
        return self.shell.page.step

    @property
    def page(self) -> Any:
        return self.shell.page

    @property
    def answers(self) -> Answers:
        return self.shell.answers

    @property
    def clock(self) -> MachineClock:
        assert isinstance(self.session.clock, MachineClock)
        return self.session.clock

    # What a person does.

    def press(self, what: str | QWidget) -> None:
        """Click a button, named by its words or by what a screen reader says; do not wait for what it starts."""
        click(self._one(QAbstractButton, what) if isinstance(what, str) else what)

    def pick(self, what: str) -> None:
        """Choose the card or set the tick box with these words."""
        click(self._choice(what))

    def type_into(self, label: str, text: str) -> None:
        """Replace what stands in the field with this label."""
        line = self._one(QLineEdit, label)
        line.selectAll()
        type_text(line, text)

    def paste_token(self, token: str) -> None:
        """Press the page's first Paste with the token on the clipboard, and wait for what it starts."""
        QGuiApplication.clipboard().setText(token)
        self.press(self._all(QAbstractButton, "Paste")[0])
        self.wait()

    def press_main(self) -> None:
        """Press the main button and wait for what it starts."""
        self.begin()
        self.wait()

    def begin(self) -> None:
        """Press the main button, where what it starts waits for more to be done."""
        click(self.shell.next_button)

    def press_second(self) -> None:
        click(self.shell.footer.secondary_button)

    def go_back(self) -> None:
        click(self.shell.back_button)
        self.wait()

    # What a person sees.

    def main(self) -> str:
        """The words on the main button."""
        return self.shell.next_button.text()

    def sees(self, text: str) -> bool:
        """Whether the text stands anywhere in the window, or a screen reader says it there."""
        return any(text in shown for shown in self._shown())

    def words(self) -> str:
        """All of it in lines, for whoever reads a failure."""
        return "\n".join(filter(None, self._shown()))

    def offers(self, what: str) -> bool:
        """Whether there is a button with these words."""
        return bool(self._all(QAbstractButton, what))

    def is_picked(self, what: str) -> bool:
        return self._choice(what).isChecked()

    def filled(self) -> list[str]:
        """The words of what is blue, to be pressed now."""
        buttons = self.shell.findChildren(QPushButton)
        return [button.text() for button in buttons if button.isVisible() and _is_blue(button)]

    def can_press(self, what: str) -> bool:
        return self._one(QAbstractButton, what).isEnabled()

    def field(self, label: str) -> str:
        """What stands in the field with this label."""
        return self._one(QLineEdit, label).text()

    def until(self, condition: Callable[[], bool], timeout: int = WAIT) -> None:
        self.qtbot.waitUntil(condition, timeout=timeout)

    def until_sees(self, text: str, timeout: int = WAIT) -> None:
        self.until(lambda: self.sees(text), timeout)

    def until_seen(self, widget: QWidget, timeout: int = WAIT) -> None:
        self.until(widget.isVisible, timeout)

    def wait(self) -> None:
        """Until no job runs, and the page has taken up what the last one brought."""
        self.until(lambda: not self.runner.is_busy and not self.shell.page.is_busy)
        QCoreApplication.sendPostedEvents()  # layouts show new rows by a posted event

    def end(self) -> None:
        """Stop all work and take the window away, as when the computer is switched off."""
        self.shell.is_over = True
        while self.runner.is_busy:
            assert self.runner.stop_all(5_000)
            QTest.qWait(0)  # what was stopped may begin to bring a conversation back
        self.shell.hide()

    def _choice(self, name: str) -> QAbstractButton:
        """The main button may say the same."""
        return self._one(QAbstractButton, name, lambda button: button.isCheckable())

    def _one(self, kind: type[W], name: str, is_meant: Callable[[W], bool] = lambda _one: True) -> W:
        """Wait for it: lists of cards fill in bit by bit."""

        def look() -> list[W]:
            return [one for one in self._all(kind, name) if is_meant(one)]

        try:
            self.until(lambda: bool(look()), 5_000)
        except QtTimeout as error:
            raise AssertionError(f"no {name!r} in {self.words()}") from error
        found = look()
        assert len(found) == 1, f"{len(found)} of {name!r}"
        return found[0]

    def _all(self, kind: type[W], name: str) -> list[W]:
        shown = [one for one in self.shell.findChildren(kind) if one.isVisible()]
        return [one for one in shown if name in (one.accessibleName(), one.property("text"))]

    def _shown(self) -> Iterator[str]:
        for widget in self.shell.findChildren(QWidget):
            if widget.isVisible():
                yield widget.accessibleName()
                yield widget.accessibleDescription()
                if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
                    yield widget.text()
                elif isinstance(widget, QPlainTextEdit | QTextEdit):
                    yield widget.toPlainText()


def services(
    session: Session,
    runner: JobRunner,
    opened: list[str],
    start_practice_window: Callable[[], bool] | None = None,
    has_browser: bool = True,
) -> Services:
    """opened: gets every address a page opens. start_practice_window: None where no page may want one."""

    def open_link(address: str) -> bool:
        opened.append(address)
        return has_browser

    def no_window() -> bool:
        raise AssertionError("no page here starts a practice window")

    explain = explainer(session.world, session.clock.now)
    wanted = start_practice_window or no_window
    return Services(runner, open_link, Clipboard(), session.clock, explain, session, wanted)


def open_window(
    qtbot: QtBot,
    session: Session,
    answers: Answers = AT_LOG_IN,
    step: StepId = StepId.LOG_IN,
    start_practice_window: Callable[[], bool] | None = None,
    has_browser: bool = True,
) -> Window:
    """Show the window at a step, and wait until the page has read what it reads first."""
    window = _made(qtbot, session, answers, step, start_practice_window, has_browser)
    qtbot.addWidget(window.shell, before_close_func=lambda _shell: window.end())
    show(qtbot, window.shell, 1400)  # everything is in view: tests click, they do not scroll
    window.wait()
    return window


@contextmanager
def window_for_a_while(qtbot: QtBot, session: Session, answers: Answers, step: StepId) -> Iterator[Window]:
    """The same, for a test that opens many: each is gone before the next comes."""
    window = _made(qtbot, session, answers, step)
    show(qtbot, window.shell)
    window.wait()
    yield window
    window.end()
    window.shell.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _made(
    qtbot: QtBot,
    session: Session,
    answers: Answers,
    step: StepId,
    start_practice_window: Callable[[], bool] | None = None,
    has_browser: bool = True,
) -> Window:
    runner, opened = JobRunner(), list[str]()
    given = services(session, runner, opened, start_practice_window, has_browser)
    label = session.world.label
    shell = WindowOfTest(SETUP, page_makers(given), answers, given, asides=aside_makers(given), start=step, label=label)
    return Window(qtbot, shell, session, runner, opened)


def show(qtbot: QtBot, widget: QWidget, height: int = 720) -> None:
    """Show a shell, or a part as a window of its own, with the keyboard in it."""
    if isinstance(widget, Shell):
        widget.resize(1040, height)
    elif widget.sizeHint().isEmpty():  # nothing in it yet, and a window without a size is never exposed
        widget.resize(400, 300)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def shown(qtbot: QtBot, widget: W) -> W:
    """Show a part by itself until the test ends."""
    qtbot.addWidget(widget)
    show(qtbot, widget)
    return widget
