"""The one scroll area of the window."""

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QScrollBar, QWidget

from wizard.ui.accessible import Role
from wizard.ui.metrics import em


class _BottomBar(QScrollBar):
    """There for a screen reader, and without height as long as there is nothing to scroll."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self.maximum() > self.minimum() else QSize(hint.width(), 0)


class ScrollArea(QScrollArea):
    """As wide as there is room; scrolls up and down, and to what gets the keyboard. Its scroll bars never come or go.

    A screen reader counts an area's children and then asks for each by its number. Where a scroll bar went in between,
    the program crashes: QAccessibleAbstractScrollArea::child checks no bounds (Qt 6.11), and of a page that is left
    both bars go. So the area has our own interface, too.
    """

    spoken_role = Role.Client

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
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self.follow)

    def follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """However the keyboard came there; not by the mouse: what is clicked is seen, and must not move under it."""
        if now is not None and self.isAncestorOf(now) and not QGuiApplication.mouseButtons():
            QTimer.singleShot(0, self, lambda: self._show_focused(now))  # when it has its place

    def _show_focused(self, widget: QWidget) -> None:
        """Where it still has the keyboard: it may have gone since."""
        if QApplication.focusWidget() is widget and self.isAncestorOf(widget):
            self.bring_into_view(widget)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a widget that got the keyboard."""
        self.ensureWidgetVisible(widget, 0, em(1))


def keep_row_in_view(view: QAbstractItemView) -> None:
    """From now on scroll the area around a list or table, too, to the row that the keyboard comes to."""

    def scroll() -> None:
        area = view.parentWidget()
        while area is not None and not isinstance(area, ScrollArea):
            area = area.parentWidget()
        content = area.widget() if area is not None else None
        if area is None or content is None or not view.isVisible():
            return
        row = view.visualRect(view.currentIndex())
        place = QRect(view.viewport().mapTo(content, row.topLeft()), row.size())
        area.ensureVisible(place.center().x(), place.center().y(), 0, place.height() // 2 + em(0.5))

    def come() -> None:
        if view.hasFocus() and not QGuiApplication.mouseButtons():
            QTimer.singleShot(0, view, scroll)  # the list itself scrolls first

    view.selectionModel().currentChanged.connect(come)
