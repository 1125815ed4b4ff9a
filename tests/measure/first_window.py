"""How soon the first window is there, and how much memory it takes, against a bare PySide6 window.

Needs an X display with a window manager: tests/session.sh python -m tests.measure.first_window [RUNS]
"""

import ctypes
import ctypes.util
import os
import select
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

RUNS = 15
TIME_GOAL, MEMORY_GOAL = 1.35, 1.5  # times the bare window
_PROGRAM = [str(Path(sysconfig.get_path("scripts")) / "handover-wizard")]
_BARE = [
    sys.executable,
    "-c",
    "from PySide6.QtWidgets import QApplication, QLabel\n"
    "app = QApplication([]); label = QLabel('Hello'); label.resize(1040, 720); label.show(); app.exec()",
]
_REST = 0.25  # seconds without work after which a program has come to rest
_ROWS = (
    ("window_ms", "ms", "window"),
    ("window_mb", "MB", "resident then"),
    ("rest_ms", "ms", "first page"),
    ("rest_mb", "MB", "resident then"),
)
_LONGEST = 30.0  # seconds for a window to come
_SUBSTRUCTURE_NOTIFY, _MAP_NOTIFY = 1 << 19, 19  # X.h


class Display:
    """Tells when the window manager shows a window. Raises OSError without a display."""

    def __init__(self) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XSelectInput.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_long]
        for name in ("XPending", "XConnectionNumber", "XFlush"):
            getattr(self._x, name).argtypes = [ctypes.c_void_p]
        self._x.XNextEvent.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        self._display = self._x.XOpenDisplay(None)
        if not self._display:
            raise OSError("there is no X display")
        self._x.XSelectInput(self._display, self._x.XDefaultRootWindow(self._display), _SUBSTRUCTURE_NOTIFY)
        self._x.XFlush(self._display)

    def forget(self) -> None:
        """Read away what has happened so far."""
        while self._x.XPending(self._display):
            self._next()

    def wait_for_window(self) -> float:
        """Return the moment, by time.perf_counter, at which a window was put on the screen."""
        end = time.perf_counter() + _LONGEST
        while (left := end - time.perf_counter()) > 0:
            while self._x.XPending(self._display):
                if self._next() == _MAP_NOTIFY:
                    return time.perf_counter()
            select.select([self._x.XConnectionNumber(self._display)], [], [], left)
        raise TimeoutError("no window came")

    def _next(self) -> int:
        event = (ctypes.c_long * 24)()  # XEvent; its first int is the type
        self._x.XNextEvent(self._display, ctypes.byref(event))
        return ctypes.c_int.from_buffer(event).value


@contextmanager
def _home() -> Iterator[dict[str, str]]:
    """A new account: nothing saved, no accessibility bus that would be asked."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            environment[name] = folder
        yield environment


@dataclass(frozen=True, slots=True)
class Start:
    """Milliseconds from the start of the process, and MB resident: when the window was mapped, and when the program
    had come to rest, its first page painted."""

    window_ms: float
    window_mb: float
    rest_ms: float
    rest_mb: float


def one_start(command: list[str], display: Display) -> Start:
    with _home() as environment:
        display.forget()
        begun = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            mapped = display.wait_for_window()
            window_mb = _resident(process.pid)
            rested = _wait_for_rest(process.pid)
            rest_mb = _resident(process.pid)
        finally:
            process.kill()
            process.wait()
    return Start((mapped - begun) * 1000, window_mb, (rested - begun) * 1000, rest_mb)


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def _wait_for_rest(pid: int) -> float:
    """Return the moment after which the process used no processor time for a while (10 ms is the finest told)."""
    busy_until, used = time.perf_counter(), ""
    while time.perf_counter() - busy_until < _REST:
        now_used = " ".join(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13])
        if now_used != used:
            busy_until, used = time.perf_counter(), now_used
        time.sleep(0.005)
    return busy_until


def row(name: str, values: list[float], unit: str) -> str:
    quarters = statistics.quantiles(values, n=4)
    return (
        f"{name:<28}{statistics.median(values):>9.1f} {unit:<3}"
        f"{quarters[0]:>9.1f} to {quarters[2]:.1f} (all: {min(values):.1f} to {max(values):.1f})"
    )


def main(runs: int) -> int:
    display = Display()
    for command in (_BARE, _PROGRAM):  # what is read from disk the first time is no part of it
        one_start(command, display)
    bare, program = [], []
    for _number in range(runs):
        bare.append(one_start(_BARE, display))
        program.append(one_start(_PROGRAM, display))
    print(f"Start of the program, {runs} interleaved runs: median, then the middle half")
    ratios = {}
    for field, unit, what in _ROWS:
        values = {
            name: [getattr(start, field) for start in starts] for name, starts in (("bare", bare), ("wizard", program))
        }
        for name, of_name in values.items():
            print(row(f"{what}, {name}", of_name, unit))
        ratios[field] = statistics.median(values["wizard"]) / statistics.median(values["bare"])
    print(f"first window    {ratios['window_ms']:.2f} x the bare window (goal: at most {TIME_GOAL})")
    print(f"memory then     {ratios['window_mb']:.2f} x the bare window (goal: at most {MEMORY_GOAL})")
    print(f"first page      {ratios['rest_ms']:.2f} x the bare window, memory {ratios['rest_mb']:.2f} x")
    return 0 if ratios["window_ms"] <= TIME_GOAL and ratios["window_mb"] <= MEMORY_GOAL else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
