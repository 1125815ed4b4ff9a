"""What stands above letters in Arabic and Vietnamese is higher than some fonts say: nowhere is it cut off."""

from collections import Counter
from itertools import chain

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.harness import shown
from wizard.ui.lines import draw_line
from wizard.ui.theme import Theme
from wizard.ui.widgets.text import Text

_HIGH = {"Ổn": "On", "يتولّى": "يتولى", "أُرسل": "ارسل"}  # beside it the same without marks


def _inked_rows(picture: QImage) -> int:
    rows = [[picture.pixel(x, y) for x in range(picture.width())] for y in range(picture.height())]
    ground = Counter(chain(*rows)).most_common(1)[0][0]
    return sum(any(pixel != ground for pixel in row) for row in rows)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize(("role", "selectable"), [("", False), ("title", False), ("strong", True)])
@pytest.mark.parametrize("words", _HIGH)
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_label_has_room_for_them(
    qtbot: QtBot,
    qapp: QApplication,
    theme: Theme,
    words: str,
    role: str,
    selectable: bool,
    scale: float,
    direction: Qt.LayoutDirection,
) -> None:
    qapp.setLayoutDirection(direction)
    theme.use_text_scale(scale)
    text = shown(qtbot, Text(words, role, selectable))
    text.resize(text.sizeHint())
    seen = _inked_rows(text.grab().toImage())
    text.setContentsMargins(0, 100, 0, 0)
    text.resize(text.sizeHint())
    assert seen == _inked_rows(text.grab().toImage()) > 0


@pytest.mark.parametrize("words", _HIGH)
def test_the_room_goes_with_them_and_that_of_others_stays(qtbot: QtBot, words: str) -> None:
    text = shown(qtbot, Text(words))
    assert text.contentsMargins().top() > 0
    text.setText(_HIGH[words])
    assert text.contentsMargins().top() == 0
    text.setContentsMargins(0, 30, 0, 0)
    text.setText(words)
    assert text.contentsMargins().top() == 30


@pytest.mark.parametrize("words", _HIGH)
def test_a_line_that_is_painted_is_whole(qapp: QApplication, words: str) -> None:
    font = QFont(qapp.font())
    font.setPixelSize(40)
    line, seen = QFontMetrics(font).height(), []
    for height in (line, 5 * line):
        picture = QImage(400, 6 * line, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.setFont(font)
        room = QRect(10, 3 * line - height // 2, 380, height)
        draw_line(painter, room, words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.end()
        seen.append(_inked_rows(picture))
    assert seen[0] == seen[1] > 0
