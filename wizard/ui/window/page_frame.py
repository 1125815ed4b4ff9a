"""Where a page lies in the window, and below it what it says of its work and of its troubles."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from wizard.ui.layout import column
from wizard.ui.metrics import em, page_margin
from wizard.ui.pages.base import StepPage
from wizard.ui.scroll_area import ScrollArea

_CHANGES = (QEvent.Type.LayoutRequest, QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.Resize)


class _Holder(QWidget):
    """As high as what is in it needs at the width it has. By the sum of the heights that each part would like at a
    width of its own, there would be a blank below the page."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class _Strip(ScrollArea):
    """As high as what it says, and never more than half of the room: then it scrolls. Away while there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.holder = QWidget()
        self.holder.setProperty("plain", True)
        self.box = column(self.holder, 0.4)
        self.room = 0  # pixels
        self.setWidget(self.holder)
        self.hide()

    def hold(self, part: QWidget) -> None:
        self.box.addWidget(part)
        part.installEventFilter(self)
        self.fit()

    def fit(self) -> None:
        parts = [item.widget() for at in range(self.box.count()) if (item := self.box.itemAt(at)) is not None]
        says = any(part is not None and not part.isHidden() for part in parts)
        if says:
            wanted = self.box.totalHeightForWidth(self.viewport().width() or self.width())
            self.setFixedHeight(max(1, min(wanted + 1, self.room // 2)))  # its upper edge
        self.setVisible(says)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _CHANGES and self.holder in (watched, watched.parent()):
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class PageArea(ScrollArea):
    """Opens at its top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title: QWidget | None = None
        self._first: QWidget | None = None  # what gets the keyboard when the page opens
        self._wanted: float | None = None  # how far to scroll as soon as all of a page has its place
        self._shows_keyboard = False  # and there too, what has the keyboard is seen
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._scroll_on)
        bar.actionTriggered.connect(self._forget)

    @property
    def scrolled(self) -> float:
        """How far: 0.0 is the top, 1.0 the end."""
        bar = self.verticalScrollBar()
        return bar.value() / bar.maximum() if bar.maximum() else 0.0

    def scroll_to(self, part: float, shows_keyboard: bool = False) -> None:
        """Go on there, not at the top; part: as `scrolled` gives it. Until the person goes elsewhere. shows_keyboard:
        what has the keyboard stays in view, where sentences are longer now."""
        self._title, self._shows_keyboard = None, shows_keyboard
        QTimer.singleShot(0, self, lambda: self._want(part))  # after what shows the part that has the keyboard

    def _want(self, part: float) -> None:
        self._wanted = part
        self._scroll_on()

    def _scroll_on(self) -> None:
        if self._wanted is not None:
            bar = self.verticalScrollBar()
            bar.setValue(round(self._wanted * bar.maximum()))
            focused: QWidget | None = self.window().focusWidget()
            if self._shows_keyboard and focused is not None and self.isAncestorOf(focused):
                super().bring_into_view(focused)

    def _forget(self) -> None:
        self._wanted = None

    def open_at_top(self, title: QWidget) -> None:
        """The page is opened: where what gets the keyboard first is not seen then, its title gets it."""
        self._forget()
        self.verticalScrollBar().setValue(0)
        self._title, self._first = title, None

    def follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if self._first is None and now not in (None, self._title) and self.isAncestorOf(now):
            self._first = now
        super().follow(before, now)

    def bring_into_view(self, widget: QWidget) -> None:
        self._forget()
        content, end = self.widget(), self.verticalScrollBar().value() + self.seen_height()
        is_seen = content is not None and widget.mapTo(content, widget.rect().bottomLeft()).y() < end
        if self._title is not None and widget is self._first and not is_seen:
            self._title.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().bring_into_view(widget)
        self._title = None


class PageFrame(QWidget):
    """Scrolls one page and gives it margins: wide ones where there is much room, small ones where there is little.

    holder: the parent of the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area, self.strip = PageArea(), _Strip()
        self.holder: QWidget = _Holder()
        self.holder.setProperty("plain", True)
        self._box = column(self.holder)
        self.area.setWidget(self.holder)
        rows = column(self, 0)
        rows.addWidget(self.area, 1)
        rows.addWidget(self.strip)

    def hold(self, page: StepPage) -> None:
        self._box.addWidget(page)
        for part in (page.progress, page.notice):
            self.strip.hold(part)

    def place(self, rect: QRect) -> None:
        """Lay all of it out in rect, before it is shown."""
        self.setGeometry(rect)
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def verticalScrollBar(self) -> QScrollBar:
        return self.area.verticalScrollBar()

    def fit(self, width: int) -> None:
        """width: of the frame, its scroll bar included: the page stands in the middle of it, as the footer does."""
        side, bar = page_margin(width), self.verticalScrollBar().sizeHint().width()
        end = max(em(0.8), side - bar)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left, right = (end, side) if is_mirrored else (side, end)
        self._box.setContentsMargins(left, min(em(2.3), side), right, em(1))
        self.strip.box.setContentsMargins(left, em(0.6), right, em(0.6))
        self.strip.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.room = self.height()
        self.strip.fit()
