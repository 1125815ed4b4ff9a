"""The test page while a test runs, and what came of it. What ends its work brings the conversation back."""

import threading
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from wizard.actions.trial import (
    TrialPlan,
    TrialPorts,
    chat_link,
    choose_tokens,
    link_for,
    restore_pending,
    run_trial,
)
from wizard.core.answers import TestOutcome, with_changes
from wizard.core.flow import SETUP, StepId, StepState
from wizard.core.kept_tests import kept
from wizard.core.outcome import outcome
from wizard.core.pending import CONTROL_LASTS, AlreadyInTest, TrialPart
from wizard.core.trial_result import ConsentTo, Event, RestoreEnd, RestoreResult, TrialResult
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.garbage import delete_later
from wizard.ui.jobs import JobContext
from wizard.ui.layout import laid_out_once
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.handover_test.live import LivePanel
from wizard.ui.pages.handover_test.panels import ways_by_choice
from wizard.ui.pages.handover_test.restore import RestoringPage
from wizard.ui.pages.handover_test.result import OverPanel
from wizard.ui.pages.handover_test.stage import Stage
from wizard.ui.person import Instruction, Question, WindowConsent, WindowPerson
from wizard.ui.services import Services
from wizard.words import asking, trial
from wizard.words.moments import clock_time

_AGREED = frozenset({ConsentTo.TEST})  # by the press that starts the test: its text stands above the button


