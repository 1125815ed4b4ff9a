"""Step 6: the tester's own conversation goes to the live chat and comes back."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtWidgets import QWidget

from wizard.actions.find_conversation import ConversationList, TesterCode
from wizard.actions.trial import (
    TrialPlan,
    TrialPorts,
    chat_link,
    choose_tokens,
    link_for,
    pending_entries,
    restore_pending,
    run_trial,
)
from wizard.core.answers import Answers, TestOutcome, with_changes
from wizard.core.facts import Conversation
from wizard.core.flow import StepId
from wizard.core.kept_tests import kept
from wizard.core.outcome import outcome
from wizard.core.pending import CONTROL_LASTS, AlreadyInTest, TrialPart
from wizard.core.trial_result import ConsentRequest, ConsentTo, Event, RestoreEnd, RestoreResult, TrialResult
from wizard.i18n.language import _
from wizard.ui.jobs import JobContext
from wizard.ui.pages.base import Draft
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.handover_test.find import FindPart
from wizard.ui.pages.handover_test.live import LiveDraft, LivePanel
from wizard.ui.pages.handover_test.panels import SkipPanel, ways_by_choice
from wizard.ui.pages.handover_test.restore import RestoringPage
from wizard.ui.pages.handover_test.result import OverPanel, details_of
from wizard.ui.pages.handover_test.tester_code import name_of
from wizard.ui.person import Instruction, Question, WindowConsent, WindowPerson
from wizard.ui.services import FailureText, Services
from wizard.ui.widgets.text import Text
from wizard.words import asking, trial
from wizard.words.moments import clock_time

_AGREED = frozenset({ConsentTo.TEST})  # by the press that starts the test: its text stands above the button


class Stage(StrEnum):
    CODE = "code"  # the code is shown
    CHOOSE = "choose"  # the message was not found, or twice
    READY = "ready"  # the conversation is known, or none is needed
    RUNNING = "running"
    RESTORE = "rescue"  # stopped: the conversation is being restored
    OVER = "over"


@dataclass(frozen=True, slots=True)
class TrialWork:
    """What the page keeps while nothing runs. stopped: how a test that was stopped ended, and whether by an error."""

    stage: Stage
    key: tuple[object, ...]
    plan: TrialPlan
    last: TrialResult | None
    was_left: bool
    stopped: tuple[list[RestoreEnd], bool] | None
    found: str
    finding: tuple[Answers, TesterCode | None, ConversationList | None]
    live: LiveDraft


class HandoverTestPage(RestoringPage):
    step = StepId.TEST

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = services.session
        self._key: tuple[object, ...] = ()
        self._plan = TrialPlan()
        self._last: TrialResult | None = None
        self._broken_by: Exception | None = None
        self._was_left = False  # stopped, and not back
        self._stopped: tuple[list[RestoreEnd], bool] | None = None  # how it ended; whether an error did that
        self._given_up = threading.Event()  # of the test that runs
        self.stage = Stage.CODE
        self.finding = FindPart(services, self._session, parent=self)
        self.code, self.choose = self.finding.code, self.finding.choose
        self.live, self.over, self.skip = LivePanel(parent=self), OverPanel(parent=self), SkipPanel(parent=self)
        self.found, self.consent = Text(role="strong"), Text(role="small")
        parts: tuple[QWidget, ...] = (self.finding, self.over, self.found, self.live)
        for part in (*parts, self.over.more, self.consent, self.skip):
            self.body.addWidget(part)
        self.finding.found_later.connect(self._looked)
        for panel in (self.code.row, self.live):
            panel.link_wanted.connect(self._open)
        self.live.waiting.given_up.connect(lambda: self._given_up.set())
        self.choose.changed.connect(self._choice_changed)
        self.over.link_wanted.connect(lambda template: self._open(self._session.world.link(template)))
        self.over.step_wanted.connect(self.step_wanted)
        self.over.recovery_wanted.connect(lambda: self.aside_wanted.emit("recovery"))
        self.over.bot_test_wanted.connect(lambda: self._start(replace(self._plan, with_part_a=False)))
        self.over.eye_test_wanted.connect(lambda: self._start(replace(self._plan, by_eye=True)))
        self.skip.skipped.connect(self._skip)

    # What it says.

    def primary_text(self) -> str:
        if self.stage is Stage.CODE:
            return _("I have sent it")
        return _("Start the test") if self.stage in (Stage.CHOOSE, Stage.READY) else ""

    def secondary_text(self) -> str:
        return {
            Stage.CHOOSE: _("Look again"),
            Stage.RUNNING: _("Stop and bring back"),
            Stage.OVER: _("Test again"),
        }.get(self.stage, "")

    def details_text(self) -> str:
        own = super().details_text()
        return own or (details_of(self._last) if self._last is not None and self.stage is Stage.OVER else "")

    # Coming and going.

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        key = (answers.page_id, answers.bot, answers.live_chat, answers.token_name, answers.token_owner)
        is_anew = self.stage is Stage.OVER and not self._session.tests
        if (key != self._key or is_anew) and self.stage not in (Stage.RUNNING, Stage.RESTORE):
            self._key = key
            self._begin()

    def enter(self, answers: Answers) -> None:
        if self._last is not None and self._session.tests:
            self._last = self._session.tests[-1]  # it was perhaps brought back since
        super().enter(answers)
        self._say_consent()
        if self.stage is Stage.OVER and self._last is not None:
            self.over.show_result(self._last, self._cast, self._until)
        if self._was_left:
            session, answers, psid = self._session, self.answers, self._plan.psid
            job = self.services.runner.start(lambda _job: bool(pending_entries(session, answers, psid)))
            job.on_success(self._show_left).on_failure(self.failed)

    def draft(self) -> Draft:
        work = TrialWork(
            self.stage,
            self._key,
            self._plan,
            self._last,
            self._was_left,
            self._stopped,
            self.found.text(),
            self.finding.draft(),
            self.live.draft(),
        )
        return replace(super().draft(), work=work)

    def take_over(self, work: TrialWork) -> None:
        self.stage, self._key, self._plan, self._last = work.stage, work.key, work.plan, work.last
        self._was_left, self._stopped = work.was_left, work.stopped
        self.found.setText(work.found)
        self.finding.restore_draft(*work.finding)
        self.live.restore_draft(work.live)

    def restore_draft(self, draft: Draft) -> None:
        self._show(self.stage)
        if self.stage is Stage.READY and self._stopped is not None:
            endings, is_broken = self._stopped
            self.over.show_stopped(endings, self._cast, is_broken)
        super().restore_draft(draft)

    def _show_left(self, is_open: bool) -> None:
        self._was_left = is_open
        if not is_open and self.stage is Stage.READY:
            self._stopped = None
            self.over.hide_all()

    def stop_work(self) -> None:
        self.finding.stop()
        super().stop_work()

    def primary(self) -> None:
        if self.stage is Stage.CODE:
            self._search()
        elif self.stage is Stage.CHOOSE:
            self._start(
                replace(self._plan, psid=self.choose.psid(), conversation_id="", written_at=0.0, with_part_a=True)
            )
        elif self.stage is Stage.READY:
            self._start(replace(self._plan, with_part_a=True))
        else:
            self.step_done.emit()

    def secondary(self) -> None:
        if self.stage is Stage.CHOOSE:
            self._show(Stage.CODE)
            self._search()
        elif self.stage is Stage.RUNNING:
            self.restore()
        elif self.stage is Stage.OVER:
            self._again()

    def _begin(self) -> None:
        """A fresh code for this Page, or no code where only the eye is left."""
        by_eye = choose_tokens(self._session, self.answers).main is None
        self.finding.begin(self.answers)
        self._plan, self._last, self._stopped = TrialPlan(by_eye=by_eye), None, None
        self.over.hide_all()
        self._show(Stage.READY if by_eye else Stage.CODE)

    def _again(self) -> None:
        self.over.hide_all()
        self._plan = replace(self._plan, by_eye=choose_tokens(self._session, self.answers).main is None)
        self._show(Stage.READY if self._plan.psid or self._plan.by_eye else Stage.CODE)

    def _show(self, stage: Stage) -> None:
        self.stage = stage
        if stage is Stage.READY:
            self._begin_lines()
        self.finding.show_code(stage is Stage.CODE)
        self.finding.show_choice(stage is Stage.CHOOSE)
        self.live.setVisible(stage in (Stage.READY, Stage.RUNNING, Stage.RESTORE, Stage.OVER))
        self.found.setVisible(stage is Stage.READY and bool(self.found.text()))
        self.consent.setVisible(stage in (Stage.CHOOSE, Stage.READY))
        self.skip.setVisible(stage in (Stage.CODE, Stage.CHOOSE, Stage.READY))
        self._say_consent()
        self._choice_changed()
        self.footer_changed.emit()
        self.details_changed.emit()

    def _choice_changed(self) -> None:
        self.primary_ready.emit(self.stage is not Stage.CHOOSE or bool(self.choose.psid()))

    def _say_consent(self) -> None:
        request = ConsentRequest(ConsentTo.TEST, self.answers.live_chat, until=int(self._until))
        eye = _("You write in Messenger and look who answers. The wizard reads nothing and changes nothing.")
        self.consent.setText(eye if self._plan.by_eye else asking.consent(request))

    def _begin_lines(self) -> None:
        tokens = choose_tokens(self._session, self.answers)
        with_part_a = self._plan.with_part_a and tokens.speaks_for_bot and not self._plan.by_eye
        part = TrialPart.FACEBOOK_ALLOWS if with_part_a else TrialPart.BOT_DOES
        self.live.begin(self._cast, part, tokens.speaks_for_bot, self._plan.by_eye)

    # Finding the conversation.

    def _search(self) -> None:
        """The press is the consent; its text stands above the button."""
        self.skip.hide()
        title = _("Looking for your message")
        self.run(self.finding.search(), self._looked, title, on_cancel=lambda: self._show(Stage.CODE))

    def _looked(self, found: Conversation | ConversationList) -> None:
        if isinstance(found, Conversation):
            written_at = found.updated_at
            self._plan = replace(self._plan, psid=found.psid, conversation_id=found.id, written_at=written_at)
            self.found.setText(_("Found your conversation: {name}").format(name=name_of(found)))
            self._show(Stage.READY)
            return
        self.found.setText("")
        self._show(Stage.CHOOSE)
        self.finding.show_list(found)

    # Running.

    def _start(self, plan: TrialPlan) -> None:
        self._plan, self._last, self._stopped = plan, None, None
        self.over.hide_all()
        self._begin_lines()
        self._show(Stage.RUNNING)
        session, answers = self._session, self.answers
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

        self.run(work, self._ran, _("Testing"), stoppable=False)
        self.progress.hide()  # the list below shows how far it is, and the footer has Stop

    def _show_event(self, event: Event) -> None:
        self.live.show_event(event, event.owner.at if event.owner is not None else self._session.facebooks_time())

    def _show_told(self, told: Instruction) -> None:
        self.live.show_instruction(told, chat_link(self._session.world, self.answers.page_id), self._plan.wait)
        for part in (self.live.waiting, self.live.prompt):  # where both have no room, what is to be done comes first
            bring_into_view(part)

    def _show_result(self, result: TrialResult) -> None:
        self._last = result
        self._session.add_test(result)
        self.live.show_result(result)
        tests = self._session.tests
        self.offer(with_changes(self.answers, test=outcome(tests), tests=kept(tests)))

    def _ask(self, asked: Question) -> None:
        link = link_for(asked.question, self._session.world, self.answers.page_id, self.answers.live_chat)
        notes = ways_by_choice(self._cast, clock_time(self._until)) if asked.question == "way_out" else None
        self.live.ask(asked, notes, link)
        bring_into_view(self.live.question)

    def _ran(self, _nothing: None) -> None:
        self.live.rest()
        self._show(Stage.OVER)
        if self._last is not None:
            self.over.show_result(self._last, self._cast, self._until)
            bring_into_view(self.over)

    def failed(self, error: Exception) -> None:
        """Something may have been changed before this came, as where the disk was full in the middle: the conversation
        is brought back first, then the trouble is said. A test that did not begin has none."""
        if self.stage is Stage.RUNNING and isinstance(error, AlreadyInTest):
            self.live.rest()
            self._show(Stage.READY)
        if self.stage in (Stage.RUNNING, Stage.RESTORE):
            self._broken_by = self._broken_by or error
        if self.stage is Stage.RUNNING:
            self.restore()
        else:
            super().failed(error)

    # Bringing back: after Stop, after an error, while the page is left or the window closes.

    def is_open(self) -> bool:
        return self.stage is Stage.RUNNING

    def restore_begins(self) -> None:
        self.offer(with_changes(self.answers, test=TestOutcome.STOPPED))
        self.live.rest()
        self._show(Stage.RESTORE)

    def restore_work(self) -> Callable[[JobContext], list[RestoreEnd]]:
        session, answers, psid = self._session, self.answers, self._plan.psid
        return lambda job: restore_pending(session, answers, psid, job.cancel)

    def restored(self, endings: list[RestoreEnd]) -> None:
        error, self._broken_by = self._broken_by, None
        self._was_left = any(ended.result is RestoreResult.NOT_BACK for ended in endings)
        self._show(Stage.READY)
        if endings or error is None:
            self._stopped = endings, error is not None
            self.over.show_stopped(endings, self._cast, is_broken=error is not None)
        if error is not None:
            self.failed(error)

    # Skipping, links.

    def _skip(self, reason: str) -> None:
        self.finish(with_changes(self.answers, test=TestOutcome.SKIPPED, test_skipped_because=reason))

    def _open(self, link: str) -> None:
        if not self.services.open_link(link):
            self.show_trouble(
                FailureText(_("No browser could be opened."), _("Open this address yourself: {link}").format(link=link))
            )

    @property
    def _cast(self) -> trial.TrialApps:
        return trial.TrialApps.of(self.answers)

    @property
    def _until(self) -> float:
        """Until when a conversation that goes to the live chat now may stay there: Unix seconds."""
        return self._session.facebooks_time() + CONTROL_LASTS
