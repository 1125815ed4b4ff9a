"""The one scroll area of the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QScrollArea, QScrollBar, QWidget

from wizard.ui.accessible import Role

if TYPE_CHECKING:  # the first page has none
    from PySide6.QtWidgets import QAbstractItemView


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
        # Our own in place of Qt's: to find out what to call the first widget that is not ours, PySide6 goes through all
        # classes of widgets, which takes a dozen milliseconds.
        viewport = QWidget()
        viewport.setBackgroundRole(QPalette.ColorRole.NoRole)
        self.setViewport(viewport)
        self.setWidgetResizable(True)
        self.setProperty("plain", True)
        self.last_shown: QWidget | None = None  # what was scrolled to, until the person scrolls; it may be gone
        self.verticalScrollBar().actionTriggered.connect(self._forget_shown)
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

    def seen_height(self) -> int:
        """Pixels of the content that are seen at a time."""
        return self.viewport().height()

    def follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """However the keyboard came there; not by the mouse: what is clicked is seen, and must not move under it."""
        if now is not None and self.isAncestorOf(now) and not QGuiApplication.mouseButtons():
            QTimer.singleShot(0, self, lambda: self._show_focused(now))  # when it has its place

    def _show_focused(self, widget: QWidget) -> None:
        """Where it still has the keyboard: it may have gone since."""
        if QApplication.focusWidget() is widget and self.isAncestorOf(widget):
            self.bring_into_view(widget)

    def _forget_shown(self) -> None:
        self.last_shown = None

    def bring_into_view(self, widget: QWidget) -> None:
        """A widget got the keyboard: scroll as far as that needs."""
        if widget.inherits("QAbstractItemView"):
            from PySide6.QtWidgets import QAbstractItemView

            if isinstance(widget, QAbstractItemView) and (index := widget.currentIndex()).isValid():
                self.show_part(widget.viewport(), widget.visualRect(index))
                return
        self.show_part(widget, widget.rect())

    def show_part(self, widget: QWidget, part: QRect, margin: int = 0) -> None:
        """Scroll until a part of a widget inside is seen, its top where it is higher than the view; not at all where it
        is seen. Qt's own goes by the text cursor of a field. margin: pixels around it, where it must scroll."""
        content, bar, height = self.widget(), self.verticalScrollBar(), self.seen_height()
        if content is None or not (widget is content or content.isAncestorOf(widget)):
            return  # a bar, or a dialog that belongs to something inside
        self.last_shown = widget
        top = widget.mapTo(content, part.topLeft()).y()
        bottom = top + part.height()
        if top < bar.value() or part.height() > height:
            bar.setValue(top - margin)
        elif bottom > bar.value() + height:
            bar.setValue(bottom - height + margin)


def area_around(widget: QWidget) -> ScrollArea | None:
    """The innermost scroll area that a widget lies in."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, ScrollArea):
        area = area.parentWidget()
    return area


def keep_row_in_view(view: "QAbstractItemView") -> None:
    """From now on scroll the area around a list or table, too, to the row that the keyboard comes to."""

    def scroll() -> None:
        area = area_around(view)
        if area is not None and view.isVisible():
            area.bring_into_view(view)

    def come() -> None:
        if view.hasFocus() and not QGuiApplication.mouseButtons():
            QTimer.singleShot(0, view, scroll)  # the list itself scrolls first

    view.selectionModel().currentChanged.connect(come)
