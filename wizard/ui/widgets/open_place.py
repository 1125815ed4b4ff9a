"""A button that opens a place in the browser, with what helps where no browser came or where it covers the window."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied
from wizard.ui.copied_words import told
from wizard.ui.layout import Panel, column
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_row import WrappingRow


class OpenPlace(Panel):
    """`opened` when the person has opened the place, or has got its address; `about_to_open` just before."""

    about_to_open = Signal()
    opened = Signal()

    def __init__(self, services: Services, kind: str = "", parent: QWidget | None = None) -> None:
        """kind: of the button."""
        super().__init__(parent)
        self._services, self._address = services, ""
        self.button = Button(kind=kind)
        self.button.clicked.connect(self.open)
        self.copy_button = Button(_("Did not open? Copy the address"), "link")
        self.copy_button.clicked.connect(self.copy)
        self.beside_button = Button(_("Put this beside the browser"), "link")
        self.beside_button.clicked.connect(self._go_beside)
        services.beside.changed.connect(self._show_beside)
        self.result = Text(role="small", selectable=True)
        self.result.set_text("")
        buttons = WrappingRow()
        for button in (self.button, self.copy_button, self.beside_button):
            buttons.addWidget(button)
        parts = column(self, 0.3)
        parts.addLayout(buttons)
        parts.addWidget(self.result)
        self.show_place("", "")

    def show_place(self, text: str, address: str, spoken: str = "") -> None:
        """text: on the button, "" where another one opens the place; spoken: what a screen reader says for it.
        address: "" where there is no such place; then nothing is shown."""
        if address != self._address:
            self.result.set_text("")
        self._address = address
        self.setVisible(bool(address))
        self.button.set_text(text)
        self.button.setAccessibleName(spoken or text)
        self._show_beside()

    @property
    def address(self) -> str:
        return self._address

    def open(self) -> None:
        """Show the place in the browser; where none can be started, say the address."""
        self.about_to_open.emit()
        is_opened = self._services.show_in_browser(self._address)
        self._say(
            ""
            if is_opened
            else _("No browser could be started. Open this address in your browser: {link}").format(link=self._address),
            urgent=True,
        )
        self.opened.emit()

    def copy(self) -> None:
        self._services.clipboard.copy(self._address, self._say_copied)
        self.opened.emit()

    def _say_copied(self, copied: Copied) -> None:
        no = _("The clipboard could not be used. Open this address in your browser: {link}").format(link=self._address)
        self._say(told(copied, _("Copied. Paste it into the address line of your browser."), no))

    def _say(self, text: str, urgent: bool = False) -> None:
        self.result.set_text(text)
        announce(self.result, text, urgent)

    def _go_beside(self) -> None:
        self.button.setFocus()  # the pressed one goes
        self._services.beside.choose()

    def _show_beside(self) -> None:
        self.beside_button.setVisible(bool(self._address) and not self._services.beside.is_on)
