"""Step 6: the tester's own conversation goes to the live chat and comes back."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wizard.actions.find_conversation import ConversationList
from wizard.actions.trial import TrialPlan, choose_tokens, pending_entries
from wizard.core.answers import Answers, TestOutcome, with_changes
from wizard.core.facts import Conversation
from wizard.core.flow import StepId
from wizard.core.mend import Way
from wizard.core.trial_result import ConsentRequest, ConsentTo
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.pages.base import Draft
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.handover_test.find import FindPart
from wizard.ui.pages.handover_test.panels import SkipPanel
from wizard.ui.pages.handover_test.result import details_of
from wizard.ui.pages.handover_test.running import RunningPage
from wizard.ui.pages.handover_test.stage import Stage, TrialWork
from wizard.ui.pages.handover_test.tester_code import name_of
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text
from wizard.words import asking, mending


class HandoverTestPage(RunningPage):
    step = StepId.TEST
    works_elsewhere = True

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._key: tuple[object, ...] = ()
        self._goes_on = False  # a search was ended for the page made anew to begin it again
        self.finding = FindPart(services, self.session, parent=self)
        self.code, self.choose = self.finding.code, self.finding.choose
        self.skip = SkipPanel(parent=self)
        self.found, self.consent = Text(role="strong"), Text(role="muted")
        self.other_button = Button(_("This is not me: find another conversation"), "link")
        above: tuple[QWidget, ...] = (self.finding, self.over, self.found)
        below: tuple[QWidget, ...] = (self.consent, self.live, self.over.more, self.skip)
        for part in above:
            self.body.addWidget(part)
        self.body.addWidget(self.other_button, 0, Qt.AlignmentFlag.AlignLeading)
        for part in below:
            self.body.addWidget(part)
        self.finding.found_later.connect(self._looked)
        self.finding.opened.connect(self._search_at_once)
        self.other_button.clicked.connect(self._find_another)
        self.choose.changed.connect(self._choice_changed)
        self.over.go_on_wanted.connect(self.step_done)
        self.over.recovery_wanted.connect(lambda: self.aside_wanted.emit("recovery"))
        self.over.bot_test_wanted.connect(lambda: self.start(replace(self.plan, with_part_a=False)))
        self.over.eye_test_wanted.connect(lambda: self.start(replace(self.plan, by_eye=True)))
        self.skip.skipped.connect(self._skip)

    def show_beside(self, is_on: bool) -> None:
        super().show_beside(is_on)
        self.live.diagram.setVisible(not is_on)

    # What it says.

    def primary_text(self) -> str:
        if self.stage is Stage.CODE:
            return _("I have sent it")
        if self.stage is Stage.CHOOSE:
            return _("Start the test")
        if self.stage is Stage.READY:
            return mending.label(self.over.mend.way) or _("Start the test")
        return mending.label(self.over.mend.way) if self.stage is Stage.OVER else ""

    def is_primary_next(self) -> bool:
        """In practice Messenger is opened here first; a phone needs no press for that."""
        return self.stage is not Stage.CODE or self.finding.is_opened

    def secondary_text(self) -> str:
        if self.stage is Stage.OVER:
            return "" if self.over.mend.way is Way.AGAIN else mending.label(Way.AGAIN)
        if self.stage is Stage.RUNNING:
            return _("Stop the test") if self.plan.by_eye else _("Stop and bring back")
        return _("Look again") if self.stage is Stage.CHOOSE else ""

    def details_text(self) -> str:
        own = super().details_text()
        return own or (details_of(self.last) if self.last is not None and self.stage is Stage.OVER else "")

    # Coming and going.

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        key = (answers.page_id, answers.bot, answers.live_chat, answers.token_name, answers.token_owner)
        is_anew = self.stage is Stage.OVER and not self.session.tests
        if (key != self._key or is_anew) and self.stage not in (Stage.RUNNING, Stage.RESTORE):
            self._key = key
            self._begin()

    def prepare(self, answers: Answers) -> Iterator[None]:
        """The code takes long to make. What was found already would be announced."""
        if self.session.own_conversation is None:
            self.show_answers(answers)
        yield

    def enter(self, answers: Answers) -> None:
        if self.last is not None and self.session.tests:
            self.last = self.session.tests[-1]  # it was perhaps brought back since
        super().enter(answers)
        self._say_consent()
        if self.stage is Stage.OVER:
            self.show_over()
        if self.was_left:
            session, answers, psid = self.session, self.answers, self.plan.psid
            job = self.services.runner.start(lambda _job: bool(pending_entries(session, answers, psid)))
            job.on_success(self._show_left).on_failure(self.failed)

    def draft(self) -> Draft:
        work = TrialWork(
            self.stage,
            self._key,
            self.plan,
            self.last,
            self.was_left,
            self.stopped,
            self.found.text(),
            self.finding.draft(),
            self.live.draft(),
            self._goes_on,
        )
        return super().draft()._replace(work=work)

    def take_over(self, work: TrialWork) -> None:
        self.stage, self._key, self.plan, self.last = work.stage, work.key, work.plan, work.last
        self.was_left, self.stopped = work.was_left, work.stopped
        self.found.setText(work.found)
        self.finding.restore_draft(*work.finding)
        self.live.restore_draft(work.live)

    def restore_draft(self, draft: Draft) -> None:
        self.show_stage(self.stage)
        if self.stage is Stage.READY:
            self.show_stopped()
        super().restore_draft(draft)
        if draft.work.goes_on and self.stage is Stage.CODE:
            self._search()
        elif draft.work.goes_on:
            self.finding.look_on()

    def speak_anew(self) -> None:
        """A search takes minutes and changes nothing: it ends here and begins again on the page made anew."""
        super().speak_anew()
        if (self.stage is Stage.CODE and self.is_busy) or self.finding.is_looking_on:
            self._goes_on = True
            self.stop_work()

    def _show_left(self, is_open: bool) -> None:
        self.was_left = is_open
        if not is_open and self.stage is Stage.READY:
            self.stopped = None
            self.over.hide_all()
            self.show_stage(self.stage)

    def stop_work(self) -> None:
        self.finding.stop()
        super().stop_work()

    def primary(self) -> None:
        if self.stage in (Stage.OVER, Stage.READY) and self.over.mend.way is not Way.GO_ON:
            self._mend()
        elif self.stage is Stage.CODE:
            self._search()
        elif self.stage is Stage.CHOOSE:
            self.start(
                replace(self.plan, psid=self.choose.psid(), conversation_id="", written_at=0.0, with_part_a=True)
            )
        elif self.stage is Stage.READY:
            self.start(replace(self.plan, with_part_a=True))
        else:
            self.step_done.emit()

    def secondary(self) -> None:
        if self.stage is Stage.CHOOSE:
            self.show_stage(Stage.CODE)
            self._search()
        elif self.stage is Stage.RUNNING:
            self.restore()
        elif self.stage is Stage.OVER:
            self._again()

    def _mend(self) -> None:
        mend = self.over.mend
        if mend.way is Way.BRING_BACK:
            self.aside_wanted.emit("recovery")
        elif mend.way is Way.BY_EYE:
            self.start(replace(self.plan, by_eye=True))
        elif mend.place is not None:
            self.place_wanted.emit(mend.place)
        elif link := mending.link_template(mend, self.answers):
            self.open_in_browser(self.session.world.link(link))
        else:
            self._again()

    def _begin(self) -> None:
        """A fresh code for this Page, or no code where only the eye is left."""
        by_eye = choose_tokens(self.session, self.answers).main is None
        self.finding.begin(self.answers)
        self.plan, self.last, self.stopped = TrialPlan(by_eye=by_eye), None, None
        self.over.hide_all()
        known = self.session.own_conversation
        if known is not None and known.psid and not by_eye:
            self._looked(known)
        else:
            self.found.setText("")
            self.show_stage(Stage.READY if by_eye else Stage.CODE)

    def _again(self) -> None:
        self.over.hide_all()
        self.plan = replace(self.plan, by_eye=choose_tokens(self.session, self.answers).main is None)
        self.show_stage(Stage.READY if self.plan.psid or self.plan.by_eye else Stage.CODE)

    def show_stage(self, stage: Stage) -> None:
        super().show_stage(stage)
        if stage is Stage.READY:
            self.begin_lines()
        self.finding.show_code(stage is Stage.CODE)
        self.finding.show_choice(stage is Stage.CHOOSE)
        self.live.setVisible(stage in (Stage.READY, Stage.RUNNING, Stage.RESTORE, Stage.OVER))
        is_next = stage is Stage.READY and not self.was_left  # what was left comes before another test
        is_found = is_next and bool(self.found.text())
        self.found.setVisible(is_found)
        self.other_button.setVisible(is_found)
        self.consent.setVisible(is_next or stage is Stage.CHOOSE)
        self.skip.setVisible(stage in (Stage.CODE, Stage.CHOOSE, Stage.READY))
        self._say_consent()
        self._choice_changed()
        self.footer_changed.emit()
        self.details_changed.emit()

    def _choice_changed(self) -> None:
        self.primary_ready.emit(self.stage is not Stage.CHOOSE or bool(self.choose.psid()))

    def _say_consent(self) -> None:
        request = ConsentRequest(ConsentTo.TEST, self.answers.live_chat, until=int(self.until))
        eye = _("You write in Messenger and see who answers. The wizard reads nothing and changes nothing.")
        self.consent.setText(eye if self.plan.by_eye else asking.consent(request))

    # Finding the conversation.

    def _search_at_once(self) -> None:
        """Whoever opens Messenger here sends the message now: it is looked for without another press."""
        self.footer_changed.emit()
        if self.stage is Stage.CODE and not self.is_busy:
            self._search()

    def _find_another(self) -> None:
        self.session.own_conversation = None
        self.plan = TrialPlan()
        self.over.hide_all()
        self.finding.begin(self.answers)
        self.show_stage(Stage.CODE)

    def _search(self) -> None:
        """The press is the consent; its text stands above the button."""
        self.skip.hide()
        title = _("Looking for your message")
        self.run(self.finding.search(), self._looked, title, on_cancel=lambda: self.show_stage(Stage.CODE))
        if not self.finding.is_opened:
            bring_into_view(self.code.link_button)  # the line of the work takes some of the room

    def _looked(self, found: Conversation | ConversationList) -> None:
        if isinstance(found, Conversation):
            written_at = found.updated_at
            self.plan = replace(self.plan, psid=found.psid, conversation_id=found.id, written_at=written_at)
            self.found.setText(_("Found your conversation: {name}").format(name=name_of(found)))
            self.show_stage(Stage.READY)
            announce(self.found, self.found.text())
            return
        self.found.setText("")
        self.show_stage(Stage.CHOOSE)
        self.finding.show_list(found)

    # Skipping.

    def _skip(self, reason: str) -> None:
        self.finish(with_changes(self.answers, test=TestOutcome.SKIPPED, test_skipped_because=reason))
