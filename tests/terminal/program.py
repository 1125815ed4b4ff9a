"""The real program as a child process, with a home folder of its own; and a person at a terminal of its own."""

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.simulator.world import ROOT
from tests.terminal.warm_start import can_start_warm, warm_program

_FOLDERS = {
    "HOME": "",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "TMPDIR": "tmp",
}
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended. said: standard output; complained: standard error."""

    code: int
    said: str
    complained: str

    @property
    def last_line(self) -> str:
        return self.said.rstrip().rsplit("\n", 1)[-1]


@dataclass(frozen=True, slots=True)
class Program:
    """home: everything the program may write lies below it. is_hurried: its tests of a handover wait as little as the
    practice world allows."""

    home: Path
    is_hurried: bool = False

    def environment(self, **more: str) -> dict[str, str]:
        for folder in _FOLDERS.values():
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        surroundings = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
        surroundings.pop("QT_QPA_PLATFORM", None)
        places = {name: str(self.home / folder) for name, folder in _FOLDERS.items()}
        return {**surroundings, **places, "COLUMNS": "100", **more}

    def run(self, *arguments: str, typed: str = "", timeout: float = 60, **more: str) -> Ended:
        """Run to the end. typed: what stands on standard input, which is no terminal. more: variables."""
        environment = self.environment(**more)
        if can_start_warm(environment):
            ended = Ended(*warm_program().run(arguments, environment, typed, timeout, self.is_hurried))
        else:
            ended = self.run_anew(*arguments, typed=typed, timeout=timeout, **more)
        assert "Traceback" not in ended.complained, ended.complained
        return ended

    def run_anew(self, *arguments: str, typed: str = "", timeout: float = 60, **more: str) -> Ended:
        """The same with an interpreter that has imported nothing, as in life."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=ROOT,
            env=self.environment(**more),
            input=typed,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def started(self, *arguments: str, **more: str) -> "Iterator[subprocess.Popen[str]]":
        """Start it; whatever a test finds, it does not run on."""
        with subprocess.Popen(
            self.command(*arguments),
            cwd=ROOT,
            env=self.environment(**more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    @contextmanager
    def at_a_terminal(self, *arguments: str, **more: str) -> "Iterator[TerminalUser]":
        """Start it in a pseudo-terminal that is its controlling one, so that Ctrl-C is what it is in life."""
        if sys.platform == "win32":
            pytest.skip("a terminal of Windows cannot be held from outside")
        import pty

        child, screen = pty.fork()
        if child == 0:  # nothing but exec may happen here
            os.chdir(ROOT)
            os.execve(sys.executable, self.command(*arguments), self.environment(TERM="xterm", **more))
        user = TerminalUser(child, screen)
        try:
            yield user
        finally:
            user.leave()

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "tests.short_waits" if self.is_hurried else "wizard.cli", *arguments]


@dataclass(slots=True)
class TerminalUser:
    """Reads what stands on the screen, and types."""

    child: int
    screen: int
    shown: str = ""
    _read_up_to: int = 0
    _code: int | None = field(default=None)

    def sees(self, words: str, within: float = 30.0) -> str:
        """Wait until the words stand on the screen, after what was seen before. Return all from there on."""
        ends = time.monotonic() + within
        while (at := self._flat().find(words, self._read_up_to)) < 0:
            left = ends - time.monotonic()
            if left <= 0 or not self._read(left):
                raise AssertionError(f"{words!r} was not shown; there was:\n{self._flat()[self._read_up_to :]}")
        seen = self._flat()[self._read_up_to :]
        self._read_up_to = at + len(words)
        return seen

    def word_after(self, words: str) -> str:
        """The word that follows what was last seen; words: how that ended."""
        self.sees(" ")
        before = self._flat()[: self._read_up_to - 1]
        return before[before.rindex(words) + len(words) :]

    def types(self, text: str) -> None:
        os.write(self.screen, f"{text}\r".encode())

    def presses_control_c(self) -> None:
        os.write(self.screen, b"\x03")

    def waits_for_the_end(self, within: float = 30.0) -> int:
        """Return the exit code."""
        ends = time.monotonic() + within
        while self._read(ends - time.monotonic()):
            if time.monotonic() > ends:
                raise AssertionError(f"it did not end; there was:\n{self._flat()}")
        if self._code is None:
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        return self._code

    def leave(self) -> None:
        if self._code is None:
            os.kill(self.child, 9)
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        os.close(self.screen)

    def all_shown(self) -> str:
        return self._flat()

    def lines(self) -> list[str]:
        return [line.rstrip() for line in _COLOURS.sub("", self.shown).splitlines()]

    def _flat(self) -> str:
        """The screen's text with its line breaks as spaces: where a line breaks depends on the width."""
        return re.sub(r"\s+", " ", _COLOURS.sub("", self.shown))

    def _read(self, seconds: float) -> bool:
        """Read some more; False at the end."""
        ready, _, _ = select.select([self.screen], [], [], max(0.0, seconds))
        if not ready:
            return seconds > 0
        try:
            data = os.read(self.screen, 65536)
        except OSError:  # Linux: the other side has closed
            return False
        self.shown += data.decode(errors="replace")
        return bool(data)
