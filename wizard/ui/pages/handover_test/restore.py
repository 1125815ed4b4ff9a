"""A page that changes who has control: whatever ends its work, the conversation is brought back before it is left."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from wizard.core import limits
from wizard.core.trial_result import RestoreEnd, RestoreResult
from wizard.i18n.language import _
from wizard.ui.garbage import delete_later
from wizard.ui.jobs import JobContext, StopReason, StopState
from wizard.ui.lines import for_box
from wizard.ui.pages.base import StepPage
from wizard.ui.services import Services

_RESTORE_MS = round(limits.RESTORE_ON_PAGE * 1000)


class RestoringPage(StepPage):
    """is_open: whether work runs that may have changed something. restoring: returns work that restores on new
    connections with short time limits, and returns how each journal entry that was open ended."""

    restore_begun = Signal()
    restored = Signal(object)  # list of RestoreEnd

    def __init__(
        self,
        services: Services,
        is_open: Callable[[], bool],
        restoring: Callable[[], Callable[[JobContext], list[RestoreEnd]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(services, parent)
        self._is_open, self._restoring = is_open, restoring
        self.is_restoring = False
        self._state: StopState | None = None
        self._is_closing = False

    def restore_title(self) -> str:
        return _("Bringing the conversation back…")

    def restore(self) -> None:
        """End the work that runs and bring back. The call in flight is abandoned, not joined: its outcome is read
        afresh."""
        self.is_restoring = True
        self.restore_begun.emit()
        title, work = self.restore_title(), self._restoring()
        job = self.run(work, self._end_restore, title, on_cancel=self._cut_off, stoppable=False)
        QTimer.singleShot(_RESTORE_MS, job, self._takes_too_long)

    def stop(self, reason: StopReason) -> StopState | None:
        """With an open test: bring it back, and let the window wait for that. Bringing back that runs already is waited
        for, never stopped."""
        if not self.is_restoring and not self._is_open():
            self.stop_work()
            return None
        if self._state is None:
            self._state = StopState(self.restore_title(), self)
        self._is_closing = self._is_closing or reason is StopReason.CLOSING
        if not self.is_restoring:
            self.restore()
        return self._state

    def leave(self) -> None:
        if not self.is_restoring:
            super().leave()

    def failed(self, error: Exception) -> None:
        if self.is_restoring:
            self._end_restore([RestoreEnd(RestoreResult.NOT_BACK)])
        else:
            super().failed(error)

    def _takes_too_long(self) -> None:
        self.stop_work()
        self._cut_off()

    def _cut_off(self) -> None:
        if self.is_restoring:
            self._end_restore([RestoreEnd(RestoreResult.NOT_BACK)])

    def _end_restore(self, endings: list[RestoreEnd]) -> None:
        self.is_restoring = False
        self.restored.emit(endings)
        state, self._state = self._state, None
        is_closing, self._is_closing = self._is_closing, False
        if is_closing and any(ended.result is RestoreResult.NOT_BACK for ended in endings):
            show_left_open(_("The conversation is not back yet"), _("The next start offers to bring it back."))
        if state is not None:
            state.finish()


def show_left_open(title: str, text: str) -> QMessageBox:
    """Say it in a box of its own that outlives the window: nobody would see the page any more."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, for_box(text), QMessageBox.StandardButton.Ok)
    box.setWindowModality(Qt.WindowModality.NonModal)
    box.finished.connect(lambda _button: delete_later(box))  # and it lives until then: the slot holds it
    box.show()
    return box
