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
from wizard.core.facts import App, Control, Conversation, OwnerReading, Page
from wizard.core.known_apps import is_meta_ai
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.jobs import Job, JobContext
from wizard.ui.layout import Panel, column
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.handover_test.tester_code import CodeRow, PeopleCards
from wizard.ui.services import Services
from wizard.ui.watch_while_visible import Watched
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.open_place import OpenPlace
from wizard.ui.widgets.progress_line import ProgressLine
from wizard.ui.widgets.steps_list import PathStep, StepsList, path_steps
from wizard.ui.widgets.text import Text
from wizard.words import asking, errors, guides, trial

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
        self._code: TesterCode | None = None
        self._watched = Watched(services.clock)
        self._goes_on = False  # work was ended for the page made anew to begin it again
        self._psid = ""
        self._found: App | None = None
        self._not_these: frozenset[str] = frozenset()
        self._is_at_rest = True
        self._is_opened = False
        self.row = CodeRow(services, self)
        self.row.opener.opened.connect(self._note_opened)
        self.steps, self.later_steps = StepsList(parent=self), StepsList(parent=self)
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
        self.default_place = OpenPlace(services, parent=self)
        self.default_path = StepsList(parent=self)
        self.no_button = Button(_("No, look again"))
        self.no_button.clicked.connect(self._again)
        self.people = PeopleCards()
        self.people.chosen.connect(self._person_chosen)
        self._build()
        self._rest()

    def _build(self) -> None:
        self.row.beside.addWidget(self.steps)
        self.row.below_link.addWidget(self.later_steps)
        body = column(self, spacing=0.8)
        body.addWidget(self.consent)
        body.addWidget(self.row)
        body.addWidget(self.progress)
        body.addWidget(self.said)
        for part in (self.live_chat_place, self.default_place, self.default_path):
            body.addWidget(part)
        body.addWidget(self.no_button, 0, Qt.AlignmentFlag.AlignLeading)
        body.addWidget(self.people)

    def show_for(self, answers: Answers) -> None:
        """Show the code for this Page; a new one for each Page."""
        if self._code is None or answers.page_id != self._code.page_id:
            self._code = new_tester_code(self._services.session, answers.page_id)
            self._psid, self._not_these, self._is_opened = "", frozenset(), False
        self._answers = answers
        self.row.show_code(self._code, answers.page_name)
        self._fill_next()
        how = (
            _("Scan the code with your phone and send the text “{text}” to your Page. Use your own Messenger.")
            if self._code.is_for_phones
            else _("Open the practice Messenger, and send the text “{text}” that is already there.")
        )
        self.steps.show_steps((PathStep(how.format(text=self._code.text)),), total=3)
        self.later_steps.show_steps(
            (
                PathStep(_("Press “Look for my message”.")),
                PathStep(_("Then answer this conversation once from your live chat.")),
            ),
            first=2,
            total=3,
        )

    def draft(self) -> FindDraft:
        return FindDraft(self._code, self._psid, self._found, self._not_these, self._goes_on, self._is_opened)

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
        self._code, self._psid, self._not_these = draft.code, draft.psid, draft.not_these
        self._is_opened = draft.is_opened
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
        return self._is_opened or self._code is None or self._code.is_for_phones

    def _note_opened(self) -> None:
        self._is_opened = True
        self._fill_next()

    def _fill_next(self) -> None:
        is_first = "" if self._is_opened or not self._is_at_rest else "primary"
        self.row.opener.button.set_kind("link" if self._code is None or self._code.is_for_phones else is_first)
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
        session, name, code, watched = self._services.session, self._answers.token_name, self._code, self._watched
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
        self._show_notice(Tone.OK, _("Found your conversation."), self._answer_once())
        self.live_chat_place.show_place(_("Open the live chat"), session.world.link("{livechat}/"))
        self._fill_next()

    def _answer_once(self) -> str:
        product = self._answers.live_chat_product
        if product is None or not product.name:
            return _("Now answer it once from your live chat.")
        return _("Now answer it once from {app}.").format(app=product.name)

    def _show_reading(self, reading: OwnerReading) -> None:
        session = self._services.session
        last = session.facts.owners[-1] if session.facts.owners else None
        if last is None or (last.psid, last.control, last.app_id) != (reading.psid, reading.control, reading.app_id):
            session.facts = replace(session.facts, owners=(*session.facts.owners, reading))
            self._say_reading(reading)

    def _say_reading(self, reading: OwnerReading) -> None:
        wanted = self._answer_once()
        if reading.control is Control.HIDDEN:
            self._show_notice(
                Tone.INFO,
                _("Another app has control. Facebook names it only to the app that answers first."),
                _("Make your bot the default app now: then the wizard sees it by itself. Or type the App ID."),
            )
            self._offer_default_app()
        elif reading.control is Control.UNREADABLE and reading.failure is not None:
            said = errors.explain(reading.failure, reading.at)
            self._show_notice(Tone.WARNING, said.title, said.action, details="\n".join(said.details))
        elif reading.control is Control.APP and is_meta_ai(reading.app_id):
            self._show_notice(Tone.WARNING, _("Most likely Meta’s own AI assistant answers here."), wanted)
        elif reading.control is Control.APP:
            self._show_notice(Tone.OK, _("Found your conversation. Another app has not answered yet."), wanted)

    def _offer_default_app(self) -> None:
        """The setting is one of the next step, too: whoever makes it here need not make it there."""
        answers = self._answers
        names = guides.names_of(Page(answers.page_id, answers.page_name), answers.bot, answers.live_chat)
        path = guides.paths("default_app", names)[0]
        link = self._services.session.world.link(path.link)
        self.default_place.show_place(_("Open this setting on Facebook"), link)
        self.default_path.show_steps(path_steps(path.steps, path.pictures))
        self.default_path.show()
        bring_into_view(self.default_place)

    def _watch_ended(self, app: App | None) -> None:
        if app is None:
            self._show_notice(
                Tone.WARNING,
                _("No other app took the conversation."),
                _("Answer it from your live chat, then try again. Or type the App ID."),
                _("Try again"),
            )
            return
        session = self._services.session
        session.add_app(app)
        known = {one.id: one for one in session.apps(self._answers)}
        self._show_found(known.get(app.id, app))

    def _show_found(self, app: App) -> None:
        self._found = app
        self._show_notice(
            Tone.INFO,
            _("{app} (App ID {id}) now has control.").format(app=asking.app_name(app), id=app.id),
            _("Is this your live chat?"),
        )
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
        self.no_button.hide()
        self.people.hide()
        self.said.hide()
        for part in (self.live_chat_place, self.default_place, self.default_path):
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
