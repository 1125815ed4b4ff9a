"""The command that runs a practice world until it is told to stop."""

import errno
import json
import os
import signal
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from wizard.core.resource import ResourceError
from wizard.simulator.hooks.connect import CallbackRefused, connect
from wizard.simulator.sites.words import ENGLISH
from wizard.simulator.web import PracticeServer
from wizard.simulator.world import ids
from wizard.simulator.world.scenario_file import NoSuchScenario, read_seed
from wizard.simulator.world.snapshot import SnapshotRefused, be, read
from wizard.simulator.world.world import SimulatedWorld

USAGE_ERROR = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """port: 0 = a free one. seed: the file of a scenario of one's own, in place of `scenario`; snapshot: a whole
    world, in place of both. id_seed: the same one
    gives the same tokens and IDs. begins_at: Unix seconds that the world's clock starts at, None for now. listen: the
    address of this machine that it is reached at. allowed_hosts: names that it may be called by beside 127.0.0.1, and
    where callbacks may be. webhooks: apps, by role or App ID, with their callbacks; each is verified before its first
    web hook, so that the bot may start later. language: of the pretend sites, for people."""

    port: int = 0
    scenario: str = "happy-routing"
    until_stdin_closes: bool = False
    seed: Path | None = None
    snapshot: Path | None = None
    id_seed: int | None = None
    begins_at: float | None = None
    plain_addresses: bool = False
    listen: str = "127.0.0.1"
    allowed_hosts: tuple[str, ...] = ()
    webhooks: tuple[tuple[str, str], ...] = ()
    verify_token: str = ""
    language: str = ENGLISH


def run(wanted: Wanted) -> int:
    """Serve the world and return the exit code.

    The first line on standard output is one JSON object with every address, token and ID. It ends on SIGTERM or
    SIGINT, on `POST {control_url}/stop`, and where asked when standard input ends.
    """
    try:
        server = _server(wanted)
    except (NoSuchScenario, ResourceError, SnapshotRefused, CallbackRefused, OSError) as error:
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        told = f"port {wanted.port} is taken by another program; choose another one." if taken else str(error)
        told = "".join(one if one.isprintable() else " " for one in told)
        print(f"The practice world cannot start: {told}", file=sys.stderr)
        return USAGE_ERROR
    stopping = server.world.stopping
    signals: list[int] = []  # an Event set from a handler could wait for a lock that the interrupted wait holds
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: signals.append(number))
    print(json.dumps(server.start()), flush=True)
    if wanted.until_stdin_closes:
        threading.Thread(target=_wait_for_end_of_input, args=(stopping,), daemon=True).start()
    while not signals and not stopping.wait(0.2):
        continue
    server.stop()
    return 0


def _server(wanted: Wanted) -> PracticeServer:
    ids.use_seed(wanted.id_seed)
    own = read_seed(wanted.seed) if wanted.seed else None
    world = SimulatedWorld(own.name if own else wanted.scenario, own, wanted.begins_at)
    if wanted.snapshot:
        be(world, read(wanted.snapshot.read_bytes()))
    world.outbox.allowed_hosts = frozenset(wanted.allowed_hosts)
    for app, url in wanted.webhooks:
        connect(world, app, url, wanted.verify_token, now=False)
    return PracticeServer(
        world,
        wanted.port,
        plain_addresses=wanted.plain_addresses,
        listen=wanted.listen,
        hosts=wanted.allowed_hosts,
        language=wanted.language,
    )


def _wait_for_end_of_input(stopping: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        continue
    stopping.set()
