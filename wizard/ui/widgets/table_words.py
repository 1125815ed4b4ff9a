"""Words in the cells of a table, in the order in which they are read."""

from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QStyledItemDelegate

from wizard.ui.lines import for_line


class TableWords(QStyledItemDelegate):
    """What the table holds, and what is copied from it, stays as it was given."""

    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        return for_line(super().displayText(value, locale))
