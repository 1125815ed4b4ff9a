"""The clipboard, trusted only after it was read back: another program may own or block it.

Where reading back proves something at once (X11 asks the server who owns the clipboard; Windows and macOS keep it
themselves) the answer is there at once. Under Wayland Qt answers a program with its own text, whether the desktop took
it or not. A desktop takes a text only from the window in front, and does not say so when it refuses. What it does say,
to the window in front alone, is that the clipboard has changed: that is waited for; without it nothing is claimed.
Source: Wayland protocol, wl_data_device; Qt, qwaylanddatadevice.cpp and qxcbclipboard.cpp; read and tried 2026-11-25.
"""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from wizard.ui.garbage import delete_later

PATIENCE = 1_000  # milliseconds; desktops answer in a few


class Copied(StrEnum):
    """What became of a text that was put on the clipboard."""

    YES = "yes"  # it was read back
    UNSEEN = "unseen"  # the desktop does not let a program see it
    NO = "no"  # something else is there


class _ClipboardWait(QObject):
    """Waits until the desktop says that the clipboard has changed, while the same window stays in front."""

    answered = Signal(object)

    def __init__(self, parent: QObject, answer: Callable[[bool], object]) -> None:
        """answer: what to emit, given whether the desktop said so."""
        super().__init__(parent)
        self._answer = answer
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        self._application = application
        self._clipboard = application.clipboard()
        self._clipboard.dataChanged.connect(self._said)
        # A window that comes to the front is told what is there, old or new: that is no answer to us.
        application.focusWindowChanged.connect(self._give_up)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._give_up)
        self._timer.start(PATIENCE if application.focusWindow() is not None else 0)

    def stop(self) -> None:
        """Wait no more, and answer nothing."""
        self._clipboard.dataChanged.disconnect(self._said)
        self._application.focusWindowChanged.disconnect(self._give_up)
        self._timer.stop()
        delete_later(self)

    def _said(self) -> None:
        self.stop()
        self.answered.emit(self._answer(True))

    def _give_up(self) -> None:
        self.stop()
        self.answered.emit(self._answer(False))


class Clipboard(QObject):
    """What is asked for last counts: an answer that is still awaited then never comes.

    then: called at once, or within PATIENCE; a method of a widget that is gone by then is not called."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._change: _ClipboardWait | None = None

    def copy(self, text: str, then: Callable[[Copied], None]) -> None:
        """Put text on the clipboard, and say what became of it. What looks like a secret stays behind: others paste."""
        from wizard.core.redact import redact_tokens  # the first page does without

        text = redact_tokens(text)
        clipboard = QGuiApplication.clipboard()
        self._forget()
        clipboard.setText(text)

        def answer(is_said: bool) -> Copied:
            self._change = None
            if clipboard.text() != text:
                return Copied.NO
            return Copied.YES if is_said else Copied.UNSEEN

        if _is_wayland() and clipboard.text() == text:
            self._await(answer, then)
        else:
            then(answer(True))

    def text(self) -> str:
        return QGuiApplication.clipboard().text()

    def clear_if_holds(self, text: str, then: Callable[[bool], None]) -> None:
        """Empty the clipboard if it still holds text (a secret that was pasted); True if it does not hold it now.

        text: may carry the spaces and line ends that came along when it was copied."""
        clipboard = QGuiApplication.clipboard()
        self._forget()

        def answer(is_said: bool) -> bool:
            self._change = None
            return is_said and clipboard.text().strip() != text.strip()

        if clipboard.text().strip() != text.strip():
            then(True)
        elif _is_wayland():
            clipboard.setText("")  # some desktops, as Weston 10, do nothing when asked to clear it
            self._await(answer, then)
        else:
            clipboard.clear()
            then(answer(True))

    def _await(self, answer: Callable[[bool], object], then: Callable[..., None]) -> None:
        self._change = _ClipboardWait(self, answer)
        self._change.answered.connect(then)

    def _forget(self) -> None:
        if self._change is not None:
            self._change.stop()
            self._change = None


def _is_wayland() -> bool:
    return QGuiApplication.platformName().startswith("wayland")


def local_files(source: QMimeData) -> list[Path]:
    """Return the files that were dropped or copied."""
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
