"""Words broken into lines by hand: where they are read from the right, QPainter and with it QLabel draw each line but
the last a space too far left, and cut its last letter off."""

import functools
import unicodedata

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QTextLayout,
    QTextOption,
)

from wizard.i18n.breaks import breakable
from wizard.i18n.direction import turned

_WORDS = QTextOption.WrapMode.WordWrap
_UPWARDS = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignBottom


def for_screen(text: str, is_mirrored: bool) -> str:
    """Return a text as it is shown: broken where it may be, and with words of the other direction whole."""
    return turned(breakable(text), is_mirrored)


def for_box(text: str) -> str:
    """Return a text as one of Qt's own labels shows it: in a tool tip, in a message box."""
    return for_screen(text, QGuiApplication.isRightToLeft())


def for_line(text: str) -> str:
    """Return a text as buttons, menus, tables and QPainter show it, who read each line as the window is read."""
    return turned(breakable(text), QGuiApplication.isRightToLeft(), is_forced=True)


def cut_line(text: str, metrics: QFontMetrics, width: int) -> str:
    """As `for_line`, with dots at its end where it is wider than its room, in pixels."""
    return for_line(metrics.elidedText(text, Qt.TextElideMode.ElideRight, width))


def laid_out(
    text: str, font: QFont, width: float, alignment: Qt.AlignmentFlag, wrap: QTextOption.WrapMode = _WORDS
) -> QTextLayout:
    """Return the lines of a text. width: pixels. alignment: to the sides; left is left here, absolute
    or not."""
    option = QTextOption(alignment & Qt.AlignmentFlag.AlignHorizontal_Mask)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # Facebook's English words among others
    option.setWrapMode(wrap)
    laid = QTextLayout(text.replace("\n", "\u2028"), font)
    laid.setTextOption(option)
    leading, y = max(0.0, QFontMetricsF(font).leading()), 0.0
    laid.beginLayout()
    while (line := laid.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, y))
        y += line.height() + leading
    laid.endLayout()
    return laid


def from_right(alignment: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    """Return where it is in a window that is read from the right: "left" means there where reading begins, unless it is
    absolute."""
    sides = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight
    if alignment & Qt.AlignmentFlag.AlignAbsolute or not alignment & sides:
        return alignment
    return alignment ^ sides


def draw_lines(painter: QPainter, room: QRectF, text: str, alignment: Qt.AlignmentFlag) -> None:
    """Draw a text in painter's font and colour, broken where it is wider than its room."""
    laid = laid_out(text, painter.font(), room.width(), alignment)
    left = room.height() - laid.boundingRect().height()
    upwards = alignment & _UPWARDS
    share = 0.5 if upwards == Qt.AlignmentFlag.AlignVCenter else 1.0 if upwards == Qt.AlignmentFlag.AlignBottom else 0.0
    laid.draw(painter, room.topLeft() + QPointF(0, round(left * share)))


def draw_line(painter: QPainter, room: QRectF | QRect, text: str, alignment: Qt.AlignmentFlag) -> None:
    """Draw a text of one line in painter's font and colour, whole: where a room is as high as the font says, QPainter
    cuts off what stands above Arabic letters."""
    painter.drawText(QRectF(room), int(alignment) | int(Qt.TextFlag.TextDontClip), text)


def highest(text: str, font: QFont) -> float:
    """Return how far a text reaches above its base line, in pixels."""
    letters, name = -QFontMetricsF(font).tightBoundingRect(text).top(), font.toString()
    return max(letters, *(_with_marks(word, name) for word in text.split()), 0.0)


@functools.lru_cache(maxsize=4_000)  # words: to draw one takes a tenth of a millisecond
def _with_marks(word: str, font: str) -> float:
    """The same of one word with marks that the font puts above its letters, else 0: what Qt measures is without them
    (6.11)."""
    if word.isascii() or not any(map(unicodedata.combining, word)):
        return 0.0
    from PySide6.QtGui import QPainterPath

    drawn, named = QPainterPath(), QFont()
    named.fromString(font)
    drawn.addText(0, 0, named, word)
    return -drawn.boundingRect().top()
