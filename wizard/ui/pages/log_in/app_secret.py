"""The proof for a token (appsecret_proof), folded away: few apps ask for it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.core.secret import Secret
from wizard.i18n.language import _
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.secret_field import SecretField

_LENGTH = 64
_HEX = frozenset("0123456789abcdef")


class WrongProof(Exception):
    """What stands in the field is surely no proof; it was said beside the field."""


class ProofPart(QWidget):
    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.secret = SecretField(clipboard, parent=self)
        self.field = Field(input_widget=self.secret, parent=self)
        self.advanced = Disclosure("", self.field, parent=self)
        self.secret.changed.connect(self.field.clear_problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.advanced)
        self.retranslate()

    def retranslate(self) -> None:
        self.advanced.set_title(_("Advanced"))
        self.field.say(
            _("Proof for this token (appsecret_proof)"),
            _("Only where the app asks for it. A developer computes it from the token and the app's secret."),
        )
        self.secret.retranslate()

    def take(self) -> Secret | None:
        """Return the proof, None where none is given. Raises WrongProof."""
        proof = self.secret.text().strip().lower()
        if proof and (len(proof) != _LENGTH or not _HEX.issuperset(proof)):
            self.ask()
            self.field.show_problem(
                _("A proof has exactly 64 characters: digits and the letters a to f. Copy it again, or leave it out.")
            )
            raise WrongProof
        return Secret(proof) if proof else None

    def ask(self) -> None:
        self.advanced.open()
        self.secret.line.setFocus()
