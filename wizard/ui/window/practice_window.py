"""From the real window into practice and back: only one of the two is to be worked in."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from wizard.i18n.language import _
from wizard.ui.window.shell import Shell

if TYPE_CHECKING:
    from subprocess import Popen

_LOOK_MS = 300


class PracticeWindow(QObject):
    """A practice window that was started from this one, which waits for its end. `ended` then."""

    ended = Signal()
    _started = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._process: Popen[bytes] | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._watch)
        self._started.connect(self._cover, Qt.ConnectionType.QueuedConnection)

    def start(self) -> bool:
        """Start this program again in practice mode; it lives on its own. In any thread."""
        process = start_program("--practice")
        if process is not None:
            self._process = process
            self._started.emit()
        return process is not None

    def _cover(self) -> None:
        self._shell.overlay.show_over(
            _("You are practising in the other window."),
            _("This window waits. Close the other one to go on here."),
            _("Go on here"),
        )
        self._look.start()

    def _watch(self) -> None:
        if self._shell.overlay.isHidden():  # the person goes on here
            self._look.stop()
        elif self._process is not None and self._process.poll() is not None:
            self._look.stop()
            self._shell.overlay.hide()
            self._shell.page.title_label.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ended.emit()


def start_program(*options: str) -> "Popen[bytes] | None":
    """Start this program again, in a window of its own. Return None where it could not be started."""
    import subprocess  # the first page does without it

    from wizard.actions.practice import own_program

    try:
        return subprocess.Popen([*own_program(window=True), *options], start_new_session=True)
    except OSError:
        return None
