"""Log in: whose Page it is. One question, how to log in; then which Page, and whose the app of the token is."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from wizard.actions.log_in import is_proof_trouble, suggested_owner, with_owner, without_token
from wizard.actions.products import needs_somebody
from wizard.actions.token_sources import RememberedTokenSource, TokenShapeError
from wizard.actions.tokens import Opened, RememberedToken
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.facts import TokenKind
from wizard.core.flow import open_step
from wizard.core.token_shape import TokenShape
from wizard.ui.layout import laid_out_once
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.log_in.known_before import KnownBefore
from wizard.ui.pages.log_in.said import not_forgotten, unknown_kind
from wizard.ui.pages.log_in.view import LogInView, Shown
from wizard.ui.pages.log_in.ways import Way
from wizard.ui.pages.log_in.which_page import WhichPage
from wizard.ui.pages.log_in.with_facebook import WithFacebook
from wizard.ui.services import Services
from wizard.ui.widgets.cards import Card
from wizard.words.fields import token_problem_text

_PAUSE_MS = 100  # the page is shown, and at rest
_DEAD = frozenset({ErrorKind.TOKEN_EXPIRED, ErrorKind.TOKEN_REVOKED, ErrorKind.TOKEN_INVALID})


class LogInPage(LogInView):
    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = services.session
        self.known, self.which_page, self.with_facebook = KnownBefore(self), WhichPage(self), WithFacebook(self)
        self._connect()
        self.show_part(Shown.WAYS)

    def _connect(self) -> None:
        self.ways.token.token_given.connect(self._open_pasted)
        self.entry.secret.changed.connect(self._take_typed)
        self.get_token.followed.connect(self._follow)
        self.ways.way_chosen.connect(self._take_way)
        self.remembered_list.chosen.connect(self._open_remembered)
        self.remembered_list.forgotten.connect(lambda token: self.remembering.forget(token.name))
        self.known.token_found.connect(self._open_remembered)
        self.remembering.failed.connect(self.failed)
        self.remembering.not_forgotten.connect(lambda: self.show_trouble(not_forgotten))
        self.account.owner_chosen.connect(self._take_owner)
        self.opening.page_opened.connect(self._accept)
        self.opening.is_no_pages.connect(self._refuse)

    # Moving.

    def prepare(self, answers: Answers) -> Iterator[None]:
        self.known.read_log_ins()
        yield
        yield from self.get_token.prepare()
        for way in (Way.ASK, Way.WITHOUT):  # each has a form of its own
            yield
            self.ways.prepare(way)

    def enter(self, answers: Answers) -> None:
        super().enter(answers)
        self.ways.show_answers(answers)
        self.known.say_last_time()
        self.show_part(self.shown)
        opened = self.opening.opened
        is_current = opened is not None and self._session.tokens.name_of(opened) == answers.token_name
        is_first = self.goes_on is None
        if is_first:
            self.goes_on = bool(answers.page_id) and not answers.token_name
        was_without = is_first and self.goes_on and answers.token_app is None
        if answers.token_owner is TokenOwner.NONE or was_without:
            self.ways.without.show_page(answers.page_name, answers.page_id)
            self.ways.choose(Way.WITHOUT)
            self.show_part(Shown.WAYS)
        elif is_current and self._session.facts.token is not None:
            self._show_account()
        elif self.shown is Shown.ACCOUNT:  # the answers were started anew
            self.opening.opened = None
            self.show_part(Shown.WAYS)
        elif is_first and needs_somebody(answers) and not self.entry.secret.text() and not self.ways.has_files:
            self.known.suggested = Way.ASK
            self.ways.choose(Way.ASK)
            self.show_part(Shown.WAYS)
        self.known.read()
        QTimer.singleShot(_PAUSE_MS, self, lambda: list(self.get_token.prepare()))

    def primary(self) -> None:
        if self.shown is Shown.PAGES:
            self.which_page.use_chosen()
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
        goes_on, self.goes_on = self.goes_on, False
        if goes_on:
            self.offer(answers)
            self.step_wanted.emit(open_step(answers))
        else:
            self.finish(answers)

    def _go_the_way(self) -> None:
        way = self.ways.way()
        if way in (Way.FACEBOOK, Way.OWN_APP):
            self.with_facebook.begin()
        elif way is Way.TOKEN and self.gets_token:
            with laid_out_once(self):
                self.get_token.follow()
        elif way is Way.TOKEN:
            self._open_pasted()
        elif way is Way.ASK:
            self.ways.ask.copy()
        else:
            self._go_on_without()

    def secondary(self) -> None:
        self.clear_trouble()
        if self.shown is Shown.WAYS:
            done, self.lacking = (self.lacking, None) if self.is_lacking else (None, self.lacking)
            if done is not None:
                self.opening.go_on_with(done)
            elif self.ways.way() is Way.ASK:
                self.ways.ask.write_mail()
        elif self.has_more_pages:
            self.show_part(Shown.PAGES)
            self.focus()
        else:
            self.stop_work()
            self.opening.again = self.shown is Shown.PAGES and self.opening.apps is not None
            self.show_part(Shown.WAYS)
            self.focus()
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

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        self.show_ready()

    def _take_way(self, way: Way) -> None:
        self.clear_trouble()
        if way not in (Way.FACEBOOK, Way.OWN_APP):
            self.lacking, self.opening.again = None, False
        if isinstance(self.focusWidget(), Card):  # a person chose it; else the page opens at its top
            bring_into_view(self.ways.first_part())
        self.show_ready()
        self.footer_changed.emit()

    # A token.

    def _take_typed(self) -> None:
        """Another token stands in the field, or none."""
        self.is_dead = False
        self.show_ready()
        self.footer_changed.emit()

    def _follow(self) -> None:
        """The browser shows where tokens are made: the field waits for a new one."""
        self.clear_trouble()
        if self.is_dead:
            self.entry.secret.clear()
        self._take_typed()

    def _open_pasted(self) -> None:
        if self.is_busy or self.shown is not Shown.WAYS:
            return
        self.clear_trouble()
        source = self.entry.source()
        if source is not None:
            self.opening.open(source, pasted=self.entry.secret.text())
        else:
            self.show_ready()

    def _open_remembered(self, token: RememberedToken) -> None:
        self.opening.open(RememberedTokenSource(self._session.tokens, token.name))

    def _refuse(self, kind: TokenKind) -> None:
        self.show_part(Shown.WAYS)
        if kind is TokenKind.APP:
            self._say_at_field(TokenShape.IS_APP_TOKEN)
        else:
            self.show_trouble(unknown_kind)

    def _say_at_field(self, problem: TokenShape) -> None:
        self.ways.choose(Way.TOKEN)
        self.entry.field.show_problem(partial(token_problem_text, problem))
        bring_into_view(self.entry.field)

    def failed(self, error: Exception) -> None:
        self.can_repeat = isinstance(error, WizardError) and error.failure.is_transport_error
        if self.shown is Shown.WAITING:
            self.with_facebook.end()
        self.which_page.leave_empty_list()
        if self.shown is Shown.WAYS and isinstance(error, TokenShapeError):  # what the password store gave
            self._say_at_field(error.problem)
            return
        if isinstance(error, WizardError) and error.kind is ErrorKind.LOG_IN_ENDED and self.ways.has_files:
            self.ways.choose(Way.FACEBOOK)
        if self.shown is Shown.WAYS and is_proof_trouble(error):
            self.ways.choose(Way.TOKEN)
            self.entry.ask_for_proof()
        elif self.shown is Shown.PAGES and is_proof_trouble(error):
            self.pages.proof.ask()
        super().failed(error)
        is_in_field = self.shown is Shown.WAYS and self.ways.way() is Way.TOKEN and bool(self.entry.secret.text())
        self.is_dead = is_in_field and isinstance(error, WizardError) and error.kind in _DEAD
        self.show_ready()
        self.footer_changed.emit()
        bring_into_view(self.entry.secret if is_in_field else self.notice)

    # A Page's token.

    def _accept(self, opened: Opened) -> None:
        answers = self.opening.with_apps(self._session.accept(opened, self.answers))
        if answers.token_owner is TokenOwner.NONE or answers.token_owner is None:
            answers = with_changes(answers, token_owner=suggested_owner(opened, answers))
        self.remembering.take(opened, self.opening.is_remembered)
        self.answers = answers
        self._show_account()
        self.offer(answers)
        self.focus()
        bring_into_view(self.account.page_line)
        self.account.page_line.announce()

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
        self.show_part(Shown.ACCOUNT)

    def _take_owner(self, owner: TokenOwner) -> None:
        opened = self.opening.opened
        self.account.hint.hide()
        if opened is not None and owner is not self.answers.token_owner:
            self.offer(with_owner(opened, self.answers, owner))

    # Without a token.

    def _go_on_without(self) -> None:
        page = self.ways.without.take()
        if page is None:
            bring_into_view(self.ways.without)
            return
        self.opening.opened = None
        self._session.accept_none()
        self._leave(without_token(self.answers, page))
