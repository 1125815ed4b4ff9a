"""How a run over many Pages goes, on the progress line."""

from PySide6.QtCore import QObject, QTimer

from wizard.actions.account import AllPages
from wizard.ui.pages.check.said import so_far
from wizard.ui.widgets.progress_line import ProgressLine

_SAY_EVERY_MS = 1_000  # how long Facebook makes a run wait changes without a Page coming


class RunProgress(QObject):
    def __init__(self, line: ProgressLine, parent: QObject) -> None:
        super().__init__(parent)
        self._line = line
        self._pages: AllPages | None = None
        self._count = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_SAY_EVERY_MS)
        self._timer.timeout.connect(self._say)

    def begin(self, pages: AllPages) -> None:
        self._pages, self._count = pages, 0
        self._timer.start()

    def add(self, count: int) -> None:
        """So many Pages more were checked, of a run or without one."""
        self._count += count
        self._say()

    def end(self) -> None:
        self._pages = None
        self._timer.stop()

    def _say(self) -> None:
        if self._pages is not None and not self._line.isHidden():
            self._line.show_progress(so_far(self._pages, self._count))
