"""What a person does elsewhere while a log-in with Facebook is waited for."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from wizard.actions.browser_log_in import Code
from wizard.core import limits
from wizard.core.facts import Page
from wizard.core.log_in import LogInFile
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.jobs import JobContext
from wizard.ui.layout import Panel, column
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.copy_row import CopyRow
from wizard.ui.widgets.open_place import OpenPlace
from wizard.ui.widgets.qr_code import QrCode
from wizard.ui.widgets.steps_list import StepsList, path_steps
from wizard.ui.widgets.text import Text
from wizard.words import guides


class Waiting(Panel):
    """What to do elsewhere. Other ways are offered after a minute."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._file: LogInFile | None = None
        self._code: Code | None = None
        self.steps = StepsList(parent=self)
        self.trouble = Text(role="problem")
        self.address = CopyRow(services.clipboard, parent=self)
        self.code = CopyRow(services.clipboard, parent=self)
        self.address.copy_button.set_kind("")  # what is to be done first is another
        self.opener = OpenPlace(services, parent=self)
        self.qr = QrCode(parent=self)
        self.late = Text(
            _("Nothing came back yet. If Facebook shows an error, Help explains it. Or choose another way:")
        )
        self.code_button = Button(_("Log in with a code"), "link")
        self.token_button = Button(_("Use a token, or the address of the page you see"), "link")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._offer_other_ways)
        parts = column(self, spacing=0.8)
        parts.addWidget(self.steps)
        parts.addWidget(self.late)
        for button in (self.code_button, self.token_button):
            parts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        for widget in (self.trouble, self.code, self.address):
            parts.addWidget(widget)
        parts.addWidget(self.opener)
        parts.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignLeading)

    def begin(self, file: LogInFile | None) -> None:
        self._file, self._code = file, None
        path = guides.paths(guides.LOG_IN, guides.names_of(Page(""), None, None))[0]
        self.steps.show_steps(path_steps(path.steps, path.pictures))
        self.steps.show()
        later = (self.code, self.address, self.opener, self.late, self.code_button, self.token_button)
        for widget in later:
            widget.hide()
        self.qr.show_text("")
        self.trouble.set_text("")
        self._timer.start(round(limits.LOG_IN_OTHERWISE * 1000))

    def end(self) -> None:
        self._timer.stop()

    def go_on_from(self, before: "Waiting") -> None:
        """Show what one in another language showed."""
        left = before._timer.remainingTime()
        self.begin(before._file)
        if before._code is not None:
            self.enter(before._code)
        elif before.address.value():
            self._show_address(before.address.value(), is_opened=not before.trouble.text())
        if before._code is None and left < 0:
            self._offer_other_ways()
        elif before._code is None:
            self._timer.start(left)

    def go_to(self, address: str) -> None:
        is_opened = self._services.show_in_browser(address)
        self._show_address(address, is_opened)
        if not is_opened:
            bring_into_view(self.address)

    def _show_address(self, address: str, is_opened: bool) -> None:
        """The address in full only where no browser shows it."""
        self.trouble.set_text("" if is_opened else _("No browser could be opened."))
        self.address.show_value(_("Open this address in your browser:"), address)
        self.address.setVisible(not is_opened)
        self.opener.show_place(_("Open this page again"), address if is_opened else "")

    def enter(self, code: Code) -> None:
        self._code = code
        self._timer.stop()
        self.steps.hide()
        self.late.hide()
        self.code_button.hide()
        self.code.show_value(_("Your code"), code.text)
        self.address.show_value(_("Enter it on this page, on any device:"), code.address)
        self.qr.show_text("" if self._services.session.world.control else code.direct)  # no phone reaches practice
        self.opener.show_place(_("Open this page"), code.address)
        for widget in (self.code, self.address):
            widget.show()
        announce(self, _("Your code is {code}.").format(code=code.text))

    def _offer_other_ways(self) -> None:
        self.late.show()
        self.code_button.setVisible(self._file is not None and self._file.client_token is not None)
        self.token_button.show()
        bring_into_view(self.token_button)
        announce(self, self.late.text())


@dataclass(frozen=True, slots=True)
class WindowScreen:
    """What a log-in shows, from its own thread. waiting: the panel by then."""

    waiting: Callable[[], Waiting]
    job: JobContext

    def go_to(self, address: str) -> None:
        self.job.to(lambda _nothing: self.waiting().go_to(address))(None)

    def enter(self, code: Code) -> None:
        self.job.to(lambda _nothing: self.waiting().enter(code))(None)
