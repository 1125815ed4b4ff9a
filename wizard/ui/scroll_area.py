"""The one scroll area of the window."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QScrollBar, QWidget


class _BottomBar(QScrollBar):
    """There for a screen reader, and without height as long as there is nothing to scroll."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self.maximum() > self.minimum() else QSize(hint.width(), 0)


class ScrollArea(QScrollArea):
    """As wide as there is room; scrolls up and down. Its scroll bars never come or go.

    A screen reader counts an area's children and then asks for each by its number. Where a scroll bar went in between,
    the program crashes: QAccessibleAbstractScrollArea::child checks no bounds (Qt 6.11).
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setProperty("plain", True)
        below = _BottomBar(Qt.Orientation.Horizontal)
        below.rangeChanged.connect(below.updateGeometry)
        self.setHorizontalScrollBar(below)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
        bar.setEnabled(bar.maximum() > bar.minimum())
