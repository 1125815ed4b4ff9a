"""Draws boxes, words and marks from the top down; without a painter it only measures.

All positions count from the side where reading begins, and are mirrored as they are painted."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption

from wizard.ui.colours import current_colours
from wizard.ui.lines import for_screen, laid_out
from wizard.ui.metrics import em, font_for

BADGE = 2.4  # em that a mark needs behind what is to be pressed
_WIDE = 10_000.0


def badge_of(rect: QRectF) -> QRectF:
    """Where the name of a mark stands."""
    height = min(em(1.6), max(em(1.3), rect.height()))
    return QRectF(rect.right() + em(0.3), rect.center().y() - height / 2, em(1.9), height)


class Pencil:
    def __init__(self, painter: QPainter | None, width: float, is_mirrored: bool) -> None:
        """width: of the whole drawing, in pixels."""
        self._painter, self.width, self._is_mirrored = painter, width, is_mirrored
        self._shift = 0.0  # pixels to the right
        self._marks: list[tuple[QRectF, str]] = []

    @contextmanager
    def unmirrored(self, width: float) -> Iterator[None]:
        """Draw a place that is read from the left in every language. It stands where reading begins. width: its own."""
        kept = self._is_mirrored, self._shift
        if self._is_mirrored:
            self._is_mirrored, self._shift = False, self.width - width
        try:
            yield
        finally:
            self._is_mirrored, self._shift = kept

    # Words.

    def text(self, text: str, x: float, y: float, width: float, bold: bool = False, muted: bool = False) -> float:
        """Write text, broken into lines where it is long; return its height."""
        colours = current_colours()
        laid = self._lay_out(text, font_for("small", bold), width)
        if self._painter is not None:
            self._painter.setPen(colours.muted if muted else colours.text)
            laid.draw(self._painter, self._mirrored(QRectF(x, y, width, 1)).topLeft())
        return laid.boundingRect().height()

    def width_of(self, text: str, most: float, bold: bool = False) -> float:
        """Return how wide text is, at most `most`."""
        natural = self._lay_out(text, font_for("small", bold), _WIDE).maximumWidth()
        return min(most, natural + 1)

    def height_of(self, text: str, width: float, bold: bool = False) -> float:
        return self._lay_out(text, font_for("small", bold), width).boundingRect().height()

    def _lay_out(self, text: str, font: QFont, width: float) -> QTextLayout:
        side = Qt.AlignmentFlag.AlignRight if self._is_mirrored else Qt.AlignmentFlag.AlignLeft
        side |= Qt.AlignmentFlag.AlignAbsolute
        anywhere = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        return laid_out(for_screen(text, self._is_mirrored), font, width, side, anywhere)

    # Lines.

    def box(self, rect: QRectF, radius: float = 0.35, colour: QColor | None = None, is_filled: bool = False) -> None:
        """radius: em. colour: of the line, and of the inside where it is filled; None for that of a drawing."""
        if self._painter is None:
            return
        line = colour or current_colours().field_line
        self._painter.setPen(QPen(line, 1.4))
        self._painter.setBrush(line if is_filled else Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(self._mirrored(rect), em(radius), em(radius))

    def bar(self, x: float, y: float, width: float) -> None:
        """Words that do not matter, one line high."""
        if width > 0:
            self.box(QRectF(x, y + em(0.35), width, em(0.4)), 0.2, current_colours().line, is_filled=True)

    def circle(self, x: float, y: float, side: float) -> None:
        self.box(QRectF(x, y, side, side), side / 2 / em())

    def person(self, x: float, y: float, side: float) -> None:
        """The small round picture of somebody."""
        self.circle(x, y, side)
        if self._painter is not None:
            rect = self._mirrored(QRectF(x, y, side, side))
            self._painter.drawEllipse(rect.center() - QPointF(0, side * 0.12), side * 0.15, side * 0.15)
            shoulders = QRectF(rect.left() + side * 0.22, rect.top() + side * 0.6, side * 0.56, side * 0.6)
            self._painter.drawArc(shoulders, 25 * 16, 130 * 16)  # sixteenths of a degree

    def line(self, x: float, y: float, width: float) -> None:
        if self._painter is not None:
            self._painter.setPen(QPen(current_colours().field_line, 1.4))
            rect = self._mirrored(QRectF(x, y, width, 0))
            self._painter.drawLine(rect.topLeft(), rect.topRight())

    def arrow_down(self, x: float, y: float) -> None:
        """As at the end of a field that opens; em(0.7) wide."""
        if self._painter is not None:
            rect = self._mirrored(QRectF(x, y, em(0.7), em(0.35)))
            self._painter.setPen(QPen(current_colours().field_line, 1.6))
            tip = QPointF(rect.center().x(), rect.bottom())
            self._painter.drawPolyline([rect.topLeft(), tip, rect.topRight()])

    def arrow_on(self, x: float, y: float, side: float) -> None:
        """What sends a message: an arrow that points on, in a square of that side."""
        if self._painter is not None:
            rect = self._mirrored(QRectF(x, y, side, side)).adjusted(side * 0.25, side * 0.2, -side * 0.2, -side * 0.2)
            ends = (rect.right(), rect.left()) if self._is_mirrored else (rect.left(), rect.right())
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(current_colours().text)
            tip = QPointF(ends[1], rect.center().y())
            self._painter.drawPolygon([QPointF(ends[0], rect.top()), tip, QPointF(ends[0], rect.bottom())])

    def tick(self, x: float, y: float, side: float) -> None:
        """In a box of that side."""
        self.box(QRectF(x, y, side, side), 0.2)
        if self._painter is not None:
            rect = self._mirrored(QRectF(x, y, side, side)).adjusted(side * 0.2, side * 0.2, -side * 0.2, -side * 0.2)
            self._painter.setPen(QPen(current_colours().text, 1.8))
            corner = QPointF(rect.left() + rect.width() * 0.35, rect.bottom())
            self._painter.drawPolyline([QPointF(rect.left(), rect.center().y()), corner, rect.topRight()])

    # What to press: painted last, over everything.

    def mark(self, rect: QRectF, name: str) -> None:
        """Mark what is to be pressed. The badge with the name stands behind it, so leave BADGE em there."""
        self._marks.append((rect, name))

    def paint_marks(self) -> None:
        if self._painter is None:
            return
        colours = current_colours()
        for rect, name in self._marks:
            self._painter.setPen(QPen(colours.accent, 2.4))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRoundedRect(self._mirrored(rect), em(0.4), em(0.4))
            badge = self._mirrored(badge_of(rect))
            height = badge.height()
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(colours.accent)
            self._painter.drawRoundedRect(badge, height / 2, height / 2)
            self._painter.setFont(font_for("small", bold=True))
            self._painter.setPen(colours.on_accent)
            self._painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, name)

    def _mirrored(self, rect: QRectF) -> QRectF:
        rect = QRectF(rect)
        if self._is_mirrored:
            rect.moveLeft(self.width - rect.right())
        return rect.translated(self._shift, 0)
