"""Log in with Facebook: which log-in file, and what there is to do while the browser, or a code, is waited for."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.browser_log_in import BrowserLogIn, CodeLogIn, LoggedIn, log_in_with
from wizard.core.log_in import LogInFile
from wizard.i18n.language import _
from wizard.ui.jobs import JobContext
from wizard.ui.layout import Panel, column
from wizard.ui.pages.log_in.waiting import Waiting, WindowScreen
from wizard.ui.services import FailureText, Services
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.text import Text
from wizard.words import log_in


class FacebookLogIn(Panel):
    """`code_wanted`, `token_wanted`: the other ways, once nothing came back for a while."""

    code_wanted = Signal()
    token_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._files: Sequence[LogInFile] = ()
        self._lacking: LoggedIn | None = None  # without all permissions, until it is said how to go on
        self.choice = CardGroup(_("Whose log-in do you use?"), parent=self)
        self.what_comes = Text(
            _(
                "Your browser opens. Choose your Page there, leave everything ticked, press Continue, and come back "
                "here. Nothing is set by that."
            )
        )
        self.waiting = Waiting(services, self)
        self.waiting.code_button.clicked.connect(self.code_wanted)
        self.waiting.token_button.clicked.connect(self.token_wanted)
        self.waiting.hide()
        parts = column(self, spacing=1)
        for widget in (self.choice, self.what_comes, self.waiting):
            parts.addWidget(widget)

    def show_files(self, files: Sequence[LogInFile]) -> None:
        if files == self._files:
            return
        chosen = self.choice.choice()
        self._files = files
        self.choice.show_cards(
            [CardOption(file.name, file.label, file.help, _("App ID {id}").format(id=file.app_id)) for file in files]
        )
        self.choice.setVisible(len(files) > 1)
        names = [file.name for file in files]
        self.choice.choose(chosen if chosen in names else names[0] if names else "")

    def file(self) -> LogInFile | None:
        return next((file for file in self._files if file.name == self.choice.choice()), None)

    # What the page's buttons say and do.

    def primary_text(self) -> str:
        file = self.file()
        if self._lacking is not None:
            return _("Log in again")
        return log_in.button(file) if file is not None else ""

    def secondary_text(self) -> str:
        return _("I have a token") if self._lacking is None else _("Go on without them")

    def work(self, with_code: bool) -> Callable[[JobContext], LoggedIn] | None:
        """The log-in with the chosen file, None where there is none. It asks once more for what was not given."""
        file, session, again = self.file(), self._services.session, self._lacking is not None
        self._lacking = None
        if file is None:
            return None
        way = CodeLogIn if with_code else BrowserLogIn

        def work(job: JobContext) -> LoggedIn:
            return log_in_with(
                session, way(session, file, WindowScreen(self.waiting, job), job.cancel, again), job.cancel
            )

        return work

    def lack_of(self, done: LoggedIn) -> FailureText | None:
        """What was not given, so that it is asked how to go on; None where all was."""
        self._lacking = done if done.missing else None
        return FailureText(*log_in.not_given(", ".join(done.missing))) if done.missing else None

    def take_lacking(self) -> LoggedIn | None:
        """The log-in that one goes on with as it is, None where nothing is lacking."""
        done, self._lacking = self._lacking, None
        return done

    @staticmethod
    def no_page() -> FailureText:
        return FailureText(*log_in.no_page_ticked())

    def begin(self) -> None:
        """A log-in begins: what it needs is shown as it comes."""
        self.waiting.begin(self.file())
        self.waiting.show()

    def end(self) -> None:
        self.waiting.end()
        self.waiting.hide()
