"""Where a token comes in: pasted into the field."""

from dataclasses import replace
from functools import partial
from itertools import takewhile

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.token_sources import PastedToken, ProofShapeError, TokenShapeError, pasted_token
from wizard.core.token_shape import TokenShape, clean, shape_problem
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.pages.log_in.app_secret import ProofPart
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.secret_field import SecretField
from wizard.words.fields import token_problem_text

PASTED_AT_ONCE = 20  # characters; nobody types that many in one go


class TokenEntry(Panel):
    """The token field with its problem beside it; `source` reads it. `pasted`: a whole token came in at once."""

    pasted = Signal()

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.secret = SecretField(clipboard, parent=self)
        self.field = Field(
            _("Page access token"),
            _(
                "A long text, mostly starting with EAA: the key with which the wizard sees your Page. "
                "It is checked as soon as you paste it."
            ),
            self.secret,
            self,
        )
        self.proof_part = ProofPart(clipboard)
        self.proof, self.proof_field = self.proof_part.secret, self.proof_part.field
        self.advanced = self.proof_part.advanced
        parts = column(self, spacing=0.8)
        parts.addWidget(self.field)
        parts.addWidget(self.proof_part)
        self._text = ""
        self.secret.changed.connect(self._changed)

    def source(self) -> PastedToken | None:
        """Return the token with its proof, None where one of them is surely wrong: that is said beside its field."""
        try:
            return replace(pasted_token(self.secret.text()), proof=self.proof_part.take())
        except TokenShapeError as error:
            self.field.show_problem(partial(token_problem_text, error.problem))
            self.secret.line.setFocus()
        except ProofShapeError:
            pass  # said beside its own field
        return None

    def ask_for_proof(self) -> None:
        self.proof_part.ask()

    def _changed(self) -> None:
        text = self.secret.text()
        if text == self._text:  # a space before or after it
            return
        grown = _inserted(self._text, text)
        self._text = text
        self.field.clear_problem()
        problem = shape_problem(clean(text))
        if grown >= PASTED_AT_ONCE and problem is None:
            self.pasted.emit()
        elif grown > 1 and problem not in (None, TokenShape.EMPTY):
            self.field.show_problem(partial(token_problem_text, problem))


def _inserted(before: str, after: str) -> int:
    """How many characters came in at once: a token pasted over another of the same length counts whole."""
    start = _alike(before, after)
    return len(after) - start - _alike(before[start:][::-1], after[start:][::-1])


def _alike(one: str, other: str) -> int:
    """Length of the common beginning."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
