"""A tool tip shows the text it was given, and never loads what a stranger's file names in it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from wizard.core.verdict import State
from wizard.ui.pages.explain.log_table import LogTable
from wizard.ui.tool_tip import plain_tool_tip
from wizard.ui.widgets.check_rows import TableRow
from wizard.ui.widgets.check_table import CheckTable
from wizard.ui.widgets.page_picker import PagePicker, PageRow
from wizard.ui.window.narrow_header import NarrowHeader
from wizard.words.explained_log import LogRow
from wizard.words.explaining import Explained

CHECKS = ("one", "two", "three", "four")  # as many columns as the table is wide
SIDE = 1500  # pixels of the picture: no tool tip with words alone is as high


def row_of_the_table(name: str) -> tuple[QWidget, QWidget]:
    table = CheckTable(CHECKS, lambda _check: name)
    table.show_rows(
        [TableRow("a", name, "Seen just now", "No problem", State.OK, (State.OK,) * len(CHECKS), headline=name)]
    )
    return table, table.verticalHeader().viewport()


def column_of_the_table(name: str) -> tuple[QWidget, QWidget]:
    table, _rows = row_of_the_table(name)
    assert isinstance(table, CheckTable)
    return table, table.horizontalHeader().viewport()


def page_to_choose(name: str) -> tuple[QWidget, QWidget]:
    picker = PagePicker()
    picker.add_pages([PageRow("111", "Coffee", name)])
    return picker, picker.view.viewport()


def page_in_the_header(name: str) -> tuple[QWidget, QWidget]:
    header = NarrowHeader()
    header.show()  # it gets its parts then
    header.show_page(name)
    return header, header.page_label


def trouble_of_a_log(name: str) -> tuple[QWidget, QWidget]:
    """Its title may come from error texts that were imported."""
    table = LogTable()
    table.show_rows([LogRow(Explained("a", name, "", "owner", "", date(2026, 11, 29), ""), "", "", "")])
    return table, table.viewport()


PLACES = [row_of_the_table, column_of_the_table, page_to_choose, page_in_the_header, trouble_of_a_log]


@pytest.mark.parametrize("made", PLACES)
def test_a_name_with_a_picture_in_it_is_shown_as_words(
    qtbot: QtBot, tmp_path: Path, made: Callable[[str], tuple[QWidget, QWidget]]
) -> None:
    picture = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    assert picture.save(str(tmp_path / "picture.png"))
    window, under_the_mouse = made(f"<img src='file://{tmp_path}/picture.png'>")
    qtbot.addWidget(window)
    window.resize(1500, 300)
    with qtbot.waitExposed(window):
        window.show()
    at = QPoint(under_the_mouse.width() // 2, min(15, under_the_mouse.height() // 2))
    QApplication.sendEvent(under_the_mouse, QHelpEvent(QEvent.Type.ToolTip, at, under_the_mouse.mapToGlobal(at)))
    qtbot.waitUntil(QToolTip.isVisible)
    tip = next(top for top in QApplication.topLevelWidgets() if top.inherits("QTipLabel") and top.isVisible())
    assert isinstance(tip, QLabel)
    assert "picture.png" in tip.text()
    assert tip.sizeHint().height() < SIDE // 2
    QToolTip.hideText()


@pytest.mark.parametrize("column", range(1 + len(CHECKS)))
def test_a_cell_of_the_table_tells_the_headline_or_the_check_as_words(qtbot: QtBot, column: int) -> None:
    name = "<img src='file:///picture.png'>"
    table, _header = row_of_the_table(name)
    qtbot.addWidget(table)
    assert isinstance(table, CheckTable)
    assert table.model().index(0, column).data(Qt.ItemDataRole.ToolTipRole) == plain_tool_tip(name) != name


def test_a_foreign_name_in_a_mirrored_tip_stays_whole_and_its_picture_words(qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert plain_tool_tip("الصفحة Acme (Berlin): لا") == "الصفحة \u2066Acme (Berlin)\u2069: لا"
    assert "&lt;img" in plain_tool_tip("الصفحة <img src='file:///picture.png'>")


@pytest.mark.parametrize("text", ["", "Lumen Coffee, Seen just now", "Bike & Bolt", "a < b"])
def test_a_usual_name_stays_as_it_is(text: str) -> None:
    assert plain_tool_tip(text) == text
