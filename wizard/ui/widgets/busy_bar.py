"""How far work is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPaintEvent
from PySide6.QtWidgets import QApplication, QProgressBar, QWidget

from wizard.ui.colours import current_colours

MOTION = "motion"  # a property of the application, set as soon as it is known that what waits may move


class BusyBar(QProgressBar):
    """Where it is not known how far, it moves to and fro; hatched and at rest for people who want no motion."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setRange(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        app = QApplication.instance()
        if self.maximum() > self.minimum() or (app is not None and app.property(MOTION)):
            super().paintEvent(event)
            return
        from PySide6.QtWidgets import QStyle, QStyleOptionProgressBar, QStylePainter  # QStyle brings hundreds of names

        option = QStyleOptionProgressBar()
        self.initStyleOption(option)
        option.minimum, option.maximum, option.progress = 0, 1, 0  # Qt's style moves one without an end
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_ProgressBar, option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_ProgressBarContents, option, self)
        painter.fillRect(inside, QBrush(current_colours().accent, Qt.BrushStyle.BDiagPattern))
