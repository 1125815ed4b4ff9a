"""Where a person was on a page that is made anew: what had the keyboard, how far it was scrolled, what was seen."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from wizard.ui.pages.typed import Place, place_of, widget_at
from wizard.ui.window.page_frame import PageArea


class Spot:
    """focused: what has the keyboard, on the page or not. area: scrolls the page."""

    def __init__(self, page: QWidget, focused: QWidget | None, area: PageArea) -> None:
        self._place, self._scrolled = _place(page, focused), area.scrolled
        self._in_sight = [_place(page, one) for one in area.in_sight()]
        self._left: Place | None = None  # where the keyboard was left when this was looked for last

    def find(self, page: QWidget, area: PageArea) -> None:
        """Go there. What is shown only when work has ended is found when this is called again, unless the person has
        gone elsewhere meanwhile."""
        if self._left is not None and self._left != _place(page, page.window().focusWidget()):
            return
        if self._place and (anew := widget_at(page, self._place)) is not None:
            anew.setFocus(Qt.FocusReason.OtherFocusReason)
            if not anew.isVisible():  # Qt shows a moment later what was added to a page on the screen
                QTimer.singleShot(0, anew, lambda: self._go_to(page, anew))
        area.scroll_to(self._scrolled, [one for each in self._in_sight if (one := widget_at(page, each)) is not None])
        self._left = _place(page, page.window().focusWidget())

    def _go_to(self, page: QWidget, anew: QWidget) -> None:
        if anew.isVisible() and self._left == _place(page, page.window().focusWidget()):
            anew.setFocus(Qt.FocusReason.OtherFocusReason)
            self._left = self._place


def _place(page: QWidget, one: QWidget | None) -> Place:
    return place_of(page, one) if one is not None and page.isAncestorOf(one) else ()
