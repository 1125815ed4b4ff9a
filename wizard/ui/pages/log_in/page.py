"""Step 1: whose Page it is. One logs in with Facebook, or a token is pasted, remembered, or done without; then the
question whose token it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wizard.actions.log_in import (
    is_of_last_time,
    is_proof_trouble,
    list_pages,
    open_page,
    open_token,
    suggested_owner,
    with_owner,
    without_token,
)
from wizard.actions.token_sources import ProofShapeError, RememberedTokenSource, TokenShapeError, TokenSource
from wizard.actions.tokens import Opened, PageWithToken, RememberedToken, StoredTokens
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.errors import WizardError
from wizard.core.facts import TokenKind
from wizard.core.flow import StepId
from wizard.core.secret import Secret
from wizard.core.token_shape import TokenShape
from wizard.i18n.language import _
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.log_in.account import AccountPanel
from wizard.ui.pages.log_in.choose_page import PersonPages
from wizard.ui.pages.log_in.entry import TokenEntry
from wizard.ui.pages.log_in.get_token import GetTokenLink
from wizard.ui.pages.log_in.no_token import WITHOUT, NoTokenPanel
from wizard.ui.pages.log_in.remember import Remembering
from wizard.ui.pages.log_in.remembered import RememberedList
from wizard.ui.services import FailureText, Services
from wizard.ui.widgets.text import Text
from wizard.words import asking, steps
from wizard.words.fields import token_problem_text

if TYPE_CHECKING:  # only where one logs in with Facebook
    from wizard.actions.browser_log_in import LoggedIn
    from wizard.core.log_in import LogInFiles
    from wizard.ui.pages.log_in.facebook import FacebookLogIn

Part = TypeVar("Part", bound=QWidget)


class Shown(StrEnum):
    """What the page shows: one thing at a time."""

    FACEBOOK = "facebook"
    ENTRY = "entry"
    PAGES = "pages"
    ACCOUNT = "account"
    NO_TOKEN = "no_token"


@dataclass(frozen=True, slots=True)
class LogInWork:
    """What the page keeps beside its inputs. pasted: text of the field, where the token came from there."""

    shown: Shown
    opened: Opened | None
    is_of_person: bool
    tried_remembered: bool
    is_remembered: bool
    pasted: Secret
    pages: tuple[Opened | None, Sequence[PageWithToken], str] | None
    remembering: tuple[Opened | None, bool, bool]
    no_token: tuple[tuple[str, ...], str] | None
    is_guided: bool


class LogInPage(StepPage):
    step = StepId.LOG_IN

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = services.session
        self.shown = Shown.ENTRY
        self._opened: Opened | None = None
        self._is_of_person = False  # the Page's token came out of the list of Pages
        self._remembered: Sequence[RememberedToken] = ()
        self._tried_remembered = False
        self._is_remembered = False  # the token came out of the password store
        self._pasted = ""  # text of the field, where the token came from there
        self._is_pasting = False  # chosen, though one could log in with Facebook
        self._logged_in: LoggedIn | None = None  # where the token came so
        self.last_time = Text(role="muted")
        self.remembered_list = RememberedList(parent=self)
        self.entry = TokenEntry(services.clipboard, parent=self)
        self.get_token = GetTokenLink(services, parent=self)
        self.account = AccountPanel(services.clipboard, parent=self)
        self.remembering = Remembering(services, self.account.remember, self)
        self._later_parts: dict[Shown, QWidget] = {}  # those that are made so far
        for widget in (self.remembered_list, self.last_time, self.entry, self.get_token, self.account):
            self.body.addWidget(widget)
        self._connect()
        self._show(Shown.ENTRY)

    def _connect(self) -> None:
        self.entry.pasted.connect(self._open_pasted)
        self.entry.secret.line.returnPressed.connect(self._open_pasted)
        self.get_token.followed.connect(self.entry.secret.line.setFocus)  # coming back, one pastes
        self.get_token.followed.connect(lambda: bring_into_view(self.get_token))
        self.remembered_list.chosen.connect(self._open_remembered)
        self.remembered_list.forgotten.connect(lambda token: self.remembering.forget(token.name))
        self.remembering.read_again.connect(self._show_surroundings)
        self.remembering.failed.connect(self.failed)
        self.remembering.not_forgotten.connect(lambda: self.show_trouble(_not_forgotten()))
        self.account.owner_chosen.connect(self._take_owner)

    @cached_property
    def facebook(self) -> "FacebookLogIn":
        """Made where a vendor's log-in file is there."""
        from wizard.ui.pages.log_in.facebook import FacebookLogIn

        part = FacebookLogIn(self.services, parent=self)
        part.code_wanted.connect(lambda: self._log_in(with_code=True))
        part.token_wanted.connect(self._paste_instead)
        return self._added(Shown.FACEBOOK, part)

    @cached_property
    def pages(self) -> PersonPages:
        part = PersonPages(self.services.clipboard, parent=self)
        part.chosen_changed.connect(self._show_ready)
        part.chosen_for_good.connect(self._use_page)
        return self._added(Shown.PAGES, part)

    @cached_property
    def no_token(self) -> NoTokenPanel:
        part = NoTokenPanel(self.services, parent=self)
        part.way_chosen.connect(lambda _way: self.footer_changed.emit())
        return self._added(Shown.NO_TOKEN, part)

    def _added(self, shown: Shown, part: Part) -> Part:
        part.hide()
        self.body.addWidget(part)
        self._later_parts[shown] = part
        return part

    # What the page says.

    def sentence(self) -> str:
        if self.shown is Shown.ACCOUNT:
            return _("A token speaks for one app. Whose it is decides what the wizard can see.")
        if self.shown is Shown.FACEBOOK:
            return _("Facebook asks you in your browser. No password and no token is typed here.")
        if self.shown is Shown.PAGES:
            return _("This token is of a person and opens several Pages. Choose the one to set up.")
        if self.shown is Shown.NO_TOKEN:
            return _("A token is a key to your Page that Facebook makes. You can get one, ask for one, or do without.")
        return steps.sentence(StepId.LOG_IN)

    def primary_text(self) -> str:
        if self.shown is Shown.FACEBOOK:
            return self.facebook.primary_text()
        if self.shown is Shown.ENTRY:
            return _("Check the token")
        if self.shown is Shown.PAGES:
            return _("Use this Page")
        if self.shown is Shown.NO_TOKEN:
            return _("Go on without a token") if self._goes_without else _("I have a token now")
        return ""

    def secondary_text(self) -> str:
        if self.shown is Shown.FACEBOOK:
            return self.facebook.secondary_text()
        if self.shown is Shown.ENTRY:
            return _("I have no token")
        if self.shown is Shown.NO_TOKEN:
            return _("I have a token") if self._goes_without else ""
        return _("Another Page") if self._has_more_pages else _("Another token")

    @property
    def _goes_without(self) -> bool:
        return self.no_token.way() == WITHOUT

    @property
    def _has_more_pages(self) -> bool:
        return self.shown is Shown.ACCOUNT and self._is_of_person and self.pages.count > 1

    def first_field(self) -> QWidget | None:
        if self.shown is Shown.ENTRY:
            return self.remembered_list.use_buttons[0] if self._remembered else self.entry.secret.line
        if self.shown is Shown.FACEBOOK:
            return None
        if self.shown is Shown.PAGES:
            return self.pages.picker.search_line
        if self.shown is Shown.ACCOUNT and self._is_named_by_vendor:
            return None
        group = self.account.question if self.shown is Shown.ACCOUNT else self.no_token.ways
        return group.card(group.choice()) if group.choice() else group.cards[0]

    def _focus(self) -> None:
        """The keyboard was in what is hidden now."""
        if self.isVisible() and (field := self.first_field()) is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    # Moving.

    def enter(self, answers: Answers) -> None:
        super().enter(answers)
        self._say_last_time()
        self._show(self.shown)
        session = self._session
        is_current = self._opened is not None and session.tokens.name_of(self._opened) == answers.token_name
        if answers.token_owner is TokenOwner.NONE:
            self.no_token.ways.choose(WITHOUT)
            self.no_token.without.show_page(answers.page_name, answers.page_id)
            self._show(Shown.NO_TOKEN)
        elif is_current and session.facts.token is not None:
            self._show_account()
        elif self.shown is Shown.ACCOUNT:  # the answers were started anew
            self._opened = None
            self._show(Shown.ENTRY)
        self.remembering.read()
        self.read_log_ins()

    def prepare(self, answers: Answers) -> None:
        """What is not seen at first, but wanted by many."""
        self.no_token.setVisible(self.shown is Shown.NO_TOKEN)

    def draft(self) -> Draft:
        work = LogInWork(
            self.shown,
            self._opened,
            self._is_of_person,
            self._tried_remembered,
            self._is_remembered,
            Secret(self._pasted),
            self.pages.draft() if Shown.PAGES in self._later_parts else None,
            self.remembering.draft(),
            self.no_token.draft() if Shown.NO_TOKEN in self._later_parts else None,
            self.get_token.is_unfolded,
        )
        return replace(super().draft(), work=work)

    def take_over(self, work: LogInWork) -> None:
        self.shown, self._opened, self._is_of_person = work.shown, work.opened, work.is_of_person
        self._tried_remembered, self._is_remembered = work.tried_remembered, work.is_remembered
        self._pasted = work.pasted.reveal()
        if work.pages is not None:
            self.pages.restore_draft(*work.pages)
        self.remembering.restore_draft(*work.remembering)
        if work.no_token is not None:
            self.no_token.restore_draft(*work.no_token)
        if work.is_guided:
            self.get_token.unfold()

    def restore_draft(self, draft: Draft) -> None:
        self.entry.blockSignals(True)  # nobody pasted just now, so nothing is asked of Facebook
        super().restore_draft(draft)
        self.entry.blockSignals(False)

    def primary(self) -> None:
        if self.shown is Shown.FACEBOOK:
            self._log_in()
        elif self.shown is Shown.ENTRY:
            self._open_pasted()
        elif self.shown is Shown.PAGES:
            self._use_page()
        elif self.shown is Shown.NO_TOKEN:
            self._leave_no_token()
        else:
            self.step_done.emit()

    def secondary(self) -> None:
        self.clear_trouble()
        if self.shown is Shown.FACEBOOK:
            done = self.facebook.take_lacking()
            if done is not None:
                self._go_on_with(done)
            else:
                self._paste_instead()
        elif self.shown is Shown.ENTRY:
            self._show(Shown.NO_TOKEN)
            self._focus()
        elif self._has_more_pages:
            self._show(Shown.PAGES)
            self._focus()
        else:
            self._show(Shown.ENTRY)
            self.entry.secret.line.setFocus()
            self.entry.secret.line.selectAll()

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self.sentence_label.set_text(self.sentence())
        self.entry.setVisible(shown is Shown.ENTRY)
        self.get_token.setVisible(shown is Shown.ENTRY)
        self.remembered_list.setVisible(shown is Shown.ENTRY and bool(self._remembered))
        self.last_time.setVisible(shown is Shown.ENTRY and bool(self.last_time.text()))
        self.account.setVisible(shown is Shown.ACCOUNT)
        for kind, part in self._later_parts.items():
            part.setVisible(kind is shown)
        if shown is Shown.PAGES:
            self.pages.show()
        elif shown is Shown.NO_TOKEN:
            self.no_token.show()
        elif shown is Shown.FACEBOOK:
            self.facebook.show()
        self._show_ready()
        self.footer_changed.emit()

    def _show_ready(self) -> None:
        if self.shown is Shown.PAGES:
            ready = self.pages.chosen() is not None
        elif self.shown is Shown.ACCOUNT:
            ready = self.answers.token_owner is not None
        else:
            ready = True
        self.primary_ready.emit(ready)

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self._show_ready()

    # What is known before a token is pasted.

    def _show_surroundings(self, stored: StoredTokens) -> None:
        self._remembered = stored.remembered
        self.remembered_list.show_tokens(stored.remembered)
        self._say_last_time()
        self._show(self.shown)
        last = next((token for token in stored.remembered if is_of_last_time(token, self.answers)), None)
        if last is not None and self.shown is Shown.ENTRY and not self._tried_remembered and not self.is_busy:
            self._tried_remembered = True
            self._open_remembered(last)

    def _say_last_time(self) -> None:
        is_open = self._opened is not None or any(is_of_last_time(token, self.answers) for token in self._remembered)
        self.last_time.setText("" if is_open else _last_time(self.answers))

    # Log in with Facebook.

    def read_log_ins(self, is_new: bool = False) -> None:
        """Look for log-in files. is_new: somebody opened one just now, to log in with it."""
        self._is_pasting = self._is_pasting and not is_new
        session = self._session
        reading = self.services.runner.start(lambda _job: session.find_log_ins())
        self.destroyed.connect(reading.ignore)
        reading.on_success(lambda found: self._show_log_ins(found, is_new))

    def _show_log_ins(self, found: "LogInFiles | None", is_new: bool) -> None:
        """Where a vendor's file is there, its button is the first thing to see, unless something is under way."""
        usable = found.usable if found is not None else ()
        if not usable and Shown.FACEBOOK not in self._later_parts:
            return
        self.facebook.show_files(usable)
        is_untouched = self.shown is Shown.ENTRY and not self.entry.secret.text() and not self._remembered
        if usable and (is_new or is_untouched) and not self.is_busy and not self._is_pasting:
            self._show(Shown.FACEBOOK)
            if self.isVisible():  # the keyboard was in the token's field
                self.title_label.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not usable and self.shown is Shown.FACEBOOK:
            self._show(Shown.ENTRY)
        self.footer_changed.emit()

    def _log_in(self, with_code: bool = False) -> None:
        work = self.facebook.work(with_code)
        if work is None:
            return
        self._pasted, self._is_remembered = "", False
        self.run(work, self._take_log_in, _("Waiting for your log-in at Facebook"), on_cancel=self.facebook.end)
        self.facebook.begin()

    def _take_log_in(self, done: "LoggedIn") -> None:
        self.facebook.end()
        trouble = self.facebook.lack_of(done)
        if trouble is None:
            self._go_on_with(done)
            return
        self.show_trouble(trouble)
        self.footer_changed.emit()

    def _go_on_with(self, done: "LoggedIn") -> None:
        self._logged_in = done
        self._token_opened(done.opened)

    def _paste_instead(self) -> None:
        self._is_pasting = True
        self.stop_work()
        self._show(Shown.ENTRY)
        self._focus()

    # Opening a token.

    def _open_pasted(self) -> None:
        if self.is_busy or self.shown is not Shown.ENTRY:
            return
        self.clear_trouble()
        source = self.entry.source()
        if source is not None:
            self._open(source, pasted=self.entry.secret.text())

    def _open_remembered(self, token: RememberedToken) -> None:
        self._open(RememberedTokenSource(self._session.tokens, token.name))

    def _open(self, source: TokenSource, pasted: str = "") -> None:
        """pasted: the text of the field, where the token came from there; "" where it is a remembered one."""
        session = self._session
        self._pasted, self._is_remembered, self._logged_in = pasted, not pasted, None
        self.run(
            lambda job: open_token(session, source, job.cancel),
            self._token_opened,
            _("Asking Facebook about the token"),
        )

    def _token_opened(self, opened: Opened) -> None:
        identity = opened.facts.identity
        if opened.is_for_many_pages:
            self._list_pages(opened)
        elif opened.kind is TokenKind.PAGE:
            self._is_of_person = False
            self._accept(opened)
        elif opened.kind is TokenKind.APP:
            self._show(Shown.ENTRY)
            self.entry.field.show_problem(token_problem_text(TokenShape.IS_APP_TOKEN))
        elif identity.failure is not None:
            self.failed(WizardError(identity.failure))
        else:
            self.show_trouble(_unknown_kind())

    def failed(self, error: Exception) -> None:
        if self.shown is Shown.FACEBOOK:
            self.facebook.end()
        if self.shown is Shown.ENTRY and isinstance(error, TokenShapeError):  # what the password store gave
            self.entry.field.show_problem(token_problem_text(error.problem))
            bring_into_view(self.entry.field)
            return
        if self.shown is Shown.ENTRY and is_proof_trouble(error):
            self.entry.ask_for_proof()
        elif self.shown is Shown.PAGES and is_proof_trouble(error):
            self.pages.proof.ask()
        super().failed(error)
        bring_into_view(self.notice)

    # A person's token: which Page?

    def _list_pages(self, opened: Opened) -> None:
        self.pages.begin(opened)
        self._show(Shown.PAGES)
        session = self._session
        self.run(
            lambda job: list_pages(session, opened, job.cancel, job.to(self.pages.add)),
            self._pages_listed,
            _("Reading the list of your Pages"),
        )

    def _pages_listed(self, _count: int) -> None:
        if trouble := self.pages.trouble():
            if not self.pages.count and self._logged_in is not None:
                self._show(Shown.FACEBOOK)
                trouble = self.facebook.no_page()
            elif not self.pages.count:
                self._show(Shown.ENTRY)
            self.show_trouble(trouble)
        elif self.pages.choose_the_only_one():
            self._use_page()
        else:
            self._focus()

    def _use_page(self) -> None:
        page, session = self.pages.chosen(), self._session
        if page is None or page.secret is None or self.is_busy:
            return
        try:
            proof = self.pages.proof.take()
        except ProofShapeError:
            return
        self.run(
            lambda job: open_page(session, page, proof, job.cancel),
            self._page_opened,
            _("Opening {page}").format(page=page.page.name or page.page.id),
        )

    def _page_opened(self, opened: Opened) -> None:
        if opened.kind is TokenKind.PAGE:
            self._is_of_person = True
            self._accept(opened)
        else:
            self._token_opened(opened)

    # A Page's token.

    def _accept(self, opened: Opened) -> None:
        self._opened = opened
        answers = self._session.accept(opened, self.answers)
        if self._logged_in is not None:
            answers = self._logged_in.with_apps(answers)
        if answers.token_owner is TokenOwner.NONE or answers.token_owner is None:
            answers = with_changes(answers, token_owner=suggested_owner(opened, answers))
        self.remembering.take(opened, self._is_remembered)
        self.answers = answers
        self._show_account()
        self.offer(answers)
        self._focus()
        bring_into_view(self.account.page_line)

    def _show_account(self) -> None:
        assert self._opened is not None
        self.account.show_account(self._opened, self.answers.token_owner, self._pasted)
        self.account.question.setVisible(not self._is_named_by_vendor)
        self._show(Shown.ACCOUNT)

    @property
    def _is_named_by_vendor(self) -> bool:
        """Whether the log-in file says whose the app of the token is: then it is no question."""
        return self._logged_in is not None and self._opened is not None and self._logged_in.names(self._opened.app)

    def _take_owner(self, owner: TokenOwner) -> None:
        if self._opened is None or owner is self.answers.token_owner:
            return
        self.offer(with_owner(self._opened, self.answers, owner))

    # Without a token.

    def _leave_no_token(self) -> None:
        if not self._goes_without:
            self.secondary()
            return
        page = self.no_token.without.take()
        if page is None:
            return
        self._opened = None
        self._session.accept_none()
        self.offer(without_token(self.answers, page))
        self.step_done.emit()


def _last_time(answers: Answers) -> str:
    """Which token the saved answers were given with, "" where there was none."""
    if not answers.page_name or answers.token_app is None:
        return ""
    said = _("Last time you used the token of {app} for {page}. Paste it again: it was not remembered.")
    return said.format(app=asking.app_name(answers.token_app), page=answers.page_name)


def _unknown_kind() -> FailureText:
    """Facebook answered, but what the token is for stayed open."""
    return FailureText(
        _("Facebook does not say whether this is the token of a Page."),
        _("Try once more. If it stays so, get a Page access token: press “I have no token” to see how."),
    )


def _not_forgotten() -> FailureText:
    return FailureText(
        _("The password store of this computer did not remove the token."),
        _("Unlock the store and try again, or remove the entry there."),
    )
