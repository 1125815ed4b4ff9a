"""The practice world over HTTP: one Flask application for the Graph API, the pretend sites and the control address."""

import os
import socket
import threading
from collections.abc import Collection, Mapping
from typing import Any

from flask import Blueprint, Flask, Response, abort, request
from werkzeug.serving import BaseWSGIServer, make_server

from wizard.core.resource import resource
from wizard.simulator.control import control_site
from wizard.simulator.graph import graph, wire
from wizard.simulator.graph.batch import VERSION, answer_batch
from wizard.simulator.graph.call import Call, whole
from wizard.simulator.hooks.connect import check_callbacks
from wizard.simulator.hooks.courier import Courier
from wizard.simulator.sites import (
    facebook_site,
    livechat_site,
    log_in_site,
    messenger_site,
    platform_api,
    platform_site,
)
from wizard.simulator.sites.words import ENGLISH, Words
from wizard.simulator.world.addresses import Addresses, new_addresses, start_object
from wizard.simulator.world.clock import http_date
from wizard.simulator.world.reactions import react
from wizard.simulator.world.world import SimulatedWorld


class PracticeServer:
    """A running world. port: 0 for a free one. listen: the address of this machine that it is reached at. hosts: names
    it may be called by, beside 127.0.0.1. language: a code, for people who look at the sites. Raises OSError if the
    port is taken, and CallbackRefused for a callback of the scenario that may not be."""

    def __init__(
        self,
        world: SimulatedWorld,
        port: int,
        *,
        plain_addresses: bool = False,
        listen: str = "127.0.0.1",
        hosts: Collection[str] = (),
        language: str = ENGLISH,
    ) -> None:
        check_callbacks(world)
        self.world = world
        self.world.listener = lambda page, thread, event, app: react(self.world, page, thread, event, app)
        with socket.socket() as listening:
            if os.name == "posix":  # elsewhere it would let two programs share the port
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((listen, port))
            listening.listen(128)
            self.addresses = new_addresses(listening.getsockname()[1], plain_addresses)
            self._server: BaseWSGIServer = make_server(
                listen,
                listening.getsockname()[1],
                make_application(self.world, self.addresses, hosts, language),
                threaded=True,
                request_handler=wire.Handler,
                fd=listening.fileno(),
            )
        self._courier = Courier(self.world)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> dict[str, Any]:
        """Serve from now on; return the start object."""
        self._thread.start()
        self._courier.start()
        return start_object(self.world, self.addresses)

    def stop(self) -> None:
        """End held connections, then the server."""
        self.world.stopping.set()
        self._courier.stop()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(2)


class Practice(Flask):
    def log_exception(self, exc_info: Any) -> None:
        """A mistake of ours, without the address: the secret of this world is in it."""
        self.logger.error("a mistake in the practice world", exc_info=exc_info)


def make_application(
    world: SimulatedWorld, addresses: Addresses, hosts: Collection[str] = (), language: str = ENGLISH
) -> Flask:
    application = Practice("practice", static_folder=None, template_folder=str(resource("practice")))
    application.json.sort_keys = False  # type: ignore[attr-defined]  # Flask types the provider as its base class
    words = Words(language)
    application.jinja_env.globals |= {
        "_": words.sentence,
        "label": words.label,
        "language": words.code,
        "is_mirrored": words.is_mirrored,
    }
    own_host = addresses.root.removeprefix("http://")
    start = start_object(world, addresses)

    @application.before_request
    def take_the_whole_request() -> None:
        """Whatever becomes of it: the server reads on to the end before it drops a connection, and a client that
        still has one open waits for an answer first."""
        request.get_data()

    @application.before_request
    def refuse_other_hosts() -> None:
        """A page of the Internet whose name was pointed at this machine has another Host header."""
        host = request.headers.get("Host", "")
        if host != own_host and host.partition(":")[0] not in hosts:
            abort(403, f"This world is called {own_host}; --allow-host gives it other names.")

    @application.before_request
    def let_no_other_page_control() -> None:
        """Where addresses have no secret, any page of the Internet could send a form here; its browser says whose it
        is."""
        origin = request.headers.get("Origin")
        if (
            origin
            and request.path.startswith(f"{addresses.paths['control']}/")
            and origin != request.host_url.rstrip("/")
        ):
            abort(403)

    @application.after_request
    def use_the_clock_of_the_world(response: Response) -> Response:
        response.headers.setdefault("Date", http_date(world.now()))  # a fault may have given another
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    blueprints = {
        "graph": _graph_site(world, addresses),
        "facebook": facebook_site.facebook(world, addresses),
        "business": facebook_site.business(world, addresses),
        "developers": facebook_site.developers(world, addresses),
        "platform": platform_site.platform(world, addresses),
        "platform_api": platform_api.platform_api(world),
        "livechat": livechat_site.livechat(world, addresses),
        "messenger": messenger_site.messenger(world, addresses),
        "relay": log_in_site.relay(world, addresses),
        "control": control_site(world, addresses, start, words),
    }
    for site, blueprint in blueprints.items():
        application.register_blueprint(blueprint, url_prefix=addresses.paths[site])
    application.register_blueprint(log_in_site.dialog(world, addresses), url_prefix=addresses.paths["facebook"])
    return application


def _graph_site(world: SimulatedWorld, addresses: Addresses) -> Blueprint:
    site = Blueprint("graph", __name__)

    @site.route("", defaults={"path": ""}, methods=["GET", "POST", "DELETE"])
    @site.route("/", defaults={"path": ""}, methods=["GET", "POST", "DELETE"])
    @site.route("/<path:path>", methods=["GET", "POST", "DELETE"])
    def graph_call(path: str) -> Response:
        call = _call_from_wire(path, addresses.url("graph"))
        world.stopping.wait(world.scenario.graph.reply_delay_ms / 1000)
        if call.method == "POST" and not call.path and "batch" in call.params:
            return wire.respond(answer_batch(world, call), request.environ, world.stopping)
        return wire.respond(graph.answer(world, call), request.environ, world.stopping)

    return site


def _call_from_wire(path: str, base: str) -> Call:
    parts = tuple(part for part in path.split("/") if part)
    version = parts[0] if parts and VERSION.fullmatch(parts[0]) else None
    body = _body()
    params: dict[str, Any] = {**request.args.to_dict(), **body}
    token, token_in = None, None
    kind, _, credentials = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() in ("bearer", "oauth") and credentials.strip():
        token, token_in = credentials.strip(), "header"
    for where, values in (("body", body), ("query", request.args)):
        if values.get("access_token"):  # a parameter wins over the header (assumed)
            token, token_in = str(values["access_token"]), where
    return Call(request.method, parts[1:] if version else parts, version, params, token, token_in, base=base)


def _body() -> Mapping[str, Any]:
    if request.is_json:
        try:
            value = whole(request.get_json(silent=True))
        except RecursionError:
            return {}
        return value if isinstance(value, dict) else {}
    return request.form.to_dict()
