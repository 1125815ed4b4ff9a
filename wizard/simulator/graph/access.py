"""Which token a call carries, whether it still works, and what it may do."""

from dataclasses import dataclass

from wizard.simulator.graph.call import Call
from wizard.simulator.world.clock import spoken_time
from wizard.simulator.world.errors import GraphError, known_error, no_such_object, no_token, permission_needed
from wizard.simulator.world.state import SimulatedApp, SimulatedPage, Token
from wizard.simulator.world.world import SimulatedWorld


@dataclass(frozen=True, slots=True)
class Caller:
    """The token of a call and its app; both are live."""

    token: Token
    app: SimulatedApp


def caller_of(world: SimulatedWorld, call: Call) -> Caller:
    """Return who calls. Raises GraphError: no token, 190 with its subcode, or 100 for a missing or wrong proof."""
    if not call.token:
        raise no_token(call.path[:1] == ("me",))
    token = world.tokens.get(call.token)
    if token is None:
        raise known_error(190)
    check_alive(world, token)
    app = world.apps[token.app_id]
    proof = call.params.get("appsecret_proof")
    if proof is None and app.proof_required and token.kind != "APP":
        text = "API calls from the server require an appsecret_proof argument"
        raise GraphError(100, text, kind="GraphMethodException")
    if proof is not None and proof != app.proof_of(token.text):
        text = "Invalid appsecret_proof provided in the API argument"
        raise GraphError(100, text, kind="GraphMethodException")
    return Caller(token, app)


def check_alive(world: SimulatedWorld, token: Token) -> None:
    """Raises GraphError 190 if the token has expired or was refused by the scenario."""
    now = world.now()
    if token.refused_with is not None:
        error = known_error(190, token.refused_with or None)
        if token.refused_with == 458:
            text = f"User {token.user_id} has not authorized application {token.app_id}."
            error.message = f"Error validating access token: {text}"
        raise error
    if token.expires_at and now >= token.expires_at:
        error = known_error(190, 463)
        error.message = (
            f"Error validating access token: Session has expired on {spoken_time(token.expires_at)}. "
            f"The current time is {spoken_time(now)}."
        )
        raise error


def page_of(world: SimulatedWorld, call: Call, caller: Caller, *, wrong_kind: int = 210) -> SimulatedPage:
    """Return the Page the path names, which a token of that very Page is needed for.

    wrong_kind: 210, or 190 where that was recorded for the call.
    """
    name = call.path[0]
    if caller.token.kind == "APP":
        raise known_error(190, 2069032)
    if caller.token.kind != "PAGE":
        raise known_error(190, 2069032) if wrong_kind == 190 else known_error(210)
    if name not in ("me", caller.token.page_id):
        if name in world.pages:
            raise known_error(200)
        raise no_such_object(call.method, name)
    return world.pages[caller.token.page_id or ""]


def need_scope(caller: Caller, scope: str, code: int = 200) -> None:
    if scope not in caller.token.scopes:
        raise permission_needed(code, scope)
