"""Graph calls of a log-in with a code: Facebook Login for Devices. The app speaks with its client token."""

from collections.abc import Callable, Mapping
from typing import Any

from wizard.simulator.graph.call import Call
from wizard.simulator.world.errors import GraphError, invalid
from wizard.simulator.world.world import SimulatedWorld

_WAITING, _TOO_FAST, _DECLINED, _EXPIRED = 1349174, 1349172, 1349173, 1349152


def start(world: SimulatedWorld, call: Call) -> Any:
    app_id = _app(world, call)
    scopes = tuple(scope for scope in call.text("scope").replace(" ", "").split(",") if scope)
    behaviour = world.scenario.log_in
    made = world.log_ins.new_code(app_id, scopes or ("public_profile",), world.now() + behaviour.code_lives)
    return {
        "code": made.code,
        "user_code": made.typed,
        "verification_uri": "https://www.facebook.com/device",
        "expires_in": behaviour.code_lives,
        "interval": behaviour.interval,
    }


def status(world: SimulatedWorld, call: Call) -> Any:
    app_id = _app(world, call)
    made = world.log_ins.codes.get(call.text("code"))
    if made is None or made.app_id != app_id:
        raise invalid("Invalid parameter")
    made.asked += 1
    if world.now() >= made.ends_at:
        raise _told(_EXPIRED)
    if made.asked <= world.scenario.log_in.early:
        raise _told(_TOO_FAST)
    if made.state == "declined":
        raise _told(_DECLINED)
    if made.token is None:
        raise _told(_WAITING)
    told = {"expires_in": made.token.expires_at - int(world.now())} if world.scenario.log_in.tells_life else {}
    return {"access_token": made.token.text, "data_access_expiration_time": made.ends_at, **told}


def _app(world: SimulatedWorld, call: Call) -> str:
    app_id, _, client_token = (call.token or "").partition("|")
    if not client_token or world.cast.client_tokens.get(app_id) != client_token:
        raise GraphError(190, "Invalid OAuth access token signature.")
    return app_id


def _told(subcode: int) -> GraphError:
    """The number and text were recorded with the first subcode; of the others only the subcode is known."""
    return GraphError(31, "This request requires the user to take a pending action", subcode=subcode)


BY_PATH: Mapping[tuple[str, ...], Callable[[SimulatedWorld, Call], Any]] = {
    ("device", "login"): start,
    ("device", "login_status"): status,
}
