"""A test that a crash or a closed window left open: look who has the conversation, and bring it back."""

from PySide6.QtWidgets import QWidget

from wizard.core.answers import Answers
from wizard.core.open_test import OpenTest
from wizard.core.ports import Progress
from wizard.core.trial.recovery import Answered
from wizard.core.trial.result import Back, Ended
from wizard.ui.pages import recovery_work as work
from wizard.ui.pages.base import StepPage, StopReason, StopState
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.handover_test_parts import QuestionPanel, Tick, place_of, ways_by_choice
from wizard.ui.pages.log_in_parts_entry import TokenEntry
from wizard.ui.pages.recovery_facts import FactsPanel, app_of, holder, page_of
from wizard.ui.pages.session_at_hand import session_of
from wizard.ui.services import Services
from wizard.ui.widgets.cards import Card, CardGroup
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.steps_list import PathStep, StepsList
from wizard.ui.widgets.text import Text
from wizard.ui.window_person import Asked
from wizard.words import asking, trial
from wizard.words.language import _, ngettext
from wizard.words.moments import clock_time


class RecoveryPage(StepPage):
    """Beside the route. One open test at a time; the first is looked at as soon as the screen opens."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = session_of(services)
        self._listed = work.Listed(())
        self._entry: OpenTest | None = None
        self._looked: work.Looked | None = None
        self._needs_token = False
        self.tests = CardGroup()
        self.tests.chosen.connect(self._test_chosen)
        self.result = Notice()
        self.ways = StepsList()
        self.facts = FactsPanel()
        self.token_why, self.token = Text(role="strong"), TokenEntry(services.clipboard)
        self.token.pasted.connect(self._use_token)
        self.tick = Tick()
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
        super().failed(error)
        self.question.dismiss()
        self._show()

    def _forget(self) -> None:
        self._entry, self._looked, self._needs_token = None, None, False
        self._show()

    def _list(self) -> None:
        self.run(work.list_open(self._session), self._show_list, _("Looking for open tests"))

    def _show_list(self, listed: object) -> None:
        assert isinstance(listed, work.Listed)
        self._listed = listed
        self._say_listed()
        if listed.tests:
            self._look(listed.tests[0])
        else:
            self._forget()

    def _say_listed(self) -> None:
        tests, closed, damaged = self._listed.tests, self._listed.closed, self._listed.damaged
        self.tests.set_question(_("Which test?"))
        self.tests.show_cards([Card(entry.id, page_of(entry), clock_time(entry.opened_at)) for entry in tests])
        self.tests.setVisible(len(tests) > 1)
        if damaged:
            title = ngettext(
                "One record of an open test cannot be read.", "{count} records of open tests cannot be read.", damaged
            ).format(count=damaged)
            self._say(Tone.WARNING, title, _("Look in your live chat whether a test conversation is still there."))
        elif closed:
            title = ngettext(
                "An open test of an earlier practice was closed.",
                "{count} open tests of earlier practices were closed.",
                closed,
            ).format(count=closed)
            self._say(Tone.INFO, title, _("That practice has ended, so nothing is left to bring back."))
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
        self.run(work.look_at(self._session, entry), self._seen, _("Looking who has the conversation"))

    def _use_token(self) -> None:
        taken = self.token.take()
        if taken is not None and self._entry is not None:
            look = work.look_with(self._session, self._entry, *taken)
            self.run(look, self._seen, _("Looking who has the conversation"))

    def _seen(self, seen: object) -> None:
        if isinstance(seen, work.Refused):
            self.token.field.show_problem(self._refusal(seen))
            return
        self._needs_token = isinstance(seen, work.NeedsToken)
        self._looked = seen if isinstance(seen, work.Looked) else None
        if self._looked is not None:
            self.token.secret.clear()
        self.tick.box.setChecked(False)
        self._show()

    def _refusal(self, refused: work.Refused) -> str:
        entry = self._entry
        assert entry is not None
        identity, app = refused.opened.facts.identity.value, refused.opened.facts.app
        seen_app = app.value if app is not None else None
        return {
            work.WrongToken.NO_PAGE_TOKEN: _("This is not the token of a Page. Paste a Page token of {page}.").format(
                page=page_of(entry)
            ),
            work.WrongToken.OTHER_PAGE: _("This token is for the Page {other}, not for {page}.").format(
                other=(identity.name or identity.id) if identity is not None else "", page=page_of(entry)
            ),
            work.WrongToken.OTHER_APP: _("This token belongs to {other}, not to {app}.").format(
                other=asking.app_name(seen_app) if seen_app is not None else _("another app"), app=_token_app(entry)
            ),
        }[refused.why]

    def _bring_back(self, looked: work.Looked) -> None:
        self.ways.hide()
        self.result.hide()
        self.run(
            work.bring_back(self._session, looked),
            self._ended,
            _("Bringing the conversation back…"),
            on_progress=self._heard,
            on_cancel=self._list,
        )

    def _heard(self, progress: Progress) -> None:
        asked = progress.detail
        if not isinstance(asked, Asked) or self._entry is None:
            return
        link, link_text = place_of(asked.question, self.services.backend.world, self._entry.live_chat)
        notes = ways_by_choice(_cast(self._entry), self._until()) if asked.question == "way_out" else None
        self.question.ask(asked, notes, link, link_text)
        bring_into_view(self.question)

    def _ended(self, ended: object) -> None:
        assert isinstance(ended, Ended)
        assert self._entry is not None
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
                    page=page_of(entry), app=_token_app(entry)
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


def _token_app(entry: OpenTest) -> str:
    return asking.app_name(app_of(entry, entry.token_app_id))


def _cast(entry: OpenTest) -> trial.Cast:
    return trial.Cast(entry.bot, entry.live_chat)
