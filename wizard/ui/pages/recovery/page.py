"""A test that a crash or a closed window left open: look who has the conversation, and bring it back."""

from PySide6.QtWidgets import QWidget

from wizard.core.answers import Answers, with_changes
from wizard.core.outcome import outcome
from wizard.core.pending import OpenTest
from wizard.core.ports import Progress, Work
from wizard.core.trial.restore_later import Answered
from wizard.core.trial_result import Back, Ended
from wizard.i18n.language import _
from wizard.store.entry_lock import HeldElsewhere
from wizard.ui.pages.base import StopReason, StopState
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.handover_test.panels import Agreement, QuestionPanel, place_of, ways_by_choice
from wizard.ui.pages.handover_test.restore import BringingBackPage
from wizard.ui.pages.log_in.entry import TokenEntry
from wizard.ui.pages.recovery import work
from wizard.ui.pages.recovery.facts import FactsPanel, holder, page_of
from wizard.ui.pages.recovery.left_open import Listed, list_open, said_of
from wizard.ui.pages.recovery.words import refusal, token_app
from wizard.ui.person import Asked
from wizard.ui.services import Services, Trouble
from wizard.ui.session_at_hand import session_of
from wizard.ui.widgets.cards import CardGroup, Choice
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.steps_list import PathStep, StepsList
from wizard.ui.widgets.text import Text
from wizard.words import asking, trial
from wizard.words.moments import clock_time


