"""The pages App ID and Bot settings: a place chosen, and a bot that has a settings API."""

from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.simulator.world import PracticeWorld
from tests.ui.hands import click
from tests.ui.harness import Window, open_window
from tests.ui.set_up import logged_in, new_session
from wizard.actions.roles import DONE
from wizard.core.answers import SavedHow, with_changes
from wizard.core.flow import StepId
from wizard.core.target import TargetChoice

API = TargetChoice("practice-api")
KEY = "Key of the API"


def at_app_id(qtbot: QtBot, world: PracticeWorld) -> Window:
    session = new_session(world)
    answers = with_changes(logged_in(session, world), roles_confirmed=frozenset({DONE}), bot_product=None)
    window = open_window(qtbot, session, answers, StepId.APP_ID)
    qtbot.waitUntil(lambda: bool(window.page.places.cards))
    return window


def choose(window: Window, preset: str) -> None:
    window.page.places.for_developers.open()
    card = window.page.places.card(preset)
    settle(window.shell)
    click(card)
    settle(window.shell)


def key(world: PracticeWorld) -> str:
    return str(world.start["platform_api_key"])


def saved(world: PracticeWorld) -> str:
    return str(world.world()["platform"]["secondary_receiver"])


def saved_how(window: Window) -> SavedHow | None:
    return window.answers.saved_how


def at_bot_settings(qtbot: QtBot, world: PracticeWorld) -> Window:
    window = at_app_id(qtbot, world)
    choose(window, "practice-api")
    window.type_into(KEY, key(world))
    window.press_main()
    assert window.step() is StepId.BOT_SETTINGS
    return window
