"""What the test page does in threads: find the conversation, run the parts, bring back. No widget is touched here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from wizard.core.answers import Answers, TokenOwner
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.facts import App, Conversation
from wizard.core.ports import Clock, Graph, Progress, Report
from wizard.core.secret import Secret
from wizard.core.trial.find import CodeSearch, Search, newest_conversations, wait_for_code
from wizard.core.trial.part_a import run_part_a
from wizard.core.trial.part_b import run_by_eye, run_part_b
from wizard.core.trial.rescue import rescue
from wizard.core.trial.result import Back, ConsentTo, Ended, TrialResult
from wizard.core.trial.run import Subject, TrialRun
from wizard.core.trial.thread import Thread
from wizard.session import Session
from wizard.ui.window_person import WindowConsent, WindowPerson
from wizard.vault import token_name
from wizard.words import asking
from wizard.words.language import _


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


@dataclass(frozen=True, slots=True)
class ListToChoose:
    """Conversations to choose from. why: what the search ended with. is_match: all of them sent the code."""

    rows: Sequence[Conversation]
    search: Search
    is_match: bool = False


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


def code_text(code: str) -> str:
    """What the tester sends. It goes to the Page, so it is in English whatever the language."""
    return f"Handover test {code}"


def code_link(session: Session, answers: Answers, code: str) -> str:
    """Without a `ref`: it would start the link routing of a campaign."""
    return f"{chat_link(session, answers)}?text={quote(code_text(code))}"


def chat_link(session: Session, answers: Answers) -> str:
    return f"{session.world.m_me}/{quote(answers.page_id)}"


def facebooks_time(session: Session, clock: Clock) -> float:
    """Unix seconds by Facebook's clock, as far as the token's first answer told."""
    token = session.facts.token
    return clock.now() - ((token.clock_skew if token is not None else None) or 0.0)


def look_for_code(
    session: Session, answers: Answers, code: str, shown_at: float, clock: Clock, told: Callable[[CancelToken], None]
) -> Callable[[CancelToken, Report], object]:
    """Work that returns the Conversation where there is exactly one match, else a ListToChoose. told: called before
    each look; may wait while nobody watches."""

    def work(cancel: CancelToken, _report: Report) -> object:
        graph = _graph(session, answers, cancel)
        found = wait_for_code(
            CodeSearch(graph, answers.page_id, code_text(code), shown_at), cancel, clock, lambda _look: told(cancel)
        )
        usable = [row for row in found.matches if row.psid]
        if len(usable) == 1:
            return usable[0]
        if usable:
            return ListToChoose(usable, found, is_match=True)
        return ListToChoose([row for row in newest_conversations(graph) if row.psid], found)

    return work


@dataclass(frozen=True, slots=True)
class Plan:
    """What one press starts. given: what it agreed to. is_probe_good, parts: as of the last run of part A."""

    psid: str = ""
    given: frozenset[ConsentTo] = frozenset({ConsentTo.TEST})
    with_part_a: bool = True
    by_eye: bool = False


def run_test(session: Session, answers: Answers, plan: Plan) -> Callable[[CancelToken, Report], object]:
    """Work that reports every Event, question and TrialResult as it comes. Raises WizardError only where nothing was
    changed, and Cancelled when stopped: then `bring_back_open` is due."""

    def work(cancel: CancelToken, report: Report) -> object:
        def done(result: TrialResult) -> TrialResult:
            report(Progress("result", detail=result))
            return result

        if plan.by_eye:
            done(run_by_eye(_run(session, answers, plan, cancel, report)))
            return None
        is_probe_good = False
        if plan.with_part_a and sides(session, answers).speaks_for_bot:
            part_a = done(run_part_a(_run(session, answers, plan, cancel, report)))
            if not part_a.may_go_on:
                return None
            is_probe_good = True
        done(run_part_b(_run(session, answers, plan, cancel, report), is_probe_good))
        return None

    return work


def bring_back_open(session: Session, answers: Answers, psid: str) -> Callable[[CancelToken, Report], object]:
    """Work for a stopped test, on new connections with short time limits. Returns the Ended of each entry that was
    open, none where nothing had been changed."""

    def work(cancel: CancelToken, _report: Report) -> list[Ended]:
        endings: list[Ended] = []
        for entry in session.open_tests():
            if (entry.page_id, entry.psid) != (answers.page_id, psid):
                continue
            graph = session.graph_of(entry.token_name, cancel).hurried(cancel)
            try:
                endings.append(rescue(graph, entry, session.journal, cancel, session.clock, asking.metadata()))
            except Cancelled:
                endings.append(Ended(Back.NOT_BACK))
        return endings

    return work


def _graph(session: Session, answers: Answers, cancel: CancelToken) -> Graph:
    main = sides(session, answers).main
    return session.graph_of(main.token_name if main is not None else answers.token_name, cancel)


def _run(session: Session, answers: Answers, plan: Plan, cancel: CancelToken, report: Report) -> TrialRun:
    assert answers.bot is not None
    assert answers.live_chat is not None
    at_hand = sides(session, answers)
    # By eye nothing is called, so an empty token is as good as any.
    graph = session.graph(Secret(""), None, cancel) if plan.by_eye else _graph(session, answers, cancel)
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


def no_match_because(search: Search) -> str:
    """Why there is a list to choose from."""
    if len(search.matches) > 1:
        return _("Two people sent this text. Which one is you?")
    if search.refused is not None:
        return _("This token may not read messages, so the wizard cannot find yours. Which conversation is your own?")
    return _("Your message was not seen. Are you still acting as the Page? Use your own account, or choose below.")
