"""How soon the first page can be used, and how much memory that takes, against a bare PySide6 window.

Seen from outside, in the same way for both: the main button stands on the screen as it looks at the end, and a click
changes what it says. Nothing is asked of the program.

Needs an X display with a window manager: tests/session.sh python -m tests.measure.first_page [RUNS]
"""

import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.measure.screen import Box, Screen, without_window_manager
from tests.measure.table import RUNS, Row, print_rows, ratio

TIME_GOAL, MEMORY_GOAL = 1.8, 1.35  # times the bare window
PROGRAM = (str(Path(sysconfig.get_path("scripts")) / "handover-wizard"),)
BARE_SOURCE = """
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
app = QApplication([])
window = QWidget()
column = QVBoxLayout(window)
choice, button = QPushButton("Choice"), QPushButton("Start")
choice.clicked.connect(lambda: button.setText("Chosen"))
column.addStretch(1)
column.addWidget(choice)
column.addStretch(1)
column.addWidget(button)
window.resize(1040, 720)
window.show()
app.exec()
"""
BARE = (sys.executable, "-c", BARE_SOURCE)
_LOOK_EVERY = 0.001  # seconds
_REST = 0.5  # seconds without a change after which a program has come to rest
_LONGEST = 10.0  # seconds for anything to come
_TRY = 0.1  # seconds for a window to answer a click
_STEP = 12  # pixels between two tries of finding what can be clicked


@dataclass(frozen=True, slots=True)
class Start:
    """Milliseconds from the start of the process until the main button was seen, and until a click had been taken.
    When it was seen: the milliseconds of processor time that all threads had used, and the MB resident."""

    seen_ms: float
    usable_ms: float
    busy_ms: float
    mb: float


