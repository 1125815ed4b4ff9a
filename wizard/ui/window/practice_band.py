"""The band at the top of a practice window, in the colour that the pretend sites have."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from wizard.i18n.language import _
from wizard.ui.colours import current_colours
from wizard.ui.layout import Panel, row
from wizard.ui.metrics import em
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text

_SIDES, _GAP = (1.4, 1.0), 0.8  # em


class PracticeBand(Panel):
    """`real_wanted` when the person has practised enough."""

    real_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_beside = self._is_end = False
        self.text = Text(_("PRACTICE: nothing here is real."), "practice")
        self.real_button = Button()
        self.real_button.clicked.connect(self.real_wanted)
        left, right = _SIDES
        self._line = row(self, _GAP, (left, 0.5, right, 0.5))
        self._line.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self.real_button)
        for part in (self, self.text):
            part.setAccessibleName(self.text.text())
        self.show_end(False)

    def show_end(self, is_end: bool) -> None:
        """is_end: the last page is open."""
        self._is_end = is_end
        self._label()

    def show_beside(self, is_on: bool) -> None:
        """Beside the browser all room is for the task: practice is ended in the large window."""
        self._is_beside = is_on
        self._label()

    def _label(self) -> None:
        """The button is never shown only to be hidden: what is laid out in between may hide it, and it would stay."""
        text = _("Now do it on my real Page") if self._is_end else _("End practice")
        self.real_button.set_text("" if self._is_beside else text)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._turn()

    def _turn(self) -> None:
        """One line: the task needs the room. With less of it one word says it, then the button stands below."""
        room = self.width() - em(sum(_SIDES))
        if not self.real_button.isHidden():
            room -= self.real_button.sizeHint().width() + em(_GAP)
        whole, word = _("PRACTICE: nothing here is real."), _("PRACTICE")
        width = self.text.fontMetrics().horizontalAdvance
        self.text.setText(whole if width(whole) <= room else word)
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.LeftToRight if width(word) <= room else directions.TopToBottom)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_colours().practice)
