"""Checked Pages as reports get them, made by hand: each says one thing clearly."""

from dataclasses import replace

from wizard.core.answers import Answers, TokenOwner
from wizard.core.checked import CheckedPage, CheckReport
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import App, Control, Conversation, Facts, Identity, OwnerReading, Reading, TokenFacts, TokenKind
from wizard.core.verdict import Evidence, State, Verdict
from wizard.report.since import EarlierPage, EarlierReport

NOW = 1_795_350_000.0  # 2026-11-22
DAY = 86_400.0
BOT = App("102938475610283", "Flow bot")
LIVE_CHAT = App("263902037430900", "Page Inbox")
THIRD = App("555000555000555", "Old vendor")
PSID, NAME = "24681357902468135", "Maria Peterson"
TOKEN = "EAAGm0PX4ZCpsBO" + "kXq7Zr1" * 12

OWNER_CALL = "GET me/thread_owner"


def verdict(check: str, state: State, reason: str, answer: str = "", at: float = NOW, **about: str) -> Verdict:
    evidence = (Evidence(OWNER_CALL, answer, at),) if answer else ()
    return Verdict(check, state, reason, evidence, tuple(about.items()))


WELL = (
    verdict("token.kind", State.OK, "is_page", "a Page", name="Lumen Coffee"),
    verdict("token.owner", State.OK, "of_bot", app="Flow bot"),
    verdict("app.subscribed", State.OK, "subscribed", "subscribed"),
    verdict("app.fields", State.OK, "complete", "messages, messaging_handovers, standby"),
    verdict("routing.on", State.OK, "routing", "is_owner is present"),
    verdict("routing.default_app", State.OK, "confirmed", f"app_id {LIVE_CHAT.id}", bot="Flow bot"),
    verdict("routing.take_control", State.UNKNOWN, "cannot_be_read"),
    verdict("routing.answers_first", State.NOT_CHECKED, "not_looked_at"),
    verdict("routing.current_owner", State.OK, "app", f"app_id {BOT.id}", app="Flow bot"),
    verdict("roles.distinct", State.OK, "distinct"),
    verdict("target.saved", State.UNKNOWN, "confirmed", app_id=LIVE_CHAT.id),
    verdict("handover.facebook_allows", State.NOT_CHECKED, "not_tested"),
    verdict("handover.bot_does", State.NOT_CHECKED, "not_tested"),
)


def with_verdicts(*changed: Verdict, of: tuple[Verdict, ...] = WELL) -> tuple[Verdict, ...]:
    by_check = {one.check: one for one in changed}
    return tuple(by_check.get(one.check, one) for one in of)


def answers(page_id: str = "1122334455667788", name: str = "Lumen Coffee", bot: App = BOT) -> Answers:
    return Answers(
        started=True,
        page_id=page_id,
        page_name=name,
        token_app=bot,
        token_owner=TokenOwner.BOT,
        bot=bot,
        live_chat=LIVE_CHAT,
        saved_app_id=LIVE_CHAT.id,
    )


def owner(app_id: str, psid: str = PSID, at: float = NOW - 60) -> OwnerReading:
    control = Control.APP if app_id else Control.NOTHING
    return OwnerReading(psid, control, at, app_id, int(at + 82_000) if app_id else None)


def facts(app_id: str = BOT.id, names: tuple[tuple[str, str], ...] = ()) -> Facts:
    """Two conversations; who has control of the first is shown."""
    listed = (
        Conversation("t_1", NOW - 90, PSID, NAME, True),
        Conversation("t_2", NOW - 900, "24681357902468999", "Ola Nordmann", False),
    )
    identity = Reading("GET me", NOW, Identity(TokenKind.PAGE, "1122334455667788", "Lumen Coffee"))
    return Facts(
        token=TokenFacts(identity),
        conversations=Reading("GET me/conversations", NOW, listed),
        owners=(owner("", "24681357902468999", NOW - 61), owner(app_id)),
        app_names=names,
    )


def well() -> CheckedPage:
    return CheckedPage(answers(), NOW - 60, facts(), WELL)


def _another_answers_first() -> Verdict:
    answer = f"app_id {THIRD.id}"
    return verdict("routing.answers_first", State.PROBLEM, "another", answer, app=THIRD.name, bot=BOT.name)


def troubled(page_id: str = "2233445566778899") -> CheckedPage:
    """Another app answers first, a field is missing, and the evidence for the default app is three days old."""
    found = with_verdicts(
        verdict("app.fields", State.WARNING, "missing", "messages", fields="standby, messaging_handovers"),
        verdict("routing.default_app", State.PROBLEM, "another", "only an expiration", NOW - 3 * DAY, bot="Flow bot"),
        _another_answers_first(),
        verdict("routing.current_owner", State.OK, "app", f"app_id {THIRD.id}", app="Old vendor"),
    )
    seen = facts(THIRD.id, ((THIRD.id, THIRD.name),))
    return CheckedPage(answers(page_id, "Harbour Books"), NOW - 30, seen, found)


def unreachable(page_id: str = "3344556677889900") -> CheckedPage:
    failure = Failure(ErrorKind.TOKEN_EXPIRED, "GET me", 190, 463, "Session has expired", trace_id="AbC")
    return CheckedPage(answers(page_id, "Corner Bakery"), NOW - 10, Facts(), (), failure)


def report(*pages: CheckedPage, is_complete: bool = True, made_at: float = NOW) -> CheckReport:
    return CheckReport(pages or (well(), troubled(), unreachable()), made_at, "0.1.0", is_complete)


def renamed(page: CheckedPage, name: str) -> CheckedPage:
    """The same Page with one name for everything that has a name."""
    bot, live_chat = page.answers.bot, page.answers.live_chat
    named = replace(
        page.answers,
        page_name=name,
        bot=App(bot.id, name) if bot else None,
        live_chat=App(live_chat.id, name) if live_chat else None,
    )
    verdicts = tuple(replace(one, about=tuple((key, name) for key, _value in one.about)) for one in page.verdicts)
    return replace(page, answers=named, verdicts=verdicts)


def as_earlier(*pages: CheckedPage, made_at: float = NOW - DAY, is_complete: bool = True) -> EarlierReport:
    """The same Pages as a report of before."""
    found = {
        (page.answers.page_id, 1): EarlierPage(
            page.answers.page_id,
            page.answers.page_name,
            None if page.not_checked else {one.check: (one.state, one.reason) for one in page.verdicts},
        )
        for page in pages
    }
    return EarlierReport(made_at, found, is_complete)
