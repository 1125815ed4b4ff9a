"""How many times Facebook is asked, with the practice world in its place, which counts."""

import sys
import tempfile
from pathlib import Path

from tests.core.trial.stage import Stage
from tests.measure.table import Row, print_rows, spread
from tests.simulator.world import PracticeWorld, start_world
from wizard.core.cancel import CancelToken
from wizard.core.clock import SystemClock
from wizard.core.fetch import fetch_facts
from wizard.core.secret import Secret
from wizard.graph.client import GraphClient

LOOK_GOAL, TEST_GOAL = 2, 8


def rows() -> list[Row]:
    """Counts: one run, they are always the same."""
    with start_world("happy-routing") as world:
        return [
            _row("token known to all verdicts", LOOK_GOAL, look(world)),
            _row("part A of the test", TEST_GOAL, part_a(world)),
        ]


def look(world: PracticeWorld) -> int:
    """Round trips from the token, whose kind is known, to all that verdicts are read from, a look at conversations
    included."""
    client = GraphClient(world.graph_url, Secret(world.token()), None, CancelToken(), SystemClock())
    client.read_token()
    known = _trips(world)
    world.forget_requests()
    fetch_facts(client, CancelToken(), True, [world.app("secondary")])
    return _trips(world) - known  # fetch_facts reads the token first


def part_a(world: PracticeWorld) -> int:
    world.scenario("happy-routing")
    with tempfile.TemporaryDirectory() as folder:
        Stage(world, Path(folder)).part_a()
    return _trips(world)


def _trips(world: PracticeWorld) -> int:
    """Requests over HTTP: an operation inside a batch is none."""
    return sum(1 for request in world.requests() if not request["batch"])


def _row(what: str, goal: int, trips: int) -> Row:
    return Row(f"round trips, {what}", "trips", goal, trips, {"wizard": spread([trips])}, "trips")


if __name__ == "__main__":
    sys.exit(print_rows(rows()))
