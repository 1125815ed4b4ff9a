"""The command that runs a practice world until it is told to stop."""

import json
import os
import signal
import sys
import threading

from wizard.core.resource import ResourceError
from wizard.simulator.web import PracticeServer
from wizard.simulator.world.scenario_file import NoSuchScenario

USAGE_ERROR = 2


def run(port: int, scenario: str, until_stdin_closes: bool) -> int:
    """Serve the world and return the exit code. port: 0 = a free one.

    The first line on standard output is one JSON object with every address, token and ID. It ends on SIGTERM or
    SIGINT, on `POST {control_url}/stop`, and where asked when standard input ends.
    """
    try:
        server = PracticeServer(port, scenario)
    except (NoSuchScenario, ResourceError, OSError) as error:
        told = "".join(one if one.isprintable() else " " for one in str(error))
        print(f"The practice world cannot start: {told}", file=sys.stderr)
        return USAGE_ERROR
    stopping = server.world.stopping
    signals: list[int] = []  # an Event set from a handler could wait for a lock that the interrupted wait holds
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: signals.append(number))
    print(json.dumps(server.start()), flush=True)
    if until_stdin_closes:
        threading.Thread(target=_wait_for_end_of_input, args=(stopping,), daemon=True).start()
    while not signals and not stopping.wait(0.2):
        continue
    server.stop()
    return 0


def _wait_for_end_of_input(stopping: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        continue
    stopping.set()
