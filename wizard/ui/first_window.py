"""The window from the first moment on: small enough to be there at once, it holds the shell when that is ready."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

FIRST_SIZE = QSize(1040, 720)
_NEVER_PAINTED_MS = 300  # started as an icon, or behind a locked screen


class FirstWindow(QWidget):
    """Says what is being prepared until `hold` puts the shell in its place. on_painted: called once, when the person
    sees the window: what takes long belongs there."""

    def __init__(self, title: str, sentence: str, on_painted: Callable[[], None]) -> None:
        super().__init__()
        self._on_painted: Callable[[], None] | None = on_painted
        self._held: QWidget | None = None
        self._is_over = False
        self._label = QLabel(sentence)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._label)
        self.setWindowTitle(title)
        self.resize(FIRST_SIZE)
        QTimer.singleShot(_NEVER_PAINTED_MS, self, self._painted)

    def say(self, sentence: str) -> None:
        self._label.setText(sentence)

    def hold(self, shell: QWidget) -> None:
        """Show the shell from now on. It is asked before the window closes; the window follows when it does."""
        focused: QWidget | None = shell.focusWidget()
        self._held = shell
        self._label.hide()
        column = self.layout()
        assert column is not None
        column.addWidget(shell)
        shell.show()
        shell.windowTitleChanged.connect(self.setWindowTitle)
        self.setWindowTitle(shell.windowTitle())
        (shell if focused is None else focused).setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """The shell has closed: so does the window."""
        self._is_over = True
        self.close()

    def _painted(self) -> None:
        if self._on_painted is not None:
            then, self._on_painted = self._on_painted, None
            then()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._on_painted is not None:
            QTimer.singleShot(0, self, self._painted)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._held is None or self._is_over:
            event.accept()
        else:
            event.ignore()
            self._held.close()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ThemeChange and self._held is not None:
            QApplication.sendEvent(self._held, event)  # Qt tells the top of a window only
        return super().event(event)
