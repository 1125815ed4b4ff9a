"""Giving an app of the world its callback: only on this machine, or on hosts that were named."""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from wizard.simulator.hooks.post import verify
from wizard.simulator.world.cast import APP_IDS
from wizard.simulator.world.outbox import Callback
from wizard.simulator.world.world import SimulatedWorld


class CallbackRefused(ValueError):
    """This cannot be a callback; the text says why."""


def connect(
    world: SimulatedWorld,
    app: str,
    url: str,
    verify_token: str,
    *,
    fields: Collection[str] | None = None,
    batch: int | None = None,
    now: bool = True,
) -> Callback:
    """Give an app its callback, in place of the one it had. app: a role, or an ID. fields: of the app's own
    subscription, None for all. batch: the most entries in one request. now: ask the callback for the challenge at
    once; otherwise that is done before the first web hook goes out, and again until it succeeds.

    Raises CallbackRefused: no such app, an address that may not be, another app's callback, a failed verification.
    """
    app_id = APP_IDS.get(app, app)
    if app_id not in world.apps:
        raise CallbackRefused(f"no app {app!r}; there are: {', '.join(APP_IDS)}")
    check_address(url, world.outbox.allowed_hosts)
    check_owner(world, app_id, url)
    callback = Callback(app_id, url, verify_token, None if fields is None else frozenset(fields))
    if batch is not None:
        callback.batch = batch
    if now and (answer := verify(callback)).problem:
        raise CallbackRefused(f"the callback {url} was not verified: {answer.problem}")
    world.outbox.add(callback)
    return callback


def check_callbacks(world: SimulatedWorld) -> None:
    """Look at the callbacks that a scenario brought. Raises CallbackRefused for the first that may not be, which is
    taken away."""
    for callback in list(world.outbox.callbacks.values()):
        try:
            check_address(callback.url, world.outbox.allowed_hosts)
            check_owner(world, callback.app_id, callback.url)
        except CallbackRefused:
            world.outbox.remove(callback.app_id)
            raise


def check_owner(world: SimulatedWorld, app_id: str, url: str) -> None:
    """Raises CallbackRefused where another app has this callback: nobody could tell their web hooks apart."""
    for other in list(world.outbox.callbacks.values()):
        if other.app_id != app_id and _place(other.url) == _place(url):
            raise CallbackRefused(f"{world.app_name(other.app_id)} ({other.app_id}) has the callback {url} already")


def check_address(url: str, allowed: Collection[str] = ()) -> None:
    """Raises CallbackRefused where it is no http or https address, or not on this machine and not allowed."""
    if not url.isascii() or any(one <= " " or one == "\x7f" for one in url):
        raise CallbackRefused("a callback is an address without spaces, such as http://127.0.0.1:5000/webhook")
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise CallbackRefused(f"a callback cannot be {url!r}: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise CallbackRefused(f"a callback starts with http:// or https://, not as {url!r}")
    if parts.username is not None or parts.fragment:
        raise CallbackRefused("a callback has no user name and no # in it")
    if not _is_here(host) and host not in allowed:
        raise CallbackRefused(f"{host} is not this machine; name it with --allow-host {host} if you mean it")


def _place(url: str) -> tuple[str, int | None, str, str]:
    """Return where an address leads: this machine has more than one name."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:  # what is refused for that is told elsewhere
        return url, None, "", ""
    return "" if _is_here(host) else host, port, parts.path or "/", parts.query


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
