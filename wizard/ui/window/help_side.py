"""Shows Help at the end of the window: beside the page where there is room for both, over it where there is none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.garbage import delete_later
from wizard.ui.metrics import em
from wizard.ui.services import Services

if TYPE_CHECKING:
    from wizard.ui.window.help_drawer import HelpDrawer

_LEAST_PAGE_EM = 30  # beside Help; what is narrower it covers


class HelpSide(QObject):
    """`moved` when Help came or went, or its room changed; `newer_wanted` when newer instructions are in use.

    row: of the window, in which Help is the last part. topic: of the page that is open. home: what gets the keyboard
    where the part that had it has gone."""

    moved = Signal()
    newer_wanted = Signal()

    def __init__(
        self,
        window: QWidget,
        row: QBoxLayout,
        services: Services,
        topic: Callable[[], str],
        home: Callable[[], QWidget],
    ) -> None:
        super().__init__(window)
        self._window, self._row, self._services = window, row, services
        self._topic, self._home = topic, home
        self._came_from: QWidget | None = None
        self._is_kept = False
        self.drawer: HelpDrawer | None = None

    @property
    def is_open(self) -> bool:
        return self.drawer is not None and not self.drawer.isHidden()

    @property
    def is_over(self) -> bool:
        """Whether it covers the page."""
        return self.is_open and self._width() > self._window.width() - em(_LEAST_PAGE_EM)

    @property
    def room(self) -> int:
        """What it takes away from the rest of the window, pixels."""
        return self._width() if self.is_open and not self.is_over else 0

    @property
    def behind(self) -> QWidget | None:
        """What has the keyboard, and while Help has it, what gets it back."""
        return self._came_from if self._has_keyboard() else self._window.focusWidget()

    def toggle(self) -> None:
        self.close() if self.is_open else self.open()

    def open(self) -> None:
        """Show the help of the page, and give the keyboard to the field that searches in it."""
        self._came_from = self._window.focusWidget()
        drawer = self._shown()
        drawer.explain.text.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(drawer, _("Help is open. Escape closes it."))

    def close(self) -> None:
        """Hide it; the keyboard goes back to where it was."""
        drawer = self.drawer
        if drawer is None or not self.is_open:
            return
        had_keyboard = self._has_keyboard()
        before, self._came_from = self._came_from, None
        drawer.hide()
        self.moved.emit()
        if had_keyboard:
            is_there = before is not None and before.isVisible() and before.isEnabled()
            (before if before is not None and is_there else self._home()).setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self._window, _("Help is closed."))

    def page_changed(self) -> None:
        """Another page is open: beside it Help follows, over it Help would hide it."""
        if self.is_over and not self._is_kept:
            self.close()
        elif self.drawer is not None and self.is_open:
            self.drawer.show_topic(self._topic())
            if not self._is_kept:
                self.drawer.show_top()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """While the same page is made anew: Help stays as it is, and keeps the keyboard where it has it."""
        focused = self._window.focusWidget() if self._has_keyboard() else None
        self._is_kept = True
        try:
            yield
        finally:
            self._is_kept = False
        self._came_from = self._home() if self._has_keyboard() else self._window.focusWidget()
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def rebuild(self) -> None:
        """The language has changed: what was asked stays, and the keyboard where it was."""
        had_keyboard = self._has_keyboard()
        drawer, self.drawer = self.drawer, None
        if drawer is None:
            return
        from wizard.ui.pages.typed import place_of, widget_at

        was_open, draft = not drawer.isHidden(), drawer.explain.draft()
        place = place_of(drawer, self._window.focusWidget()) if had_keyboard else ()
        if had_keyboard:
            (self._came_from or self._home()).setFocus(Qt.FocusReason.OtherFocusReason)
        self._row.removeWidget(drawer)
        drawer.hide()
        delete_later(drawer)
        if was_open:
            anew = self._shown()
            anew.explain.restore_draft(*draft)
            if had_keyboard:
                (widget_at(anew, place) or anew.explain.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def fit(self) -> None:
        """Give it its place in the window as it is now."""
        drawer = self.drawer
        if drawer is None or not self.is_open:
            return
        drawer.setFixedWidth(self._width())
        is_in_row = self._row.indexOf(drawer) >= 0
        if self.is_over:
            if is_in_row:
                self._row.removeWidget(drawer)
            is_mirrored = drawer.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left = 0 if is_mirrored else self._window.width() - self._width()
            top = self._row.geometry().top()
            drawer.setGeometry(QRect(left, top, self._width(), self._window.height() - top))
            drawer.raise_()
        elif not is_in_row:
            self._row.addWidget(drawer)

    def _has_keyboard(self) -> bool:
        return self.drawer is not None and self.is_open and self.drawer.isAncestorOf(self._window.focusWidget())

    def _shown(self) -> "HelpDrawer":
        drawer = self._made()
        drawer.show_topic(self._topic())
        drawer.show_top()
        drawer.show()
        self.fit()
        self.moved.emit()
        return drawer

    def _width(self) -> int:
        return self.drawer.width_in(self._window.width()) if self.drawer is not None else 0

    def _made(self) -> "HelpDrawer":
        if self.drawer is None:
            from wizard.ui.window.help_drawer import HelpDrawer  # the first page does without them
            from wizard.ui.window.newer_instructions import NewerInstructions

            newer = NewerInstructions(self._services.session, self._services)
            newer.changed.connect(self.newer_wanted)
            self.drawer = HelpDrawer(self._services, newer, self._window)
            self.drawer.hide()
            self.drawer.closed.connect(self.close)
        return self.drawer
