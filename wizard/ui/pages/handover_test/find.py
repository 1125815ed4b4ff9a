"""The first half of the test page: the code to send, and, where it was not found, the list to choose from."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.find_conversation import (
    ConversationList,
    TesterCode,
    find_conversation,
    new_tester_code,
    search_on,
)
from wizard.actions.session import Session
from wizard.actions.trial import reading_token
from wizard.core.answers import Answers
from wizard.core.facts import Conversation
from wizard.core.trial_result import ConsentRequest, ConsentTo
from wizard.i18n.language import _
from wizard.ui.garbage import delete_later
from wizard.ui.jobs import Job, JobContext
from wizard.ui.layout import Panel, column
from wizard.ui.pages.handover_test.panels import Agreement
from wizard.ui.pages.handover_test.tester_code import CodeRow, PeopleCards, name_of
from wizard.ui.services import Services
from wizard.ui.watch_while_visible import Watched
from wizard.ui.widgets.copy_buttons import CopyButtons
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.text import Text
from wizard.words import asking, errors, trial


class CodePanel(Panel):
    """The code to send, and what pressing the main button agrees to."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = CodeRow(services, self)
        self.qr, self.link_button = self.row.qr, self.row.opener.button
        self.how, self.message = Text(), Text(role="strong", selectable=True)
        self.before, self.consent = Text(), Text(role="small")
        self._clipboard, self.copy = services.clipboard, CopyButtons(services.clipboard, ())
        for widget in (self.before, self.how, self.message, self.copy):
            self.row.beside.addWidget(widget)
        body = column(self, spacing=1)
        body.addWidget(self.row)
        body.addWidget(self.consent)

    def show_code(self, code: TesterCode, page_name: str) -> None:
        self.row.show_code(code, page_name)
        self.message.setText(code.text)
        if code.text not in self.copy.buttons:
            before, self.copy = self.copy, CopyButtons(self._clipboard, (code.text,))
            self.row.beside.replaceWidget(before, self.copy)
            before.hide()
            delete_later(before)
        self.copy.setVisible(code.is_for_phones)  # else the text stands there already
        self.how.set_text(
            _("Scan the code with your phone, and send the text it puts into Messenger:")
            if code.is_for_phones
            else _("Open the practice Messenger, and send the text that is already there:")
        )
        self.before.set_text(
            _("First tell your team, so that nobody answers. Then write as yourself, not as the Page.")
        )
        self.consent.set_text(asking.consent(ConsentRequest(ConsentTo.READ_MESSAGES)))


