"""Graph calls that read a Page's conversations and messages, and that read or change an app's subscription."""

from collections.abc import Sequence
from typing import Any

from wizard.simulator.graph.access import Caller, need_scope, page_of
from wizard.simulator.graph.call import Call
from wizard.simulator.graph.calls_control import need_instagram
from wizard.simulator.graph.fields import NodeField
from wizard.simulator.graph.paging import paged
from wizard.simulator.world.choices import text_of
from wizard.simulator.world.clock import graph_time
from wizard.simulator.world.errors import (
    GraphError,
    invalid,
    known_error,
    no_such_field,
    no_such_object,
    no_such_path,
    permission_needed,
)
from wizard.simulator.world.state import (
    CUSTOMER,
    SUBSCRIBABLE,
    SimulatedMessage,
    SimulatedPage,
    Thread,
    sorted_by_activity,
)
from wizard.simulator.world.world import SimulatedWorld

READABLE_MESSAGES = 20  # only the newest of a conversation can be read (Meta's Conversations API page, as quoted 2026)


def subscribed_apps(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """The calling app only, or nothing."""
    page = page_of(world, call, caller)
    need_scope(caller, "pages_manage_metadata")
    subscribed = page.connected.get(caller.app.id)
    if subscribed is None:
        return {"data": []}
    shown: dict[str, Any] = {
        "category": caller.app.category,
        "link": f"https://www.facebook.com/games/?app_id={caller.app.id}",
        "name": caller.app.name,
        "id": caller.app.id,
        "subscribed_fields": list(subscribed),
    }
    wanted = [field.name for field in call.fields()]
    for name in wanted:
        if name not in shown:
            raise no_such_field(name, "Application")
    shown = {key: value for key, value in shown.items() if not wanted or key in (*wanted, "id")}
    if not subscribed:
        shown.pop("subscribed_fields", None)
    return {"data": [shown]}


def subscribe(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """Replaces the calling app's fields. subscribed_fields: a comma list or a JSON array."""
    page = page_of(world, call, caller)
    need_scope(caller, "pages_manage_metadata")
    text = call.params.get("subscribed_fields")
    if isinstance(text, str):
        text = call.structure("subscribed_fields") if text.startswith("[") else text.split(",")
    if not isinstance(text, list) or not text:
        raise invalid("The parameter subscribed_fields is required.")
    wanted = [str(each).strip() for each in text]
    for each in wanted:
        if each not in SUBSCRIBABLE:
            raise invalid(f"Param subscribed_fields[0] must be one of {{{', '.join(sorted(SUBSCRIBABLE))}}}")
        if each != "feed" and "pages_messaging" not in caller.token.scopes:
            text = f"(#200) To subscribe to the {each} field, one of these permissions is needed: pages_messaging"
            raise GraphError(200, text)
    page.connected[caller.app.id] = tuple(dict.fromkeys(wanted))
    return {"success": True}


def unsubscribe(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    page = page_of(world, call, caller)
    need_scope(caller, "pages_manage_metadata")
    page.connected.pop(caller.app.id, None)
    return {"success": True, "messaging_success": True}


def business_ai(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """Whether Meta's AI is on. Not public: the name of the member and who may ask are assumed."""
    page_of(world, call, caller)
    if not world.scenario.graph.business_ai:
        raise no_such_path("/".join(call.path))
    return {"status": world.scenario.graph.business_ai}


def conversations(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """Newest first; filters: platform, user_id, updated_after_ms, updated_before_ms."""
    page = page_of(world, call, caller)
    need_scope(caller, "pages_messaging")
    platform = call.text("platform", "messenger").lower()
    if platform not in ("messenger", "instagram"):
        raise invalid("Param platform must be one of {INSTAGRAM, MESSENGER}")
    after, before = call.number("updated_after_ms", 0), call.number("updated_before_ms", 0)
    channel = page if platform == "messenger" else page.instagram
    if channel is not None and channel.channel == "instagram":
        need_instagram(channel, caller)
    threads = [
        thread
        for thread in sorted_by_activity(channel.threads.values() if channel else ())
        if thread.messages
        and call.text("user_id") in ("", thread.psid)
        and thread.updated_at * 1000 > after
        and (not before or thread.updated_at * 1000 < before)
        and (caller.app.live or thread.has_role)
    ]
    part, paging = paged(world.scenario.graph, call, threads, lambda thread: thread.conversation_id)
    fields = call.fields("id,updated_time")
    shown = [_conversation(world, channel or page, thread, caller, fields) for thread in part]
    return {"data": shown, "paging": paging} if shown else {"data": []}


def conversation(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    page, thread = _named_thread(world, call, caller)
    fields = call.fields("id,link,message_count,snippet,unread_count,updated_time")
    return _conversation(world, page, thread, caller, fields)


def messages(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    page, thread = _named_thread(world, call, caller)
    _need_message_access(caller)
    newest = _newest(thread, READABLE_MESSAGES)
    part, paging = paged(world.scenario.graph, call, newest, lambda message: message.id)
    shown = [_message(page, thread, each, call.fields("id,created_time")) for each in part]
    return {"data": shown, "paging": paging} if shown else {"data": []}


def messages_of_a_page(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """Refused as recorded: messages are read from a conversation."""
    page_of(world, call, caller)
    raise invalid("For field 'messages': The parameter user_id is required")


def _named_thread(world: SimulatedWorld, call: Call, caller: Caller) -> tuple[SimulatedPage, Thread]:
    if caller.token.kind != "PAGE":
        raise known_error(210)
    need_scope(caller, "pages_messaging")
    page = world.pages[caller.token.page_id or ""]
    found = page.thread_named(call.path[0])
    if found is None or not found[1].messages:
        raise no_such_object(call.method, call.path[0])
    if found[0].channel == "instagram":
        need_instagram(found[0], caller)
    return found


def _people(page: SimulatedPage, thread: Thread) -> tuple[dict[str, str], dict[str, str]]:
    """Return the person and the Page as they stand in lists: on Instagram with a user name."""
    if page.channel == "instagram":
        return {"username": thread.name, "id": thread.psid}, {"username": page.name, "id": page.id}
    return (
        {"name": thread.name, "email": f"{thread.psid}@facebook.com", "id": thread.psid},
        {"name": page.name, "email": f"{page.id}@facebook.com", "id": page.id},
    )


def _conversation(
    world: SimulatedWorld, page: SimulatedPage, thread: Thread, caller: Caller, fields: Sequence[NodeField]
) -> dict[str, Any]:
    person, own = _people(page, thread)
    known: dict[str, Any] = {
        "id": thread.conversation_id,
        "updated_time": graph_time(thread.updated_at),
        "link": f"/{page.id}/inbox/{thread.psid}/",
        "unread_count": 0,
        "message_count": thread.count,
        "can_reply": True,
        "is_subscribed": True,
        "former_participants": {"data": []},
        "scoped_thread_key": thread.conversation_id,
        "name": thread.name,
        "participants": {"data": [person, own]},
        "senders": {"data": [person, own]},
    }
    if page.mode == "routing":  # the field is only answered where Conversation Routing is on
        known["is_owner"] = thread.owner_at(world.now()) == caller.app.id
    shown: dict[str, Any] = {}
    for field in fields:
        if field.name in ("messages", "snippet"):
            _need_message_access(caller)
        if field.name == "messages":
            newest = _newest(thread, min(field.limit(25), READABLE_MESSAGES))
            wanted = field.wanted or [NodeField("id"), NodeField("created_time")]
            shown["messages"] = {"data": [_message(page, thread, each, wanted) for each in newest]}
        elif field.name == "snippet":
            shown["snippet"] = text_of(thread.messages[-1])
        elif field.name in known:
            shown[field.name] = known[field.name]
        elif field.name != "is_owner":
            raise no_such_field(field.name, "UnifiedThread")
    shown.setdefault("id", thread.conversation_id)
    return shown


def _message(
    page: SimulatedPage, thread: Thread, message: SimulatedMessage, fields: Sequence[NodeField]
) -> dict[str, Any]:
    from_person = message.sender == CUSTOMER
    person, own = _people(page, thread)
    known = {
        "id": message.id,
        "created_time": graph_time(message.at),
        "from": person if from_person else own,
        "to": {"data": [own if from_person else person]},
        "message": message.text,
    }
    shown = {}
    for field in fields:
        if field.name not in known:
            raise no_such_field(field.name, "Message")
        shown[field.name] = known[field.name]
    shown.setdefault("id", message.id)
    return shown


def _newest(thread: Thread, count: int) -> list[SimulatedMessage]:
    return thread.messages[::-1][:count]


def _need_message_access(caller: Caller) -> None:
    """The text of messages needs one permission more than the list of conversations (assumed; Meta asks for both)."""
    if "pages_read_engagement" not in caller.token.scopes:
        raise permission_needed(10, "pages_read_engagement")
