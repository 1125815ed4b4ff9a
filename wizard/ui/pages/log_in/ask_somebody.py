"""A message for whoever can make a token."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied
from wizard.ui.copied_words import told
from wizard.ui.layout import Panel, column
from wizard.ui.metrics import em
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text
from wizard.words import guides


class AskSomebody(Panel):
    """The message for whoever can make a token."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.message = QPlainTextEdit(guides.message_for_token())
        self.message.setAccessibleName(_("Message"))
        self.message.setMinimumHeight(em(18))
        self.message.setReadOnly(True)
        self.message.setTabChangesFocus(True)
        self.copy_button = Button(_("Copy the message"))
        self.copy_button.clicked.connect(self._copy)
        self.said = Text(role="small")
        self.said.set_text("")
        parts = column(self, spacing=0.5)
        parts.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeading)
        parts.addWidget(self.said)
        parts.addWidget(self.message)

    def _copy(self) -> None:
        self._services.clipboard.copy(self.message.toPlainText(), self._say_copied)

    def _say_copied(self, copied: Copied) -> None:
        if copied is not Copied.YES:
            self.message.setFocus()
            self.message.selectAll()
        yes = _("Copied. Come back with the token when you have it; your answers are kept.")
        no = _("The clipboard could not be used. The message is marked: copy it by hand.")
        self.said.set_text(told(copied, yes, no))
        announce(self, self.said.text(), urgent=copied is not Copied.YES)
