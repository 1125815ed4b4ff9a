"""Long work as one line: what is being done, how far, and Stop."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.metrics import em
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text


class ProgressLine(QWidget):
    """Hidden until `begin`; `stop_chosen` when the person presses Stop."""

    stop_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop_button = Button()
        self.stop_button.clicked.connect(self._stop)
        self._column = QVBoxLayout()
        self._column.addWidget(self._title)
        self._column.addWidget(self.bar)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(self._column, 1)
        self._row.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._fit()
        self.hide()

    def begin(self, title: str, stoppable: bool = True) -> None:
        """Show the line. title: what is being done, "Asking Facebook about the token"."""
        self.stop_button.say(_("Stop") if stoppable else "")
        self.stop_button.setEnabled(True)
        self.show_progress(title)
        self.show()
        announce(self, title)

    def show_progress(self, title: str, done: int = 0, total: int = 0) -> None:
        """total 0: how much is left is not known."""
        self._title.setText(title)
        self.bar.setAccessibleName(title)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def end(self) -> None:
        self.hide()

    def title(self) -> str:
        return self._title.text()

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self._title.setText(_("Stopping…"))
        self.stop_chosen.emit()

    def _fit(self) -> None:
        self._row.setSpacing(em(1))
        self._column.setSpacing(em(0.4))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)
