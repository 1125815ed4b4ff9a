"""The proof for a token (appsecret_proof), folded away: few apps ask for it."""

from PySide6.QtWidgets import QWidget

from wizard.actions.token_sources import ProofShapeError, pasted_proof
from wizard.core.secret import Secret
from wizard.i18n.language import _
from wizard.ui.layout import column
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.secret_field import SecretField
from wizard.words import fields


class ProofPart(QWidget):
    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.secret = SecretField(clipboard, parent=self, is_for_token=False)
        self.field = Field(
            _("Proof for this token (appsecret_proof)"),
            _("Only where the app asks for it. A developer computes it from the token and the app’s secret."),
            self.secret,
            self,
        )
        self.advanced = Disclosure(_("Advanced"), self.field, parent=self)
        self.secret.changed.connect(self.field.clear_problem)
        column(self).addWidget(self.advanced)

    def take(self) -> Secret | None:
        """Return the proof, None where none is given. Raises ProofShapeError; then it was said beside the field."""
        try:
            return pasted_proof(self.secret.text())
        except ProofShapeError:
            self.ask()
            self.field.show_problem(fields.proof_problem_text)
            raise

    def ask(self) -> None:
        self.advanced.open()
        self.secret.line.setFocus()
