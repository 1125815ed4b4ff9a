"""The work between what came in, a token or a log-in with Facebook, and the token of a Page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wizard.actions.log_in import list_pages, open_page, open_token
from wizard.actions.token_sources import TokenSource
from wizard.actions.tokens import Opened, PageWithToken
from wizard.core.answers import Answers
from wizard.core.errors import WizardError
from wizard.core.facts import TokenKind
from wizard.core.secret import Secret
from wizard.i18n.language import _
from wizard.ui.jobs import JobContext
from wizard.ui.pages.base import StepPage

if TYPE_CHECKING:  # only where one logs in with Facebook
    from wizard.actions.browser_log_in import LoggedIn, NamedApps, Screen
    from wizard.core.log_in import LogInFile


@dataclass(frozen=True, slots=True)
class OpeningDraft:
    """As the fields of `Opening`."""

    opened: Opened | None
    is_of_person: bool
    is_remembered: bool
    pasted: Secret
    apps: "NamedApps | None"
    again: bool


class Opening(QObject):
    """Runs as the one piece of work of its page, which says what fails.

    opened: the Page's token in use; is_of_person: it came out of a person's list of Pages; is_remembered: it came out
    of the password store; pasted: text of the field, where it came from there; apps: those the vendor names, where it
    came with a log-in with Facebook. again: Facebook is asked once more for what was not given."""

    page_opened = Signal(object)  # Opened
    pages_wanted = Signal(str)  # a person's token: whose
    pages_came = Signal(object)  # Sequence[PageWithToken]
    pages_listed = Signal()
    pages_stopped = Signal()
    something_lacks = Signal(object)  # LoggedIn: permissions that were not given
    is_no_pages = Signal(object)  # TokenKind: neither a Page's token nor a person's

    def __init__(self, page: StepPage) -> None:
        super().__init__(page)
        self._page, self._session = page, page.services.session
        self.opened: Opened | None = None
        self.is_of_person = False
        self.is_remembered = False
        self.pasted = ""
        self.apps: NamedApps | None = None
        self.again = False

    def draft(self) -> OpeningDraft:
        pasted = Secret(self.pasted)
        return OpeningDraft(self.opened, self.is_of_person, self.is_remembered, pasted, self.apps, self.again)

    def restore_draft(self, draft: OpeningDraft) -> None:
        self.opened, self.is_of_person, self.is_remembered = draft.opened, draft.is_of_person, draft.is_remembered
        self.pasted, self.apps, self.again = draft.pasted.reveal(), draft.apps, draft.again

    def open(self, source: TokenSource, pasted: str = "") -> None:
        """pasted: the text of the field, where the token came from there; "" where it is a remembered one."""
        session = self._session
        self.pasted, self.is_remembered, self.apps = pasted, not pasted, None
        self._page.run(
            lambda job: open_token(session, source, job.cancel), self._take, _("Asking Facebook about the token")
        )

    def log_in(
        self,
        file: "LogInFile",
        screen: "Callable[[JobContext], Screen]",
        on_end: Callable[[], None],
        with_code: bool = False,
    ) -> None:
        """screen: made in the work's thread. on_end: called when nothing is waited for any more."""
        from wizard.actions.browser_log_in import BrowserLogIn, CodeLogIn, LoggedIn, log_in_with

        session, again, way = self._session, self.again, CodeLogIn if with_code else BrowserLogIn
        self.pasted, self.is_remembered, self.apps, self.again = "", False, None, False

        def work(job: JobContext) -> LoggedIn:
            return log_in_with(session, way(session, file, screen(job), job.cancel, again), job.cancel)

        def done(logged_in: LoggedIn) -> None:
            on_end()
            self.again = "declined" in logged_in.missing.values()
            if logged_in.missing:
                self.something_lacks.emit(logged_in)
            else:
                self.go_on_with(logged_in)

        self._page.run(work, done, lambda: _("Waiting for your log-in at Facebook"), on_cancel=on_end)

    def go_on_with(self, logged_in: "LoggedIn") -> None:
        """With what was given, all of it or not."""
        self.apps, self.again = logged_in.apps, False
        self._take(logged_in.opened)

    def is_named_by_vendor(self) -> bool:
        """Whether the log-in file says whose the app of the token is: then it is no question."""
        return self.apps is not None and self.opened is not None and self.apps.names(self.opened.app)

    def with_apps(self, answers: Answers) -> Answers:
        """With the apps that the vendor names."""
        return self.apps.with_apps(answers) if self.apps is not None else answers

    def _take(self, opened: Opened) -> None:
        identity = opened.facts.identity
        if opened.is_for_many_pages:
            self._list_pages(opened)
        elif opened.kind is TokenKind.PAGE:
            self._accept(opened, is_of_person=False)
        elif opened.kind is not TokenKind.APP and identity.failure is not None:
            self._page.failed(WizardError(identity.failure))
        else:
            self.is_no_pages.emit(opened.kind)

    def _list_pages(self, person: Opened) -> None:
        session = self._session
        self.pages_wanted.emit(person.page_name)
        self._page.run(
            lambda job: list_pages(session, person, job.cancel, job.to(self.pages_came.emit)),
            lambda _count: self.pages_listed.emit(),
            _("Reading the list of your Pages"),
            on_cancel=self.pages_stopped.emit,
        )

    def use_page(self, page: PageWithToken, proof: Secret | None) -> None:
        """Open the Page's own token. proof: made of that token."""
        session = self._session

        def done(opened: Opened) -> None:
            if opened.kind is TokenKind.PAGE:
                self._accept(opened, is_of_person=True)
            else:
                self._take(opened)

        self._page.run(
            lambda job: open_page(session, page, proof, job.cancel),
            done,
            _("Opening {page}").format(page=page.page.name or page.page.id),
        )

    def _accept(self, opened: Opened, is_of_person: bool) -> None:
        self.opened, self.is_of_person = opened, is_of_person
        self.page_opened.emit(opened)
