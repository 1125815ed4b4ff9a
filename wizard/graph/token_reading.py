"""All that one token reveals without touching a conversation: one round trip, two if a part failed for the moment."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from wizard.core import limits
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.facts import App, FeatureStatus, Identity, Origin, Reading, TokenFacts, TokenKind
from wizard.graph.classify import Again, Refusal
from wizard.graph.headers import ServerTime
from wizard.graph.replies import Node, Success, is_list, own_subscription, read_as, rows
from wizard.graph.wire import Operation, Wire

T = TypeVar("T")

_ME = Operation("me", "GET me", {"fields": "id,name"})
# It tells the kind in a word. Not counted on: it may be refused or passed over one day, as others of its family were.
_METADATA = Operation("me", "GET me?metadata", {"metadata": "1", "fields": "id"}, is_bonus=True)
_APP = Operation("app", "GET app", {})
_SUBSCRIPTION = Operation("me/subscribed_apps", "GET me/subscribed_apps", {})
# Apart from the rest: a field that a kind of token does not have fails its whole operation.
_FEATURES = Operation("me", "GET me?fields=messaging_feature_status", {"fields": "messaging_feature_status"})
_PUBLISHED = Operation("me", "GET me?fields=is_published", {"fields": "is_published"})
_RECEIVERS = Operation("me/secondary_receivers", "GET me/secondary_receivers", {"fields": "id,name"})
_ALL = (_ME, _METADATA, _APP, _SUBSCRIPTION, _FEATURES, _PUBLISHED, _RECEIVERS)
_NODE_TYPE = re.compile(r"on node type \((\w+)\)")
# Subcodes of "there is no such object": others, as those of sessions that ended, are never about an app's token.
_OF_NO_PERSON = (None, 33)
# What the words of such a code say where it is no app's token, but one that may not.
_OF_A_REFUSAL = frozenset(
    {ErrorKind.PERMISSION_MISSING, ErrorKind.PAGE_ACCESS_LOST, ErrorKind.PROOF_NEEDED, ErrorKind.PROOF_WRONG}
)

_KINDS = {
    "page": TokenKind.PAGE,
    "user": TokenKind.USER,
    "systemuser": TokenKind.SYSTEM_USER,
    "system_user": TokenKind.SYSTEM_USER,
    "application": TokenKind.APP,
    "app": TokenKind.APP,
}
_PAGES_ONLY = (_PUBLISHED, _FEATURES)


class _OddShape(Exception):
    """The body is JSON, but not what this call answers."""


def read_token(wire: Wire, times: ServerTime, version: str) -> TokenFacts:
    """Raises WizardError for a token that cannot be used at all, and where nothing could be learned of it."""
    answers = _ask(wire)
    at = times.now
    app = _reading(answers[_APP.call], _APP, at, _app)
    identity = _identity(answers, app, at)
    if identity.failure is not None and (identity.failure.is_token_error or identity.failure.is_transport_error):
        raise WizardError(identity.failure)
    own_id = app.value.id if app.value else ""
    return TokenFacts(
        identity=identity,
        app=app,
        subscription=_own_subscription(answers[_SUBSCRIPTION.call], at, own_id),
        features=_reading(answers[_FEATURES.call], _FEATURES, at, _features),
        receivers=_reading(answers[_RECEIVERS.call], _RECEIVERS, at, _receivers),
        usage=wire.usage,
        api_version=wire.api_version,
        asked_version=version,
        clock_skew=times.skew,
        published=_published_reading(answers[_PUBLISHED.call], at, identity),
    )


def _ask(wire: Wire) -> dict[str, Success | Refusal]:
    """Return the answer of each operation by its name."""
    try:
        answers = dict(zip((one.call for one in _ALL), wire.batch(_ALL), strict=True))
    except WizardError as error:
        if error.failure.is_token_error or (error.failure.is_transport_error and not _is_garbage(error)):
            raise
        return {one.call: _alone(wire, one) for one in _ALL}  # some networks and apps refuse batches
    open_ones = [one for one in _ALL if _may_pass(answers[one.call])]
    if open_ones:
        wire.pause(limits.PAUSE_OF_BATCHES)
        answers |= zip((one.call for one in open_ones), wire.batch(open_ones), strict=True)
    return answers


def _is_garbage(error: WizardError) -> bool:
    return error.kind is ErrorKind.UNREADABLE


def _alone(wire: Wire, operation: Operation) -> Success | Refusal:
    try:
        return Success(wire.read(operation.path, operation.query, operation.call))
    except WizardError as error:
        if operation is _ME and error.failure.is_transport_error:
            raise  # the other calls would meet the same
        return Refusal(error.failure)


def _may_pass(answer: Success | Refusal) -> bool:
    return isinstance(answer, Refusal) and answer.again is Again.SOON


def _identity(answers: dict[str, Success | Refusal], app: Reading[App], at: float) -> Reading[Identity]:
    answer = answers[_ME.call]
    if isinstance(answer, Refusal):
        # An app token has no "me": code 2500, 100 or 102, while its app answers.
        is_refused = answer.failure.subcode not in _OF_NO_PERSON or answer.failure.kind in _OF_A_REFUSAL
        if app.value is not None and answer.failure.code in (2500, 100, 102) and not is_refused:
            return Reading(_ME.call, at, Identity(TokenKind.APP, app.value.id, app.value.name))
        return Reading(_ME.call, at, failure=answer.failure)
    node = read_as(Node, answer.body)
    if node is None:
        return Reading(_ME.call, at, failure=_odd(_ME))
    return Reading(
        _ME.call,
        at,
        Identity(_kind(answers), str(node.id), node.name or "", _published(answers[_PUBLISHED.call])),
    )


def _kind(answers: dict[str, Success | Refusal]) -> TokenKind:
    told = answers[_METADATA.call]
    metadata = told.body.get("metadata") if isinstance(told, Success) and isinstance(told.body, dict) else None
    named = metadata.get("type") if isinstance(metadata, dict) else None
    if isinstance(named, str) and named.lower() in _KINDS:
        return _KINDS[named.lower()]
    # Without metadata what only Pages have tells: it is there, or the refusal names the kind, or wants a Page token.
    edge = answers[_SUBSCRIPTION.call]
    if isinstance(edge, Success) or any(_has_field(answers[one.call], one.query["fields"]) for one in _PAGES_ONLY):
        return TokenKind.PAGE
    for answer in (answers[one.call] for one in (*_PAGES_ONLY, _SUBSCRIPTION)):
        if isinstance(answer, Refusal) and (node := _NODE_TYPE.search(answer.failure.message)):
            return _KINDS.get(node[1].lower(), TokenKind.UNKNOWN)
    return TokenKind.USER if edge.failure.kind is ErrorKind.PAGE_TOKEN_NEEDED else TokenKind.UNKNOWN


def _has_field(answer: Success | Refusal, name: str) -> bool:
    return isinstance(answer, Success) and isinstance(answer.body, dict) and name in answer.body


def _published(answer: Success | Refusal) -> bool | None:
    value = answer.body.get("is_published") if isinstance(answer, Success) and isinstance(answer.body, dict) else None
    return value if isinstance(value, bool) else None


def _published_reading(answer: Success | Refusal, at: float, identity: Reading[Identity]) -> Reading[bool] | None:
    """Why a Page's token was not told whether the Page is published; other kinds have no such field."""
    is_pages = identity.value is not None and identity.value.kind is TokenKind.PAGE
    return Reading(_PUBLISHED.call, at, failure=answer.failure) if is_pages and isinstance(answer, Refusal) else None


