"""Step 3: who answers first. Facebook lets no program set it, so the page leads there, one setting after the other, and
looks again afterwards."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.actions import roles
from wizard.checks.case import CheckContext
from wizard.core.answers import Answers
from wizard.core.facts import Page, TokenFacts
from wizard.core.flow import StepId
from wizard.core.step_state import StepState
from wizard.i18n.language import _
from wizard.i18n.lists import listed
from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, column, laid_out_once
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.roles.parts import FieldsBox, SomeoneElse, show_who_answers
from wizard.ui.pages.roles.state import (
    RolesWork,
    SettingState,
    fields_state,
    generation,
    of_what_was_said,
    state_of,
)
from wizard.ui.pages.roles.task import TaskPanel
from wizard.ui.services import Services
from wizard.ui.widgets.diagram import HandoverDiagram
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.text import Text
from wizard.words import guides
from wizard.words.asking import app_name
from wizard.words.moments import clock_time

_PAUSE_MS = 10  # what the person does comes first
_NOT_BEFORE = 10.0  # seconds between two looks when the window becomes active again


class RolesPage(StepPage):
    step = StepId.ROLES
    works_elsewhere = True

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = services.session
        self._work = RolesWork()
        self._looked_at = float("-inf")  # monotonic seconds of the last look
        self._is_confirming = False
        self.diagram = HandoverDiagram()
        self._needed, self._needed_rows = _panel(1.1, self)
        self._rarely_needed, self._other_rows = _panel(1.1, self)
        self.rows = {name: TaskPanel(name, services, self._needed) for name in roles.NEEDED}
        self.rows.update({name: TaskPanel(name, services, self._rarely_needed) for name in roles.SOMETIMES})
        self._below, self._below_rows = _panel(0.8, self)
        self.fields_box = FieldsBox(parent=self._below)
        self.fields_box.button.clicked.connect(self._add_fields)
        self.unproven, self.looked = Text(role="small"), Text(role="small")
        self.looked.set_text("")
        self.someone_fold = SomeoneElse(services, self)
        self.someone_fold.opened.connect(lambda _is_open: self._fill_next())
        self.someone_fold.message.taken.connect(self._note_sent)
        self._build()
        for name, row in self.rows.items():
            row.open_wanted.connect(lambda name=name: self.show_place(name))
            row.place_opened.connect(lambda name=name: self._note_opened(name))
            row.path_changed.connect(self._show)
            row.paths_used_up.connect(self._offer_someone_else)

    def _build(self) -> None:
        self._below_rows.addWidget(self.fields_box)
        self._below_rows.addWidget(self.unproven)
        self._below_rows.addWidget(self.looked)
        for name, row in self.rows.items():
            (self._needed_rows if name in roles.NEEDED else self._other_rows).addWidget(row)
        self.sometimes_fold = Disclosure(_("Only in some cases"), self._rarely_needed, parent=self)
        for widget in (self._needed, self._below, self.diagram, self.someone_fold, self.sometimes_fold):
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
        if self._work.goes_on_anyway:
            return _("Continue anyway")
        if not self._work.task:
            return _("Next")
        return _("Done, next") if self._was_there() else _("I looked: it is done")

    def is_primary_next(self) -> bool:
        """A message that somebody else is to get goes out first; then it is they who go there."""
        return self._work.is_sent if self.someone_fold.is_open else self._was_there()

    def _was_there(self) -> bool:
        """Who has not been there cannot know that it is done."""
        task = self._work.task
        return not task or self._is_opened(task) or self._work.goes_on_anyway

    def _is_opened(self, task: str) -> bool:
        return task in self._work.opened or not self.rows[task].address

    def secondary_text(self) -> str:
        return self.someone_fold.words() if self._work.task and not self.someone_fold.is_open else ""

    def task_place(self) -> str:
        return self.rows[self._work.task].place if self._work.task else ""

    def first_field(self) -> QWidget | None:
        """Beside the browser the task is all that is shown."""
        task = self._work.task
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
        self._work = RolesWork(next(iter(roles.open_tasks(self._case())), ""))
        self.looked.set_text("")

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self._show()

    def show_beside(self, is_on: bool) -> None:
        super().show_beside(is_on)
        is_short = is_on and bool(self._work.task)
        for part in (self.title_label, self.diagram, self._below):
            part.setVisible(not is_short)
        for row in self.rows.values():
            row.setVisible(row.is_open or not is_short)
            row.show_short(is_short)
        self.sometimes_fold.setVisible(not is_short or self._work.task in roles.SOMETIMES)

    def draft(self) -> Draft:
        ways = tuple((name, row.way) for name, row in self.rows.items())
        return replace(super().draft(), work=replace(self._work, looked=self.looked.text(), ways=ways))

    def restore_draft(self, draft: Draft) -> None:
        self._work = draft.work
        self.looked.set_text(self._work.looked)
        for name, way in self._work.ways:
            self.rows[name].way = way
        self._show()
        super().restore_draft(draft)

    def show_place(self, setting: str) -> None:
        """Open this task and no other, whatever was said of it before, and give it the keyboard. setting: an id of
        `guides`, or "fields"."""
        if setting in self.rows:
            self._open_task(setting)
        elif setting == roles.FIELDS and self.fields_box.isVisible():
            self.fields_box.button.setFocus()
            bring_into_view(self.fields_box)

    def _open_task(self, task: str, is_shown: bool = False) -> None:
        """is_shown: open already, and it only gets the keyboard."""
        if not is_shown:
            self._work = replace(self._work, task=task, goes_on_anyway=False)
            self._show()
        if not task:
            return
        row = self.rows[task]
        if self._other_rows.indexOf(row) >= 0:
            self.sometimes_fold.open()
        row.first_part().setFocus()
        bring_into_view(row.heading)

    def _case(self) -> CheckContext:
        return self._session.check_context(self.answers)

    def _states(self, case: CheckContext) -> dict[str, SettingState]:
        now = self.services.clock.now()
        found = {name: state_of(name, case, now) for name in self.rows}
        fields = fields_state(case, now)
        return found if fields is None else {**found, roles.FIELDS: fields}

    def _show(self) -> None:
        with laid_out_once(self):
            self._show_tasks()
        self.footer_changed.emit()
        # The pause begins when this has been painted.
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(_PAUSE_MS, self, self._prepare_next))

    def _prepare_next(self) -> None:
        """The task that will probably open next is made while the person is at this one."""
        case, names = self._case(), self._names()
        left = [task for task in roles.open_tasks(case, self._work.mended) if task != self._work.task]
        if left:
            self.rows[left[0]].prepare(guides.setting(left[0], names, generation(case)))

    def _names(self) -> guides.Names:
        answers = self.answers
        return guides.names_of(Page(answers.page_id, answers.page_name), answers.bot, answers.live_chat)

    def _show_tasks(self) -> None:
        answers, case = self.answers, self._case()
        if answers.bot is None or answers.live_chat is None:
            return
        show_who_answers(self.diagram, answers.bot, answers.live_chat)
        page, first = Page(answers.page_id, answers.page_name), generation(case)
        names = self._names()
        wanted, states = roles.tasks(case), self._states(case)
        for name, row in self.rows.items():
            setting = guides.setting(name, names, first)
            link = self._session.world.link(row.shown_path(setting).link)
            at = wanted.index(name) + 1 if name in wanted else 0
            place = _("{number} of {count}").format(number=at, count=len(wanted)) if at else ""
            rows, others = self._needed_rows, self._other_rows
            rows, others = (rows, others) if at else (others, rows)
            if rows.indexOf(row) < 0:
                others.removeWidget(row)
                rows.addWidget(row)
            row.show_setting(setting, states[name], link, name == self._work.task, place)
        is_said = any(state.state is StepState.SAID for state in states.values())
        self.unproven.set_text(of_what_was_said(answers.has_token) if is_said else "")
        self.fields_box.show_state(states.get(roles.FIELDS), bool(roles.missing_fields(case)))
        left = roles.open_tasks(case, self._work.mended) or wanted
        self.someone_fold.show_message(page, answers.pair, left, first, self._work.saw_all_places)
        self._fill_next()
        self.show_beside(self.services.beside.is_on)

    def _fill_next(self) -> None:
        """One button is filled: the message, or the place that was not opened yet, or the main one."""
        is_someones = self.someone_fold.is_open
        is_unsent = is_someones and not self._work.is_sent
        self.someone_fold.message.copy_button.set_kind("primary" if is_unsent else "")
        for name, row in self.rows.items():
            if row.is_open:
                row.open_button.set_kind("" if is_someones or name in self._work.opened else "primary")
        self.footer_changed.emit()

    # What it does.

    def secondary(self) -> None:
        self.someone_fold.offer()

    def _note_opened(self, task: str) -> None:
        self._work = replace(self._work, opened=self._work.opened | {task})
        self.rows[task].open_button.set_kind("")
        self.footer_changed.emit()

    def _note_sent(self) -> None:
        self._work = replace(self._work, is_sent=True)
        self._fill_next()

    def _offer_someone_else(self) -> None:
        self._work = replace(self._work, saw_all_places=True)
        self._show()
        self.someone_fold.offer()

    def primary(self) -> None:
        task, case = self._work.task, self._case()
        if self._work.goes_on_anyway or not task:
            self.finish(roles.confirm_role(case, task, self._work.mended))
            return
        mended = self._work.mended | {task}
        said = roles.confirm_role(case, task, mended)
        left = roles.open_tasks(self._session.check_context(said), mended)
        self._work = replace(self._work, mended=mended)
        if left:
            self._work = replace(self._work, task=left[0])
            is_shown = said != self.answers
            self.offer(said)  # where it tells anything new, the page shows all of it
            self._go_on_to(left[0], task, is_shown)
        elif said.has_token and said.token_name:
            self._work = replace(self._work, task="")
            self.offer(said)
            self._look_and_go_on()
        else:
            self.finish(said)

    def _go_on_to(self, task: str, before_it: str, is_shown: bool = False) -> None:
        """One task is done, the next one opens; "" where none is left."""
        before = self.rows[before_it] if before_it else None
        self._open_task(task, is_shown)
        self.moved_on.emit()
        done = before.line.accessibleName() if before is not None else ""
        following = self.rows[task].title() if task else _("Nothing is left to do here.")
        announce(self, " ".join(filter(None, (f"{done}." if done else "", following))))

    def _look_and_go_on(self) -> None:
        session, name = self._session, self.answers.token_name
        self._is_confirming = True
        self.run(
            lambda job: roles.read_token(session, name, job.cancel),
            self._take_look,
            _("Looking at Facebook again"),
            on_cancel=self._forget_press,
        )

    def _take_look(self, facts: TokenFacts) -> None:
        self._hold(facts)
        self._is_confirming = False
        if not roles.missing_fields(self._case()):
            self.finish(self.answers)
            return
        self.services.beside.rest()
        self._take(facts)
        self._go_on_anyway(True)
        line = self.fields_box.line
        announce(line, line.accessibleName(), urgent=True)
        bring_into_view(self.fields_box)

    def _forget_press(self) -> None:
        self._is_confirming = False

    def _go_on_anyway(self, is_wanted: bool) -> None:
        self._work = replace(self._work, goes_on_anyway=is_wanted)
        self.footer_changed.emit()

    def _add_fields(self) -> None:
        session, name, missing = self._session, self.answers.token_name, roles.missing_fields(self._case())
        self.run(
            lambda job: roles.add_fields(session, name, missing, job.cancel),
            self._take_added,
            _("Adding what is missing"),
        )

    def _take_added(self, facts: TokenFacts) -> None:
        self._take(facts)
        self._go_on_anyway(bool(roles.missing_fields(self._case())) and self._work.goes_on_anyway)

    def failed(self, error: Exception) -> None:
        super().failed(error)
        if self._is_confirming:  # not to be able to look is no reason to stay
            self._is_confirming = False
            self._go_on_anyway(True)

    # What Facebook shows by now.

    def _hold(self, facts: TokenFacts) -> None:
        self._session.facts = replace(self._session.facts, token=facts)
        self._looked_at = self.services.clock.monotonic()

    def _take(self, facts: TokenFacts) -> None:
        """Hold what Facebook shows now, and say what changed. A task that is seen to be done ticks itself."""
        before = self._states(self._case())
        self._hold(facts)
        after = self._states(self._case())
        time = clock_time(self.services.clock.now())
        changed = [name for name, state in after.items() if before.get(name, state).reason != state.reason]
        self._show()
        if changed:
            what = listed(self.rows[name].title() if name in self.rows else self._fields_title() for name in changed)
            said = _("Looked again: {time}. Changed: {what}.").format(time=time, what=what)
        else:
            said = _("Looked again: {time}. Facebook does not show programs this setting, so you say when it is done.")
            said = said.format(time=time)
        self.looked.set_text(said)
        announce(self.looked, said)
        task = self._work.task
        if task and after[task].state is StepState.SEEN:
            self._go_on_to(next(iter(roles.open_tasks(self._case(), self._work.mended)), ""), task)

    def _fields_title(self) -> str:
        return self.fields_box.line.item.title

    # Looking again by itself, when the person comes back from the browser.

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and self.isVisible():
            self._look_quietly()
        return super().event(event)

    def _look_quietly(self) -> None:
        name, now = self.answers.token_name, self.services.clock.monotonic()
        may_look = self._work.opened and self.answers.has_token and name and not self.is_busy
        if not may_look or now - self._looked_at < _NOT_BEFORE:
            return
        self._looked_at = now
        session = self._session
        job = self.services.runner.start(lambda context: roles.read_token(session, name, context.cancel))
        job.on_success(lambda facts: self._take(facts) if name == self.answers.token_name else None)
        job.on_failure(lambda _error: self.looked.set_text(_("Facebook could not be asked just now.")))


def _panel(spacing: float, parent: QWidget) -> tuple[Panel, QVBoxLayout]:
    panel = Panel(parent)
    return panel, column(panel, spacing)
