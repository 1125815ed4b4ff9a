"""The settings API of the pretend bot platform: one document, a key in the Authorization header, an ETag.

GET, PUT (the whole document), PATCH (a merge patch) and POST (`{"secondary_receiver": ID}`) of /settings. A write with
an If-Match that is not the present tag is refused with 412, one without it is taken.
"""

import hmac
import json

from flask import Blueprint, Response, request

from wizard.simulator.graph import wire
from wizard.simulator.graph.graph import HTML_ERROR
from wizard.simulator.world.faults import Fault
from wizard.simulator.world.platform import WrongDocument
from wizard.simulator.world.world import SimulatedWorld

_HTML = "text/html; charset=utf-8"


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
            response = _faulty(world, *due) if due else _answer(world)
            entry["status"] = response.status_code
            return response

    return site


def _answer(world: SimulatedWorld) -> Response:
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
    response = Response(platform.document, content_type="application/json")
    response.headers["ETag"] = platform.tag
    return response


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


def _faulty(world: SimulatedWorld, kind: str, fault: Fault) -> Response:
    match kind:
        case "reset":
            return Response(wire.Dropped())
        case "timeout":
            environ = request.environ
            return Response(wire.Dropped(lambda: wire.hold(environ, world.stopping)))
        case "http_500":
            return Response(HTML_ERROR, 500, content_type=_HTML)
        case "html":
            return Response(HTML_ERROR, 200, content_type=_HTML)
        case "refuse":
            return _said(403, "This key may only read.")
        case "throttled":
            response = _said(429, "Too many requests.")
            response.headers["Retry-After"] = str(round((fault.minutes or 1) * 60))
            return response
        case "error":  # code: the HTTP status
            response = _said(fault.code or 500, fault.message or "It did not work.")
            if 300 <= response.status_code < 400:
                response.headers["Location"] = fault.message or "https://elsewhere.example/settings"
            return response
    response = _answer(world)
    if kind == "answer_lost":
        return Response(wire.Dropped())
    if kind == "drip":
        body = response.get_data()
        slow = Response(wire.drip(body, world.stopping), response.status_code, content_type=response.content_type)
        slow.content_length = len(body)
        return slow
    if kind == "truncated":
        response.set_data(response.get_data()[: len(response.get_data()) // 2])
    return response


def _said(status: int, sentence: str) -> Response:
    return Response(json.dumps({"error": sentence}), status, content_type="application/json")
