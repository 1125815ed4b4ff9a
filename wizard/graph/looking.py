"""Several conversations at once: who has control of each, and the names of those apps, in one batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from wizard.core.errors import ErrorKind, WizardError
from wizard.core.facts import Control, OwnerReading, OwnersAndApps
from wizard.graph.classify import Again, Refusal
from wizard.graph.headers import ServerTime
from wizard.graph.replies import NOT_AN_APP, OWNER_CALL, Node, Success, owner_reading, read_as
from wizard.graph.wire import Operation, Wire

_ROUNDS = 3
_PAUSE = 0.5  # seconds between rounds
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
    for number in range(_ROUNDS):
        if not (looking.waiting or looking.open_ids):
            break
        if number:
            wire.pause(_PAUSE)
        try:
            _ask(wire, times, looking)
        except WizardError:
            if not number:
                raise
            break
    owners = tuple(looking.readings[psid] for psid in psids)
    return OwnersAndApps(owners, tuple(looking.names.items()))


def _ask(wire: Wire, times: ServerTime, looking: _OwnersQuery) -> None:
    """One round: every open question in one batch."""
    asked, open_ids = tuple(looking.waiting), tuple(looking.open_ids)
    operations = [
        *(Operation("me/thread_owner", OWNER_CALL, {"recipient": psid}, f"owner{at}") for at, psid in enumerate(asked)),
        *(
            Operation(f"{{result=owner{at}:$.data.*.thread_owner.app_id}}", _APP_CALL, _APP_FIELDS)
            for at in range(len(asked))
        ),
        *(Operation(quote(app_id, safe=""), _APP_CALL, _APP_FIELDS) for app_id in open_ids),
    ]
    answers = wire.batch(operations)
    for psid, answer in zip(asked, answers, strict=False):
        looking.add_owner(psid, answer, times.now)
    for app_id, answer in zip(open_ids, answers[2 * len(asked) :], strict=True):
        looking.add_app(app_id, answer)
    for psid, answer in zip(asked, answers[len(asked) :], strict=False):
        looking.add_owner_name(psid, answer)


def _may_pass(answer: Success | Refusal) -> bool:
    return isinstance(answer, Refusal) and answer.again is Again.SOON


def _body(answer: Success | Refusal) -> Any:
    return answer.body if isinstance(answer, Success) else None
