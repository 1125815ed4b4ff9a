"""The Graph API as one app sees it through one token: `wizard.core.ports.Graph` over HTTP."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from wizard.core import graph_versions
from wizard.core.cancel import CancelToken
from wizard.core.errors import ErrorKind, Failure, WizardError
from wizard.core.facts import (
    App,
    Control,
    Conversation,
    Message,
    OwnerReading,
    OwnersAndApps,
    Page,
    TokenFacts,
    TokenKind,
)
from wizard.core.ports import Clock
from wizard.core.secret import Secret
from wizard.graph import replies
from wizard.graph.headers import ServerTime

if TYPE_CHECKING:  # it loads requests, which is slow: the first call does
    from wizard.graph.rate_limiter import RateLimiter
    from wizard.graph.wire import ToldLimit, Wire
    from wizard.web.session import HttpSession

_LONGEST_METADATA = 1000  # characters; Meta documents no limit
_PAGES_AT_ONCE = 100
_CONVERSATIONS_AT_ONCE = 50
# An end for a list that has none: so many parts nobody has, even where Facebook gives Pages one by one.
_MOST_PARTS, _MOST_EMPTY_PARTS = 10_000, 20
# Seconds of reading: somebody waits for conversations, and for Pages to choose from; a program for all Pages. Of one
# part not more than _LONGEST_PART count: what a limit of Facebook holds up is no fault of the list.
_LONGEST_CONVERSATIONS, _LONGEST_PAGES, _LONGEST_ALL_PAGES, _LONGEST_PART = 30.0, 300.0, 3600.0, 30.0
_CONVERSATION_FIELDS = ("id", "updated_time", "participants", "is_owner")


class GraphClient:
    """graph: address without version, as "https://graph.facebook.com". proof: the pre-computed appsecret_proof of
    exactly this token. version: as "v26.0", "" for the newest; raises ValueError for another shape. page_id: where it
    is known already. pace: slows down before the limits of Facebook, this client and those of its `pages` together.

    Nothing is sent, and nothing slow imported, before the first call. One thread at a time; the clients of `pages` may
    each run in their own.
    """

    def __init__(
        self,
        world_graph: str,
        token: Secret,
        proof: Secret | None,
        cancel: CancelToken,
        clock: Clock,
        version: str = "",
        *,
        page_id: str = "",
        pace: "RateLimiter | None" = None,
    ) -> None:
        version = version or graph_versions.newest()
        if not graph_versions.is_version(version):
            raise ValueError(f"not a version of the Graph API: {version}")
        self._graph, self._token, self._proof = world_graph, token, proof
        self._cancel, self._clock, self._version = cancel, clock, version
        self._page_id, self._pace = page_id, pace
        self._times = ServerTime(clock)
        self._in_a_hurry = False
        self._session: HttpSession | None = None
        self._wire: Wire | None = None
        self._limit: ToldLimit | None = None
        self._own_app_id = ""
        self._newest: dict[str, str] = {}  # of the version that answered: looked for once in a run

    def __repr__(self) -> str:
        return f"GraphClient({self._graph}, {self._version})"

    @property
    def secret(self) -> Secret:
        """The token it speaks with: to be kept where it opened one of a person's Pages."""
        return self._token

    def read_token(self) -> TokenFacts:
        from wizard.graph.token_reading import read_token

        facts = read_token(self._calls(), self._times, self._version)
        if facts.identity.value and facts.identity.value.kind is TokenKind.PAGE:
            self._page_id = facts.identity.value.id
        self._own_app_id = facts.app.value.id if facts.app and facts.app.value else ""
        return replace(facts, newest_version=self._newest_version(facts.api_version))

    def pages(self) -> Iterator[tuple[Page, "GraphClient | None"]]:
        query, call = {"fields": "id,name,access_token,tasks"}, "GET me/accounts"
        seen, stale = set[str](), 0
        longest = _LONGEST_PAGES if self._pace is None else _LONGEST_ALL_PAGES
        for body in self._parts("me/accounts", query, call, _PAGES_AT_ONCE, longest):
            rows = [row for row in replies.rows(body, replies.AccountPage) if str(row.id) not in seen]
            seen.update(str(row.id) for row in rows)
            stale = 0 if rows else stale + 1
            if stale >= _MOST_EMPTY_PARTS:
                raise WizardError(Failure(ErrorKind.UNREADABLE, call, http_status=200))
            for row in rows:
                tasks = row.tasks if row.tasks is not None else row.perms
                page = Page(
                    str(row.id), row.name or "", None if tasks is None else frozenset(tasks), bool(row.access_token)
                )
                yield page, self._speaking_for(page, row.access_token) if row.access_token else None

    def permissions(self) -> Mapping[str, str]:
        """What the person behind a user's token gave the app: permission -> "granted", "declined" or "expired"."""
        body = self._calls().read("me/permissions", {}, "GET me/permissions")
        return {row.permission: row.status for row in replies.rows(body, replies.PermissionRow)}

    def app_named(self, app_id: str) -> App | None:
        """icon_url is asked for because only apps have it: a Page's or a person's ID answers with an error."""
        try:
            body = self._calls().read(quote(app_id, safe=""), {"fields": "id,name,icon_url"}, "GET {app}")
        except WizardError as error:
            if error.kind in replies.NOT_AN_APP:
                return None
            raise
        node = replies.read_as(replies.Node, body)
        return App(str(node.id), node.name or "") if node else None

    def owner(self, psid: str) -> OwnerReading:
        from wizard.web.patience import QUICK

        call = "GET me/thread_owner"
        try:
            body = self._calls().read("me/thread_owner", {"recipient": psid}, call, QUICK)
        except WizardError as error:
            if error.failure.is_token_error or error.failure.is_transport_error:
                raise
            return OwnerReading(psid, Control.UNREADABLE, self.time, failure=error.failure)
        return replies.owner_reading(psid, body, self.time)

    def read_owners(self, psids: Sequence[str], app_ids: Sequence[str] = ()) -> OwnersAndApps:
        """A refused batch is made up for by plain calls."""
        from wizard.graph.looking import look, may_be_asked_plainly

        try:
            return look(self._calls(), self._times, psids, app_ids)
        except WizardError as error:
            if not may_be_asked_plainly(error):
                raise
        return self._look_plainly(psids, app_ids)

    def conversations(self, since: float | None = None, limit: int = 25) -> Sequence[Conversation]:
        query = {"platform": "messenger", "fields": ",".join(_CONVERSATION_FIELDS)}
        if since is not None:
            query["updated_after_ms"] = str(int(since * 1000) - 1)  # "after": the moment itself counts
        try:
            found = self._conversations(query, since, limit)
        except WizardError as error:
            if "is_owner" not in error.failure.message:
                raise
            # The newest of the fields: a version without it must not cost us the list.
            query["fields"] = ",".join(name for name in _CONVERSATION_FIELDS if name != "is_owner")
            found = self._conversations(query, since, limit)
        return sorted(found, key=lambda conversation: conversation.updated_at, reverse=True)[:limit]

    def messages(self, conversation_id: str, limit: int = 10) -> Sequence[Message]:
        """Newest first, as Facebook sends them."""
        path = f"{quote(conversation_id, safe='')}/messages"
        query = {"fields": "id,created_time,from,message"}
        body = next(self._parts(path, query, "GET {conversation}/messages", limit, _LONGEST_CONVERSATIONS), None)
        found = list(replies.rows(body, replies.MessageRow))[:limit]
        return [replies.message(row) for row in found]

    def pass_control(self, psid: str, app_id: str, metadata: str) -> None:
        self._change("pass_thread_control", psid, metadata, {"target_app_id": app_id})

    def take_control(self, psid: str, metadata: str) -> None:
        self._change("take_thread_control", psid, metadata)

    def release_control(self, psid: str, metadata: str) -> None:
        self._change("release_thread_control", psid, metadata)

    def request_control(self, psid: str, metadata: str) -> None:
        self._change("request_thread_control", psid, metadata)

    def add_fields(self, missing: frozenset[str]) -> frozenset[str]:
        """Facebook replaces the whole set with what is sent, hence read and merge first."""
        wanted = self._own_fields() | missing
        call = "POST me/subscribed_apps"
        self._calls().write("me/subscribed_apps", {"subscribed_fields": ",".join(sorted(wanted))}, call)
        return self._own_fields()

    def with_short_timeouts(self, cancel: CancelToken) -> "GraphClient":
        quick = GraphClient(
            self._graph, self._token, self._proof, cancel, self._clock, self._version, page_id=self._page_id
        )
        quick._times, quick._in_a_hurry, quick._limit = self._times, True, self._limit
        return quick

    @property
    def time(self) -> float:
        return self._times.now

    def close(self) -> None:
        """Close the connections; the next call would open new ones."""
        if self._session is not None:
            self._session.close()

    def _calls(self) -> "Wire":
        if self._wire is None:
            from wizard.graph import wire
            from wizard.web import patience

            self._limit = self._limit or wire.ToldLimit(self._clock)
            self._wire = wire.Wire(
                self._graph,
                self._version,
                self._token,
                self._proof,
                self._cancel,
                self._open_session(),
                self._times,
                self._limit,
                patience.HURRIED if self._in_a_hurry else patience.PATIENT,
                self._pace.for_token(self._page_id) if self._pace is not None else None,
                self._page_id,
            )
        return self._wire

    def _speaking_for(self, page: Page, token: str) -> "GraphClient":
        """A client with the Page's own token, on the connections that are open already. A proof belongs to one token,
        so ours is not handed on."""
        client = GraphClient(
            self._graph,
            Secret(token),
            None,
            self._cancel,
            self._clock,
            self._version,
            page_id=page.id,
            pace=self._pace,
        )
        client._session, client._times, client._in_a_hurry = self._session, self._times, self._in_a_hurry
        client._newest = self._newest
        return client

    def _newest_version(self, answered: str) -> str:
        """Return the newest version that there is where ours was answered by another, "" where it was not, or nothing
        was found."""
        if not graph_versions.is_version(answered) or answered == self._version:
            return ""
        if answered not in self._newest:
            from wizard.graph.newest_version import newest_from

            self._newest[answered] = newest_from(self._graph, answered, self._open_session())
        return self._newest[answered]

    def _open_session(self) -> "HttpSession":
        from wizard.web.session import HttpSession, hurried

        if self._session is None:
            self._session = HttpSession(self._cancel, hurried() if self._in_a_hurry else None)
        return self._session

    def _change(self, edge: str, psid: str, metadata: str, more: Mapping[str, str] | None = None) -> None:
        form = {"recipient": json.dumps({"id": psid}), "metadata": metadata[:_LONGEST_METADATA], **(more or {})}
        self._calls().write(f"me/{edge}", form, f"POST me/{edge}")

    def _parts(self, path: str, query: Mapping[str, str], call: str, at_once: int, longest: float) -> Iterator[Any]:
        """Yield the parts of a list, by cursor. Where Facebook finds a part too large it is asked for half as much. A
        list that does not end is UNREADABLE: after so many parts, or empty ones, or longest seconds of reading."""
        after, seen, spent, empty = "", set[str](), 0.0, 0
        while True:
            began = self._clock.monotonic()
            place = {"after": after} if after else {}
            try:
                body = self._calls().read(path, {**query, "limit": str(at_once), **place}, call)
            except WizardError as error:
                if error.kind is not ErrorKind.TOO_MUCH_DATA or at_once == 1:
                    raise
                at_once = at_once // 2
                continue
            if not replies.is_list(body):
                raise WizardError(Failure(ErrorKind.UNREADABLE, call, http_status=200))
            spent += min(self._clock.monotonic() - began, _LONGEST_PART)
            empty = 0 if body["data"] else empty + 1
            yield body
            after = replies.after_cursor(body)
            if not after or after in seen:
                return
            seen.add(after)
            if len(seen) >= _MOST_PARTS or empty >= _MOST_EMPTY_PARTS or spent >= longest:
                raise WizardError(Failure(ErrorKind.UNREADABLE, call, http_status=200))

    def _conversations(self, query: Mapping[str, str], since: float | None, limit: int) -> list[Conversation]:
        found: list[Conversation] = []
        at_once = min(limit, _CONVERSATIONS_AT_ONCE)
        parts = self._parts("me/conversations", query, "GET me/conversations", at_once, _LONGEST_CONVERSATIONS)
        for body in parts:
            part = list(replies.rows(body, replies.ConversationRow))
            # The parameter may be passed over, so what is older is left out here as well. Times are whole seconds.
            fresh = [row for row in part if since is None or replies.unix_time(row.updated_time) >= int(since)]
            own_id = self._own_page_id() if any(row.participants or row.senders for row in fresh) else ""
            found += [replies.conversation(row, own_id) for row in fresh]
            if len(found) >= limit or len(fresh) < len(part):
                break
        return found

    def _look_plainly(self, psids: Sequence[str], app_ids: Sequence[str]) -> OwnersAndApps:
        owners = tuple(self.owner(psid) for psid in psids)
        seen = dict.fromkeys((*app_ids, *(reading.app_id for reading in owners if reading.app_id)))
        names = ((app_id, self.app_named(app_id)) for app_id in seen)
        return OwnersAndApps(owners, tuple((app_id, app.name if app else "") for app_id, app in names))

    def _own_page_id(self) -> str:
        if not self._page_id:
            node = replies.read_as(replies.Node, self._calls().read("me", {"fields": "id"}, "GET me"))
            self._page_id = str(node.id) if node else ""
        return self._page_id

    def _own_fields(self) -> frozenset[str]:
        """Raises WizardError where it is not known which row is ours: the fields that it has would be lost."""
        calls = self._calls()
        body = calls.read("me/subscribed_apps", {}, "GET me/subscribed_apps")
        if not replies.is_list(body):
            raise WizardError(Failure(ErrorKind.UNREADABLE, "GET me/subscribed_apps", http_status=200))
        if body["data"] and not self._own_app_id:
            app = replies.read_as(replies.Node, calls.read("app", {"fields": "id"}, "GET app"))
            if app is None:
                raise WizardError(Failure(ErrorKind.UNREADABLE, "GET app", http_status=200))
            self._own_app_id = str(app.id)
        own = replies.own_subscription(body, self._own_app_id)
        return frozenset(own.subscribed_fields or ()) if own else frozenset()
