"""Starts the terminal program without importing it anew: most of what a short run takes. A child process has everything
imported, and forks into the program for each run; what it is given, and how it ends, is the run's own.

As a program: that child. Its standard input is the socket over which it gets the files of each run."""

import atexit
import functools
import gc
import importlib
import json
import os
import pkgutil
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What Python and the C library read once, when a process begins.
_READ_AT_THE_START = ("PYTHON", "LC_", "LANG", "LD_", "MALLOC", "COVERAGE")
_NOT_FOR_A_TERMINAL = ("wizard.__main__", "wizard.app", "wizard.simulator", "wizard.ui")
_IMPORTED_WHEN_NEEDED = ("jinja2", "keyring", "keyring.backends.SecretService", "requests", "rich.console")


def can_start_warm(environment: Mapping[str, str]) -> bool:
    """Whether a run in these surroundings is the same as one that begins with a new interpreter."""
    own = {name: value for name, value in environment.items() if name.startswith(_READ_AT_THE_START)}
    ours = {name: value for name, value in os.environ.items() if name.startswith(_READ_AT_THE_START)}
    return hasattr(os, "fork") and own == ours and not any(name.startswith("COVERAGE") for name in own)


class WarmProgram:
    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-m", "tests.terminal.warm_start"]
            self._process = subprocess.Popen(command, stdin=theirs.fileno(), cwd=ROOT)

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str], typed: str, timeout: float, is_hurried: bool
    ) -> tuple[int, str, str]:
        """Return the exit code, standard output and standard error. Raises TimeoutExpired."""
        given, typing = os.pipe()
        saying, said = os.pipe()
        complaining, complained = os.pipe()
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._socket, [b"."], [given, said, complained, theirs.fileno()])
        for file in (given, said, complained):
            os.close(file)
        with ours, ThreadPoolExecutor(3) as threads:
            request = {"arguments": list(arguments), "environment": dict(environment), "is_hurried": is_hurried}
            ours.sendall(json.dumps(request).encode() + b"\n")
            words = [threads.submit(_read, file) for file in (saying, complaining)]
            threads.submit(_write, typing, typed.encode())
            answers = ours.makefile("rb")
            number = int(answers.readline())
            ours.settimeout(timeout)
            try:
                code = int(answers.readline())
            except TimeoutError:
                os.kill(number, signal.SIGKILL)
                raise subprocess.TimeoutExpired(list(arguments), timeout) from None
            return code, words[0].result(), words[1].result()

    def end(self) -> None:
        self._socket.close()
        self._process.wait(10)


@functools.cache
def warm_program() -> WarmProgram:
    """The one of this test process, from its first use to the end of the tests."""
    program = WarmProgram()
    atexit.register(program.end)
    return program


def _read(file: int) -> str:
    with open(file, encoding="utf-8") as text:  # a number, not a path
        return text.read()


def _write(file: int, data: bytes) -> None:
    with suppress(BrokenPipeError), open(file, "wb") as given:
        given.write(data)


def _import_all() -> None:
    import wizard

    for module in pkgutil.walk_packages(wizard.__path__, "wizard."):
        if not module.name.startswith(_NOT_FOR_A_TERMINAL):
            importlib.import_module(module.name)
    for name in _IMPORTED_WHEN_NEEDED:
        importlib.import_module(name)
    gc.freeze()  # to look through it would copy all that is imported into each run


def _serve(runs: socket.socket) -> bool:
    """Fork for each run. Returns twice: in a run that shall become the program now, whether it is hurried; and by
    SystemExit where there are no more runs."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that wait
    while True:
        told, files, _flags, _from = socket.recv_fds(runs, 1, 4)
        if not told:
            sys.exit()
        if os.fork() == 0:
            runs.close()
            return _become_program(files)
        for file in files:
            os.close(file)


def _become_program(files: Sequence[int]) -> bool:
    """Fork once more: one waits for the program and tells its end, the other returns to become it."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    answers = socket.socket(fileno=files[3])
    request = json.loads(answers.makefile("rb").readline())
    if number := os.fork():
        for file in (0, *files[:3]):
            os.close(file)
        answers.sendall(b"%d\n" % number)
        code = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
        answers.sendall(b"%d\n" % code)
        os._exit(0)
    answers.close()
    for standard, (name, file) in enumerate(zip(("stdin", "stdout", "stderr"), files, strict=False)):
        os.dup2(file, standard)
        os.close(file)
        old, mode = getattr(sys, name), "r" if name == "stdin" else "w"
        # What the old one knows of its file is not so any more.
        new = open(standard, mode, encoding=old.encoding, errors=old.errors, closefd=False)  # noqa: SIM115
        new.reconfigure(line_buffering=old.line_buffering or old.write_through)  # type: ignore[attr-defined]
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    random.seed()
    sys.argv = [str(ROOT / "wizard" / "cli.py"), *request["arguments"]]
    sys.modules["__main__"].__package__ = "wizard"  # what its name in a usage line is made of
    return bool(request["is_hurried"])


if __name__ == "__main__":
    _import_all()
    assert tempfile.tempdir is None, "something has looked for the folder of temporary files already"
    is_hurried = _serve(socket.socket(fileno=os.dup(0)))
    from tests.short_waits import shorten
    from wizard.cli import main

    if is_hurried:
        shorten(setattr)
    main()
