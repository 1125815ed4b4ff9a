"""The way out of a page and of the window: what is open is brought to an end first, and a sheet says so meanwhile."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent

from wizard.core import limits
from wizard.i18n.language import _, ngettext
from wizard.ui.jobs import JobRunner, StopReason
from wizard.ui.pages.base import StepPage
from wizard.ui.window.page_stack import PageStack

if TYPE_CHECKING:
    from wizard.ui.window.overlay import Overlay


class WayOut:
    """overlay: over the window. close: closes the window once more, when what was open has ended."""

    def __init__(
        self, stack: PageStack, overlay: Callable[[], "Overlay"], runner: JobRunner, close: Callable[[], object]
    ) -> None:
        self._stack, self._overlay, self._runner, self._close = stack, overlay, runner, close
        self.is_closing = False
        self._may_close = False

    def leave(self, page: StepPage, then: Callable[[], None]) -> None:
        """Let the page end its work, then go on."""
        if self._overlay().isVisible():
            return
        state = page.stop(StopReason.LEAVING)
        if state is None or state.is_finished:
            then()
        else:
            self._overlay().wait_for([state], then, _at_most(), limits.RESTORE_ON_EXIT)

    def take_close(self, event: QCloseEvent) -> bool:
        """Accept the event where the window may close now, and return whether it does."""
        if not self.is_closing:
            self.is_closing = True
            self._stack.stop()
            states = [page.stop(StopReason.CLOSING) for page in self._stack.shown]
            waiting = [state for state in states if state is not None and not state.is_finished]
            if waiting:
                text = f"{_at_most()} {_('If it does not work, the wizard offers it at the next start.')}"
                self._overlay().wait_for(waiting, self._close_now, text, limits.RESTORE_ON_EXIT)
            else:
                self._may_close = True
        if not self._may_close:
            event.ignore()
            return False
        self._runner.stop_all(round(limits.JOBS_ON_EXIT * 1000))
        event.accept()
        return True

    def _close_now(self) -> None:
        self._may_close = True
        self._close()


def _at_most() -> str:
    seconds = round(limits.RESTORE_ON_EXIT)
    at_most = ngettext("This takes {seconds} second at most.", "This takes {seconds} seconds at most.", seconds)
    return at_most.format(seconds=seconds)
