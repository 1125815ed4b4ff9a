"""Step 6: the tester's own conversation goes to the live chat and comes back."""

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from wizard.core.answers import Answers, TestOutcome, with_changes
from wizard.core.facts import App, Conversation
from wizard.core.flow import StepId
from wizard.core.open_test import Part
from wizard.core.outcome import outcome
from wizard.core.ports import Progress
from wizard.core.trial.find import new_code
from wizard.core.trial.result import Back, ConsentRequest, ConsentTo, Ended, Event, TrialResult
from wizard.ui.pages import handover_test_work as work
from wizard.ui.pages.base import StepPage, StopReason, StopState
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.handover_test_find import ChoosePanel, CodePanel
from wizard.ui.pages.handover_test_live import LivePanel
from wizard.ui.pages.handover_test_over import OverPanel, details_of
from wizard.ui.pages.handover_test_parts import place_of, tell_left_open, ways_by_choice
from wizard.ui.pages.handover_test_skip import SkipPanel
from wizard.ui.pages.handover_test_watch import Watched
from wizard.ui.pages.session_at_hand import session_of
from wizard.ui.services import Services, Trouble
from wizard.ui.widgets.text import Text
from wizard.ui.window_person import Asked, Told
from wizard.words import asking, errors, trial
from wizard.words.language import _
from wizard.words.moments import clock_time

_CONTROL_LASTS = 24 * 3600.0  # seconds
_RESCUE_MS = 13_000  # the shell waits 15 s


class Stage(StrEnum):
    CODE = "code"  # the code is shown
    CHOOSE = "choose"  # it was not found, or twice
    READY = "ready"  # the conversation is known, or none is needed
    RUNNING = "running"
    RESCUE = "rescue"  # stopped: the conversation is being brought back
    OVER = "over"


