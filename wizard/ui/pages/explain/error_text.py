"""Where an error is pasted, or a log is dropped. Secrets are blanked before they are even shown."""

from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from wizard.core.explain.redact import redact
from wizard.ui.clipboard import local_files
from wizard.ui.jobs import Job, JobRunner
from wizard.words.explaining import is_only_a_secret

AT_ONCE = 20_000  # characters that are blanked without the window being seen to stop
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class ErrorText(QPlainTextEdit):
    """Tokens and IDs of people in what is pasted are blanked. Enter asks; with Shift it begins a line."""

    pasted = Signal(bool)  # whether all of it was a secret
    entered = Signal()
    files_given = Signal(list)  # of Path: dropped, or copied in a file manager and pasted

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._job: Job[Any] | None = None

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(local_files(source)) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if files := local_files(source):
            self.files_given.emit(files)
            return
        if not source.hasText():
            return
        text = source.text()
        self.forget_pasted()
        if len(text) <= AT_ONCE:
            self._insert((redact(text), is_only_a_secret(text)))
            return
        self._job = self._runner.start(lambda _job: (redact(text), False))  # no secret is so long
        self._job.on_success(self._blanked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _SHIFT:
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def forget_pasted(self) -> None:
        """Leave out what was pasted and is not shown yet."""
        if self._job is not None:
            self._job.ignore()
            self._job = None

    def _blanked(self, result: tuple[str, bool]) -> None:
        self._job = None
        self._insert(result)

    def _insert(self, result: tuple[str, bool]) -> None:
        text, was_secret = result
        self.insertPlainText(text)
        self.pasted.emit(was_secret)
