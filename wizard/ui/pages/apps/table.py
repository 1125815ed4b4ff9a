"""What only some people want to read: every known app with where it is known from, and why one may be missing."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from wizard.core.facts import App, Origin
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.metrics import em
from wizard.ui.scroll_area import keep_row_in_view
from wizard.ui.widgets.table_words import TableWords
from wizard.ui.widgets.text import Text

_APP_ID = 1  # column; an ID is of no use with a digit missing


def origin_text(origin: Origin) -> str:
    """Where a row comes from, and so what it proves."""
    return {
        Origin.TOKEN: _("Your token: connected to the Page"),
        Origin.HAS_CONTROL: _("Has control of a conversation: connected to the Page"),
        Origin.RECEIVERS: _("Facebook’s list of receivers (old roles)"),
        Origin.BUILT_IN: _("Built in: the same for every Page"),
        Origin.TYPED: _("Typed by you: not proved to be connected"),
    }[origin]


class AppTable(QTableWidget):
    """Name, App ID, origin. As high as its rows: the page scrolls, not the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setAccessibleName(_("All apps the wizard knows"))
        self.setHorizontalHeaderLabels([_("Name"), _("App ID"), _("Known from")])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(_APP_ID, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(TableWords(self))
        keep_row_in_view(self)

    def show_apps(self, apps: Sequence[App]) -> None:
        self.setRowCount(len(apps))
        for row, app in enumerate(apps):
            texts = (app.name or _("No name shown"), app.id, origin_text(app.origin))
            for at, text in enumerate(texts):
                item = QTableWidgetItem(text.replace("_", "_\u200b"))  # a line may end after each underscore
                item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
                self.setItem(row, at, item)
        self._fit()

    def _fit(self) -> None:
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + em(0.4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()


class WhyMissing(Panel):
    """Why an app may be missing, and what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sentences = (
            _("Facebook shows a token only its own app. Every other app must be found or typed once."),
            _(
                "If Facebook’s own list does not show it either, it was never connected: log in to that program’s "
                "own site, connect your Page there and allow Messenger."
            ),
            _(
                "If Facebook shows no list at all, switch to your Page first: press your picture at the top right of "
                "Facebook and choose the Page."
            ),
            _(
                "The Page Inbox is always here. Where an old guide says that it “must be Secondary Receiver”, "
                "choose it under “Who takes over?”."
            ),
        )
        self._texts = [Text(sentence, "muted", selectable=True) for sentence in sentences]
        parts = column(self, spacing=0.6, margins=(0.6, 0, 0, 0))
        for text in self._texts:
            parts.addWidget(text)

    def sentences(self) -> list[str]:
        return [text.text() for text in self._texts]
