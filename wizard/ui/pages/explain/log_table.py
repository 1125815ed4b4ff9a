"""The troubles of a log at a glance: what, how often, first and last time."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from wizard.i18n.language import _
from wizard.ui.metrics import em
from wizard.ui.scroll_area import keep_row_in_view
from wizard.ui.tool_tip import plain_tool_tip
from wizard.ui.widgets.table_words import TableWords
from wizard.words.explained_log import LogRow, table_headings

_MOST_LINES = 8  # seen at once; more scroll inside the table


class LogTable(QTableWidget):
    """`chosen` with the number of a row: its card is to be shown."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self.setHorizontalHeaderLabels(table_headings())
        self.setAccessibleName(_("Troubles in the log"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(em(2))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setItemDelegate(TableWords(self))
        keep_row_in_view(self)
        self.currentCellChanged.connect(lambda row, *_others: self.chosen.emit(row))

    def show_rows(self, rows: Sequence[LogRow]) -> None:
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for number, row in enumerate(rows):
            cells = (row.explained.title, str(row.explained.times), row.first, row.last)
            for place, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tool_tip(text) if place == 0 else "")
                self.setItem(number, place, item)
        self.setCurrentCell(-1, -1)
        self.blockSignals(False)
        self.setFixedHeight(self._height(len(rows)))

    def _height(self, count: int) -> int:
        lines = min(count, _MOST_LINES) * self.verticalHeader().defaultSectionSize()
        return self.horizontalHeader().sizeHint().height() + lines + 2 * self.frameWidth() + em(0.2)
