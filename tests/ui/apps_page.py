"""The page of the apps right after log-in."""

from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.harness import Window, open_window
from tests.ui.set_up import logged_in, new_session
from wizard.core.answers import TokenOwner, with_changes
from wizard.core.facts import App
from wizard.core.flow import StepId

LOOK = "Look for my message"


def apps_page(qtbot: QtBot, world: PracticeWorld, owner: TokenOwner = TokenOwner.BOT) -> Window:
    """Right after log-in: nothing is chosen yet."""
    session = new_session(world)
    answers = with_changes(logged_in(session, world, owner), bot=None, live_chat=None)
    return open_window(qtbot, session, answers, StepId.APPS)


def live_chat_of(window: Window) -> App | None:
    return window.answers.live_chat
