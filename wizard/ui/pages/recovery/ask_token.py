"""What is needed to bring a conversation back from here, and how it comes back without it."""

from PySide6.QtWidgets import QWidget

from wizard.core.pending import PendingTest
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.pages.log_in.entry import TokenEntry
from wizard.ui.pages.log_in.get_token import GetTokenLink
from wizard.ui.pages.recovery.wrong_token import token_app
from wizard.ui.services import Services
from wizard.ui.widgets.text import Text
from wizard.words import asking


class AskToken(Panel):
    """Hidden until `ask`."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_hand, self.why = Text(), Text(role="strong")
        self.get_one = GetTokenLink(services, parent=self)
        self.entry = TokenEntry(services.clipboard, parent=self)
        parts = column(self, 0.8)
        for part in (self.by_hand, self.why, self.get_one, self.entry):
            parts.addWidget(part)
        self.hide()

    def ask(self, entry: PendingTest | None) -> None:
        """Ask for the token that this test was made with; None: none is needed."""
        self.setVisible(entry is not None)
        if entry is not None:
            by_hand = _("You need no token to do it by hand: close the conversation in {app}, or let it give it back.")
            why = _("To bring it back from here, paste the Page token of {page} for {app}: no other can do it.")
            self.by_hand.setText(by_hand.format(app=asking.app_name(entry.live_chat)))
            self.why.setText(why.format(page=entry.page_label, app=token_app(entry)))
