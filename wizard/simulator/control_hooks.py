"""The control address, part two: callbacks of apps, trouble with their web hooks, and being the customer."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from flask import Blueprint, Response, jsonify, request
from msgspec import Meta

from wizard.simulator.hooks.connect import CallbackRefused, connect
from wizard.simulator.world import customer
from wizard.simulator.world.cast import APP_IDS, TESTER
from wizard.simulator.world.customer import AttachmentKind, NothingToPress
from wizard.simulator.world.outbox import Callback, Trouble, TroubleKind
from wizard.simulator.world.state import SimulatedMessage, SimulatedPage, Thread
from wizard.simulator.world.world import SimulatedWorld

Answer = Response | tuple[Response, int]
Table = TypeVar("Table", bound=msgspec.Struct)


class NewCallback(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """app: a role or an ID. fields: of the app's own subscription, left out for all. verify: at once, or later."""

    app: str
    url: Annotated[str, Meta(max_length=2_000)]
    verify_token: Annotated[str, Meta(max_length=1_000)] = ""
    fields: list[str] | None = None
    batch: Annotated[int, Meta(ge=1, le=1_000)] | None = None
    verify: Literal["now", "later"] = "now"


class NewTrouble(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """times: null for all. seconds: of `late`, on the world's clock."""

    app: str
    kind: TroubleKind
    times: Annotated[int, Meta(ge=1, le=1_000_000)] | None = 1
    seconds: Annotated[float, Meta(ge=0, le=1_000_000)] = 30


class Wait(msgspec.Struct, forbid_unknown_fields=True):
    seconds: Annotated[float, Meta(ge=0, le=60)] = 10


class Attachment(msgspec.Struct, forbid_unknown_fields=True):
    type: AttachmentKind
    url: Annotated[str, Meta(pattern=r"^https?://", max_length=2_000)]


class Customer(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a person does in Messenger. psid: the tester's unless told; with a name, somebody new if nobody has it. One
    of: text, attachment, press (the title of a button or quick reply), menu (the title of an entry), get_started, ref
    alone (a link is opened), read, blocked (the person wants no more messages, or wants them again)."""

    psid: Annotated[str, Meta(pattern=r"^[0-9]{5,25}$")] = TESTER
    name: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    text: Annotated[str, Meta(min_length=1, max_length=20_000)] | None = None
    attachment: Attachment | None = None
    press: str | None = None
    menu: str | None = None
    get_started: bool = False
    ref: Annotated[str, Meta(max_length=2_000)] = ""
    read: bool = False
    blocked: bool | None = None

    def act(self, world: SimulatedWorld, page: SimulatedPage, thread: Thread) -> SimulatedMessage | None:
        """Raises NothingToPress, or ValueError where nothing is to be done."""
        if self.blocked is not None:
            thread.blocked = self.blocked
            return None
        if self.text is not None:
            return customer.writes(world, page, thread, self.text, self.ref or None)
        if self.attachment is not None:
            return customer.sends(world, page, thread, self.attachment.type, self.attachment.url)
        if self.press is not None:
            return customer.presses(world, page, thread, self.press)
        if self.menu is not None:
            return customer.presses_menu(world, page, thread, self.menu)
        if self.get_started:
            return customer.gets_started(world, page, thread, self.ref or None)
        if self.ref:
            customer.opens_link(world, page, thread, self.ref)
        elif self.read:
            customer.reads(world, page, thread)
        else:
            raise ValueError("one of text, attachment, press, menu, get_started, ref, read and blocked is needed")
        return None


def hooks_site(world: SimulatedWorld) -> Blueprint:
    site = Blueprint("control_hooks", __name__)

    @site.get("/webhooks")
    def list_callbacks() -> Response:
        shown = {app_id: callback_object(callback) for app_id, callback in list(world.outbox.callbacks.items())}
        return jsonify({"callbacks": shown, "waiting": world.outbox.waiting(), "notes": list(world.outbox.notes)})

    @site.post("/webhooks")
    def add_callback() -> Answer:
        def add(sent: NewCallback) -> Any:
            later = sent.verify == "later"
            callback = connect(
                *(world, sent.app, sent.url, sent.verify_token), fields=sent.fields, batch=sent.batch, now=not later
            )
            return callback_object(callback)

        return _done(NewCallback, add)

    @site.delete("/webhooks/<app>")
    def remove_callback(app: str) -> Response:
        return jsonify({"removed": world.outbox.remove(APP_IDS.get(app, app))})

    @site.get("/webhooks/sent")
    def list_sent() -> Response:
        with world.outbox.changed:
            return jsonify(list(world.outbox.sent))

    @site.post("/webhooks/troubles")
    def add_trouble() -> Answer:
        def add(sent: NewTrouble) -> Any:
            app_id = APP_IDS.get(sent.app, sent.app)
            if app_id not in world.outbox.callbacks:
                raise CallbackRefused(f"the app {sent.app!r} has no callback")
            with world.outbox.changed:
                trouble = Trouble(sent.kind, sent.times, sent.seconds)
                world.outbox.troubles.setdefault(app_id, []).append(trouble)
            return {"troubles": len(world.outbox.troubles[app_id])}

        return _done(NewTrouble, add)

    @site.delete("/webhooks/troubles")
    def clear_troubles() -> Response:
        with world.outbox.changed:
            world.outbox.troubles.clear()
        return jsonify({"troubles": 0})

    @site.post("/webhooks/wait")
    def wait_for_hooks() -> Answer:
        """Wait until every web hook is done with: delivered, lost or given up."""
        return _done(Wait, lambda sent: {"done": world.outbox.wait_until_done(sent.seconds)})

    @site.post("/customer")
    def be_customer() -> Answer:
        def write(sent: Customer) -> Any:
            with world.lock:
                found = world.page.with_person(sent.psid)
                if found is None and sent.name is None:
                    raise ValueError(f"nobody here has the PSID {sent.psid}; with a name, somebody will")
                page, thread = found or (world.page, world.new_person(world.page, sent.psid, sent.name or ""))
                message = sent.act(world, page, thread)
                owner = thread.owner_at(world.now())
                return {"psid": thread.psid, "message": message.id if message else None, "owner": owner}

        return _done(Customer, write)

    return site


def callback_object(callback: Callback) -> dict[str, Any]:
    """Return a callback without its verify token."""
    return {
        "app": callback.app_id,
        "url": callback.url,
        "fields": None if callback.fields is None else sorted(callback.fields),
        "state": callback.state,
        "reason": callback.reason or None,
        "counts": dict(callback.counts),
    }


def _done(kind: type[Table], do: Callable[[Table], Mapping[str, Any]]) -> Answer:
    """Read the body, do what it asks for, and answer; a mistake in it is told with its place."""
    try:
        return jsonify(do(msgspec.json.decode(request.get_data() or b"{}", type=kind)))
    except (msgspec.MsgspecError, RecursionError, ValueError, NothingToPress) as error:
        return jsonify({"error": str(error)}), 400
