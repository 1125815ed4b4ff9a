"""A command under strace: which calls of it write, and the same command killed as it enters one of them."""

import re
import signal
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.simulator.world import ROOT

# To files and to the network. recvfrom writes nothing: there the other side has what was sent, and we no answer yet.
_WRITES = (
    "write,pwrite64,writev,pwritev,sendto,sendmsg,recvfrom,fsync,fdatasync,ftruncate,truncate,rename,renameat,renameat2,"
    "unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,chmod,fchmod,fchmodat,chown,fchown,fchownat,"
    "utimensat,setxattr,fsetxattr,flock"
)
_LINE = re.compile(r"(\d+) +(?:<\.\.\. )?(\w+)(?:\(| resumed>)")


@dataclass(frozen=True, slots=True, order=True)
class Call:
    """The number-th call of this name in the main thread, from 1, and how strace wrote it down."""

    order: int
    name: str
    number: int
    text: str = ""


def writing_calls(command: Sequence[str], environment: Mapping[str, str], log: Path) -> list[Call]:
    """Run the command to its end and return its calls in order. log: a file for strace."""
    _strace(command, environment, ["--seccomp-bpf", "-o", str(log), "-s", "40", "-e", f"trace={_WRITES}"])
    calls: list[Call] = []
    seen: Counter[str] = Counter()
    main = ""
    for line in log.read_text(errors="replace").splitlines():
        found = _LINE.match(line)
        if found is None or "resumed>" in line:
            continue
        main = main or found[1]
        if found[1] == main:
            seen[found[2]] += 1
            calls.append(Call(len(calls), found[2], seen[found[2]], line.partition(" ")[2].strip()))
    return calls


def is_killed(command: Sequence[str], environment: Mapping[str, str], call: Call) -> bool:
    """Run the command and kill it as it enters the call. False: it ended before, without one of that number."""
    # Without --seccomp-bpf, which is quicker: strace 6.1 leaves injections out then.
    kill = f"inject={call.name}:signal=KILL:when={call.number}"
    return _strace(command, environment, ["-o", "/dev/null", "-e", f"trace={call.name}", "-e", kill]) == -signal.SIGKILL


def _strace(command: Sequence[str], environment: Mapping[str, str], options: Sequence[str]) -> int:
    return subprocess.run(
        ["strace", "-f", "-qq", *options, *command],
        cwd=ROOT,
        env={**environment, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=120,
        check=False,
    ).returncode
