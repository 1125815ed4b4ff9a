"""Logging in with Facebook: the wait for the browser or for a code, and what was not given there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wizard.ui.pages.log_in.view import LogInView, Shown
from wizard.ui.pages.log_in.ways import Way
from wizard.ui.services import FailureText

if TYPE_CHECKING:  # only where one logs in with Facebook
    from wizard.actions.browser_log_in import LoggedIn


class WithFacebook(QObject):
    """Begins the log-in that the chosen card stands for, and ends the wait for it."""

    def __init__(self, view: LogInView) -> None:
        super().__init__(view)
        self._view = view
        view.code_wanted.connect(lambda: self.begin(with_code=True))
        view.token_wanted.connect(self._paste_instead)
        view.account.log_in_wanted.connect(self._begin_again)
        view.opening.something_lacks.connect(self._take_lacking)

    def begin(self, with_code: bool = False) -> None:
        view = self._view
        file = view.ways.file()
        if file is None:
            return
        from wizard.ui.pages.log_in.waiting import WindowScreen

        view.lacking = None
        view.opening.log_in(file, lambda job: WindowScreen(lambda: view.waiting, job), self.end, with_code)
        view.waiting.begin(file)
        view.show_part(Shown.WAITING)

    def end(self) -> None:
        """Nothing is waited for any more."""
        view = self._view
        view.waiting.end()
        if view.shown is Shown.WAITING:
            view.show_part(Shown.WAYS)
            view.focus()

    def _begin_again(self) -> None:
        """The log-in in use ends soon: what is set up stays, and with a log-in file it begins at once."""
        view = self._view
        view.show_part(Shown.WAYS)
        if view.ways.has_files:
            view.ways.choose(Way.FACEBOOK)
            self.begin()
        else:
            view.focus()

    def _take_lacking(self, done: "LoggedIn") -> None:
        from wizard.words import log_in

        self._view.lacking = done
        self._view.show_trouble(lambda: FailureText(*log_in.lacks(done.missing)))
        self._view.footer_changed.emit()

    def _paste_instead(self) -> None:
        view = self._view
        view.stop_work()
        view.show_part(Shown.WAYS)
        view.ways.choose(Way.TOKEN)
        view.focus()
