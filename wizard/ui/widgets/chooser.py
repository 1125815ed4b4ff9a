"""A list that drops down, with an arrow in the colours of the token table: a style sheet takes the system's away."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox

from wizard.ui.colours import current_colours
from wizard.ui.metrics import em


class ComboBox(QComboBox):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours, size = current_colours(), em(0.32)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        middle = QPointF(em(1) if is_mirrored else self.width() - em(1), self.height() / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.text if self.isEnabled() else colours.on_disabled, max(1.5, size / 3)))
        painter.drawPolyline(
            QPolygonF(
                [middle + QPointF(-size, -size / 2), middle + QPointF(0, size / 2), middle + QPointF(size, -size / 2)]
            )
        )
