"""Several conversations at once: who has control of each, and the names of those apps, in as few batches as hold
them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from wizard.core import limits
from wizard.core.errors import ErrorKind, WizardError
from wizard.core.facts import Control, OwnerReading, OwnersAndApps
from wizard.graph.classify import Again, Refusal
from wizard.graph.headers import ServerTime
from wizard.graph.replies import NOT_AN_APP, OWNER_CALL, Node, Success, owner_reading, read_as
from wizard.graph.wire import Operation, Wire

_ROUNDS = 3
_MOST_OWNERS, _MOST_APPS = 20, 9  # of one batch, which has room for 50: an owner and its name are two operations
_BUSINESS_AI = Operation("me/business_ai", "GET me/business_ai", {}, is_bonus=True)
_MEMBERS, _LONGEST_STATUS = ("status", "business_ai", "business_ai_status"), 40
_APP_CALL = "GET {app}"
# Only apps have an icon_url: the ID of a Page or a person answers with an error.
_APP_FIELDS: Mapping[str, str] = {"fields": "id,name,icon_url"}


def may_be_asked_plainly(error: WizardError) -> bool:
    """Some networks and apps refuse batches; nothing else is helped by plain calls."""
    return not (error.failure.is_token_error or error.failure.is_transport_error) or error.kind is ErrorKind.UNREADABLE


@dataclass(slots=True)
class _OwnersQuery:
    """What is known so far. waiting, open_ids: what is still to be asked."""

    waiting: list[str]
    open_ids: list[str]
    readings: dict[str, OwnerReading] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    business_ai: str | None = None  # None: not asked yet

    def add_business_ai(self, answer: Success | Refusal) -> None:
        """Reported, not public: what is no short text in a member with a likely name is passed over."""
        body = _body(answer)
        told = next((body[name] for name in _MEMBERS if name in body), "") if isinstance(body, dict) else ""
        self.business_ai = told if isinstance(told, str) and len(told) <= _LONGEST_STATUS else ""

    def add_owner(self, psid: str, answer: Success | Refusal, at: float) -> None:
        if isinstance(answer, Success):
            self.readings[psid] = owner_reading(psid, answer.body, at)
        else:
            self.readings[psid] = OwnerReading(psid, Control.UNREADABLE, at, failure=answer.failure)
        if not _may_pass(answer):
            self.waiting.remove(psid)

    def add_owner_name(self, psid: str, answer: Success | Refusal) -> None:
        """The name came with the owner; where that failed for the moment it is asked for by the App ID."""
        app_id = self.readings[psid].app_id
        if app_id and app_id not in self.names:
            self.add_app(app_id, answer)
            if _may_pass(answer) and app_id not in self.open_ids:
                self.open_ids.append(app_id)

    def add_app(self, app_id: str, answer: Success | Refusal) -> None:
        node = read_as(Node, _body(answer))
        if node is not None and str(node.id) == app_id:
            self.names[app_id] = node.name or ""
        elif isinstance(answer, Refusal) and answer.failure.kind in NOT_AN_APP:
            self.names[app_id] = ""
        if not _may_pass(answer) and app_id in self.open_ids:
            self.open_ids.remove(app_id)


def look(wire: Wire, times: ServerTime, psids: Sequence[str], app_ids: Sequence[str]) -> OwnersAndApps:
    """Raises WizardError where a whole batch is refused before anything was learned."""
    looking = _OwnersQuery(list(dict.fromkeys(psids)), list(dict.fromkeys(app_ids)))
    try:
        _ask_in_rounds(wire, times, looking)
    except WizardError as error:
        if not (looking.readings or looking.names):
            raise
        for psid in looking.waiting:  # those that were not reached
            unread = OwnerReading(psid, Control.UNREADABLE, times.now, failure=error.failure)
            looking.readings.setdefault(psid, unread)
    owners = tuple(looking.readings[psid] for psid in psids)
    return OwnersAndApps(owners, tuple(looking.names.items()), looking.business_ai or "")


def _ask_in_rounds(wire: Wire, times: ServerTime, looking: _OwnersQuery) -> None:
    """Every open question of a round in as few batches as hold them; the next round asks what failed for the moment."""
    for number in range(_ROUNDS):
        waiting, open_ids = tuple(looking.waiting), tuple(looking.open_ids)
        if number and (waiting or open_ids):
            wire.pause(limits.PAUSE_OF_BATCHES)
        while waiting or open_ids:
            _ask(wire, times, looking, waiting[:_MOST_OWNERS], open_ids[:_MOST_APPS])
            waiting, open_ids = waiting[_MOST_OWNERS:], open_ids[_MOST_APPS:]


def _ask(wire: Wire, times: ServerTime, looking: _OwnersQuery, asked: Sequence[str], open_ids: Sequence[str]) -> None:
    """One batch."""
    has_bonus = bool(asked) and looking.business_ai is None
    operations = [
        *(Operation("me/thread_owner", OWNER_CALL, {"recipient": psid}, f"owner{at}") for at, psid in enumerate(asked)),
        *(
            Operation(f"{{result=owner{at}:$.data.*.thread_owner.app_id}}", _APP_CALL, _APP_FIELDS)
            for at in range(len(asked))
        ),
        *(Operation(quote(app_id, safe=""), _APP_CALL, _APP_FIELDS) for app_id in open_ids),
        *([_BUSINESS_AI] if has_bonus else []),
    ]
    answers = wire.batch(operations)
    for psid, answer in zip(asked, answers, strict=False):
        looking.add_owner(psid, answer, times.now)
    for app_id, answer in zip(open_ids, answers[2 * len(asked) :], strict=False):
        looking.add_app(app_id, answer)
    for psid, answer in zip(asked, answers[len(asked) :], strict=False):
        looking.add_owner_name(psid, answer)
    if has_bonus:
        looking.add_business_ai(answers[-1])


def _may_pass(answer: Success | Refusal) -> bool:
    return isinstance(answer, Refusal) and answer.again is Again.SOON


def _body(answer: Success | Refusal) -> Any:
    return answer.body if isinstance(answer, Success) else None
