"""How a table of checks is painted: sign and word in each cell, checks above, Pages at the side."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from wizard.core.verdict import State
from wizard.ui.colours import current_colours
from wizard.ui.lines import cut_line, draw_line, draw_lines, for_screen
from wizard.ui.metrics import em, font_for
from wizard.ui.widgets.check_rows import HEADLINE, IS_GREY, IS_OLD, NOTE, STATE, Index
from wizard.ui.widgets.marks import Mark, paint_mark

VERDICT_MARKS = {
    State.OK: Mark.DONE,
    State.WARNING: Mark.WARNING,
    State.PROBLEM: Mark.PROBLEM,
    State.UNKNOWN: Mark.UNKNOWN,
    State.NOT_CHECKED: Mark.SKIPPED,
}
_PALE = 0.55  # how much of a sign's colour is left where it is old


class SignAndWord(QStyledItemDelegate):
    """The sign of a state beside its word. Old ones are pale: the words in the quiet colour, the signs faded."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(em(8), em(2.6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = current_colours()
        rect: QRect = option.rect
        flags: QStyle.StateFlag = option.state
        state: State | None = index.data(STATE)
        is_old, word = bool(index.data(IS_OLD)), str(index.data() or "")
        right_to_left = option.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        if flags & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.accent_soft)
        elif flags & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colours.hover)
        side, edge = em(1.1), em(0.6)
        inner = rect.adjusted(edge, 0, -edge, 0)
        if state is not None:
            left = inner.right() - side if right_to_left else inner.left()
            painter.setOpacity(_PALE if is_old else 1.0)
            paint_mark(painter, QRectF(left, rect.center().y() - side / 2, side, side), VERDICT_MARKS[state], colours)
            painter.setOpacity(1.0)
            gap = side + em(0.5)
            inner = inner.adjusted(0 if right_to_left else gap, 0, -gap if right_to_left else 0, 0)
        loud = state in (State.PROBLEM, State.WARNING) and not is_old
        painter.setFont(font_for("small", bold=loud))
        painter.setPen(colours.text if loud else colours.muted)
        metrics = QFontMetrics(painter.font())
        align = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        headline = str(index.data(HEADLINE) or "")
        above = inner.adjusted(0, 0, 0, -inner.height() // 2) if headline else inner
        draw_line(painter, above, cut_line(word, metrics, inner.width()), align)
        if headline:
            below = inner.adjusted(0, inner.height() // 2, 0, 0)
            painter.setFont(font_for("small"))
            painter.setPen(colours.muted)
            shown = cut_line(headline, QFontMetrics(painter.font()), below.width())
            draw_line(painter, below, shown, align)
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if flags & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.accent, 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()


class Titles(QHeaderView):
    """The names of the checks, over as many lines as they need; `title_width` is what one line takes, pixels."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font_for("small"))
        heights = [
            metrics.boundingRect(
                self._words_in(QRect(0, 0, self.sectionSize(at), em(60))), self._flags(), self._text(at)
            )
            for at in range(self.count())
        ]
        return QSize(em(8), max((rect.height() for rect in heights), default=0) + em(0.8))

    def title_width(self, section: int) -> int:
        return QFontMetrics(font_for("small")).horizontalAdvance(self._text(section)) + em(1)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        colours = current_colours()
        painter.save()
        painter.fillRect(rect, colours.sidebar)
        painter.setFont(font_for("small"))
        painter.setPen(colours.text)
        flags = QStyle.visualAlignment(
            self.layoutDirection(), Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom
        )
        place = self._words_in(rect).adjusted(0, em(0.4), 0, -em(0.4))
        draw_lines(painter, QRectF(place), self._text(logicalIndex), flags | Qt.AlignmentFlag.AlignAbsolute)
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _words_in(self, rect: QRect) -> QRect:
        return rect.adjusted(em(0.6), 0, -em(0.3), 0)

    def _flags(self) -> int:
        return int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)

    def _text(self, section: int) -> str:
        title = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        return for_screen(title, self.layoutDirection() is Qt.LayoutDirection.RightToLeft)


class FrozenHeader(QHeaderView):
    """The Pages, which stay in sight while the checks scroll sideways: the name and a quiet line."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        colours = current_colours()
        painter.save()
        view = self.parentWidget()
        current = view.currentIndex().row() if isinstance(view, QTableView) else -1
        painter.fillRect(rect, colours.accent_soft if logicalIndex == current else colours.window)
        model, upright = self.model(), Qt.Orientation.Vertical
        inner = rect.adjusted(em(0.6), em(0.4), -em(0.6), -em(0.4))
        align = QStyle.visualAlignment(
            self.layoutDirection(), Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
        )
        y = inner.top()
        is_grey = bool(model.headerData(logicalIndex, upright, IS_GREY))
        name_colour = colours.muted if is_grey else colours.text
        for text, font, colour in (
            (str(model.headerData(logicalIndex, upright) or ""), font_for("strong", bold=not is_grey), name_colour),
            (str(model.headerData(logicalIndex, upright, NOTE) or ""), font_for("small"), colours.muted),
        ):
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(colour)
            place = QRect(inner.left(), y, inner.width(), metrics.height())
            draw_line(painter, place, cut_line(text, metrics, inner.width()), align)
            y += metrics.height() + em(0.1)
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        edge = rect.topLeft() if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else rect.topRight()
        painter.drawLine(edge.x(), rect.top(), edge.x(), rect.bottom())
        painter.restore()
