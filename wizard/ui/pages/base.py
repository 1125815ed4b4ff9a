"""What every page is: a title, one sentence, one main action, what went wrong beside its cause, long work with Stop."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.core.answers import Answers
from wizard.core.flow import StepId, StepState
from wizard.ui.jobs import Job, JobContext, StopReason, StopState
from wizard.ui.metrics import em
from wizard.ui.pages.trouble import TroubleNotice
from wizard.ui.services import Services, Trouble
from wizard.ui.widgets.progress_line import ProgressLine
from wizard.ui.widgets.text import Text, restyle
from wizard.words import steps

if TYPE_CHECKING:
    from wizard.core.ports import Progress
    from wizard.ui.pages.typed import Problems, Typed
    from wizard.ui.widgets.field import Said

T = TypeVar("T")


class Draft(NamedTuple):
    """What a page that is made anew takes over. work: what a page keeps beside its inputs, in its own form."""

    typed: "Typed"
    problems: "Problems"
    trouble: Trouble | None = None
    work: Any = None


class StepPage(QWidget):
    """Reads answers, offers new ones; knows neither its neighbours nor the network.

    What comes and goes, `notice` and `progress`, stands between page and footer: nothing on the page moves then.
    A page sets `step`, fills `self.body`, and overrides what differs. The shell calls enter, leave, stop, primary and
    secondary; the page asks for the rest with signals."""

    step: StepId = StepId.WELCOME
    works_elsewhere = False  # what is to be done here is done in the browser: the window may stand beside it

    answers_offered = Signal(object)  # Answers
    step_done = Signal()  # go on to the next step, if the route allows it
    finished_with = Signal(object)  # Answers: the last ones of this page, and then go on
    primary_ready = Signal(bool)
    footer_changed = Signal()  # primary_text or secondary_text changed
    moved_on = Signal()  # another thing is asked on the same page: a second click was not meant for it
    details_changed = Signal()  # details_text changed
    busy_changed = Signal(bool)
    aside_wanted = Signal(str)  # open a screen beside the route: a name in the shell's `asides`, "" to go back
    step_wanted = Signal(object)  # StepId: go there, if the route allows it
    place_wanted = Signal(object)  # core.mend.Place: go there, where something is put right
    question_changed = Signal()  # the page asks something else now, as if it were another page

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.answers = Answers()
        self._job: Job[Any] | None = None
        self._is_ready = True
        self.setProperty("plain", True)
        self.title_label = Text(role="title")
        self.title_label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sentence_label = Text(role="sentence")
        self.notice = TroubleNotice(services, self)
        self.notice.changed.connect(self.details_changed)
        self.progress = ProgressLine(parent=self)
        self.progress.stop_chosen.connect(self.stop_work)
        self.body = QVBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.title_label, self.sentence_label):
            self._column.addWidget(widget)
        self._column.addLayout(self.body)
        self._column.addStretch(1)
        self.primary_ready.connect(self._remember_ready)
        self._fit()

    # What a page says, where it changes with what happens. All other texts are set where widgets are made.

    def title(self) -> str:
        return steps.title(self.step)

    def sentence(self) -> str:
        return steps.sentence(self.step)

    def primary_text(self) -> str:
        """Label of the main button; "" means Next, enabled when the route goes on."""
        return ""

    def step_state(self) -> StepState | None:
        """How its step stands by what the page itself does just now; None: as what is known says."""
        return None

    def is_primary_next(self) -> bool:
        """Whether the main button is what to press now. Where something on the page comes first, that is filled, and
        the main button is not."""
        return True

    def secondary_text(self) -> str:
        """Label of the page's own second button, "" for none."""
        return ""

    def details_text(self) -> str:
        """What Copy details copies, for whoever is asked for help: what was said, calls, codes, times; never a secret.
        "" hides the button."""
        return self.notice.details_to_copy(self.title())

    def help_topic(self) -> str:
        """Name of a table under [steps] in resources/help.toml."""
        return self.step.value

    def task_place(self) -> str:
        """Which of several things to do on this page is open, "1 of 3"; "" where it is not one of several."""
        return ""

    def show_beside(self, is_on: bool) -> None:
        """The window is a narrow panel beside the browser now, or no longer: show only what is done there."""
        self.sentence_label.setVisible(not is_on and bool(self.sentence_label.text()))
        role = "product" if is_on else "title"  # a long word of a title would be wider than the panel
        if self.title_label.property("role") != role:
            self.title_label.setProperty("role", role)
            restyle(self.title_label)

    # What a page does.

    def primary(self) -> None:
        """The main button was pressed."""
        self.step_done.emit()

    def secondary(self) -> None:
        """The second button was pressed."""

    def filled(self, answers: Answers) -> Answers:
        """The same with what the page can answer by itself, as soon as it is opened."""
        return answers

    def enter(self, answers: Answers) -> None:
        """The page is about to be shown."""
        self.show_answers(answers)
        self.title_label.setText(self.title())
        self.sentence_label.set_text(self.sentence())
        self.footer_changed.emit()

    def prepare(self, answers: Answers) -> Iterator[None]:
        """The page was made ahead, and these are the answers by now; they may change until it is entered. Do what takes
        long, in pieces, but nothing that a person or Facebook could notice: the window lives on between them. Not all
        of them may be asked for."""
        yield from ()

    def leave(self) -> None:
        """Another page is about to be shown."""
        self.stop_work()

    def step_back(self) -> bool:
        """Back was pressed. Return whether the page has gone back to a question of its own."""
        return False

    def show_answers(self, answers: Answers) -> None:
        """Answers changed, by this page or outside. Overriders call this first."""
        self.answers = answers

    def stop(self, reason: StopReason) -> StopState | None:
        """End work that is open, at once. Return None if nothing is left, else what the window must wait for."""
        self.stop_work()
        return None

    def first_field(self) -> QWidget | None:
        """What gets the keyboard when the page opens; None: the title."""
        return None

    def draft(self) -> Draft:
        """What would be lost if the page were made anew now."""
        from wizard.ui.pages.typed import problems_on, typed_in  # the first page does without

        return Draft(typed_in(self), problems_on(self), self.notice.said)

    def take_over(self, work: Any) -> None:
        """Go on with the `work` of the draft. Called once, before `enter`, which may find that it is of no use now."""

    def restore_draft(self, draft: Draft) -> None:
        """Show again what was typed, and what was wrong. Called once, after the first `enter`."""
        from wizard.ui.pages.typed import say_again, type_again

        type_again(self, draft.typed)
        say_again(self, draft.problems)
        if draft.trouble is not None:
            self.notice.show_trouble(draft.trouble, is_new=False)

    def speak_anew(self) -> None:
        """The language has changed while work runs: what is said until that ends is said in the new one. All of the
        page is made anew then."""
        self.title_label.setText(self.title())
        self.sentence_label.set_text(self.sentence())
        self.progress.speak_anew()
        self.notice.speak_anew()
        self.show_beside(self.services.beside.is_on)

    @property
    def is_primary_ready(self) -> bool:
        return self._is_ready

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def offer(self, answers: Answers) -> None:
        self.answers_offered.emit(answers)

    def finish(self, answers: Answers) -> None:
        """Offer answers and go on. The page shows them when it is entered again: the next one comes sooner."""
        self.finished_with.emit(answers)

    def show_place(self, setting: str) -> None:
        """Show what puts something right: the page was opened for it. setting: as of `core.mend.Place`."""

    def show_trouble(self, trouble: Trouble) -> None:
        self.notice.show_trouble(trouble)

    def clear_trouble(self) -> None:
        self.notice.clear()

    def open_in_browser(self, link: str) -> None:
        self.notice.open_in_browser(link)

    # Long work.

    def run(
        self,
        work: Callable[[JobContext], T],
        on_success: Callable[[T], None],
        title: "Said | None",
        on_cancel: Callable[[], None] | None = None,
        stoppable: bool = True,
    ) -> Job[T]:
        """Do work in a thread with the progress line shown. title: what is being done, None where the page shows that
        itself. A failure goes to the notice in the words of `services.explain`. Work that still runs is stopped first:
        a page does one thing at a time. on_success gets what work returned; nothing of an older piece of work arrives
        after a newer one began."""
        self.stop_work()
        if self._job is not None:
            self._job.ignore()
        self.clear_trouble()
        job = self.services.runner.start(work)
        self._job = job
        self.destroyed.connect(job.ignore)  # what it would be told to is gone

        def end(then: Callable[[], None]) -> None:
            self._set_job(None)
            then()

        job.on_success(lambda result: end(lambda: on_success(result)))
        job.on_failure(lambda error: end(lambda: self.failed(error)))
        job.on_cancel(lambda: end(on_cancel if on_cancel is not None else lambda: None))
        if title is not None:
            self.progress.begin(title, stoppable)
        self.busy_changed.emit(True)
        return job

    def show_progress(self, title: str, step: "Progress") -> None:
        """What work reports goes to the progress line."""
        if step.total:
            self.progress.show_progress(title, step.done, step.total)

    def stop_work(self) -> None:
        """Cancel the work that runs, if any; `on_cancel` is called when it has stopped."""
        if self._job is not None:
            self._job.cancel()

    def _set_job(self, job: Job[Any] | None) -> None:
        self._job = job
        self.progress.end()
        self.busy_changed.emit(job is not None)

    def failed(self, error: Exception) -> None:
        """Work of `run` raised. Pages that show some errors beside a field override this and pass on the rest."""
        self.show_error(error)

    def show_error(self, error: Exception) -> None:
        """Show what a job raised as trouble of the page."""
        at = self.services.clock.now()
        self.show_trouble(lambda: self.services.explain(error, at))

    def fill_room(self, is_on: bool) -> None:
        """Whether a list on the page takes the height that is left, in place of a blank at its end."""
        self._column.setStretchFactor(self.body, int(is_on))
        self._column.setStretch(self._column.count() - 1, int(not is_on))

    def _remember_ready(self, ready: bool) -> None:
        self._is_ready = ready

    def _fit(self) -> None:
        self._column.setSpacing(em(1.1))
        self.body.setSpacing(em(1.1))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)
