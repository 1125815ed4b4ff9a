"""What web hooks tell, and whom: the items as Meta documents them, addressed to the apps of a Page.

Sources: Meta's pages on the events messages (2026-03-27), messaging_postbacks (2026-02-26), message_echoes
(2026-03-18), standby (2024-09-25) and messaging_handovers (2021-09-14). Assumed: that an echo, a delivery or a read
for an app without control needs both its own field and `standby`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from wizard.simulator.world.outbox import Whose
from wizard.simulator.world.state import SimulatedMessage, SimulatedPage, Thread
from wizard.simulator.world.world import SimulatedWorld

_HANDOVERS = "messaging_handovers"
_ON_INSTAGRAM = {  # what a field is called there; None: there is no such event
    "message_echoes": "messages",
    "message_reads": "messaging_seen",
    "message_deliveries": None,
    "messaging_referrals": "messaging_referral",
    _HANDOVERS: "messaging_handover",
}


def written(world: SimulatedWorld, page: SimulatedPage, thread: Thread, message: SimulatedMessage) -> None:
    """A person wrote: its owner gets it, the others on standby; without an owner all get it."""
    told: dict[str, Any] = {"mid": message.id}
    if message.text:
        told["text"] = message.text
    if message.attachment is not None:
        told["attachments"] = [message.attachment]
    if message.payload is not None:
        told["quick_reply"] = {"payload": message.payload}
    item = {**_from_person(page, thread, message.at), "message": told}
    _spread(world, page, thread, "messages", item)


def pressed(
    world: SimulatedWorld,
    page: SimulatedPage,
    thread: Thread,
    message: SimulatedMessage,
    payload: str,
    sender: str | None,
    ref: str | None,
) -> None:
    """A person pressed a button. Whoever sent it is told the payload, in control or not; nobody else is, unless the
    whole Page offered it (sender: None) and the app has control."""
    told: dict[str, Any] = {"mid": message.id, "title": message.text}
    if ref:
        told["referral"] = _referral(ref)
    item = _from_person(page, thread, message.at)
    field = "messaging_postbacks"
    for app, channel in _listeners(page, thread.owner_at(world.now()), field):
        is_told = sender == app or (sender is None and channel == "messaging")
        where = "messaging" if sender == app else channel
        shown = {**told, "payload": payload} if is_told else told
        _put(world, page, app, where, field, thread.psid, {**item, "postback": shown})


def referred(world: SimulatedWorld, page: SimulatedPage, thread: Thread, ref: str) -> None:
    """A person came back through a link that names something."""
    item = {**_from_person(page, thread, world.now()), "referral": _referral(ref)}
    _spread(world, page, thread, "messaging_referrals", item)


def echoed(world: SimulatedWorld, page: SimulatedPage, thread: Thread, message: SimulatedMessage) -> None:
    """The Page wrote, by whatever app."""
    told: dict[str, Any] = {"mid": message.id, "is_echo": True, "app_id": int(message.sender)}
    if message.text:
        told["text"] = message.text
    if message.attachment is not None:
        told["attachments"] = [message.attachment]
    if message.metadata is not None:
        told["metadata"] = message.metadata
    _spread(world, page, thread, "message_echoes", {**_to_person(page, thread, message.at), "message": told})


def delivered(world: SimulatedWorld, page: SimulatedPage, thread: Thread, message: SimulatedMessage) -> None:
    told = {"mids": [message.id], "watermark": _ms(message.at)}
    _spread(world, page, thread, "message_deliveries", {**_from_person(page, thread, message.at), "delivery": told})


def read(world: SimulatedWorld, page: SimulatedPage, thread: Thread) -> None:
    """A person saw all that was sent so far."""
    now = world.now()
    _spread(world, page, thread, "message_reads", {**_from_person(page, thread, now), "read": {"watermark": _ms(now)}})


def passed(
    world: SimulatedWorld, page: SimulatedPage, thread: Thread, old: str | None, new: str, metadata: str | None
) -> None:
    _to_one(world, page, thread, new, {"pass_thread_control": _change(old, new, metadata)})


def taken(
    world: SimulatedWorld, page: SimulatedPage, thread: Thread, old: str | None, new: str, metadata: str | None
) -> None:
    """The app that lost control is told; where nobody had it, nobody is."""
    if old is not None:
        _to_one(world, page, thread, old, {"take_thread_control": _change(old, new, metadata)})


def requested(world: SimulatedWorld, page: SimulatedPage, thread: Thread, by: str, metadata: str | None) -> None:
    """The owner is told who asks for control; on a legacy Page that is the primary."""
    asked = page.primary if page.legacy else thread.owner_at(world.now())
    if asked is not None:
        told = {"requested_owner_app_id": int(by)} | ({} if metadata is None else {"metadata": metadata})
        _to_one(world, page, thread, asked, {"request_thread_control": told})


def roles_changed(world: SimulatedWorld, page: SimulatedPage, app: str, role: str) -> None:
    """role: primary_receiver or secondary_receiver. There is no sender: no conversation is meant."""
    item = {"recipient": {"id": page.id}, "timestamp": _ms(world.now()), "app_roles": {app: [role]}}
    if _HANDOVERS in page.connected.get(app, ()):
        _put(world, page, app, "messaging", _HANDOVERS, "", item)


def _spread(world: SimulatedWorld, page: SimulatedPage, thread: Thread, field: str, item: Mapping[str, Any]) -> None:
    named = _field(page, field)
    if named is None:
        return
    for app, channel in _listeners(page, thread.owner_at(world.now()), named):
        _put(world, page, app, channel, named, thread.psid, item)


def _listeners(page: SimulatedPage, owner: str | None, field: str) -> Iterator[tuple[str, str]]:
    """Yield each app that gets an event, and in which of the two lists."""
    for app, fields in page.connected.items():
        if field not in fields:
            continue
        if owner in (None, app):
            yield app, "messaging"
        elif "standby" in fields:
            yield app, "standby"


def _to_one(world: SimulatedWorld, page: SimulatedPage, thread: Thread, app: str, told: Mapping[str, Any]) -> None:
    named = _field(page, _HANDOVERS)
    if named in page.connected.get(app, ()):
        item = {**_from_person(page, thread, world.now()), **told}
        _put(world, page, app, "messaging", named or "", thread.psid, item)


def _put(
    world: SimulatedWorld, page: SimulatedPage, app: str, where: str, field: str, psid: str, item: Mapping[str, Any]
) -> None:
    kind = "page" if page.channel == "messenger" else "instagram"
    world.outbox.put(app, where, field, Whose(kind, page.id, psid), item)


def _field(page: SimulatedPage, field: str) -> str | None:
    return field if page.channel == "messenger" else _ON_INSTAGRAM.get(field, field)


def _referral(ref: str) -> dict[str, str]:
    return {"ref": ref, "source": "SHORTLINK", "type": "OPEN_THREAD"}


def _change(old: str | None, new: str, metadata: str | None) -> dict[str, Any]:
    told: dict[str, Any] = {"previous_owner_app_id": old, "new_owner_app_id": new}
    return told if metadata is None else {**told, "metadata": metadata}


def _from_person(page: SimulatedPage, thread: Thread, at: float) -> dict[str, Any]:
    return {"sender": {"id": thread.psid}, "recipient": {"id": page.id}, "timestamp": _ms(at)}


def _to_person(page: SimulatedPage, thread: Thread, at: float) -> dict[str, Any]:
    return {"sender": {"id": page.id}, "recipient": {"id": thread.psid}, "timestamp": _ms(at)}


def _ms(at: float) -> int:
    return int(at * 1000)