class ChoosePanel(Panel):
    """Conversations to choose from, with a tick box that names the person and the effect."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.why = Notice(Tone.WARNING, parent=self)
        self.people = PeopleCards()
        self.people.chosen.connect(self._chosen)
        self.tick = Agreement()
        self.tick.changed.connect(lambda _on: self.changed.emit())
        self.tick.hide()
        body = column(self, spacing=1)
        for widget in (self.why, self.people, self.tick):
            body.addWidget(widget)

    def show_list(self, found: ConversationList) -> None:
        refused = found.search.refused
        details = "\n".join(errors.details(refused)) if refused is not None else ""
        first = "" if found.rows else _("There is no conversation yet. Write to your Page first.")
        meanwhile = _("The wizard goes on looking for your message.") if found.may_still_come else ""
        text = " ".join(part for part in (first, meanwhile, trial.may_be_hidden(found.search)) if part)
        self.why.show_message(Tone.WARNING, trial.no_single_match(found.search), text, details=details)
        self.people.show_people(found.rows, _("Choose your own conversation"))
        self.tick.hide()
        self.changed.emit()
        self.why.announce()

    def show_pause(self) -> None:
        text = _("The wizard has stopped looking for it. When you have sent it, press “Look again”.")
        self.why.show_message(Tone.WARNING, self.why.title(), text)
        self.why.announce()

    def psid(self) -> str:
        """The chosen conversation once the box is ticked, else ""."""
        return self.people.choice() if self.tick.is_set else ""

    def _chosen(self, psid: str) -> None:
        row = self.people.person(psid)
        if row is None:
            return
        self.tick.set_text(asking.consent(ConsentRequest(ConsentTo.TEST_CUSTOMER, person_name=name_of(row))))
        self.tick.show()
        self.changed.emit()


class FindPart(Panel):
    """Code and list. `found_later` with a Conversation or a ConversationList that came while the list was shown.
    `opened` when the person has opened Messenger from here."""

    found_later, opened = Signal(object), Signal()

    def __init__(self, services: Services, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._session = services, session
        self._watched = Watched(services.clock)
        self._answers = Answers()
        self._code: TesterCode | None = None
        self._list: ConversationList | None = None
        self._job: Job[Conversation | ConversationList | None] | None = None
        self._is_opened = False
        self.code, self.choose = CodePanel(services), ChoosePanel()
        self.code.row.opener.opened.connect(self._note_opened)
        body = column(self)
        for widget in (self.code, self.choose):
            body.addWidget(widget)

    def begin(self, answers: Answers) -> None:
        """A fresh code for this Page."""
        self._answers = answers
        self._code, self._is_opened = new_tester_code(self._session, answers.page_id), False
        self._show_code()

    @property
    def is_opened(self) -> bool:
        """Whether Messenger was opened with this code, as far as it is opened from here."""
        return self._is_opened or self._code is None or self._code.is_for_phones

    def _note_opened(self) -> None:
        self._is_opened = True
        self._show_code()
        self.opened.emit()

    def _show_code(self) -> None:
        if self._code is not None:
            self.code.show_code(self._code, self._answers.page_name)
            is_first = "" if self._is_opened else "primary"
            self.code.row.opener.button.set_kind("link" if self._code.is_for_phones else is_first)

    def draft(self) -> tuple[Answers, TesterCode | None, ConversationList | None, bool]:
        return self._answers, self._code, self._list, self._is_opened

    def restore_draft(
        self, answers: Answers, code: TesterCode | None, found: ConversationList | None, is_opened: bool
    ) -> None:
        self._answers, self._code, self._list, self._is_opened = answers, code, found, is_opened
        self._show_code()
        if found is not None:
            self.choose.show_list(found)
            if found.may_still_come:
                self.choose.show_pause()

    @property
    def is_looking_on(self) -> bool:
        return self._job is not None

    def look_on(self) -> None:
        """While the list is shown, as before the page was made anew."""
        if self._list is not None:
            self.show_list(self._list)

    def show_code(self, wanted: bool) -> None:
        self.code.setVisible(wanted)

    def show_choice(self, wanted: bool) -> None:
        self.choose.setVisible(wanted)
        if not wanted:
            self.stop()

    def search(self) -> Callable[[JobContext], Conversation | ConversationList]:
        """The work that searches for the message: see `find_conversation`. It pauses while nobody watches."""
        session, token_name, code, watched = self._session, self._token(), self._shown_code(), self._watched
        watched.look_at(self.window())
        return lambda job: find_conversation(session, token_name, code, job.cancel, watched)

    def show_list(self, found: ConversationList) -> None:
        self._list = found
        self.choose.show_list(found)
        if found.may_still_come:
            self._look_on()

    def stop(self) -> None:
        """Look no more while the list is shown."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _look_on(self) -> None:
        """In the background: the person may choose all the while."""
        session, token_name, code, watched = self._session, self._token(), self._shown_code(), self._watched
        self.stop()
        job = self._services.runner.start(lambda job: search_on(session, token_name, code, job.cancel, watched))
        self._job = job
        job.on_success(lambda found: self._looked_on(job, found))
        job.on_failure(lambda _error: self._looked_on(job, None))

    def _looked_on(
        self, job: Job[Conversation | ConversationList | None], found: Conversation | ConversationList | None
    ) -> None:
        if self._job is not job:
            return
        self._job = None
        if found is None:
            self.choose.show_pause()
        else:
            self.found_later.emit(found)

    def _shown_code(self) -> TesterCode:
        """Raises LookupError before `begin`."""
        if self._code is None:
            raise LookupError("no code is shown yet")
        return self._code

    def _token(self) -> str:
        return reading_token(self._session, self._answers)
