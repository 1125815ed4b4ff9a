"""A list that fills in while something is checked or done."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wizard.i18n.language import pgettext
from wizard.ui.accessible import announce
from wizard.ui.garbage import delete_later
from wizard.ui.layout import Panel, column, row
from wizard.ui.widgets.marks import Mark, MarkView
from wizard.ui.widgets.text import Text


def mark_word(mark: Mark) -> str:
    """Return the word a screen reader says in place of a sign."""
    return {
        Mark.WAITING: pgettext("state", "Not yet"),
        Mark.RUNNING: pgettext("state", "Now"),
        Mark.DONE: pgettext("state", "Done"),
        Mark.SAID: pgettext("state", "You said so"),
        Mark.STOPPED: pgettext("state", "Stopped"),
        Mark.WARNING: pgettext("state", "Careful"),
        Mark.PROBLEM: pgettext("state", "Problem"),
        Mark.SKIPPED: pgettext("state", "Left out"),
        Mark.UNKNOWN: pgettext("state", "Not known"),
        Mark.INFO: pgettext("state", "Note"),
    }[mark]


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line. id: stays the same while the line changes."""

    id: str
    title: str
    detail: str = ""
    mark: Mark = Mark.WAITING


class CheckRow(Panel):
    def __init__(self, item: CheckItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = MarkView()
        self._title = Text(role="strong")
        self._detail = Text(role="muted")
        words = column(spacing=0.1)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        line = row(self, 1.1)
        line.addWidget(self.view, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.show_item(item)

    def show_item(self, item: CheckItem) -> None:
        self.item = item
        self.view.show_mark(item.mark)
        self._title.setText(item.title)
        self._detail.set_text(item.detail)
        self.setAccessibleName(f"{mark_word(item.mark)}: {item.title}")
        self.setAccessibleDescription(item.detail)


class Checklist(Panel):
    """Lines by id. A line that becomes done or goes wrong is announced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, CheckRow] = {}
        self._column = column(self, 0.95)

    def show_items(self, items: tuple[CheckItem, ...]) -> None:
        """Replace all lines; rows of known ids are kept, so nothing flickers."""
        wanted = {item.id for item in items}
        for gone in [name for name in self._rows if name not in wanted]:
            old = self._rows.pop(gone)
            self._column.removeWidget(old)
            old.hide()
            delete_later(old)
        for at, item in enumerate(items):
            if item.id in self._rows:
                self._rows[item.id].show_item(item)
            else:
                self._rows[item.id] = CheckRow(item, self)
            row = self._rows[item.id]
            if self._column.indexOf(row) != at:
                self._column.removeWidget(row)
                self._column.insertWidget(at, row)

    def show_item(self, item: CheckItem) -> None:
        """Change one line, or add it at the end."""
        known = self._rows.get(item.id)
        if known is None:
            self._rows[item.id] = CheckRow(item, self)
            self._column.addWidget(self._rows[item.id])
            return
        changed = known.item.mark is not item.mark
        known.show_item(item)
        if changed and item.mark not in (Mark.WAITING, Mark.RUNNING):
            announce(known, known.accessibleName(), urgent=item.mark is Mark.PROBLEM)

    def row(self, item_id: str) -> CheckRow:
        return self._rows[item_id]

    def item(self, item_id: str) -> CheckItem:
        return self._rows[item_id].item

    def items(self) -> tuple[CheckItem, ...]:
        return tuple(each.item for each in self._rows.values())
