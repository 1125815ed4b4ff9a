"""A second token: it shows its own app as connected, and lets the test see both sides."""

from contextlib import suppress

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.core.secret import Secret
from wizard.core.token_shape import clean, shape_problem
from wizard.i18n.language import _
from wizard.ui.metrics import em
from wizard.ui.pages.log_in.app_secret import ProofPart, WrongProof
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.secret_field import SecretField
from wizard.ui.widgets.text import Text
from wizard.words.fields import token_problem_text


class SecondToken(QWidget):
    """`given` with a Secret whose shape is right, and its proof or None."""

    given = Signal(object, object)

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._why = Text(role="muted")
        self.secret = SecretField(clipboard, parent=self)
        self.field = Field(input_widget=self.secret, parent=self)
        self.check_button = Button()
        self.check_button.clicked.connect(self._take)
        self.secret.line.returnPressed.connect(self._take)
        self.secret.changed.connect(self.field.clear_problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.7))
        column.addWidget(self._why)
        self.proof = ProofPart(clipboard)
        column.addWidget(self.field)
        column.addWidget(self.proof)
        column.addWidget(self.check_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.retranslate()

    def retranslate(self) -> None:
        self._why.say(_("A Page token of the other app shows that app by itself, and lets the test see both sides."))
        self.field.say(_("Page access token of the other app"))
        self.check_button.say(_("Check the token"))
        self.secret.retranslate()
        self.proof.retranslate()

    def _take(self) -> None:
        token = clean(self.secret.text())
        if problem := shape_problem(token):
            self.field.show_problem(token_problem_text(problem))
            self.secret.line.setFocus()
            return
        with suppress(WrongProof):
            self.given.emit(Secret(token), self.proof.take())

    def clear(self) -> None:
        self.secret.clear()
        self.proof.secret.clear()
