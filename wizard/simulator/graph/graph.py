"""The Graph API of the practice world: from a call to its answer, with faults and the record, without the network."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wizard.simulator.graph import calls_control, calls_log_in, calls_node, calls_page, calls_send, calls_subscriptions
from wizard.simulator.graph.access import Caller, caller_of
from wizard.simulator.graph.call import Call, GraphReply, error_reply, json_reply
from wizard.simulator.graph.faulty import faulty
from wizard.simulator.graph.versions import answering_version, exists
from wizard.simulator.world.errors import GraphError, known_error, no_such_object, no_such_path, trace_id
from wizard.simulator.world.faults import Fault, named_call
from wizard.simulator.world.state import CONVERSATIONS, Token
from wizard.simulator.world.world import SimulatedWorld

Answer = Callable[[SimulatedWorld, Call, Caller], Any]

_OF_THE_APP = (4, 17)  # codes of the limits of app and person; the others are a Page's

_PAGE_CALLS: dict[tuple[str, str], Answer] = {
    ("GET", "subscribed_apps"): calls_page.subscribed_apps,
    ("POST", "subscribed_apps"): calls_page.subscribe,
    ("DELETE", "subscribed_apps"): calls_page.unsubscribe,
    ("GET", "conversations"): calls_page.conversations,
    ("GET", "messages"): calls_page.messages_of_a_page,
    ("GET", "business_ai"): calls_page.business_ai,
    ("GET", "thread_owner"): calls_control.thread_owner,
    ("GET", "secondary_receivers"): calls_control.secondary_receivers,
    ("POST", "pass_thread_control"): calls_control.pass_thread_control,
    ("POST", "take_thread_control"): calls_control.take_thread_control,
    ("POST", "request_thread_control"): calls_control.request_thread_control,
    ("POST", "release_thread_control"): calls_control.release_thread_control,
    ("POST", "extend_thread_control"): calls_control.extend_thread_control,
    ("POST", "messages"): calls_send.send_message,
    ("POST", "message_attachments"): calls_send.keep_attachment,
    ("GET", "personas"): calls_send.personas,
    ("POST", "personas"): calls_send.make_persona,
    ("GET", "messenger_profile"): calls_send.profile,
    ("POST", "messenger_profile"): calls_send.set_profile,
    ("DELETE", "messenger_profile"): calls_send.remove_profile,
    ("GET", "subscriptions"): calls_subscriptions.subscriptions,
    ("POST", "subscriptions"): calls_subscriptions.subscribe,
    ("DELETE", "subscriptions"): calls_subscriptions.unsubscribe,
    ("GET", "accounts"): calls_node.accounts,
    ("GET", "permissions"): calls_node.permissions,
}
_SINGLE: dict[str, Answer] = {"app": calls_node.own_app, "debug_token": calls_node.debug_token}


def answer(world: SimulatedWorld, call: Call) -> GraphReply:
    """Return the answer to one call, one fault at most applied, and write the call into the record."""
    calls_subscriptions.ask_callback(world, call)
    with world.lock:
        name = named_call(call.method, call.path, world.call_names)
        entry = record(world, call, name)
        reply = under_faults(world, call, name, lambda: carry_out(world, call))
        entry["status"] = reply.status if reply.wire is None else reply.wire
        for key, value in _usual_headers(world, call).items():
            reply.headers.setdefault(key, value)
        return reply


def record(world: SimulatedWorld, call: Call, name: str) -> dict[str, Any]:
    """Write a call into the record and return its entry."""
    token = world.tokens.get(call.token or "")
    entry: dict[str, Any] = {
        "time": world.now(),
        "method": call.method,
        "path": "/" + "/".join([*([call.version] if call.version else []), *call.path]),
        "call": name,
        "parameters": call.public_params(),
        "app": token.app_id if token else None,
        "token_in": call.token_in,
        "batch": call.in_batch,
        "status": None,
    }
    world.record.add(entry, _page_of(token))
    return entry


def carry_out(world: SimulatedWorld, call: Call) -> GraphReply:
    try:
        if not exists(world.scenario.graph, call.version):
            raise no_such_path("/".join([call.version or "", *call.path]))
        if call.method == "POST" and (answer := calls_log_in.BY_PATH.get(call.path)):
            return json_reply(answer(world, call))
        return json_reply(_find(call)(world, call, caller_of(world, call)))
    except GraphError as error:
        return error_reply(error)


def _find(call: Call) -> Answer:
    path = call.path
    if len(path) == 1 and call.method == "GET":
        if path[0] in _SINGLE:
            return _SINGLE[path[0]]
        return calls_page.conversation if path[0].startswith(CONVERSATIONS) else calls_node.node
    if len(path) == 2 and (call.method, path[1]) == ("GET", "messages") and path[0].startswith(CONVERSATIONS):
        return calls_page.messages
    if len(path) == 2 and (call.method, path[1]) in _PAGE_CALLS:
        return _PAGE_CALLS[call.method, path[1]]
    if len(path) == 1 and call.method == "DELETE":
        return calls_send.remove_persona
    if len(path) == 1:
        raise no_such_object(call.method, path[0])
    raise no_such_path("/".join(path[1:]))


def under_faults(world: SimulatedWorld, call: Call, name: str, do: Callable[[], GraphReply]) -> GraphReply:
    """Return what `do` answers, or what the fault that is due for a call of this name makes of it."""
    due = world.faults.take(name, _page_of(world.tokens.get(call.token or "")), world.now())
    return faulty(*due, do, _Refusals(world, call)) if due else do()


@dataclass(frozen=True, slots=True)
class _Refusals:
    """How the Graph API says no to this call."""

    world: SimulatedWorld
    call: Call

    def refuse(self) -> GraphReply:
        return error_reply(known_error(10))

    def error(self, fault: Fault) -> GraphReply:
        error = known_error(1 if fault.code is None else fault.code, fault.subcode)
        error.message = fault.message or error.message
        return error_reply(error)

    def throttled(self, fault: Fault) -> GraphReply:
        """80006 with the Messenger limit's header, 12 minutes to wait, unless the fault says otherwise. The limit of
        the app has no minutes in its header; Retry-After, which is rare in life, tells them here."""
        minutes = 12 if fault.minutes is None else fault.minutes
        if fault.ends_at is not None:
            minutes = max(0.0, fault.ends_at - self.world.now()) / 60
        reply = error_reply(known_error(fault.code or 80006, fault.subcode))
        if fault.code in _OF_THE_APP:
            reply.headers["X-App-Usage"] = _app_usage(100)
            reply.headers["Retry-After"] = f"{max(1, minutes * 60):.0f}"
        else:
            reply.headers["X-Business-Use-Case-Usage"] = _usage(self._token, 100, minutes)
        return reply

    def usage(self, fault: Fault) -> dict[str, str]:
        return _usage_headers(self._token, fault.percent, fault.minutes or 0)

    @property
    def _token(self) -> Token | None:
        return self.world.tokens.get(self.call.token or "")


def _usage_headers(token: Token | None, percent: int, minutes: float) -> dict[str, str]:
    if _page_of(token) is not None:
        return {"X-Business-Use-Case-Usage": _usage(token, percent, minutes)}
    return {"X-App-Usage": _app_usage(percent)} if token is not None else {}


def _app_usage(percent: int) -> str:
    return f'{{"call_count":{percent},"total_cputime":0,"total_time":{percent}}}'


def _usage(token: Token | None, calls: int, minutes: float) -> str:
    key = (token.page_id if token else None) or "0"
    return (
        f'{{"{key}":[{{"type":"messenger","call_count":{calls},"total_cputime":1,"total_time":2,'
        f'"estimated_time_to_regain_access":{minutes}}}]}}'
    )


def _usual_headers(world: SimulatedWorld, call: Call) -> dict[str, str]:
    headers = {
        "facebook-api-version": answering_version(world.scenario.graph, call.version),
        "x-fb-trace-id": trace_id(),
        "x-fb-request-id": trace_id(),
        "x-fb-rev": "1018678277",
        "Cache-Control": "private, no-cache, no-store, must-revalidate",
        "Pragma": "no-cache",
    }
    token = world.tokens.get(call.token or "")
    used = min(99, world.record.made_by(_page_of(token)) // 20)  # each Page has a limit of its own, as has the app
    return headers | _usage_headers(token, used, 0)


def _page_of(token: Token | None) -> str | None:
    return token.page_id if token is not None and token.kind == "PAGE" else None
