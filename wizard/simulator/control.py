"""The control address: look into the world, move its clock, put faults on calls, change the scenario, ask the owner."""

import json
from typing import Any

from flask import Blueprint, Response, jsonify, request
from msgspec import ValidationError

from wizard.core.resource import ResourceError
from wizard.simulator.control_hooks import hooks_site
from wizard.simulator.developer import developer_site
from wizard.simulator.hooks.connect import CallbackRefused, check_callbacks
from wizard.simulator.owner import NotUnderstood, SimulatedOwner
from wizard.simulator.sites.words import Words
from wizard.simulator.world.addresses import Addresses
from wizard.simulator.world.clock import LAST
from wizard.simulator.world.faults import FaultMistake
from wizard.simulator.world.scenario import THREAD_OWNER
from wizard.simulator.world.scenario_file import NoSuchScenario, load_scenario, scenario_names
from wizard.simulator.world.state import SimulatedPage, Thread
from wizard.simulator.world.world import SimulatedWorld

Answer = Response | tuple[Response, int]
TABLES = ("graph", "instagram", "log_in", "owner")  # of a scenario, of which parts may be changed


def control_site(world: SimulatedWorld, addresses: Addresses, start: dict[str, Any], words: Words) -> Blueprint:
    """start: the start object, the same for the whole life of the process. words: of the pretend sites."""
    site = Blueprint("control", __name__)
    site.register_blueprint(hooks_site(world))
    site.register_blueprint(developer_site(world, addresses, start))

    @site.get("/start")
    def start_again() -> Response:
        return jsonify(start)

    @site.get("/world")
    def show_world() -> Response:
        with world.lock:
            return jsonify(world_object(world))

    @site.post("/language")
    def speak() -> Answer:
        """code: of the language of the pretend sites, for people; one that there is not is English."""
        words.speak(str(_sent().get("code", "")))
        return jsonify({})

    @site.post("/clock")
    def move_clock() -> Answer:
        seconds = _sent().get("advance_seconds")
        if not isinstance(seconds, (int, float)) or isinstance(seconds, bool) or not 0 <= seconds <= LAST:
            return _refused("advance_seconds: a number of seconds, not below 0, is needed")
        with world.lock:
            if world.now() + seconds > LAST:
                return _refused("advance_seconds: the calendar ends with the year 9999")
            world.clock.advance(seconds)
        with world.outbox.changed:
            world.outbox.changed.notify_all()
        with world.lock:
            return jsonify({"time": world.now()})

    @site.post("/scenario")
    def change_scenario() -> Answer:
        """name; other_pages, reply_delay_ms, thread_owner, and parts of the tables graph, instagram, log_in and owner,
        in place of what the scenario says."""
        sent = _sent()
        others, delay, shown = sent.get("other_pages"), sent.get("reply_delay_ms"), sent.get("thread_owner")
        if not (_is_count(others, 10_000) and _is_count(delay, 60_000)):
            return _refused("other_pages: 0 to 10000, reply_delay_ms: 0 to 60000, as whole numbers")
        if shown is not None and shown not in THREAD_OWNER:
            return _refused(f"thread_owner: one of {', '.join(THREAD_OWNER)}")
        try:
            tables: dict[str, Any] = {
                name: sent[name] for name in ("graph", "instagram", "log_in", "owner") if name in sent
            }
            world.load(str(sent.get("name", "")), others, delay, shown, tables)
            check_callbacks(world)
        except (NoSuchScenario, ResourceError, ValidationError, CallbackRefused, TypeError) as error:
            return _refused(str(error))
        return jsonify({"scenario": world.scenario.name})

    @site.get("/scenarios")
    def list_scenarios() -> Response:
        shown = [load_scenario(name) for name in scenario_names()]
        return jsonify([{"name": s.name, "title": s.title, "exit_code": s.exit_code} for s in shown])

    @site.post("/owner")
    def ask_owner() -> Answer:
        try:
            return jsonify(SimulatedOwner(world, addresses).answer(_sent()))
        except NotUnderstood as error:
            return _refused(str(error))

    @site.post("/faults")
    def add_fault() -> Answer:
        try:
            with world.lock:
                world.add_fault(_sent())
        except FaultMistake as error:
            return _refused(str(error))
        return jsonify({"faults": len(world.faults.waiting)})

    @site.delete("/faults")
    def clear_faults() -> Response:
        with world.lock:
            world.faults.waiting.clear()
            world.platform_faults.waiting.clear()
        return jsonify({"faults": 0})

    @site.get("/requests")
    def list_requests() -> Response:
        with world.lock:
            return jsonify(list(world.record))

    @site.post("/requests")
    def keep_requests() -> Answer:
        """keep: how many of the newest calls to keep from now on, null for all. The counts go on."""
        newest = _sent().get("keep")
        if not _is_count(newest, 1_000_000):
            return _refused("keep: 0 to 1000000, or null for all")
        with world.lock:
            world.record.keep(newest)
        return jsonify({"keep": newest})

    @site.get("/requests/counts")
    def count_requests() -> Response:
        with world.lock:
            return jsonify(world.record.summary())

    @site.delete("/requests")
    def clear_requests() -> Response:
        with world.lock:
            world.record.clear()
        return jsonify({"requests": 0})

    @site.post("/stop")
    def stop() -> Response:
        response = jsonify({"stopping": True})
        response.call_on_close(world.stopping.set)  # once it is sent, for nobody waits for answers at the end
        return response

    return site


