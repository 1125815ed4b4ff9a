"""How many Pages a second are checked where each reply takes 100 ms, against a plain client that asks one call after
the other for the same facts.

python -m tests.measure.many_pages [RUNS]
"""

import http.client
import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.measure.first_window import row
from tests.simulator.world import PracticeWorld, start_world
from wizard.actions.account import AccountCheckOptions, AllPages
from wizard.actions.practice import join_practice
from wizard.actions.session import Session, session_for
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.facts import App
from wizard.core.secret import Secret

RUNS = 15
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


def main(runs: int) -> int:
    """Return 0 where the goal is met."""
    found: dict[str, list[float]] = {"plain client, one call at a time": [], "8 Pages at once": [], "32 at once": []}
    one, eight, many = found.values()
    print(f"{runs} runs of each in turn, replies after {REPLY_MS} ms")
    with start_world("sixty-pages") as world:
        world.scenario_of("sixty-pages", other_pages=_PAGES - 1, reply_delay_ms=REPLY_MS)
        world.keep_requests(100)
        session = session_for(join_practice(world.control_url).world)
        for _run in range(runs):
            one.append(speed(lambda: plain(world)))
            eight.append(speed(lambda: ours(session, world, 8)))
            many.append(speed(lambda: ours(session, world, 32)))
            world.forget_requests()
    for name, speeds in found.items():
        print(row(name, speeds, "Pages/s"))
    ratio = statistics.median(eight) / statistics.median(one)
    print(f"many Pages      {ratio:.1f} x the plain client (goal: at least {GOAL:.0f})")
    return 0 if ratio >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
