"""A second token: it shows its own app as connected, and lets the test see both sides."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.log_in import SecondToken, SecondTokenProblem, open_second_token
from wizard.actions.token_sources import ProofShapeError, TokenShapeError, TokenSource, pasted_token
from wizard.core.answers import Answers
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.pages.base import StepPage
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


class OpeningSecond(QObject):
    """Runs as the one piece of work of its page, which says what fails. `opened` with the App, once the session has the
    token; `refused` with Said: what is wrong with it.

    is_last: nothing else was begun on the page since."""

    opened = Signal(object)
    refused = Signal(object)

    def __init__(self, page: StepPage) -> None:
        super().__init__(page)
        self._page = page
        self.is_last = False

    def open(self, source: TokenSource) -> None:
        session, answers = self._page.services.session, self._page.answers
        self._page.run(
            lambda job: open_second_token(session, answers, source, job.cancel),
            self._take_opened,
            _("Asking Facebook about the token"),
        )
        self.is_last = True

    def _take_opened(self, second: SecondToken) -> None:
        app = second.opened.app
        if second.problem is not None or app is None:
            self.refused.emit(partial(_problem_text, second, self._page.answers))
            return
        self._page.services.session.accept_second(second.opened)
        self.opened.emit(app)


def _problem_text(second: SecondToken, answers: Answers) -> str:
    if second.problem is SecondTokenProblem.OTHER_PAGE:
        return _("This token is for the Page {other}, not for {page}. Paste one for {page}.").format(
            other=second.opened.page_name or second.opened.page_id, page=answers.page_name or answers.page_id
        )
    if second.problem is SecondTokenProblem.SAME_APP:
        return _("This token belongs to the same app as the first one. Paste one of the other app.")
    return _("This is not the token of a Page. Paste a Page access token of the other app.")