class HandoverTestPage(StepPage):
    step = StepId.TEST

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = session_of(services)
        self._key: tuple[object, ...] = ()
        self._code, self._shown_at = "", 0.0
        self._plan = work.Plan()
        self._last: TrialResult | None = None
        self._state: StopState | None = None
        self._is_closing = False
        self.stage = Stage.CODE
        self._watched = Watched(services.clock)
        self.code, self.choose, self.live, self.over, self.skip = (
            CodePanel(),
            ChoosePanel(),
            LivePanel(),
            OverPanel(),
            SkipPanel(),
        )
        self.found, self.consent = Text(role="strong"), Text(role="small")
        for widget in (
            self.code,
            self.choose,
            self.over,
            self.found,
            self.live,
            self.over.more,
            self.consent,
            self.skip,
        ):
            self.body.addWidget(widget)
        for panel in (self.code, self.live):
            panel.link_wanted.connect(self._open)
        self.choose.changed.connect(self._choice_changed)
        self.over.link_wanted.connect(lambda template: self._open(self.services.backend.world.link(template)))
        self.over.recovery_wanted.connect(lambda: self.aside_wanted.emit("recovery"))
        self.over.bot_test_wanted.connect(lambda: self._start(replace(self._plan, with_part_a=False)))
        self.over.eye_test_wanted.connect(lambda: self._start(replace(self._plan, by_eye=True)))
        self.skip.skipped.connect(self._skip)

    # What it says.

    def primary_text(self) -> str:
        if self.stage is Stage.CODE:
            return _("I have sent it")
        if self.stage in (Stage.CHOOSE, Stage.READY):
            return _("Start the test")
        return ""

    def secondary_text(self) -> str:
        return {
            Stage.CHOOSE: _("Look again"),
            Stage.RUNNING: _("Stop and bring back"),
            Stage.OVER: _("Test again"),
        }.get(self.stage, "")

    def details_text(self) -> str:
        own = super().details_text()
        return own or (details_of(self._last) if self._last is not None and self.stage is Stage.OVER else "")

    def retranslate(self) -> None:
        super().retranslate()
        self.skip.retranslate()
        self.live.retranslate()
        if self._code:
            self.code.show_code(work.code_text(self._code), work.code_link(self._session, self.answers, self._code))
        self._say_consent()
        if self.stage is Stage.OVER and self._last is not None:
            self.over.show_result(self._last, self._cast, self._until)

    # Coming and going.

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        key = (answers.page_id, answers.bot, answers.live_chat, answers.token_name, answers.token_owner)
        is_anew = self.stage is Stage.OVER and not self._session.tests
        if (key != self._key or is_anew) and self.stage not in (Stage.RUNNING, Stage.RESCUE):
            self._key = key
            self._begin()

    def enter(self, answers: Answers) -> None:
        super().enter(answers)
        self._watched.look_at(self.window())

    def stop(self, reason: StopReason) -> StopState | None:
        """With an open test: bring it back on new connections, and let the window wait for that."""
        if self.stage is not Stage.RUNNING:
            self.stop_work()
            return self._state
        state = StopState(_("Bringing the conversation back…"), self)
        self._bring_back(state, reason is StopReason.CLOSING)
        return state

    def primary(self) -> None:
        if self.stage is Stage.CODE:
            self._look()
        elif self.stage is Stage.CHOOSE:
            self._start(replace(self._plan, psid=self.choose.psid(), with_part_a=True))
        elif self.stage is Stage.READY:
            self._start(replace(self._plan, with_part_a=True))
        else:
            self.step_done.emit()

    def secondary(self) -> None:
        if self.stage is Stage.CHOOSE:
            self._show(Stage.CODE)
            self._look()
        elif self.stage is Stage.RUNNING:
            self._bring_back(None, False)
        elif self.stage is Stage.OVER:
            self._again()

    def _begin(self) -> None:
        """A fresh code for this Page, or no code where only the eye is left."""
        by_eye = work.sides(self._session, self.answers).main is None
        self._code, self._shown_at = new_code(), work.facebooks_time(self._session, self.services.clock)
        self._plan, self._last = work.Plan(by_eye=by_eye), None
        self.over.hide_all()
        self._show(Stage.READY if by_eye else Stage.CODE)

    def _again(self) -> None:
        self.over.hide_all()
        self._plan = replace(self._plan, by_eye=work.sides(self._session, self.answers).main is None)
        self._show(Stage.READY if self._plan.psid or self._plan.by_eye else Stage.CODE)

    def _show(self, stage: Stage) -> None:
        self.stage = stage
        if stage is Stage.READY:
            self._begin_lines()
        self.code.setVisible(stage is Stage.CODE)
        self.choose.setVisible(stage is Stage.CHOOSE)
        self.live.setVisible(stage in (Stage.READY, Stage.RUNNING, Stage.RESCUE, Stage.OVER))
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
        sides = work.sides(self._session, self.answers)
        with_part_a = self._plan.with_part_a and sides.speaks_for_bot and not self._plan.by_eye
        part = Part.FACEBOOK_ALLOWS if with_part_a else Part.BOT_DOES
        self.live.begin(self._cast, part, sides.speaks_for_bot, self._plan.by_eye)

    # Finding the conversation.

    def _look(self) -> None:
        """The press is the consent; its text stands above the button."""
        look = work.look_for_code(
            self._session,
            self.answers,
            self._code,
            self._shown_at,
            self._watched,
            self._watched.wait,
        )
        self.skip.hide()
        self.run(look, self._looked, _("Looking for your message"), on_cancel=lambda: self._show(Stage.CODE))

    def _looked(self, found: object) -> None:
        if isinstance(found, Conversation):
            self._plan = replace(self._plan, psid=found.psid)
            self.found.setText(_("Found your conversation: {name}").format(name=found.person_name or found.psid))
            self._show(Stage.READY)
            return
        assert isinstance(found, work.ListToChoose)
        refused = found.search.refused
        details = "\n".join(errors.details(refused)) if refused is not None else ""
        self.found.setText("")
        self._show(Stage.CHOOSE)
        self.choose.show_rows(found.rows, work.no_match_because(found.search), details)
        self.choose.why.announce()

    # Running.

    def _start(self, plan: work.Plan) -> None:
        self._plan, self._last = plan, None
        self.over.hide_all()
        self._begin_lines()
        self._show(Stage.RUNNING)
        test = work.run_test(self._session, self.answers, plan)
        self.run(test, self._ran, _("Testing"), on_progress=self._heard, stoppable=False)
        self.progress.hide()  # the list below shows how far it is, and the footer has Stop

    def _heard(self, progress: Progress) -> None:
        told = progress.detail
        if isinstance(told, Event):
            now = told.owner.at if told.owner is not None else work.facebooks_time(self._session, self.services.clock)
            self.live.show_event(told, now)
        elif isinstance(told, Told):
            self.live.show_told(told, work.chat_link(self._session, self.answers))
            bring_into_view(self.live.prompt)
        elif isinstance(told, Asked):
            self._show_question(told)
        elif isinstance(told, TrialResult):
            self._last = told
            self._session.add_test(told)
            self.live.show_result(told)
            self.offer(with_changes(self.answers, test=outcome(self._session.tests)))

    def _show_question(self, asked: Asked) -> None:
        link, link_text = place_of(asked.question, self.services.backend.world, self.answers.live_chat)
        if asked.question in ("say_hello", "ask_for_human", "bot_answers_again"):
            link, link_text = work.chat_link(self._session, self.answers), _("Open Messenger")
        notes = ways_by_choice(self._cast, clock_time(self._until)) if asked.question == "way_out" else None
        self.live.question.ask(asked, notes, link, link_text)
        bring_into_view(self.live.question)

    def _ran(self, _nothing: object) -> None:
        self.live.rest()
        self._show(Stage.OVER)
        if self._last is not None:
            self.over.show_result(self._last, self._cast, self._until)
            bring_into_view(self.over)

    def failed(self, error: Exception) -> None:
        """Nothing was changed: the test can be started again from where it was."""
        super().failed(error)
        self.live.rest()
        if self.stage is Stage.RESCUE:
            self._rescued([Ended(Back.NOT_BACK)])
        elif self.stage is Stage.RUNNING:
            self._show(Stage.READY if self._plan.psid or self._plan.by_eye else Stage.CODE)

    # Stopping.

    def _bring_back(self, state: StopState | None, is_closing: bool) -> None:
        """The call in flight is abandoned, not joined: its outcome is read afresh."""
        self._state, self._is_closing = state, is_closing
        self.live.rest()
        self._show(Stage.RESCUE)
        rescue = work.bring_back_open(self._session, self.answers, self._plan.psid)
        job = self.run(rescue, self._rescued, _("Bringing the conversation back…"), stoppable=False)
        QTimer.singleShot(_RESCUE_MS, job, self._rescue_takes_too_long)

    def _rescue_takes_too_long(self) -> None:
        if self.stage is Stage.RESCUE:
            self.stop_work()
            self._rescued([Ended(Back.NOT_BACK)])

    def _rescued(self, endings: object) -> None:
        assert isinstance(endings, list)
        self._show(Stage.READY)
        self.over.show_stopped(endings, self._cast)
        is_left = any(ended.back is Back.NOT_BACK for ended in endings)
        state, self._state = self._state, None
        if state is not None:
            if is_left and self._is_closing:
                tell_left_open(_("The conversation is not back yet"), _("The next start offers to bring it back."))
            state.finish()

    # Skipping, links.

    def _skip(self, reason: str) -> None:
        self.offer(with_changes(self.answers, test=TestOutcome.SKIPPED, test_skipped_because=reason))
        self.step_done.emit()

    def _open(self, link: str) -> None:
        if not self.services.open_link(link):
            self.show_trouble(
                Trouble(_("No browser could be opened."), _("Open this address yourself: {link}").format(link=link))
            )

    @property
    def _cast(self) -> trial.Cast:
        return trial.Cast(self.answers.bot or App(""), self.answers.live_chat or App(""))

    @property
    def _until(self) -> float:
        """Until when a conversation that goes to the live chat now may stay there: Unix seconds."""
        return work.facebooks_time(self._session, self.services.clock) + _CONTROL_LASTS
