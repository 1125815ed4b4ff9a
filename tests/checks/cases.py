"""A healthy Page as facts, to be changed by a test where it is ill."""

from dataclasses import replace
from typing import Any

from wizard.checks.case import CheckContext
from wizard.checks.run import verdict
from wizard.core.answers import Answers, TokenOwner
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import (
    App,
    Control,
    Conversation,
    Facts,
    Identity,
    Origin,
    OwnerReading,
    Reading,
    TokenFacts,
    TokenKind,
    Usage,
)
from wizard.core.verdict import State, Verdict

OK, WARNING, PROBLEM = State.OK, State.WARNING, State.PROBLEM
UNKNOWN, NOT_CHECKED = State.UNKNOWN, State.NOT_CHECKED
PAGE_ID, INBOX = "107836259148302", "263902037430900"
FIELDS = frozenset({"messages", "messaging_postbacks", "messaging_referrals", "messaging_handovers", "standby"})
BOT = App("914602738451926", "Flow bot", Origin.TOKEN, FIELDS)
LIVE_CHAT, THIRD = App("538127490663815", "Support Desk"), App("726940185327419", "Order Robot")
AT = 1_790_000_000.0
ANSWERS = Answers(
    page_id=PAGE_ID,
    page_name="Lumen Coffee",
    token_app=BOT,
    token_owner=TokenOwner.BOT,
    bot=BOT,
    live_chat=LIVE_CHAT,
)
TOKEN = TokenFacts(
    identity=Reading("GET me", AT, Identity(TokenKind.PAGE, PAGE_ID, "Lumen Coffee", True)),
    app=Reading("GET app", AT, BOT),
    subscription=Reading("GET me/subscribed_apps", AT, BOT),
    receivers=Reading("GET me/secondary_receivers", AT, ()),
    usage=Usage(3.0),
    api_version="v26.0",
    asked_version="v26.0",
    clock_skew=0.4,
)


def owner(control: Control, app_id: str = "", psid: str = "7194", failure: Failure | None = None) -> OwnerReading:
    return OwnerReading(psid, control, AT + 2, app_id, failure=failure)


def conversations(*psids: str, is_owner: bool | None = False) -> Reading[tuple[Conversation, ...]]:
    listed = tuple(Conversation(f"t_{psid}", AT - 60, psid, is_owner=is_owner) for psid in psids)
    return Reading("GET me/conversations", AT + 1, listed)


FACTS = Facts(
    TOKEN,
    conversations=conversations("7194"),
    owners=(owner(Control.APP, BOT.id),),
    app_names=((LIVE_CHAT.id, LIVE_CHAT.name),),
    named_at=AT + 2,
)


def judge(check: str, answers: Answers = ANSWERS, **changes: Any) -> Verdict:
    """The verdict on the healthy Page with other facts."""
    return verdict(CheckContext(answers, replace(FACTS, **changes)), check)


def token(**changes: Any) -> TokenFacts:
    return replace(TOKEN, **changes)


def broken(kind: ErrorKind, code: int | None = None, subcode: int | None = None, wait: float = 0.0) -> Facts:
    """The facts of a token that answered nothing but an error."""
    failure = Failure(kind, "GET me", code, subcode, wait=wait)
    return Facts(TokenFacts(Reading("GET me", AT, failure=failure)))
