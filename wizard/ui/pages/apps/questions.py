"""The two questions of "Your apps" side by side: what each offers, and which one is to be answered next."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wizard.actions.apps import AppRole, chosen_app, is_said, offered_apps
from wizard.actions.products import is_other_than_said, named_by_person, product_of
from wizard.core.answers import Answers, TokenOwner
from wizard.core.app_id import clean_app_id
from wizard.core.facts import App, Origin, Page
from wizard.core.flow import Problem
from wizard.core.known_apps import page_inbox
from wizard.core.products import live_chat
from wizard.ui.pages.apps.choose_app import FIND, OTHER, AppQuestion
from wizard.ui.services import Services
from wizard.words import guides, steps


class BothQuestions(QObject):
    """`chosen` with AppRole and what `AppQuestion` gives; `typed` and `anyway` with AppRole; `edited`: another App ID
    stands in a field.

    modes: OTHER or FIND where no app is chosen yet, else ""."""

    chosen = Signal(object, str)
    typed = Signal(object)
    anyway = Signal(object)
    edited = Signal()

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = services.session
        self.modes = dict.fromkeys(AppRole, "")
        self.bot, self.live_chat = (AppQuestion(services, is_bot, parent=parent) for is_bot in (True, False))
        self.by_role = {AppRole.BOT: self.bot, AppRole.LIVE_CHAT: self.live_chat}
        for role, question in self.by_role.items():
            question.chosen.connect(partial(self.chosen.emit, role))
            question.typed.connect(partial(self.typed.emit, role))
            question.anyway.connect(partial(self.anyway.emit, role))
            question.by_id.line.textChanged.connect(self.edited)

    def show_products(self, answers: Answers) -> None:
        """What the person calls them, and where Facebook lists their apps."""
        names = guides.names_of(Page(answers.page_id, answers.page_name), answers.bot, answers.live_chat)
        path = guides.paths(guides.APP_LIST, names)[0]
        for role, question in self.by_role.items():
            product = product_of(answers, role)
            if product is not None and product.name:
                question.show_product(product.name, live_chat(product))
            question.ask_name(not answers.has_token)
            question.show_app_list(path, self._session.world.link(path.link))

    def forget_modes(self, answers: Answers) -> None:
        """Where an app is chosen, there is nothing to type or to find."""
        for role in AppRole:
            if chosen_app(answers, role) is not None:
                self.modes[role] = ""

    def show_offered(self, answers: Answers) -> None:
        for role, question in self.by_role.items():
            self._show_apps(answers, role, question)
        is_same = answers.bot is not None and answers.live_chat is not None and answers.bot.id == answers.live_chat.id
        self.live_chat.show_same(steps.problem(Problem.SAME_APP) if is_same else "")

    def _show_apps(self, answers: Answers, role: AppRole, question: AppQuestion) -> None:
        chosen, can_find = chosen_app(answers, role), _can_find(answers, role)
        offered = offered_apps(self._session, answers, role)
        if chosen is not None and chosen.id not in {app.id for app in offered}:
            offered = (*offered, chosen)
        if chosen is None and not self.modes[role] and all(app.id == page_inbox().id for app in offered):
            # Facebook named no other app. It only opens what can be done, and does nothing.
            self.modes[role] = FIND if can_find else OTHER
        is_answered = is_said(answers, role)
        if is_answered and chosen is not None:
            offered = (chosen,)
        key = chosen.id if chosen is not None else self.modes[role]
        question.show_apps(offered, key, can_type=not is_answered, can_find=can_find)
        product = product_of(answers, role)
        is_other = product is not None and is_other_than_said(answers, role)
        question.show_other(product.name if product is not None else "", chosen if is_other else None)
        question.show_unchecked(chosen is not None and chosen.origin is Origin.TYPED and not answers.has_token)

    def pending(self) -> list[AppRole]:
        """Those where an App ID stands in the field and is no answer yet."""
        return [role for role, question in self.by_role.items() if question.is_typing and question.by_id.text()]

    @property
    def is_wrong(self) -> bool:
        return any(question.by_id.problem() for question in self._typing())

    def stuck(self) -> AppQuestion | None:
        """The one whose number is to be put right, or to be looked up, before the main button is pressed."""
        typing = self._typing()
        wrong = [question for question in typing if question.by_id.problem()]
        empty = [question for question in typing if not question.by_id.text()]
        return next(iter(wrong or ([] if self.pending() else empty)), None)

    def _typing(self) -> list[AppQuestion]:
        return [question for question in self.by_role.values() if question.is_typing]

    def nameless(self, answers: Answers, role: AppRole) -> App:
        """The app whose App ID was typed, where Facebook tells no name."""
        question = self.by_role[role]
        return named_by_person(answers, role, App(clean_app_id(question.by_id.text())), question.said_name())

    def fill_next(self) -> None:
        stuck = self.stuck()
        for question in self.by_role.values():
            question.fill(question is stuck)


def _can_find(answers: Answers, role: AppRole) -> bool:
    """Only the bot's token is shown which other app has control."""
    return role is AppRole.LIVE_CHAT and answers.token_owner is TokenOwner.BOT