class RecoveryPage(BringingBackPage):
    """Beside the route. One open test at a time; the first is looked at as soon as the screen opens."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = session_of(services)
        self._listed = Listed()
        self._entry: OpenTest | None = None
        self._looked: work.Looked | None = None
        self._needs_token = False
        self._is_bringing_back = False
        self.tests = CardGroup(parent=self)
        self.tests.chosen.connect(self._test_chosen)
        self.result = Notice(parent=self)
        self.ways = StepsList(parent=self)
        self.facts = FactsPanel()
        self.token_why, self.token = Text(role="strong"), TokenEntry(services.clipboard, parent=self)
        self.token.pasted.connect(self._use_token)
        self.tick = Agreement()
        self.tick.changed.connect(lambda _on: self._allow())
        self.question = QuestionPanel()
        self.question.link_wanted.connect(services.open_link)
        parts: tuple[QWidget, ...] = (self.result, self.ways, self.tests, self.facts)
        parts += (self.token_why, self.token, self.tick, self.question)
        for widget in parts:
            self.body.addWidget(widget)

    # What it says.

    def title(self) -> str:
        return _("Bring a conversation back")

    def sentence(self) -> str:
        return _("A test ended before its conversation was back where it began.")

    def help_topic(self) -> str:
        return "test"

    def primary_text(self) -> str:
        if self._needs_token:
            return _("Go on")
        return _("Bring it back") if self._looked is not None else _("Done")

    def retranslate(self) -> None:
        super().retranslate()
        self.token.retranslate()
        self._show()

    # What it does.

    def enter(self, answers: Answers) -> None:
        super().enter(answers)
        self._forget()
        self.result.hide()
        self.ways.hide()
        self._list()

    def primary(self) -> None:
        if self._needs_token:
            self._use_token()
        elif self._looked is not None:
            self._bring_back(self._looked)
        else:
            self.aside_wanted.emit("")

    def stop(self, reason: StopReason) -> StopState | None:
        """What is open stays open: the entry is closed only when the conversation was seen to be back."""
        self.question.dismiss()
        return super().stop(reason)

    def failed(self, error: Exception) -> None:
        self._is_bringing_back = False
        if isinstance(error, HeldElsewhere) and not self.is_rescuing:
            self.show_trouble(
                Trouble(_("Another window is bringing this one back."), _("Wait until it has ended there."))
            )
        else:
            super().failed(error)
        self.question.dismiss()
        self._show()

    # Left while it brings back: the page waits for that.

    def is_open(self) -> bool:
        return self._is_bringing_back

    def rescue_begins(self) -> None:
        self._is_bringing_back = False

    def rescue_work(self) -> Work:
        assert self._looked is not None
        return work.bring_back_hurried(self._session, self._looked)

    def rescued(self, endings: list[Ended]) -> None:
        """Nobody looks at this page any more; it lists anew when it is opened again."""
        for ended in endings:
            self._take_note(ended)

    def _forget(self) -> None:
        self._entry, self._looked, self._needs_token = None, None, False
        self._show()

    def _list(self) -> None:
        self.run_untyped(list_open(self._session), self._show_list, _("Looking for open tests"))

    def _show_list(self, listed: object) -> None:
        assert isinstance(listed, Listed)
        self._listed = listed
        self._say_listed()
        if listed.tests:
            self._look(listed.tests[0])
        else:
            self._forget()

    def _say_listed(self) -> None:
        tests = self._listed.tests
        self.tests.set_question(_("Which test?"))
        self.tests.show_cards([Choice(entry.id, page_of(entry), clock_time(entry.opened_at)) for entry in tests])
        self.tests.setVisible(len(tests) > 1)
        if (said := said_of(self._listed)) is not None:
            self._say(*said)
        elif not tests and not self.result.isVisible():
            self._say(Tone.OK, _("No test is open."), _("Every conversation is back where it began."))

    def _test_chosen(self, entry_id: str) -> None:
        entry = next((entry for entry in self._listed.tests if entry.id == entry_id), None)
        if entry is not None and entry is not self._entry:
            self._look(entry)

    def _look(self, entry: OpenTest) -> None:
        """Reads only; the token is the one the test was made with, if it is still at hand."""
        self._entry, self._looked, self._needs_token = entry, None, False
        self.tests.choose(entry.id)
        self._show()
        self.run_untyped(work.look_at(self._session, entry), self._seen, _("Looking who has the conversation"))

    def _use_token(self) -> None:
        taken = self.token.take()
        if taken is not None and self._entry is not None:
            look = work.look_with(self._session, self._entry, *taken)
            self.run_untyped(look, self._seen, _("Looking who has the conversation"))

    def _seen(self, seen: object) -> None:
        if isinstance(seen, work.Refused):
            assert self._entry is not None
            self.token.field.show_problem(refusal(seen, self._entry))
            return
        self._needs_token = isinstance(seen, work.NeedsToken)
        self._looked = seen if isinstance(seen, work.Looked) else None
        if self._looked is not None:
            self.token.secret.clear()
        self.tick.box.setChecked(False)
        self._show()

    def _bring_back(self, looked: work.Looked) -> None:
        self.ways.hide()
        self.result.hide()
        self.run_untyped(
            work.bring_back(self._session, looked),
            self._brought_back,
            _("Bringing the conversation back…"),
            on_progress=self._heard,
            on_cancel=self._stopped,
        )
        self._is_bringing_back = True

    def _stopped(self) -> None:
        self._is_bringing_back = False
        self._list()

    def _brought_back(self, found: object) -> None:
        self._is_bringing_back = False
        if isinstance(found, Ended):
            self._ended(found)
        elif isinstance(found, work.Looked):
            self._seen(found)
            self._say(
                Tone.WARNING,
                _("The conversation has changed since the wizard looked."),
                _("Nothing was done. Look below who has it now, then decide again."),
            )
        else:
            self._forget()
            self._list()

    def _heard(self, progress: Progress) -> None:
        asked = progress.detail
        if not isinstance(asked, Asked) or self._entry is None:
            return
        link, link_text = place_of(asked.question, self.services.backend.world, self._entry.live_chat)
        notes = ways_by_choice(_cast(self._entry), self._until()) if asked.question == "way_out" else None
        self.question.ask(asked, notes, link, link_text)
        bring_into_view(self.question)

    def _take_note(self, ended: Ended) -> None:
        """The test's own result says from now on where the conversation is."""
        if self._entry is not None and ended.back is not Back.NOT_BACK and self._session.tests:
            self._session.tests = work.with_ending(self._session.tests, self._entry, ended)
            self.offer(with_changes(self.answers, test=outcome(self._session.tests)))

    def _ended(self, ended: Ended) -> None:
        assert self._entry is not None
        self._take_note(ended)
        said = trial.where(ended, _cast(self._entry))
        is_left = ended.back is Back.NOT_BACK
        self._say(Tone.PROBLEM if is_left else Tone.OK, said.title, "" if is_left else said.detail)
        self.ways.show_steps(
            tuple(PathStep(way) for way in trial.ways_out(_cast(self._entry), self._until())) if is_left else ()
        )
        self.ways.setVisible(is_left)
        if is_left:
            self._look(self._entry)
        else:
            self._forget()
            self._list()

    # What it shows.

    def _show(self) -> None:
        entry, looked = self._entry, self._looked
        self.facts.setVisible(entry is not None)
        if entry is not None:
            self.facts.show_test(entry, looked)
        self.token_why.setVisible(self._needs_token)
        self.token.setVisible(self._needs_token)
        if self._needs_token and entry is not None:
            self.token_why.setText(
                _("Paste the Page token of {page} for {app}: no other can bring it back.").format(
                    page=page_of(entry), app=token_app(entry)
                )
            )
        self.tick.setVisible(looked is not None and self._must_agree(looked))
        if looked is not None:
            said = (
                _("{app} has control, and somebody answered there. Bringing it back takes it from them.")
                if looked.found.answered is Answered.YES
                else _("{app} has control, and somebody may have answered there. Bringing it back takes it from them.")
            )
            self.tick.say(said.format(app=asking.app_name(holder(looked))))
        self._allow()
        self.footer_changed.emit()

    def _must_agree(self, looked: work.Looked) -> bool:
        """Somebody may be in the middle of an answer there."""
        return looked.found.answered is not Answered.NO and looked.found.owner.app_id != looked.found.entry.bot.id

    def _allow(self) -> None:
        looked = self._looked
        self.primary_ready.emit(looked is None or not self._must_agree(looked) or self.tick.is_set)

    def _until(self) -> str:
        expires_at = self._looked.found.owner.expires_at if self._looked is not None else None
        return clock_time(expires_at) if expires_at else ""

    def _say(self, tone: Tone, title: str, text: str) -> None:
        self.result.show_message(tone, title, text)
        self.result.show()
        self.result.announce()


def _cast(entry: OpenTest) -> trial.Cast:
    return trial.Cast(entry.bot, entry.live_chat)
