"""Log in with Facebook: what will happen in the browser, and with whose log-in file."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.core.log_in import LogInFile
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, column
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.text import Text
from wizard.words import log_in


class FacebookWay(Panel):
    """`file_chosen` where there are several, and another one is chosen."""

    file_chosen = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._files: Sequence[LogInFile] = ()
        self.what_comes = Text(
            _(
                "Your browser opens. Choose your Page there, leave everything ticked, and go on until Facebook sends "
                "you back."
            ),
            "muted",
        )
        self.stays_there = Text(" ".join(log_in.stays_there()))
        self.choice = CardGroup(_("Whose log-in do you use?"), parent=self)
        self.choice.chosen.connect(self._choose)
        self.help_button = Button(kind="link")
        self.help_button.clicked.connect(self._open_help)
        self.no_browser = Text(role="small", selectable=True)
        self.no_browser.set_text("")
        parts = column(self, spacing=0.7)
        parts.addWidget(self.what_comes)
        parts.addWidget(self.choice)
        parts.addWidget(self.stays_there)
        parts.addWidget(self.help_button, 0, Qt.AlignmentFlag.AlignLeading)
        parts.addWidget(self.no_browser)

    def show_files(self, files: Sequence[LogInFile]) -> None:
        if files == self._files:
            return
        chosen = self.choice.choice()
        self._files = files
        self.choice.show_cards(
            [CardOption(file.name, file.label, note=_("App ID {id}").format(id=file.app_id)) for file in files]
        )
        self.choice.setVisible(len(files) > 1)
        names = [file.name for file in files]
        self.choice.choose(chosen if chosen in names else names[0] if names else "")

    def file(self) -> LogInFile | None:
        return next((file for file in self._files if file.name == self.choice.choice()), None)

    def text(self) -> str:
        """What logs in with the chosen file."""
        file = self.file()
        return log_in.button(file) if file is not None else ""

    def _choose(self, _name: str) -> None:
        file = self.file()
        self.stays_there.setVisible(file is not None and not file.comes_back)
        has_help = file is not None and file.help
        self.help_button.set_text(_("Help of {name}").format(name=file.label) if file is not None and has_help else "")
        self.file_chosen.emit()

    def _open_help(self) -> None:
        file = self.file()
        if file is not None:
            no_browser = _("No browser could be started. Open this address in your browser: {link}")
            is_opened = self._services.open_link(file.help)
            self.no_browser.set_text("" if is_opened else no_browser.format(link=file.help))
            announce(self.no_browser, self.no_browser.text(), urgent=True)
