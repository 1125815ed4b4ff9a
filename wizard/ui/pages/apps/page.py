"""Step 2: which app is the bot, and which one takes over."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.actions.session import Opened
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.app_id import check_app_id, clean_app_id
from wizard.core.apps import look_up
from wizard.core.cancel import CancelToken
from wizard.core.facts import App, Origin, TokenKind
from wizard.core.flow import Problem, StepId
from wizard.core.known_apps import page_inbox
from wizard.core.ports import Report
from wizard.core.secret import Secret
from wizard.i18n.language import _
from wizard.ui.pages.apps.choose_app import FIND, OTHER, AppQuestion
from wizard.ui.pages.apps.find import FindPanel
from wizard.ui.pages.apps.second_token import SecondToken
from wizard.ui.pages.apps.table import AppTable, WhyMissing
from wizard.ui.pages.base import StepPage
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.pages.log_in.account import app_of
from wizard.ui.pages.log_in.shared import is_proof_trouble
from wizard.ui.services import Services
from wizard.ui.session_at_hand import session_of
from wizard.ui.widgets.disclosure import Disclosure
from wizard.words import steps

_ANSWER_OF: dict[TokenOwner | None, str] = {TokenOwner.BOT: "bot", TokenOwner.LIVE_CHAT: "live_chat"}


class AppsPage(StepPage):
    step = StepId.APPS

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(services, parent)
        self.bot, self.live_chat = AppQuestion(is_bot=True, parent=self), AppQuestion(is_bot=False, parent=self)
        self._modes = {"bot": "", "live_chat": ""}  # OTHER or FIND where no app is chosen yet
        self._is_opening_second = False
        self._goes_on = False  # Next was pressed, and an App ID is looked up first
        self.find_panel = FindPanel(services, parent=self)
        self.find_panel.app_found.connect(partial(self._take, "live_chat"))
        self.live_chat.below.addWidget(self.find_panel)
        self.second = SecondToken(services.clipboard)
        self.second.given.connect(self._open_second)
        self.table, self.why = AppTable(), WhyMissing()
        self.second_part = Disclosure("", self.second, parent=self)
        self.why_part = Disclosure("", self.why, parent=self)
        self.details_part = Disclosure("", self.table, parent=self)
        self.body.addWidget(self.bot)
        self.body.addWidget(self.live_chat)
        more = QVBoxLayout()
        more.setSpacing(0)
        for part in (self.second_part, self.why_part, self.details_part):
            more.addWidget(part)
        self.body.addLayout(more)
        for name, question in self._questions().items():
            question.chosen.connect(partial(self._chosen, name))
            question.typed.connect(partial(self._look_up, name))
            question.anyway.connect(partial(self._take_typed, name))
            question.by_id.line.textChanged.connect(lambda _text: self.footer_changed.emit())

    def _questions(self) -> dict[str, AppQuestion]:
        """By the name of the answer."""
        return {"bot": self.bot, "live_chat": self.live_chat}

    def title(self) -> str:
        return steps.title(self.step)

    def sentence(self) -> str:
        return steps.sentence(self.step)

    def primary_text(self) -> str:
        return _("Next") if self._pending() else ""

    def first_field(self) -> QWidget | None:
        question = self.live_chat if self.answers.bot is not None else self.bot
        if question.is_typing:
            return question.by_id.line
        chosen = question.cards.choice()
        return question.cards.card(chosen) if chosen else question.cards.cards[0]

    def retranslate(self) -> None:
        super().retranslate()
        for question in self._questions().values():
            question.retranslate()
        for part in (self.find_panel, self.second, self.table, self.why):
            part.retranslate()
        self.second_part.set_title(_("I have a token of the other app"))
        self.why_part.set_title(_("Why is my app not here?"))
        self.details_part.set_title(_("Details: all apps the wizard knows"))
        self._show_apps()

    # Moving.

    def enter(self, answers: Answers) -> None:
        super().enter(answers)
        own = answers.token_app
        if own is not None and answers.token_owner is TokenOwner.BOT and answers.bot is None:
            self.offer(with_changes(answers, bot=own))
        elif own is not None and answers.token_owner is TokenOwner.LIVE_CHAT and answers.live_chat is None:
            self.offer(with_changes(answers, live_chat=own))

    def show_answers(self, answers: Answers) -> None:
        super().show_answers(answers)
        for name in self._modes:
            if getattr(answers, name) is not None:
                self._modes[name] = ""
        self._show_apps()

    def primary(self) -> None:
        if pending := self._pending():
            self._goes_on = True
            self._look_up(pending[0], goes_on=True)
        else:
            self.step_done.emit()

    def stop_work(self) -> None:
        self.find_panel.stop()
        super().stop_work()

    # The cards.

    def _show_apps(self) -> None:
        answers = self.answers
        apps = session_of(self.services).apps(answers)
        for name, question in self._questions().items():
            other = answers.live_chat if name == "bot" else answers.bot
            own = getattr(answers, name)
            offered = [app for app in apps if self._may_be(name, app) and (other is None or app.id != other.id)]
            if own is not None and own.id not in {app.id for app in offered}:
                offered.append(own)
            if own is None and not self._modes[name] and all(app.id == page_inbox().id for app in offered):
                self._modes[name] = OTHER  # Facebook named no other, so most people have an App ID to type
            is_said = self._is_said(name)
            if is_said and own is not None:
                offered = [own]
            chosen = own.id if own is not None else self._modes[name]
            question.show_apps(offered, chosen, can_type=not is_said, can_find=self._can_find(name))
        is_same = answers.bot is not None and answers.live_chat is not None and answers.bot.id == answers.live_chat.id
        self.live_chat.show_same(steps.problem(Problem.SAME_APP) if is_same else "")
        is_finding = self.live_chat.cards.choice() == FIND
        if is_finding:
            self.find_panel.show_for(answers)
        else:
            self.find_panel.stop()
        self.find_panel.setVisible(is_finding)
        self.second_part.setVisible(answers.has_token)
        self.table.show_apps(apps)
        self.footer_changed.emit()

    def _may_be(self, name: str, app: App) -> bool:
        """Whether the app is offered as an answer: the Page Inbox is no bot, and an app that is said to be neither
        stands only in the details."""
        answers = self.answers
        if name == "bot" and app.id == page_inbox().id:
            return False
        is_own = answers.token_app is not None and app.id == answers.token_app.id
        return not is_own or answers.token_owner is None or _ANSWER_OF.get(answers.token_owner) == name

    def _is_said(self, name: str) -> bool:
        """Whether the person has answered this question already, by saying whose token it is."""
        own, app = self.answers.token_app, getattr(self.answers, name)
        owner = self.answers.token_owner
        return own is not None and app is not None and own.id == app.id and _ANSWER_OF.get(owner) == name

    def _can_find(self, name: str) -> bool:
        """Only the bot's token is shown which other app has control."""
        return name == "live_chat" and self.answers.token_owner is TokenOwner.BOT

    def _chosen(self, name: str, key: str) -> None:
        self._goes_on = False
        if key in (OTHER, FIND):
            self._modes[name] = key
            self.offer(with_changes(self.answers, **{name: None}))
            self._show_apps()
            if key == OTHER:
                question = self._questions()[name]
                if question.cards.card(OTHER).underMouse():  # arrow keys must be able to walk past this card
                    question.by_id.line.setFocus()
                bring_into_view(self._questions()[name].add_button)
            else:
                bring_into_view(self.find_panel)
            return
        app = next((app for app in session_of(self.services).apps(self.answers) if app.id == key), None)
        if app is not None and getattr(self.answers, name) != app:
            self.offer(with_changes(self.answers, **{name: app}))

    # An App ID that is typed.

    def _pending(self) -> list[str]:
        """The questions where an App ID stands in the field and is no answer yet."""
        return [name for name, question in self._questions().items() if question.is_typing and question.by_id.text()]

    def _look_up(self, name: str, goes_on: bool = False) -> None:
        self._goes_on = goes_on
        answers, question = self.answers, self._questions()[name]
        session = session_of(self.services)
        app_id = clean_app_id(question.by_id.text())
        known = session.apps(answers)
        problem = check_app_id(
            app_id,
            page_id=answers.page_id,
            bot_id=answers.bot.id if answers.bot is not None and name != "bot" else "",
            live_chat_id=answers.live_chat.id if answers.live_chat is not None and name != "live_chat" else "",
            known=known,
        )
        if problem is not None:
            question.show_problem(problem)
            bring_into_view(question.by_id)
            return
        question.by_id.clear_problem()
        of_known = next((app for app in known if app.id == app_id), None)
        if of_known is not None or not answers.has_token:
            self._take(name, of_known or App(app_id, origin=Origin.TYPED))
            return

        def looked_up(found: object) -> None:
            if isinstance(found, App):
                self._take(name, found)
            else:
                question.show_doubt()
                bring_into_view(question.doubt)

        self._is_opening_second = False
        self.run_untyped(
            lambda cancel, _report: look_up(session.graph_of(answers.token_name, cancel), app_id),
            looked_up,
            _("Asking Facebook for the name of this app"),
        )

    def _take_typed(self, name: str) -> None:
        self._take(name, App(clean_app_id(self._questions()[name].by_id.text()), origin=Origin.TYPED))

    def _take(self, name: str, app: App) -> None:
        session_of(self.services).add_app(app)
        self._questions()[name].by_id.set_text("")
        self._modes[name] = ""
        goes_on, self._goes_on = self._goes_on, False
        self.offer(with_changes(self.answers, **{name: app}))
        self._show_apps()
        if goes_on and (pending := self._pending()):
            self._look_up(pending[0], goes_on=True)
        elif goes_on:
            self.step_done.emit()

    # A second token.

    def _open_second(self, secret: Secret, proof: Secret | None) -> None:
        session, page_id = session_of(self.services), self.answers.page_id
        first = self.answers.token_app

        def work(cancel: CancelToken, _report: Report) -> Opened:
            opened = session.open_token(secret, proof, cancel)
            identity, app = opened.facts.identity.value, app_of(opened)
            is_fitting = opened.kind is TokenKind.PAGE and identity is not None and identity.id == page_id
            if is_fitting and app is not None and (first is None or app.id != first.id):
                session.keep(opened, False)  # in memory, for the test
            return opened

        self.run_untyped(work, self._second_opened, _("Asking Facebook about the token"))
        self._is_opening_second = True

    def failed(self, error: Exception) -> None:
        if self._is_opening_second and is_proof_trouble(error):
            self.second.proof.ask()
        super().failed(error)

    def _second_opened(self, opened: object) -> None:
        assert isinstance(opened, Opened)
        answers, app, identity = self.answers, app_of(opened), opened.facts.identity.value
        problem = ""
        if opened.kind is not TokenKind.PAGE or identity is None or app is None:
            problem = _("This is not the token of a Page. Paste a Page access token of the other app.")
        elif identity.id != answers.page_id:
            problem = _("This token is for the Page {other}, not for {page}. Paste one for {page}.").format(
                other=identity.name or identity.id, page=answers.page_name or answers.page_id
            )
        elif answers.token_app is not None and app.id == answers.token_app.id:
            problem = _("This token belongs to the same app as the first one. Paste one of the other app.")
        if problem or app is None:
            self.second.field.show_problem(problem)
            self.second.secret.line.setFocus()
            return
        session_of(self.services).accept_second(opened)
        self.second.clear()
        self.second_part.open(False)
        name = "live_chat" if answers.token_owner is TokenOwner.BOT else "bot"
        if answers.token_owner is TokenOwner.NEITHER:
            self._show_apps()
        else:
            self._take(name, app)