class Program:
    """One of the two on one screen. It is started before anything is measured: so bytecode and disk are warm, and it
    is known how the main button looks and where a click changes it."""

    def __init__(self, command: Sequence[str], screen: Screen, display: str | None = None) -> None:
        self._command, self._screen, self._display = command, screen, display
        self._cache = tempfile.TemporaryDirectory()
        screen.point_at(0, 0)
        empty = screen.picture(screen.whole)
        with self._running():
            self._learn(empty)

    def start(self) -> Start:
        screen = self._screen
        screen.point_at(0, 0)
        with self._running() as (process, begun):
            _wait_until(lambda: screen.picture(self._button) == self._look, "the main button")
            seen = clicked = time.perf_counter()
            busy, mb = _busy(process.pid), _resident(process.pid)
            screen.point_at(*self._click_at)
            screen.click()

            def is_taken() -> bool:
                nonlocal clicked
                if screen.picture(self._button) != self._look:
                    return True
                if time.perf_counter() - clicked > _TRY:  # it was not heard; nobody clicks only once
                    clicked = time.perf_counter()
                    screen.click()
                return False

            _wait_until(is_taken, "the effect of a click")
            usable = time.perf_counter()
        return Start((seen - begun) * 1000, (usable - begun) * 1000, busy * 1000, mb)

    @contextmanager
    def _running(self) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
        """With a new account: nothing saved, no accessibility bus that would be asked. As installed: with bytecode."""
        with tempfile.TemporaryDirectory() as home:
            environment = dict(os.environ)
            for name in ("QT_QPA_PLATFORM", "PYTHONDONTWRITEBYTECODE"):
                environment.pop(name, None)
            for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
                environment[name] = home
            environment["PYTHONPYCACHEPREFIX"] = self._cache.name
            if self._display is not None:
                environment["DISPLAY"] = self._display
            begun = time.perf_counter()
            process = subprocess.Popen(self._command, env=environment, stderr=subprocess.DEVNULL)
            try:
                yield process, begun
            finally:
                process.kill()
                process.wait()

    def _rest(self, empty: bytes) -> bytes:
        """Return the whole screen when there is something on it that no longer changes."""
        screen, last, since = self._screen, b"", time.perf_counter()

        def is_at_rest() -> bool:
            nonlocal last, since
            now = screen.picture(screen.whole)
            if now != last:
                last, since = now, time.perf_counter()
            time.sleep(0.05)
            return now != empty and time.perf_counter() - since > 2 * _REST

        _wait_until(is_at_rest, "a window")
        return last

    def _learn(self, empty: bytes) -> None:
        """Click from the top of the window downwards until a click changes what stands in its lowest part."""
        screen = self._screen
        at_first = self._rest(empty)
        window = _changed(empty, at_first, screen.whole)
        foot = Box(window.x, window.y + window.height * 9 // 10, window.width, window.height // 10)
        before = screen.picture(foot)
        for y in range(window.y + 6 * _STEP, foot.y, _STEP):
            at = window.x + window.width // 3, y
            screen.point_at(*at)
            screen.click()
            time.sleep(_TRY)
            after = screen.picture(foot)
            if after != before:
                self._click_at, self._button = at, _changed(before, after, foot)
                self._look = _part(at_first, screen.whole, self._button)
                return
        raise TimeoutError("no click changes the main button")


def _part(picture: bytes, of: Box, box: Box) -> bytes:
    lines = (4 * ((box.y + down - of.y) * of.width + box.x - of.x) for down in range(box.height))
    return b"".join(picture[at : at + 4 * box.width] for at in lines)


def _changed(before: bytes, now: bytes, box: Box) -> Box:
    """What holds all pixels that differ. before, now: pictures of box."""
    line = 4 * box.width
    rows = [y for y in range(box.height) if before[y * line : (y + 1) * line] != now[y * line : (y + 1) * line]]
    columns = [
        at % line // 4
        for y in rows
        for at in range(y * line, (y + 1) * line, 4)
        if before[at : at + 4] != now[at : at + 4]
    ]
    left, top = min(columns), rows[0]
    return Box(box.x + left, box.y + top, max(columns) - left + 1, rows[-1] - top + 1)


def _wait_until(look: Callable[[], bool], what: str) -> None:
    end = time.perf_counter() + _LONGEST
    while not look():
        if time.perf_counter() > end:
            raise TimeoutError(f"{what} did not come")
        time.sleep(_LOOK_EVERY)


def _busy(pid: int) -> float:
    """Seconds of processor time of all threads so far, to the nanosecond; those that have ended are not counted."""
    files = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(file.read_text().split()[0]) for file in files) / 1e9


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def starts(
    bare: Sequence[str], program: Sequence[str], runs: int, display: str | None = None
) -> tuple[list[Start], list[Start]]:
    """Return the starts of both, which were made in turn."""
    screen = Screen(display)
    both = [Program(command, screen, display) for command in (bare, program)]
    found: tuple[list[Start], list[Start]] = ([], [])
    for _number in range(runs):
        for one, of_one in zip(both, found, strict=True):
            of_one.append(one.start())
    screen.close()
    return found


def rows(runs: int) -> list[Row]:
    found = first_page_rows(*starts(BARE, PROGRAM, runs))
    with without_window_manager() as display:
        found += first_page_rows(*starts(BARE, PROGRAM, runs, display), ", not in front")[:1]
    return found


def first_page_rows(bare: Sequence[Start], wizard: Sequence[Start], where: str = "") -> list[Row]:
    """Time and memory. where: what is added to their names."""

    def row(what: str, goal: float, unit: str, name: str) -> Row:
        reference, ours = ([getattr(start, name) for start in starts] for starts in (bare, wizard))
        return ratio(what + where, goal, unit, ("bare window", reference), ours)

    seen, busy = (row("", 0, "ms", name).value for name in ("seen_ms", "busy_ms"))
    usable = row("first usable page", TIME_GOAL, "ms", "usable_ms")
    note = f"until its main button is seen: {seen:.2f} x the time, {busy:.2f} x the processor time"
    return [replace(usable, note=note), row("memory then", MEMORY_GOAL, "MB", "mb")]


if __name__ == "__main__":
    sys.exit(print_rows(rows(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)))
