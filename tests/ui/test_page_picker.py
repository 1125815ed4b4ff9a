"""The list of Pages to choose from: searched, used by keyboard, and one that cannot be used says why."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.hands import click, press, type_text
from tests.ui.harness import shown
from wizard.ui.widgets.page_picker import PagePicker, PageRow


def test_ten_thousand_pages_can_be_searched(qtbot: QtBot) -> None:
    picker = shown(qtbot, PagePicker())
    picker.add_pages([PageRow(str(100_000 + at), f"Page {at}") for at in range(10_000)])
    type_text(picker.search_line, "page 9999")
    assert "1 of 10000" in picker.count_label.text()
    with qtbot.waitSignal(picker.page_chosen) as chosen:
        press(picker.view, Qt.Key.Key_Down)
    assert chosen.args == ["109999"]


def test_pages_are_found_by_id_too(qtbot: QtBot) -> None:
    picker = shown(qtbot, PagePicker())
    picker.add_pages([PageRow("111", "Coffee"), PageRow("222", "Tea")])
    type_text(picker.search_line, "222")
    assert picker.count_label.text() == "1 of 2 Pages"


def test_a_search_that_finds_nothing_says_so_and_is_cleared(qtbot: QtBot) -> None:
    picker = shown(qtbot, PagePicker())
    picker.add_pages([PageRow("111", "Coffee"), PageRow("222", "Tea")])
    type_text(picker.search_line, "cocoa")
    assert picker.count_label.text() == "No Page has this name or ID."
    click(picker.clear_button)
    assert picker.count_label.text() == "2 Pages"
    assert picker.clear_button.accessibleName() == "Clear the search"
    assert picker.search_line.hasFocus()


def test_down_goes_from_the_search_to_what_was_found(qtbot: QtBot) -> None:
    picker = shown(qtbot, PagePicker())
    picker.add_pages([PageRow("111", "Coffee"), PageRow("222", "Tea")])
    type_text(picker.search_line, "tea")
    press(picker.search_line, Qt.Key.Key_Down)
    assert picker.view.hasFocus()
    assert picker.chosen() == "222"


def test_the_keyboard_reads_why_a_page_is_grey_and_never_chooses_it(qtbot: QtBot) -> None:
    picker = shown(qtbot, PagePicker())
    picker.add_pages([PageRow("111", "Coffee"), PageRow("222", "Tea", "You may not read messages of this Page")])
    press(picker.search_line, Qt.Key.Key_Down)
    assert picker.chosen() == "111"
    with qtbot.waitSignal(picker.page_chosen) as chosen:
        press(picker.view, Qt.Key.Key_Down)
    assert chosen.args == [""], "nothing can be used now"
    assert picker.why_not.isVisible()
    assert picker.why_not.text() == "Tea: You may not read messages of this Page"
    press(picker.view, Qt.Key.Key_Up)
    assert picker.chosen() == "111"
    assert not picker.why_not.isVisible()


def test_a_page_that_cannot_be_used_is_grey_and_says_why(qtbot: QtBot) -> None:
    picker = shown(qtbot, PagePicker())
    picker.add_pages([PageRow("111", "Coffee", "You may not read messages of this Page")])
    index = picker.view.model().index(0, 0)
    with qtbot.assertNotEmitted(picker.page_chosen):
        press(picker.view, Qt.Key.Key_Down)
        picker.choose("111")
    assert picker.chosen() == ""
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "You may not read messages of this Page"
    assert "may not read" in index.data(Qt.ItemDataRole.AccessibleTextRole)