def world_object(world: SimulatedWorld) -> dict[str, Any]:
    """Return the state of the world without any token."""
    page = world.page
    now = world.now()
    account = page.instagram
    linked = None
    if account is not None:
        shown = {igsid: _thread_object(world, thread, now) for igsid, thread in account.threads.items()}
        linked = {**_page_object(account), "name": account.name, "threads": shown}
    return {
        "scenario": world.scenario.name,
        "time": now,
        "page": _page_object(page),
        "platform": {"secondary_receiver": world.platform.secondary_receiver},
        "threads": {psid: _thread_object(world, thread, now) for psid, thread in page.threads.items()},
        "instagram": linked,
    }


def _page_object(page: SimulatedPage) -> dict[str, Any]:
    return {
        "id": page.id,
        "mode": page.mode,
        "default_app": page.default_app,
        "take_allowed": sorted(page.take_allowed),
        "social_route": page.social_route,
        "link_routes": page.link_routes,
        "primary": page.primary,
        "secondaries": page.secondaries,
        "connected": {app: list(fields) for app, fields in page.connected.items()},
    }


def _thread_object(world: SimulatedWorld, thread: Thread, now: float) -> dict[str, Any]:
    owner = thread.owner_at(now)
    return {
        "name": thread.name,
        "conversation": thread.conversation_id,
        "owner": owner,
        "owner_name": world.app_name(owner) if owner else None,
        "expires_at": thread.expires_at if owner else None,
        "last_user_at": thread.last_user_at or None,
        "updated_at": thread.updated_at or None,
        "messages": [{"from": m.sender, "text": m.text, "time": m.at} for m in thread.messages],
    }


def _sent() -> dict[str, Any]:
    """The object in a body, empty where there is none that could be answered and written down."""
    try:
        value = request.get_json(force=True, silent=True)  # as the rest of the control address, whatever it is called
        json.dumps(value, ensure_ascii=False).encode()
    except (RecursionError, UnicodeEncodeError):  # brackets without end; half a character
        return {}
    return value if isinstance(value, dict) else {}


def _is_count(value: object, highest: int) -> bool:
    """Whether it is a whole number up to the highest, or left out."""
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= highest)


def _refused(sentence: str) -> Answer:
    return jsonify({"error": sentence}), 400
