"""What was measured, as a table for people and as JSON for a later run to compare itself with."""

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

RUNS = 15
_WORSE = 1.1  # times what was kept: less is noise


@dataclass(frozen=True, slots=True)
class Spread:
    """Of all runs: the median, the middle half, the ends."""

    median: float
    middle: tuple[float, float]
    all: tuple[float, float]
    runs: int

    def line(self, name: str, unit: str) -> str:
        low, high = self.middle
        return (
            f"    {name:<32}{self.median:>9.2f} {unit:<8}{low:>9.2f} to {high:.2f}   "
            f"all {self.runs}: {self.all[0]:.2f} to {self.all[1]:.2f}"
        )


def spread(values: Sequence[float]) -> Spread:
    low, _median, high = statistics.quantiles(values, n=4) if len(values) > 1 else (values[0],) * 3
    return Spread(statistics.median(values), (low, high), (min(values), max(values)), len(values))


@dataclass(frozen=True, slots=True)
class Row:
    """One figure against its goal. value: in unit; None where it could not be measured, then note says why. at_least:
    the goal is the least that is good, not the most. values: what it was worked out from, by name, in values_unit."""

    what: str
    unit: str
    goal: float
    value: float | None
    values: Mapping[str, Spread]
    values_unit: str = ""
    at_least: bool = False
    note: str = ""

    @property
    def is_good(self) -> bool:
        """What was not measured is not bad."""
        return self.value is None or (self.value >= self.goal if self.at_least else self.value <= self.goal)

    def lines(self, kept: float | None = None) -> list[str]:
        """kept: the value of the run that this one is compared with."""
        if self.value is None:
            return [f"{self.what:<36}{'-':>9}   not measured here: {self.note}"]
        goal = f"goal: at {'least' if self.at_least else 'most'} {self.goal:g}"
        before = f"   kept: {kept:.2f}{'  WORSE' if self._is_worse(kept) else ''}" if kept is not None else ""
        head = (
            f"{self.what:<36}{self.value:>9.2f} {self.unit:<8}{goal:<20}{'good' if self.is_good else 'MISSED'}{before}"
        )
        notes = [f"    {self.note}"] if self.note else []
        return [head, *(each.line(name, self.values_unit) for name, each in self.values.items()), *notes]

    def _is_worse(self, kept: float) -> bool:
        assert self.value is not None
        return self.value * _WORSE < kept if self.at_least else self.value > kept * _WORSE


def ratio(
    what: str, goal: float, unit: str, reference: tuple[str, Sequence[float]], ours: Sequence[float], **more: Any
) -> Row:
    """reference: its name and what it came to in the same run. unit: of these."""
    name, values = reference
    by_name = {name: spread(values), "wizard": spread(ours)}
    value = by_name["wizard"].median / by_name[name].median
    return Row(what, "x", goal, value, by_name, unit, **more)


def not_measured(what: str, why: str) -> Row:
    return Row(what, "", 0, None, {}, note=why)


def print_rows(rows: Sequence[Row], kept: Mapping[str, float] | None = None) -> int:
    """kept: values by what they are of. Return 0 where all goals are met."""
    before = kept if kept is not None else {}
    for row in rows:
        print("\n".join(row.lines(before.get(row.what))), flush=True)
    return 0 if all(row.is_good for row in rows) else 1


def write(rows: Sequence[Row], about: Mapping[str, str], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    found = {"about": dict(about), "rows": [{**asdict(row), "is_good": row.is_good} for row in rows]}
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def kept_values(path: Path) -> dict[str, float]:
    """The values of the rows that write left there, {} without such a file."""
    if not path.exists():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    return {row["what"]: row["value"] for row in rows if row["value"] is not None}
