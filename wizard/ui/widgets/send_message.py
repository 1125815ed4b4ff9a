"""A message for somebody else: to copy, to send by e-mail or to save; its words only for who wants to read them. It may
be in another language than the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.i18n.language import _, is_mirrored, speaking
from wizard.ui import file_dialogs as dialogs
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied
from wizard.ui.copied_words import told
from wizard.ui.jobs import JobContext
from wizard.ui.layout import Panel, column
from wizard.ui.mail import mail_link
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.letter_language import LetterLanguage
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_row import WrappingRow


class SendMessage(Panel):
    """`taken` when the message was given out."""

    taken = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._copying = self._subject = ""
        self._make: Callable[[], tuple[str, str]] = lambda: ("", "")
        self.intro = Text()
        self.copy_button = Button(_("Copy the message"))
        self.mail_button = Button(_("Write an e-mail"))
        self.save_button = Button(_("Save as a file…"))
        self.copy_button.clicked.connect(self.copy)
        self.mail_button.clicked.connect(self.write_mail)
        self.save_button.clicked.connect(self.save)
        self.result = Text(role="muted")
        self.result.set_text("")
        self.text = Text(selectable=True)
        self.fold = Disclosure(_("Read the message"), self.text, parent=self)
        self.language = LetterLanguage(self)
        self.language.chosen.connect(lambda _code: self._show_text())
        buttons = WrappingRow()
        for button in (self.copy_button, self.mail_button, self.save_button, self.language):
            buttons.addWidget(button)
        inside = column(self, spacing=0.7)
        inside.addWidget(self.intro)
        inside.addLayout(buttons)
        inside.addWidget(self.result)
        inside.addWidget(self.fold)

    def show_message(self, intro: str, make: Callable[[], tuple[str, str]]) -> None:
        """intro: who to send it to, and what then. make: returns the subject of an e-mail and the message, in the
        language that is spoken then."""
        self._make = make
        self.intro.set_text(intro)
        self._show_text()

    def _show_text(self) -> None:
        with speaking(self.language.code):
            self._subject, message = self._make()
            self.text.be_read(from_right=is_mirrored())
        if message != self.text.text():
            self.result.set_text("")
        self.text.setText(message)

    def copy(self) -> None:
        self._copying = self.text.text()
        self._services.clipboard.copy(self._copying, self._say_copied)
        self.taken.emit()

    def write_mail(self) -> None:
        """Open the e-mail program with the message in it; a message that is too long for that is copied."""
        link, is_whole = mail_link(self._subject, self.text.text())
        if not self._services.open_link(link):
            self._say(_("No e-mail program could be opened. Copy the message and send it as you like."), urgent=True)
        elif is_whole:
            self._say(_("Your e-mail program opens with the message. Add who it is for, and send it."))
            self.taken.emit()
        else:
            self.copy()  # to be pasted there

    def save(self) -> None:
        chosen = dialogs.ask_where_to_save(self, _("Save the message"), "message.txt", _("Text (*.txt)"))
        if not chosen:
            return
        path, message = Path(chosen if Path(chosen).suffix else f"{chosen}.txt"), self.text.text()

        def save(_job: JobContext) -> str:
            from wizard.actions.export import write_report  # few save it

            try:
                write_report(path, message)
            except OSError as error:
                return error.strerror or type(error).__name__
            return ""

        self._services.runner.start(save).on_success(lambda trouble: self._say_saved(path, trouble))

    def _say_saved(self, path: Path, trouble: str) -> None:
        if trouble:
            self._say(_("“{file}” could not be written: {reason}.").format(file=path, reason=trouble), urgent=True)
        else:
            self._say(_("Saved as {file}.").format(file=path))
            self.taken.emit()

    def _say_copied(self, copied: Copied) -> None:
        if self._copying != self.text.text():  # another message is shown by now
            return
        no = _("The clipboard could not be used: mark the text below and copy it by hand.")
        if copied is Copied.NO:
            self.fold.open()
        self._say(told(copied, _("Copied. Paste it into an e-mail or a chat."), no), copied is not Copied.YES)

    def _say(self, text: str, urgent: bool = False) -> None:
        self.result.set_text(text)
        announce(self, text, urgent)
