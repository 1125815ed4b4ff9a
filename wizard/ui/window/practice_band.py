"""The band at the top of a practice window, in the colour that the pretend sites have."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from wizard.i18n.language import _
from wizard.ui.colours import current_colours
from wizard.ui.layout import Panel, row
from wizard.ui.metrics import em
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text

_LEAST_TEXT_EM = 14  # beside the button; with less room the button stands below


class PracticeBand(Panel):
    """`real_wanted` when the person has practised enough."""

    real_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_beside = False
        self.text = Text(_("PRACTICE: nothing here is real."), "practice")
        self.real_button = Button()
        self.real_button.clicked.connect(self.real_wanted)
        self._line = row(self, 0.8, (1.4, 0.5, 1, 0.5))
        self._line.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self.real_button)
        self.setAccessibleName(self.text.text())
        self.show_end(False)

    def show_end(self, is_end: bool) -> None:
        """is_end: the last page is open."""
        self.real_button.set_text(_("Now do it on my real Page") if is_end else _("End practice"))
        self.real_button.setHidden(self._is_beside)

    def show_beside(self, is_on: bool) -> None:
        """Beside the browser all room is for the task: practice is ended in the large window."""
        self._is_beside = is_on
        self.real_button.setHidden(is_on)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        directions = QBoxLayout.Direction
        has_room = self.width() - self.real_button.sizeHint().width() > em(_LEAST_TEXT_EM)
        self._line.setDirection(directions.LeftToRight if has_room else directions.TopToBottom)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_colours().practice)
