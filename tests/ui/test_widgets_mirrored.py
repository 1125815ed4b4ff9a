"""Parts of a page in a window that is read from the right: order, edges, letters, and where one types."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui import harness
from tests.ui.harness import shown
from wizard.core.facts import App
from wizard.core.verdict import State
from wizard.ui.metrics import em
from wizard.ui.pages.apps.table import AppTable
from wizard.ui.pages.explain.log_table import LogTable
from wizard.ui.pages.handover_test.restore import show_left_open
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.caret import begin_where_reading_does
from wizard.ui.widgets.check_rows import TableRow
from wizard.ui.widgets.check_table import CheckTable
from wizard.ui.widgets.diagram import HandoverDiagram
from wizard.ui.widgets.diagram_data import Arrow, DiagramData, Party
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.letter_language import direct
from wizard.ui.widgets.page_picker import PagePicker, PageRow
from wizard.ui.widgets.search_line import SearchLine
from wizard.ui.widgets.text import Text
from wizard.ui.window.narrow_header import NarrowHeader
from wizard.words.explained_log import LogRow
from wizard.words.explaining import Explained


@pytest.mark.parametrize("by_menu", [False, True])
def test_what_is_copied_from_a_sentence_read_from_the_right_has_no_unseen_marks(
    qtbot: QtBot, qapp: QApplication, by_menu: bool
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    text = Text("الملف /home/sam/.env هنا", selectable=True)
    qtbot.addWidget(text)
    harness.show(qtbot, text)
    text.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    if by_menu:
        at = text.rect().center()
        qapp.sendEvent(text, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, text.mapToGlobal(at)))
        menu = QApplication.activePopupWidget()
        assert menu is not None
        next(one for one in menu.actions() if one.objectName() == "edit-copy").trigger()
        menu.close()
    else:
        QTest.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "الملف /home/sam/.env هنا")


@pytest.mark.parametrize("selectable", [False, True])
def test_the_short_form_of_a_number_is_shown_in_its_order_in_every_language(
    qtbot: QtBot, qapp: QApplication, selectable: bool
) -> None:
    def picture(words: str) -> QImage:
        text = Text(words, selectable=selectable)
        qtbot.addWidget(text)
        text.resize(200, 40)
        return text.grab().toImage()

    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert picture("5381…3815") == picture("\u202d5381…3815\u202c")  # from the left, whatever they are


@pytest.mark.parametrize("selectable", [False, True])
def test_all_lines_of_a_text_read_from_the_right_begin_at_its_edge(
    qtbot: QtBot, qapp: QApplication, selectable: bool
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    text = Text(" ".join(["مممم"] * 9), selectable=selectable)
    qtbot.addWidget(text)
    text.resize(em(9), text.heightForWidth(em(9)))
    ends = right_ends_of_lines(text)
    assert len(ends) > 2
    assert max(ends) - min(ends) <= 1
    assert max(ends) >= text.width() - 6


@pytest.mark.parametrize(
    ("side", "is_at_the_right"),
    [
        (Qt.AlignmentFlag.AlignLeading, True),
        (Qt.AlignmentFlag.AlignTrailing, False),
        (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute, False),
    ],
)
def test_a_text_with_a_side_of_its_own_stands_there_as_the_window_is_read(
    qtbot: QtBot, qapp: QApplication, side: Qt.AlignmentFlag, is_at_the_right: bool
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    text = Text("مممم")
    qtbot.addWidget(text)
    text.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    text.resize(em(20), em(2))
    (end,) = right_ends_of_lines(text)
    assert (end > em(15)) is is_at_the_right


def test_a_fold_with_words_on_several_lines_begins_each_at_the_right_edge(qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    fold = shown(qtbot, Disclosure(" ".join(["مممم"] * 12), Text("inside")))
    fold.resize(em(14), em(12))
    qtbot.waitUntil(lambda: fold.button.height() > 2 * fold.button.fontMetrics().height())
    ends = right_ends_of_lines(fold.button, frame=4)[1:]  # the first begins with the arrow
    assert len(ends) > 1
    assert max(ends) - min(ends) <= 1


@pytest.mark.parametrize("window_is_mirrored", [False, True])
@pytest.mark.parametrize(("words", "is_mirrored"), [("Good day,\n\nFlow bot", False), ("السلام\n\nFlow bot لا", True)])
def test_a_letter_stands_at_the_side_where_its_own_language_begins(
    qtbot: QtBot, qapp: QApplication, words: str, is_mirrored: bool, window_is_mirrored: bool
) -> None:
    if window_is_mirrored:
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    box, text = QPlainTextEdit(), Text(selectable=True)
    box.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # it would be taken for ink
    direct(box, is_mirrored)
    box.setPlainText(words)
    text.be_read(from_right=is_mirrored)
    text.setText(words)
    for widget in (box, text):
        qtbot.addWidget(widget)
        widget.resize(600, 120)
        image = QImage(600, 120, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        widget.render(image)
        dark = [x for x in range(10, 590) for y in range(10, 110) if image.pixelColor(x, y).lightness() < 100]
        assert dark
        assert {x > 300 for x in dark} == {is_mirrored}


def test_the_caret_of_an_empty_box_stands_where_its_hint_begins(qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    box = QPlainTextEdit()
    qtbot.addWidget(box)
    begin_where_reading_does(box)
    box.resize(300, 80)
    box.grab()
    assert box.cursorRect().right() > box.viewport().width() - 30


@pytest.mark.parametrize("make", [SearchLine, lambda: Field("Name"), PagePicker])
def test_the_caret_of_an_empty_field_stands_where_its_hint_begins(
    qtbot: QtBot, qapp: QApplication, make: Callable[[], QWidget]
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    made = make()
    qtbot.addWidget(made)
    (line,) = [made] if isinstance(made, QLineEdit) else made.findChildren(QLineEdit)
    line.setPlaceholderText("بحث")
    line.resize(300, 40)
    line.grab()  # where the caret stands is settled as it is painted
    assert line.cursorRect().right() > line.width() - 30


def right_ends_of_lines(widget: QWidget, frame: int = 2) -> list[int]:
    """The last pixel with ink of each line of words, inside of a frame of so many pixels, from its left."""
    inside = widget.rect().adjusted(frame, frame, -frame, -frame)
    image = widget.grab().toImage().copy(inside)
    paper = image.pixel(0, 0)
    ends: list[int] = []
    is_in_line = False
    for y in range(image.height()):
        ink = [x for x in range(image.width()) if image.pixel(x, y) != paper]
        if ink and is_in_line:
            ends[-1] = max(ends[-1], ink[-1])
        elif ink:
            ends.append(ink[-1])
        is_in_line = bool(ink)
    return ends


def as_button(name: str) -> QWidget:
    return Button(name)


def as_fold(name: str) -> QWidget:
    return Disclosure(name, Text("مممم"))


def as_page_to_choose(name: str) -> QWidget:
    picker = PagePicker()
    picker.add_pages([PageRow("111", name)])
    return picker


def as_checked_page(name: str) -> QWidget:
    table = CheckTable(("one",), lambda _check: "مممم")
    table.show_rows([TableRow("a", name, name, name, State.OK, (State.OK,), headline=name)])
    return table


def as_app_in_the_table(name: str) -> QWidget:
    table = AppTable()
    table.show_apps([App("111", name)])
    return table


def as_trouble_of_a_log(name: str) -> QWidget:
    table = LogTable()
    table.show_rows([LogRow(Explained("a", name, "", "owner", "", date(2026, 11, 29), ""), "", "", "")])
    return table


def as_page_in_the_header(name: str) -> QWidget:
    header = NarrowHeader()
    header.show_page(name)
    return header


def as_caption_of_an_arrow(name: str) -> QWidget:
    parties = (Party("bot", "مممم"), Party("chat", "مممم"))
    return HandoverDiagram(DiagramData(parties, (Arrow(name),), proven=name))


ONE_LINE = [
    as_button,
    as_fold,
    as_page_to_choose,
    as_checked_page,
    as_app_in_the_table,
    as_trouble_of_a_log,
    as_page_in_the_header,
    as_caption_of_an_arrow,
]


@pytest.mark.parametrize("make", ONE_LINE)
def test_a_foreign_name_in_one_line_keeps_its_signs_at_their_ends(
    qtbot: QtBot, qapp: QApplication, make: Callable[[str], QWidget]
) -> None:
    """Without a space, so that no dots are put and no line is broken."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def picture(name: str) -> QImage:
        widget = make(name)
        qtbot.addWidget(widget)
        widget.resize(900, max(60, widget.sizeHint().height()))
        return widget.grab().toImage()

    assert picture("Acme(Berlin)!") == picture("\u202dAcme(Berlin)!\u202c")  # from the left, whatever it is


