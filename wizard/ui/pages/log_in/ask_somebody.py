"""A message for whoever set up the bot: they have what is needed to log in, or can make it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from wizard.i18n import language
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied
from wizard.ui.copied_words import told
from wizard.ui.layout import Panel, column
from wizard.ui.mail import mail_link
from wizard.ui.metrics import em
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.services import Services
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.letter_language import LetterLanguage, direct
from wizard.ui.widgets.text import Text
from wizard.words.log_in_letter import for_whoever_set_it_up


class AskSomebody(Panel):
    """The message, to be copied or sent by e-mail, and what became of that. Whoever gets it may look after many Pages,
    so it goes nowhere before it says which one."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._subject, self._bot = "", ""
        self.page_field = Field(
            _("Name of your Page"), _("Add its address, if you know it: facebook.com/yourpage"), parent=self
        )
        self.page_field.line.textChanged.connect(self._write)
        self.then = Text(
            _(
                "Send this to them. If a log-in file comes back, save it, then double-click it or drag it onto this "
                "window. If a token comes, choose “I have a token”. You can close the wizard meanwhile: your answers "
                "are kept."
            ),
            "muted",
        )
        self.said = Text(role="small")
        self.said.set_text("")
        self.message = QPlainTextEdit()
        self.message.setAccessibleName(_("Message"))
        self.message.setMinimumHeight(em(14))
        self.message.setReadOnly(True)
        self.message.setTabChangesFocus(True)
        self.language = LetterLanguage(self)
        self.language.chosen.connect(lambda _code: self._write())
        parts = column(self, spacing=0.5)
        for widget in (self.page_field, self.then, self.said):
            parts.addWidget(widget)
        parts.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeading)
        parts.addWidget(self.message)

    def show_names(self, page: str, bot: str) -> None:
        """page, bot: as the person calls them, "" where that is not known yet. What was typed stays."""
        self._bot = bot
        self.page_field.suggest(page)
        self._write()

    def _write(self) -> None:
        self.page_field.clear_problem()
        with language.speaking(self.language.code):
            letter = for_whoever_set_it_up(self.page_field.text().strip(), self._bot)
            direct(self.message, is_mirrored=language.is_mirrored())
        self._subject = letter.subject
        self.message.setPlainText(letter.body)

    def _has_page(self) -> bool:
        if self.page_field.text().strip():
            return True
        self.page_field.show_problem(lambda: _("Enter the name of your Page."))
        self.page_field.line.setFocus()
        bring_into_view(self.page_field)
        return False

    def copy(self) -> None:
        if self._has_page():
            self._services.clipboard.copy(self.message.toPlainText(), self._say_copied)

    def write_mail(self) -> None:
        """Open the e-mail program with the message in it; a message that is too long for that is copied."""
        if not self._has_page():
            return
        text = self.message.toPlainText()
        link, is_whole = mail_link(self._subject, text)
        if not self._services.open_link(link):
            self._say(_("No e-mail program could be opened. Copy the message and send it as you like."), urgent=True)
        elif is_whole:
            self._say(_("Your e-mail program opens with the message. Add who it is for, and send it."))
        else:
            self._services.clipboard.copy(text, self._say_copied)  # to be pasted there

    def _say_copied(self, copied: Copied) -> None:
        if copied is not Copied.YES:
            self.message.setFocus()
            self.message.selectAll()
        no = _("The clipboard could not be used. The message is marked: copy it by hand.")
        self._say(told(copied, _("Copied. Paste it into an e-mail or a chat."), no), copied is not Copied.YES)

    def _say(self, text: str, urgent: bool = False) -> None:
        self.said.set_text(text)
        announce(self, text, urgent)
