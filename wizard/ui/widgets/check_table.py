"""Pages by checks: one line for each Page, one sign and one word for each check. Quick with thousands of lines."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from wizard.core.verdict import State
from wizard.i18n.language import _
from wizard.ui.colours import current_colours
from wizard.ui.metrics import em, font_for
from wizard.ui.scroll_area import keep_row_in_view
from wizard.ui.widgets.check_rows import (
    HEADLINE,
    IS_GREY,
    IS_OLD,
    KEY,
    NOTE,
    STATE,
    CheckTableModel,
    Index,
    TableRow,
    WantedRows,
)
from wizard.ui.widgets.marks import VERDICT_MARKS, paint_mark

_MOST_LINES = 9  # seen at once; more scroll inside the table
# The corner is a button of Qt's own, which only a stylesheet reaches; colours come from the theme's palette.
_LOOK = """
QTableView { border: 1px solid palette(mid); }
QTableView QTableCornerButton::section { background: palette(alternate-base); border: none; }
"""
_PALE = 0.55  # how much of a sign's colour is left where it is old


class _SignAndWord(QStyledItemDelegate):
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
        painter.drawText(above, align, metrics.elidedText(word, Qt.TextElideMode.ElideRight, inner.width()))
        if headline:
            below = inner.adjusted(0, inner.height() // 2, 0, 0)
            painter.setFont(font_for("small"))
            painter.setPen(colours.muted)
            shown = QFontMetrics(painter.font()).elidedText(headline, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, align, shown)
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if flags & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.accent, 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()


class _Titles(QHeaderView):
    """The names of the checks, over as many lines as they need."""

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
        painter.drawText(place, int(flags) | int(Qt.TextFlag.TextWordWrap), self._text(logicalIndex))
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _words_in(self, rect: QRect) -> QRect:
        return rect.adjusted(em(0.6), 0, -em(0.3), 0)

    def _flags(self) -> int:
        return int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)

    def _text(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")


class _FrozenHeader(QHeaderView):
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
            painter.drawText(place, align, metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width()))
            y += metrics.height() + em(0.1)
        painter.setPen(QPen(colours.line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        edge = rect.topLeft() if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else rect.topRight()
        painter.drawLine(edge.x(), rect.top(), edge.x(), rect.bottom())
        painter.restore()


class CheckTable(QTableView):
    """`chosen` with a row's key and a check id, "" for the result, whenever another cell becomes the current one;
    `opened` when the person presses Enter on it."""

    chosen = Signal(str, str)
    opened = Signal(str, str)

    def __init__(self, checks: Sequence[str], title: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = CheckTableModel(checks, title)
        self._wanted = WantedRows(self.rows)
        self.setHorizontalHeader(_Titles())
        self.setVerticalHeader(_FrozenHeader())
        self.setModel(self._wanted)
        self.setItemDelegate(_SignAndWord(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setStyleSheet(_LOOK)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().sectionClicked.connect(self._choose_row)
        self.selectionModel().currentChanged.connect(self._emit_chosen)
        keep_row_in_view(self)
        for changed in (self._wanted.rowsInserted, self._wanted.rowsRemoved, self._wanted.modelReset):
            changed.connect(self._fit_height)
        self.setAccessibleName(_("Pages and checks"))
        self._fit_titles()
        self._fit_height()
        self._fit()

    # What is shown.

    def show_rows(self, rows: Iterable[TableRow]) -> None:
        """Change the rows whose keys are known, add the others at the end."""
        self.rows.show(rows)
        self.verticalHeader().viewport().update()

    def remove_row(self, key: str) -> None:
        self.rows.remove(key)

    def look_for(self, text: str, only_to_look_at: bool) -> None:
        """Show only the rows whose name or ID holds text, and with only_to_look_at those with a problem or warning."""
        key, check = self.choice()
        self._wanted.look_for(text, only_to_look_at)
        self._fit_height()
        if key and not self.is_shown(key):
            self.choose_none()
        elif key:
            self.choose(key, check)

    @property
    def shown(self) -> int:
        return self._wanted.rowCount()

    # What is chosen.

    def choice(self) -> tuple[str, str]:
        """The key of the current row and its check, ("", "") where none is current."""
        return self._at(self.currentIndex())

    def choose(self, key: str, check: str = "") -> None:
        """Make a cell the current one; nothing happens where it is filtered out."""
        column = self.rows.checks.index(check) + 1 if check else 0
        index = self._wanted.mapFromSource(self.rows.index(self.rows.row_number(key), column))
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def choose_first(self) -> None:
        self._choose_row(0)

    def is_shown(self, key: str) -> bool:
        return self._wanted.mapFromSource(self.rows.index(self.rows.row_number(key), 0)).isValid()

    def choose_none(self) -> None:
        self.selectionModel().clear()
        self.chosen.emit("", "")

    def _choose_row(self, section: int) -> None:
        index = self._wanted.index(section, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _at(self, index: Index) -> tuple[str, str]:
        if not index.isValid():
            return "", ""
        return str(index.data(KEY)), self.rows.checks[index.column() - 1] if index.column() else ""

    def _emit_chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.verticalHeader().viewport().update()
        self.chosen.emit(*self._at(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current cell rather than pressing the window's main button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(*self.choice())
            return
        super().keyPressEvent(event)

    # Sizes.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_names()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        line = QFontMetrics(font_for("strong", bold=True)).height() + QFontMetrics(font_for("small")).height() + em(1)
        self.verticalHeader().setMinimumSectionSize(em(1))
        self.verticalHeader().setDefaultSectionSize(line)
        across = self.horizontalHeader()
        across.setMinimumSectionSize(em(1))
        across.setDefaultSectionSize(em(8.2))
        across.resizeSection(0, em(22))
        self._fit_names()
        self._fit_titles()
        self._fit_height()

    def _fit_names(self) -> None:
        self.verticalHeader().setFixedWidth(min(em(15), max(em(8), self.width() * 2 // 5)))

    def _fit_titles(self) -> None:
        """Measured apart from the lines, which come by the thousand."""
        across = self.horizontalHeader()
        across.setFixedHeight(across.sizeHint().height())

    def _fit_height(self) -> None:
        across = self.horizontalHeader()
        lines = min(max(self.shown, 1), _MOST_LINES) * self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(across.height() + lines + bar + 2 * self.frameWidth())
