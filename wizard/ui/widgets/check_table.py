"""Pages by checks: one line for each Page, one sign and one word for each check. Quick with thousands of lines."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableView, QWidget

from wizard.i18n.language import _
from wizard.ui.metrics import em, font_for
from wizard.ui.scroll_area import keep_row_in_view
from wizard.ui.widgets.check_cells import FrozenHeader, SignAndWord, Titles
from wizard.ui.widgets.check_rows import KEY, CheckTableModel, Index, TableRow, WantedRows
from wizard.ui.widgets.text import Text

_LEAST_RESULT = 32  # em: a headline of some words
_LEAST_CHECK, _MOST_CHECK = 8.2, 16  # em: a sign and its word; a title in one line, where it is not very long
_LONG_ID = "0" * 16
_MOST_LINES = 9  # seen at once; more scroll inside the table


class CheckTable(QTableView):
    """`chosen` with a row's key and a check id, "" for the result, whenever another cell becomes the current one;
    `opened` when the person presses Enter on it."""

    chosen = Signal(str, str)
    opened = Signal(str, str)

    def __init__(self, checks: Sequence[str], title: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = CheckTableModel(checks, title)
        self._wanted = WantedRows(self.rows)
        self._titles = Titles()
        self.setHorizontalHeader(self._titles)
        self.setVerticalHeader(FrozenHeader())
        self.setModel(self._wanted)
        self.setItemDelegate(SignAndWord(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self._corner = Text(_("Page"), "small", parent=self)
        self._corner.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignBottom)
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
        for at in range(1, across.count()):
            across.resizeSection(at, max(em(_LEAST_CHECK), min(em(_MOST_CHECK), self._titles.title_width(at))))
        self._fit_names()
        self._fit_titles()
        self._fit_height()

    def _fit_names(self) -> None:
        """The result gets what whole columns of checks leave of the width, so that none is cut."""
        line = QFontMetrics(font_for("small")).horizontalAdvance(_("Page ID {page_id}").format(page_id=_LONG_ID))
        names = min(max(em(15), line + em(1.4)), max(em(8), self.width() * 2 // 5))
        self.verticalHeader().setFixedWidth(names)
        across, left = self.horizontalHeader(), self.width() - names - 2 * self.frameWidth()
        whole = 0
        for at in range(1, across.count()):
            if whole + across.sectionSize(at) > left - em(_LEAST_RESULT):
                break
            whole += across.sectionSize(at)
        across.resizeSection(0, max(em(22), left - whole))
        self._fit_corner()

    def _fit_titles(self) -> None:
        """Measured apart from the lines, which come by the thousand."""
        across = self.horizontalHeader()
        across.setFixedHeight(across.sizeHint().height())
        self._fit_corner()

    def _fit_corner(self) -> None:
        edge, names = self.frameWidth(), self.verticalHeader().width()
        left = self.width() - edge - names if self.isRightToLeft() else edge
        self._corner.setGeometry(left, edge, names, self.horizontalHeader().height())
        self._corner.setContentsMargins(em(0.6), 0, em(0.6), em(0.4))

    def _fit_height(self) -> None:
        across = self.horizontalHeader()
        lines = min(max(self.shown, 1), _MOST_LINES) * self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(across.height() + lines + bar + 2 * self.frameWidth())
