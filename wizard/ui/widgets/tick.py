"""A tick box whose sentence wraps: consent takes more words than a line holds."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from wizard.ui.colours import current_colours
from wizard.ui.metrics import em
from wizard.ui.widgets.marks import paint_tick
from wizard.ui.widgets.text import Text


class Tick(QCheckBox):
    """A QCheckBox underneath, so that role, state and keys are the system's own; painted from the token table."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Text()
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._fit()
        self.say(text)

    def say(self, text: str) -> None:
        self._label.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sentence(self) -> str:
        return self._label.text()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._row.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._row.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._row.totalMinimumSize()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        start, end = em(2), em(0.4)
        self._row.setContentsMargins(end if mirrored else start, em(0.25), start if mirrored else end, em(0.25))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, enabled = em(1.2), self.isEnabled()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - side - em(0.3) if mirrored else em(0.3)
        box = QRectF(left, em(0.35), side, side)
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
