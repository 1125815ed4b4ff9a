""" "Find it for me": the tester writes to the Page, somebody answers from the live chat, Facebook shows the App ID."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.find_conversation import (
    ConversationList,
    TesterCode,
    find_conversation,
    new_tester_code,
    watch_for_other_app,
)
from wizard.core.answers import Answers
from wizard.core.facts import App, Control, Conversation, OwnerReading
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.jobs import Job, JobContext
from wizard.ui.layout import Panel, column
from wizard.ui.pages.apps.default_app import DefaultAppWay
from wizard.ui.pages.apps.find_code import FindCode
from wizard.ui.pages.apps.find_said import answer_once, has_control, nobody_took_it, reading_said
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.handover_test.tester_code import PeopleCards
from wizard.ui.services import Services
from wizard.ui.watch_while_visible import Watched
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.open_place import OpenPlace
from wizard.ui.widgets.progress_line import ProgressLine
from wizard.ui.widgets.text import Text
from wizard.words import errors, trial

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FindDraft:
    """How far the search was. found: the app that is asked about. goes_on: work was ended for the page made anew to
    begin it again. is_opened: Messenger, from here."""

    code: TesterCode | None
    psid: str
    found: App | None
    not_these: frozenset[str]
    goes_on: bool
    is_opened: bool


class FindPanel(Panel):
    """Reads nothing before `do_next`; what is read stands above. `app_found` once a person said that it is their live
    chat; `next_changed` when the main button has something else to say."""

    app_found = Signal(object)  # App
    next_changed = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._answers = Answers()
        self._job: Job[Any] | None = None
        self._watched = Watched(services.clock)
        self._goes_on = False  # work was ended for the page made anew to begin it again
        self._psid = ""
        self._found: App | None = None
        self._not_these: frozenset[str] = frozenset()
        self._is_at_rest = True
        self.row = FindCode(services, self)
        self.row.opener.opened.connect(self._note_opened)
        self.consent = Text(
            _(
                "To find your message, the wizard looks for its code in the newest messages of conversations that "
                "changed since the code was made. Otherwise it reads IDs, times and who has control, but no text. "
                "Nothing is kept."
            ),
            "small",
        )
        self.progress = ProgressLine(parent=self)
        self.progress.stop_chosen.connect(self.stop)
        self.said = Notice(parent=self)
        self.said.action_chosen.connect(self._again)
        self.live_chat_place = OpenPlace(services, parent=self)
        self.default_app = DefaultAppWay(services, self)
        self.no_button = Button(_("No, look again"))
        self.no_button.clicked.connect(self._again)
        self.people = PeopleCards()
        self.people.chosen.connect(self._person_chosen)
        self._build()
        self._rest()

    def _build(self) -> None:
        body = column(self, spacing=0.8)
        for part in (self.consent, self.row, self.progress, self.said, self.live_chat_place, self.default_app):
            body.addWidget(part)
        body.addWidget(self.no_button, 0, Qt.AlignmentFlag.AlignLeading)
        body.addWidget(self.people)

    def show_for(self, answers: Answers) -> None:
        """Show the code for this Page; a new one for each Page."""
        code = self.row.code
        if code is None or answers.page_id != code.page_id:
            code = new_tester_code(self._services.session, answers.page_id)
            self._psid, self._not_these, self.row.is_opened = "", frozenset(), False
        self._answers = answers
        self.row.show_code(code, answers.page_name)
        self._fill_next()

    def draft(self) -> FindDraft:
        return FindDraft(self.row.code, self._psid, self._found, self._not_these, self._goes_on, self.row.is_opened)

    def end_for_another_language(self) -> None:
        """What runs changes nothing: it ends, and begins again on the page made anew."""
        if self._job is not None:
            self._goes_on = True
            self.stop()

    def go_on(self) -> None:
        """Look for the message, or, where the conversation is known, who has it."""
        if self._psid:
            self._watch(self._psid)
        else:
            self.search()

    def restore_draft(self, draft: FindDraft) -> None:
        self.row.code, self._psid, self._not_these = draft.code, draft.psid, draft.not_these
        self.row.is_opened = draft.is_opened
        if draft.found is not None:
            self._show_found(draft.found)

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    # What comes next.

    @property
    def next_text(self) -> str:
        """For the main button, "" where there is something to wait for, or to try again."""
        if self._found is not None:
            return _("Yes, this is my live chat")
        return _("Look for my message") if self._is_at_rest else ""

    @property
    def is_next(self) -> bool:
        """Whether the main button is what to press now: Messenger is opened here first, where no phone does that, and
        then the live chat."""
        if not self._is_at_rest:
            return self._found is not None or self.live_chat_place.isHidden()
        return self.row.is_ready

    def _note_opened(self) -> None:
        self.row.is_opened = True
        self._fill_next()

    def _fill_next(self) -> None:
        self.row.fill(self._is_at_rest)
        self.live_chat_place.button.set_kind("" if self._found is not None else "primary")
        self.next_changed.emit()

    def do_next(self) -> None:
        """The main button was pressed. Nothing is read before what is read has stood in sight."""
        if self._found is not None:
            self._yes()
        elif self.consent.visibleRegion().boundingRect().height() < self.consent.height():
            announce(self.consent, self.consent.text())
            bring_into_view(self.consent)
        else:
            self.search()

    # Looking for the message.

    def search(self) -> None:
        """The press on this button is the consent."""
        session, name, code, watched = self._services.session, self._answers.token_name, self.row.code, self._watched
        if code is None:
            return
        watched.look_at(self.window())
        self._run(
            lambda job: find_conversation(session, name, code, job.cancel, watched),
            self._search_ended,
            _("Looking for “{text}”").format(text=code.text),
        )

    def _search_ended(self, found: Conversation | ConversationList) -> None:
        if isinstance(found, Conversation):
            self._services.session.own_conversation = found  # the test need not look for it again
            self._watch(found.psid)
            return
        refused = found.search.refused
        details = "\n".join(errors.details(refused)) if refused is not None else ""
        self._show_notice(Tone.WARNING, trial.no_single_match(found.search), "", _("Try again"), details)
        self.people.show_people(found.rows, _("Or choose the conversation that is your own:"))
        self.people.setVisible(bool(found.rows))

    def _person_chosen(self, psid: str) -> None:
        if self.people.person(psid) is not None:
            self._watch(psid)

    # Watching who has control.

    def _watch(self, psid: str) -> None:
        self._psid = psid
        session, answers, not_these = self._services.session, self._answers, self._not_these

        def work(job: JobContext) -> App | None:
            return watch_for_other_app(session, answers, psid, not_these, job.cancel, job.to(self._show_reading))

        self._run(work, self._watch_ended, _("Waiting for an answer from your live chat"))
        self._show_notice(Tone.OK, _("Found your conversation."), answer_once(self._answers))
        self.live_chat_place.show_place(_("Open the live chat"), session.world.link("{livechat}/"))
        self._fill_next()

    def _show_reading(self, reading: OwnerReading) -> None:
        session = self._services.session
        last = session.facts.owners[-1] if session.facts.owners else None
        if last is None or (last.psid, last.control, last.app_id) != (reading.psid, reading.control, reading.app_id):
            session.facts = replace(session.facts, owners=(*session.facts.owners, reading))
            said = reading_said(reading, self._answers)
            if said is not None:
                self._show_notice(*said)
            if reading.control is Control.HIDDEN:
                self.default_app.show_for(self._answers)
                bring_into_view(self.default_app.place)

    def _watch_ended(self, app: App | None) -> None:
        if app is None:
            self._show_notice(*nobody_took_it())
            return
        session = self._services.session
        session.add_app(app)
        known = {one.id: one for one in session.apps(self._answers)}
        self._show_found(known.get(app.id, app))

    def _show_found(self, app: App) -> None:
        self._found = app
        self._show_notice(*has_control(app))
        self.no_button.show()
        self._is_at_rest = False
        self._fill_next()
        bring_into_view(self.no_button)

    def _yes(self) -> None:
        found = self._found
        self._rest()
        if found is not None:
            self.app_found.emit(found)

    def _again(self) -> None:
        """Look once more, past the app that was named and is not the live chat."""
        if self._found is not None:
            self._not_these = self._not_these | {self._found.id}
        self.go_on()

    # Work and what is said.

    def _rest(self) -> None:
        self._found = None
        for part in (self.no_button, self.people, self.said, self.live_chat_place, self.default_app):
            part.hide()
        self.consent.show()
        self._is_at_rest = True
        self._fill_next()

    def _run(self, work: Callable[[JobContext], T], on_success: Callable[[T], None], title: str) -> None:
        self.stop()
        self._rest()
        self.consent.hide()
        self._is_at_rest = False
        self._fill_next()
        if self._job is not None:
            self._job.ignore()
        job = self._services.runner.start(work)
        self._job = job

        def end(then: Callable[[], None]) -> None:
            self._job = None
            self.progress.end()
            then()

        job.on_success(lambda result: end(lambda: on_success(result)))
        job.on_failure(lambda error: end(lambda: self._failed(error)))
        job.on_cancel(lambda: end(self._rest))
        self.progress.begin(title)
        bring_into_view(self.progress)

    def _failed(self, error: Exception) -> None:
        trouble = self._services.explain(error)
        self._show_notice(Tone.PROBLEM, trouble.title, trouble.action, _("Try again"), trouble.details)

    def _show_notice(self, tone: Tone, title: str, text: str = "", action: str = "", details: str = "") -> None:
        self.said.show_message(tone, title, text, action, details)
        self.said.show()
        self.said.announce()
        bring_into_view(self.said)
