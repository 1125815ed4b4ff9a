"""Bodies of the Graph API, decoded by rule, never by list: unknown members are ignored, ids are numbers or text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from wizard.core.clock import known_moment
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import Control, Conversation, Message, OwnerReading
from wizard.graph.classify import Refusal, error_in, not_done, refused, unreadable

Id = str | int
M = TypeVar("M", bound=msgspec.Struct)

_NODE_ID = re.compile(r"[0-9]{1,32}")
_LONGEST_CONTROL = 3 * 365 * 86400.0  # seconds, far more than Facebook allows: 7 days
OWNER_CALL = "GET me/thread_owner"
NOT_AN_APP = frozenset({ErrorKind.NOT_FOUND, ErrorKind.BAD_REQUEST, ErrorKind.PERMISSION_MISSING})
"""What the look-up of an App ID answers where no app of this ID is visible."""


class Node(msgspec.Struct):
    """A Page, a person, an app: anything with an id of digits and perhaps a name."""

    id: Id
    name: str | None = None

    def __post_init__(self) -> None:
        if not _is_node_id(self.id):
            raise ValueError("not the id of a node")


class SubscribedApp(Node):
    subscribed_fields: list[str] | None = None


class AccountPage(Node):
    """One item of me/accounts; without its own token the Page cannot be used. perms: tasks in old answers."""

    access_token: str | None = None
    tasks: list[str] | None = None
    perms: list[str] | None = None

    def __repr__(self) -> str:
        return f"AccountPage(id={self.id!r})"


class PermissionRow(msgspec.Struct):
    permission: str
    status: str


class ThreadOwner(msgspec.Struct):
    app_id: Id | None = None
    expiration: int | float | None = None


class OwnerRow(msgspec.Struct):
    thread_owner: ThreadOwner


class People(msgspec.Struct):
    data: list[Node] = []


class ConversationRow(msgspec.Struct):
    id: Id
    updated_time: str | int | None = None
    participants: People | None = None
    senders: People | None = None
    is_owner: bool | None = None


class MessageRow(msgspec.Struct):
    """`from` is a word of the language, hence the other name."""

    id: Id
    created_time: str | int | None = None
    sender: Node | None = msgspec.field(default=None, name="from")
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Success:
    """body: what Facebook answered, as JSON values; it may hold tokens, so it is hidden and not kept."""

    body: Any = field(repr=False)


def decode(
    body: bytes | str,
    http_status: int = 200,
    headers: Mapping[str, str] | None = None,
    call: str = "",
    hidden: Iterable[str] = (),
    own_id: str = "",
) -> Success | Refusal:
    """Return the answer, or why it is none. http_status is asked only where the body tells nothing.

    headers: names in lower case. call: its name without ids, as in "GET me/thread_owner". hidden: secrets of the call
    itself, which stand in no error whatever they look like. own_id: whom the token speaks for, "" if not known.
    """
    headers = headers or {}
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    try:
        value = msgspec.json.decode(text.removeprefix("\ufeff"))
    except (msgspec.DecodeError, RecursionError):
        return unreadable(text, http_status, headers, call, own_id)
    if isinstance(value, dict):
        if (error := error_in(value)) is not None:
            return refused(error, http_status, headers, call, hidden, own_id)
        if http_status >= 400:
            return unreadable("", http_status, headers, call, own_id)
        if any(is_no(value.get(name)) for name in ("success", "messaging_success")):
            return not_done(http_status, call)
        return Success(value)
    if http_status >= 400 or value is None or (isinstance(value, (str, int, float)) and not isinstance(value, bool)):
        return unreadable("", http_status, headers, call, own_id)
    return Success(value) if value is not False else not_done(http_status, call)


def is_no(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.lower() == "false")


def batch_item(
    item: Any, call: str, hidden: Iterable[str] = (), own_id: str = ""
) -> tuple[Success | Refusal, Mapping[str, str]]:
    """Return the answer of one operation of a batch, and its headers. null: it was not finished, or what it depends on
    failed; `code`, `headers` and `body` may each be missing. hidden, own_id: as for `decode`."""
    if not isinstance(item, dict):
        return unreadable("{", 503, {}, call), {}
    rows = item.get("headers")
    headers = {
        str(row.get("name", "")).lower(): str(row.get("value", ""))
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    }
    code = item.get("code")
    status = code if isinstance(code, int) and not isinstance(code, bool) else 200
    body = item.get("body")
    if isinstance(body, str):
        return decode(body, status, headers, call, hidden, own_id), headers
    return unreadable("{", status, headers, call, own_id), headers


def read_as(model: type[M], value: Any) -> M | None:
    """Return the value as the model, None where it does not fit."""
    try:
        return msgspec.convert(value, model, strict=False)
    except msgspec.ValidationError:
        return None


def rows(body: Any, model: type[M]) -> Iterator[M]:
    """Yield the items of a list answer that fit the model; one odd item does not spoil the others."""
    data = body.get("data") if isinstance(body, dict) else None
    for item in data if isinstance(data, list) else []:
        if (row := read_as(model, item)) is not None:
            yield row


def is_list(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("data"), list)


def own_subscription(body: Any, own_id: str) -> SubscribedApp | None:
    """Return the row of our app in subscribed_apps, None where it is not among them. An only row is compared as well:
    it may be another app's."""
    return next((row for row in rows(body, SubscribedApp) if str(row.id) == own_id), None)


