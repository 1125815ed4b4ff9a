"""The table of Pages by checks: shape and word in each cell, by keyboard, and quick with thousands of lines."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QImage, QPainter, QStandardItemModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.hands import press
from wizard.checks.run import CHECKS
from wizard.core.verdict import State
from wizard.i18n import language
from wizard.i18n.language import _
from wizard.ui.metrics import em, font_for
from wizard.ui.theme import Theme
from wizard.ui.widgets.check_cells import VERDICT_MARKS, Titles
from wizard.ui.widgets.check_rows import TableRow
from wizard.ui.widgets.check_table import CheckTable
from wizard.ui.widgets.text import Text
from wizard.words import verdicts

IDS = [check.id for check in CHECKS]
STATES = tuple(list(State)[at % len(State)] for at in range(len(IDS)))
ROWS = (
    TableRow("a", "Lumen Coffee", "Seen just now", "2 problems", State.PROBLEM, STATES),
    TableRow("b", "Harbour Books", "Seen 3 days ago", "No problem", State.OK, (State.OK,) * len(IDS), is_old=True),
    TableRow("c", "Bike & Bolt", "Page ID 1", "Needs a token", State.NOT_CHECKED),
)


@pytest.fixture
def table(qtbot: QtBot) -> CheckTable:
    table = CheckTable(IDS, verdicts.title)
    qtbot.addWidget(table)
    table.show_rows(ROWS)
    table.resize(900, table.height())
    with qtbot.waitExposed(table):
        table.show()
    return table


def text(table: CheckTable, row: int, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> str:
    return str(table.model().index(row, column).data(role))


def test_every_state_has_a_sign_of_its_own_and_a_word() -> None:
    assert len(set(VERDICT_MARKS.values())) == len(State)
    assert len({verdicts.state(state) for state in State}) == len(State)


def test_there_is_a_column_for_the_result_and_one_for_each_check(table: CheckTable) -> None:
    model = table.model()
    headings = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert headings == ["Result", *(verdicts.title(check) for check in IDS)]


def test_each_cell_says_its_state_in_a_word(table: CheckTable) -> None:
    assert [text(table, 0, at + 1) for at in range(len(IDS))] == [verdicts.state(state) for state in STATES]
    assert text(table, 0, 0) == "2 problems"


def test_a_screen_reader_hears_page_check_state_and_age(table: CheckTable) -> None:
    spoken = text(table, 1, IDS.index("routing.default_app") + 1, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Harbour Books: Default app: OK, Seen 3 days ago"
    assert QAccessible.queryAccessibleInterface(table).text(QAccessible.Text.Name) == "Pages and checks"


def test_arrow_keys_walk_over_cells_and_enter_opens_one(table: CheckTable, qtbot: QtBot) -> None:
    opened: list[tuple[str, str]] = []
    table.opened.connect(lambda key, check: opened.append((key, check)))
    table.choose("a")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        press(table, key)
    assert table.choice() == ("b", IDS[1])
    press(table, Qt.Key.Key_Return)
    assert opened == [("b", IDS[1])]


def test_tab_leaves_the_table(table: CheckTable) -> None:
    table.choose("a")
    press(table, Qt.Key.Key_Tab)
    assert table.choice() == ("a", "")


def colours_in(table: CheckTable, row: int, column: int) -> set[str]:
    picture = table.viewport().grab(table.visualRect(table.model().index(row, column))).toImage()
    points = ((x, y) for x in range(0, picture.width(), 1) for y in range(0, picture.height(), 1))
    return {QColor(picture.pixel(x, y)).name() for x, y in points}


def test_an_old_state_is_painted_pale(table: CheckTable, theme: Theme) -> None:
    """The full colour of a good state is nowhere in a cell that is old."""
    table.show_rows([TableRow("d", "Fresh", "", "No problem", State.OK, (State.OK,) * len(IDS))])
    fresh, old = colours_in(table, 3, 1), colours_in(table, 1, 1)
    assert "#0f7a56" in fresh
    assert "#0f7a56" not in old


def test_a_row_is_found_by_a_part_of_its_name_or_id(table: CheckTable) -> None:
    table.look_for("book", only_to_look_at=False)
    assert table.shown == 1
    table.look_for("PAGE ID 1", only_to_look_at=False)
    assert table.shown == 1
    table.look_for("", only_to_look_at=True)
    assert table.shown == 2
    assert {text(table, at, 0) for at in range(2)} == {"2 problems", "Needs a token"}


def test_a_row_changes_in_place_and_keeps_the_choice(table: CheckTable) -> None:
    table.choose("b", "token.valid")
    table.show_rows([TableRow("b", "Harbour Books", "Seen just now", "1 problem", State.PROBLEM, STATES)])
    assert table.choice() == ("b", "token.valid")
    assert text(table, 1, 0) == "1 problem"
    assert table.shown == 3


def test_a_removed_row_is_gone_and_the_others_are_found(table: CheckTable) -> None:
    table.remove_row("a")
    table.choose("c")
    assert table.choice() == ("c", "")
    assert table.shown == 2


def test_ten_thousand_rows_come_one_by_one_in_seconds(table: CheckTable) -> None:
    begun = time.monotonic()
    for number in range(10_000):
        table.show_rows([TableRow(f"page {number}", f"Page {number}", "", "No problem", State.OK, STATES)])
    assert table.shown == 10_003
    table.choose("page 9999")
    assert table.choice() == ("page 9999", "")
    assert time.monotonic() - begun < 20
    assert table.height() < 900


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_headings_are_as_high_as_their_words_need(table: CheckTable, theme: Theme, scale: float) -> None:
    theme.use_text_scale(scale)
    across = table.horizontalHeader()
    assert across.height() == across.sizeHint().height()
    assert table.verticalHeader().width() < table.width() / 2


@pytest.mark.parametrize("width", [480, 690, 900, 1300])
def test_no_column_of_a_check_is_cut_where_the_table_begins(table: CheckTable, qtbot: QtBot, width: int) -> None:
    table.resize(width, table.height())
    across = table.horizontalHeader()
    qtbot.waitUntil(lambda: table.width() == width)
    beside = table.viewport().width() - across.sectionSize(0)
    ends = [sum(across.sectionSize(one) for one in range(1, at)) for at in range(1, across.count() + 1)]
    assert beside <= 0 or beside in ends


def test_each_column_has_a_title_in_one_line(table: CheckTable, theme: Theme) -> None:
    across = table.horizontalHeader()
    assert across.height() < 2 * QFontMetrics(font_for("small")).height() + em(0.8)
    corner = table.findChild(Text)
    assert corner is not None
    assert corner.text() == "Page"
    assert corner.isVisible()
    assert corner.geometry().width() == table.verticalHeader().width()
    assert corner.geometry().bottom() <= across.geometry().bottom()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("code", ["en", "vi", "ar"])
def test_the_id_of_a_page_is_seen_whole_in_every_language(qtbot: QtBot, theme: Theme, code: str, scale: float) -> None:
    theme.use_text_scale(scale)
    with language.speaking(code):
        table = CheckTable(IDS, verdicts.title)
        qtbot.addWidget(table)
        note = _("Page ID {page_id}").format(page_id="2" * 16)
        table.show_rows([TableRow("a", "Harbour Books", note)])
        table.resize(round(820 * scale), table.height())
        with qtbot.waitExposed(table):
            table.show()
    room = table.verticalHeader().width() - 2 * em(0.6)
    assert QFontMetrics(font_for("small")).horizontalAdvance(note) <= room


def test_the_title_of_the_pages_begins_where_their_names_do_in_a_mirrored_window(
    qtbot: QtBot, qapp: QApplication
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    table = CheckTable(IDS, verdicts.title)
    qtbot.addWidget(table)
    table.resize(900, table.height())
    corner = table.findChild(Text)
    assert corner is not None
    image = corner.grab().toImage()
    ink = [x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y).lightness() < 150]
    assert image.width() - max(ink) < em(1)


def test_a_long_title_begins_each_line_at_the_same_edge_where_writing_begins_on_the_right(
    qtbot: QtBot, qapp: QApplication
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    titles = Titles()
    qtbot.addWidget(titles)
    model = QStandardItemModel(0, 1)
    model.setHorizontalHeaderLabels([" ".join(["مممم"] * 12)])
    titles.setModel(model)
    image = QImage(160, 140, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    titles.paintSection(painter, image.rect(), 0)
    painter.end()
    ends, is_in_line = list[int](), False
    for y in range(image.height() - 4):
        ink = [x for x in range(160) if image.pixelColor(x, y).lightness() < 150]
        if ink:
            ends = [*ends[:-1], max(ends[-1], ink[-1])] if is_in_line else [*ends, ink[-1]]
        is_in_line = bool(ink)
    assert len(ends) > 2
    assert max(ends) - min(ends) <= 1
