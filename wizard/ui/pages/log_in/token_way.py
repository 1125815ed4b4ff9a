""" "I have a token": the field, and the way to one on Facebook."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from wizard.core.token_shape import clean, has_token, shape_problem
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.log_in.entry import TokenEntry
from wizard.ui.pages.log_in.get_token import GetTokenLink
from wizard.ui.services import Services
from wizard.ui.widgets.notice import Notice, Tone


class TokenWay(Panel):
    """`token_given`: a whole token came in at once, or Enter was pressed."""

    token_given = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clipboard = services.clipboard
        self.entry = TokenEntry(services.clipboard, parent=self)
        self.get_token = GetTokenLink(services, parent=self)
        self.on_clipboard = Notice(Tone.INFO, _("A token is on the clipboard."), "", _("Use it"), parent=self)
        self.on_clipboard.action_chosen.connect(self.entry.secret.line.paste_instead)
        self.on_clipboard.hide()
        parts = column(self, spacing=1)
        for widget in (self.on_clipboard, self.entry, self.get_token):
            parts.addWidget(widget)
        self.entry.pasted.connect(self.token_given)
        self.entry.secret.line.returnPressed.connect(self.token_given)
        self.entry.secret.changed.connect(self.on_clipboard.hide)
        self.get_token.followed.connect(self.entry.secret.line.setFocus)  # coming back, one pastes
        self.get_token.followed.connect(lambda: bring_into_view(self.get_token))

    def event(self, event: QEvent) -> bool:
        """Whoever comes back from where tokens are made has one on the clipboard; nobody else's is looked at."""
        is_back = event.type() == QEvent.Type.WindowActivate and self.isVisible()
        if is_back and self.get_token.is_unfolded and not self.entry.secret.text():
            self._look_at_clipboard()
        return super().event(event)

    def _look_at_clipboard(self) -> None:
        token = clean(self._clipboard.text())
        was_shown = self.on_clipboard.isVisible()
        self.on_clipboard.setVisible(shape_problem(token) is None and has_token(token))
        if self.on_clipboard.isVisible() and not was_shown:
            self.on_clipboard.announce()
            bring_into_view(self.on_clipboard)
