"""What other windows of this program want of this one: a second start, or practice that ends."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject

from wizard.actions.window_requests import WindowRequests, with_products
from wizard.ui.window.first_window import to_front
from wizard.ui.window.shell import Shell


class Neighbours(QObject):
    """Watches the folder of requests as long as the shell lives. state: `Places().state`. open_files: gets the files
    that a second start was opened with."""

    def __init__(self, shell: Shell, state: Path, open_files: Callable[[Sequence[Path]], None]) -> None:
        super().__init__(shell)
        self._shell, self._open_files = shell, open_files
        self._requests = WindowRequests(state)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _folder: self._take())
        with suppress(OSError):  # then nobody can ask
            self._requests.make_folder()
            self._watcher.addPath(str(self._requests.folder))
            self._take()

    def _take(self) -> None:
        for request in self._requests.take():
            to_front(self._shell)
            if request.products is not None:
                self._shell.take_answers(with_products(self._shell.answers, request.products))
            self._open_files([Path(name) for name in request.files])
