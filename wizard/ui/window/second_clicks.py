"""Fast second clicks: whoever clicks everything twice must not press what came under the mouse meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

PAUSE = 0.6  # seconds; a person needs longer to see that another page is there and to read its button
_SAME_PLACE = 12  # pixels between two clicks of a hand that means to stay where it is
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class SecondClicks(QObject):
    """Takes mouse clicks away before any widget gets them: for a while after the page or the words of a button have
    changed, and the second one of a double click on a button. A press that was taken away is gone until the button is
    let go. Keys, and what a screen reader does itself, never come by here.

    monotonic: seconds. in_footer: whether a widget is one of the buttons whose words may have changed."""

    def __init__(
        self, monotonic: Callable[[], float], in_footer: Callable[[QWidget], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._monotonic, self._in_footer = monotonic, in_footer
        self._page_until = self._footer_until = self._button_until = 0.0
        self._pressed: tuple[float, QPoint, QWidget | None, str] = (0.0, QPoint(), None, "")
        self._is_held = False  # a press was taken away, and the button is still down

    def watch(self, widget: QWidget) -> None:
        """Stand before the window that widget is in. It has only come: before it there was nothing to click."""
        self._page_until = self._footer_until = 0.0
        handle = widget.window().windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def page_changed(self) -> None:
        self._page_until = self._monotonic() + PAUSE

    def footer_changed(self) -> None:
        """The words of a button that stays at its place are others now."""
        self._footer_until = self._monotonic() + PAUSE

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _PRESSES and isinstance(event, QMouseEvent):
            self._is_held = self._is_second(event)
            return self._is_held
        if self._is_held and kind in (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseMove):
            self._is_held = kind is not QEvent.Type.MouseButtonRelease
            return True
        return False

    def _is_second(self, event: QMouseEvent) -> bool:
        now, place = self._monotonic(), event.globalPosition()
        button = _button_at(place)
        words = button.text() if button is not None else ""
        before, self._pressed = self._pressed, (now, place.toPoint(), button, words)
        if now < self._page_until:
            return True
        at, where, pressed, said = before
        is_soon_there = now - at < PAUSE and (place.toPoint() - where).manhattanLength() < _SAME_PLACE
        if button is None:
            return is_soon_there and pressed is not None  # the button has gone, or the page has moved
        if now < self._button_until or (now < self._footer_until and self._in_footer(button)):
            return True
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self._button_until = now + PAUSE
            return True
        return is_soon_there and (button is not pressed or words != said)


def _button_at(place: QPointF) -> QAbstractButton | None:
    widget = QApplication.widgetAt(place.toPoint())
    while widget is not None and not isinstance(widget, QAbstractButton):
        widget = widget.parentWidget()
    return widget
