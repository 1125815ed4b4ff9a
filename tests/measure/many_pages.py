"""How many Pages a second are checked where each reply takes 100 ms, against a plain client that asks one call after
the other for the same facts.

python -m tests.measure.many_pages [RUNS]
"""

import http.client
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.measure.table import RUNS, Row, print_rows, ratio, spread
from tests.simulator.world import PracticeWorld, start_world
from tests.soak.test_many_pages import FEW, MANY, MOST_MORE, memory
from tests.terminal.program import Program
from wizard.actions.account import AccountCheckOptions, AllPages
from wizard.actions.practice import join_practice
from wizard.actions.session import Session, session_for
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.facts import App
from wizard.core.secret import Secret

GOAL = 20.0  # times the plain client
REPLY_MS = 100
_PLAIN_PAGES, _PAGES = 8, 240  # a figure for a second does not depend on how many seconds are measured
# What `read_token` asks in one batch, and the name of the live chat.
_READS = (
    "me?metadata=1",
    "app",
    "me/subscribed_apps",
    "me?fields=messaging_feature_status",
    "me?fields=is_published",
    "me/secondary_receivers?fields=id,name",
)


class PlainClient:
    """One connection, one call after the other."""

    def __init__(self, world: PracticeWorld) -> None:
        self._world = world
        self._address = urlsplit(world.graph_url)
        self._connection = http.client.HTTPConnection(self._address.hostname or "", self._address.port, timeout=10)

    def close(self) -> None:
        self._connection.close()

    def get(self, path: str, token: str) -> Any:
        target = f"{self._address.path}/v26.0/{path}"
        self._connection.request("GET", target, headers={"Authorization": f"Bearer {token}"})
        return json.loads(self._connection.getresponse().read())

    def check(self, pages: int) -> int:
        query = urlencode({"fields": "id,name,access_token,tasks", "limit": pages})
        found = self.get(f"me/accounts?{query}", self._world.token("user"))["data"]
        for page in found:
            if "access_token" in page:
                for path in (*_READS, f"{self._world.app('secondary')}?fields=id,name,icon_url"):
                    self.get(path, page["access_token"])
        return len(found)


def plain(world: PracticeWorld) -> int:
    client = PlainClient(world)
    try:
        return client.check(_PLAIN_PAGES)
    finally:
        client.close()


def ours(session: Session, world: PracticeWorld, jobs: int) -> int:
    """Token, list and all Pages."""
    cancel = CancelToken()
    opened = session.open_token(Secret(world.token("user")), None, cancel)
    apps = (App(world.app("primary")), App(world.app("secondary")))
    pages = AllPages(
        session,
        opened,
        lambda page: Answers(page_id=page.id, bot=apps[0], live_chat=apps[1]),
        cancel,
        AccountCheckOptions(jobs),
    )
    return sum(1 for _page in pages)


def speed(check: Callable[[], int]) -> float:
    """Return Pages a second."""
    begun = time.monotonic()
    return check() / (time.monotonic() - begun)


def rows(runs: int) -> list[Row]:
    one: list[float] = []
    eight: list[float] = []
    many: list[float] = []
    with start_world("sixty-pages") as world:
        world.scenario_of("sixty-pages", other_pages=_PAGES - 1, reply_delay_ms=REPLY_MS)
        world.keep_requests(100)
        session = session_for(join_practice(world.control_url).world)
        for _run in range(runs):
            one.append(speed(lambda: plain(world)))
            eight.append(speed(lambda: ours(session, world, 8)))
            many.append(speed(lambda: ours(session, world, 32)))
            world.forget_requests()
    unit = "Pages/s"
    found = ratio("check of many Pages", GOAL, unit, ("plain client, one by one", one), eight, at_least=True)
    values = {**found.values, "wizard, 32 Pages at once": spread(many)}
    return [replace(found, values=values, note=f"replies after {REPLY_MS} ms; the wizard asks for 8 Pages at once")]


def memory_rows(runs: int) -> list[Row]:
    """The most memory that a check of few Pages took, and one of many. Each is a process of its own."""
    few: list[float] = []
    many: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        program, report = Program(Path(folder) / "home"), Path(folder) / "report"
        for _run in range(runs):
            few.append(memory(program, FEW, report))
            many.append(memory(program, MANY, report))
    values = {f"{FEW} Pages": spread(few), f"{MANY} Pages": spread(many)}
    grown = statistics.median(many) - statistics.median(few)
    return [Row("memory of a check, many over few", "MB", MOST_MORE, grown, values, "MB")]


if __name__ == "__main__":
    sys.exit(print_rows(rows(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)))
