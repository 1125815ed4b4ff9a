"""What the page shows, one task at a time, and what its buttons say. What happens then is in `page`."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from wizard.actions import roles
from wizard.checks.case import CheckContext
from wizard.core.answers import Answers
from wizard.core.facts import Page
from wizard.core.flow import StepId, StepState
from wizard.i18n.language import _
from wizard.ui.layout import Panel, column, laid_out_once
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.roles.look_again import LookAgain
from wizard.ui.pages.roles.parts import FieldsBox, SomeoneElse, show_who_answers
from wizard.ui.pages.roles.state import (
    RolesWork,
    SettingState,
    generation,
    of_what_was_said,
    states_of,
)
from wizard.ui.pages.roles.task_list import TaskList
from wizard.ui.services import Services
from wizard.ui.widgets.diagram import HandoverDiagram
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.text import Text
from wizard.words import guides
from wizard.words.asking import app_name

_PAUSE_MS = 10  # what the person does comes first


class RolesView(StepPage):
    """work: how far the person is on this visit."""

    step = StepId.ROLES
    works_elsewhere = True

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self.session = services.session
        self.work = RolesWork()
        self.diagram = HandoverDiagram()
        self.tasks = TaskList(services, self)
        self.rows = self.tasks.rows
        self._below = Panel(self)
        self.fields_box = FieldsBox(parent=self._below)
        self.unproven = Text(role="small")
        self.look = LookAgain(services, self)
        self.someone_fold = SomeoneElse(services, self)
        self.sometimes_fold = Disclosure(_("Only in some cases"), self.tasks.rarely_needed, parent=self)
        self.someone_fold.opened.connect(lambda _is_open: self._fill_next())
        self.someone_fold.message.taken.connect(self._note_sent)
        self.tasks.open_wanted.connect(self.show_place)
        self.tasks.place_opened.connect(self._note_opened)
        self.tasks.path_changed.connect(self.show_work)
        self.tasks.paths_used_up.connect(self._offer_someone_else)
        below = column(self._below, 0.8)
        for part in (self.fields_box, self.unproven, self.look.line):
            below.addWidget(part)
        for widget in (self.tasks.needed, self._below, self.diagram, self.someone_fold, self.sometimes_fold):
            self.body.addWidget(widget)

    # What it says.

    def sentence(self) -> str:
        bot, live_chat = self.answers.bot, self.answers.live_chat
        if bot is None or live_chat is None:
            return super().sentence()
        return _(
            "Let {bot} answer first: it is always there, and it hands over to {live_chat} when a person is needed."
        ).format(bot=app_name(bot), live_chat=app_name(live_chat))

    def primary_text(self) -> str:
        if self.work.goes_on_anyway:
            return _("Continue anyway")
        if not self.work.task:
            return _("Next")
        return _("Done, next") if self._was_there() else _("I looked: it is done")

    def is_primary_next(self) -> bool:
        """A message that somebody else is to get goes out first; then it is they who go there."""
        return self.work.is_sent if self.someone_fold.is_open else self._was_there()

    def _was_there(self) -> bool:
        """Who has not been there cannot know that it is done."""
        task = self.work.task
        return not task or self._is_opened(task) or self.work.goes_on_anyway

    def _is_opened(self, task: str) -> bool:
        return task in self.work.opened or not self.rows[task].address

    def secondary_text(self) -> str:
        return self.someone_fold.words() if self.work.task and not self.someone_fold.is_open else ""

    def task_place(self) -> str:
        return self.rows[self.work.task].place if self.work.task else ""

    def first_field(self) -> QWidget | None:
        """Beside the browser the task is all that is shown."""
        task = self.work.task
        return self.rows[task].first_part() if task and self.services.beside.is_on else None

    # What it shows.

    def prepare(self, answers: Answers) -> Iterator[None]:
        """The way of the first task names only the bot, which is known before the live chat."""
        self.answers = answers
        self._prepare_next()
        yield

    def enter(self, answers: Answers) -> None:
        self.answers = answers
        self._forget_visit()
        super().enter(answers)

    def leave(self) -> None:
        super().leave()
        self._forget_visit()

    def _forget_visit(self) -> None:
        self.work = RolesWork(next(iter(roles.open_tasks(self.case())), ""))
        self.look.line.set_text("")

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self.show_work()

    def show_beside(self, is_on: bool) -> None:
        super().show_beside(is_on)
        is_short = is_on and bool(self.work.task)
        for part in (self.title_label, self.diagram, self._below):
            part.setVisible(not is_short)
        self.tasks.show_short(is_short)
        self.sometimes_fold.setVisible(not is_short or self.work.task in roles.SOMETIMES)

    def draft(self) -> Draft:
        work = replace(self.work, looked=self.look.line.text(), ways=self.tasks.ways())
        return super().draft()._replace(work=work)

    def restore_draft(self, draft: Draft) -> None:
        self.work = draft.work
        self.look.line.set_text(self.work.looked)
        self.tasks.restore_ways(self.work.ways)
        self.show_work()
        super().restore_draft(draft)

    def show_place(self, setting: str) -> None:
        """Open this task and no other, whatever was said of it before, and give it the keyboard. setting: an id of
        `guides`, or "fields"."""
        if setting in self.rows:
            self.open_task(setting)
        elif setting == roles.FIELDS and self.fields_box.isVisible():
            self.fields_box.button.setFocus()
            bring_into_view(self.fields_box)

    def open_task(self, task: str, is_shown: bool = False) -> None:
        """is_shown: open already, and it only gets the keyboard."""
        if not is_shown:
            self.work = replace(self.work, task=task, goes_on_anyway=False)
            self.show_work()
        if not task:
            return
        row = self.rows[task]
        if self.tasks.is_rarely_needed(row):
            self.sometimes_fold.open()
        row.first_part().setFocus()
        bring_into_view(row.heading)

    def case(self) -> CheckContext:
        return self.session.check_context(self.answers)

    def states(self, case: CheckContext) -> dict[str, SettingState]:
        return states_of(self.rows, case, self.services.clock.now())

    def show_work(self) -> None:
        with laid_out_once(self):
            self._show_tasks()
        self.footer_changed.emit()
        # The pause begins when this has been painted.
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(_PAUSE_MS, self, self._prepare_next))

    def _prepare_next(self) -> None:
        """The task that will probably open next is made while the person is at this one."""
        case, names = self.case(), self._names()
        left = [task for task in roles.open_tasks(case, self.work.mended) if task != self.work.task]
        if left:
            self.rows[left[0]].prepare(guides.setting(left[0], names, generation(case)))

    def _names(self) -> guides.Names:
        answers = self.answers
        return guides.names_of(Page(answers.page_id, answers.page_name), answers.bot, answers.live_chat)

    def _show_tasks(self) -> None:
        answers, case = self.answers, self.case()
        if answers.bot is None or answers.live_chat is None:
            return
        show_who_answers(self.diagram, answers.bot, answers.live_chat)
        page, first = Page(answers.page_id, answers.page_name), generation(case)
        names = self._names()
        wanted, states = roles.tasks(case), self.states(case)
        self.tasks.show_tasks(names, first, wanted, states, self.work.task)
        is_said = any(state.state is StepState.SAID for state in states.values())
        self.unproven.set_text(of_what_was_said(answers.has_token) if is_said else "")
        self.fields_box.show_state(states.get(roles.FIELDS), bool(roles.missing_fields(case)))
        left = roles.open_tasks(case, self.work.mended) or wanted
        self.someone_fold.show_message(page, answers.pair, left, first, self.work.saw_all_places)
        self._fill_next()
        self.show_beside(self.services.beside.is_on)

    def _fill_next(self) -> None:
        """One button is filled: the message, or the place that was not opened yet, or the main one."""
        is_someones = self.someone_fold.is_open
        is_unsent = is_someones and not self.work.is_sent
        self.someone_fold.message.copy_button.set_kind("primary" if is_unsent else "")
        self.tasks.fill(not is_someones, self.work.opened)
        self.footer_changed.emit()

    # What the person did elsewhere, or gives away.

    def _note_opened(self, task: str) -> None:
        self.work = replace(self.work, opened=self.work.opened | {task})
        self.rows[task].open_button.set_kind("")
        self.footer_changed.emit()

    def _note_sent(self) -> None:
        self.work = replace(self.work, is_sent=True)
        self._fill_next()

    def _offer_someone_else(self) -> None:
        self.work = replace(self.work, saw_all_places=True)
        self.show_work()
        self.someone_fold.offer()
