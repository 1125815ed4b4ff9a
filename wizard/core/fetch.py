"""Everything that one token shows of a Page, read in as few calls as possible. Nothing is ever changed."""

from collections.abc import Iterable
from dataclasses import replace

from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.facts import (
    Control,
    Conversation,
    Facts,
    Identity,
    OwnerReading,
    OwnersAndApps,
    Reading,
    TokenFacts,
    TokenKind,
)
from wizard.core.ports import GraphApi

CONVERSATIONS = 20  # the newest: enough to see who really answers
OF_EACH_OF_MANY = 5  # of each of many Pages: few enough for a quick look
_CONVERSATIONS_CALL = "GET me/conversations"


def fetch_facts(
    graph: GraphApi,
    cancel: CancelToken,
    look_at_conversations: bool,
    app_ids: Iterable[str] = (),
    token: TokenFacts | None = None,
    conversations: int = CONVERSATIONS,
) -> Facts:
    """Return what was seen. Raises Cancelled; a call that fails is a reading with its failure.

    look_at_conversations: only with consent; reads IDs, times and who has control of the newest conversations, never
    text, and forgets the names of people. app_ids: apps whose names are looked up. token: where it was read already.
    conversations: how many at most.
    Two round trips at most beside the token's own, in the usual case.
    """
    facts = Facts(token=token or token_facts(graph))
    if not _is_pages(facts):
        return facts
    if facts.token is not None and any(one is not None and _is_limited(one.failure) for one in facts.token.readings):
        return facts  # calling on makes a limit longer
    cancel.raise_if_cancelled()
    psids: tuple[str, ...] = ()
    if look_at_conversations:
        found = _conversations(graph, conversations)
        facts = replace(facts, conversations=found)
        psids = tuple(dict.fromkeys(one.psid for one in found.value or () if one.psid))
        if found.failure is not None and (found.failure.is_token_error or found.failure.is_transport_error):
            return facts
        cancel.raise_if_cancelled()
    own = facts.token.app.value.id if facts.token and facts.token.app and facts.token.app.value else ""
    wanted = tuple(app_id for app_id in dict.fromkeys(app_ids) if app_id and app_id != own)
    if not psids and not wanted:
        return facts
    try:
        seen = graph.read_owners(psids, wanted)
    except WizardError as error:
        return _without_look(facts, psids, error, graph.time)
    return _with_look(facts, seen, graph.time)


def token_facts(graph: GraphApi) -> TokenFacts:
    """What the token is; a token that cannot be used at all is an identity that failed."""
    try:
        return graph.read_token()
    except WizardError as error:
        identity: Reading[Identity] = Reading(error.failure.call or "GET me", graph.time, failure=error.failure)
        return TokenFacts(identity)


def _is_pages(facts: Facts) -> bool:
    """Whether the token works and may be a Page's: with another the calls about a Page cannot work."""
    identity = facts.token.identity if facts.token else None
    if identity is None or identity.failure is not None or identity.value is None:
        return False
    return identity.value.kind in (TokenKind.PAGE, TokenKind.UNKNOWN)


def _is_limited(failure: Failure | None) -> bool:
    return failure is not None and failure.kind is ErrorKind.THROTTLED


def _conversations(graph: GraphApi, count: int) -> Reading[tuple[Conversation, ...]]:
    try:
        found = graph.conversations(limit=count)[:count]
    except WizardError as error:
        return Reading(_CONVERSATIONS_CALL, graph.time, failure=error.failure)
    nameless = tuple(replace(one, person_name="") for one in found)
    return Reading(_CONVERSATIONS_CALL, graph.time, nameless)


def _with_look(facts: Facts, seen: OwnersAndApps, at: float) -> Facts:
    named_at = at if seen.app_names else 0.0
    return replace(facts, owners=seen.owners, app_names=seen.app_names, named_at=named_at, business_ai=seen.business_ai)


def _without_look(facts: Facts, psids: tuple[str, ...], error: WizardError, at: float) -> Facts:
    failed = tuple(OwnerReading(psid, Control.UNREADABLE, at, failure=error.failure) for psid in psids)
    return replace(facts, owners=failed)
