"""Where a page lies in the window."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from wizard.ui.layout import column
from wizard.ui.metrics import em, page_margin
from wizard.ui.scroll_area import ScrollArea


class _Holder(QWidget):
    """As high as what is in it needs at the width it has. By the sum of the heights that each part would like at a
    width of its own, there would be a blank below the page."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class PageFrame(ScrollArea):
    """Scrolls one page and gives it margins: wide ones where there is much room, small ones where there is little.

    holder: the parent of the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.holder: QWidget = _Holder()
        self.holder.setProperty("plain", True)
        self._box = column(self.holder)
        self._title: QWidget | None = None
        self._first: QWidget | None = None  # what gets the keyboard when the page opens
        self.setWidget(self.holder)

    def open_at_top(self, title: QWidget) -> None:
        """The page is opened: where what gets the keyboard first is not seen then, its title gets it."""
        self.verticalScrollBar().setValue(0)
        self._title, self._first = title, None

    def follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if self._first is None and now is not None and self.isAncestorOf(now):
            self._first = now
        super().follow(before, now)

    def bring_into_view(self, widget: QWidget) -> None:
        is_seen = widget.mapTo(self.viewport(), widget.rect().bottomLeft()).y() < self.viewport().height()
        if self._title is not None and widget is self._first and not is_seen:
            self._title.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().bring_into_view(widget)
        self._title = None

    def hold(self, page: QWidget) -> None:
        self._box.addWidget(page)

    def fit(self, width: int) -> None:
        """width: of the frame, its scroll bar included: the page stands in the middle of it, as the footer does."""
        side, bar = page_margin(width), self.verticalScrollBar().sizeHint().width()
        end = max(em(0.8), side - bar)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left, right = (end, side) if is_mirrored else (side, end)
        self._box.setContentsMargins(left, min(em(2.3), side), right, em(1))
