"""Your apps: which app is the bot, and which one takes over."""

from collections.abc import Iterator
from functools import cached_property, partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from wizard.actions.apps import (
    AppRole,
    check_typed_app,
    chosen_app,
    look_up_app,
    role_of_token,
    with_app,
    with_app_of_token,
)
from wizard.actions.log_in import is_proof_trouble
from wizard.actions.products import with_app_of_product
from wizard.core.answers import Answers, TokenOwner
from wizard.core.facts import App
from wizard.core.flow import SETUP, Problem, StepId
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.layout import column, laid_out_once
from wizard.ui.pages.apps.choose_app import FIND, OTHER
from wizard.ui.pages.apps.find import FindDraft, FindPanel
from wizard.ui.pages.apps.questions import BothQuestions
from wizard.ui.pages.apps.second_token import OpeningSecond, SecondTokenPanel
from wizard.ui.pages.apps.table import AppTable, WhyMissing
from wizard.ui.pages.base import Draft, StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.services import Services
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.text import Text
from wizard.words import steps
from wizard.words.asking import app_name


class AppsPage(StepPage):
    step = StepId.APPS

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self._session = services.session
        self.questions = BothQuestions(services, self)
        self.bot, self.live_chat = self.questions.bot, self.questions.live_chat
        self.opening_second = OpeningSecond(self)
        self.opening_second.opened.connect(self._second_opened)
        self._goes_on = False  # Next was pressed, and an App ID is looked up first
        self._is_whole = False
        self.body.addWidget(self.bot)
        self.body.addWidget(self.live_chat)
        self.questions.chosen.connect(self._chosen)
        self.questions.typed.connect(self._look_up)
        self.questions.anyway.connect(lambda role: self._take(role, self.questions.nameless(self.answers, role)))
        self.questions.edited.connect(self._show_missing)
        self.questions.edited.connect(self._fill_next)

    @cached_property
    def find_panel(self) -> FindPanel:
        panel = FindPanel(self.services, parent=self)
        panel.app_found.connect(partial(self._take, AppRole.LIVE_CHAT))
        panel.next_changed.connect(self.footer_changed)
        return panel

    @cached_property
    def second(self) -> SecondTokenPanel:
        panel = SecondTokenPanel(self.services.clipboard, parent=self)
        panel.given.connect(self.opening_second.open)
        self.opening_second.refused.connect(panel.show_problem)
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

    def primary_text(self) -> str:
        if self.questions.pending():
            return "" if self.questions.is_wrong else _("Next")
        return self.find_panel.next_text if self._is_finding else ""

    def is_primary_next(self) -> bool:
        if self.questions.stuck() is not None:
            return False
        return bool(self.questions.pending()) or not self._is_finding or self.find_panel.is_next

    def _fill_next(self) -> None:
        self.questions.fill_next()
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
        self.questions.show_products(answers)
        yield
        chosen = dict(self.questions.modes)  # what is chosen by itself goes by the answers when the page is entered
        self.show_answers(self.filled(answers))
        self.questions.modes = chosen

    def filled(self, answers: Answers) -> Answers:
        return with_app_of_product(with_app_of_token(answers))

    def enter(self, answers: Answers) -> None:
        self._make_rest()
        self.questions.show_products(answers)
        super().enter(answers)

    def draft(self) -> Draft:
        return super().draft()._replace(work=(dict(self.questions.modes), self.find_panel.draft()))

    def take_over(self, work: tuple[dict[AppRole, str], FindDraft]) -> None:
        self._make_rest()
        self.questions.modes, find = work
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
        self.questions.forget_modes(answers)
        self._show_apps()

    def primary(self) -> None:
        if pending := self.questions.pending():
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

    def _show_apps(self) -> None:
        with laid_out_once(self):
            self._show_offered()
        self._fill_next()

    def _show_offered(self) -> None:
        answers = self.answers
        self.questions.show_offered(answers)
        if self._is_finding:
            self.find_panel.show_for(answers)
        else:
            self.find_panel.stop()
        self.second_part.setVisible(answers.has_token)
        self.table.show_apps(self._session.apps(answers))
        self._show_missing()

    def _show_missing(self) -> None:
        lacking = [] if self.questions.pending() else SETUP.problems(StepId.APPS, self.answers)
        self.missing.set_text(" ".join(steps.problem(one) for one in lacking if one is not Problem.SAME_APP))

    def _chosen(self, role: AppRole, key: str) -> None:
        self._goes_on = False
        if key in (OTHER, FIND):
            self.questions.modes[role] = key
            self._offer_and_show(with_app(self.answers, role, None))
            if key == OTHER:
                bring_into_view(self.questions.by_role[role].add_button)
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

    def _look_up(self, role: AppRole, goes_on: bool = False) -> None:
        question = self.questions.by_role[role]
        if not question.by_id.text().strip():  # nothing is wrong yet
            question.by_id.line.setFocus()
            return
        self._goes_on = goes_on
        answers, session = self.answers, self._session
        typed = check_typed_app(session, answers, role, question.by_id.text())
        if typed.problem is not None:
            question.show_problem(typed.problem)
            bring_into_view(question.by_id)
            self._fill_next()
            return
        question.by_id.clear_problem()
        if typed.known is not None or not answers.has_token:
            self._take(role, typed.known or self.questions.nameless(answers, role))
            return

        def looked_up(app: App | None) -> None:
            if app is not None:
                self._take(role, app)
            else:
                question.show_doubt()
                bring_into_view(question.doubt)

        self.opening_second.is_last = False
        self.run(
            lambda job: look_up_app(session, answers, typed.app_id, job.cancel),
            looked_up,
            _("Asking Facebook for the name of this app"),
        )

    def _take(self, role: AppRole, app: App) -> None:
        self._session.add_app(app)
        self.questions.by_role[role].by_id.set_text("")
        self.questions.modes[role] = ""
        goes_on, self._goes_on = self._goes_on, False
        answers, pending = with_app(self.answers, role, app), self.questions.pending()
        if goes_on and not pending:
            self.finish(answers)
            return
        self._offer_and_show(answers)
        self.questions.by_role[role].show_chosen()
        if goes_on:
            self._look_up(pending[0], goes_on=True)
        else:
            self._show_taken(role, app)

    def _show_taken(self, role: AppRole, app: App) -> None:
        """What was found is said, seen, and has the keyboard."""
        card = self.questions.by_role[role].cards.card(app.id)
        announce(card, _("{app} is chosen.").format(app=app_name(app)))
        bring_into_view(card)
        card.setFocus(Qt.FocusReason.OtherFocusReason)

    # A second token.

    def failed(self, error: Exception) -> None:
        if self.opening_second.is_last and is_proof_trouble(error):
            self.second.proof.ask()
        super().failed(error)

    def _second_opened(self, app: App) -> None:
        self.second.clear()
        self.second_part.open(False)
        role = role_of_token(self.answers)
        if self.answers.token_owner is TokenOwner.NEITHER:
            self._show_apps()
        else:
            self._take(role.other if role is not None else AppRole.BOT, app)