class RunningPage(RestoringPage):
    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, lambda: self.stage is Stage.RUNNING, lambda: self._restore_work(), parent)
        self.session = services.session
        self.stage = Stage.CODE
        self.plan = TrialPlan()
        self.last: TrialResult | None = None
        self.was_left = False  # stopped, and not back
        self.stopped: tuple[list[RestoreEnd], bool] | None = None  # how it ended; whether an error did that
        self._broken_by: Exception | None = None
        self._given_up = threading.Event()  # of the test that runs
        self.live, self.over = self._new_live(), OverPanel(services, parent=self)
        self.restore_begun.connect(self._begin_restoring)
        self.restored.connect(self._show_restored)

    def _new_live(self) -> LivePanel:
        live = LivePanel(self.services, self)
        live.waiting.given_up.connect(lambda: self._given_up.set())
        live.link_wanted.connect(self.open_in_browser)
        return live

    def speak_anew(self) -> None:
        if self.stage in (Stage.RUNNING, Stage.RESTORE):
            before, self.live = self.live, self._new_live()
            self.body.replaceWidget(before, self.live)
            before.setParent(None)
            self.live.show()
            self.live.go_on_from(before)
            if (asked := before.question.asked) is not None:
                self._ask(asked)
            delete_later(before)
        super().speak_anew()

    def show_stage(self, stage: Stage) -> None:
        """Overriders show what belongs to it, and call this first."""
        self.stage = stage

    def step_state(self) -> StepState | None:
        return StepState.RUNNING if self.stage in (Stage.RUNNING, Stage.RESTORE) else None

    def start(self, plan: TrialPlan) -> None:
        self.plan, self.last, self.stopped = plan, None, None
        with laid_out_once(self):
            self.over.hide_all()
            self.begin_lines()
            self.live.start()
            self.show_stage(Stage.RUNNING)
        session, answers = self.session, self.answers
        given_up = self._given_up = threading.Event()

        def work(job: JobContext) -> None:
            ask = job.to(self._ask)
            ports = TrialPorts(
                WindowPerson(ask, job.cancel, None if plan.by_eye else job.to(self._show_told)),
                WindowConsent(ask, job.cancel, _AGREED, asking.consent),
                job.to(self._show_event),
                job.to(self._show_result),
                given_up,
            )
            run_trial(session, answers, plan, ports, job.cancel)

        self.run(work, self._ran, None)  # the list shows how far it is, and the footer has Stop
        announce(self.live, _("Testing"))

    def begin_lines(self) -> None:
        tokens = choose_tokens(self.session, self.answers)
        with_part_a = self.plan.with_part_a and tokens.speaks_for_bot and not self.plan.by_eye
        part = TrialPart.FACEBOOK_ALLOWS if with_part_a else TrialPart.BOT_DOES
        self.live.begin(self.cast, part, tokens.speaks_for_bot, self.plan.by_eye)

    def show_over(self) -> None:
        if self.last is not None:
            may_go_on = not SETUP.problems(StepId.TEST, self.answers)
            self.over.show_result(self.last, self.cast, self.until, may_go_on)
            self.footer_changed.emit()

    def _show_event(self, event: Event) -> None:
        self.live.show_event(event, event.owner.at if event.owner is not None else self.session.facebooks_time())

    def _show_told(self, told: Instruction) -> None:
        self.live.show_instruction(told, chat_link(self.session.world, self.answers.page_id), self.plan.wait)
        for part in (self.live.waiting, self.live.prompt):  # where both have no room, what is to be done comes first
            bring_into_view(part)

    def _show_result(self, result: TrialResult) -> None:
        self.last = result
        self.session.add_test(result)
        self.live.show_result(result)
        tests = self.session.tests
        self.offer(with_changes(self.answers, test=outcome(tests), tests=kept(tests)))

    def _ask(self, asked: Question) -> None:
        link = link_for(asked.question, self.session.world, self.answers.page_id, self.answers.live_chat)
        notes = ways_by_choice(self.cast, clock_time(self.until)) if asked.question == "way_out" else None
        self.live.ask(asked, notes, link)
        bring_into_view(self.live.question)

    def _ran(self, _nothing: None) -> None:
        self.live.rest()
        self.show_stage(Stage.OVER)
        self.show_over()
        bring_into_view(self.over)

    def failed(self, error: Exception) -> None:
        """Something may have been changed before this came, as where the disk was full in the middle: the conversation
        is brought back first, then the trouble is said. A test that did not begin has none."""
        if self.stage is Stage.RUNNING and isinstance(error, AlreadyInTest):
            self.live.rest()
            self.show_stage(Stage.READY)
        if self.stage in (Stage.RUNNING, Stage.RESTORE):
            self._broken_by = self._broken_by or error
        if self.stage is Stage.RUNNING:
            self.restore()
        else:
            super().failed(error)

    # Bringing back: after Stop, after an error, while the page is left or the window closes.

    def restore_title(self) -> str:
        """By eye nothing was moved."""
        return _("Stopping…") if self.plan.by_eye else super().restore_title()

    def _begin_restoring(self) -> None:
        self.offer(with_changes(self.answers, test=TestOutcome.STOPPED))
        self.live.rest()
        self.show_stage(Stage.RESTORE)

    def _restore_work(self) -> Callable[[JobContext], list[RestoreEnd]]:
        session, answers, psid = self.session, self.answers, self.plan.psid
        return lambda job: restore_pending(session, answers, psid, job.cancel)

    def _show_restored(self, endings: list[RestoreEnd]) -> None:
        error, self._broken_by = self._broken_by, None
        self.was_left = any(ended.result is RestoreResult.NOT_BACK for ended in endings)
        self.show_stage(Stage.READY)
        if endings or error is None:
            self.stopped = endings, error is not None
            self.show_stopped()
            bring_into_view(self.over)  # the page may be where a question was asked
        if error is not None:
            self.failed(error)

    def show_stopped(self) -> None:
        if self.stopped is not None:
            endings, is_broken = self.stopped
            self.over.show_stopped(endings, self.cast, is_broken)
            if endings:
                left = (ended for ended in endings if ended.result is RestoreResult.NOT_BACK)
                self.live.show_ending(next(left, endings[-1]))
            self.footer_changed.emit()

    @property
    def cast(self) -> trial.TrialApps:
        return trial.TrialApps.of(self.answers)

    @property
    def until(self) -> float:
        """Until when a conversation that goes to the live chat now may stay there: Unix seconds."""
        return self.session.facebooks_time() + CONTROL_LASTS
