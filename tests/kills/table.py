"""The table of kills: how many of each command, spread over all calls of it that write, and what came of them."""

import json
import queue
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from tests.kills.cases import Case, Stage, all_cases
from tests.kills.forked import forked_program
from tests.simulator.world import start_world

KEPT = Path(__file__).with_name("kept.json")


@dataclass(slots=True)
class Row:
    """One command. calls: that write, in a whole run; kills: runs that were killed at one; entries: kills that left an
    open test; away: where the conversation was not with its start owner; restored: all was well after the next start.
    bad: call and what is wrong."""

    command: str
    calls: int
    kills: int = 0
    entries: int = 0
    away: int = 0
    restored: int = 0
    bad: list[str] = field(default_factory=list)


def spread(calls: int, kills: int, first: int = 0) -> list[int]:
    """Indices of calls: as many as kills, over all of them in even steps, each once as long as there are enough."""
    if not calls:
        return []
    return [(first + at * calls // kills) % calls if kills <= calls else at % calls for at in range(kills)]


def make_table(kills: Mapping[str, int], workers: int = 2, told: Callable[[Row], None] = lambda row: None) -> list[Row]:
    """Kill the command of each name so many times. told: called with each row when it is done."""
    rows = []
    with _stages(workers) as stages, ThreadPoolExecutor(workers) as pool:
        for case in all_cases():
            if case.name not in kills:
                continue
            with _one_of(stages) as stage:
                case.count(stage)
            row = Row(case.name, len(case.calls))
            list(pool.map(partial(_kill, stages, case, row), spread(len(case.calls), kills[case.name])))
            rows.append(row)
            told(row)
    return rows


_guard = threading.Lock()


def _kill(stages: "queue.Queue[Stage]", case: Case, row: Row, at: int) -> None:
    with _one_of(stages) as stage:
        while (found := stage.kill(case, at)) is None:  # this run made fewer calls: its last ones were made before
            at = at * 9 // 10
    call = case.calls[at]
    with _guard:
        row.kills += 1
        row.away += found.is_away
        row.entries += found.has_entry
        row.restored += not found.bad
        if found.bad:
            row.bad.append(f"{call.name} {call.number} {call.text}: {found.bad}")


@contextmanager
def _stages(number: int) -> "Iterator[queue.Queue[Stage]]":
    """Practice worlds with home folders, each used by one at a time."""
    free: queue.Queue[Stage] = queue.Queue()
    with ExitStack() as stack:
        for _each in range(number):
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="handover-kills-"))
            forked = stack.enter_context(forked_program(Path(folder)))
            free.put(Stage(stack.enter_context(start_world()), forked, Path(folder)))
        yield free


@contextmanager
def _one_of(stages: "queue.Queue[Stage]") -> Iterator[Stage]:
    stage = stages.get()
    try:
        yield stage
    finally:
        stages.put(stage)


def total(rows: Sequence[Row]) -> Row:
    names = ("calls", "kills", "entries", "away", "restored")
    sums = {name: sum(getattr(row, name) for row in rows) for name in names}
    return Row("all", **sums, bad=[each for row in rows for each in row.bad])


def line_of(row: Row) -> str:
    numbers = (row.calls, row.kills, row.entries, row.away, row.restored, len(row.bad))
    return f"{row.command:<28}" + "".join(f"{number:>10}" for number in numbers)


HEAD = f"{'command':<28}" + "".join(f"{name:>10}" for name in ("calls", "kills", "entries", "away", "restored", "bad"))


def as_json(rows: Sequence[Row]) -> str:
    return json.dumps({"rows": [asdict(row) for row in rows]}, indent=1, ensure_ascii=False) + "\n"
