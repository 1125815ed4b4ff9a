"""The tokens that this computer remembers."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.tokens import RememberedToken
from wizard.i18n.language import _
from wizard.ui.garbage import delete_later
from wizard.ui.layout import Panel, column, row
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text


class RememberedList(Panel):
    """The tokens this computer remembers, each with a button to use it and one to forget it."""

    chosen = Signal(object)  # RememberedToken
    forgotten = Signal(object)  # RememberedToken

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text(_("Remembered on this computer"), "strong")
        self._rows: list[QWidget] = []
        self.use_buttons: list[Button] = []
        self._column = column(self, spacing=0.5)
        self._column.addWidget(self._title)
        self.hide()

    def show_tokens(self, tokens: Sequence[RememberedToken]) -> None:
        for line in self._rows:
            self._column.removeWidget(line)
            line.hide()
            delete_later(line)
        self.use_buttons = []
        self._rows = [self._row(token) for token in tokens]
        for line in self._rows:
            self._column.addWidget(line)
        self.setVisible(bool(tokens))

    def _row(self, token: RememberedToken) -> QWidget:
        line = QWidget()
        parts = row(line, spacing=0.6)
        page, app = token.page_name or token.page_id, token.app_name or token.app_id
        name = _("{page}, token of {app}").format(page=page, app=app) if app else page
        use, forget = Button(_("Log in")), Button(_("Forget"), "link")
        use.setAccessibleName(_("Log in to {name}").format(name=name))
        forget.setAccessibleName(_("Forget the token of {name}").format(name=name))
        use.clicked.connect(partial(self.chosen.emit, token))
        forget.clicked.connect(partial(self.forgotten.emit, token))
        self.use_buttons.append(use)
        parts.addWidget(Text(name), 1)
        parts.addWidget(use)
        parts.addWidget(forget)
        return line
