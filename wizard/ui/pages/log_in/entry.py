"""Where a token comes in: pasted into the field, or one that this computer remembers."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.token_sources import PastedToken, ProofShapeError, TokenShapeError, pasted_token
from wizard.actions.tokens import RememberedToken
from wizard.core.token_shape import TokenShape, clean, shape_problem
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column, row
from wizard.ui.pages.log_in.app_secret import ProofPart
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.secret_field import SecretField
from wizard.ui.widgets.text import Text
from wizard.words.fields import token_problem_text

_PASTED_AT_ONCE = 20  # characters; nobody types that many in one go


class TokenEntry(Panel):
    """The token field with its problem beside it; `source` reads it. `pasted`: a whole token came in at once."""

    pasted = Signal()

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.secret = SecretField(clipboard, parent=self)
        self.field = Field(
            _("Page access token"),
            _("A long text, mostly starting with EAA. It is not the “verify token” of a webhook."),
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
            self.field.show_problem(token_problem_text(error.problem))
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
        if grown >= _PASTED_AT_ONCE and problem is None:
            self.pasted.emit()
        elif grown > 1 and problem not in (None, TokenShape.EMPTY):
            self.field.show_problem(token_problem_text(problem))


def _inserted(before: str, after: str) -> int:
    """How many characters came in at once: a token pasted over another of the same length counts whole."""
    start = _alike(before, after)
    return len(after) - start - _alike(before[start:][::-1], after[start:][::-1])


def _alike(one: str, other: str) -> int:
    """Length of the common beginning."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


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
            line.deleteLater()
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
