"""What was found is seen without scrolling, however large the text."""

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.check_screen import Screen, open_check, set_up
from tests.ui.set_up import new_session, ready
from wizard.ui.scroll_area import area_around
from wizard.ui.theme import Theme


def shows_headline(screen: Screen) -> bool:
    headline = screen.page.details.headline
    area = area_around(headline)
    assert area is not None
    top = headline.mapTo(area.viewport(), QPoint()).y()
    return headline.height() > 60 and top >= 0 and top + headline.height() <= area.viewport().height()


@pytest.mark.parametrize("grows_later", [False, True])
def test_the_headline_of_a_page_that_was_checked_is_in_sight(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, grows_later: bool
) -> None:
    session = new_session(world)
    session.save_setup(set_up(world))
    screen = open_check(qtbot, session, ready(session, world))
    screen.shell.resize(1024, 640)
    theme.use_text_scale(1.0 if grows_later else 2.0)
    screen.press_main()
    theme.use_text_scale(2.0)
    qtbot.waitUntil(lambda: shows_headline(screen))


def test_the_headline_of_a_page_whose_token_was_pasted_is_in_sight(
    qtbot: QtBot, world: PracticeWorld, theme: Theme
) -> None:
    theme.use_text_scale(2.0)
    screen = open_check(qtbot, new_session(world))
    screen.shell.resize(1024, 640)
    screen.give_token(world.token())
    screen.wait()
    qtbot.waitUntil(lambda: shows_headline(screen))
