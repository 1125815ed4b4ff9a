"""Your apps: which app is the bot, and which one takes over."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wizard.actions.apps import (
    AppRole,
    check_typed_app,
    chosen_app,
    is_said,
    look_up_app,
    offered_apps,
    role_of_token,
    with_app,
    with_app_of_token,
)
from wizard.actions.log_in import SecondToken, SecondTokenProblem, is_proof_trouble, open_second_token
from wizard.actions.products import is_other_than_said, named_by_person, product_of, with_app_of_product
from wizard.actions.token_sources import TokenSource
from wizard.core.answers import Answers, TokenOwner
from wizard.core.app_id import clean_app_id
from wizard.core.facts import App, Origin, Page
from wizard.core.flow import SETUP, Problem, StepId
from wizard.core.known_apps import page_inbox
from wizard.core.products import live_chat
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.layout import column, laid_out_once
from wizard.ui.pages.apps.choose_app import FIND, OTHER, AppQuestion
from wizard.ui.pages.apps.find import FindDraft, FindPanel
from wizard.ui.pages.apps.second_token import SecondTokenPanel
from wizard.ui.pages.apps.table import AppTable, WhyMissing
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.services import Services
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.text import Text
from wizard.words import guides, steps
from wizard.words.asking import app_name


class AppsPage(StepPage):
    step = StepId.APPS

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = services.session
        self.bot, self.live_chat = (AppQuestion(services, is_bot, parent=self) for is_bot in (True, False))
        self._modes = dict.fromkeys(AppRole, "")  # OTHER or FIND where no app is chosen yet
        self._is_opening_second = False
        self._goes_on = False  # Next was pressed, and an App ID is looked up first
        self._is_whole = False
        self.body.addWidget(self.bot)
        self.body.addWidget(self.live_chat)
        for role, question in self._questions().items():
            question.chosen.connect(partial(self._chosen, role))
            question.typed.connect(partial(self._look_up, role))
            question.anyway.connect(lambda role=role: self._take(role, self._nameless(role)))
            question.by_id.line.textChanged.connect(self._typed_on)

    def _typed_on(self, _text: str) -> None:
        self._show_missing()
        self._fill_next()

    @cached_property
    def find_panel(self) -> FindPanel:
        panel = FindPanel(self.services, parent=self)
        panel.app_found.connect(partial(self._take, AppRole.LIVE_CHAT))
        panel.next_changed.connect(self.footer_changed)
        return panel

    @cached_property
    def second(self) -> SecondTokenPanel:
        panel = SecondTokenPanel(self.services.clipboard, parent=self)
        panel.given.connect(self._open_second)
        return panel

    def _make_rest(self) -> None:
        """What only some people unfold. All of it at once would hold the window up."""
        if self._is_whole:
            return
        self._is_whole = True
        self.missing = Text(role="muted")
        self.live_chat.cards.unfold(FIND, self.find_panel)
        self.table, self.why = AppTable(), WhyMissing()
        self.second_part = Disclosure(_("I have a token of the other app"), self.second, parent=self)
        self.why_part = Disclosure(_("Why is my app not here?"), self.why, parent=self)
        self.details_part = Disclosure(_("Details: all apps the wizard knows"), self.table, parent=self)
        more = column(spacing=0)
        for part in (self.second_part, self.why_part, self.details_part):
            more.addWidget(part)
        self.body.addWidget(self.missing)
        self.body.addLayout(more)

    def _questions(self) -> dict[AppRole, AppQuestion]:
        return {AppRole.BOT: self.bot, AppRole.LIVE_CHAT: self.live_chat}

    def primary_text(self) -> str:
        if self._pending():
            return "" if self._is_wrong else _("Next")
        return self.find_panel.next_text if self._is_finding else ""

    def is_primary_next(self) -> bool:
        if self._stuck() is not None:
            return False
        return bool(self._pending()) or not self._is_finding or self.find_panel.is_next

    @property
    def _is_wrong(self) -> bool:
        return any(question.by_id.problem() for question in self._questions().values() if question.is_typing)

    def _stuck(self) -> AppQuestion | None:
        """The question whose number is to be put right, or to be looked up, before the main button is pressed."""
        typing = [question for question in self._questions().values() if question.is_typing]
        wrong = [question for question in typing if question.by_id.problem()]
        empty = [question for question in typing if not question.by_id.text()]
        return next(iter(wrong or ([] if self._pending() else empty)), None)

    def _fill_next(self) -> None:
        stuck = self._stuck()
        for question in self._questions().values():
            question.fill(question is stuck)
        self.footer_changed.emit()

    @property
    def _is_finding(self) -> bool:
        return self._is_whole and self.live_chat.cards.choice() == FIND

    def first_field(self) -> QWidget | None:
        question = self.live_chat if self.answers.bot is not None else self.bot
        if question.is_typing:
            return question.by_id.line
        chosen = question.cards.choice()
        return question.cards.card(chosen) if chosen else None  # the keyboard’s frame would look like a choice

    # Moving.

    def prepare(self, answers: Answers) -> Iterator[None]:
        self.find_panel.ensurePolished()
        if answers.page_id and answers.live_chat is None:  # its code takes long to make
            self.find_panel.show_for(answers)
        yield
        self.second.ensurePolished()
        yield
        self._make_rest()
        if answers.token_owner is None:
            return
        yield
        self._show_products(answers)
        yield
        chosen = dict(self._modes)  # what is chosen by itself goes by the answers when the page is entered
        self.show_answers(self.filled(answers))
        self._modes = chosen

    def filled(self, answers: Answers) -> Answers:
        return with_app_of_product(with_app_of_token(answers))

    def enter(self, answers: Answers) -> None:
        self._make_rest()
        self._show_products(answers)
        super().enter(answers)

    def draft(self) -> Draft:
        return replace(super().draft(), work=(dict(self._modes), self.find_panel.draft()))

    def take_over(self, work: tuple[dict[AppRole, str], FindDraft]) -> None:
        self._make_rest()
        self._modes, find = work
        self.find_panel.restore_draft(find)

    def restore_draft(self, draft: Draft) -> None:
        self.second.blockSignals(True)  # nobody pasted just now, so nothing is asked of Facebook
        super().restore_draft(draft)
        self.second.blockSignals(False)
        self._fill_next()
        if draft.work[1].goes_on and self.find_panel.isVisibleTo(self):
            self.find_panel.go_on()

    def speak_anew(self) -> None:
        super().speak_anew()
        self.find_panel.end_for_another_language()

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        for role in AppRole:
            if chosen_app(answers, role) is not None:
                self._modes[role] = ""
        self._show_apps()

    def primary(self) -> None:
        if pending := self._pending():
            self._goes_on = True
            self._look_up(pending[0], goes_on=True)
        elif self._is_finding:
            self.find_panel.do_next()
        else:
            self.step_done.emit()

    def stop_work(self) -> None:
        self.find_panel.stop()
        super().stop_work()

    # The cards.

    def _show_products(self, answers: Answers) -> None:
        """What the person calls them, and where Facebook lists their apps."""
        names = guides.names_of(Page(answers.page_id, answers.page_name), answers.bot, answers.live_chat)
        path = guides.paths(guides.APP_LIST, names)[0]
        for role, question in self._questions().items():
            product = product_of(answers, role)
            if product is not None and product.name:
                question.show_product(product.name, live_chat(product))
            question.ask_name(not answers.has_token)
            question.show_app_list(path, self._session.world.link(path.link))

    def _show_apps(self) -> None:
        with laid_out_once(self):
            self._show_offered()
        self._fill_next()

    def _show_offered(self) -> None:
        answers = self.answers
        for role, question in self._questions().items():
            chosen = chosen_app(answers, role)
            offered = offered_apps(self._session, answers, role)
            if chosen is not None and chosen.id not in {app.id for app in offered}:
                offered = (*offered, chosen)
            if chosen is None and not self._modes[role] and all(app.id == page_inbox().id for app in offered):
                # Facebook named no other app. It only opens what can be done, and does nothing.
                self._modes[role] = FIND if self._can_find(role) else OTHER
            is_answered = is_said(answers, role)
            if is_answered and chosen is not None:
                offered = (chosen,)
            key = chosen.id if chosen is not None else self._modes[role]
            question.show_apps(offered, key, can_type=not is_answered, can_find=self._can_find(role))
            product = product_of(answers, role)
            is_other = product is not None and is_other_than_said(answers, role)
            question.show_other(product.name if product is not None else "", chosen if is_other else None)
            question.show_unchecked(chosen is not None and chosen.origin is Origin.TYPED and not answers.has_token)
        is_same = answers.bot is not None and answers.live_chat is not None and answers.bot.id == answers.live_chat.id
        self.live_chat.show_same(steps.problem(Problem.SAME_APP) if is_same else "")
        if self._is_finding:
            self.find_panel.show_for(answers)
        else:
            self.find_panel.stop()
        self.second_part.setVisible(answers.has_token)
        self.table.show_apps(self._session.apps(answers))
        self._show_missing()

    def _show_missing(self) -> None:
        lacking = [] if self._pending() else SETUP.problems(StepId.APPS, self.answers)
        self.missing.set_text(" ".join(steps.problem(one) for one in lacking if one is not Problem.SAME_APP))

    def _can_find(self, role: AppRole) -> bool:
        """Only the bot's token is shown which other app has control."""
        return role is AppRole.LIVE_CHAT and self.answers.token_owner is TokenOwner.BOT

    def _chosen(self, role: AppRole, key: str) -> None:
        self._goes_on = False
        if key in (OTHER, FIND):
            self._modes[role] = key
            self._offer_and_show(with_app(self.answers, role, None))
            if key == OTHER:
                bring_into_view(self._questions()[role].add_button)
            else:
                bring_into_view(self.find_panel)
            return
        app = next((app for app in self._session.apps(self.answers) if app.id == key), None)
        if app is not None and chosen_app(self.answers, role) != app:
            self.offer(with_app(self.answers, role, app))

    def _offer_and_show(self, answers: Answers) -> None:
        """Other answers are shown when they are offered."""
        if answers != self.answers:
            self.offer(answers)
        else:
            self._show_apps()

    # An App ID that is typed.

    def _pending(self) -> list[AppRole]:
        """The questions where an App ID stands in the field and is no answer yet."""
        return [role for role, question in self._questions().items() if question.is_typing and question.by_id.text()]

    def _look_up(self, role: AppRole, goes_on: bool = False) -> None:
        if not self._questions()[role].by_id.text().strip():  # nothing is wrong yet
            self._questions()[role].by_id.line.setFocus()
            return
        self._goes_on = goes_on
        answers, question, session = self.answers, self._questions()[role], self._session
        typed = check_typed_app(session, answers, role, question.by_id.text())
        if typed.problem is not None:
            question.show_problem(typed.problem)
            bring_into_view(question.by_id)
            self._fill_next()
            return
        question.by_id.clear_problem()
        if typed.known is not None or not answers.has_token:
            self._take(role, typed.known or self._nameless(role))
            return

        def looked_up(app: App | None) -> None:
            if app is not None:
                self._take(role, app)
            else:
                question.show_doubt()
                bring_into_view(question.doubt)

        self._is_opening_second = False
        self.run(
            lambda job: look_up_app(session, answers, typed.app_id, job.cancel),
            looked_up,
            _("Asking Facebook for the name of this app"),
        )

    def _nameless(self, role: AppRole) -> App:
        """The app whose App ID was typed, where Facebook tells no name."""
        question = self._questions()[role]
        app = App(clean_app_id(question.by_id.text()))
        return named_by_person(self.answers, role, app, question.said_name())

    def _take(self, role: AppRole, app: App) -> None:
        self._session.add_app(app)
        self._questions()[role].by_id.set_text("")
        self._modes[role] = ""
        goes_on, self._goes_on = self._goes_on, False
        answers, pending = with_app(self.answers, role, app), self._pending()
        if goes_on and not pending:
            self.finish(answers)
            return
        self._offer_and_show(answers)
        self._questions()[role].show_chosen()
        if goes_on:
            self._look_up(pending[0], goes_on=True)
        else:
            self._show_taken(role, app)

    def _show_taken(self, role: AppRole, app: App) -> None:
        """What was found is said, seen, and has the keyboard."""
        card = self._questions()[role].cards.card(app.id)
        announce(card, _("{app} is chosen.").format(app=app_name(app)))
        bring_into_view(card)
        card.setFocus(Qt.FocusReason.OtherFocusReason)

    # A second token.

    def _open_second(self, source: TokenSource) -> None:
        session, answers = self._session, self.answers
        self.run(
            lambda job: open_second_token(session, answers, source, job.cancel),
            self._second_opened,
            _("Asking Facebook about the token"),
        )
        self._is_opening_second = True

    def failed(self, error: Exception) -> None:
        if self._is_opening_second and is_proof_trouble(error):
            self.second.proof.ask()
        super().failed(error)

    def _second_opened(self, second: SecondToken) -> None:
        answers, app = self.answers, second.opened.app
        if second.problem is not None or app is None:
            self.second.show_problem(partial(_second_token_problem, second, answers))
            return
        self._session.accept_second(second.opened)
        self.second.clear()
        self.second_part.open(False)
        role = role_of_token(answers)
        if answers.token_owner is TokenOwner.NEITHER:
            self._show_apps()
        else:
            self._take(role.other if role is not None else AppRole.BOT, app)


def _second_token_problem(second: SecondToken, answers: Answers) -> str:
    if second.problem is SecondTokenProblem.OTHER_PAGE:
        return _("This token is for the Page {other}, not for {page}. Paste one for {page}.").format(
            other=second.opened.page_name or second.opened.page_id, page=answers.page_name or answers.page_id
        )
    if second.problem is SecondTokenProblem.SAME_APP:
        return _("This token belongs to the same app as the first one. Paste one of the other app.")
    return _("This is not the token of a Page. Paste a Page access token of the other app.")
