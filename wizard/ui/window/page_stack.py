"""Where the pages of the window lie: each is made when it is needed, or before, while the person reads another one."""

from collections.abc import Callable
from contextlib import ExitStack, suppress

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from wizard.core.answers import Answers
from wizard.ui.garbage import delete_later
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.window.page_frame import PageArea, PageFrame

PageMaker = Callable[[QWidget], StepPage]  # gets the parent of the page

_LOOK_EVERY_MS = 30  # whether the page on the screen is at rest
_PAUSE_MS = 10  # what the person does comes first
_DONE = object()
_MOST_LOOKS = 20  # work that takes longer waits for Facebook or for a person, and is in nobody's way


class PageStack(QStackedWidget):
    """name: what a page is asked for by; the same name, the same page. is_busy: work is going on in a thread: a page
    that is made when it begins may take twice as long, for Python runs one thread at a time. answers: those of now."""

    page_made = Signal(object)  # StepPage, before it is shown for the first time

    def __init__(
        self, is_busy: Callable[[], bool], answers: Callable[[], Answers], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self._is_busy, self._answers = is_busy, answers
        self.shown: list[StepPage] = []  # those that have been on the screen
        self._made: dict[str, StepPage] = {}
        self._frames: dict[StepPage, PageFrame] = {}
        self._drafts: dict[str, Draft] = {}  # of pages that are to be made anew
        self._ahead: tuple[str, PageMaker] | None = None
        self._looks = 0
        self._spare: PageFrame | None = None  # for the next page
        self._page_width = 0
        self._rest = QTimer(self)
        self._rest.setInterval(_LOOK_EVERY_MS)
        self._rest.timeout.connect(self._preload)

    def page(self, name: str, maker: PageMaker) -> StepPage:
        if name not in self._made:
            # In its place from the first: a page that is moved has each of its parts styled once more.
            frame, self._spare = self._spare or PageFrame(self), None
            with ExitStack() as without_page:
                without_page.callback(delete_later, frame)
                page = maker(frame.holder)
                without_page.pop_all()
            frame.hold(page)
            frame.fit(self._page_width)
            self._made[name], self._frames[page] = page, frame
            self.addWidget(frame)
            self.page_made.emit(page)
            if name in self._drafts:
                page.take_over(self._drafts[name].work)
        return self._made[name]

    def show_page(self, page: StepPage) -> None:
        if page not in self.shown:
            self.shown.append(page)
        frame = self._frames[page]
        frame.area.open_at_top(page.title_label)
        frame.fit(self._page_width)
        frame.place(self.contentsRect())  # Qt does it after showing it, and lays all parts out twice
        self.setCurrentWidget(frame)

    def area(self, page: StepPage) -> PageArea:
        """What scrolls a page."""
        return self._frames[page].area

    def rebuild(self) -> None:
        """Take all pages away but keep their drafts: each is made anew when it is needed."""
        for name, page in self._made.items():
            if page in self.shown:
                self._drafts[name] = page.draft()
            frame = self._frames[page]
            self.removeWidget(frame)
            frame.hide()
            delete_later(frame)
        self.shown.clear()
        self._made.clear()
        self._frames.clear()

    def restore_draft(self, page: StepPage) -> None:
        """Give a page that was just entered what the one before it left, if there is anything."""
        name = next(name for name, one in self._made.items() if one is page)
        if (draft := self._drafts.pop(name, None)) is not None:
            page.restore_draft(draft)

    def preload(self, name: str, maker: PageMaker) -> None:
        """Make a page as soon as nothing else happens: it will probably be the next. It is not entered, so it does
        nothing yet."""
        is_awaited = self._rest.isActive() and self._ahead is not None and self._ahead[0] == name
        self._ahead = name, maker
        if not is_awaited:
            self._looks = 0
            self._rest.start()

    def _preload(self) -> None:
        self._looks += 1
        if self._ahead is None or (self._is_busy() and self._looks < _MOST_LOOKS):
            return
        self._rest.stop()
        name, maker = self._ahead
        if name not in self._made and self._spare is None:
            self._spare = PageFrame(self)
            self._spare.hide()
        QTimer.singleShot(_PAUSE_MS, self, lambda: self._make_ahead(name, maker))

    def _make_ahead(self, name: str, maker: PageMaker) -> None:
        if self._ahead is None:  # stopped
            return
        with suppress(ImportError):  # said when the page is asked for
            page = self.page(name, maker)
            QTimer.singleShot(_PAUSE_MS, page, lambda: self._prepare(page))

    def _prepare(self, page: StepPage) -> None:
        """What else there is of it, piece by piece, each after what else waits; its looks after the last one."""
        if page in self.shown:
            return
        pieces = page.prepare(self._answers())

        def go_on() -> None:
            is_done = next(pieces, _DONE) is _DONE
            QTimer.singleShot(_PAUSE_MS, page, page.ensurePolished if is_done else go_on)

        go_on()

    def stop(self) -> None:
        """Make no more pages: the window closes."""
        self._rest.stop()
        self._ahead = None

    def fit(self, page_width: int) -> None:
        self._page_width = page_width
        current = self.currentWidget()
        if isinstance(current, PageFrame):  # the others when they are shown
            current.fit(page_width)
