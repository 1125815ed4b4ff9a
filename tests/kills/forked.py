"""The program without its start: a process that has imported it forks a child for each run, which takes a moment.

python -m tests.kills.forked     reads a JSON line for each run: arguments, environment, whether it waits to be traced
                                 writes one with its process, and one with how it ended
"""

import contextlib
import ctypes
import importlib
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.simulator.world import ROOT

_PR_SET_PTRACER = 0x59616D61  # of <sys/prctl.h>: who is not an ancestor may trace it, too


@dataclass(slots=True)
class ForkedProgram:
    """A server of forks. folder: where what a run prints goes."""

    server: "subprocess.Popen[str]"
    folder: Path

    def run(self, arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str, str]:
        """Return exit code, standard output and standard error."""
        self.begin(arguments, environment, is_traced=False)
        code = self.ended()
        return code, (self.folder / "said").read_text(), (self.folder / "complained").read_text()

    def begin(self, arguments: Sequence[str], environment: Mapping[str, str], is_traced: bool) -> int:
        """Return the process; one that is traced waits for SIGCONT."""
        self._tell([list(arguments), dict(environment), is_traced, str(self.folder)])
        return self._told()

    def ended(self) -> int:
        return self._told()

    def _tell(self, what: object) -> None:
        assert self.server.stdin is not None
        self.server.stdin.write(json.dumps(what) + "\n")
        self.server.stdin.flush()

    def _told(self) -> int:
        assert self.server.stdout is not None
        return int(self.server.stdout.readline())


@contextlib.contextmanager
def forked_program(folder: Path) -> Iterator[ForkedProgram]:
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.kills.forked"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with server:
        yield ForkedProgram(server, folder)
        assert server.stdin is not None
        server.stdin.close()


def main() -> None:
    for name in ("wizard.cli", *_modules()):
        importlib.import_module(name)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for line in sys.stdin:
        arguments, environment, is_traced, folder = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(arguments, environment, is_traced, Path(folder))
        if is_traced:
            os.waitpid(child, os.WUNTRACED)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _modules() -> list[str]:
    """What the commands import when they need it."""
    folders = ("commands", "terminal", "actions", "catalogues", "graph", "web", "store", "targets", "checks", "words")
    paths = [path for folder in folders for path in sorted((ROOT / "wizard" / folder).glob("*.py"))]
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths if path.stem != "__init__"]
    return ["requests", "wizard.vault", *names]


def _run(arguments: Sequence[str], environment: Mapping[str, str], is_traced: bool, folder: Path) -> None:
    """Nothing but this happens in the child: it never returns."""
    code = 70
    try:
        for descriptor, name in ((0, "/dev/null"), (1, folder / "said"), (2, folder / "complained")):
            flags = os.O_RDONLY if descriptor == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            os.dup2(os.open(name, flags, 0o600), descriptor)
        sys.stdin = os.fdopen(0, "r")
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8") for number in (1, 2))
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["handover-wizard", *arguments]
        if is_traced:
            ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
            os.kill(os.getpid(), signal.SIGSTOP)
        from wizard.cli import main as program

        program()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
