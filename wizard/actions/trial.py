"""The test of a handover: which token plays which side, part A and then part B or the test by eye, and restoring the
conversation after an interruption.

Nothing here changes the session: results go to whoever started the test, as they come.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from wizard.actions.session import Session
from wizard.core import limits
from wizard.core.answers import Answers, TokenOwner
from wizard.core.apps import named
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.errors import WizardError
from wizard.core.facts import App
from wizard.core.known_apps import page_inbox
from wizard.core.pending import PendingTest
from wizard.core.ports import GraphApi, Person
from wizard.core.roles import BotRole, bot_role, role_evidence
from wizard.core.secret import Secret
from wizard.core.trial.by_eye import run_by_eye
from wizard.core.trial.conversation import ControlledConversation
from wizard.core.trial.part_a import run_part_a
from wizard.core.trial.part_b import other_got_it, run_part_b
from wizard.core.trial.restore_on_exit import restore_on_exit
from wizard.core.trial.run import TrialRun, TrialTarget
from wizard.core.trial.written import who_got_it
from wizard.core.trial_result import (
    Consent,
    ConsentRequest,
    ConsentTo,
    OnEvent,
    OwnerRelation,
    RestoreEnd,
    RestoreResult,
    TrialResult,
)
from wizard.core.world import World
from wizard.vault import token_name
from wizard.words import asking


@dataclass(frozen=True, slots=True)
class TrialToken:
    """A token that can be used in the test: the app it speaks for, and its name in the vault."""

    app: App
    token_name: str


@dataclass(frozen=True, slots=True)
class TrialTokens:
    """main: the bot's token where there is one, else the live chat's; None: only the eye is left. other: the live
    chat's token, where there is one beside the bot's."""

    main: TrialToken | None = None
    other: TrialToken | None = None
    speaks_for_bot: bool = False


def choose_tokens(session: Session, answers: Answers) -> TrialTokens:
    """Which of the tokens of this run speak for the bot and the live chat."""
    tokens: dict[str, TrialToken] = {}
    if answers.token_app is not None and answers.token_owner not in (None, TokenOwner.NONE, TokenOwner.NEITHER):
        tokens[answers.token_app.id] = TrialToken(answers.token_app, answers.token_name)
    second = session.facts.second_token
    app = second.app.value if second is not None and second.app is not None else None
    if app is not None:
        tokens.setdefault(app.id, TrialToken(app, token_name(session.world.graph, answers.page_id, app.id)))
    bot = tokens.get(answers.bot.id) if answers.bot is not None else None
    live_chat = tokens.get(answers.live_chat.id) if answers.live_chat is not None else None
    if bot is not None:
        return TrialTokens(bot, live_chat, speaks_for_bot=True)
    return TrialTokens(live_chat)


def reading_token(session: Session, answers: Answers) -> str:
    """Name in the vault of the token to find the conversation with."""
    main = choose_tokens(session, answers).main
    return main.token_name if main is not None else answers.token_name


@dataclass(frozen=True, slots=True)
class TrialPlan:
    """What is to be run. psid: the tester's conversation, "" by eye. with_part_a: part A first, where there is the
    bot's token. by_eye: nothing is read or changed, the person looks who answers. wait: seconds that a part waits for
    the tester's message, or for the bot to hand over. conversation_id: as the search for the tester's message found it,
    which the person agreed to; "" where messages are not to be read. written_at: Unix seconds of the last message in
    it, as far as known."""

    psid: str = ""
    with_part_a: bool = True
    by_eye: bool = False
    wait: float = field(default_factory=lambda: limits.MESSAGE)
    conversation_id: str = ""
    written_at: float = 0.0


@dataclass(frozen=True, slots=True)
class TrialPorts:
    """Who runs the test. show_result: called once for each part, after all events of it. given_up: as of `TrialRun`."""

    person: Person
    consent: Consent
    show_event: OnEvent
    show_result: Callable[[TrialResult], None]
    given_up: threading.Event = field(default_factory=threading.Event)


def run_trial(session: Session, answers: Answers, plan: TrialPlan, ports: TrialPorts, cancel: CancelToken) -> None:
    """Run the parts that the tokens allow. Apps in events, results and questions carry the names Facebook shows.

    Raises AlreadyInTest where nothing was even read, and WizardError where nothing was changed. After these no more is
    due; after Cancelled and whatever else is raised, as OSError by a full disk, `restore_pending` is."""
    tokens = choose_tokens(session, answers)
    # By eye nothing is called, so an empty token is as good as any.
    graph = (
        session.graph(Secret(""), None, cancel)
        if plan.by_eye
        else session.graph_of(reading_token(session, answers), cancel)
    )
    known = {app.id: app.name for app in session.apps(answers) if app.name}
    trial = _Trial(
        session, answers, plan, ports, cancel, tokens, graph, _AppNames(None if plan.by_eye else graph, known)
    )
    if plan.by_eye:
        trial.end_part(run_by_eye(trial.new_part()))
        return
    with session.testing(answers.page_id, plan.psid):
        part_a, is_hello_seen = None, False
        if plan.with_part_a and tokens.speaks_for_bot:
            first_part = trial.new_part()
            # Without a test before, the tester's message was the last thing that moved this conversation.
            first = who_got_it(first_part) if not session.tests else None
            if first is OwnerRelation.OTHER:
                trial.end_part(other_got_it(first_part))
                return
            is_hello_seen = first is OwnerRelation.BOT
            part_a = run_part_a(first_part)
            trial.end_part(part_a)
            if not part_a.may_go_on:
                return
        left = part_a.ended.left if part_a is not None else None
        part_b = trial.new_part()
        part_b.is_hello_seen = is_hello_seen
        trial.end_part(run_part_b(part_b, is_probe_good=part_a is not None, left=left))


@dataclass(frozen=True, slots=True)
class _AppNames:
    """Apps as people know them: a third app in an owner reading has only its ID. graph: None where nobody is asked."""

    graph: GraphApi | None
    known: dict[str, str]  # app ID to name, "" where Facebook tells none

    def of(self, app: App) -> App:
        """Asks Facebook once for each app, which may raise Cancelled."""
        if app.name or not app.id:
            return app
        if app.id not in self.known and self.graph is not None:
            self.known[app.id] = named(self.graph, app).name
        return replace(app, name=self.known.get(app.id, ""))

    def of_any(self, app: App | None) -> App | None:
        return self.of(app) if app is not None else None


@dataclass(frozen=True, slots=True)
class _Trial:
    """What the parts of one test share."""

    session: Session
    answers: Answers
    plan: TrialPlan
    ports: TrialPorts
    cancel: CancelToken
    tokens: TrialTokens
    graph: GraphApi
    names: _AppNames
    agreed: list[App] = field(default_factory=list)
    ended: list[TrialResult] = field(default_factory=list)

    def new_part(self) -> TrialRun:
        session, answers, names = self.session, self.answers, self.names
        main, other = self.tokens.main, self.tokens.other
        bot, live_chat = answers.pair
        subject = TrialTarget(
            graph_address=session.world.graph,
            page_id=answers.page_id,
            page_name=answers.page_name,
            psid=self.plan.psid,
            token_app_id=main.app.id if main is not None else "",
            bot=bot,
            live_chat=live_chat,
            words=asking.metadata(),
            token_name=main.token_name if main is not None else "",
        )
        other_side = (
            session.graph_of(other.token_name, self.cancel) if other is not None and not self.plan.by_eye else None
        )
        return TrialRun(
            subject,
            ControlledConversation(self.graph, self.cancel, subject.psid, subject.token_app_id, bot, live_chat),
            session.journal,
            self.ports.person,
            self.consent,
            self.cancel,
            session.clock,
            lambda event: self.ports.show_event(replace(event, app=names.of_any(event.app))),
            sentence_for=lambda what, app: asking.sentence_for(what, names.of(app)),
            other_side=other_side,
            window=self.plan.wait,
            conversation_id=self.plan.conversation_id,
            written_at=self.plan.written_at,
            given_up=self.ports.given_up,
            answers_first=self._answers_first(subject),
        )

    def _answers_first(self, subject: TrialTarget) -> bool:
        """Whether the bot was seen to be the default app, in this run or as the set-up was looked at."""
        tests = (*self.session.tests, *self.ended)
        seen = role_evidence(self.session.facts, tests, subject.token_app_id, subject.bot.id)
        return bot_role(seen) is BotRole.CONFIRMED

    def consent(self, request: ConsentRequest) -> bool:
        """What was agreed to in the first part is not asked again in the second, a moment later."""
        if request.to is ConsentTo.TAKE_FROM and request.app in self.agreed:
            return True
        is_given = self.ports.consent(replace(request, app=self.names.of_any(request.app)))
        if is_given and request.app is not None:
            self.agreed.append(request.app)
        return is_given

    def end_part(self, result: TrialResult) -> None:
        self.ended.append(result)
        of_any, (bot, live_chat) = self.names.of_any, self.answers.pair
        self.ports.show_result(
            replace(
                result,
                app=of_any(result.app),
                first_app=of_any(result.first_app),
                at=self.graph.time,
                bot_id=bot.id,
                live_chat_id=live_chat.id,
            )
        )


# After an interruption.


def pending_entries(session: Session, answers: Answers, psid: str) -> Sequence[PendingTest]:
    """Journal entries of this very test, by Page, app and person: another app's would need its own token."""
    main = choose_tokens(session, answers).main
    test = (answers.page_id, main.app.id if main is not None else "", psid)
    return [entry for entry in session.pending_tests() if (entry.page_id, entry.token_app_id, entry.psid) == test]


