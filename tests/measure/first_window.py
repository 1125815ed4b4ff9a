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


def one_start(command: list[str], display: Display) -> tuple[float, float]:
    """Return seconds to the window, and MB resident then."""
    with _home() as environment:
        display.forget()
        begun = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            seconds = display.wait_for_window() - begun
            status = Path(f"/proc/{process.pid}/status").read_text()
        finally:
            process.kill()
            process.wait()
    kilobytes = next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]
    return seconds, int(kilobytes) / 1024


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
    print(f"First window, {runs} interleaved runs: median, then the middle half")
    print(row("bare window", [seconds * 1000 for seconds, _mb in bare], "ms"))
    print(row("handover-wizard", [seconds * 1000 for seconds, _mb in program], "ms"))
    print(row("bare window, resident", [mb for _seconds, mb in bare], "MB"))
    print(row("handover-wizard, resident", [mb for _seconds, mb in program], "MB"))
    slower = statistics.median(s for s, _ in program) / statistics.median(s for s, _ in bare)
    larger = statistics.median(m for _, m in program) / statistics.median(m for _, m in bare)
    print(f"time    {slower:.2f} x the bare window (goal: at most {TIME_GOAL})")
    print(f"memory  {larger:.2f} x the bare window (goal: at most {MEMORY_GOAL})")
    return 0 if slower <= TIME_GOAL and larger <= MEMORY_GOAL else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
