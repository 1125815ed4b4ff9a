"""How late a timer of 2 ms comes while the wizard goes its whole route with answers of 800 ms, against a bare window.

Needs an X display: tests/session.sh python -m tests.measure.responsiveness [RUNS]
With --why in place of RUNS: one run, and what the window's thread did in each of its long blocks.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel

from tests.measure.blocks import BlockWatch
from tests.measure.table import RUNS, Row, print_rows, spread
from tests.simulator.world import start_world

USUAL_GOAL, WORST_GOAL = 16.0, 50.0  # ms: 99 % of all, and the worst above the control's worst
_EVERY = 2  # ms
_SILENCE = 2.0  # seconds: how long the bot is watched; nothing happens in the window meanwhile
_LONG = 30.0  # ms: what --why tells of


class Lateness:
    """Fires a timer every 2 ms from now on and notes how much later than that it came, in ms.

    on_time: called with the ms since the last time."""

    def __init__(self, on_time: Callable[[float], None] = lambda _ms: None) -> None:
        self.values: list[float] = []
        self._last = time.perf_counter()
        self._on_time = on_time
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._fired)
        self._timer.start(_EVERY)

    def _fired(self) -> None:
        now = time.perf_counter()
        passed = (now - self._last) * 1000
        self.values.append(max(0.0, passed - _EVERY))
        self._last = now
        self._on_time(passed)


def bare() -> list[float]:
    """In a process of its own: a window with nothing in it, until standard input ends."""
    app = QApplication([])
    label = QLabel("Hello")
    label.resize(1040, 720)
    label.show()
    app.processEvents()
    lateness = Lateness()
    ended = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    ended.activated.connect(app.quit)
    app.exec()
    return lateness.values


def route(watch: BlockWatch | None = None) -> list[float]:
    """In a process of its own: the whole route. watch: is told of every firing of the timer and every moment."""
    from tests.measure.tour import Tour
    from wizard.app import import_directly
    from wizard.core import limits
    from wizard.ui.theme import Theme

    app = QApplication([])
    import_directly()
    limits.SILENCE = _SILENCE
    with start_world("slow") as world:
        tour = Tour(world, Theme(app))
        app.processEvents()
        lateness = Lateness(watch.came_back) if watch is not None else Lateness()
        for moment in tour.moments():
            if watch is not None:
                watch.moment = moment
            app.processEvents()
        tour.close()
    return lateness.values


def why() -> None:
    """In a process of its own: the whole route, and then each long block."""
    watch = BlockWatch(longer_than=_LONG)
    values = route(watch)
    watch.end()
    for block in watch.blocks:
        print("\n".join(block.lines()))
    print(_line(values))


def _both() -> tuple[list[float], list[float]]:
    """Return what a bare window and the wizard measured at the same time: what else is in the way is so for both."""
    with tempfile.TemporaryDirectory() as home:
        folders = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        environment = {**os.environ, **dict.fromkeys(folders, home)}
        environment.pop("QT_QPA_PLATFORM", None)
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
        command = [sys.executable, "-m", "tests.measure.responsiveness"]
        pipe = subprocess.PIPE
        with subprocess.Popen([*command, "--bare"], env=environment, stdin=pipe, stdout=pipe, text=True) as beside:
            route = subprocess.run([*command, "--route"], env=environment, stdout=pipe, text=True, check=True).stdout
            window, _errors = beside.communicate()
        return json.loads(window.splitlines()[-1]), json.loads(route.splitlines()[-1])


def _line(values: list[float]) -> str:
    cuts = statistics.quantiles(values, n=1000)
    late = sum(value > USUAL_GOAL for value in values)
    return (
        f"{len(values)} times: median {cuts[499]:.2f}, 99 % {cuts[989]:.2f}, 99.9 % {cuts[998]:.2f}, "
        f"worst {max(values):.1f} ms; {late} above {USUAL_GOAL:.0f} ms"
    )


def rows(runs: int) -> list[Row]:
    window: list[list[float]] = []
    wizard: list[list[float]] = []
    for _number in range(runs):
        for values, of_one in zip(_both(), (window, wizard), strict=True):
            of_one.append(values)
    both = {"bare window": window, "wizard": wizard}
    usual = {name: spread([statistics.quantiles(run, n=100)[98] for run in of_one]) for name, of_one in both.items()}
    worst = {name: spread([max(run) for run in of_one]) for name, of_one in both.items()}
    all_times = [value for run in wizard for value in run]
    above = worst["wizard"].median - worst["bare window"].median
    return [
        Row("lateness, 99 %", "ms", USUAL_GOAL, statistics.quantiles(all_times, n=100)[98], usual, "ms"),
        Row("lateness, worst above the bare one", "ms", WORST_GOAL, above, worst, "ms", note=_line(all_times)),
    ]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--bare"]:
            print(json.dumps(bare()))
        case ["--route"]:
            print(json.dumps(route()))
        case ["--why"]:
            why()
        case _:
            sys.exit(print_rows(rows(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)))
