"""What the test page does in threads: run the parts, bring back. No widget is touched here."""

from collections.abc import Callable
from dataclasses import dataclass

from wizard.actions.session import Session
from wizard.core.answers import Answers, TokenOwner
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.errors import WizardError
from wizard.core.facts import App
from wizard.core.ports import Progress, Report
from wizard.core.secret import Secret
from wizard.core.trial.conversation import Thread
from wizard.core.trial.part_a import run_part_a
from wizard.core.trial.part_b import run_by_eye, run_part_b
from wizard.core.trial.restore_on_exit import rescue
from wizard.core.trial.run import Subject, TrialRun
from wizard.core.trial_result import Back, ConsentTo, Ended, TrialResult
from wizard.ui.person import WindowConsent, WindowPerson
from wizard.vault import token_name
from wizard.words import asking


@dataclass(frozen=True, slots=True)
class Side:
    """A token that can be used in the test: the app it speaks for, and its name in the vault."""

    app: App
    token_name: str


@dataclass(frozen=True, slots=True)
class Sides:
    """main: the bot's token where there is one, else the live chat's; None: only the eye is left."""

    main: Side | None = None
    other: Side | None = None
    speaks_for_bot: bool = False


def sides(session: Session, answers: Answers) -> Sides:
    """Which of the tokens at hand speak for the bot and the live chat."""
    known: dict[str, Side] = {}
    if answers.token_app is not None and answers.token_owner not in (None, TokenOwner.NONE, TokenOwner.NEITHER):
        known[answers.token_app.id] = Side(answers.token_app, answers.token_name)
    second = session.facts.second_token
    app = second.app.value if second is not None and second.app is not None else None
    if app is not None:
        known.setdefault(app.id, Side(app, token_name(session.world.graph, answers.page_id, app.id)))
    bot = known.get(answers.bot.id) if answers.bot is not None else None
    live_chat = known.get(answers.live_chat.id) if answers.live_chat is not None else None
    if bot is not None:
        return Sides(bot, live_chat, speaks_for_bot=True)
    return Sides(live_chat)


@dataclass(frozen=True, slots=True)
class Plan:
    """What one press starts. psid: the tester's conversation, "" by eye. given: what the press agreed to. with_part_a:
    part A first, where there is the bot's token. by_eye: nothing is read or changed, the person looks who answers."""

    psid: str = ""
    given: frozenset[ConsentTo] = frozenset({ConsentTo.TEST})
    with_part_a: bool = True
    by_eye: bool = False


def run_test(session: Session, answers: Answers, plan: Plan) -> Callable[[CancelToken, Report], object]:
    """Work that reports every Event, question and TrialResult as it comes. After Cancelled, and after an error that
    nobody expected, as of a full disk, `bring_back_open` is due. Raises WizardError where nothing was changed, and
    AlreadyInTest where nothing was even read."""

    def work(cancel: CancelToken, report: Report) -> object:
        def done(result: TrialResult) -> TrialResult:
            report(Progress("result", detail=result))
            return result

        if plan.by_eye:
            done(run_by_eye(_run(session, answers, plan, cancel, report)))
            return None
        is_probe_good = False
        with session.testing(answers.page_id, plan.psid):
            if plan.with_part_a and sides(session, answers).speaks_for_bot:
                part_a = done(run_part_a(_run(session, answers, plan, cancel, report)))
                if not part_a.may_go_on:
                    return None
                is_probe_good = True
            done(run_part_b(_run(session, answers, plan, cancel, report), is_probe_good))
        return None

    return work


def is_still_open(session: Session, answers: Answers, psid: str) -> Callable[[CancelToken, Report], object]:
    """Work that says whether a journal entry of this conversation is open."""

    def work(_cancel: CancelToken, _report: Report) -> bool:
        return any((entry.page_id, entry.psid) == (answers.page_id, psid) for entry in session.open_tests())

    return work


def bring_back_open(session: Session, answers: Answers, psid: str) -> Callable[[CancelToken, Report], object]:
    """Work for a stopped test, on new connections with short time limits. Returns the Ended of each entry that was
    open, none where nothing had been changed."""

    def work(cancel: CancelToken, _report: Report) -> list[Ended]:
        endings: list[Ended] = []
        for entry in session.open_tests():
            if (entry.page_id, entry.psid) != (answers.page_id, psid):
                continue
            try:
                graph = session.graph_of(entry.token_name, cancel).hurried(cancel)
                endings.append(rescue(graph, entry, session.journal, cancel, session.clock, asking.metadata()))
            except WizardError as error:
                endings.append(Ended(Back.NOT_BACK, error.failure))
            except Cancelled:
                endings.append(Ended(Back.NOT_BACK))
        return endings

    return work


def reading_token(session: Session, answers: Answers) -> str:
    """Name in the vault of the token to read with."""
    main = sides(session, answers).main
    return main.token_name if main is not None else answers.token_name


def _run(session: Session, answers: Answers, plan: Plan, cancel: CancelToken, report: Report) -> TrialRun:
    assert answers.bot is not None
    assert answers.live_chat is not None
    at_hand = sides(session, answers)
    # By eye nothing is called, so an empty token is as good as any.
    graph = (
        session.graph(Secret(""), None, cancel)
        if plan.by_eye
        else session.graph_of(reading_token(session, answers), cancel)
    )
    main = at_hand.main
    token_app_id = main.app.id if main is not None else ""
    subject = Subject(
        session.world.graph,
        answers.page_id,
        answers.page_name,
        plan.psid,
        token_app_id,
        answers.bot,
        answers.live_chat,
        asking.metadata(),
        main.token_name if main is not None else "",
    )
    return TrialRun(
        subject,
        Thread(graph, cancel, plan.psid, token_app_id, answers.bot, answers.live_chat),
        session.journal,
        WindowPerson(report, cancel, waits_for_all=plan.by_eye),
        WindowConsent(report, cancel, plan.given, asking.consent),
        cancel,
        session.clock,
        lambda event: report(Progress("event", detail=event)),
        say=asking.say,
        other_side=session.graph_of(at_hand.other.token_name, cancel) if at_hand.other and not plan.by_eye else None,
    )
