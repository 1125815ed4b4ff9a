"""What the parts of a page promise: nothing claimed that was not checked, nothing only for those who see."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui import demo, gallery, harness
from tests.ui.hands import click, press, type_text
from wizard.ui.clipboard import Clipboard, Copied
from wizard.ui.layout import column
from wizard.ui.metrics import em
from wizard.ui.services import CopyPlace
from wizard.ui.theme import Theme
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.checklist import CheckItem, Checklist
from wizard.ui.widgets.copy_row import CopyRow
from wizard.ui.widgets.diagram import HandoverDiagram
from wizard.ui.widgets.diagram_data import Arrow, DiagramData, Party, describe
from wizard.ui.widgets.diff_view import ChangedLine, DiffView, Side, lines_of
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.marks import Mark, MarkView
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.page_picker import PagePicker, PageRow
from wizard.ui.widgets.qr_code import QrCode
from wizard.ui.widgets.secret_field import SecretField
from wizard.ui.widgets.text import Text, initial
from wizard.ui.widgets.tick import CheckBox

W = TypeVar("W", bound=QWidget)
TOKEN = "EAAB0123456789abcdefghij"


class BlockedClipboard:
    """Another program keeps it: nothing that is put there arrives."""

    def __init__(self, holds: str = "something else", copied: Copied = Copied.NO) -> None:
        self.holds, self._copied = holds, copied

    def copy(self, text: str, then: Callable[[Copied], None]) -> None:
        then(self._copied)

    def text(self) -> str:
        return self.holds

    def clear_if_holds(self, text: str, then: Callable[[bool], None]) -> None:
        then(self.holds.strip() != text.strip())


def shown(qtbot: QtBot, widget: W) -> W:
    qtbot.addWidget(widget)
    harness.show(qtbot, widget)
    return widget


# Copying and secrets


def test_copied_is_said_after_reading_back(qtbot: QtBot) -> None:
    row = shown(qtbot, CopyRow(Clipboard(), "App ID", "263902037430900"))
    click(row.copy_button)
    qtbot.waitUntil(lambda: row.result.text() == "Copied")
    assert QGuiApplication.clipboard().text() == "263902037430900"


def test_no_token_is_copied_for_others_to_paste(qtbot: QtBot) -> None:
    said: list[Copied] = []
    token = "EAAB" + "x9Zk" * 30
    for text, left in ((f"error%22{token}%22", "error%22(hidden)%22"), ("263902037430900", "263902037430900")):
        Clipboard().copy(text, said.append)
        assert QGuiApplication.clipboard().text() == left
    assert said == [Copied.YES, Copied.YES]


def test_copied_is_not_said_when_the_clipboard_is_blocked(qtbot: QtBot) -> None:
    row = shown(qtbot, CopyRow(BlockedClipboard(), "App ID", "263902037430900"))
    click(row.copy_button)
    qtbot.waitUntil(lambda: "by hand" in row.result.text())
    assert row.value_line.selectedText() == "263902037430900"


def test_where_nobody_can_see_whether_it_was_copied_the_reason_is_said_and_what_to_compare(qtbot: QtBot) -> None:
    row = shown(qtbot, CopyRow(BlockedClipboard(copied=Copied.UNSEEN), "App ID", "263902037430900"))
    click(row.copy_button)
    qtbot.waitUntil(lambda: "Your desktop does not let the wizard look at the clipboard" in row.result.text())
    assert row.result.text().endswith("…0900")
    assert row.value_line.selectedText() == "263902037430900"


def test_a_new_value_takes_back_copied(qtbot: QtBot) -> None:
    row = shown(qtbot, CopyRow(Clipboard(), "App ID", "1"))
    click(row.copy_button)
    row.show_value("App ID", "2")
    assert not row.result.text()


def test_token_is_masked_trimmed_and_can_be_shown_and_cleared(qtbot: QtBot) -> None:
    field = shown(qtbot, SecretField(Clipboard()))
    QGuiApplication.clipboard().setText(f"  {TOKEN}\n")
    click(field.paste_button)
    assert field.text() == TOKEN
    assert field.line.echoMode() is QLineEdit.EchoMode.Password
    assert TOKEN not in field.line.displayText()
    click(field.show_button)
    assert TOKEN in field.line.displayText()
    click(field.clear_button)
    assert field.text() == ""
    assert field.line.echoMode() is QLineEdit.EchoMode.Password


def test_emptying_the_clipboard_is_offered_after_pasting_by_key(qtbot: QtBot) -> None:
    field = shown(qtbot, SecretField(Clipboard()))
    assert not field.offer_button.isVisible()
    QGuiApplication.clipboard().setText(TOKEN)
    press(field.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == TOKEN
    click(field.offer_button)
    assert QGuiApplication.clipboard().text() == ""
    assert not field.offer_button.isVisible()


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        (TOKEN, "The token is still on the clipboard"),
        (f"https://example.com/?access_token={TOKEN}", "The token is still on the clipboard"),
        ("1234567890123456|aBcDeFgHiJkLmNoPqRsTuVwXyZ0", "What you pasted is still on the clipboard"),
        ("0123456789abcdef0123456789abcdef", "What you pasted is still on the clipboard"),
        ("https://www.facebook.com/lumencoffee", ""),
        ("Where do I find the token, please?", ""),
    ],
)
def test_only_a_token_is_called_a_token_on_the_clipboard(qtbot: QtBot, pasted: str, said: str) -> None:
    field = shown(qtbot, SecretField(Clipboard()))
    QGuiApplication.clipboard().setText(pasted)
    click(field.paste_button)
    assert field.offer_text.text().startswith(said)
    assert field.offer_text.isVisible() is bool(said)
    assert field.offer_button.isVisible() is bool(said)


def test_a_key_of_another_kind_is_not_called_a_token(qtbot: QtBot) -> None:
    field = shown(qtbot, SecretField(Clipboard(), is_for_token=False))
    QGuiApplication.clipboard().setText(TOKEN)
    click(field.paste_button)
    assert "token" not in field.offer_text.text()
    assert field.offer_button.isVisible()


def test_a_clipboard_that_keeps_the_token_is_not_called_empty(qtbot: QtBot) -> None:
    place: CopyPlace = BlockedClipboard(TOKEN)
    field = shown(qtbot, SecretField(place))
    type_text(field.line, TOKEN)
    click(field.offer_button)
    assert "could not be emptied" in field.offer_text.text()


def test_a_clipboard_with_other_things_is_left_alone(qtbot: QtBot) -> None:
    field = shown(qtbot, SecretField(Clipboard()))
    QGuiApplication.clipboard().setText(TOKEN)
    click(field.paste_button)
    QGuiApplication.clipboard().setText("a recipe")
    click(field.offer_button)
    assert QGuiApplication.clipboard().text() == "a recipe"


# Fields and choices


def test_a_problem_stands_beside_the_field_and_what_was_typed_stays(qtbot: QtBot) -> None:
    field = shown(qtbot, Field("App ID", "5 to 20 digits"))
    type_text(field.line, "26390203743090")
    field.show_problem("One digit is missing.")
    assert field.text() == "26390203743090"
    assert field.line.accessibleDescription() == "One digit is missing. 5 to 20 digits"
    field.clear_problem()
    assert field.line.accessibleDescription() == "5 to 20 digits"


def test_cards_are_chosen_by_mouse_and_arrow_keys(qtbot: QtBot) -> None:
    group = shown(qtbot, CardGroup("Which is your bot?"))
    group.show_cards([CardOption("a", "First"), CardOption("b", "Second", "With words"), CardOption("c", "Third")])
    qtbot.waitUntil(group.card("c").isVisible)
    with qtbot.waitSignal(group.chosen) as first:
        click(group.card("b"))
    assert first.args == ["b"]
    with qtbot.waitSignal(group.chosen) as second:
        press(group.card("b"), Qt.Key.Key_Down)
    assert second.args == ["c"]
    assert group.choice() == "c"
    assert group.card("b").accessibleDescription() == "With words"


def test_the_cards_of_a_question_inside_another_belong_to_it_alone(qtbot: QtBot) -> None:
    group, inner = CardGroup("Outside"), CardGroup("Inside")
    inner.show_cards([CardOption("x", "X"), CardOption("y", "Y")])
    group.show_cards([CardOption("a", "First"), CardOption("b", "Second"), CardOption("c", "Third")])
    group.unfold("a", inner)
    shown(qtbot, group)
    click(group.card("a"))
    click(inner.card("x"))
    press(inner.card("x"), Qt.Key.Key_Down)
    assert inner.choice() == "y"
    group.card("a").setFocus()
    for key in ("b", "c"):
        press(QApplication.focusWidget() or group, Qt.Key.Key_Down)
        assert group.card(key).hasFocus()
        assert [card.key for card in group.cards if card.isChecked()] == [key]
    assert inner.choice() == "y"


def test_new_cards_keep_the_choice_if_it_is_still_there(qtbot: QtBot) -> None:
    group = shown(qtbot, CardGroup())
    group.show_cards([CardOption("a", "First"), CardOption("b", "Second")])
    group.choose("b")
    group.show_cards([CardOption("b", "Second, renamed"), CardOption("c", "Third")])
    assert group.choice() == "b"
    group.show_cards([CardOption("c", "Third")])
    assert group.choice() == ""


def test_tick_is_set_by_mouse_and_space(qtbot: QtBot) -> None:
    tick = shown(qtbot, CheckBox("The conversation will stay with X until X closes it."))
    click(tick)
    assert tick.isChecked()
    press(tick, Qt.Key.Key_Space)
    assert not tick.isChecked()


def test_disclosure_is_shut_until_pressed(qtbot: QtBot) -> None:
    content = Text("more")
    fold = shown(qtbot, Disclosure("Details", content))
    assert not content.isVisible()
    click(fold.button)
    assert content.isVisible()


# Lists


def test_checklist_keeps_its_rows_and_says_its_state(qtbot: QtBot) -> None:
    checklist = shown(qtbot, Checklist())
    checklist.show_items((CheckItem("a", "First"), CheckItem("b", "Second", mark=Mark.RUNNING)))
    rows = checklist.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    checklist.show_item(CheckItem("b", "Second", "It worked", Mark.DONE))
    assert checklist.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) == rows
    assert [row.accessibleName() for row in rows] == ["Not yet: First", "Done: Second"]
    assert rows[1].accessibleDescription() == "It worked"


def test_a_problem_in_the_checklist_is_announced_at_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        "wizard.ui.widgets.checklist.announce", lambda widget, text, urgent=False: said.append((text, urgent))
    )
    checklist = shown(qtbot, Checklist())
    checklist.show_item(CheckItem("a", "Taken back"))
    checklist.show_item(CheckItem("a", "Taken back", mark=Mark.RUNNING))
    checklist.show_item(CheckItem("a", "Taken back", mark=Mark.PROBLEM))
    assert said == [("Problem: Taken back", True)]


def test_every_mark_has_its_own_shape_without_colour(qtbot: QtBot) -> None:
    shapes = set()
    for mark in Mark:
        view = MarkView(mark)
        qtbot.addWidget(view)
        grey = view.grab().toImage().convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)
        shapes.add(bytes(grey.constBits()))
    assert len(shapes) == len(Mark)


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


# Pictures


def test_diagram_says_in_words_who_has_control() -> None:
    assert describe(demo.HANDOVER) == (
        "Flow bot, Answers first, App ID 102938475610283. "
        "Page Inbox, Takes over, App ID 263902037430900, has control. "
        "From Flow bot to Page Inbox: passed. From Page Inbox to Flow bot: brought back next."
    )


def test_badge_moves_to_the_one_in_control(qtbot: QtBot) -> None:
    diagram = shown(qtbot, HandoverDiagram(demo.HANDOVER))
    before = diagram.grab().toImage()
    diagram.show_picture(DiagramData(demo.HANDOVER.parties, demo.HANDOVER.arrows, "bot"))
    assert diagram.grab().toImage() != before
    assert "App ID 102938475610283, has control" in diagram.accessibleName()


def test_arrows_belong_to_their_gap() -> None:
    parties = (Party("a", "A"), Party("b", "B"), Party("c", "C"))
    words = describe(DiagramData(parties, (Arrow("asks"), Arrow("answers", forward=False, gap=1))))
    assert "From A to B: asks" in words
    assert "From C to B: answers" in words


def test_what_unfolds_takes_more_lines_where_there_is_no_room_for_one(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    fold = Disclosure("Fourteen checks cannot tell, and three were not made at all", Text("inside"))
    column(holder).addWidget(fold)
    holder.resize(em(40), em(20))
    holder.show()
    line = fold.button.height()
    holder.resize(em(16), em(20))
    qtbot.waitUntil(lambda: fold.button.height() > 1.5 * line)
    assert fold.button.width() <= holder.width()
    holder.resize(em(40), em(20))
    qtbot.waitUntil(lambda: fold.button.height() == line)


def test_what_arrows_say_has_its_room_or_the_boxes_stand_below_each_other(qtbot: QtBot) -> None:
    width = em(44)
    short = HandoverDiagram(demo.HANDOVER)
    long = HandoverDiagram(DiagramData(demo.HANDOVER.parties, demo.HANDOVER.arrows, "", proven="Proven " * 8))
    for diagram in (short, long):
        qtbot.addWidget(diagram)
    assert long.heightForWidth(width) > short.heightForWidth(width), "all that is said can be read"
    assert long.heightForWidth(2 * width) < long.heightForWidth(width)


def test_diagram_is_mirrored_where_writing_is(qtbot: QtBot, qapp: QApplication) -> None:
    diagram = shown(qtbot, HandoverDiagram(demo.HANDOVER))
    diagram.resize(720, diagram.heightForWidth(720))

    def middle_of_blue() -> float:
        picture = diagram.grab().toImage()
        accent = "#e9f0fd"
        found = [x for x in range(picture.width()) if picture.pixelColor(x, picture.height() - 20).name() == accent]
        return sum(found) / len(found) / picture.width()

    assert middle_of_blue() > 0.6
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert middle_of_blue() < 0.4


def test_change_is_read_from_a_diff_with_its_line_numbers() -> None:
    assert lines_of("--- .env\n+++ .env\n@@ -12 +12 @@\n---KEY=1\n+--KEY=2") == (
        ChangedLine(Side.OLD, "--KEY=1", 12),
        ChangedLine(Side.NEW, "--KEY=2", 12),
    )


def test_change_is_said_in_words(qtbot: QtBot) -> None:
    view = shown(qtbot, DiffView())
    view.show_change("/srv/.env", lines_of("--- .env\n+++ .env\n@@ -3 +3 @@\n-ID=\n+ID=263902037430900"))
    assert view.view.accessibleDescription() == "Line 3 now: ID=. Line 3 then: ID=263902037430900"
    assert view.view.toPlainText() == "3 - ID=\n3 + ID=263902037430900"


@pytest.mark.parametrize("dark", [False, True])
def test_qr_code_is_dark_on_white_with_a_quiet_zone(qtbot: QtBot, theme: Theme, dark: bool) -> None:
    from wizard.ui.colours import Scheme

    theme.use_scheme(Scheme.DARK if dark else Scheme.LIGHT)
    code = shown(qtbot, QrCode("https://m.me/1789?text=Handover%20test%204821"))
    code.resize(code.sizeHint())
    picture = code.grab().toImage()
    module = picture.width() // code.modules
    assert module >= 2
    quiet = [picture.pixelColor(x, 2 * module).name() for x in range(picture.width())]
    assert set(quiet) == {"#ffffff"}
    assert picture.pixelColor(4 * module + 1, 4 * module + 1).name() == "#000000"
    assert code.accessibleName().endswith("https://m.me/1789?text=Handover%20test%204821")


# Texts


@pytest.mark.parametrize(
    ("name", "letter"), [("lumen", "L"), ("\u200fFlow.ai", "F"), ("“Öl”", "Ö"), ("☕", "☕"), ("", "")]
)
def test_the_initial_of_a_name_can_be_seen(name: str, letter: str) -> None:
    assert initial(name) == letter


# Everything, in the gallery


@pytest.mark.parametrize("name", sorted(gallery.WIDGETS))
def test_everything_that_takes_the_keyboard_has_a_name(qtbot: QtBot, name: str) -> None:
    widget = shown(qtbot, gallery.WIDGETS[name]())
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView, QComboBox, QAbstractSpinBox)
    nameless = [
        child
        for kind in kinds
        for child in widget.findChildren(kind)
        if child.isVisible()
        and child.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not child.accessibleName()
        and not _text_of(child)
    ]
    assert not nameless


def _text_of(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("name", sorted(gallery.WIDGETS))
def test_no_label_is_clipped(qtbot: QtBot, theme: Theme, name: str, scale: float) -> None:
    theme.use_text_scale(scale)
    holder = QWidget()
    column = QVBoxLayout(holder)
    widget = gallery.WIDGETS[name]()
    column.addWidget(widget)
    column.addStretch(1)
    holder.resize(760 if scale == 1.0 else 940, 4_000)
    shown(qtbot, holder)
    labels = [label for label in widget.findChildren(Text) if label.isVisible()]
    for label in labels:
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    assert labels or name == "pictures"


def test_pictures_of_the_gallery_can_be_painted(tmp_path: Path, qapp: QApplication, theme: Theme) -> None:
    gallery.paint(tmp_path, theme, qapp)
    assert len(list(tmp_path.glob("*.png"))) > 40


@pytest.mark.parametrize("switched_later", [False, True])
def test_a_notice_begins_on_the_right_where_writing_does_whatever_its_first_letter(
    qtbot: QtBot, qapp: QApplication, switched_later: bool
) -> None:
    if not switched_later:
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    notice = Notice(Tone.WARNING, "Title", "Support Desk", action="Open")
    qtbot.addWidget(notice)
    notice.resize(700, 160)
    with qtbot.waitExposed(notice):
        notice.show()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.waitUntil(lambda: notice.action_button.mapTo(notice, QPoint(0, 0)).x() > 350)
    image = notice.grab().toImage()
    for text in notice.findChildren(Text)[:2]:
        line = text.mapTo(notice, text.rect().center()).y()
        rows = range(line - 6, line + 7)
        paper = image.pixel(350, 4)
        assert all(image.pixel(x, y) == paper for x in range(20, 350) for y in rows)


def test_a_sentence_that_begins_with_a_latin_name_is_read_from_the_right(qtbot: QtBot, qapp: QApplication) -> None:
    """The name is its first word: it stands at the right end, as where it stands alone."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def right_end(words: str) -> QImage:
        text = Text(words)
        qtbot.addWidget(text)
        text.resize(400, 40)
        assert text.text() == words
        return text.grab().toImage().copy(375, 0, 25, 40)

    assert right_end("Flow bot لديه المحادثة الآن.") == right_end("Flow bot")


def test_a_click_shows_no_caret_in_a_text_that_cannot_be_changed(qtbot: QtBot) -> None:
    text = Text("App ID 263902037430900", selectable=True)
    qtbot.addWidget(text)
    harness.show(qtbot, text)
    by_keyboard = Qt.TextInteractionFlag.TextSelectableByKeyboard
    text.setFocus(Qt.FocusReason.TabFocusReason)
    assert text.textInteractionFlags() & by_keyboard
    click(text)
    assert not text.textInteractionFlags() & by_keyboard  # Qt draws the caret by it
    QTest.mouseDClick(text, Qt.MouseButton.LeftButton, pos=text.rect().topLeft() + QPoint(10, 5))
    assert text.selectedText()
    QTest.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == text.selectedText())
    text.clearFocus()
    assert text.textInteractionFlags() & by_keyboard
