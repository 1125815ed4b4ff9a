"""Where the token for a check is pasted: for one Page, or for whatever it opens."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wizard.actions.check_target import CheckTarget
from wizard.i18n.language import _
from wizard.ui.metrics import em
from wizard.ui.pages.log_in.entry import TokenEntry
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.field import Said
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_row import WrappingRow


def use_words() -> str:
    """On the button that asks Facebook with the token in the field."""
    return _("Use this token")


class TokenPanel(QWidget):
    """`given` when a token that looks like one is there: pasted, or confirmed. `left`: not wanted now."""

    given = Signal(object, object)  # Secret, Secret | None: token and proof
    left = Signal()

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted: CheckTarget | None = None
        self.title, self.why = Text(role="section"), Text(role="muted")
        self.entry = TokenEntry(clipboard)
        self.entry.pasted.connect(self.give)
        self.check_button, self.leave_button = Button(), Button(kind="link")
        self.check_button.clicked.connect(self.give)
        self.leave_button.clicked.connect(self.left)
        row = WrappingRow()
        row.addWidget(self.check_button)
        row.addWidget(self.leave_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.6))
        for widget in (self.title, self.why, self.entry):
            column.addWidget(widget)
        column.addLayout(row)
        self.hide()

    def ask(self, wanted: CheckTarget | None) -> None:
        """wanted: the Page whose token it must be, None for any token. What was typed for another one goes."""
        if wanted is None or self.wanted is None or wanted.key != self.wanted.key:
            self.entry.field.clear_problem()
            self.empty()
        self.wanted = wanted
        self._show_wanted()
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field uses what stands there, rather than pressing the window's main button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), QLineEdit):
            self.give()
            return
        super().keyPressEvent(event)

    def empty(self) -> None:
        """No token stays in sight once it was used, or is for something else."""
        self.entry.secret.line.clear()
        self.entry.proof.line.clear()

    def _show_wanted(self) -> None:
        if self.wanted is not None:
            self.title.set_text(_("Needs the token of {page}").format(page=self.wanted.name))
            self.why.set_text(_("Facebook shows a Page only to its own token. It is kept until you close this window."))
        else:
            self.title.set_text(_("Use a token"))
            self.why.set_text(
                _("A Page’s token checks that Page. A person’s or system user’s token checks all its Pages.")
            )
        self.check_button.set_text(use_words())
        self.leave_button.set_text("" if self.wanted is not None else _("Not now"))

    def give(self) -> None:
        source = self.entry.source()
        if source is not None:
            given = source.fetch()
            self.given.emit(given.secret, given.proof)

    def refuse(self, said: Said) -> None:
        """Say beside the field why this token does not do; it stays there."""
        self.entry.field.show_problem(said)
        self.entry.secret.line.setFocus()
