"""Where a token comes in: pasted into the field, or one that this computer remembers."""

from collections.abc import Sequence
from functools import partial
from itertools import takewhile

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from wizard.core.secret import Secret
from wizard.core.token_shape import TokenShape, clean, shape_problem
from wizard.i18n.language import _
from wizard.store.tokens import RememberedToken
from wizard.ui.metrics import em
from wizard.ui.pages.log_in.app_secret import ProofPart, WrongProof
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.secret_field import SecretField
from wizard.ui.widgets.text import Text
from wizard.words.fields import token_problem_text

_PASTED_AT_ONCE = 20  # characters; nobody types that many in one go


class TokenEntry(QWidget):
    """The token field with its problem beside it; `take` reads it. `pasted`: a whole token came in at once."""

    pasted = Signal()

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.secret = SecretField(clipboard, parent=self)
        self.field = Field(input_widget=self.secret, parent=self)
        self.proof_part = ProofPart(clipboard)
        self.proof, self.proof_field = self.proof_part.secret, self.proof_part.field
        self.advanced = self.proof_part.advanced
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.8))
        column.addWidget(self.field)
        column.addWidget(self.proof_part)
        self._text = ""
        self.secret.changed.connect(self._changed)
        self.retranslate()

    def retranslate(self) -> None:
        self.field.say(
            _("Page access token"),
            _("A long text, mostly starting with EAA. It is not the “verify token” of a webhook."),
        )
        self.proof_part.retranslate()
        self.secret.retranslate()

    def take(self) -> tuple[Secret, Secret | None] | None:
        """Return token and proof, None where one of them is surely wrong: that is said beside its field."""
        token = clean(self.secret.text())
        if problem := shape_problem(token):
            self.field.show_problem(token_problem_text(problem))
            self.secret.line.setFocus()
            return None
        try:
            return Secret(token), self.proof_part.take()
        except WrongProof:
            return None

    def ask_for_proof(self) -> None:
        self.proof_part.ask()

    def _changed(self) -> None:
        text = self.secret.text()
        if text == self._text:  # said again in another language
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


class RememberedList(QWidget):
    """The tokens this computer remembers, each with a button to use it and one to forget it."""

    chosen = Signal(object)  # RememberedToken
    forgotten = Signal(object)  # RememberedToken

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens: Sequence[RememberedToken] = ()
        self._title = Text(role="strong")
        self._rows: list[QWidget] = []
        self.use_buttons: list[Button] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.5))
        self._column.addWidget(self._title)
        self.hide()

    def show_tokens(self, tokens: Sequence[RememberedToken]) -> None:
        self._tokens = tokens
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._title.say(_("Remembered on this computer"))
        self.use_buttons = []
        self._rows = [self._row(token) for token in tokens]
        for row in self._rows:
            self._column.addWidget(row)
        self.setVisible(bool(tokens))

    def retranslate(self) -> None:
        self.show_tokens(self._tokens)

    def _row(self, token: RememberedToken) -> QWidget:
        row = QWidget()
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight, row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(em(0.6))
        page, app = token.page_name or token.page_id, token.app_name or token.app_id
        name = _("{page}, token of {app}").format(page=page, app=app) if app else page
        use, forget = Button(_("Log in")), Button(_("Forget"), "link")
        use.setAccessibleName(_("Log in to {name}").format(name=name))
        forget.setAccessibleName(_("Forget the token of {name}").format(name=name))
        use.clicked.connect(partial(self.chosen.emit, token))
        forget.clicked.connect(partial(self.forgotten.emit, token))
        self.use_buttons.append(use)
        line.addWidget(Text(name), 1)
        line.addWidget(use)
        line.addWidget(forget)
        return row

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._column.setSpacing(em(0.5))
        super().changeEvent(event)
