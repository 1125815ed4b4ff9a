"""A window with the real pages Welcome, Log in and Your apps on a practice world; the steps after them are plain."""

from dataclasses import replace
from functools import partial

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.demo import PlainPage
from tests.ui.hands import click
from tests.ui.set_up import MachineClock, Window, new_session
from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.flow import SETUP, StepId
from wizard.ui.clipboard import Clipboard
from wizard.ui.jobs import JobRunner
from wizard.ui.pages.apps.page import AppsPage
from wizard.ui.pages.log_in.page import LogInPage
from wizard.ui.pages.welcome.page import WelcomePage
from wizard.ui.services import Services
from wizard.ui.troubles import explainer
from wizard.ui.window.page_stack import PageMaker
from wizard.ui.window.shell import Shell

STARTED = Answers(started=True)


class RecoveryScreen(PlainPage):
    """Stands where the recovery screen is."""


class CheckScreen(PlainPage):
    """Stands where the Check screen is."""


def session_in_life(world: PracticeWorld) -> Session:
    """A session on the practice world that takes it for the real Facebook: no practice label, no simulated owner."""
    session = new_session(world)
    session.world = replace(session.world, control="", label="")
    return session


def open_window(
    qtbot: QtBot,
    session: Session,
    answers: Answers = STARTED,
    step: StepId = StepId.LOG_IN,
    practice_windows: list[str] | None = None,
) -> Window:
    """practice_windows: gets an entry whenever a practice window is asked for; None: it cannot be opened."""
    clock = session.clock
    assert isinstance(clock, MachineClock)
    runner, links = JobRunner(), list[str]()

    def open_link(address: str) -> bool:
        links.append(address)
        return True

    def start_practice_window() -> bool:
        if practice_windows is not None:
            practice_windows.append("practice")
        return practice_windows is not None

    explain = explainer(session.world, clock.now)
    given = Services(runner, open_link, Clipboard(), clock, explain, session, start_practice_window)
    makers: dict[StepId, PageMaker] = {one.id: partial(PlainPage, one.id, given) for one in SETUP.steps}
    makers[StepId.WELCOME] = partial(WelcomePage, given)
    makers[StepId.LOG_IN] = partial(LogInPage, given)
    makers[StepId.APPS] = partial(AppsPage, given)
    asides: dict[str, PageMaker] = {
        "recovery": partial(RecoveryScreen, StepId.WELCOME, given),
        "check": partial(CheckScreen, StepId.WELCOME, given),
    }
    shell = Shell(SETUP, makers, answers, given, asides=asides, start=step, label=session.world.label)

    def end_jobs(_shell: object) -> None:
        assert runner.stop_all(5_000)

    qtbot.addWidget(shell, before_close_func=end_jobs)
    shell.resize(1040, 1400)  # everything is in view: tests click, they do not scroll
    with qtbot.waitExposed(shell):
        shell.show()
    window = Window(shell, session, runner, clock, links)
    window.wait(qtbot)
    return window


def paste_token(qtbot: QtBot, window: Window, token: str) -> None:
    """Press Paste with the token on the clipboard, and wait for what it starts."""
    QGuiApplication.clipboard().setText(token)
    click(window.page.entry.secret.paste_button)
    window.wait(qtbot)
