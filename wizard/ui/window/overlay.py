"""A sheet over the window while something must still be brought to an end."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.ui.accessible import announce
from wizard.ui.colours import current_colours
from wizard.ui.garbage import delete_later
from wizard.ui.jobs import StopState
from wizard.ui.layout import Panel, column
from wizard.ui.metrics import em
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.notice import paint_box
from wizard.ui.widgets.text import Text

if TYPE_CHECKING:
    from wizard.ui.widgets.busy_bar import BusyBar


class _Parts(NamedTuple):
    card: Panel
    column: QVBoxLayout
    title: Text
    text: Text
    bar: "BusyBar"
    button: Button


class Overlay(QWidget):
    """Covers its parent, takes mouse and keyboard, says one sentence. `left` when its button was pressed. Hardly ever
    seen, so it gets its parts when it is shown."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    @cached_property
    def _parts(self) -> _Parts:
        from wizard.ui.widgets.busy_bar import BusyBar

        card = Panel(self)
        parts = _Parts(card, column(card, 0.7, (1.6, 1.4, 1.6, 1.4)), Text(role="strong"), Text(), BusyBar(), Button())
        parts.button.clicked.connect(self._end)
        for widget in (parts.title, parts.text, parts.bar):
            parts.column.addWidget(widget)
        parts.column.addWidget(parts.button, 0, Qt.AlignmentFlag.AlignLeading)
        self._covered.installEventFilter(self)
        card.installEventFilter(self)
        return parts

    @property
    def card(self) -> Panel:
        return self._parts.card

    @property
    def button(self) -> Button:
        return self._parts.button

    def show_over(self, title: str, text: str, way_out: str = "") -> None:
        """way_out: label of a button that takes the sheet away, "" where nothing but its end does."""
        self.button.set_text(way_out)
        self._parts.bar.setVisible(not way_out)
        self._parts.title.set_text(title)
        self._parts.text.set_text(text)
        self._parts.bar.setAccessibleName(title)
        self.setAccessibleName(title)
        self._center()
        self.show()
        self.raise_()
        (self.button if way_out else self).setFocus()
        announce(self, " ".join(part for part in (title, text) if part), urgent=True)

    def wait_for(self, waiting: list[StopState], then: Callable[[], None], text: str, seconds: float) -> None:
        """Cover the window until all are finished or the time is over, then go on, once."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        is_over = False

        def go_on() -> None:
            nonlocal is_over
            if not is_over and (not timer.isActive() or all(state.is_finished for state in waiting)):
                is_over = True
                timer.stop()
                delete_later(timer)
                self.hide()
                then()

        timer.timeout.connect(go_on)
        for state in waiting:
            state.finished.connect(go_on)
        timer.start(round(seconds * 1000))
        self.show_over(waiting[0].sentence, text)

    def _end(self) -> None:
        self.hide()
        self.left.emit()

    def sentence(self) -> str:
        return self._parts.title.text()

    def _center(self) -> None:
        self.setGeometry(self._covered.rect())
        width = min(em(28), self.width() - em(2))
        height = max(self._parts.column.totalHeightForWidth(width), em(6))
        self.card.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_resized = watched is self._covered and event.type() == QEvent.Type.Resize
        is_reworded = watched is self.card and event.type() == QEvent.Type.LayoutRequest  # or the text is larger
        if (is_resized or is_reworded) and self.isVisible():
            self._center()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # nothing below may be pressed while the sheet is up
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.button.isHidden():
            self.button.click()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        shade = QColor(colours.shade)
        shade.setAlphaF(0.55)
        painter.fillRect(self.rect(), shade)
        paint_box(painter, QRectF(self.card.geometry()), colours.window, colours.line, 1.0)
