"""Step 3: who answers first. Facebook lets no program set it, so the page leads there, one setting after the other, and
looks again afterwards."""

from dataclasses import replace

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from wizard.actions import roles
from wizard.core.facts import TokenFacts
from wizard.core.flow import StepState
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.roles.view import RolesView
from wizard.ui.services import Services


class RolesPage(RolesView):
    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._is_confirming = False
        self.fields_box.button.clicked.connect(self._add_fields)

    def secondary(self) -> None:
        self.someone_fold.offer()

    def primary(self) -> None:
        task, case = self.work.task, self.case()
        if self.work.goes_on_anyway or not task:
            self.finish(roles.confirm_role(case, task, self.work.mended))
            return
        mended = self.work.mended | {task}
        said = roles.confirm_role(case, task, mended)
        left = roles.open_tasks(self.session.check_context(said), mended)
        self.work = replace(self.work, mended=mended)
        if left:
            if not self.work.is_sent:  # who does it after all needs no letter, nor its filled button out of sight
                self.someone_fold.open(False)
            self.work = replace(self.work, task=left[0])
            is_shown = said != self.answers
            self.offer(said)  # where it tells anything new, the page shows all of it
            self._go_on_to(left[0], task, is_shown)
        elif said.has_token and said.token_name:
            self.work = replace(self.work, task="")
            self.offer(said)
            self._look_and_go_on()
        else:
            self.finish(said)

    def _go_on_to(self, task: str, before_it: str, is_shown: bool = False) -> None:
        """One task is done, the next one opens; "" where none is left."""
        before = self.rows[before_it] if before_it else None
        self.open_task(task, is_shown)
        self.moved_on.emit()
        done = before.line.accessibleName() if before is not None else ""
        following = self.rows[task].title() if task else _("Nothing is left to do here.")
        announce(self, " ".join(filter(None, (f"{done}." if done else "", following))))

    def _look_and_go_on(self) -> None:
        session, name = self.session, self.answers.token_name
        self._is_confirming = True
        self.run(
            lambda job: roles.read_token(session, name, job.cancel),
            self._take_look,
            _("Looking at Facebook again"),
            on_cancel=self._forget_press,
        )

    def _take_look(self, facts: TokenFacts) -> None:
        self.look.hold(facts)
        self._is_confirming = False
        if not roles.missing_fields(self.case()):
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
        self.work = replace(self.work, goes_on_anyway=is_wanted)
        self.footer_changed.emit()

    def _add_fields(self) -> None:
        session, name, missing = self.session, self.answers.token_name, roles.missing_fields(self.case())
        self.run(
            lambda job: roles.add_fields(session, name, missing, job.cancel),
            self._take_added,
            _("Adding what is missing"),
        )

    def _take_added(self, facts: TokenFacts) -> None:
        self._take(facts)
        self._go_on_anyway(bool(roles.missing_fields(self.case())) and self.work.goes_on_anyway)

    def failed(self, error: Exception) -> None:
        super().failed(error)
        if self._is_confirming:  # not to be able to look is no reason to stay
            self._is_confirming = False
            self._go_on_anyway(True)

    # What Facebook shows by now.

    def _take(self, facts: TokenFacts) -> None:
        """Hold what Facebook shows now, and say what changed. A task that is seen to be done ticks itself."""
        before = self.states(self.case())
        self.look.hold(facts)
        after = self.states(self.case())
        changed = [name for name, state in after.items() if before.get(name, state).reason != state.reason]
        self.show_work()
        self.look.say([self.rows[name].title() if name in self.rows else self.fields_box.title for name in changed])
        task = self.work.task
        if task and after[task].state is StepState.SEEN:
            self._go_on_to(next(iter(roles.open_tasks(self.case(), self.work.mended)), ""), task)

    # Looking again by itself, when the person comes back from the browser.

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and self.isVisible():
            self._look_quietly()
        return super().event(event)

    def _look_quietly(self) -> None:
        name = self.answers.token_name
        if self.work.opened and self.answers.has_token and name and not self.is_busy:
            self.look.look_quietly(name, lambda facts: self._take(facts) if name == self.answers.token_name else None)
