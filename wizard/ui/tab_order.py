"""The Tab key goes the way the eye goes. Qt's own order is that in which parts were made, and many are made late."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from wizard.ui.layout import placed


def go_on(top: QWidget, forward: bool) -> bool:
    """Give the keyboard to what comes next in the layouts of top, at the end to the first again.

    Return False where that is for Qt to do: the keyboard is in something that no layout holds, or the system wants Tab
    to stop at fewer parts."""
    if QGuiApplication.styleHints().tabFocusBehavior() != Qt.TabFocusBehavior.TabFocusAllControls:
        return False
    focused = top.focusWidget()
    stops = list(_stops(top, focused))
    if focused not in stops:
        return False
    following = stops[(stops.index(focused) + (1 if forward else -1)) % len(stops)]
    following.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def _stops(part: QWidget, focused: QWidget | None) -> Iterator[QWidget]:
    """What Tab stops at, from the first to the last, and what has the keyboard now, which may be a title."""
    if part.isHidden() or not part.isEnabled():
        return
    if part is focused or (part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None):
        yield part
    if isinstance(part, QScrollArea):
        inner = [part.widget()]
    elif isinstance(part, QStackedWidget):
        inner = [part.currentWidget()]
    else:
        inner = [*placed(part)]
    for child in inner:
        if child is not None:
            yield from _stops(child, focused)
