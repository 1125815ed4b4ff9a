"""Step 1: whose Page it is. One question, how to log in; then which Page, and whose the app of the token is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from wizard.actions.log_in import is_of_last_time, is_proof_trouble, suggested_owner, with_owner, without_token
from wizard.actions.token_sources import ProofShapeError, RememberedTokenSource, TokenShapeError
from wizard.actions.tokens import Opened, PageWithToken, RememberedToken, StoredTokens
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.facts import TokenKind
from wizard.core.flow import StepId, open_step
from wizard.core.token_shape import TokenShape
from wizard.i18n.language import _
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.log_in.account import AccountPanel
from wizard.ui.pages.log_in.choose_page import PersonPages
from wizard.ui.pages.log_in.opening import Opening, OpeningDraft
from wizard.ui.pages.log_in.remember import Remembering
from wizard.ui.pages.log_in.remembered import RememberedList
from wizard.ui.pages.log_in.ways import Way, Ways
from wizard.ui.services import FailureText, Services
from wizard.ui.widgets.cards import Card
from wizard.ui.widgets.text import Text
from wizard.words import asking, steps
from wizard.words.fields import token_problem_text

if TYPE_CHECKING:  # only where one logs in with Facebook
    from wizard.actions.browser_log_in import LoggedIn
    from wizard.core.log_in import LogInFiles
    from wizard.ui.pages.log_in.waiting import Waiting

Part = TypeVar("Part", bound=QWidget)


class Shown(StrEnum):
    """What the page shows: one thing at a time."""

    WAYS = "ways"
    WAITING = "waiting"
    PAGES = "pages"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class LogInWork:
    """What the page keeps beside its inputs. ways: those that were unfolded. goes_on: the answers are of an earlier
    run, so that the step after this one is the first that is not done."""

    shown: Shown
    opening: OpeningDraft
    tried_remembered: bool
    pages: tuple[str, Sequence[PageWithToken], str] | None
    remembering: tuple[Opened | None, bool, bool]
    ways: Sequence[Way]
    is_guided: bool
    goes_on: bool


class LogInPage(StepPage):
    step = StepId.LOG_IN

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = services.session
        self.shown = Shown.WAYS
        self._remembered: Sequence[RememberedToken] = ()
        self._tried_remembered = False
        self._goes_on: bool | None = None  # not known before the page is entered
        self._lacking: LoggedIn | None = None  # without all permissions, until it is said how to go on
        self.last_time = Text(role="muted")
        self.remembered_list = RememberedList(parent=self)
        self.ways = Ways(services, parent=self)
        self.entry, self.get_token = self.ways.token.entry, self.ways.token.get_token
        self.account = AccountPanel(services.clipboard, parent=self)
        self.remembering = Remembering(services, self.account.remember, self)
        self.opening = Opening(self)
        self._later_parts: dict[Shown, QWidget] = {}  # those that are made so far
        for widget in (self.remembered_list, self.last_time, self.ways, self.account):
            self.body.addWidget(widget)
        self._connect()
        self._show(Shown.WAYS)

    def _connect(self) -> None:
        self.ways.token.token_given.connect(self._open_pasted)
        self.ways.way_chosen.connect(self._take_way)
        self.remembered_list.chosen.connect(self._open_remembered)
        self.remembered_list.forgotten.connect(lambda token: self.remembering.forget(token.name))
        self.remembering.read_again.connect(self._show_surroundings)
        self.remembering.failed.connect(self.failed)
        self.remembering.not_forgotten.connect(lambda: self.show_trouble(_not_forgotten()))
        self.account.owner_chosen.connect(self._take_owner)
        self.account.log_in_wanted.connect(self._log_in_again)
        self.opening.page_opened.connect(self._accept)
        self.opening.pages_wanted.connect(self._begin_pages)
        self.opening.pages_came.connect(lambda rows: self.pages.add(rows))
        self.opening.pages_listed.connect(self._end_pages)
        self.opening.something_lacks.connect(self._take_lacking)
        self.opening.is_no_pages.connect(self._refuse)

    @cached_property
    def waiting(self) -> "Waiting":
        from wizard.ui.pages.log_in.waiting import Waiting

        part = Waiting(self.services, parent=self)
        part.code_button.clicked.connect(lambda: self._log_in(with_code=True))
        part.token_button.clicked.connect(self._paste_instead)
        return self._added(Shown.WAITING, part)

    @cached_property
    def pages(self) -> PersonPages:
        part = PersonPages(self.services.clipboard, parent=self)
        part.chosen_changed.connect(self._show_ready)
        part.chosen_for_good.connect(self._use_page)
        return self._added(Shown.PAGES, part)

    def _added(self, shown: Shown, part: Part) -> Part:
        part.hide()
        self.body.addWidget(part)
        self._later_parts[shown] = part
        return part

    # What the page says.

    def sentence(self) -> str:
        if self.shown is Shown.WAITING:
            return _("Facebook asks you in your browser. This window notices when you are done.")
        if self.shown is Shown.PAGES:
            return _("Choose the Page to set up.")
        if self.shown is Shown.ACCOUNT and self.opening.is_named_by_vendor():
            return _("The wizard can see your Page now.")
        if self.shown is Shown.ACCOUNT:
            return _("A token speaks for one app. Whose it is decides what the wizard can see.")
        return steps.sentence(StepId.LOG_IN)

    def primary_text(self) -> str:
        if self.shown is Shown.PAGES:
            return _("Use this Page")
        if self.shown is Shown.WAYS:
            return self._way_text()
        return _("Next") if self.shown is Shown.ACCOUNT else ""

    def _way_text(self) -> str:
        way = self.ways.way()
        return {
            Way.FACEBOOK: _("Ask again") if self.opening.again else self.ways.facebook_text(),
            Way.TOKEN: _("Check the token"),
            Way.ASK: _("Copy the message"),
            Way.OWN_APP: _("Log in with Facebook"),
            Way.WITHOUT: _("Go on without a token"),
        }[way]

    def secondary_text(self) -> str:
        if self.shown is Shown.WAYS:
            if self._is_lacking:
                return _("Go on without them")
            return _("Write an e-mail") if self.ways.way() is Way.ASK else ""
        if self.shown is Shown.WAITING:
            return ""
        if self._has_more_pages:
            return _("Another Page")
        return _("Log in again") if self.opening.apps is not None else _("Another token")

    @property
    def _is_lacking(self) -> bool:
        return self._lacking is not None and self.ways.way() in (Way.FACEBOOK, Way.OWN_APP)

    @property
    def _has_more_pages(self) -> bool:
        return self.shown is Shown.ACCOUNT and self.opening.is_of_person and self.pages.count > 1

    def first_field(self) -> QWidget | None:
        if self.shown is Shown.WAYS:
            return self.remembered_list.use_buttons[0] if self._remembered else self.ways.first_field()
        if self.shown is Shown.PAGES:
            return self.pages.picker.search_line
        if self.shown is Shown.WAITING or self.opening.is_named_by_vendor():
            return None
        group = self.account.question
        return group.card(group.choice()) if group.choice() else group.cards[0]

    def _focus(self) -> None:
        """The keyboard was in what is hidden now."""
        if self.isVisible():
            (self.first_field() or self.title_label).setFocus(Qt.FocusReason.OtherFocusReason)

    # Moving.

    def enter(self, answers: Answers) -> None:
        super().enter(answers)
        self.ways.show_answers(answers)
        self._say_last_time()
        self._show(self.shown)
        opened = self.opening.opened
        is_current = opened is not None and self._session.tokens.name_of(opened) == answers.token_name
        is_first = self._goes_on is None
        if is_first:
            self._goes_on = bool(answers.page_id) and not answers.token_name
        was_without = is_first and self._goes_on and answers.token_app is None
        if answers.token_owner is TokenOwner.NONE or was_without:
            self.ways.without.show_page(answers.page_name, answers.page_id)
            self.ways.choose(Way.WITHOUT)
            self._show(Shown.WAYS)
        elif is_current and self._session.facts.token is not None:
            self._show_account()
        elif self.shown is Shown.ACCOUNT:  # the answers were started anew
            self.opening.opened = None
            self._show(Shown.WAYS)
        self.remembering.read()
        self.read_log_ins()

    def draft(self) -> Draft:
        work = LogInWork(
            self.shown,
            self.opening.draft(),
            self._tried_remembered,
            self.pages.draft() if Shown.PAGES in self._later_parts else None,
            self.remembering.draft(),
            self.ways.draft(),
            self.get_token.is_unfolded,
            bool(self._goes_on),
        )
        return replace(super().draft(), work=work)

    def take_over(self, work: LogInWork) -> None:
        self.shown = work.shown if work.shown is not Shown.WAITING else Shown.WAYS
        self.opening.restore_draft(work.opening)
        self._tried_remembered = work.tried_remembered
        if work.pages is not None:
            self.pages.restore_draft(*work.pages)
        self.remembering.restore_draft(*work.remembering)
        self.ways.restore_draft(work.ways)
        if work.is_guided:
            self.get_token.unfold()
        self._goes_on = work.goes_on

    def restore_draft(self, draft: Draft) -> None:
        self.entry.blockSignals(True)  # nobody pasted just now, so nothing is asked of Facebook
        super().restore_draft(draft)
        self.entry.blockSignals(False)

    def primary(self) -> None:
        if self.shown is Shown.PAGES:
            self._use_page()
        elif self.shown is Shown.ACCOUNT:
            self._leave_account()
        elif self.shown is Shown.WAYS:
            self._go_the_way()

    def _leave_account(self) -> None:
        """What is marked is said by going on, be it guessed."""
        answers, opened, owner = self.answers, self.opening.opened, self.account.owner()
        if answers.token_owner is None and opened is not None and owner is not None:
            answers = with_owner(opened, answers, owner)
        self._leave(answers)

    def _leave(self, answers: Answers) -> None:
        """Who comes back after an earlier run goes on where they stopped."""
        goes_on, self._goes_on = self._goes_on, False
        if goes_on:
            self.offer(answers)
            self.step_wanted.emit(open_step(answers))
        else:
            self.finish(answers)

    def _go_the_way(self) -> None:
        way = self.ways.way()
        if way in (Way.FACEBOOK, Way.OWN_APP):
            self._log_in()
        elif way is Way.TOKEN:
            self._open_pasted()
        elif way is Way.ASK:
            self.ways.ask.copy()
        else:
            self._go_on_without()

    def secondary(self) -> None:
        self.clear_trouble()
        if self.shown is Shown.WAYS:
            done, self._lacking = (self._lacking, None) if self._is_lacking else (None, self._lacking)
            if done is not None:
                self.opening.go_on_with(done)
            elif self.ways.way() is Way.ASK:
                self.ways.ask.write_mail()
        elif self._has_more_pages:
            self._show(Shown.PAGES)
            self._focus()
        else:
            self.stop_work()
            self.opening.again = self.shown is Shown.PAGES and self.opening.apps is not None
            self._show(Shown.WAYS)
            self._focus()
            self.entry.secret.line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a choice takes it, and goes on where there is nothing else to do."""
        card = self.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not isinstance(card, Card) or self.is_busy:
            super().keyPressEvent(event)
        elif card in self.account.question.cards:
            self.account.question.choose(card.key)
            self._leave_account()
        elif card.isChecked() or card.key == Way.FACEBOOK:
            card.setChecked(True)
            self.primary()
        else:
            card.setChecked(True)

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self.sentence_label.set_text(self.sentence())
        self.ways.setVisible(shown is Shown.WAYS)
        self.remembered_list.setVisible(shown is Shown.WAYS and bool(self._remembered))
        self.last_time.setVisible(shown is Shown.WAYS and bool(self.last_time.text()))
        self.account.setVisible(shown is Shown.ACCOUNT)
        for kind, part in self._later_parts.items():
            part.setVisible(kind is shown)
        self._show_ready()
        self.footer_changed.emit()

    def _show_ready(self) -> None:
        if self.shown is Shown.PAGES:
            ready = self.pages.chosen() is not None
        elif self.shown is Shown.ACCOUNT:
            ready = self.answers.token_owner is not None or self.account.owner() is not None
        else:
            ready = self.shown is Shown.WAYS
        self.primary_ready.emit(ready)

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self._show_ready()

    def _take_way(self, _way: Way) -> None:
        self.clear_trouble()
        self.footer_changed.emit()

    # What is known before one logs in.

    def _show_surroundings(self, stored: StoredTokens) -> None:
        self._remembered = stored.remembered
        self.remembered_list.show_tokens(stored.remembered)
        self._say_last_time()
        self._show(self.shown)
        last = next((token for token in stored.remembered if is_of_last_time(token, self.answers)), None)
        if last is not None and self.shown is Shown.WAYS and not self._tried_remembered and not self.is_busy:
            self._tried_remembered = True
            self._open_remembered(last)

    def _say_last_time(self) -> None:
        is_known = any(is_of_last_time(token, self.answers) for token in self._remembered)
        self.last_time.setText("" if is_known or self.opening.opened is not None else _last_time(self.answers))

    def read_log_ins(self, is_new: bool = False) -> None:
        """Look for log-in files. is_new: somebody opened one just now, to log in with it."""
        session = self._session
        reading = self.services.runner.start(lambda _job: session.find_log_ins())
        self.destroyed.connect(reading.ignore)
        reading.on_success(lambda found: self._show_log_ins(found, is_new))

    def _show_log_ins(self, found: "LogInFiles | None", is_new: bool) -> None:
        """Where a vendor's file comes to be there, its button is the first, unless something is under way."""
        usable = found.usable if found is not None else ()
        had_files = self.ways.has_files
        is_untouched = self.ways.way() is Way.TOKEN and not self.entry.secret.text() and not self.get_token.is_unfolded
        self.ways.show_files(usable)
        if self.shown is Shown.WAYS and usable and not self.is_busy and (is_new or (is_untouched and not had_files)):
            self.ways.choose(Way.FACEBOOK)
            self._focus()
        self.footer_changed.emit()

    # Log in with Facebook.

    def _log_in(self, with_code: bool = False) -> None:
        file = self.ways.file()
        if file is None:
            return
        from wizard.ui.pages.log_in.waiting import WindowScreen

        waiting, self._lacking = self.waiting, None
        self.opening.log_in(file, lambda job: WindowScreen(waiting, job), self._end_waiting, with_code)
        waiting.begin(file)
        self._show(Shown.WAITING)

    def _log_in_again(self) -> None:
        """The log-in in use ends soon: what is set up stays, and with a log-in file it begins at once."""
        self._show(Shown.WAYS)
        if self.ways.has_files:
            self.ways.choose(Way.FACEBOOK)
            self._log_in()
        else:
            self._focus()

    def _end_waiting(self) -> None:
        self.waiting.end()
        if self.shown is Shown.WAITING:
            self._show(Shown.WAYS)
            self._focus()

    def _take_lacking(self, done: "LoggedIn") -> None:
        from wizard.words import log_in

        self._lacking = done
        self.show_trouble(FailureText(*log_in.lacks(done.missing)))
        self.footer_changed.emit()

    def _paste_instead(self) -> None:
        self.stop_work()
        self._show(Shown.WAYS)
        self.ways.choose(Way.TOKEN)
        self._focus()

    # A token.

    def _open_pasted(self) -> None:
        if self.is_busy or self.shown is not Shown.WAYS:
            return
        self.clear_trouble()
        source = self.entry.source()
        if source is not None:
            self.opening.open(source, pasted=self.entry.secret.text())

    def _open_remembered(self, token: RememberedToken) -> None:
        self.opening.open(RememberedTokenSource(self._session.tokens, token.name))

    def _refuse(self, kind: TokenKind) -> None:
        self._show(Shown.WAYS)
        if kind is TokenKind.APP:
            self._say_at_field(TokenShape.IS_APP_TOKEN)
        else:
            self.show_trouble(_unknown_kind())

    def _say_at_field(self, problem: TokenShape) -> None:
        self.ways.choose(Way.TOKEN)
        self.entry.field.show_problem(token_problem_text(problem))
        bring_into_view(self.entry.field)

    def failed(self, error: Exception) -> None:
        if self.shown is Shown.WAITING:
            self._end_waiting()
        if self.shown is Shown.PAGES and not self.pages.count:  # their list did not come: it is tried again from here
            self._show(Shown.WAYS)
        if self.shown is Shown.WAYS and isinstance(error, TokenShapeError):  # what the password store gave
            self._say_at_field(error.problem)
            return
        if self.shown is Shown.WAYS and is_proof_trouble(error):
            self.entry.ask_for_proof()
        elif self.shown is Shown.PAGES and is_proof_trouble(error):
            self.pages.proof.ask()
        super().failed(error)
        bring_into_view(self.notice)

    # A person's token: which Page?

    def _begin_pages(self, name: str) -> None:
        self.pages.begin(name)
        self._show(Shown.PAGES)

    def _end_pages(self) -> None:
        trouble = self.pages.trouble()
        if trouble is None and self.pages.choose_the_only_one():
            self._use_page()
        elif trouble is None:
            self._focus()
        else:
            if not self.pages.count:
                trouble = self._no_page() or trouble
                self._show(Shown.WAYS)
            self.show_trouble(trouble)

    def _no_page(self) -> FailureText | None:
        """What is said where one logged in with Facebook: it can be asked again."""
        if self.opening.apps is None:
            return None
        from wizard.words import log_in

        self.opening.again = True
        return FailureText(*log_in.no_page_ticked())

    def _use_page(self) -> None:
        page = self.pages.chosen()
        if page is None or page.secret is None or self.is_busy:
            return
        try:
            proof = self.pages.proof.take()
        except ProofShapeError:
            return
        self.opening.use_page(page, proof)

    # A Page's token.

    def _accept(self, opened: Opened) -> None:
        answers = self.opening.with_apps(self._session.accept(opened, self.answers))
        if answers.token_owner is TokenOwner.NONE or answers.token_owner is None:
            answers = with_changes(answers, token_owner=suggested_owner(opened, answers))
        self.remembering.take(opened, self.opening.is_remembered)
        self.answers = answers
        self._show_account()
        self.offer(answers)
        self._focus()
        bring_into_view(self.account.page_line)

    def _show_account(self) -> None:
        opened = self.opening.opened
        assert opened is not None
        self.account.show_account(
            opened,
            self.answers.token_owner,
            self.opening.pasted,
            self.opening.apps is not None,
            self.opening.is_named_by_vendor(),
        )
        self._show(Shown.ACCOUNT)

    def _take_owner(self, owner: TokenOwner) -> None:
        opened = self.opening.opened
        self.account.hint.hide()
        if opened is not None and owner is not self.answers.token_owner:
            self.offer(with_owner(opened, self.answers, owner))

    # Without a token.

    def _go_on_without(self) -> None:
        page = self.ways.without.take()
        if page is None:
            return
        self.opening.opened = None
        self._session.accept_none()
        self._leave(without_token(self.answers, page))


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
        _("Try once more. If it stays so, get a Page access token: “Get a token on Facebook” shows how."),
    )


def _not_forgotten() -> FailureText:
    return FailureText(
        _("The password store of this computer did not remove the token."),
        _("Unlock the store and try again, or remove the entry there."),
    )
