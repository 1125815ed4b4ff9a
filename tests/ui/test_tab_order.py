"""Tab goes the way the eye goes: from the top to the bottom of a page, and on to the buttons below it."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLayoutItem, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from tests.simulator.world import PracticeWorld
from tests.ui.app_id_page import choose
from tests.ui.hands import click, press
from tests.ui.harness import AT_LOG_IN, Window, open_window
from tests.ui.set_up import logged_in, new_session
from wizard.actions.roles import DONE
from wizard.core.answers import with_changes
from wizard.core.flow import StepId
from wizard.ui.theme import Theme

_MOST = 60  # stops on a page


def at(qtbot: QtBot, world: PracticeWorld, step: StepId) -> Window:
    session = new_session(world)
    answers = logged_in(session, world)
    if step is not StepId.ROLES:
        answers = with_changes(answers, roles_confirmed=frozenset({DONE}))
    return open_window(qtbot, session, AT_LOG_IN if step is StepId.LOG_IN else answers, step)


def go_round(window: Window, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """All stops of the window, from the one that has the keyboard, until it has it again."""
    start = QApplication.focusWidget()
    assert start is not None
    stops = [start]
    while len(stops) < _MOST:
        press(stops[-1], key)
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused is start:
            return stops
        stops.append(focused)
    raise AssertionError(f"Tab does not come back: {stops[-5:]}")


def on_the_page(window: Window, stops: list[QWidget]) -> list[QWidget]:
    """Those of the page, from the first one below the title."""
    first = next(at for at, stop in enumerate(stops) if not window.page.isAncestorOf(stop))
    turned = [*stops[first:], *stops[:first]]
    return [stop for stop in turned if window.page.isAncestorOf(stop)]


def goes_back_up(page: QWidget, stops: list[QWidget]) -> list[str]:
    """Each step of Tab that goes up, or to the left on the same line."""
    places = [(stop.mapTo(page, QPoint(0, 0)), stop) for stop in stops]
    return [
        f"{before.accessibleName() or before} > {after.accessibleName() or after}"
        for (place, before), (next_place, after) in pairwise(places)
        if next_place.y() + after.height() <= place.y() or (next_place.y() == place.y() and next_place.x() <= place.x())
    ]


def _roles(window: Window, _world: PracticeWorld, _qtbot: QtBot) -> None:
    window.press(f"Show: {window.page.rows['social_route'].title()}")


def _expired(window: Window, world: PracticeWorld, qtbot: QtBot) -> None:
    window.paste_token(world.token("expired"))
    assert window.page.notice.disclosure.isVisible()
    click(window.page.entry.advanced.button)


def _nothing(_window: Window, _world: PracticeWorld, _qtbot: QtBot) -> None:
    """The page as it is."""


def _no_token(window: Window, _world: PracticeWorld, _qtbot: QtBot) -> None:
    click(window.page.ways.cards.card("without"))


def _file(window: Window, _world: PracticeWorld, qtbot: QtBot) -> None:
    choose(window, "dotenv")


def _settings_api(window: Window, _world: PracticeWorld, qtbot: QtBot) -> None:
    choose(window, "http")
    click(window.page.api_part.more.button)


@pytest.mark.parametrize(
    ("step", "do"),
    [
        (StepId.LOG_IN, _expired),
        (StepId.LOG_IN, _no_token),
        (StepId.APPS, _nothing),
        (StepId.ROLES, _roles),
        (StepId.APP_ID, _file),
        (StepId.APP_ID, _settings_api),
        (StepId.BOT_SETTINGS, _nothing),
    ],
)
def test_tab_goes_down_the_page_and_shift_tab_up(
    qtbot: QtBot, world: PracticeWorld, step: StepId, do: Callable[[Window, PracticeWorld, QtBot], None]
) -> None:
    window = at(qtbot, world, step)
    do(window, world, qtbot)
    press(window.shell, Qt.Key.Key_Tab)
    first = QApplication.focusWidget()
    assert first is not None
    assert window.page.isAncestorOf(first)
    there = go_round(window)
    stops = on_the_page(window, there)
    assert len(stops) > 1
    assert goes_back_up(window.page, stops) == []
    back = go_round(window, Qt.Key.Key_Backtab)
    assert [back[0], *reversed(back[1:])] == there


def items_of_layouts() -> set[int]:
    """Those that Python knows."""
    known = [one for one in Shiboken.getAllValidWrappers() if isinstance(one, QLayoutItem)]
    return {id(one) for one in known if not isinstance(one, QObject)}


def test_no_item_of_a_layout_is_asked_for(qtbot: QtBot, world: PracticeWorld, theme: Theme) -> None:
    """PySide keeps it though Qt deletes it with its widget; what is made at its address later crashes the program."""
    window = at(qtbot, world, StepId.ROLES)
    _roles(window, world, qtbot)
    before = items_of_layouts()
    go_round(window)
    theme.use_text_scale(2.0)
    window.wait()
    assert not items_of_layouts() - before
