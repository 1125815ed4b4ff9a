"""A fold-out: what only some people want to read."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import Role, announce
from wizard.ui.colours import current_colours
from wizard.ui.layout import Panel, column
from wizard.ui.lines import draw_lines, for_line
from wizard.ui.metrics import em

_LEAST_EM, _HIGH = 11, 100_000  # em; pixels that are enough for any number of lines


class FoldButton(QToolButton):
    """Keeps whether its content is open. It cannot be checked: a screen reader would call it a tick box."""

    spoken_role = Role.Button
    toggled_open = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.is_open = False
        self.setProperty("kind", "fold")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._press)

    def set_open(self, wanted: bool) -> None:
        if wanted != self.is_open:
            self.is_open = wanted
            self.toggled_open.emit(wanted)

    # Its words take more than one line where there is no room for one.

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), em(_LEAST_EM)), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def fit(self) -> None:
        """As high as its lines."""
        whole = self.sizeHint()
        if self.width() >= whole.width():
            self.setMinimumHeight(0)
            return
        room = QRect(0, 0, self.width() - self._around(), _HIGH)
        wrapped = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())
        self.setMinimumHeight(wrapped.height() + whole.height() - self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)
            return
        from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QStylePainter  # QStyle brings hundreds of names

        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        side = self._around() // 2
        painter.setPen(current_colours().accent)
        start = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        where = start | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        draw_lines(painter, QRectF(self.rect()).adjusted(side, 0, -side, 0), self.text(), where)

    def _around(self) -> int:
        """Pixels that are not words."""
        return self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())

    def _press(self) -> None:
        """Qt tells no screen reader that something was expanded."""
        self.set_open(not self.is_open)
        said = _("{what}: open") if self.is_open else _("{what}: closed")
        announce(self, said.format(what=self.accessibleName()))


class Disclosure(Panel):
    """A button with an arrow and, below it, a content that is hidden until the button is pressed."""

    about_to_open = Signal()  # the last moment to fill the content: what is added later shows only after a flicker
    opened = Signal(bool)

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self.button = FoldButton()
        self.button.toggled_open.connect(self._show)
        parts = column(self, 0.3)
        parts.addWidget(self.button)
        parts.addWidget(content)
        self.set_title(title)
        self._show(False)

    def set_title(self, title: str, spoken: str = "") -> None:
        """spoken: what a screen reader says in its place, where several have the same title."""
        self._title, self._spoken = title, spoken or title
        self._update_title()

    @property
    def is_open(self) -> bool:
        return self.button.is_open

    def open(self, wanted: bool = True) -> None:
        self.button.set_open(wanted)

    def _show(self, wanted: bool) -> None:
        self._update_title()
        if wanted:
            self.about_to_open.emit()
        self.content.setVisible(wanted)
        self.opened.emit(wanted)

    def _update_title(self) -> None:
        sideways = "◂" if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else "▸"
        self.button.setText(f"{'▾' if self.is_open else sideways} {for_line(self._title)}")
        self.button.setAccessibleName(self._spoken)
        self.button.fit()

    def fit(self) -> None:
        super().fit()
        self._update_title()
