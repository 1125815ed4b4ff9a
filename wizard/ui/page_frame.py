"""Where a page lies in the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from wizard.ui.metrics import em, page_margin


class PageFrame(QScrollArea):
    """Scrolls one page and gives it the margins of the design, smaller where there is little room."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("plain", True)
        holder = QWidget()
        holder.setProperty("plain", True)
        self._box = QVBoxLayout(holder)
        self._box.addWidget(page)
        self.setWidget(holder)

    def fit(self, width: int) -> None:
        side = page_margin(width)
        self._box.setContentsMargins(side, min(em(2.3), side), side, em(1))
