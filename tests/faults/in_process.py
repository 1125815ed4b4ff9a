"""The terminal's program inside this process: a start costs more than a cell of the table. Home folder, variables,
standard streams and arguments are those of a program of its own."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import time
import traceback
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import short_waits
from tests.simulator.world import ROOT
from tests.terminal.program import Ended, Program
from wizard.core import limits

# What takes long in life, and of which no cell needs the length: only that it ends.
SHORT: dict[str, float | tuple[float, ...]] = {
    "CONNECT": 1.0,
    "READ": 0.5,
    "CONNECT_HURRIED": 1.0,
    "READ_HURRIED": 0.4,
    "REPEATED_READ": 1.0,
    "REPEATED_READ_QUICK": 0.8,
    "REPEATED_READ_HURRIED": 0.6,
    "RESTORE_ON_EXIT": 3.0,
    "MESSAGE": 1.5,
    "SLOW_BOT": 0.5,
    "SILENCE": 0.2,
    "SEARCH": 1.5,
    "FIRST_LOOK": 0.05,
    "LONGEST_LOOK": 0.05,
    "ARRIVAL": (0.0, *[0.02] * 7),
    "ARRIVAL_LATE": 0.05,
    "TAKE_AGAIN": (0.02,) * 4,
    "IS_BACK": (0.02, 0.05),
    "CHANGE_AGAIN": 0.02,
    "STANDS_STILL": 0.05,
    "PAUSE_AFTER_ERROR": 0.02,
    "PAUSE_ON_THE_WAY": 0.01,
    "PAUSE_OF_BATCHES": 0.02,
    "LONGEST_PAUSE": 0.05,
    "READ_BACK_PAUSES": (0.0, 0.02, 0.05),
    "CODE_LOOKS": (0.02, 0.1),
}


def shorten_limits(set_value: Callable[[object, str, object], None] = setattr) -> None:
    for name, seconds in {**short_waits.SHORT, **SHORT}.items():
        if not hasattr(limits, name):
            raise AttributeError(f"limits.{name}")
        set_value(limits, name, seconds)


# Seconds after which a run is ended from outside: it would never end.
_LAST = 60.0


class NeverEnds(BaseException):
    """A run did not end."""


def _end(_number: int, _frame: object) -> None:
    raise NeverEnds


@dataclass(frozen=True, slots=True)
class Run(Ended):
    """crash: the traceback of what nobody caught, "" without one. seconds: how long it took."""

    crash: str = ""
    seconds: float = 0.0


class _Stream(io.TextIOWrapper):
    """person: somebody who reads the lines, and does what they say before the next one comes."""

    def __init__(self, person: Callable[[str], None] | None = None) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", errors="backslashreplace", write_through=True)
        self._person = person

    def write(self, text: str) -> int:
        written = super().write(text)
        if self._person is not None and text.strip():
            self._person(text)
        return written

    def text(self) -> str:
        self.flush()
        raw: bytes = self.buffer.getvalue()  # type: ignore[attr-defined]  # it is our own BytesIO
        return raw.decode("utf-8", "replace")


# Nothing of a cell goes into the keyring of whoever runs the table.
_NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}


def run_here(home: Path, *arguments: str, **more: str) -> Run:
    """more: variables. What the program would show as a crash is returned as one."""
    return run_read_by(None, home, *arguments, **more)


def run_read_by(person: Callable[[str], None] | None, home: Path, *arguments: str, **more: str) -> Run:
    """The same, and somebody reads what it says while it runs."""
    from wizard.commands import run
    from wizard.commands.frame import Window

    window = Window(lambda *_: 2, lambda: "")
    out, err, crash, code = _Stream(person), _Stream(person), "", 70
    began = time.monotonic()
    others = signal.signal(signal.SIGALRM, _end)
    left, _again = signal.setitimer(signal.ITIMER_REAL, _LAST)
    with (
        _surroundings(Program(home).environment(**_NO_KEYRING, **more)),
        _streams(out, err, ["handover-wizard", *arguments]),
        _no_browser(),
    ):
        try:
            code = run(window)
        except BaseException:  # a SystemExit, too, would be one that nobody meant
            crash = traceback.format_exc()
        finally:
            signal.signal(signal.SIGALRM, others)
            signal.setitimer(signal.ITIMER_REAL, left)
    return Run(code, out.text(), err.text(), crash, time.monotonic() - began)


def run_started(home: Path, *arguments: str, **more: str) -> Run:
    """The same as a program of its own, with the waits and limits of life; nobody reads what it says."""
    began, program = time.monotonic(), Program(home)
    done = subprocess.run(
        program.command(*arguments),
        cwd=ROOT,
        env=program.environment(**_NO_KEYRING, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="backslashreplace",
        timeout=_LAST,
        check=False,
    )
    crash = done.stderr if "Traceback" in done.stderr else ""
    return Run(done.returncode, done.stdout, done.stderr, crash, time.monotonic() - began)


@contextmanager
def _surroundings(variables: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _no_browser() -> Iterator[None]:
    """Nothing opens on the screen of whoever runs the table."""
    opens, webbrowser.open = webbrowser.open, lambda *_given, **_more: True
    try:
        yield
    finally:
        webbrowser.open = opens


@contextmanager
def _streams(out: io.TextIOBase, err: io.TextIOBase, arguments: list[str]) -> Iterator[None]:
    typed, given = sys.stdin, sys.argv
    sys.stdin, sys.argv = io.StringIO(""), arguments
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            yield
    finally:
        sys.stdin, sys.argv = typed, given
