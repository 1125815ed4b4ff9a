"""What is copied and what is secret: copied is said where it was seen, and a token is shown to nobody unasked."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.hands import click, press, type_text
from tests.ui.harness import shown
from wizard.ui.clipboard import Clipboard, Copied
from wizard.ui.metrics import em
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.copy_row import CopyRow
from wizard.ui.widgets.secret_field import SecretField

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


def test_copied_is_said_after_reading_back(qtbot: QtBot) -> None:
    row = shown(qtbot, CopyRow(Clipboard(), "App ID", "263902037430900"))
    click(row.copy_button)
    qtbot.waitUntil(lambda: row.result.text() == "Copied")
    assert QGuiApplication.clipboard().text() == "263902037430900"


@pytest.mark.parametrize("width_em", [13, 16, 40])
def test_an_id_is_seen_whole_beside_its_button_or_above_it(qtbot: QtBot, width_em: int) -> None:
    row = shown(qtbot, CopyRow(Clipboard(), "App ID", "2639020374309001"))
    row.resize(em(width_em), row.height())
    line = row.value_line
    qtbot.waitUntil(lambda: row.width() == em(width_em))
    qtbot.waitUntil(lambda: (row.copy_button.y() > line.geometry().bottom()) is (width_em < 20))
    assert row.rect().contains(row.copy_button.geometry())
    assert line.fontMetrics().horizontalAdvance(line.text()) < line.width() - em(1)


def test_a_long_address_stays_beside_its_button(qtbot: QtBot) -> None:
    row = shown(qtbot, CopyRow(Clipboard(), "Address", "https://example.com/" + "a" * 80))
    row.resize(em(16), row.height())
    qtbot.waitUntil(lambda: row.width() == em(16))
    assert row.copy_button.x() > row.value_line.geometry().right()


def test_an_id_begins_where_its_label_does_in_a_mirrored_window(qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    row = shown(qtbot, CopyRow(Clipboard(), "مممم", "263902037430900"))
    row.resize(em(40), row.height())
    line = row.value_line
    qtbot.waitUntil(lambda: line.x() > row.copy_button.geometry().right())
    line.setCursorPosition(0)
    line.grab()
    assert line.cursorRect().left() > line.width() // 2


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
