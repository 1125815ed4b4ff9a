"""The window: sidebar, page, footer. One route, read from Flow, decides Next, Back, the sidebar and progress."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from wizard.actions.step_states import step_states
from wizard.core import limits
from wizard.core.answers import Answers
from wizard.core.flow import Flow, StepId
from wizard.core.mend import Place
from wizard.i18n.language import _, ngettext
from wizard.ui import tab_order
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied, local_files
from wizard.ui.layout import column, row
from wizard.ui.metrics import em
from wizard.ui.pages.base import StepPage, StopReason
from wizard.ui.pages.typed import place_of, widget_at
from wizard.ui.services import Services
from wizard.ui.window.beside_panel import BesideHeader, BesidePlace
from wizard.ui.window.drop_sign import DropSign
from wizard.ui.window.footer import Footer
from wizard.ui.window.help_side import HelpSide
from wizard.ui.window.narrow_header import NarrowHeader
from wizard.ui.window.overlay import Overlay
from wizard.ui.window.page_stack import PageMaker, PageStack
from wizard.ui.window.practice_band import PracticeBand
from wizard.ui.window.route_view import Stop, place_sentence, stops
from wizard.ui.window.second_clicks import SecondClicks
from wizard.ui.window.sidebar import WIDTH_EM, Sidebar
from wizard.words import steps

if TYPE_CHECKING:
    from wizard.ui.window.help_drawer import HelpDrawer

_LEAST_SIZE = 480, 300
_PAGE_EM = 44  # the least width of a page that leaves room for the sidebar beside it


class Shell(QWidget):
    """pages: how to make the page of each step; made when first shown. asides: screens beside the route, opened by a
    page's `aside_wanted`. label: second line of the Page card, World.label. answers: those of the last run."""

    answers_changed = Signal(object)  # Answers, whenever a page offers new ones: to be saved
    closed = Signal()
    files_dropped = Signal(list)  # of Path
    language_chosen = Signal(str)  # its code; whoever speaks it then calls `rebuild`
    real_wanted = Signal()  # in practice: the person wants to do it for real
    system_look_changed = Signal()  # to be connected to Theme.refresh

    def __init__(
        self,
        flow: Flow,
        pages: Mapping[StepId, PageMaker],
        answers: Answers,
        services: Services,
        asides: Mapping[str, PageMaker] | None = None,
        start: StepId | None = None,
        label: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("shell")
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._flow, self._makers, self._answers, self._services = flow, pages, answers, services
        self._aside_makers, self._label = dict(asides or {}), label
        self._page: StepPage | None = None
        self._aside = ""
        self._rows: tuple[Stop, ...] = ()
        self._is_made_ahead = False
        self._is_outdated = False  # to be made anew as soon as no work runs
        self._is_closing = False
        self._may_close = False
        self._build()
        self._connect()
        self.open_step(start if start is not None else flow.route(answers)[0].id)

    def _build(self) -> None:
        self._whole = column(self, 0)
        self._halves = row(spacing=0)
        self._whole.addLayout(self._halves, 1)
        self._main = column(spacing=0)
        self._halves.addLayout(self._main, 1)
        self.help = HelpSide(
            self, self._halves, self._services, lambda: self.page.help_topic(), lambda: self.page.title_label
        )
        self.help.moved.connect(self._fit)
        self.help.newer_wanted.connect(self.rebuild_pages)
        self._beside_place = BesidePlace()
        self._build_surroundings()
        self.stack = PageStack(lambda: self._services.runner.is_busy, lambda: self._answers, self)
        self._main.insertWidget(2, self.stack, 1)
        self.overlay, self.drop_sign = Overlay(self), DropSign(self)
        self._second_clicks = SecondClicks(
            self._services.clock.monotonic, lambda widget: self.footer.isAncestorOf(widget), self
        )
        self.setMinimumSize(*_LEAST_SIZE)

    def _build_surroundings(self) -> None:
        """What stands around the page."""
        title = _("Messenger Handover Wizard")
        self.setWindowTitle(_("PRACTICE: {program}").format(program=title) if self._label else title)
        self.band: PracticeBand | None = None
        if self._label:
            self.band = PracticeBand()
            self.band.real_wanted.connect(self.real_wanted)
            self._whole.insertWidget(0, self.band)
        self.sidebar, self.header, self.footer = Sidebar(), NarrowHeader(), Footer()
        self.beside_header = BesideHeader(self._services.beside)
        self._halves.insertWidget(0, self.sidebar)
        self._main.insertWidget(0, self.header)
        self._main.insertWidget(0, self.beside_header)
        self._main.addWidget(self.footer)
        self.sidebar.step_chosen.connect(self.go_to)
        self.header.step_chosen.connect(self.go_to)
        self.sidebar.languages.chosen.connect(self.language_chosen)
        self.header.languages.chosen.connect(self.language_chosen)
        self.footer.back_button.clicked.connect(self.go_back)
        self.footer.next_button.clicked.connect(self._press_primary)
        self.footer.secondary_button.clicked.connect(lambda: self.page.secondary())
        self.footer.details_button.clicked.connect(self.copy_details)
        self.sidebar.help_button.clicked.connect(self.help.toggle)
        self.header.help_button.clicked.connect(self.help.toggle)
        self.beside_header.help_button.clicked.connect(self.help.toggle)

    def _connect(self) -> None:
        self.stack.page_made.connect(self._connect_page)
        self._services.beside.changed.connect(self._show_beside)
        self._services.runner.idle.connect(self._take_what_was_seen)
        QShortcut(QKeySequence("Alt+Left"), self, self.go_back)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self, self.help.toggle)
        for key in ("Ctrl+Q", "Ctrl+W"):  # not every desktop has keys of its own for it
            QShortcut(QKeySequence(key), self, lambda: self.window().close())

    # What is open.

    @property
    def page(self) -> StepPage:
        assert self._page is not None
        return self._page

    @property
    def answers(self) -> Answers:
        return self._answers

    @property
    def next_button(self) -> QAbstractButton:
        return self.footer.next_button

    @property
    def back_button(self) -> QAbstractButton:
        return self.footer.back_button

    @property
    def is_narrow(self) -> bool:
        return self.header.isVisibleTo(self)

    # Moving.

    def open_step(self, step: StepId) -> None:
        """Show a step, or the last one before it that can be opened."""
        reachable = [one.id for one in self._flow.reachable(self._answers)]
        target = step if step in reachable else reachable[-1]
        self._aside = ""
        self._show(self.stack.page(target.value, self._makers[target]))

    def open_aside(self, name: str) -> None:
        """Show a screen beside the route; Back returns to the step it was opened from. "": return now."""
        if not name:
            self._leave(lambda: self.open_step(self._step_below_aside()))
            return
        came_from = self.page.step

        def show() -> None:
            self._aside = name
            self._show(self._aside_page(came_from))

        self._leave(show)

    def _aside_page(self, came_from: StepId) -> StepPage:
        page = self.stack.page(f"aside {self._aside}", self._aside_makers[self._aside])
        page.step = came_from
        return page

    def go_to(self, step: StepId) -> None:
        """Open a step the person chose, if the route allows it."""
        if step in {one.id for one in self._flow.reachable(self._answers)} and (self._aside or step != self.page.step):
            self._leave(lambda: self.open_step(step))

    def open_place(self, place: Place) -> None:
        """Open a step where something is put right, if the route allows it, and show that there."""

        def show() -> None:
            self.open_step(place.step)
            if self.page.step is place.step:
                self.page.show_place(place.setting)

        self._leave(show)

    def go_next(self) -> None:
        after = self._flow.after(self.page.step, self._answers)
        if self._aside:
            self.open_aside("")
        elif after is not None:
            self._leave(lambda: self.open_step(after))

    def go_back(self) -> None:
        if self._aside:
            self.open_aside("")
            return
        before = self._flow.before(self.page.step, self._answers)
        if before is not None and not self.page.step_back():
            self._leave(lambda: self.open_step(before))

    def _step_below_aside(self) -> StepId:
        return self.page.step

    def _leave(self, then: Callable[[], None]) -> None:
        """Let the page end its work, then go on; meanwhile a sheet says what is being done."""
        if self.overlay.isVisible():
            return
        state = self.page.stop(StopReason.LEAVING)
        if state is None or state.is_finished:
            then()
        else:
            self.overlay.wait_for([state], then, _at_most(), limits.RESTORE_ON_EXIT)

    def _connect_page(self, page: StepPage) -> None:
        page.answers_offered.connect(self.take_answers)
        page.step_done.connect(self.go_next)
        page.finished_with.connect(self._take_and_go_on)
        page.step_wanted.connect(self.go_to)
        page.place_wanted.connect(self.open_place)
        page.aside_wanted.connect(self.open_aside)
        page.moved_on.connect(self._second_clicks.page_changed)
        page.question_changed.connect(self._show_question)
        for changed in (page.primary_ready, page.footer_changed, page.details_changed, page.busy_changed):
            changed.connect(self._show_footer)

    def preload_pages(self) -> None:
        """From now on, while the person reads a page, make the one that comes after it on the route, and prepare it for
        the answers as they change."""
        self._is_made_ahead = True
        self._preload()

    def _preload(self) -> None:
        after = self._flow.following(self.page.step, self._answers)
        if self._is_made_ahead and after is not None:
            self.stack.preload(after.value, self._makers[after])

    def _show(self, page: StepPage) -> None:
        before, self._page = self._page, page
        self._second_clicks.page_changed()
        if before is not None and before is not page:
            before.leave()
        if not page.works_elsewhere:
            self._services.beside.rest()
        page.enter(self._answers)
        self.stack.restore_draft(page)
        page.show_beside(self._services.beside.is_on)
        self.stack.show_page(page)
        self._show_route()
        self._show_footer()
        self.help.page_changed()
        (page.first_field() or page.title_label).setFocus(Qt.FocusReason.OtherFocusReason)
        self._announce()
        self._preload()

    def _show_question(self) -> None:
        """The page asks something else: to the person it is another page."""
        self._second_clicks.page_changed()
        self.stack.show_page(self.page)  # from its top
        self._show_footer()
        (self.page.first_field() or self.page.title_label).setFocus(Qt.FocusReason.OtherFocusReason)
        self._announce()

    def _announce(self) -> None:
        place = "" if self._aside else place_sentence(self._rows, self.page.step)
        title = self.page.title()
        announce(self, _("{place}: {title}").format(place=place, title=title) if place else title)

    # Answers, route, buttons.

    def take_answers(self, answers: Answers) -> None:
        """Hold new answers, tell the page and whoever saves them, and read the route again."""
        if answers == self._answers:
            return
        self._answers = answers
        self._show_answers()
        self._preload()
        self.answers_changed.emit(answers)

    def _show_answers(self) -> None:
        self.page.show_answers(self._answers)
        self._show_route()
        self._show_footer()

    def _take_and_go_on(self, answers: Answers) -> None:
        """As take_answers and go_next, but the page that is left does not show them first."""
        page, is_new = self.page, answers != self._answers
        self._answers = page.answers = answers
        if is_new:
            self.answers_changed.emit(answers)
        self.go_next()
        if self.page is page:  # it cannot be left, or not yet
            self._show_answers()

    def _stops(self) -> tuple[Stop, ...]:
        states = step_states(self._services.session, self._answers)
        return stops(self._flow, self._answers, self.page.step, states)

    def _show_route(self) -> None:
        self._rows = self._stops()
        self.sidebar.show_route(self._rows)
        self.header.show_route(self._rows, self.page.step)
        label = _(self._label)
        self.sidebar.page_card.show_page(self._answers.page_name, label)
        self.header.show_page(self._answers.page_name)
        if self.band is not None:
            self.band.show_end(self.page.step is StepId.FINISHED and not self._aside)

    def _show_footer(self, *_changed: object) -> None:
        if self._page is None:
            return
        page = self._page
        after = self._flow.after(page.step, self._answers)
        is_last = self._flow.route(self._answers)[-1].id is page.step
        own = page.primary_text()
        primary = own or (_("Close") if is_last and not self._aside else _("Next"))
        details = _("Copy details") if page.details_text() else ""
        can_go_on = bool(own) or after is not None or is_last or bool(self._aside)
        is_on = page.is_primary_ready and not page.is_busy and can_go_on
        if self.footer.isAncestorOf(self.focusWidget()) and not (is_on and self.next_button.hasFocus()):
            # The button that was pressed goes: the keyboard must not land somewhere in the sidebar.
            page.title_label.setFocus(Qt.FocusReason.OtherFocusReason)
        can_go_back = bool(self._aside) or self._flow.before(page.step, self._answers) is not None
        if self.footer.show_texts(primary, page.secondary_text(), details, can_go_back):
            self._second_clicks.footer_changed()
        self.footer.next_button.setEnabled(is_on)
        self.beside_header.show_place("" if self._aside else steps.name(page.step), page.task_place())

    def _press_primary(self) -> None:
        is_last = self._flow.route(self._answers)[-1].id is self.page.step
        if is_last and not self._aside and not self.page.primary_text():
            self.close()
        else:
            self.page.primary()

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
        QTimer.singleShot(2_000, self, self._show_footer)

    def show_help(self) -> None:
        if not self.help.is_open:
            self.help.open()

    @property
    def help_panel(self) -> "HelpDrawer | None":
        return self.help.drawer

    # Language and newer instructions: what shows them is made anew; answers and what was typed stay.

    def rebuild(self) -> None:
        """The language has changed."""
        for part in (self.sidebar, self.header, self.beside_header, self.footer, self.band):
            if part is not None:
                part.hide()
                part.deleteLater()
        self._build_surroundings()
        self._fit()
        self.rebuild_pages()
        self.help.rebuild()

    def rebuild_pages(self) -> None:
        """The language or the instructions have changed. Work that runs keeps its page until it has ended."""
        self._is_outdated = True
        if not self._services.runner.is_busy:
            self._end_rebuilding()
        self._show_route()
        self._show_footer()

    def _take_what_was_seen(self) -> None:
        """All work has ended: it may have shown how a step stands."""
        self._end_rebuilding()
        if not self._is_closing:
            self._show_route()

    def _end_rebuilding(self) -> None:
        if not self._is_outdated or self._is_closing:
            return
        self._is_outdated = False
        before = self.page
        focused = self.focusWidget()
        place = place_of(before, focused) if before.isAncestorOf(focused) else ()
        self.stack.rebuild()
        self._page = None
        if self._aside:
            self._show(self._aside_page(before.step))
        else:
            self.open_step(before.step)
        if place and (anew := widget_at(self.page, place)) is not None:
            anew.setFocus(Qt.FocusReason.OtherFocusReason)

    # Beside the browser.

    def _show_beside(self, is_on: bool) -> None:
        """Become a narrow panel, or large again."""
        window = self.window()
        if is_on:
            self.setMinimumSize(0, 0)
            self._fit()  # what takes room goes first: a window is never narrower than what is in it
            self.page.show_beside(True)
            self._beside_place.put(window)
            QTimer.singleShot(0, self, self._fit_beside)  # when all parts have found their place in so little room
        else:
            self._beside_place.take_back(window)
            self._fit()
            self.setMinimumSize(*_LEAST_SIZE)
            self.page.show_beside(False)
        self._show_footer()
        announce(
            self,
            _("This window is narrow now, beside the browser. Escape makes it large again.")
            if is_on
            else _("This window is large again."),
        )

    def _fit_beside(self) -> None:
        if self._services.beside.is_on:
            self._beside_place.fit(self.window())

    # Look, size, keys.

    def _page_width(self) -> int:
        return self.width() - self.help.room - (self.sidebar.width() if self.sidebar.isVisibleTo(self) else 0)

    def _fit(self) -> None:
        self.help.fit()
        narrow, is_beside = self.width() - self.help.room < em(WIDTH_EM + _PAGE_EM), self._services.beside.is_on
        self.sidebar.setVisible(not narrow and not is_beside)
        self.header.setVisible(narrow and not is_beside)
        self.beside_header.setVisible(is_beside)
        self.sidebar.fit()
        self.stack.fit(self._page_width())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second_clicks.watch(self)
        self.drop_sign.watch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ThemeChange:
            self.system_look_changed.emit()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
            QTimer.singleShot(0, self, self._fit_beside)
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
        """Enter presses the button that has the keyboard, else the main one. Escape closes Help, then the place beside
        the browser."""
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
        button = focused if isinstance(focused, QAbstractButton) else self.footer.next_button
        button.click()

    # Closing.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()) and not self._services.runner.is_busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(local_files(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_closing:
            self._is_closing = True
            self.stack.stop()
            states = [page.stop(StopReason.CLOSING) for page in self.stack.shown]
            waiting = [state for state in states if state is not None and not state.is_finished]
            if waiting:
                text = f"{_at_most()} {_('If it does not work, the wizard offers it at the next start.')}"
                self.overlay.wait_for(waiting, self._close_now, text, limits.RESTORE_ON_EXIT)
            else:
                self._may_close = True
        if not self._may_close:
            event.ignore()
            return
        self._services.runner.stop_all(round(limits.JOBS_ON_EXIT * 1000))
        event.accept()
        self.closed.emit()

    def _close_now(self) -> None:
        self._may_close = True
        self.close()


def _at_most() -> str:
    seconds = round(limits.RESTORE_ON_EXIT)
    told = ngettext("This takes {seconds} second at most.", "This takes {seconds} seconds at most.", seconds)
    return told.format(seconds=seconds)
