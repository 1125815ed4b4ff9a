"""The one window of the program: it comes with the shell in it, or before it with a sentence."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from wizard.i18n.language import _
from wizard.ui.garbage import delete_later

_AFTER_PAINT_MS = 50  # who clicks as soon as the first page is there, is answered before
_FIRST_SIZE = 1040, 720
_FRAME = 16, 48  # what title bar and edges may take; the window manager tells only when the window is there


class FirstWindow(QObject):
    """Holds the shell, and asks it before the window closes."""

    def __init__(self) -> None:
        super().__init__()
        self.window = QWidget()
        self.window.setWindowTitle(_("Messenger Handover Wizard"))
        self.window.resize(*_FIRST_SIZE)
        self._column = QVBoxLayout(self.window)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._status: QWidget | None = None
        self._held: QWidget | None = None
        self._is_over = self._is_asking = self._is_painted = False
        self.window.installEventFilter(self)

    def show_status(self, sentence: str) -> None:
        """What is being prepared, as long as there is no shell."""
        from wizard.ui.widgets.busy_bar import BusyBar

        self._status = QWidget()
        label = QLabel(sentence)
        label.setProperty("role", "title")
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bar = BusyBar()
        bar.setAccessibleName(sentence)
        lines = QVBoxLayout(self._status)
        lines.setSpacing(24)
        lines.addStretch(1)
        lines.addWidget(label)
        lines.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(1)
        self._column.addWidget(self._status)
        self._show()

    def set_content(self, shell: QWidget) -> None:
        """Hold the shell from now on. It is asked before the window closes; `end` closes it then."""
        focused: QWidget | None = shell.focusWidget()
        self._held = shell
        if self._status is not None:
            self._status.hide()
        self._column.addWidget(shell)
        shell.show()
        shell.windowTitleChanged.connect(self.window.setWindowTitle)
        self.window.setWindowTitle(shell.windowTitle())
        (shell if focused is None else focused).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_content(self, shell: QWidget) -> None:
        self.set_content(shell)
        if not self.window.isVisible():
            self._show()

    def end(self) -> None:
        """The shell has closed: so does the window."""
        self._is_over = True
        if not self._is_asking:  # else the close that is under way goes on; Qt knows no close within a close
            self.window.close()

    def delete(self) -> None:
        """Now, not in whatever order Python ends: a widget must not outlive the application."""
        delete_later(self.window)
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete.value)

    def _show_icon(self) -> None:
        """Of all windows, just after the first paint: it takes some milliseconds."""
        from PySide6.QtGui import QIcon

        from wizard.core.resource import resource

        QApplication.setWindowIcon(QIcon(str(resource("icons/handover-wizard-64.png"))))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._is_painted and event.type() == QEvent.Type.Paint:
            self._is_painted = True
            QTimer.singleShot(_AFTER_PAINT_MS, self, self._show_icon)
        if self._held is not None and event.type() == QEvent.Type.Close and not self._is_over:
            may_close = self._ask(self._held)
            event.setAccepted(may_close)
            return not may_close
        if self._held is not None and event.type() == QEvent.Type.ThemeChange:
            QApplication.sendEvent(self._held, event)  # Qt tells the top of a window only
        return False

    def _show(self) -> None:
        """In the middle of what is free of the screen; over all of it where the first size and its frame have no
        room."""
        free = self.window.screen().availableGeometry()
        width, height = (size + frame for size, frame in zip(_FIRST_SIZE, _FRAME, strict=True))
        self.window.resize(
            min(_FIRST_SIZE[0], free.width() - _FRAME[0]), min(_FIRST_SIZE[1], free.height() - _FRAME[1])
        )
        x, y = max(0, free.width() - width) // 2, max(0, free.height() - height) // 2
        self.window.move(free.x() + x, free.y() + y)
        if width <= free.width() and height <= free.height():
            self.window.show()
        else:
            self.window.showMaximized()

    def _ask(self, held: QWidget) -> bool:
        """Whether the shell has closed at once."""
        self._is_asking = True
        held.close()
        self._is_asking = False
        return self._is_over


def to_front(part: QWidget) -> None:
    """Show the window that part is in above all others. Where the system lets no program do so, it asks for a look."""
    window = part.window()
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
