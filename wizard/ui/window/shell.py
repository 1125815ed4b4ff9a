"""The window: how one page follows another. One route, read from Flow, decides it, and what `RouteFrame` says of it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from wizard.core.answers import Answers
from wizard.core.flow import Flow, StepId
from wizard.ui.garbage import delete_later
from wizard.ui.pages.base import StepPage
from wizard.ui.services import Services
from wizard.ui.window.page_stack import PageMaker
from wizard.ui.window.route_frame import RouteFrame
from wizard.ui.window.way_out import WayOut

if TYPE_CHECKING:
    from wizard.core.mend import Place
    from wizard.ui.window.spot import Spot


class Shell(RouteFrame):
    """pages: how to make the page of each step; made when first shown. asides: screens beside the route, opened by a
    page's `aside_wanted`. label: second line of the Page card, World.label. answers: those of the last run."""

    answers_changed = Signal(object)  # Answers, whenever a page offers new ones: to be saved
    closed = Signal()
    language_chosen = Signal(str)  # its code; whoever speaks it then calls `rebuild`
    real_wanted = Signal()  # in practice: the person wants to do it for real

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
        super().__init__(flow, services, answers, label, parent)
        self._makers, self._aside_makers = pages, dict(asides or {})
        self._is_made_ahead = False
        self._spot: Spot | None = None  # where the person was on a page that was made anew just now
        self._is_outdated = False  # to be made anew as soon as no work runs
        self._way_out = WayOut(self.stack, lambda: self.overlay, services.runner, self.close)
        self._connect()
        self.open_step(start if start is not None else flow.route(answers)[0].id)

    def _connect_surroundings(self) -> None:
        self.sidebar.step_chosen.connect(self.go_to)
        self.header.step_chosen.connect(self.go_to)
        self.sidebar.languages.chosen.connect(self.language_chosen)
        self.header.language_chosen.connect(self.language_chosen)
        self.footer.back_button.clicked.connect(self.go_back)
        self.footer.next_button.clicked.connect(self._press_primary)
        self.footer.secondary_button.clicked.connect(lambda: self.page.secondary())
        self.footer.details_button.clicked.connect(self.copy_details)
        self.sidebar.help_button.clicked.connect(self.help.toggle)
        self.header.help_wanted.connect(self.help.toggle)
        self.beside_header.help_wanted.connect(self.help.toggle)
        if self.band is not None:
            self.band.real_wanted.connect(self.real_wanted)

    def _connect(self) -> None:
        self._connect_surroundings()
        self.help.newer_wanted.connect(self.rebuild_pages)
        self.stack.page_made.connect(self._connect_page)
        self._services.beside.changed.connect(self._show_beside)
        self._services.runner.idle.connect(self._take_what_was_seen)
        QTimer.singleShot(0, self, self._hear_keys)  # as soon as the window is on its way

    def _hear_keys(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        QShortcut(QKeySequence("Alt+Left"), self, self.go_back)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self, self.help.toggle)
        for key in ("Ctrl+Q", "Ctrl+W"):  # not every desktop has keys of its own for it
            QShortcut(QKeySequence(key), self, lambda: self.window().close())

    # What is open.

    @property
    def answers(self) -> Answers:
        return self._answers

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

    def open_place(self, place: "Place") -> None:
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
        self._way_out.leave(self.page, then)

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
        page.busy_changed.connect(lambda _is_busy: self._show_states())

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
        before, self._page, self._spot = self._page, page, None
        self._second_clicks.page_changed()
        if before is not None and before is not page:
            before.leave()
        if not page.works_elsewhere:
            self._services.beside.rest()
        self._fill(page)
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

    def _fill(self, page: StepPage) -> None:
        if (filled := page.filled(self._answers)) != self._answers:
            self._answers = filled
            self.answers_changed.emit(filled)

    def _show_question(self) -> None:
        """The page asks something else: to the person it is another page."""
        self._second_clicks.page_changed()
        self.stack.show_page(self.page)  # from its top
        self._show_footer()
        (self.page.first_field() or self.page.title_label).setFocus(Qt.FocusReason.OtherFocusReason)
        self._announce()

    # Answers, and the main button.

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

    def _press_primary(self) -> None:
        if self._is_last and not self._aside and not self.page.primary_text():
            self.close()
        else:
            self.page.primary()

    # Language and newer instructions: what shows them is made anew; answers and what was typed stay.

    def rebuild(self) -> None:
        """The language has changed."""
        spot = self._where()  # without header and footer the page would not be scrolled any more
        for part in (self.sidebar, self.header, self.beside_header, self.footer, self.band, self.other_window):
            if part is not None:
                part.hide()
                delete_later(part)
        self._build_surroundings()
        self._connect_surroundings()
        self.fit()
        self._make_anew(spot)
        self.help.rebuild()

    def rebuild_pages(self) -> None:
        """The language or the instructions have changed. Work that runs keeps its page until it has ended; what is said
        meanwhile is said anew."""
        self._make_anew(self._where())

    def _where(self) -> "Spot":
        from wizard.ui.window.spot import Spot  # the first page does without

        return Spot(self.page, self.help.behind, self.stack.area(self.page))

    def _make_anew(self, spot: "Spot") -> None:
        self._is_outdated = True
        if self._services.runner.is_busy:
            self.page.speak_anew()
            with self.help.kept():
                spot.find(self.page, self.stack.area(self.page))
        else:
            self._end_rebuilding(spot)
        self._show_route()
        self._show_footer()

    def _take_what_was_seen(self) -> None:
        """All work has ended: it may have shown how a step stands, and what a page made anew still lacked."""
        spot, self._spot = self._spot, None
        if spot is not None and self._page is not None:
            with self.help.kept():
                spot.find(self.page, self.stack.area(self.page))
        if self._is_outdated:
            self._end_rebuilding(self._where())
        if not self._way_out.is_closing:
            self._show_states()

    def _end_rebuilding(self, spot: "Spot") -> None:
        if self._way_out.is_closing:
            return
        self._is_outdated = False
        before = self.page
        with self.help.kept():
            self.stack.rebuild()
            self._page = None
            if self._aside:
                self._show(self._aside_page(before.step))
            else:
                self.open_step(before.step)
            spot.find(self.page, self.stack.area(self.page))
        self._spot = spot

    # Closing.

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._way_out.take_close(event):
            self.closed.emit()
