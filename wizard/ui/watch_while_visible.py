"""Whether anybody watches: while the window is hidden or minimised, nothing is looked for."""

import threading

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from wizard.core.cancel import CancelToken
from wizard.core.ports import Clock

_LOOK = 0.2  # seconds between looks for the window or a stop
_SHOWS = frozenset({QEvent.Type.Show, QEvent.Type.WindowStateChange})


class Watched(QObject):
    """Follows one window. `wait`, `monotonic` and `now` may be called in any thread."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._seen = threading.Event()
        self._seen.set()
        self._away = 0.0
        self._window: QWidget | None = None

    def monotonic(self) -> float:
        """A clock that stands still while nobody watches: see `wizard.core.ports.Clock`."""
        return self._clock.monotonic() - self._away

    def now(self) -> float:
        return self._clock.now()

    def look_at(self, window: QWidget) -> None:
        if self._window is not window:
            self._window = window
            window.installEventFilter(self)
        self._update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self._seen.clear()  # it may be the window's last: nothing can be asked of it then
        elif event.type() in _SHOWS:
            self._update()
        return super().eventFilter(watched, event)

    def wait(self, cancel: CancelToken) -> None:
        """In a worker: return at once while somebody watches, else as soon as somebody does. Raises Cancelled."""
        began = self._clock.monotonic()
        while not self._seen.is_set():
            cancel.wait(_LOOK)
            self._away += self._clock.monotonic() - began
            began = self._clock.monotonic()

    def _update(self) -> None:
        window = self._window
        if window is not None and window.isVisible() and not window.isMinimized():
            self._seen.set()
        else:
            self._seen.clear()
