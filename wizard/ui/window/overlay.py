"""A sheet over the window while something must still be brought to an end."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from wizard.ui.accessible import announce
from wizard.ui.colours import current_colours
from wizard.ui.garbage import delete_later
from wizard.ui.jobs import StopState
from wizard.ui.layout import Panel, column
from wizard.ui.metrics import em
from wizard.ui.widgets.busy_bar import BusyBar
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.notice import paint_box
from wizard.ui.widgets.text import Text


class Overlay(QWidget):
    """Covers its parent, takes mouse and keyboard, says one sentence. Its button takes it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        self.card = Panel(self)
        self._title, self._text, self._bar, self.button = Text(role="strong"), Text(), BusyBar(), Button()
        self.button.clicked.connect(self.hide)
        self._column = column(self.card, 0.7, (1.6, 1.4, 1.6, 1.4))
        for widget in (self._title, self._text, self._bar):
            self._column.addWidget(widget)
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        parent.installEventFilter(self)
        self.card.installEventFilter(self)

    def show_over(self, title: str, text: str, way_out: str = "") -> None:
        """way_out: label of a button that takes the sheet away, "" where nothing but its end does."""
        self.button.set_text(way_out)
        self._bar.setVisible(not way_out)
        self._title.set_text(title)
        self._text.set_text(text)
        self._bar.setAccessibleName(title)
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

    def sentence(self) -> str:
        return self._title.text()

    def _center(self) -> None:
        self.setGeometry(self._covered.rect())
        width = min(em(28), self.width() - em(2))
        height = max(self._column.totalHeightForWidth(width), em(6))
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
