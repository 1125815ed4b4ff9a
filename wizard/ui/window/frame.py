"""What stands around the page, and how the window fits: sidebar, header, footer, help, the panel beside the browser."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QRadioButton, QWidget

from wizard.core.answers import Answers
from wizard.i18n.language import _
from wizard.ui import tab_order
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied, local_files
from wizard.ui.layout import column, row
from wizard.ui.metrics import em
from wizard.ui.pages.base import StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.services import Services
from wizard.ui.window.beside_panel import BesideHeader, BesidePlace
from wizard.ui.window.drop_sign import DropSign
from wizard.ui.window.footer import Footer
from wizard.ui.window.help_side import HelpSide
from wizard.ui.window.narrow_header import NarrowHeader
from wizard.ui.window.page_stack import PageStack
from wizard.ui.window.second_clicks import SecondClicks
from wizard.ui.window.sidebar import WIDTH_EM, Sidebar

if TYPE_CHECKING:
    from wizard.ui.window.help_drawer import HelpDrawer
    from wizard.ui.window.overlay import Overlay
    from wizard.ui.window.practice_band import PracticeBand

_LEAST_SIZE = 480, 300
_PAGE_EM = 44  # the least width of a page that leaves room for the sidebar beside it


class ShellFrame(QWidget):
    """label: World.label, "" in life. What happens when a part is used is in `shell`."""

    files_dropped = Signal(list)  # of Path
    footer_outdated = Signal()
    other_window_wanted = Signal()  # a second window: the person goes to the first one
    system_look_changed = Signal()  # to be connected to Theme.refresh

    def __init__(self, services: Services, answers: Answers, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shell")
        if parent is not None:
            self.resize(parent.size())  # from the first: what has little room is laid out in another way
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._services, self._answers, self._label = services, answers, label
        self._page: StepPage | None = None
        self.is_second = False  # another window keeps the answers
        self._build()

    def _build(self) -> None:
        self._whole = column(self, 0)
        self._halves = row(spacing=0)
        self._whole.addLayout(self._halves, 1)
        self._main = column(spacing=0)
        self._halves.addLayout(self._main, 1)
        self.help = HelpSide(
            self, self._halves, self._services, lambda: self.page.help_topic(), lambda: self.page.title_label
        )
        self.help.moved.connect(self.fit)
        self._beside_place = BesidePlace()
        self._build_surroundings()
        self.stack = PageStack(lambda: self._services.runner.is_busy, lambda: self._answers, self)
        self._main.insertWidget(2, self.stack, 1)
        self.drop_sign = DropSign(lambda: not self._services.runner.is_busy, self)
        self._second_clicks = SecondClicks(
            self._services.clock.monotonic, lambda widget: self.footer.isAncestorOf(widget), self
        )
        self.setMinimumSize(*_LEAST_SIZE)

    def _build_surroundings(self) -> None:
        """What stands around the page."""
        title = _("Messenger Handover Wizard")
        self.setWindowTitle(_("PRACTICE: {program}").format(program=title) if self._label else title)
        self.band = self._practice_band() if self._label else None
        self.other_window = self._other_window() if self.is_second else None
        self.sidebar, self.header, self.footer = Sidebar(), NarrowHeader(), Footer()
        self.beside_header = BesideHeader(self._services.beside)
        self._halves.insertWidget(0, self.sidebar)
        self._main.insertWidget(0, self.header)
        self._main.insertWidget(0, self.beside_header)
        self._main.addWidget(self.footer)

    def _practice_band(self) -> "PracticeBand":
        from wizard.ui.window.practice_band import PracticeBand

        band = PracticeBand()
        self._whole.insertWidget(0, band)
        return band

    def _other_window(self) -> QWidget:
        from wizard.ui.window.other_window import OtherWindow  # hardly ever

        part = OtherWindow()
        part.action_chosen.connect(self.other_window_wanted)
        self._whole.insertWidget(0, part)
        return part

    def show_other_window(self) -> None:
        """From now on the way to the window that keeps the answers is what is to be pressed, on every page."""
        self.is_second = True
        self.other_window = self._other_window()
        self.footer_outdated.emit()

    # What is open.

    @property
    def page(self) -> StepPage:
        assert self._page is not None
        return self._page

    @property
    def next_button(self) -> QAbstractButton:
        return self.footer.next_button

    @property
    def back_button(self) -> QAbstractButton:
        return self.footer.back_button

    @property
    def is_narrow(self) -> bool:
        return self.header.isVisibleTo(self)

    @cached_property
    def overlay(self) -> "Overlay":
        from wizard.ui.window.overlay import Overlay  # the first page does without

        return Overlay(self)

    def show_help(self) -> None:
        if not self.help.is_open:
            self.help.open()

    @property
    def help_panel(self) -> "HelpDrawer | None":
        return self.help.drawer

    def copy_details(self) -> None:
        self._services.clipboard.copy(self.page.details_text(), self._say_copied)

    def _say_copied(self, copied: Copied) -> None:
        sentence = {
            Copied.YES: _("Copied"),
            Copied.NO: _("The clipboard could not be used"),
            Copied.UNSEEN: _("Paste it to see whether it was copied"),
        }[copied]
        self.footer.details_button.set_text(sentence)
        announce(self, sentence)
        QTimer.singleShot(2_000, self, self.footer_outdated.emit)

    # Beside the browser.

    def _show_beside(self, is_on: bool) -> None:
        """Become a narrow panel, or large again."""
        window = self.window()
        if is_on:
            self.setMinimumSize(0, 0)
            self.fit()  # what takes room goes first: a window is never narrower than what is in it
            self.page.show_beside(True)
            self._beside_place.put(window)
            QTimer.singleShot(0, self, self._fit_beside)  # when all parts have found their place in so little room
        else:
            self._beside_place.take_back(window)
            self.fit()
            self.setMinimumSize(*_LEAST_SIZE)
            self.page.show_beside(False)
        self.footer_outdated.emit()
        announce(
            self,
            _("This window is narrow now, beside the browser. Escape makes it large again.")
            if is_on
            else _("This window is large again."),
        )

    def _fit_beside(self) -> None:
        if self._services.beside.is_on:
            self._beside_place.fit(self.window())
            if self.page.isAncestorOf(focused := self.focusWidget()):
                bring_into_view(focused)  # what opens the browser has more above it now

    def _fit_parts(self) -> None:
        """All of them have their new font by now: a sidebar that is hidden tells only now how high it would be."""
        self.fit()
        self._fit_beside()

    # Look, size, keys.

    def _page_width(self) -> int:
        return self.width() - self.help.room - (self.sidebar.width() if self.sidebar.isVisibleTo(self) else 0)

    def fit(self) -> None:
        """Give each part its place for the room there is, and for what stands in the sidebar."""
        self.help.fit()
        is_beside = self._services.beside.is_on
        room = self.height() - (self.band.height() if self.band is not None else 0)
        narrow = (
            self.width() - self.help.room < em(WIDTH_EM + _PAGE_EM)
            or self.sidebar.heightForWidth(round(em(WIDTH_EM))) > room  # its rows would be squeezed
        )
        self.sidebar.setVisible(not narrow and not is_beside)
        self.header.setVisible(narrow and not is_beside)
        self.beside_header.setVisible(is_beside)
        if self.band is not None:
            self.band.show_beside(is_beside)
        self.sidebar.fit()
        self.stack.fit(self._page_width())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._watch_window)  # before it there is nothing to click

    def _watch_window(self) -> None:
        self._second_clicks.watch(self)
        self.drop_sign.watch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ThemeChange:
            self.system_look_changed.emit()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.fit()
            QTimer.singleShot(0, self, self._fit_parts)
        super().changeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab was pressed, anywhere inside; or the part that had the keyboard goes, and Qt looks for the next one: that
        might be a button that skips something, so it is the title, from where Enter presses the main button."""
        focused: QWidget | None = self.focusWidget()
        if focused is not None and not (focused.isEnabled() and focused.isVisibleTo(self)):
            self.page.title_label.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        drawer = self.help.drawer
        top = drawer if drawer is not None and self.help.is_over else self  # what is covered gets no keyboard
        return tab_order.go_on(top, forward) or super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, else the main one; on a choice it takes that, and goes on
        from the one that is taken. Escape closes Help, then the place beside the browser."""
        if event.key() == Qt.Key.Key_Escape and self.help.is_open:
            self.help.close()
            return
        if event.key() == Qt.Key.Key_Escape and self._services.beside.is_on:
            self._services.beside.go_back()
            return
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        is_taken = isinstance(focused, QRadioButton) and focused.isChecked()
        button = focused if isinstance(focused, QAbstractButton) and not is_taken else self.footer.next_button
        button.click()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()) and not self._services.runner.is_busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(local_files(event.mimeData()))
