"""A long page ends where its content ends."""

import pytest
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.app_id_page import at_app_id
from wizard.ui.theme import Theme


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_blank_stands_below_the_last_line(qtbot: QtBot, world: PracticeWorld, theme: Theme, scale: float) -> None:
    theme.use_text_scale(scale)
    window = at_app_id(qtbot, world)
    window.shell.resize(1024, 640)
    window.page.places.choose("flow-ai")  # nothing stands below before
    page, last = window.page, window.page.another_button
    qtbot.waitUntil(lambda: last.isVisible() and last.y() > page.places.y())
    qtbot.waitUntil(lambda: page.height() - last.geometry().bottom() < last.height())
