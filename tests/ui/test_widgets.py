"""What the parts of a page promise: nothing claimed that was not checked, nothing only for those who see."""

from pathlib import Path

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

from tests.ui import gallery, harness
from tests.ui.hands import click, press, type_text
from tests.ui.harness import shown
from wizard.ui.layout import column
from wizard.ui.metrics import em
from wizard.ui.theme import Theme
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.checklist import CheckItem, Checklist
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.marks import Mark, MarkView
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.text import Text, initial
from wizard.ui.widgets.tick import CheckBox

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
    width = 760 if scale == 1.0 else 940
    holder.resize(width, max(4_000, column.heightForWidth(width)))
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


def test_thai_is_broken_between_words_and_copied_without_the_signs_for_it(qtbot: QtBot) -> None:
    sentence = "ลูกค้าส่งข้อความใหม่ถึงเพจของคุณแล้ว"
    text = Text(sentence, selectable=True)
    qtbot.addWidget(text)
    assert text.minimumSizeHint().width() < text.fontMetrics().horizontalAdvance(sentence) / 2
    harness.show(qtbot, text)
    text.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == sentence)