def owner_reading(psid: str, body: Any, at: float) -> OwnerReading:
    """Return who has control as `thread_owner` tells it; an answer of another shape is UNREADABLE.

    App IDs come as numbers and as text; old answers have no expiration. Source: Conversation routing; recorded replies.
    An expiration years away is no time in seconds, so it is not passed on; that there is one tells all the same.
    """
    row = next(rows(body, OwnerRow), None)
    if is_list(body) and not body["data"]:
        return OwnerReading(psid, Control.NOTHING, at)
    owner = row.thread_owner if row is not None else ThreadOwner()
    expires_at = _moment(owner.expiration, at)
    if owner.app_id and _is_node_id(owner.app_id):
        return OwnerReading(psid, Control.APP, at, str(owner.app_id), expires_at)
    if owner.expiration and not owner.app_id:
        return OwnerReading(psid, Control.HIDDEN, at, expires_at=expires_at)
    odd = Failure(ErrorKind.UNREADABLE, OWNER_CALL, http_status=200)
    return OwnerReading(psid, Control.UNREADABLE, at, failure=odd)


def _is_node_id(value: Id) -> bool:
    return _NODE_ID.fullmatch(str(value)) is not None


def message(row: MessageRow) -> Message:
    sender_id = str(row.sender.id) if row.sender else ""
    return Message(str(row.id), sender_id, row.message or "", unix_time(row.created_time))


def conversation(row: ConversationRow, own_id: str) -> Conversation:
    """Return the conversation with the participant who is not the Page. own_id: the Page's."""
    people = (row.participants or row.senders or People()).data
    person = next((one for one in people if str(one.id) != own_id), None)
    plain = Conversation(str(row.id), unix_time(row.updated_time), is_owner=row.is_owner)
    return replace(plain, psid=str(person.id), person_name=person.name or "") if person else plain


def _moment(expiration: int | float | None, at: float) -> int | None:
    """Unix seconds, None for what can be no time in seconds, as milliseconds. at: Unix seconds now."""
    known = None if expiration is None else known_moment(expiration)
    return int(known) if known is not None and known < at + _LONGEST_CONTROL else None


def after_cursor(body: Any) -> str:
    """Return the cursor of the next part of a list, "" after the last. The `next` link itself is never used: it
    carries the token."""
    paging = body.get("paging") if isinstance(body, dict) else None
    cursors = paging.get("cursors") if isinstance(paging, dict) else None
    if not isinstance(paging, dict) or not paging.get("next") or not isinstance(cursors, dict):
        return ""  # the last part has cursors, too, but no next
    after = cursors.get("after")
    return after if isinstance(after, str) else ""


def unix_time(value: str | int | None) -> float:
    """Return Unix seconds, 0.0 if unreadable. value: as Facebook writes it, "2026-11-20T10:00:00+0000" or a number."""
    if isinstance(value, int):
        return known_moment(value) or 0.0
    try:
        moment = datetime.fromisoformat(value or "")
        return known_moment((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()) or 0.0
    except (ValueError, OverflowError):
        return 0.0
