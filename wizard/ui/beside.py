"""Whether the window stands beside the browser, as a narrow panel in front of everything else."""

from PySide6.QtCore import QObject, Signal


class Beside(QObject):
    """What pages, the shell and the window know of it. `changed` with whether it is on.

    is_liked: the person chose it, so it comes by itself when the browser opens; as long as the program runs."""

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_on = False
        self.is_liked = False

    def choose(self) -> None:
        """The person wants it, now and whenever the browser opens."""
        self.is_liked = True
        self._set(True)

    def go_back(self) -> None:
        """The person wants the large window, until they choose otherwise."""
        self.is_liked = False
        self._set(False)

    def browser_opens(self) -> None:
        if self.is_liked:
            self._set(True)

    def rest(self) -> None:
        """Nothing is left to do in the browser: the window is large until it opens again."""
        self._set(False)

    def _set(self, is_on: bool) -> None:
        if is_on != self.is_on:
            self.is_on = is_on
            self.changed.emit(is_on)
