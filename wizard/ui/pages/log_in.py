"""Step 1: whose Page it is. A token is pasted, remembered, or done without; then the question whose token it is."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.errors import WizardError
from wizard.core.facts import App, Facts, Page, TokenKind
from wizard.core.flow import StepId
from wizard.core.token_shape import TokenShape
from wizard.session import Opened, suggested_owner
from wizard.store.tokens import RememberedToken
from wizard.ui.pages import log_in_parts_stored as stored
from wizard.ui.pages.base import StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.log_in_parts import is_proof_trouble, quietly
from wizard.ui.pages.log_in_parts_account import AccountPanel, app_of
from wizard.ui.pages.log_in_parts_entry import RememberedList, TokenEntry
from wizard.ui.pages.log_in_parts_no_token import WITHOUT, GetTokenLink, NoTokenPanel
from wizard.ui.pages.log_in_parts_pages import PersonPages, listing
from wizard.ui.pages.session_at_hand import session_of
from wizard.ui.services import Services, Trouble
from wizard.ui.widgets.text import Text
from wizard.vault import RememberResult
from wizard.words import asking, steps
from wizard.words.fields import token_problem_text
from wizard.words.language import _


class Shown(StrEnum):
    """What the page shows: one thing at a time."""

    ENTRY = "entry"
    PAGES = "pages"
    ACCOUNT = "account"
    NO_TOKEN = "no_token"


class LogInPage(StepPage):
    step = StepId.LOG_IN

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self.shown = Shown.ENTRY
        self._opened: Opened | None = None
        self._is_of_person = False  # the Page's token came out of the list of Pages
        self._remembered: Sequence[RememberedToken] = ()
        self._tried_remembered = False
        self._pasted = ""  # text of the field, where the token came from there
        self.last_time = Text(role="muted")
        self.remembered_list = RememberedList()
        self.entry = TokenEntry(services.clipboard)
        self.get_token = GetTokenLink(services)
        self.pages = PersonPages()
        self.account = AccountPanel(services.clipboard)
        self.no_token = NoTokenPanel(services)
        for widget in (
            self.remembered_list,
            self.last_time,
            self.entry,
            self.get_token,
            self.pages,
            self.account,
            self.no_token,
        ):
            self.body.addWidget(widget)
        self._connect()
        self._show(Shown.ENTRY)

    def _connect(self) -> None:
        self.entry.pasted.connect(self._open_pasted)
        self.entry.secret.line.returnPressed.connect(self._open_pasted)
        self.get_token.followed.connect(self.entry.secret.line.setFocus)  # coming back, one pastes
        self.get_token.followed.connect(lambda: bring_into_view(self.get_token))
        self.remembered_list.chosen.connect(self._open_remembered)
        self.remembered_list.forgotten.connect(lambda token: self._forget(token.name))
        self.pages.chosen_changed.connect(self._show_ready)
        self.pages.chosen_for_good.connect(self._use_page)
        self.account.owner_chosen.connect(self._take_owner)
        self.account.remember.remember_wanted.connect(self._remember)
        self.account.remember.forget_wanted.connect(self._forget_current)
        self.no_token.way_chosen.connect(lambda _way: self.footer_changed.emit())

    # What the page says.

    def title(self) -> str:
        return steps.title(self.step)

    def sentence(self) -> str:
        if self.shown is Shown.ACCOUNT:
            return _("A token speaks for one app. Whose it is decides what the wizard can see.")
        if self.shown is Shown.PAGES:
            return _("This token is of a person and opens several Pages. Choose the one to set up.")
        if self.shown is Shown.NO_TOKEN:
            return _("A token is a key to your Page that Facebook makes. You can get one, ask for one, or do without.")
        return steps.sentence(self.step)

    def primary_text(self) -> str:
        if self.shown is Shown.ENTRY:
            return _("Check the token")
        if self.shown is Shown.PAGES:
            return _("Use this Page")
        if self.shown is Shown.NO_TOKEN:
            return _("Go on without a token") if self.no_token.way() == WITHOUT else _("I have a token now")
        return ""

    def secondary_text(self) -> str:
        if self.shown is Shown.ENTRY:
            return _("I have no token")
        if self.shown is Shown.NO_TOKEN:
            return _("I have a token") if self.no_token.way() == WITHOUT else ""
        return _("Another Page") if self._has_more_pages else _("Another token")

    @property
    def _has_more_pages(self) -> bool:
        return self.shown is Shown.ACCOUNT and self._is_of_person and self.pages.count > 1

    def first_field(self) -> QWidget | None:
        if self.shown is Shown.ENTRY:
            return self.remembered_list.use_buttons[0] if self._remembered else self.entry.secret.line
        if self.shown is Shown.PAGES:
            return self.pages.picker.search_line
        group = self.account.question if self.shown is Shown.ACCOUNT else self.no_token.ways
        return group.card(group.choice()) if group.choice() else group.cards[0]

    def _focus(self) -> None:
        """The keyboard was in what is hidden now."""
        if self.isVisible() and (field := self.first_field()) is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        super().retranslate()
        for part in (self.remembered_list, self.entry, self.get_token, self.pages, self.account, self.no_token):
            part.retranslate()
        self._say_last_time()
        self._show(self.shown)

    # Moving.

    def enter(self, answers: Answers) -> None:
        super().enter(answers)
        session = session_of(self.services)
        is_current = self._opened is not None and session.name_of(self._opened) == answers.token_name
        if answers.token_owner is TokenOwner.NONE:
            self.no_token.ways.choose(WITHOUT)
            self.no_token.without.show_page(answers.page_name, answers.page_id)
            self._show(Shown.NO_TOKEN)
        elif is_current and session.facts.token is not None:
            self._show_account()
        elif self.shown is Shown.ACCOUNT:  # the answers were started anew
            self._opened = None
            self._show(Shown.ENTRY)
        quietly(self.services, stored.reading(session_of(self.services)), self._show_surroundings, self.failed)

    def primary(self) -> None:
        if self.shown is Shown.ENTRY:
            self._open_pasted()
        elif self.shown is Shown.PAGES:
            self._use_page()
        elif self.shown is Shown.NO_TOKEN:
            self._leave_no_token()
        else:
            self.step_done.emit()

    def secondary(self) -> None:
        self.clear_trouble()
        if self.shown is Shown.ENTRY:
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
        self.sentence_label.say(self.sentence())
        self.entry.setVisible(shown is Shown.ENTRY)
        self.get_token.setVisible(shown is Shown.ENTRY)
        self.remembered_list.setVisible(shown is Shown.ENTRY and bool(self._remembered))
        self.last_time.setVisible(shown is Shown.ENTRY and bool(self.last_time.text()))
        self.pages.setVisible(shown is Shown.PAGES)
        self.account.setVisible(shown is Shown.ACCOUNT)
        self.no_token.setVisible(shown is Shown.NO_TOKEN)
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

    def _show_surroundings(self, found: object) -> None:
        assert isinstance(found, stored.Stored)
        self._remembered = found.remembered
        self.remembered_list.show_tokens(found.remembered)
        self.account.remember.show_where(found.where)
        if self._opened is not None:
            name = session_of(self.services).name_of(self._opened)
            self.account.remember.show_remembered(any(token.name == name for token in found.remembered))
        self._say_last_time()
        self._show(self.shown)
        last = next((token for token in found.remembered if stored.is_of_last_time(token, self.answers)), None)
        if last is not None and self.shown is Shown.ENTRY and not self._tried_remembered and not self.is_busy:
            self._tried_remembered = True
            self._open_remembered(last)

    def _say_last_time(self) -> None:
        answers = self.answers
        app, sentence = answers.token_app, ""
        is_open = self._opened is not None or any(
            stored.is_of_last_time(token, self.answers) for token in self._remembered
        )
        if answers.page_name and app is not None and not is_open:
            sentence = _(
                "Last time you used the token of {app} for {page}. Paste it again: it was not remembered."
            ).format(app=asking.app_name(app), page=answers.page_name)
        self.last_time.setText(sentence)

    # Opening a token.

    def _open_pasted(self) -> None:
        if self.is_busy or self.shown is not Shown.ENTRY:
            return
        self.clear_trouble()
        taken = self.entry.take()
        if taken is None:
            return
        secret, proof = taken
        session = session_of(self.services)
        self._pasted = self.entry.secret.text()
        self.run(
            lambda cancel, _report: session.open_token(secret, proof, cancel),
            self._token_opened,
            _("Asking Facebook about the token"),
        )

    def _open_remembered(self, token: RememberedToken) -> None:
        self._pasted = ""
        work = stored.opening(session_of(self.services), token)
        self.run(work, self._token_opened, _("Asking Facebook about the token"))

    def _token_opened(self, opened: object) -> None:
        assert isinstance(opened, Opened)
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
            self.show_trouble(
                Trouble(
                    _("Facebook does not say whether this is the token of a Page."),
                    _("Try once more. If it stays so, get a Page access token: press “I have no token” to see how."),
                )
            )

    def failed(self, error: Exception) -> None:
        if self.shown is Shown.ENTRY and is_proof_trouble(error):
            self.entry.ask_for_proof()
        super().failed(error)
        bring_into_view(self.notice)

    # A person's token: which Page?

    def _list_pages(self, opened: Opened) -> None:
        self.pages.begin(opened)
        self._show(Shown.PAGES)
        work = listing(session_of(self.services), opened)
        self.run(work, self._pages_listed, _("Reading the list of your Pages"), self.pages.add)

    def _pages_listed(self, _count: object) -> None:
        if trouble := self.pages.trouble():
            if not self.pages.count:
                self._show(Shown.ENTRY)
            self.show_trouble(trouble)
        elif self.pages.choose_the_only_one():
            self._use_page()
        else:
            self._focus()

    def _use_page(self) -> None:
        row = self.pages.chosen()
        if row is None or row.secret is None or self.is_busy:
            return
        secret, session = row.secret, session_of(self.services)
        self.run(
            lambda cancel, _report: session.open_token(secret, None, cancel),
            self._page_opened,
            _("Opening {page}").format(page=row.page.name or row.page.id),
        )

    def _page_opened(self, opened: object) -> None:
        assert isinstance(opened, Opened)
        if opened.kind is TokenKind.PAGE:
            self._is_of_person = True
            self._accept(opened)
        else:
            self._token_opened(opened)

    # A Page's token.

    def _accept(self, opened: Opened) -> None:
        self._opened = opened
        session = session_of(self.services)
        answers = session.accept(opened, self.answers)
        if answers.token_owner is TokenOwner.NONE or answers.token_owner is None:
            answers = with_changes(answers, token_owner=suggested_owner(opened, answers))
        name = session.name_of(opened)
        is_remembered = any(token.name == name for token in self._remembered)
        # In memory now, so that every later step can use it; in the keyring only if the person ticks the box.
        quietly(self.services, lambda _cancel, _report: session.keep(opened, False), lambda _kept: None, self.failed)
        self.account.remember.show_remembered(is_remembered)
        self.answers = answers
        self._show_account()
        self.offer(answers)
        self._focus()
        bring_into_view(self.account.question)

    def _show_account(self) -> None:
        assert self._opened is not None
        self.account.show_account(self._opened, self.answers.token_owner, self._pasted)
        self._show(Shown.ACCOUNT)

    def _take_owner(self, owner: TokenOwner) -> None:
        if self._opened is None or owner is self.answers.token_owner:
            return
        changes: dict[str, App | TokenOwner | None] = {"token_owner": owner}
        app = app_of(self._opened)
        for name, belongs in (("bot", TokenOwner.BOT), ("live_chat", TokenOwner.LIVE_CHAT)):
            chosen = getattr(self.answers, name)
            if app is not None and chosen is not None and chosen.id == app.id and owner is not belongs:
                changes[name] = None
        self.offer(with_changes(self.answers, **changes))

    # Remembering.

    def _remember(self) -> None:
        opened, session = self._opened, session_of(self.services)
        if opened is not None:
            quietly(
                self.services, lambda _cancel, _report: session.keep(opened, True), self._show_kept, self._keep_failed
            )

    def _show_kept(self, result: object) -> None:
        assert isinstance(result, RememberResult)
        stored = result is RememberResult.STORED
        self.account.remember.show_remembered(stored, None if stored else result)
        if stored:
            self._reread()

    def _keep_failed(self, error: Exception) -> None:
        self.account.remember.show_remembered(False, RememberResult.FAILED)
        self.failed(error)

    def _forget_current(self) -> None:
        if self._opened is not None:
            self._forget(session_of(self.services).name_of(self._opened))

    def _forget(self, name: str) -> None:
        """Forget it on this computer. The one in use stays in memory for this run."""
        session, opened = session_of(self.services), self._opened
        in_use = opened if opened is not None and session.name_of(opened) == name else None

        def done(gone: object) -> None:
            if gone is not True:
                self.show_trouble(
                    Trouble(
                        _("The password store of this computer did not remove the token."),
                        _("Unlock the store and try again, or remove the entry there."),
                    )
                )
            self._reread()

        quietly(self.services, stored.forgetting(session, name, in_use), done, self.failed)

    def _reread(self) -> None:
        quietly(self.services, stored.reading(session_of(self.services)), self._show_surroundings, self.failed)

    # Without a token.

    def _leave_no_token(self) -> None:
        if self.no_token.way() != WITHOUT:
            self.secondary()
            return
        page = self.no_token.without.take()
        if page is None:
            return
        session = session_of(self.services)
        self._opened = None
        session.facts, session.tests = Facts(), ()
        self.offer(_without_token(self.answers, page))
        self.step_done.emit()


def _without_token(answers: Answers, page: Page) -> Answers:
    return with_changes(
        answers,
        token_name="",
        page_id=page.id,
        page_name=page.name,
        token_app=None,
        token_owner=TokenOwner.NONE,
    )
