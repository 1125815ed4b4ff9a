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
    """Scrolls one page and gives it the margins of the design, smaller where there is little room.

    holder: the parent of the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("plain", True)
        self.holder: QWidget = _Holder()
        self.holder.setProperty("plain", True)
        self._box = QVBoxLayout(self.holder)
        self.setWidget(self.holder)
        # Always there, though it shows only where there is something to scroll: a screen reader that holds on to a
        # scroll bar which goes away brings the program down (Qt 6.11), and the page keeps its width.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))
        bar.setEnabled(bar.maximum() > bar.minimum())

    def hold(self, page: QWidget) -> None:
        self._box.addWidget(page)

    def fit(self, width: int) -> None:
        side = page_margin(width)
        self._box.setContentsMargins(side, min(em(2.3), side), side, em(1))
