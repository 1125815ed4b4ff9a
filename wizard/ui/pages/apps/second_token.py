"""A second token: it shows its own app as connected, and lets the test see both sides."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.token_sources import ProofShapeError, TokenShapeError, pasted_token
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.pages.log_in.app_secret import ProofPart
from wizard.ui.pages.log_in.entry import PASTED_AT_ONCE
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.field import Field, Said
from wizard.ui.widgets.secret_field import SecretField
from wizard.ui.widgets.text import Text
from wizard.words.fields import token_problem_text


class SecondTokenPanel(Panel):
    """`given` with a PastedToken whose shape is right."""

    given = Signal(object)

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        why = _("A Page token of the other app shows that app by itself, and lets the test see both sides.")
        self.secret = SecretField(clipboard, parent=self)
        self.field = Field(
            _("Page access token of the other app"), _("It is checked as soon as you paste it."), self.secret, self
        )
        self.check_button = Button(_("Check the token"))
        self.check_button.clicked.connect(self._take)
        self.secret.line.returnPressed.connect(self._take)
        self.secret.changed.connect(self._changed)
        self._length = 0
        self.proof = ProofPart(clipboard)
        parts = column(self, spacing=0.7)
        for widget in (Text(why, "muted"), self.field, self.proof):
            parts.addWidget(widget)
        parts.addWidget(self.check_button, 0, Qt.AlignmentFlag.AlignLeading)

    def _changed(self) -> None:
        """A whole token that came in at once was pasted, and is checked at once."""
        before, self._length = self._length, len(self.secret.text())
        self.field.clear_problem()
        if self._length - before >= PASTED_AT_ONCE:
            self._take()

    def _take(self) -> None:
        try:
            source = replace(pasted_token(self.secret.text()), proof=self.proof.take())
        except TokenShapeError as error:
            self.show_problem(partial(token_problem_text, error.problem))
        except ProofShapeError:
            pass  # said beside its own field
        else:
            self.given.emit(source)

    def show_problem(self, said: Said) -> None:
        self.field.show_problem(said)
        self.secret.line.setFocus()

    def clear(self) -> None:
        self.secret.clear()
        self.proof.secret.clear()
