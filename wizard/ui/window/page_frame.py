"""Where a page lies in the window, and below it what it says of its work and of its troubles."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollBar, QSizePolicy, QWidget
from shiboken6 import isValid

from wizard.ui.layout import column, placed
from wizard.ui.metrics import em, page_margin
from wizard.ui.pages.base import StepPage
from wizard.ui.scroll_area import ScrollArea
from wizard.ui.widgets.disclosure import Disclosure

Scrolled = tuple[float, float]  # how much of the page is above what is seen, and how much of the way to its end

_SETTLED_MS = 500  # all has its place again after another size of the text
_CHANGES = (QEvent.Type.LayoutRequest, QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.Resize)


class _Holder(QWidget):
    """As high as what is in it needs at the width it has. By the sum of the heights that each part would like at a
    width of its own, there would be a blank below the page."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class _Strip(ScrollArea):
    """As high as what it says, and never more than half of the room: then it scrolls. Away while there is nothing."""

    turned = Signal()  # it comes, or goes

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
        says = any(not part.isHidden() for part in placed(self.holder))
        if says:
            wanted = self.box.totalHeightForWidth(self.viewport().width() or self.width())
            self.setFixedHeight(max(1, min(wanted + 1, self.room // 2)))  # its upper edge
        if self.isHidden() is says:
            self.turned.emit()
        self.setVisible(says)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _CHANGES and self.holder in (watched, watched.parent()):
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


def _whole(part: QWidget) -> QWidget:
    """The field with its label, or all that a button unfolds; else the part itself."""
    from wizard.ui.widgets.field import Field  # the first page has none

    around: QWidget | None = part
    while around is not None and not isinstance(around, (Field, Disclosure)):
        around = around.parentWidget()
    is_whole = isinstance(around, Field) or (isinstance(around, Disclosure) and part is around.button)
    return around if around is not None and is_whole else part


class PageArea(ScrollArea):
    """Opens at its top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title: QWidget | None = None
        self._first: QWidget | None = None  # what gets the keyboard when the page opens
        self._wanted: Scrolled | None = None  # how far to scroll as soon as all of a page has its place
        self._shows: tuple[QWidget, ...] = ()  # and there too, this is seen, the last of them first of all
        self._is_anew = False  # the text has another size, and nothing has its place yet
        self._settling = QTimer(self)  # one for all changes: an earlier one does not end what a later one waits for
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self._settling.timeout.connect(self.forget)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._scroll_on)
        bar.actionTriggered.connect(self.forget)

    @property
    def scrolled(self) -> Scrolled:
        bar = self.verticalScrollBar()
        return bar.value() / self._whole_height(), bar.value() / max(1, bar.maximum())

    def _whole_height(self) -> int:
        """Of the page, in pixels."""
        return max(1, self.verticalScrollBar().maximum() + self.seen_height())

    def in_sight(self) -> list[QWidget]:
        """What the person is at now, as far as it is seen: what was scrolled to last, fields where something is wrong,
        and what has the keyboard. What matters most is last; the title, which only waits for a key, is first."""
        from wizard.ui.widgets.field import Field

        focused: QWidget | None = self.window().focusWidget()
        wrong = [field for field in self.findChildren(Field) if field.problem()]
        parts = [self.last_shown, *reversed(wrong)]
        if focused is not None:
            parts = [focused, *parts] if isinstance(focused, QLabel) else [*parts, _whole(focused), focused]
        return [
            one
            for one in parts
            if one is not None and isValid(one) and self._is_inside(one) and not one.visibleRegion().isEmpty()
        ]

    def _is_inside(self, part: QWidget) -> bool:
        content = self.widget()
        return content is not None and content.isAncestorOf(part)

    def scroll_to(self, part: Scrolled, shows: Sequence[QWidget] = ()) -> None:
        """Go on there, not at the top; part: as `scrolled` gives it. Until the person goes elsewhere. shows: what stays
        in view, as of `in_sight`, where sentences are longer now."""
        self._title, self._shows = None, tuple(shows)
        QTimer.singleShot(0, self, lambda: self._want(part))  # after what shows the part that has the keyboard

    def _want(self, part: Scrolled) -> None:
        self._wanted, self._is_anew = part, False
        self._scroll_on()

    def _scroll_on(self) -> None:
        if self._wanted is not None:
            bar, (of_page, of_way) = self.verticalScrollBar(), self._wanted
            # By the way alone, a page with nothing but its last line out of sight would be shown from its end as soon
            # as its text is larger; by the page alone, its title would stay out of sight where the text is smaller.
            bar.setValue(round(min(of_page * self._whole_height(), of_way * bar.maximum())))
            last = self.last_shown
            for part in self._shows:
                if isValid(part) and part.isVisible() and self._is_inside(part):
                    super().bring_into_view(part)
            self.last_shown = last

    def changeEvent(self, event: QEvent) -> None:
        """Another size of the text makes all of it longer or shorter."""
        is_restyled = event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange)
        if is_restyled and self.isVisible() and not self._is_anew:
            self._is_anew = True
            self.scroll_to(self.scrolled, self.in_sight())
            self._settling.start()  # what grows after it is no matter of the text's size
        super().changeEvent(event)

    def forget(self) -> None:
        """From now on let the page lie where it is, whatever grows."""
        self._wanted = None

    def open_at_top(self, title: QWidget) -> None:
        """The page is opened: where what gets the keyboard first is not seen then, its title gets it."""
        self.forget()
        self.verticalScrollBar().setValue(0)
        self._title, self._first = title, None

    def follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            if self._first is None and now is not self._title:
                self._first = now
            if QGuiApplication.mouseButtons():
                self.forget()
        super().follow(before, now)

    def bring_into_view(self, widget: QWidget) -> None:
        self.forget()
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
        self.strip.turned.connect(self.area.forget)  # what lies above it does not move
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