def _own_subscription(answer: Success | Refusal, at: float, own_id: str) -> Reading[App] | None:
    """None where there are rows and nothing tells which is ours."""
    if not own_id and isinstance(answer, Success) and is_list(answer.body) and answer.body["data"]:
        return None
    return _reading(answer, _SUBSCRIPTION, at, lambda body: _subscription(body, own_id))


def _reading(answer: Success | Refusal, operation: Operation, at: float, read: Callable[[Any], T | None]) -> Reading[T]:
    """read: returns the value in a body, or raises _OddShape."""
    if isinstance(answer, Refusal):
        return Reading(operation.call, at, failure=answer.failure)
    try:
        return Reading(operation.call, at, read(answer.body))
    except _OddShape:
        return Reading(operation.call, at, failure=_odd(operation))


def _odd(operation: Operation) -> Failure:
    return Failure(ErrorKind.UNREADABLE, operation.call, http_status=200)


def _app(body: Any) -> App:
    node = read_as(Node, body)
    if node is None:
        raise _OddShape
    return App(str(node.id), node.name or "", Origin.TOKEN)


def _subscription(body: Any, own_id: str) -> App | None:
    if not is_list(body):
        raise _OddShape
    own = own_subscription(body, own_id)
    if own is None:
        return None
    return App(str(own.id), own.name or "", Origin.TOKEN, frozenset(own.subscribed_fields or ()))


def _features(body: Any) -> FeatureStatus:
    flags = body.get("messaging_feature_status", {}) if isinstance(body, dict) else None
    if not isinstance(flags, dict):
        raise _OddShape
    return FeatureStatus(tuple((name, value) for name, value in flags.items() if isinstance(value, bool)))


def _receivers(body: Any) -> tuple[App, ...]:
    if not is_list(body):
        raise _OddShape
    return tuple(App(str(row.id), row.name or "", Origin.RECEIVERS) for row in rows(body, Node))
