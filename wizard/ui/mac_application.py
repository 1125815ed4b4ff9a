"""On a Mac the system does not name files on the command line: it tells the running program which ones were opened."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class MacApplication(QApplication):
    """Keeps what was opened until somebody takes it: the first files may come before the window does."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(arguments)
        self._take: Callable[[list[Path]], object] | None = None
        self._waiting: list[Path] = []

    def give_opened_files_to(self, take: Callable[[list[Path]], object]) -> None:
        """take: is given those that wait, if any, and each that comes."""
        self._take = take
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            take(waiting)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            path = Path(event.file())
            if self._take is None:
                self._waiting.append(path)
            else:
                self._take([path])
            return True
        return super().event(event)
