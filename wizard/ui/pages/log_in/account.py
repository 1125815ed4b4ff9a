"""What a token turned out to be: its Page, its app, what it does not reveal, and whose it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.tokens import Opened
from wizard.core.answers import TokenOwner
from wizard.core.errors import ErrorKind
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.pages.log_in.remember import RememberBox
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.text import Text
from wizard.words import asking, errors

_NAMES_A_LACK = frozenset(
    {ErrorKind.PERMISSION_MISSING, ErrorKind.DEVELOPMENT_MODE, ErrorKind.PAGE_ACCESS_LOST, ErrorKind.NOT_FOUND}
)


class AccountPanel(Panel):
    """Shown once a Page's token is open. `owner_chosen` with the TokenOwner."""

    owner_chosen = Signal(object)

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._pasted = ""
        self.page_line = Notice(Tone.OK, parent=self)
        self.lack = Notice(Tone.WARNING, parent=self)
        self.question = CardGroup(parent=self)
        self.question.chosen.connect(lambda key: self.owner_chosen.emit(TokenOwner(key)))
        self.remember = RememberBox(parent=self)
        self.clipboard_text = Text(role="small")
        self.clipboard_button = Button(kind="link")
        self.clipboard_button.clicked.connect(self._empty_clipboard)
        self.hidden_facts = Text(
            _(
                "Facebook does not tell a Page token when it ends, what it may do (its permissions), or what your role "
                "on the Page is (your tasks). If something is missing, the test will show it."
            ),
            "small",
        )
        parts = column(self, spacing=1)
        for widget in (self.page_line, self.lack, self.question, self.remember):
            parts.addWidget(widget)
        parts.addWidget(self.clipboard_text)
        parts.addWidget(self.clipboard_button, 0, Qt.AlignmentFlag.AlignLeading)
        parts.addWidget(self.hidden_facts)
        self._show_clipboard("")

    def show_account(self, opened: Opened, owner: TokenOwner | None, pasted: str = "") -> None:
        """pasted: the text of the token field where it came from there: it may still be on the clipboard."""
        self._pasted = pasted
        self._show_token(opened)
        self.question.choose(owner.value if owner is not None else "")
        is_there = bool(pasted) and self._clipboard.text().strip() == pasted.strip()
        self._show_clipboard(
            _("The token is still on the clipboard, where other programs can read it.") if is_there else ""
        )

    def _show_token(self, opened: Opened) -> None:
        app = opened.app
        of = (
            _("This token belongs to {app}, App ID {app_id}.").format(app=asking.app_name(app), app_id=app.id)
            if app
            else _("Facebook does not say which app this token belongs to.")
        )
        page = opened.page_name or opened.page_id
        self.page_line.show_message(Tone.OK, _("Logged in to {page}").format(page=page), of)
        self._show_lack(opened)
        name = asking.app_name(app) if app else _("This app")
        self.question.set_question(_("Is {app} your bot, your live chat, or neither?").format(app=name))
        self.question.show_cards(
            [
                CardOption(TokenOwner.BOT.value, _("My bot"), _("It answers customers by itself.")),
                CardOption(TokenOwner.LIVE_CHAT.value, _("My live chat"), _("My team answers customers there.")),
                CardOption(
                    TokenOwner.NEITHER.value,
                    _("Neither"),
                    _("For example Facebook’s Graph API Explorer. The wizard sees less then, and you test by eye."),
                ),
            ]
        )

    def _show_lack(self, opened: Opened) -> None:
        """Say what the token cannot do, where Facebook named it; what it merely hides is no trouble."""
        reading = opened.facts.subscription
        failure = reading.failure if reading is not None else None
        shown = failure is not None and failure.kind in _NAMES_A_LACK
        if failure is not None and shown:
            said = errors.explain(failure, reading.at if reading is not None else None)
            self.lack.show_message(Tone.WARNING, said.title, said.action, details="\n".join(said.details))
        self.lack.setVisible(shown)

    def _show_clipboard(self, sentence: str) -> None:
        self.clipboard_text.set_text(sentence)
        self.clipboard_button.set_text(_("Empty the clipboard") if sentence else "")

    def _empty_clipboard(self) -> None:
        self._clipboard.clear_if_holds(self._pasted, self._say_cleared)

    def _say_cleared(self, worked: bool) -> None:
        self.clipboard_button.set_text("")
        self.clipboard_text.set_text(
            _("The clipboard does not hold the token any more.")
            if worked
            else _("The clipboard could not be emptied. Copy something else instead.")
        )
