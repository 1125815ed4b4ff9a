"""What is known before one logs in: the tokens that this computer remembers, and the log-in files of vendors."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wizard.actions.log_in import is_of_last_time
from wizard.actions.tokens import StoredTokens
from wizard.ui.pages.log_in.said import last_time
from wizard.ui.pages.log_in.view import LogInView, Shown
from wizard.ui.pages.log_in.ways import Way

if TYPE_CHECKING:  # only where one logs in with Facebook
    from wizard.core.log_in import LogInFiles


class KnownBefore(QObject):
    """Shows it, and suggests the way in that follows from it. `token_found` with the RememberedToken of last time.

    suggested: the way that is marked before a person chooses."""

    token_found = Signal(object)

    def __init__(self, view: LogInView) -> None:
        super().__init__(view)
        self._view = view
        self.suggested = Way.TOKEN
        view.remembering.read_again.connect(self._show_tokens)

    def read(self) -> None:
        self._view.remembering.read()
        self.read_log_ins()

    def read_log_ins(self, is_new: bool = False) -> None:
        """Look for log-in files. is_new: somebody opened one just now, to log in with it."""
        services = self._view.services
        session = services.session
        reading = services.runner.start(lambda _job: session.find_log_ins())
        self._view.destroyed.connect(reading.ignore)
        reading.on_success(lambda found: self._show_log_ins(found, is_new))

    def say_last_time(self) -> None:
        view = self._view
        is_known = any(is_of_last_time(token, view.answers) for token in view.remembered)
        view.last_time.setText("" if is_known or view.opening.opened is not None else last_time(view.answers))

    def _show_tokens(self, stored: StoredTokens) -> None:
        view = self._view
        view.remembered = stored.remembered
        view.remembered_list.show_tokens(stored.remembered)
        self.say_last_time()
        view.show_part(view.shown)
        last = next((token for token in stored.remembered if is_of_last_time(token, view.answers)), None)
        if last is not None and view.shown is Shown.WAYS and not view.tried_remembered and not view.is_busy:
            view.tried_remembered = True
            self.token_found.emit(last)

    def _show_log_ins(self, found: "LogInFiles | None", is_new: bool) -> None:
        """Where a vendor's file comes to be there, its button is the first, unless something is under way."""
        view, ways = self._view, self._view.ways
        usable = found.usable if found is not None else ()
        had_files = ways.has_files
        is_suggested = ways.way() is self.suggested
        is_untouched = is_suggested and not view.entry.secret.text() and not view.get_token.is_unfolded
        ways.show_files(usable)
        if usable and (is_new or (is_untouched and not had_files)):
            ways.choose(Way.FACEBOOK)
            if is_new and not view.is_busy:
                view.show_part(Shown.WAYS)
            if view.shown is Shown.WAYS and not view.is_busy:
                view.focus()
        view.footer_changed.emit()
