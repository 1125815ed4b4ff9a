"""Graph calls that move or read control of a conversation."""

from typing import Any

from wizard.simulator.graph.access import Caller, need_scope, page_of
from wizard.simulator.graph.call import Call
from wizard.simulator.graph.message_body import recipient_id
from wizard.simulator.world import rules
from wizard.simulator.world.clock import DAY
from wizard.simulator.world.errors import GraphError, invalid, known_error
from wizard.simulator.world.state import SimulatedPage, Thread
from wizard.simulator.world.world import SimulatedWorld


def pass_thread_control(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    page, thread = target_thread(world, call, caller)
    target = call.params.get("target_app_id")
    if target is not None and not str(target).isdigit():
        raise invalid("Param target_app_id must be a valid ID string")
    rules.pass_control(world, page, thread, caller.app.id, None if target is None else str(target), _metadata(call))
    return {"success": True}


def take_thread_control(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    page, thread = target_thread(world, call, caller)
    rules.take_control(world, page, thread, caller.app.id, _metadata(call))
    return {"success": True}


def request_thread_control(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    page, thread = target_thread(world, call, caller)
    rules.request_control(world, page, thread, caller.app.id, _metadata(call))
    return {"success": True}


def release_thread_control(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    _, thread = target_thread(world, call, caller)
    rules.release_control(world, thread, caller.app.id)
    return {"success": True}


def extend_thread_control(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    _, thread = target_thread(world, call, caller)
    rules.extend_control(world, thread, caller.app.id, call.number("duration", DAY))
    return {"success": True}


def thread_owner(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """Owner and default app see app_id, others only the expiration, an idle thread is an empty list. Where the scenario
    says "empty", the owner alone sees anything: to all others its thread looks idle.

    On legacy Pages there is no expiration (recorded), and others than primary and owner are refused (assumed).
    """
    page = page_of(world, call, caller, wrong_kind=190)
    need_scope(caller, "pages_messaging", 230)
    behaviour = world.scenario.graph
    if behaviour.thread_owner == "refused":
        raise invalid("Tried accessing nonexisting field (thread_owner) on node type (Page)")
    page, thread = person_of(page, caller, call.text("recipient"))
    owner = thread.owner_at(world.now())
    if owner is None or (behaviour.thread_owner == "empty" and owner != caller.app.id):
        return {"data": []}
    seen = rules.who_sees(page, thread, caller.app.id, world.now()) and behaviour.thread_owner != "hidden"
    if page.legacy and not seen:
        raise invalid("The calling app is neither the primary receiver nor the thread owner.")
    shown: dict[str, Any] = {}
    if seen:
        shown["app_id"] = int(owner) if behaviour.app_id_as == "number" else owner
    if not page.legacy:
        shown["expiration"] = thread.expires_at
    return {"data": [{"thread_owner": shown}]}


def secondary_receivers(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """The primary of a legacy Page sees the list; elsewhere the answer is a setting of the scenario (not known)."""
    page = page_of(world, call, caller)
    if not page.legacy:
        if world.scenario.graph.secondary_receivers_after_routing == "refused":
            raise GraphError(100, "(#100) Tried accessing nonexisting field (secondary_receivers) on node type (Page)")
        return {"data": []}
    if caller.app.id in page.secondaries:
        raise GraphError(10, "(#10) Secondary receivers cannot see other secondary receivers.", subcode=2018234)
    if caller.app.id != page.primary:
        text = "(#10) Only the primary receiver and secondary receivers can call this API."
        raise GraphError(10, text, subcode=2018171)
    return {"data": [{"id": app, "name": world.app_name(app)} for app in page.secondaries]}


def target_thread(world: SimulatedWorld, call: Call, caller: Caller) -> tuple[SimulatedPage, Thread]:
    page = page_of(world, call, caller, wrong_kind=190)
    need_scope(caller, "pages_messaging", 230)
    channel, thread = person_of(page, caller, recipient_id(call.structure("recipient")))
    if not caller.app.live and not thread.has_role:
        raise known_error(200, 2018028)
    return channel, thread


def person_of(page: SimulatedPage, caller: Caller, psid: str) -> tuple[SimulatedPage, Thread]:
    """Return the channel and the conversation of a person. Raises GraphError."""
    found = page.with_person(psid)
    if found is None or not _known(found[1]):
        raise known_error(100, 2018001)
    if found[0].channel == "instagram":
        need_instagram(found[0], caller)
    return found


def need_instagram(account: SimulatedPage, caller: Caller) -> None:
    """Raises GraphError where the caller, or the owner of the account, does not allow this."""
    for scope in ("instagram_basic", "instagram_manage_messages"):
        need_scope(caller, scope)
    if not account.message_access:
        raise known_error(200, 2534041)


def _metadata(call: Call) -> str | None:
    return call.text("metadata") if "metadata" in call.params else None


def _known(thread: Thread) -> bool:
    """Whether the person ever wrote: before that, Facebook knows no such user for this Page."""
    return bool(thread.messages)
