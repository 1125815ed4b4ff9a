"""A screen reader counts children, then asks for each by its number: none may go in between, or the program crashes."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import click
from wizard.ui.scroll_area import ScrollArea
from wizard.ui.theme import Theme
from wizard.ui.widgets.text import Text
from wizard.ui.window.shell import Shell

# So that both scroll bars of About have something to scroll, then one, then none.
SIZES = ((120, 200), (500, 380), (1270, 2600), (120, 2600), (1270, 300), (700, 900))
Numbers = tuple[int, ...]


def read(node: QAccessibleInterface, counted: dict[Numbers, int], at: Numbers = ()) -> None:
    """Read node and all below it by the numbers of children that were counted before, or count them now."""
    assert node.isValid()
    count = counted.setdefault(at, node.childCount())
    assert node.childCount() == count, f"{node.object()} had {count} children"  # to ask for one that went is a crash
    for number in range(count):
        read(node.child(number), counted, (*at, number))


def scroll_bars(node: QAccessibleInterface) -> int:
    children = [node.child(number) for number in range(node.childCount())]
    return (node.role() == QAccessible.Role.ScrollBar) + sum(scroll_bars(child) for child in children)


def opened(qtbot: QtBot, shell: Shell, name: str) -> QWidget:
    shell.show_help()
    panel = shell.help_panel
    assert panel is not None
    if name == "Help":
        return panel
    click(panel.about_button)
    about = panel.about_panel
    assert about is not None
    qtbot.waitUntil(lambda: bool(about.licences.toPlainText()))
    return about


@pytest.mark.parametrize("name", ["Help", "About", "page"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_all_children_stay_readable_while_the_size_changes(
    qtbot: QtBot, shell: Shell, theme: Theme, scale: float, name: str
) -> None:
    theme.use_text_scale(scale)
    window = shell.stack.currentWidget() if name == "page" else opened(qtbot, shell, name)
    assert window is not None
    area = window if isinstance(window, QScrollArea) else window.findChild(QScrollArea)
    assert area is not None
    spoken = QAccessible.queryAccessibleInterface(area)
    assert scroll_bars(spoken) >= 2
    counted: dict[Numbers, int] = {}
    for width, height in SIZES:
        window.window().resize(width, height)
        QCoreApplication.sendPostedEvents()  # layouts and scroll bars follow
        read(spoken, counted)


def test_of_an_area_that_is_left_no_child_goes(qtbot: QtBot) -> None:
    """A page that another one follows is hidden, and with it its bars."""
    area = ScrollArea()
    qtbot.addWidget(area)
    area.setWidget(Text("words"))
    area.resize(200, 300)
    with qtbot.waitExposed(area):
        area.show()
    spoken, counted = QAccessible.queryAccessibleInterface(area), dict[Numbers, int]()
    read(spoken, counted)
    area.hide()
    read(spoken, counted)
    assert spoken.child(counted[()]) is None


def test_every_scroll_area_of_the_window_is_such_a_one(qtbot: QtBot, shell: Shell) -> None:
    opened(qtbot, shell, "About")
    areas = shell.findChildren(QScrollArea)
    assert len(areas) >= 3
    assert [area for area in areas if not isinstance(area, ScrollArea)] == []


def test_a_bar_takes_room_below_only_where_something_is_too_wide(qtbot: QtBot) -> None:
    area, wide = ScrollArea(), Text("words")
    qtbot.addWidget(area)
    area.setWidget(wide)
    area.resize(300, 200)
    with qtbot.waitExposed(area):
        area.show()
    bar, side = area.horizontalScrollBar(), area.verticalScrollBar()
    assert bar.isVisible()
    assert bar.height() == 0
    assert not side.isEnabled()
    wide.setMinimumSize(1000, 1000)
    qtbot.waitUntil(lambda: bar.height() > 0)
    assert area.viewport().height() == 200 - bar.height()
    assert side.isEnabled()
    bar.setValue(bar.maximum())
    assert area.viewport().mapFromGlobal(wide.mapToGlobal(wide.rect().bottomRight())).x() < area.viewport().width()
    wide.setMinimumSize(10, 10)
    qtbot.waitUntil(lambda: bar.height() == 0)
    assert not side.isEnabled()