def test_a_box_shows_a_foreign_name_whole(qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    box = show_left_open("مممم", "مممم Acme (Berlin).")
    qtbot.addWidget(box)
    assert box.text() == "مممم \u2066Acme (Berlin)\u2069."


def test_a_button_that_takes_two_lines_keeps_foreign_words_whole_in_each(qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def picture(words: str) -> QImage:
        button = Button(words)
        qtbot.addWidget(button)
        button.short_em = 0
        button.resize(em(9), em(6))
        return button.grab().toImage()

    assert picture("Acme(Berlin)! Acme(Berlin)!") == picture("\u202dAcme(Berlin)!\u202c \u202dAcme(Berlin)!\u202c")


@pytest.mark.parametrize("make", [Button, Text])
def test_a_screen_reader_gets_the_words_without_marks(
    qtbot: QtBot, qapp: QApplication, make: Callable[[str], Button | Text]
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    widget = make("مممم Acme (Berlin Mitte)")
    qtbot.addWidget(widget)
    spoken = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    assert widget.text() == spoken == "مممم Acme (Berlin Mitte)"


def test_a_text_that_needs_marks_no_more_is_spoken_as_it_is(qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    text = Text("مممم Acme (Berlin)")
    qtbot.addWidget(text)
    text.setText("مممم")
    assert QAccessible.queryAccessibleInterface(text).text(QAccessible.Text.Name) == "مممم"
