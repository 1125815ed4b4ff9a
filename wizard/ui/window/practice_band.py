"""The band at the top of a practice window, in the colour that the pretend sites have."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from wizard.i18n.language import _
from wizard.ui.colours import current_colours
from wizard.ui.layout import Panel, row
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text


class PracticeBand(Panel):
    """`real_wanted` when the person has practised enough."""

    real_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Text(_("PRACTICE: nothing here is real, and nothing leaves this computer."), "practice")
        self.real_button = Button()
        self.real_button.clicked.connect(self.real_wanted)
        line = row(self, 0.8, (1.4, 0.5, 1, 0.5))
        line.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.real_button)
        self.setAccessibleName(self.text.text())
        self.show_end(False)

    def show_end(self, is_end: bool) -> None:
        """is_end: the last page is open."""
        self.real_button.set_text(_("Now do it on my real Page") if is_end else _("End practice"))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_colours().practice)
