"""Graph calls of an app's own web hook subscription: its callback, and the fields that reach it at all.

The callback is asked for the challenge before the world is locked: a bot may be slow, and may call the world meanwhile.
"""

from typing import Any

from wizard.simulator.graph.access import Caller
from wizard.simulator.graph.call import Call
from wizard.simulator.graph.versions import newest
from wizard.simulator.hooks.connect import CallbackRefused, check_address, check_owner
from wizard.simulator.hooks.post import verify
from wizard.simulator.world.assumed import assumed_error
from wizard.simulator.world.errors import GraphError, invalid, no_such_object
from wizard.simulator.world.outbox import Callback
from wizard.simulator.world.state import SUBSCRIBABLE
from wizard.simulator.world.world import SimulatedWorld


def ask_callback(world: SimulatedWorld, call: Call) -> None:
    """Ask the callback that a call would subscribe, and keep what it said with the call. Do not hold the world's lock.
    Nobody is asked who does not call as the app itself."""
    if (call.method, call.path[1:]) != ("POST", ("subscriptions",)) or call.in_batch:
        return
    token = world.tokens.get(call.token or "")
    if token is None or token.kind != "APP" or token.app_id != call.path[0]:
        return
    callback = Callback(token.app_id, call.text("callback_url"), call.text("verify_token"))
    try:
        check_address(callback.url, world.outbox.allowed_hosts)
        check_owner(world, token.app_id, callback.url)
    except CallbackRefused as error:
        callback.state, callback.reason = "refused", str(error)
    else:
        verify(callback)
    call.callback = callback


def subscribe(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """object, callback_url, verify_token, fields: replaces what the app had."""
    _need_app(call, caller)
    if call.text("object") != "page":
        raise assumed_error("subscriptions.object", "Param object must be page.")
    fields = _fields(call)
    if call.callback is None:
        raise assumed_error("subscriptions.batch", "A callback cannot be verified inside a batch.")
    if call.callback.state != "verified":
        text = f"(#2200) Callback verification failed with the following errors: {call.callback.reason}"
        raise GraphError(2200, text)
    call.callback.fields = frozenset(fields)
    world.outbox.add(call.callback)
    return {"success": True}


def subscriptions(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    _need_app(call, caller)
    callback = world.outbox.callbacks.get(caller.app.id)
    if callback is None:
        return {"data": []}
    version = newest(world.scenario.graph)
    names = sorted(SUBSCRIBABLE if callback.fields is None else callback.fields)
    shown = {
        "object": "page",
        "callback_url": callback.url,
        "active": callback.state != "refused",
        "fields": [{"name": name, "version": version} for name in names],
    }
    return {"data": [shown]}


def unsubscribe(world: SimulatedWorld, call: Call, caller: Caller) -> Any:
    """With fields only these, else all of it."""
    _need_app(call, caller)
    callback = world.outbox.callbacks.get(caller.app.id)
    if callback is not None and "fields" in call.params:
        callback.fields = (SUBSCRIBABLE if callback.fields is None else callback.fields) - frozenset(_fields(call))
    else:
        world.outbox.remove(caller.app.id)
    return {"success": True}


def _need_app(call: Call, caller: Caller) -> None:
    if caller.token.kind != "APP":
        raise GraphError(15, "(#15) This method must be called with an app access_token.")
    if call.path[0] != caller.app.id:
        raise no_such_object(call.method, call.path[0])


def _fields(call: Call) -> list[str]:
    value = call.params.get("fields")
    if isinstance(value, str):
        value = call.structure("fields") if value.startswith("[") else value.split(",")
    names = [str(each).strip() for each in value] if isinstance(value, list) else []
    if not names:
        raise invalid("The parameter fields is required")
    for name in names:
        if name not in SUBSCRIBABLE:
            raise invalid(f"Param fields[0] must be one of {{{', '.join(sorted(SUBSCRIBABLE))}}}")
    return names
