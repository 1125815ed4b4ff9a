"""The log-in page with a token pasted, and what it shows then."""

from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.harness import Window, open_window
from tests.ui.set_up import new_session
from wizard.ui.pages.log_in.view import Shown


def log_in(qtbot: QtBot, world: PracticeWorld, token: str = "page") -> Window:
    window = open_window(qtbot, new_session(world))
    window.paste_token(world.start["tokens"].get(token, token))
    return window


def shown(window: Window) -> Shown:
    found: Shown = window.page.shown
    return found
