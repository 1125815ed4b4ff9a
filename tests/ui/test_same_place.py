"""Back and Next stay where they are, whatever the page, and what comes and goes moves neither them nor a field."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.harness import Window, open_window
from tests.ui.set_up import new_session, ready
from wizard.core.answers import TestOutcome, with_changes
from wizard.core.flow import SETUP, StepId
from wizard.ui.metrics import PAGE_WIDEST, em
from wizard.ui.theme import Theme

SIZES = ((800, 600), (1040, 720), (1366, 740), (2560, 1400))


def at(qtbot: QtBot, world: PracticeWorld) -> Window:
    session = new_session(world)
    return open_window(qtbot, session, with_changes(ready(session, world), test=TestOutcome.PASSED), StepId.WELCOME)


def corner(widget: QWidget, window: Window, is_end: bool) -> QPoint:
    """The lower corner at the beginning or the end of the line."""
    return widget.mapTo(window.shell, widget.rect().bottomRight() if is_end else widget.rect().bottomLeft())


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_back_and_next_stand_at_the_same_place_on_every_page(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, scale: float
) -> None:
    window = at(qtbot, world)
    theme.use_text_scale(scale)
    shell = window.shell
    for size in SIZES:
        shell.resize(*size)
        seen = [_ends(window)]
        for step in SETUP.reachable(window.answers):
            shell.open_step(step.id)
            window.wait()
            seen.append(_ends(window))
        shell.open_aside("check")
        window.wait()
        seen.append(_ends(window))
        shell.open_aside("")
        assert len({end for _start, end in seen}) == 1, (size, seen)
        assert len({start for start, _end in seen if start}) == 1, (size, seen)
        assert shell.rect().contains(QPoint(*seen[0][1]))


Ends = tuple[object, tuple[int, int]]


def _ends(window: Window) -> Ends:
    """As they are once the layout rests."""
    read: list[Ends] = []

    def is_at_rest() -> bool:
        read.append(_ends_now(window))
        return len(read) > 5 and len(set(read[-5:])) == 1

    window.until(is_at_rest)
    return read[-1]


def _ends_now(window: Window) -> Ends:
    """The outer lower corners of Back, None where it is hidden, and of Next."""
    back = window.shell.back_button
    start = corner(back, window, False).toTuple() if back.isVisible() else None
    return start, corner(window.shell.next_button, window, True).toTuple()


def test_a_page_is_never_wider_than_the_eye_follows_and_stands_in_the_middle(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    window = at(qtbot, world)
    shell = window.shell
    shell.resize(2560, 1400)
    qtbot.waitUntil(lambda: shell.page.width() <= em(PAGE_WIDEST) <= 820)
    left = shell.page.mapTo(shell.stack, QPoint()).x()
    right = shell.stack.width() - left - shell.page.width()
    assert abs(left - right) <= 2
    assert abs(corner(shell.back_button, window, False).x() - shell.page.mapTo(shell, QPoint()).x()) <= 2
