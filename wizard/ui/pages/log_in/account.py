"""What a token turned out to be: its Page, its app, what it does not reveal, and whose it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.tokens import Opened
from wizard.core.answers import TokenOwner
from wizard.core.errors import ErrorKind
from wizard.core.guessed_owner import guessed_owner
from wizard.core.token_life import is_near_end
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, column, row
from wizard.ui.pages.log_in.remember import RememberBox
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.text import Text
from wizard.words import asking, errors, log_in

_NAMES_A_LACK = frozenset(
    {ErrorKind.PERMISSION_MISSING, ErrorKind.DEVELOPMENT_MODE, ErrorKind.PAGE_ACCESS_LOST, ErrorKind.NOT_FOUND}
)


class AccountPanel(Panel):
    """Shown once a Page's token is open. `owner_chosen` with the TokenOwner; `log_in_wanted`: the log-in ends soon."""

    owner_chosen = Signal(object)
    log_in_wanted = Signal()

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._pasted = ""
        self.page_line = Notice(Tone.OK, parent=self)
        self.page_line.action_chosen.connect(self.log_in_wanted)
        self.lack = Notice(Tone.WARNING, parent=self)
        self.question = CardGroup(parent=self)
        self.question.chosen.connect(lambda key: self.owner_chosen.emit(TokenOwner(key)))
        self.hint = Text(role="muted")
        self.remember = RememberBox(parent=self)
        self.clipboard_text = Text(role="small")
        self.clipboard_button = Button(kind="link")
        self.clipboard_button.clicked.connect(self._empty_clipboard)
        hidden_facts = Text(
            _(
                "Facebook does not tell a Page token when it ends, what it may do (its permissions), or what your role "
                "on the Page is (your tasks). If something is missing, the test will show it."
            ),
            "small",
        )
        self.hidden_facts = Disclosure(_("What a token does not tell"), hidden_facts, parent=self)
        clipboard_row = row(spacing=0.5)
        clipboard_row.addWidget(self.clipboard_text, 1, Qt.AlignmentFlag.AlignVCenter)
        clipboard_row.addWidget(self.clipboard_button)
        parts = column(self, spacing=1)
        for widget in (self.page_line, self.lack, self.question, self.hint, self.remember):
            parts.addWidget(widget)
        parts.addLayout(clipboard_row)
        parts.addWidget(self.hidden_facts)
        self._show_clipboard("")

    def show_account(
        self,
        opened: Opened,
        owner: TokenOwner | None,
        pasted: str = "",
        is_log_in: bool = False,
        is_named: bool = False,
    ) -> None:
        """pasted: the text of the token field where it came from there: it may still be on the clipboard. is_log_in: it
        came with a log-in with Facebook. is_named: whose the app is, is known, so that it is no question."""
        self._pasted = pasted
        is_log_in = is_log_in or opened.facts.life is not None  # a remembered one, too: only log-ins tell it
        self._show_token(opened, is_log_in)
        self._show_question(opened, owner)
        self.question.setVisible(not is_named)
        self.hint.setVisible(not is_named and owner is None)
        self.hidden_facts.setVisible(not is_log_in)
        is_there = bool(pasted) and self._clipboard.text().strip() == pasted.strip()
        self._show_clipboard(
            _("The token is still on the clipboard, where other programs can read it.") if is_there else ""
        )

    def _show_token(self, opened: Opened, is_log_in: bool) -> None:
        app = opened.app
        if app is None:
            of = _("Facebook does not say which app this token belongs to.")
        elif is_log_in:
            of = _("By way of {app}, App ID {app_id}.").format(app=asking.app_name(app), app_id=app.id)
        else:
            of = _("This token belongs to {app}, App ID {app_id}.").format(app=asking.app_name(app), app_id=app.id)
        life = opened.facts.life
        until = log_in.lives(life) if is_log_in else ""
        is_near = is_near_end(life, opened.facts.identity.at)
        self.page_line.show_message(
            Tone.WARNING if is_near else Tone.OK,
            _("Logged in to {page}").format(page=opened.page_name or opened.page_id),
            "\n".join(filter(None, (of, until))),
            _("Log in again") if is_near else "",
        )
        self._show_lack(opened)

    def _show_question(self, opened: Opened, owner: TokenOwner | None) -> None:
        """A guess is marked as if it had been chosen, and counts once the person goes on."""
        app = opened.app
        name = asking.app_name(app) if app else _("This app")
        self.question.set_question(_("Is {app} your bot, your live chat, or neither?").format(app=name))
        self.question.show_cards(
            [
                CardOption(TokenOwner.BOT.value, _("My bot"), _("It answers customers by itself.")),
                CardOption(
                    TokenOwner.LIVE_CHAT.value,
                    _("My live chat"),
                    _("My team answers customers there. The wizard sees less then; add your bot’s token later."),
                ),
                CardOption(
                    TokenOwner.NEITHER.value,
                    _("Neither"),
                    _("For example Facebook’s Graph API Explorer. The wizard sees less then, and you test by eye."),
                ),
            ]
        )

        guess = guessed_owner(app) if owner is None else None
        said = owner or guess
        self.question.blockSignals(guess is not None)
        self.question.choose(said.value if said is not None else "")
        self.question.blockSignals(False)
        self.hint.set_text(
            _("Guessed from its name. Choose another one if it is wrong.")
            if guess is not None
            else _("Choose one, then go on. If you do not know this app, choose “Neither”.")
        )

    def owner(self) -> TokenOwner | None:
        """What is marked: said by the person, or guessed."""
        choice = self.question.choice()
        return TokenOwner(choice) if choice else None

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
        announce(self.clipboard_text, self.clipboard_text.text())
