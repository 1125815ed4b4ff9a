"""Every figure the program is held against, each with its reference measured in the same run, against the run that is
kept in the repository.

Needs an X display with a window manager: tests/session.sh python -m tests.measure.bench [RUNS] [--keep]
The table goes to standard output, and as JSON to build/bench.json; with --keep it is also what later runs compare
themselves with. The whole of it takes an hour.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import qVersion

from tests.measure import first_page, frozen, many_pages, responsiveness, round_trips
from tests.measure.suite import suite_rows
from tests.measure.table import RUNS, Row, kept_values, not_measured, print_rows, spread, write

_ROOT = Path(__file__).resolve().parents[2]
_KEPT = Path(__file__).with_name("bench.json")
_WRITTEN = _ROOT / "build" / "bench.json"
_FROZEN = _ROOT / "dist" / "handover-wizard"
_REPORTS = _ROOT / "build" / "reports"
_MEMORY_EVERY = 5  # runs: a check of ten thousand Pages takes minutes, and its memory hardly differs
_QUIET_LOAD = 1.0
_QUICK_GOAL = 1.0  # minutes


def frozen_rows(runs: int) -> list[Row]:
    if not (_FROZEN / "handover-wizard").exists():
        return [not_measured("installer", "there is no frozen program in dist: `make frozen` makes one")]
    if not frozen.PACKER.exists():
        return [not_measured("installer", "what `make frozen` froze with is gone, and so is what to compare with")]
    return frozen.rows(_FROZEN, runs)


def quick_rows() -> list[Row]:
    begun = time.monotonic()
    if subprocess.run(["make", "quick"], cwd=_ROOT, stdout=subprocess.DEVNULL, check=False).returncode:
        return [not_measured("make quick", "it failed")]
    minutes = (time.monotonic() - begun) / 60
    return [Row("make quick", "min", _QUICK_GOAL, minutes, {"wizard": spread([minutes])}, "min")]


def fault_rows() -> list[Row]:
    return [not_measured("any fault at any call", "`make faults` prints and keeps that table")]


def _parts(runs: int) -> Iterator[Callable[[], list[Row]]]:
    yield lambda: first_page.rows(runs)
    yield lambda: responsiveness.rows(runs)
    yield round_trips.rows
    yield lambda: many_pages.rows(runs)
    yield lambda: many_pages.memory_rows(max(1, runs // _MEMORY_EVERY))
    yield lambda: frozen_rows(runs)
    yield lambda: suite_rows(_REPORTS)
    yield quick_rows
    yield fault_rows


def main(runs: int, is_kept: bool) -> int:
    kept = kept_values(_KEPT)
    about = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "python": platform.python_version(),
        "qt": qVersion(),
        "system": f"{platform.system()} {platform.machine()}",
        "runs": str(runs),
        "load": f"{os.getloadavg()[0]:.1f}",
    }
    print(", ".join(f"{name} {value}" for name, value in about.items()), flush=True)
    if is_busy := os.getloadavg()[0] > _QUIET_LOAD:
        print("This machine is busy with other things: times say little, and nothing is kept.", flush=True)
    rows: list[Row] = []
    for part in _parts(runs):
        found = part()
        print_rows(found, kept)
        rows += found
        write(rows, about, _WRITTEN)
    if is_kept and not is_busy:
        write(rows, about, _KEPT)
    missed = [row.what for row in rows if not row.is_good]
    print(f"missed: {', '.join(missed)}" if missed else "every goal is met that was measured")
    return 1 if missed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("runs", type=int, nargs="?", default=RUNS)
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    sys.exit(main(given.runs, given.keep))
