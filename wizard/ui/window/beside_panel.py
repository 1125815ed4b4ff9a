"""The window as a narrow panel at the edge of the screen, in front of the browser: where it is, and its upper end."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QWidget

from wizard.i18n.language import _
from wizard.ui.beside import Beside
from wizard.ui.layout import Panel, column, row
from wizard.ui.metrics import em
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text
from wizard.ui.window.help_button import help_button

_WIDTH_EM, _WIDTH = 27, 420  # pixels: what the panel takes at least
_PLACE_EM, _MARGINS_EM = 8, 2  # what the place needs beside the buttons, and what lies around them
_MOST = 0.5  # of the free width: the browser needs the rest


class _Before(NamedTuple):
    """How the large window stood."""

    geometry: QRect
    is_maximized: bool


class BesidePlace:
    """Puts a window at the edge of the screen, and back where it was. Where the system lets no program place its window
    it becomes narrow only."""

    def __init__(self) -> None:
        self._before: _Before | None = None

    def put(self, window: QWidget) -> None:
        if self._before is not None:
            return
        geometry = window.normalGeometry() if window.isMaximized() else window.geometry()
        self._before = _Before(geometry, window.isMaximized())
        if window.isMaximized():
            window.showNormal()
        self.fit(window)
        _keep_in_front(window, True)

    def fit(self, window: QWidget) -> None:
        """Take the width that the size of the text needs, and the whole height that is free."""
        free = window.screen().availableGeometry()
        frame = window.frameGeometry().size() - window.size()
        width = min(max(em(_WIDTH_EM), _WIDTH), round(free.width() * _MOST)) - frame.width()
        window.resize(width, free.height() - frame.height())
        if can_place():
            is_mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
            left = free.left() if is_mirrored else free.left() + free.width() - width - frame.width()
            window.move(left, free.top())

    def take_back(self, window: QWidget) -> None:
        before, self._before = self._before, None
        if before is None:
            return
        _keep_in_front(window, False)
        window.setGeometry(before.geometry)
        if before.is_maximized:
            window.showMaximized()


def can_place() -> bool:
    """Whether a program may place its own window. Wayland leaves that to the person."""
    return not QGuiApplication.platformName().startswith("wayland")


def _keep_in_front(window: QWidget, is_wanted: bool) -> None:
    """Not by the widget's own function: that takes the window away and brings it back, and the keyboard is lost."""
    flag = Qt.WindowType.WindowStaysOnTopHint
    window.overrideWindowFlags(window.windowFlags() | flag if is_wanted else window.windowFlags() & ~flag)
    if (handle := window.windowHandle()) is not None:
        handle.setFlag(flag, is_wanted)


class BesideHeader(Panel):
    """Where one is, and the way back to the large window. Hidden until it stands there: it gets its parts then."""

    help_wanted = Signal()

    def __init__(self, beside: Beside, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("narrow_header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._beside, self._said = beside, ""
        self.hide()

    def setVisible(self, visible: bool) -> None:
        if visible and self.layout() is None:
            self._make()
        super().setVisible(visible)

    def _make(self) -> None:
        self.place = Text(self._said)
        self.help_button = help_button()
        self.help_button.clicked.connect(self.help_wanted)
        self.large_button = Button(_("Large window"), "link")
        self.large_button.clicked.connect(self._beside.go_back)
        self.how = Text(
            _(
                "Drag this window by its title bar to the edge of the screen. To keep it in front of the browser, "
                "right-click the title bar."
            ),
            "small",
        )
        self.how.setVisible(not can_place())
        parts = column(self, 0.2, (0.9, 0.3, 0.5, 0.3))
        self._line, self._buttons = row(spacing=0.6), row(spacing=0.6)
        self._line.addWidget(self.place, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.help_button, self.large_button):
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.addLayout(self._buttons)
        parts.addLayout(self._line)
        parts.addWidget(self.how)

    def event(self, event: QEvent) -> bool:
        """Where a word of the place would be cut beside the buttons, it stands above them."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.layout() is not None:
            self._fit_line()
        return super().event(event)

    def _fit_line(self) -> None:
        room = self.width() - self._buttons.sizeHint().width() - em(_MARGINS_EM)
        is_tight = room < em(_PLACE_EM)
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if is_tight else QBoxLayout.Direction.LeftToRight)

    def show_place(self, step: str, place: str) -> None:
        """step: its name; place: "1 of 3", "" where the page is not one of several things to do."""
        whole = place.replace(" ", "\N{NO-BREAK SPACE}")  # it goes to the next line as a whole
        self._said = "\N{NO-BREAK SPACE}· ".join(filter(None, (step, whole)))
        if self.layout() is not None:
            self.place.setText(self._said)
