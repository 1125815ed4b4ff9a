"""The whole table: which cells there are, how workers play them, and how it is kept and compared."""

import hashlib
import json
import multiprocessing
import multiprocessing.util
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.cells import WHEN, Cell, Played, Stage, stage
from tests.faults.flows import Flow
from tests.faults.in_process import shorten_limits

KEPT = Path(__file__).with_name("table.json")
_CHUNK = 8
_SAMPLE = 40  # one of so many cells of each flow is played with the other tests
_GOOD = "good: once, and from then on"
NOT_MADE = "the run ended before this call was made"


@dataclass(slots=True)
class Table:
    """Cells by their ID: the good ones, what is wrong with the bad ones, and why others were not run."""

    good: set[str] = field(default_factory=set)
    bad: dict[str, list[str]] = field(default_factory=dict)
    not_run: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    def add(self, cell: str, played: Played) -> None:
        self.seconds += played.seconds
        self._forget(cell)
        if played.wrong:
            self.bad[cell] = list(played.wrong)
        elif not played.hit:
            self.not_run[cell] = NOT_MADE
        else:
            self.good.add(cell)

    def take_over(self, other: "Table") -> None:
        """What another run found, in place of what is known of the same cells."""
        for cell in (*other.good, *other.bad, *other.not_run):
            self._forget(cell)
        self.good |= other.good
        self.bad |= other.bad
        self.not_run |= other.not_run

    def _forget(self, cell: str) -> None:
        self.good.discard(cell)
        self.bad.pop(cell, None)
        self.not_run.pop(cell, None)

    @property
    def counts(self) -> dict[str, int]:
        numbers = {"good": len(self.good), "bad": len(self.bad), "not run": len(self.not_run)}
        return {"cells": sum(numbers.values()), **numbers}


def plan(on: Stage) -> list[Cell]:
    """Every cell of the table."""
    possible = {flow.name: list(_possible(on, flow)) for flow in on.flows.values()}
    chosen = [
        cell
        for flow in on.flows.values()
        for cell in possible[flow.name]
        if flow.wants(cell.call.name, cell.kind, cell.once) or _chance(cell.id) % flow.share == 0
    ]
    left = set(on.kinds) - {cell.kind for cell in chosen}
    for cell in (cell for cells in possible.values() for cell in cells):
        if cell.kind in left:
            left.remove(cell.kind)
            chosen.append(cell)
    return sorted(chosen, key=lambda cell: _chance(cell.id))  # so that half of it is a fair half


def _possible(on: Stage, flow: Flow) -> Iterator[Cell]:
    for call in on.calls_of(flow):
        for kind in on.kinds.values():
            if kind.fits(call.name, call.in_batch):
                yield from (Cell(flow.name, call, kind.name, once) for once in (True, False))


def sample(cells: Iterable[str]) -> list[str]:
    """One of forty of each flow, at least one, always the same; cells by their ID."""
    flows: dict[str, list[str]] = {}
    for cell in sorted(sorted(cells), key=_chance):
        flows.setdefault(Cell.of(cell).flow, []).append(cell)
    return [cell for of_one in flows.values() for cell in of_one[::_SAMPLE]]


def play_all(cells: Sequence[Cell], workers: int) -> Iterator[tuple[Cell, Played]]:
    """Play cells in worker processes, each with a practice world of its own. They come as they are done."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _begin) as pool:
        played = [pool.submit(_play, cells[at : at + _CHUNK]) for at in range(0, len(cells), _CHUNK)]
        try:
            for done in as_completed(played):
                yield from done.result()
        finally:
            pool.shutdown(cancel_futures=True)


_stage: Stage | None = None


def _begin() -> None:
    global _stage
    shorten_limits()
    held = stage()
    _stage = held.__enter__()
    multiprocessing.util.Finalize(None, held.__exit__, (None, None, None), exitpriority=10)


def _play(cells: Sequence[Cell]) -> list[tuple[Cell, Played]]:
    assert _stage is not None
    return [(cell, _stage.play(cell).brief) for cell in cells]


def _chance(cell: str) -> int:
    """A number that is the same in every run, and knows nothing of the cells beside it."""
    return int.from_bytes(hashlib.sha256(cell.encode()).digest()[:4], "big")


# Kept and read again


def dumped(table: Table) -> str:
    """JSON: the good cells as numbers of kinds, the others with what is to be said of them."""
    kinds = sorted({Cell.of(cell).kind for cell in table.good})
    numbers = {kind: number for number, kind in enumerate(kinds)}
    good: dict[str, dict[str, list[list[int]]]] = {}
    for cell in sorted(table.good):
        one = Cell.of(cell)
        row = good.setdefault(one.flow, {}).setdefault(str(one.call), [[] for _ in WHEN])
        row[0 if one.once else 1].append(numbers[one.kind])
    reasons: dict[str, list[str]] = {}
    for cell, why in sorted(table.not_run.items()):
        reasons.setdefault(why, []).append(cell)
    parts = {
        "counts": json.dumps(table.counts),
        "kinds": json.dumps(kinds),
        "bad": json.dumps(dict(sorted(table.bad.items())), indent=1),
        "not run": json.dumps(reasons, indent=1),
        _GOOD: _object({flow: _object(_rows(calls)) for flow, calls in sorted(good.items())}),
    }
    return _object(parts) + "\n"


def read(text: str) -> Table:
    """The table that `dumped` wrote."""
    kept = json.loads(text)
    good = {
        " | ".join((flow, call, kept["kinds"][number], when))
        for flow, calls in kept[_GOOD].items()
        for call, rows in calls.items()
        for when, row in zip(WHEN, rows, strict=True)
        for number in row
    }
    return Table(good, kept["bad"], {cell: why for why, cells in kept["not run"].items() for cell in cells})


def compared(table: Table, kept: Table) -> list[str]:
    """What is worse than in the kept table: good cells that are bad now, that were not run, or that are gone."""
    worse = sorted(kept.good - table.good)
    return [f"{cell}: {'; '.join(table.bad.get(cell) or [table.not_run.get(cell, 'is gone')])}" for cell in worse]


def by_kind(table: Table, group: Mapping[str, str]) -> list[tuple[str, dict[str, Counter[str]]]]:
    """Rows for people: of each kind, by the group of the flow, how many cells are good, bad and not run."""
    rows: dict[str, dict[str, Counter[str]]] = {}
    for what, cells in (("good", table.good), ("bad", table.bad), ("not run", table.not_run)):
        for cell in cells:
            one = Cell.of(cell)
            rows.setdefault(one.kind, {}).setdefault(group[one.flow], Counter())[what] += 1
    return sorted(rows.items())


def _rows(calls: Mapping[str, list[list[int]]]) -> dict[str, str]:
    return {call: json.dumps(rows, separators=(",", ":")) for call, rows in sorted(calls.items())}


def _object(members: Mapping[str, str]) -> str:
    lines = ",\n".join(f"{json.dumps(name)}: {text}" for name, text in members.items())
    return "{\n" + lines + "\n}"