def restore_pending(session: Session, answers: Answers, psid: str, cancel: CancelToken) -> list[RestoreEnd]:
    """Restore what an interrupted test left, on new connections with short time limits, asking nobody. Returns how each
    entry that was open ended: none where nothing had been changed. What cancel stops is not restored."""
    endings: list[RestoreEnd] = []
    for entry in pending_entries(session, answers, psid):
        try:
            graph = session.graph_of(entry.token_name, cancel).with_short_timeouts(cancel)
            endings.append(restore_on_exit(graph, entry, session.journal, cancel, session.clock, asking.metadata()))
        except WizardError as error:
            endings.append(RestoreEnd(RestoreResult.NOT_BACK, error.failure))
        except Cancelled:
            endings.append(RestoreEnd(RestoreResult.NOT_BACK))
    return endings


def restore_within(session: Session, answers: Answers, psid: str, seconds: float) -> list[RestoreEnd]:
    """As `restore_pending`, in the calling thread, with an end to it."""
    cancel = CancelToken()
    timer = threading.Timer(seconds, cancel.cancel)
    timer.daemon = True
    with suppress(RuntimeError):  # no thread to be had: then the short time limits of each call must do
        timer.start()
    try:
        return restore_pending(session, answers, psid, cancel)
    finally:
        timer.cancel()


# Where the person does what is asked.


def chat_link(world: World, page_id: str) -> str:
    """Where the tester writes to the Page."""
    return f"{world.m_me}/{quote(page_id)}"


def live_chat_link(world: World, live_chat: App | None) -> str:
    """Where people answer in the live chat, "" where this world does not know."""
    if live_chat is not None and live_chat.id == page_inbox().id:
        return world.link("{business}/latest/inbox/all")
    return world.livechat


def link_for(step: str, world: World, page_id: str, live_chat: App | None) -> str:
    """Where a step or a question of the person protocol is acted on, "" where nowhere in particular."""
    if step in ("say_hello", "ask_for_human", "bot_answers_again", "write_once_more", "write_and_look"):
        return chat_link(world, page_id)
    if step == "close_in_live_chat":
        return live_chat_link(world, live_chat)
    return world.link("{facebook}/settings?tab=advanced_messaging") if step == "way_out" else ""
