"""What was checked, line by line: for whoever looks after the bot."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.core.verdict import State
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.check_cells import VERDICT_MARKS
from wizard.ui.widgets.checklist import CheckItem, Checklist
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_row import WrappingRow
from wizard.words import summary
from wizard.words.summary import Summary, SummaryRow


class WatchedRows(Panel):
    """A heading and its rows; hidden without any."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.rows = Text(title, "strong"), Checklist()
        parts = column(self, spacing=0.6)
        parts.addWidget(self.title)
        parts.addWidget(self.rows)

    def show_rows(self, rows: Sequence[SummaryRow], now: float, is_dated: bool = True) -> None:
        self.rows.show_items(
            tuple(
                CheckItem(
                    row.title,
                    row.title,
                    " ".join(part for part in (row.text, summary.seen_when(row, now) if is_dated else "") if part),
                    _mark(row, now),
                )
                for row in rows
            )
        )
        self.setVisible(bool(rows))


class DetailsPanel(Panel):
    copy_wanted, save_wanted = Signal(), Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.handover = Text(selectable=True)
        self.works, self.open = WatchedRows(), WatchedRows()
        self.copy_button, self.save_button = Button(_("Copy as text")), Button(_("Save as a file…"))
        self.copy_button.clicked.connect(self.copy_wanted)
        self.save_button.clicked.connect(self.save_wanted)
        buttons = WrappingRow()
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.save_button)
        parts = column(self, spacing=1)
        parts.addWidget(Text(_("For your developer, or whoever looks after your bot."), "muted"))
        parts.addWidget(self.handover)
        parts.addLayout(buttons)
        parts.addWidget(self.works)
        parts.addWidget(self.open)

    def show_summary(self, told: Summary, now: float) -> None:
        self.handover.set_text(told.handover)
        seen = summary.seen_together(told.works, now)
        self.works.title.setText(_("What works ({when})").format(when=seen) if seen else _("What works"))
        self.works.show_rows(told.works, now, is_dated=not seen)
        self.open.title.setText(summary.not_checked(len(told.open)))
        self.open.show_rows(told.open, now)


def _mark(row: SummaryRow, now: float) -> Mark:
    is_unknown = row.state is State.NOT_CHECKED or (row.state is State.OK and summary.is_old(row, now))
    return Mark.UNKNOWN if is_unknown else VERDICT_MARKS[row.state]
