"""SIGTERM, SIGINT and SIGHUP close the window as its own button does: an open test is brought back first."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from wizard.core.signals import TERMINATION_SIGNALS


class StopSignals(QObject):
    """`wanted` comes in the window's thread, also while the window waits for the next event: Python alone would hear of
    a signal only when its own code runs again. Made in the main thread; `end` gives the signals back."""

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        self._woken = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._woken.activated.connect(self._on_signal)
        # First the socket: a signal that comes while the others are still as before is heard here as well.
        self._before_fd = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _noted) for number in TERMINATION_SIGNALS}

    def end(self) -> None:
        signal.set_wakeup_fd(self._before_fd)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._woken.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _on_signal(self) -> None:
        if self._reader.recv(64):
            self.wanted.emit()


def _noted(_number: int, _frame: FrameType | None) -> None:
    """The system's own reaction would end the process at once; the number comes through the socket."""
