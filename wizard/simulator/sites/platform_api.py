"""The settings API of the pretend bot platform: one document, a key in the Authorization header, an ETag.

GET, PUT (the whole document), PATCH (a merge patch) and POST (`{"secondary_receiver": ID}`) of /settings. A write with
an If-Match that is not the present tag is refused with 412, one without it is taken.
"""

import hmac
import json

from flask import Blueprint, Response, request

from wizard.simulator.graph import wire
from wizard.simulator.graph.call import GraphReply, json_reply
from wizard.simulator.graph.faulty import faulty
from wizard.simulator.world.faults import Fault
from wizard.simulator.world.platform import WrongDocument
from wizard.simulator.world.world import SimulatedWorld


def platform_api(world: SimulatedWorld) -> Blueprint:
    site = Blueprint("platform_api", __name__)

    @site.route("/settings", methods=["GET", "PUT", "PATCH", "POST"])
    def settings() -> Response:
        world.stopping.wait(world.scenario.graph.reply_delay_ms / 1000)
        with world.lock:
            call = f"{request.method} platform/settings"
            entry = {
                "time": world.now(),
                "method": request.method,
                "path": "/settings",
                "call": call,
                "parameters": {"If-Match": request.headers.get("If-Match")},
                "app": None,
                "token_in": "header" if "Authorization" in request.headers else None,
                "batch": False,
                "status": None,
            }
            world.record.add(entry, None)
            due = world.platform_faults.take(call, None, world.now())
            reply = faulty(*due, lambda: _answer(world), _Refusals()) if due else _answer(world)
            entry["status"] = reply.status if reply.wire is None else reply.wire
        return wire.respond(reply, request.environ, world.stopping)

    return site


def _answer(world: SimulatedWorld) -> GraphReply:
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {world.platform_key}".encode()):
        return _said(401, "The API key is missing or wrong.")
    platform = world.platform
    if request.method != "GET":
        wanted = request.headers.get("If-Match")
        if wanted is not None and wanted != platform.tag:
            return _said(412, "The settings were changed meanwhile.")
        try:
            _write(world)
        except WrongDocument as error:
            return _said(422, str(error))
    text = platform.document.decode("utf-8", "replace")
    return GraphReply(200, text, {"ETag": platform.tag}, "application/json", body=platform.document)


def _write(world: SimulatedWorld) -> None:
    body = request.get_data()
    if request.method == "PUT":
        world.platform.put(body)
        return
    try:
        sent = json.loads(body)
    except ValueError as error:
        raise WrongDocument("The body is no JSON.") from error
    if request.method == "PATCH":
        world.platform.change(sent)
    elif isinstance(sent, dict) and isinstance(sent.get("secondary_receiver"), str):
        world.platform.secondary_receiver = sent["secondary_receiver"]
    else:
        raise WrongDocument("secondary_receiver is missing.")


class _Refusals:
    """How this API says no."""

    def refuse(self) -> GraphReply:
        return _said(403, "This key may only read.")

    def error(self, fault: Fault) -> GraphReply:
        """code: the HTTP status."""
        reply = _said(fault.code or 500, fault.message or "It did not work.")
        if 300 <= reply.status < 400:
            reply.headers["Location"] = fault.message or "https://elsewhere.example/settings"
        return reply

    def throttled(self, fault: Fault) -> GraphReply:
        reply = _said(429, "Too many requests.")
        reply.headers["Retry-After"] = f"{(fault.minutes or 1) * 60:.0f}"
        return reply

    def usage(self, fault: Fault) -> dict[str, str]:
        return {}


def _said(status: int, sentence: str) -> GraphReply:
    return json_reply({"error": sentence}, status)
