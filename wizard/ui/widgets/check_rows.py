"""The lines of the table of Pages by checks, as a model of Qt, and which of them are wanted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt

from wizard.core.verdict import State
from wizard.i18n.language import _
from wizard.i18n.lists import listed
from wizard.ui.tool_tip import plain_tool_tip
from wizard.words import verdicts

Index = QModelIndex | QPersistentModelIndex
KEY = Qt.ItemDataRole.UserRole + 1
NOTE = Qt.ItemDataRole.UserRole + 2
STATE = Qt.ItemDataRole.UserRole + 3
IS_OLD = Qt.ItemDataRole.UserRole + 4
IS_GREY = Qt.ItemDataRole.UserRole + 5
HEADLINE = Qt.ItemDataRole.UserRole + 6
_ROOT = QModelIndex()
_TO_LOOK_AT = (State.NOT_CHECKED, State.PROBLEM, State.WARNING)  # in the order in which somebody looks at them


@dataclass(frozen=True, slots=True)
class TableRow:
    """One Page. key: stays the same while the row changes. note: a quiet second line. result: the first column, in
    words, with its state, None while there is none; headline: the sentence below it. states: one for each check, in the
    order of the columns; empty while there are none. is_old: they are not of today."""

    key: str
    name: str
    note: str = ""
    result: str = ""
    state: State | None = None
    states: tuple[State, ...] = ()
    is_old: bool = False
    headline: str = ""

    @property
    def needs_a_look(self) -> bool:
        """What could not be checked does, too: nobody knows what is wrong there."""
        return self.state in _TO_LOOK_AT


class CheckTableModel(QAbstractTableModel):
    """Column 0 is the result; each further one is a check, in the order given. title: of a check, in words."""

    def __init__(self, checks: Sequence[str], title: Callable[[str], str]) -> None:
        super().__init__()
        self.checks = tuple(checks)
        self._title = title
        self._rows: list[TableRow] = []
        self._places: dict[str, int] = {}

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 1 + len(self.checks)

    def row(self, at: int) -> TableRow:
        return self._rows[at]

    def row_number(self, key: str) -> int:
        """Raises KeyError for a row that is not there."""
        return self._places[key]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == STATE:
            return self._state(row, index.column())
        if role == IS_OLD:
            return row.is_old
        if role == KEY:
            return row.key
        if role == HEADLINE:
            return "" if index.column() else row.headline
        if role == Qt.ItemDataRole.DisplayRole:
            return self._word(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return listed(
                part
                for part in (
                    f"{row.name}: {self.heading(index.column())}: {self._word(row, index.column())}",
                    "" if index.column() else row.headline,
                    row.note,
                )
                if part
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            told = self.heading(index.column()) if index.column() else row.headline
            return plain_tool_tip(told) if told else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.ToolTipRole:
                return plain_tool_tip(self.heading(section))
            named = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return self.heading(section) if role in named else None
        row = self._rows[section]
        if role == NOTE:
            return row.note
        if role == IS_GREY:
            return not row.states and row.state is State.NOT_CHECKED
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            spoken = listed(part for part in (row.name, row.note) if part)
            return plain_tool_tip(spoken) if role == Qt.ItemDataRole.ToolTipRole else spoken
        return row.name if role == Qt.ItemDataRole.DisplayRole else None

    def heading(self, column: int) -> str:
        return self._title(self.checks[column - 1]) if column else _("Result")

    def show(self, rows: Iterable[TableRow]) -> None:
        """Change the rows whose keys are known, add the others at the end."""
        new: dict[str, TableRow] = {}
        for row in rows:
            at = self._places.get(row.key)
            if at is None:
                new[row.key] = row
            elif self._rows[at] != row:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.checks)))
                self.headerDataChanged.emit(Qt.Orientation.Vertical, at, at)
        if new:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            for row in new.values():
                self._places[row.key] = len(self._rows)
                self._rows.append(row)
            self.endInsertRows()

    def remove(self, key: str) -> None:
        at = self._places.get(key)
        if at is None:
            return
        self.beginRemoveRows(QModelIndex(), at, at)
        del self._rows[at]
        self._places = {row.key: place for place, row in enumerate(self._rows)}
        self.endRemoveRows()

    def clear(self) -> None:
        self.beginResetModel()
        self._rows.clear()
        self._places.clear()
        self.endResetModel()

    def _state(self, row: TableRow, column: int) -> State | None:
        if not column:
            return row.state
        return row.states[column - 1] if row.states else None

    def _word(self, row: TableRow, column: int) -> str:
        if not column:
            return row.result
        state = self._state(row, column)
        return verdicts.state(state) if state is not None else ""


class WantedRows(QSortFilterProxyModel):
    """The rows whose name or ID holds a text, and, if wished, only those that somebody must look at."""

    def __init__(self, model: CheckTableModel) -> None:
        super().__init__()
        self._model = model
        self._text, self._only_to_look_at = "", False
        self.setSourceModel(model)

    def look_for(self, text: str, only_to_look_at: bool) -> None:
        self._text, self._only_to_look_at = text.strip().casefold(), only_to_look_at
        self.invalidate()
        self.sort(0 if only_to_look_at else -1)

    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        """What could not be checked comes first, then what is worst."""
        left, right = source_left.row(), source_right.row()
        return (_turn(self._model.row(left)), left) < (_turn(self._model.row(right)), right)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        row = self._model.row(source_row)
        if self._only_to_look_at and not row.needs_a_look:
            return False
        return not self._text or self._text in f"{row.name} {row.note} {row.key}".casefold()


def _turn(row: TableRow) -> int:
    return _TO_LOOK_AT.index(row.state) if row.state in _TO_LOOK_AT else len(_TO_LOOK_AT)
