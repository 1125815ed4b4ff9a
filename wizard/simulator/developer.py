"""The control address, part three, for those who test with this world: begin again, keep it, ask what it plays."""

from typing import Any

import msgspec
from flask import Blueprint, Response, jsonify, request

from wizard.core.resource import ResourceError
from wizard.simulator.graph.played import openapi, played_calls
from wizard.simulator.hooks.connect import CallbackRefused, check_address, check_callbacks
from wizard.simulator.world import snapshot
from wizard.simulator.world.addresses import Addresses, start_object
from wizard.simulator.world.named_errors import named_errors
from wizard.simulator.world.scenario_file import NoSuchScenario
from wizard.simulator.world.world import SimulatedWorld

Answer = Response | tuple[Response, int]


class Again(msgspec.Struct, forbid_unknown_fields=True):
    """scenario: another one to begin with, None for the one that is."""

    scenario: str | None = None


def developer_site(world: SimulatedWorld, addresses: Addresses, start: dict[str, Any]) -> Blueprint:
    """start: the start object, which another world's tokens change."""
    site = Blueprint("developer", __name__)

    @site.post("/reset")
    def begin_again() -> Answer:
        try:
            name = msgspec.json.decode(request.get_data() or b"{}", type=Again).scenario
            world.load(world.scenario if name is None else name)
            check_callbacks(world)
        except (msgspec.MsgspecError, RecursionError, NoSuchScenario, ResourceError, CallbackRefused) as error:
            return jsonify({"error": str(error)}), 400
        return jsonify({"scenario": world.scenario.name})

    @site.get("/snapshot")
    def take_snapshot() -> Response:
        return jsonify(snapshot.taken(world))

    @site.post("/snapshot")
    def load_snapshot() -> Answer:
        try:
            kept = snapshot.read(request.get_data())
            for app in kept.scenario.apps.values():
                if app.webhook is not None:
                    check_address(app.webhook.url, world.outbox.allowed_hosts)
            snapshot.be(world, kept)
            check_callbacks(world)
        except (snapshot.SnapshotRefused, CallbackRefused) as error:
            return jsonify({"error": str(error)}), 400
        start.update(start_object(world, addresses))
        return jsonify({"scenario": world.scenario.name, "time": world.now()})

    @site.get("/errors")
    def list_errors() -> Response:
        return jsonify([msgspec.to_builtins(error) for error in named_errors().values()])

    @site.get("/calls")
    def list_calls() -> Response:
        return jsonify([msgspec.to_builtins(row) for row in played_calls()])

    @site.get("/openapi.json")
    def describe_calls() -> Response:
        return jsonify(openapi(addresses.url("graph")))

    return site
