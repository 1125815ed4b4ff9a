"""Where a page lies in the window."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from wizard.ui.metrics import em, page_margin


class _Holder(QWidget):
    """As high as what is in it needs at the width it has. By the sum of the heights that each part would like at a
    width of its own, there would be a blank below the page."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class PageFrame(QScrollArea):
    """Scrolls one page and gives it the margins of the design, smaller where there is little room."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("plain", True)
        holder = _Holder()
        holder.setProperty("plain", True)
        self._box = QVBoxLayout(holder)
        self._box.addWidget(page)
        self.setWidget(holder)
        # Always there, though it shows only where there is something to scroll: a screen reader that holds on to a
        # scroll bar which goes away brings the program down (Qt 6.11), and the page keeps its width.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
        bar.setEnabled(bar.maximum() > bar.minimum())

    def fit(self, width: int) -> None:
        side = page_margin(width)
        self._box.setContentsMargins(side, min(em(2.3), side), side, em(1))
