"""The one question about many Pages: is the app of their tokens the bot, the live chat, or neither?"""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.core.answers import TokenOwner
from wizard.core.facts import App
from wizard.i18n.language import _, ngettext
from wizard.ui.metrics import em
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_row import WrappingRow
from wizard.words.asking import app_name


class WhoseApp(QWidget):
    """`said` with the App and a TokenOwner. Hidden while there is nothing to ask."""

    said = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app: App | None = None
        self.question, self.why = Text(role="section"), Text(role="muted")
        self.why.set_text(_("Then each Page is judged by it. Nothing is asked of Facebook again."))
        answers = (
            (TokenOwner.BOT, _("Your bot")),
            (TokenOwner.LIVE_CHAT, _("Your live chat")),
            (TokenOwner.NEITHER, _("Neither")),
        )
        row = WrappingRow()
        self.buttons: dict[TokenOwner, Button] = {}
        for owner, words in answers:
            button = Button(words)
            button.clicked.connect(partial(self._say, owner))
            self.buttons[owner] = button
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.4))
        column.addWidget(self.question)
        column.addWidget(self.why)
        column.addLayout(row)
        self.hide()

    def ask(self, about: tuple[App, int] | None) -> None:
        """about: the app, and of how many Pages it is the token's; None: ask nothing."""
        self._app = about[0] if about is not None else None
        self.setVisible(about is not None)
        if about is None:
            return
        app, count = about
        self.question.set_text(
            ngettext(
                "The token of {count} Page belongs to {app}. What is {app}?",
                "The tokens of {count} Pages belong to {app}. What is {app}, for all of them?",
                count,
            ).format(count=count, app=app_name(app))
        )
        for button in self.buttons.values():
            button.setAccessibleName(f"{app_name(app)}: {button.text()}")

    def _say(self, owner: TokenOwner, _checked: bool = False) -> None:
        if self._app is not None:
            self.said.emit(self._app, owner)
