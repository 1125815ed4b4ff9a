"""A run under strace: which calls of it write, and the same run killed as it enters one of them."""

import os
import re
import signal
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.kills.forked import ForkedProgram

# To files and to the network. recvfrom writes nothing: there the other side has what was sent, and we no answer yet.
_WRITES = (
    "write,pwrite64,writev,pwritev,sendto,sendmsg,recvfrom,fsync,fdatasync,ftruncate,truncate,rename,renameat,renameat2,"
    "unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,chmod,fchmod,fchmodat,chown,fchown,fchownat,"
    "utimensat,setxattr,fsetxattr,flock"
)
_LINE = re.compile(r"(\d+) +(\w+)\(")


@dataclass(frozen=True, slots=True, order=True)
class Call:
    """The number-th call of this name in the main thread, from 1, and how strace wrote it down."""

    order: int
    name: str
    number: int
    text: str = ""


def writing_calls(
    program: ForkedProgram, arguments: Sequence[str], environment: Mapping[str, str], log: Path
) -> list[Call]:
    """Run it to its end and return its calls in order. log: a file for strace."""
    _strace(program, arguments, environment, ["-o", str(log), "-s", "40", "-e", f"trace={_WRITES}"])
    calls: list[Call] = []
    seen: Counter[str] = Counter()
    main = ""
    for line in log.read_text(errors="replace").splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        main = main or found[1]
        if found[1] == main:
            seen[found[2]] += 1
            calls.append(Call(len(calls), found[2], seen[found[2]], line.partition(" ")[2].strip()))
    return calls


def is_killed(program: ForkedProgram, arguments: Sequence[str], environment: Mapping[str, str], call: Call) -> bool:
    """Run it and kill it as it enters the call. False: it ended before, without one of that number."""
    kill = f"inject={call.name}:signal=KILL:when={call.number}"
    options = ["-o", "/dev/null", "-e", f"trace={call.name}", "-e", kill]
    return _strace(program, arguments, environment, options) == -signal.SIGKILL


def _strace(
    program: ForkedProgram, arguments: Sequence[str], environment: Mapping[str, str], options: Sequence[str]
) -> int:
    """Return how it ended: its code, or the signal below zero."""
    child = program.begin(arguments, environment, is_traced=True)
    with subprocess.Popen(["strace", "-f", "-p", str(child), *options], stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr is not None
        line = strace.stderr.readline()
        os.kill(child, signal.SIGCONT)
        assert "attached" in line, line
        strace.stderr.read()
    return program.ended()
