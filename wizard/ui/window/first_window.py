"""The first window: shown before the shell is loaded, and given the shell as its content then."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget


class FirstWindow(QObject):
    """Shows the shell in the window that is open already, and asks the shell before the window closes.

    The window itself is a plain QWidget, made by `wizard.app` before this module is loaded: the first class of our own
    that Qt calls costs more time than all the rest of a small window."""

    def __init__(self, window: QWidget, label: QLabel) -> None:
        super().__init__(window)
        self.window, self._label = window, label
        self._held: QWidget | None = None
        self._is_over, self._is_asking = False, False
        window.installEventFilter(self)

    def set_status(self, sentence: str) -> None:
        """What is being prepared."""
        self._label.setText(sentence)

    def set_content(self, shell: QWidget) -> None:
        """Show the shell from now on. It is asked before the window closes; `end` closes it then."""
        focused: QWidget | None = shell.focusWidget()
        self._held = shell
        self._label.hide()
        column = self.window.layout()
        assert column is not None
        column.addWidget(shell)
        shell.show()
        shell.windowTitleChanged.connect(self.window.setWindowTitle)
        self.window.setWindowTitle(shell.windowTitle())
        (shell if focused is None else focused).setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """The shell has closed: so does the window."""
        self._is_over = True
        if not self._is_asking:  # else the close that is under way goes on; Qt knows no close within a close
            self.window.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._held is not None and event.type() == QEvent.Type.Close and not self._is_over:
            may_close = self._ask(self._held)
            event.setAccepted(may_close)
            return not may_close
        if self._held is not None and event.type() == QEvent.Type.ThemeChange:
            QApplication.sendEvent(self._held, event)  # Qt tells the top of a window only
        return False

    def _ask(self, held: QWidget) -> bool:
        """Whether the shell has closed at once."""
        self._is_asking = True
        held.close()
        self._is_asking = False
        return self._is_over
