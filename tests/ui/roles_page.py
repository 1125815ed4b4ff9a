"""The page "Who answers first" right after log-in, and what one does there."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.harness import Window, open_window
from tests.ui.set_up import logged_in, new_session
from wizard.actions.roles import NEEDED
from wizard.core.answers import TokenOwner
from wizard.core.flow import StepId


def roles(qtbot: QtBot, world: PracticeWorld, owner: TokenOwner = TokenOwner.BOT) -> Window:
    session = new_session(world)
    return open_window(qtbot, session, logged_in(session, world, owner), StepId.ROLES)


def come_back(window: Window) -> None:
    """The window becomes active again, as the system tells it."""
    QApplication.sendEvent(window.shell, QEvent(QEvent.Type.WindowActivate))


def do_all(window: Window) -> None:
    """Press the main button for one task after the other."""
    for _task in NEEDED:
        window.press_main()


def open_rows(window: Window) -> list[str]:
    return [name for name, row in window.page.rows.items() if row.is_open]
