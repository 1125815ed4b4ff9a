"""A tick box whose sentence wraps: consent takes more words than a line holds."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from wizard.ui.accessible import Role
from wizard.ui.colours import current_colours
from wizard.ui.metrics import em
from wizard.ui.widgets.marks import paint_tick
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_button import WrappingButton


class CheckBox(WrappingButton, QCheckBox):
    """Painted from the token table."""

    spoken_role = Role.CheckBox
    START, END, VERTICAL = 2, 0.4, 0.25

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Text()
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hold_words()
        self.row.addWidget(self._label)
        self.fit()
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._label.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sentence(self) -> str:
        return self._label.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, enabled = em(1.2), self.isEnabled()
        left = self.width() - side - em(0.3) if self.is_mirrored() else em(0.3)
        box = QRectF(left, self.first_line_middle(self._label) - side / 2, side, side)
        edge = (
            (colours.accent if self.isChecked() or self.underMouse() else colours.field_line)
            if enabled
            else colours.line
        )
        painter.setPen(QPen(edge, 1.6))
        painter.setBrush((colours.accent if enabled else colours.disabled) if self.isChecked() else colours.window)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), em(0.25), em(0.25))
        if self.isChecked():
            inset = side * 0.22
            tick = colours.on_accent if enabled else colours.on_disabled
            paint_tick(painter, box.adjusted(inset, inset, -inset, -inset), tick)
        if self.hasFocus():
            painter.setPen(QPen(colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), em(0.4), em(0.4))
