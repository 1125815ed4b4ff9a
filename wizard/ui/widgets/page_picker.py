"""One Page out of many: a list that stays quick with thousands, a search field, and reasons for what cannot be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from wizard.i18n.language import _, ngettext
from wizard.ui.accessible import announce
from wizard.ui.colours import current_colours
from wizard.ui.layout import Panel, column, row
from wizard.ui.lines import cut_line, draw_line
from wizard.ui.metrics import em, font_for
from wizard.ui.scroll_area import keep_row_in_view
from wizard.ui.tool_tip import plain_tool_tip
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.caret import begin_where_reading_does
from wizard.ui.widgets.text import Text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TYPING_MS = 700  # without a key: then it is said how many were found
_REASON = Qt.ItemDataRole.UserRole + 1
_ID = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class PageRow:
    """reason: why the Page cannot be used, "" where it can."""

    id: str
    name: str
    reason: str = ""


class PageRows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: list[PageRow] = []

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        second = row.reason or _("Page ID {page_id}").format(page_id=row.id)
        return {
            int(Qt.ItemDataRole.DisplayRole): row.name or row.id,
            int(Qt.ItemDataRole.ToolTipRole): plain_tool_tip(row.reason),
            int(Qt.ItemDataRole.AccessibleTextRole): f"{row.name or row.id}. {second}",
            int(_REASON): second,
            int(_ID): row.id,
        }.get(int(role))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The keyboard comes to every row, to read why a grey one cannot be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        is_grey = self._rows[index.row()].reason
        return Qt.ItemFlag.ItemIsEnabled if is_grey else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def add(self, rows: Sequence[PageRow]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def clear(self) -> None:
        self.beginResetModel()
        self._rows.clear()
        self.endResetModel()


class _Search(QSortFilterProxyModel):
    """Finds by a part of the name or of the ID."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted = ""

    def look_for(self, text: str) -> None:
        self._wanted = text.strip().casefold()
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        index = self.sourceModel().index(source_row, 0, source_parent)
        name, page_id = str(index.data()), str(index.data(_ID))
        return self._wanted in name.casefold() or self._wanted in page_id


class _TwoLines(QStyledItemDelegate):
    """Name and, below it, the ID or the reason why the Page is grey."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        names, notes = QFontMetrics(font_for("strong", bold=True)), QFontMetrics(font_for("small"))
        return QSize(em(10), names.height() + notes.height() + em(1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = current_colours()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        can_use = bool(index.flags() & Qt.ItemFlag.ItemIsSelectable)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, colours.accent)
        elif can_use and state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colours.hover)
        if not chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.accent, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        inner = rect.adjusted(em(0.7), em(0.4), -em(0.7), -em(0.4))
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop  # the view's painter mirrors it
        lines = (
            (str(index.data()), font_for("strong", bold=can_use), colours.text if can_use else colours.muted),
            (str(index.data(_REASON)), font_for("small"), colours.muted),
        )
        y = inner.top()
        for text, font, colour in lines:
            painter.setFont(font)
            painter.setPen(colours.on_accent if chosen else colour)
            metrics = QFontMetrics(font)
            place = QRect(inner.left(), y, inner.width(), metrics.height())
            draw_line(painter, place, cut_line(text, metrics, inner.width()), align)
            y += metrics.height() + em(0.1)
        painter.restore()


class _SearchLine(QLineEdit):
    """Down goes on to what was found."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PagePicker(Panel):
    """Rows may come in portions while the list is read. `page_chosen` with the ID when a usable row is chosen, with ""
    when none is any more. Below the list stands, in full, why the row with the keyboard cannot be chosen."""

    page_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = PageRows()
        self._chosen = ""
        self._search = _Search()
        self._search.setSourceModel(self._rows)
        self._label = QLabel(_("Find a Page"))
        self.search_line = _SearchLine()
        begin_where_reading_does(self.search_line)
        self.search_line.setPlaceholderText(_("Part of the name or of the ID"))
        self.search_line.setAccessibleName(_("Find a Page"))
        self.search_line.textChanged.connect(self._filter)
        self.search_line.left.connect(self._go_to_list)
        self.clear_button = Button(_("Clear"))
        self.clear_button.setAccessibleName(_("Clear the search"))
        self.clear_button.clicked.connect(self._clear_search)
        self.clear_button.setEnabled(False)
        self._label.setBuddy(self.search_line)
        self.view = QListView()
        self.view.setAccessibleName(_("Pages"))
        self.view.setModel(self._search)
        self.view.setItemDelegate(_TwoLines(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.selectionModel().selectionChanged.connect(self._emit_chosen)
        self.view.selectionModel().currentChanged.connect(self._say_why_not)
        keep_row_in_view(self.view)
        self.why_not = Text()
        self.why_not.hide()
        self.count_label = Text(role="small")
        self._said_count = QTimer(self)
        self._said_count.setSingleShot(True)
        self._said_count.setInterval(_TYPING_MS)
        self._said_count.timeout.connect(lambda: announce(self, self.count_label.text()))
        search = row(spacing=0.5)
        search.addWidget(self.search_line, 1)
        search.addWidget(self.clear_button)
        parts = column(self, 0.4)
        parts.addWidget(self._label)
        parts.addLayout(search)
        for widget in (self.view, self.why_not, self.count_label):
            parts.addWidget(widget)
        self._count()
        self.fit()

    def clear(self) -> None:
        self._rows.clear()
        self._chosen = ""
        self.why_not.hide()
        self._count()

    def add_pages(self, rows: Sequence[PageRow]) -> None:
        self._rows.add(rows)
        self._count()

    def chosen(self) -> str:
        """The ID of the chosen Page, "" where none is."""
        found = self.view.selectionModel().selectedIndexes()
        return str(found[0].data(_ID)) if found else ""

    def choose(self, page_id: str) -> None:
        for at in range(self._search.rowCount()):
            index = self._search.index(at, 0)
            if index.data(_ID) == page_id and index.flags() & Qt.ItemFlag.ItemIsSelectable:
                self.view.setCurrentIndex(index)

    def _filter(self, text: str) -> None:
        self._search.look_for(text)
        self.clear_button.setEnabled(bool(text))
        self._count()
        self._said_count.start()

    def _clear_search(self) -> None:
        self.search_line.clear()
        self.search_line.setFocus()

    def _go_to_list(self) -> None:
        if not self._search.rowCount():
            return
        if not self.chosen():
            self.view.setCurrentIndex(self._search.index(0, 0))
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _say_why_not(self, index: QModelIndex) -> None:
        is_grey = index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsSelectable
        self.why_not.set_text(f"{index.data()}: {index.data(_REASON)}" if is_grey else "")

    def _count(self) -> None:
        shown, count = self._search.rowCount(), self._rows.rowCount()
        if count and not shown:
            sentence = _("No Page has this name or ID.")
        elif shown == count:
            sentence = ngettext("{count} Page", "{count} Pages", count).format(count=count)
        else:
            sentence = ngettext("{shown} of {count} Page", "{shown} of {count} Pages", count).format(
                shown=shown, count=count
            )
        self.count_label.setText(sentence)

    def _emit_chosen(self) -> None:
        before, self._chosen = self._chosen, self.chosen()
        if self._chosen != before:
            self.page_chosen.emit(self._chosen)

    def fit(self) -> None:
        super().fit()
        self.view.setMinimumHeight(em(14))
        self.view.scheduleDelayedItemsLayout()
