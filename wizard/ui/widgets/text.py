"""Labels. Always plain text (names come from Facebook), always wrapped, never clipped."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QSizePolicy, QWidget

from wizard.i18n.breaks import without_breaks
from wizard.i18n.direction import without_marks
from wizard.ui.accessible import Role
from wizard.ui.lines import draw_lines, for_screen, from_right, highest

if TYPE_CHECKING:  # the first page does without them
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent

_HEADINGS = ("title", "product", "section")

_BY_MOUSE = Qt.TextInteractionFlag.TextSelectableByMouse
_BY_KEYBOARD = Qt.TextInteractionFlag.TextSelectableByKeyboard


class Text(QLabel):
    """A wrapped label. role: a style of window.qss ("title", "section", "sentence", "strong", "muted", "small",
    "problem", "code"), "" for body text. selectable: can be marked and copied (IDs, messages)."""

    def __init__(self, text: str = "", role: str = "", selectable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = self._spoken = ""
        self._from_right: bool | None = None  # as the window
        self._above = 0  # pixels: room for what stands above letters
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        # By itself a label goes by its first letter: a name in Latin letters would stand at the far side of a page that
        # is read from the right.
        self._align()
        if role:
            self.setProperty("role", role)
        if role in _HEADINGS:
            self.spoken_role = Role.Heading
        if selectable:
            self.setTextInteractionFlags(_BY_MOUSE | _BY_KEYBOARD)
        self._is_selectable = selectable
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._said, shown = text, for_screen(text, self._is_from_right())
        spoken = "" if shown == text else text  # the name of a label is what it shows: a screen reader needs no marks
        if spoken != self._spoken:
            self.setAccessibleName(spoken)
        self._spoken = spoken
        super().setText(shown)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_room()

    def _make_room(self) -> None:
        """What stands above Arabic and Vietnamese letters may be higher than a font says that it is: at the upper edge
        it would be cut off."""
        above = 0
        if not self._said.isascii():
            above = max(0, math.ceil(highest(self._said, self.font()) - QFontMetricsF(self.font()).ascent()))
        margins = self.contentsMargins()
        if above != self._above and margins.top() == self._above:  # a margin that somebody else gave is room enough
            margins.setTop(above)
            self.setContentsMargins(margins)
            self._above = above

    def be_read(self, from_right: bool) -> None:
        """For a text that may be in another language than the window: a letter. Call it before `setText`."""
        self._from_right = from_right
        self._align()

    def _is_from_right(self) -> bool:
        return QGuiApplication.isRightToLeft() if self._from_right is None else self._from_right

    def _align(self) -> None:
        side = Qt.AlignmentFlag.AlignRight if self._is_from_right() else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)

    def text(self) -> str:
        """What it was given: without the marks that turn it."""
        return self._said

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_selectable and self.wordWrap() and self.isRightToLeft():
            QFrame.paintEvent(self, event)
            self._draw(QPainter(self))
            return
        super().paintEvent(event)
        above = self.contentsMargins().top()
        if self._is_selectable and above and not self._said.isascii():
            # What can be marked Qt draws in another way, and right, but for what stands above the first line.
            painter = QPainter(self)
            painter.setClipRect(0, 0, self.width(), above)
            self._draw(painter)

    def _draw(self, painter: QPainter) -> None:
        painter.setPen(self.palette().color(self.foregroundRole()))
        around = self.margin()
        room = QRectF(self.contentsRect()).adjusted(around, around, -around, -around)
        draw_lines(painter, room, super().text(), from_right(self.alignment()))

    # A click shows no caret where nothing can be typed: Qt draws one in what the keyboard could mark.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_selectable:
            self.setTextInteractionFlags(_BY_MOUSE)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._is_selectable and self.hasSelectedText():  # to be copied with the keyboard
            self.setTextInteractionFlags(_BY_MOUSE | _BY_KEYBOARD)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._is_selectable:
            self.setTextInteractionFlags(_BY_MOUSE | _BY_KEYBOARD)

    # What is copied has no marks: with one in it, a path or an address is another, and nobody sees why.

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        from PySide6.QtGui import QKeySequence

        super().keyPressEvent(event)
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()

    def contextMenuEvent(self, event: "QContextMenuEvent") -> None:
        from PySide6.QtGui import QAction

        super().contextMenuEvent(event)
        menu = QApplication.activePopupWidget()
        copying = menu.findChild(QAction, "edit-copy") if menu is not None else None  # so Qt calls it
        if copying is not None:
            copying.triggered.connect(self._copy)

    def _copy(self) -> None:
        marked = self.selectedText()
        if marked and (plain := without_breaks(without_marks(marked))) != marked:
            QGuiApplication.clipboard().setText(plain.replace("\u2029", "\n"))

    def set_text(self, text: str) -> None:
        """Show text; hide the label where there is none, so that it takes no room."""
        self.setText(text)
        self.setVisible(bool(text))


def initial(name: str) -> str:
    """Return its first letter or digit, as a capital. A translation may begin with a mark that is not seen."""
    return next((letter for letter in name if letter.isalnum()), name[:1]).upper()


def restyle(widget: QWidget) -> None:
    """Make the stylesheet look again at a property it selects by."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it will look for the first time
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
