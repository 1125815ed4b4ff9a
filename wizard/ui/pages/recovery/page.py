"""A test that a crash or a closed window left open: look who has the conversation, and bring it back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from wizard.actions.pending_tests import PendingTests, list_pending
from wizard.actions.restore import (
    AlreadyClosed,
    NeedsToken,
    RunsElsewhere,
    SituationRead,
    WrongToken,
    read_situation,
    read_situation_with,
    restore,
    restore_hurried,
)
from wizard.core.answers import Answers
from wizard.core.pending import PendingTest
from wizard.core.trial_result import Event, RestoreEnd, RestoreResult
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.jobs import JobContext, StopReason, StopState
from wizard.ui.pages.base import Draft
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.handover_test.restore import RestoringPage
from wizard.ui.pages.handover_test.ways_out import WaysOut
from wizard.ui.pages.recovery.ask_token import AskToken
from wizard.ui.pages.recovery.ended import changed_notice, ending_notice, note_ending
from wizard.ui.pages.recovery.pending_notice import notice_for
from wizard.ui.pages.recovery.question import RecoveryQuestion
from wizard.ui.pages.recovery.situation import SituationPanel, TakingAgreement
from wizard.ui.pages.recovery.wrong_token import why_not
from wizard.ui.person import Question, WindowPerson
from wizard.ui.services import FailureText, Services
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.notice import Notice, Tone
from wizard.words import trial
from wizard.words.moments import clock_time


class RecoveryPage(RestoringPage):
    """Beside the route. One open test at a time; the first is looked at as soon as the screen opens."""

    works_elsewhere = True

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, lambda: self._is_bringing_back, lambda: self._restore_work(), parent)
        self._session = services.session
        self._pending = PendingTests()
        self._entry: PendingTest | None = None
        self._read: SituationRead | None = None
        self._needs_token = False
        self._is_bringing_back = False
        self._is_over = False  # nothing is open any more
        self.tests = CardGroup(parent=self)
        self.tests.chosen.connect(self._test_chosen)
        self.result = Notice(parent=self)
        self.ways = WaysOut(services, self)
        self.facts = SituationPanel()
        self.asked = AskToken(services, parent=self)
        self.token_why, self.token = self.asked.why, self.asked.entry
        self.token.pasted.connect(self._use_token)
        self.tick = TakingAgreement()
        self.tick.changed.connect(lambda _on: self._allow())
        self.question = RecoveryQuestion(services)
        self.question.link_wanted.connect(self.open_in_browser)
        for widget in (self.result, self.ways, self.tests, self.facts, self.asked, self.tick, self.question):
            self.body.addWidget(widget)
        self.restored.connect(self._note_restored)

    # What it says.

    def title(self) -> str:
        return _("Bring a conversation back")

    def sentence(self) -> str:
        return "" if self._is_over else _("A test ended before its conversation was back where it began.")

    def help_topic(self) -> str:
        return "test"

    def primary_text(self) -> str:
        if self._needs_token:
            return _("Go on")
        return _("Bring it back") if self._read is not None else _("Done")

    def restore_draft(self, draft: Draft) -> None:
        self.token.blockSignals(True)  # nobody pasted just now, so nothing is asked of Facebook
        super().restore_draft(draft)
        self.token.blockSignals(False)

    # What it does.

    def enter(self, answers: Answers) -> None:
        self._is_over = False
        super().enter(answers)
        self._forget()
        self.result.hide()
        self.ways.hide()
        self._list()

    def primary(self) -> None:
        if self._needs_token:
            self._use_token()
        elif self._read is not None:
            self._restore(self._read)
        else:
            self.aside_wanted.emit("")

    def stop(self, reason: StopReason) -> StopState | None:
        """What is open stays open: the entry is closed only when the conversation was seen to be back."""
        self.question.dismiss()
        return super().stop(reason)

    def failed(self, error: Exception) -> None:
        self._is_bringing_back = False
        super().failed(error)
        self.question.dismiss()
        self._show()

    # Left while it brings back: the page waits for that.

    def _restore_work(self) -> Callable[[JobContext], list[RestoreEnd]]:
        session, read = self._session, self._read
        return lambda job: restore_hurried(session, read, job.cancel) if read is not None else []

    def _note_restored(self, endings: list[RestoreEnd]) -> None:
        """Nobody looks at this page any more; it lists anew when it is opened again."""
        self._is_bringing_back = False
        for ended in endings:
            self._take_note(ended)

    def _forget(self) -> None:
        self._entry, self._read, self._needs_token = None, None, False
        self._show()

    def _list(self) -> None:
        session = self._session
        self.run(lambda job: list_pending(session, job.cancel), self._show_list, _("Looking for open tests"))

    def _show_list(self, pending: PendingTests) -> None:
        self._pending, self._is_over = pending, not pending.tests
        self.sentence_label.set_text(self.sentence())
        self.show_beside(self.services.beside.is_on)
        self._say_pending()
        if pending.tests:
            self._read_situation(pending.tests[0])
        else:
            self._forget()

    def _say_pending(self) -> None:
        tests = self._pending.tests
        self.tests.set_question(_("Which test?"))
        self.tests.show_cards([CardOption(entry.id, entry.page_label, clock_time(entry.opened_at)) for entry in tests])
        self.tests.setVisible(len(tests) > 1)
        if (said := notice_for(self._pending)) is not None:
            self._show_notice(*said)
        elif not tests and not self.result.isVisible():
            self._show_notice(Tone.OK, _("No test is open."), _("Every conversation is back where it began."))

    def _test_chosen(self, entry_id: str) -> None:
        entry = next((entry for entry in self._pending.tests if entry.id == entry_id), None)
        if entry is not None and entry is not self._entry:
            self._read_situation(entry)

    def _read_situation(self, entry: PendingTest) -> None:
        """Reads only; the token is the one the test was made with, if it is still at hand."""
        self._entry, self._read, self._needs_token = entry, None, False
        self.tests.choose(entry.id)
        self._show()
        session = self._session
        self.run(
            lambda job: read_situation(session, entry, job.cancel), self._seen, _("Looking who has the conversation")
        )

    def _use_token(self) -> None:
        source, entry = self.token.source(), self._entry
        if source is not None and entry is not None:
            session, given = self._session, source.fetch()
            self.run(
                lambda job: read_situation_with(session, entry, given.secret, given.proof, job.cancel),
                self._token_used,
                _("Looking who has the conversation"),
            )

    def _token_used(self, answer: SituationRead | WrongToken) -> None:
        if isinstance(answer, SituationRead):
            self._seen(answer)
        elif self._entry is not None:
            self.token.field.show_problem(partial(why_not, answer, self._entry))

    def _seen(self, answer: SituationRead | NeedsToken) -> None:
        self._needs_token = isinstance(answer, NeedsToken)
        self._read = answer if isinstance(answer, SituationRead) else None
        if self._read is not None:
            self.token.secret.clear()
        self.tick.box.setChecked(False)
        self._show()
        if self._needs_token:
            announce(self.token_why, f"{self.asked.by_hand.text()} {self.token_why.text()}")
            self.token.secret.line.setFocus()
        else:
            announce(self.facts, self.facts.sentence())

    def _restore(self, read: SituationRead) -> None:
        self.ways.hide()
        self.result.hide()
        session = self._session

        def work(job: JobContext) -> RestoreEnd | SituationRead | AlreadyClosed | RunsElsewhere:
            person = WindowPerson(job.to(self._ask), job.cancel, show=None)
            return restore(session, read, person, _ignore, job.cancel)

        self.run(work, self._restored, _("Bringing the conversation back…"), on_cancel=self._stopped)
        self._is_bringing_back = True

    def _stopped(self) -> None:
        self._is_bringing_back = False
        self._list()

    def _restored(self, result: RestoreEnd | SituationRead | AlreadyClosed | RunsElsewhere) -> None:
        self._is_bringing_back = False
        bring_into_view(self.result)  # the page may be where a question was asked
        if isinstance(result, RestoreEnd):
            self._ended(result)
        elif isinstance(result, SituationRead):
            self._seen(result)
            self._show_notice(*changed_notice())
        elif isinstance(result, RunsElsewhere):
            self.show_trouble(
                lambda: FailureText(_("Another window is bringing this one back."), _("Wait until it has ended there."))
            )
        else:
            self._forget()
            self._list()

    def _ask(self, asked: Question) -> None:
        if self._entry is not None:
            self.question.ask(asked, self._entry, self._until())

    def _take_note(self, ended: RestoreEnd) -> None:
        if self._entry is not None:
            noted = note_ending(self._session, self._entry, ended, self.answers)
            if noted != self.answers:
                self.offer(noted)

    def _ended(self, ended: RestoreEnd) -> None:
        entry = self._entry
        if entry is None:
            return
        self._take_note(ended)
        is_left = ended.result is RestoreResult.NOT_BACK
        self._show_notice(*ending_notice(ended, _cast(entry)))
        self.ways.hide()
        if is_left and not ended.is_wanted:
            self.ways.offer(ended, _cast(entry), self._until())
        if is_left and ended.failure is not None and ended.failure.wait:
            self._show()  # Facebook asked to wait: what was read stands, until the person looks again
        elif is_left:
            self._read_situation(entry)
        else:
            self._forget()
            self._list()

    # What it shows.

    def _show(self) -> None:
        entry, read = self._entry, self._read
        self.facts.setVisible(entry is not None)
        if entry is not None:
            self.facts.show_test(entry, read)
        self.asked.ask(entry if self._needs_token else None)
        self.tick.show_for(read)
        self._allow()
        self.footer_changed.emit()

    def _allow(self) -> None:
        self.primary_ready.emit(self.tick.allows(self._read))

    def _until(self) -> str:
        expires_at = self._read.situation.owner.expires_at if self._read is not None else None
        return clock_time(expires_at) if expires_at else ""

    def _show_notice(self, tone: Tone, title: str, text: str) -> None:
        self.result.show_message(tone, title, text)
        self.result.show()
        self.result.announce()


def _cast(entry: PendingTest) -> trial.TrialApps:
    return trial.TrialApps(entry.bot, entry.live_chat)


def _ignore(_event: Event) -> None:
    """What happens meanwhile is not shown here: the panel shows how it is afterwards."""
