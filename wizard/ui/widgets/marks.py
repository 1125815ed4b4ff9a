"""Small painted signs. Each state has its own shape, so that colour is never the only difference."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from wizard.core.flow import StepState
from wizard.ui.colours import Colours, current_colours
from wizard.ui.layout import Panel
from wizard.ui.metrics import em


class Mark(StrEnum):
    WAITING = "waiting"  # hollow circle
    RUNNING = "running"  # filled circle
    DONE = "done"  # tick: only for what was seen
    SAID = "said"  # hollow circle with a tick
    STOPPED = "stopped"  # square
    WARNING = "warning"  # triangle
    PROBLEM = "problem"  # filled octagon with a cross
    SKIPPED = "skipped"  # dash
    UNKNOWN = "unknown"  # hollow circle with a question mark
    INFO = "info"  # filled circle with an i


STEP_MARKS = {
    StepState.SEEN: Mark.DONE,
    StepState.SAID: Mark.SAID,
    StepState.NOT_PROVEN: Mark.WARNING,
    StepState.SKIPPED: Mark.SKIPPED,
    StepState.STOPPED: Mark.STOPPED,
    StepState.RUNNING: Mark.RUNNING,
    StepState.FAILED: Mark.PROBLEM,
    StepState.NOT_DONE: Mark.WAITING,
}


def colour_of(mark: Mark, colours: Colours) -> QColor:
    return {
        Mark.RUNNING: colours.accent,
        Mark.INFO: colours.accent,
        Mark.DONE: colours.ok,
        Mark.WARNING: colours.warning,
        Mark.STOPPED: colours.warning,
        Mark.PROBLEM: colours.problem,
    }.get(mark, colours.muted)


def paint_tick(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Paint a tick that fills rect."""
    width, height = rect.width(), rect.height()
    pen = QPen(colour, max(1.5, width * 0.14), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    corners = ((0.08, 0.55), (0.38, 0.85), (0.95, 0.18))
    painter.drawPolyline(QPolygonF([QPointF(rect.x() + x * width, rect.y() + y * height) for x, y in corners]))


def paint_mark(painter: QPainter, rect: QRectF, mark: Mark, colours: Colours) -> None:
    """Paint a sign into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = colour_of(mark, colours)
    line = max(1.5, rect.width() * 0.09)
    inner = rect.adjusted(line, line, -line, -line)
    painter.setPen(QPen(colour, line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark is Mark.DONE:
        paint_tick(painter, inner, colour)
    elif mark is Mark.WAITING:
        painter.drawEllipse(inner)
    elif mark is Mark.SAID:
        painter.drawEllipse(inner)
        inset = inner.width() * 0.22
        paint_tick(painter, inner.adjusted(inset, inset, -inset, -inset), colour)
    elif mark is Mark.STOPPED:
        side = inner.width() * 0.12
        painter.drawRect(inner.adjusted(side, side, -side, -side))
    elif mark is Mark.SKIPPED:
        painter.drawLine(
            QPointF(inner.left() + line, inner.center().y()), QPointF(inner.right() - line, inner.center().y())
        )
    elif mark is Mark.RUNNING:
        painter.setBrush(colour)
        painter.drawEllipse(inner)
    elif mark is Mark.UNKNOWN:
        painter.drawEllipse(inner)
        _letter(painter, inner, "?", colour)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if mark is Mark.WARNING:
            painter.drawPolygon(
                QPolygonF([QPointF(rect.center().x(), inner.top()), inner.bottomRight(), inner.bottomLeft()])
            )
            _letter(painter, inner.adjusted(0, inner.height() * 0.22, 0, 0), "!", colours.window)
        elif mark is Mark.PROBLEM:
            painter.drawPolygon(_octagon(inner))
            _letter(painter, inner, "×", colours.window)
        else:
            painter.drawEllipse(inner)
            _letter(painter, inner, "i", colours.window)
    painter.restore()


def _octagon(rect: QRectF) -> QPolygonF:
    cut = rect.width() * 0.29
    left, right, top, bottom = rect.left(), rect.right(), rect.top(), rect.bottom()
    corners = [(left + cut, top), (right - cut, top), (right, top + cut), (right, bottom - cut)]
    corners += [(right - cut, bottom), (left + cut, bottom), (left, bottom - cut), (left, top + cut)]
    return QPolygonF([QPointF(x, y) for x, y in corners])


def _letter(painter: QPainter, rect: QRectF, letter: str, colour: QColor) -> None:
    font = painter.font()
    font.setPixelSize(max(6, round(rect.height() * 0.75)))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)


class MarkView(Panel):
    """One sign as a widget. It is silent to screen readers: the text beside it says the same."""

    def __init__(self, mark: Mark = Mark.WAITING, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = mark
        self.fit()

    @property
    def mark(self) -> Mark:
        return self._mark

    def show_mark(self, mark: Mark) -> None:
        """Paint another sign."""
        self._mark = mark
        self.update()

    def fit(self) -> None:
        self.setFixedSize(em(1.25), em(1.25))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_mark(painter, QRectF(self.rect()), self._mark, current_colours())
