"""Two wizards that test one conversation at once, at random moments: of one home folder, where one is refused, and of
two, which is two computers that cannot see each other.

python -m tests.measure.two_wizards [TRIES | --keep]

The table is kept beside this file; a later run has at least as many tries.
"""

import contextlib
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.short_waits import shorten
from tests.simulator.world import ROOT, PracticeWorld, start_world
from tests.terminal.program import Ended, Program
from wizard.core import limits

TRIES = 200
KEPT = Path(__file__).with_suffix(".json")
STARTS = ("primary", "third", "secondary", "")  # who has the conversation, "" for nobody
REPLY_MS = 40
LATEST = 0.8  # seconds after the first that the second begins: as long as a test takes with these replies
_MINUTE = 60.0
# What a run says that did not put the conversation where it was, and what it says before it was begun.
TOLD = ("Something else moved the conversation", "Who had it before was not shown", "not back")
REFUSED = "is being tested in another window or terminal"


@dataclass(frozen=True, slots=True)
class Try:
    """start, end: App IDs, "" for nobody. entries: open tests that were left."""

    homes: int
    role: str
    offset: float
    start: str
    end: str
    runs: tuple[Ended, Ended]
    entries: int

    @property
    def is_back(self) -> bool:
        return self.start == self.end

    @property
    def is_told(self) -> bool:
        return any(sentence in run.said for run in self.runs for sentence in TOLD)

    @property
    def is_good(self) -> bool:
        """Of one computer, an owner other than at the start is in the journal; of two, it is at least said."""
        return self.is_back or self.entries > 0 or (self.homes == 2 and self.is_told)


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that runs the terminal program again and again: most of a start is spent on imports."""

    process: subprocess.Popen[str]

    def run(self, home: Path, arguments: Iterable[str], delay: float) -> Ended:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        order = {"env": Program(home).environment(), "arguments": list(arguments), "delay": delay}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return Ended(**json.loads(self.process.stdout.readline()))


@contextmanager
def worker() -> Iterator[Worker]:
    command = [sys.executable, "-m", "tests.measure.two_wizards", "--worker"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Worker(process)
        finally:
            process.kill()


def try_once(world: PracticeWorld, workers: tuple[Worker, Worker], homes: int, role: str, offset: float) -> Try:
    world.scenario_of("happy-routing", reply_delay_ms=REPLY_MS)
    if role == "":
        world.control_of("release")
    elif role != "primary":
        world.control_of("pass", target_app_id=world.app(role))
    world.clock(_MINUTE)  # nothing moved just now
    start = world.owner_of() or ""
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"), "--confirm-roles", "--confirm-saved")
    test = ("--consent", "--wait", "1", "--test-conversation", world.tester)
    arguments = ("setup", "--practice-at", world.control_url, "--token-env", "T", *apps, *test)
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / str(min(at, homes - 1)) for at in range(2)]
        with ThreadPoolExecutor(2) as pool:
            order = [(workers[0], places[0], 0.0), (workers[1], places[1], offset)]
            ends = list(pool.map(lambda one: one[0].run(one[1], (world.token(), *arguments), one[2]), order))
        entries = len(list(Path(folder).rglob("open-tests/*.json")))
    return Try(homes, role, offset, start, world.owner_of() or "", (ends[0], ends[1]), entries)


def tries(number: int, seed: int = 1, at_once: int = 1) -> list[Try]:
    """Half of them with two homes; each start owner as often. at_once: worlds beside each other."""
    chance = random.Random(seed)
    plan = [
        (1 + at % 2, STARTS[at // 2 % len(STARTS)], chance.uniform(0.0, LATEST) if at % 8 else 0.0)
        for at in range(number)
    ]
    waiting, guard, done = iter(plan), threading.Lock(), list[Try]()

    def work() -> None:
        with start_world() as world, worker() as one, worker() as other:
            while True:
                with guard:
                    following = next(waiting, None)
                if following is None:
                    return
                done.append(try_once(world, (one, other), *following))

    with ThreadPoolExecutor(at_once) as pool:
        for job in [pool.submit(work) for _world in range(at_once)]:
            job.result()
    return done


def table(done: list[Try]) -> list[dict[str, Any]]:
    rows = []
    for homes in (1, 2):
        for role in STARTS:
            here = [one for one in done if (one.homes, one.role) == (homes, role)]
            codes = Counter(run.code for one in here for run in one.runs)
            rows.append(
                {
                    "homes": homes,
                    "start": role or "nobody",
                    "tries": len(here),
                    "refused": sum(any(REFUSED in run.said for run in one.runs) for one in here),
                    "as at the start": sum(one.is_back for one in here),
                    "with an entry": sum(not one.is_back and one.entries > 0 for one in here),
                    "said": sum(not one.is_back and not one.entries and one.is_told for one in here),
                    "bad": sum(not one.is_good for one in here),
                    "codes": " ".join(f"{code}:{times}" for code, times in sorted(codes.items())),
                }
            )
    return rows


def main(number: int, keep: bool) -> int:
    began = time.monotonic()
    done = tries(number, at_once=2)
    rows = table(done)
    names = list(rows[0])
    print("  ".join(f"{name:>15}" for name in names))
    for row in rows:
        print("  ".join(f"{row[name]!s:>15}" for name in names))
    for one in done:
        if not one.is_good:
            print(f"bad: {one}")
    print(f"{len(done)} tries in {time.monotonic() - began:.0f} s, {sum(not one.is_good for one in done)} bad")
    reports = ROOT / "build" / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    written = json.dumps(rows, indent=1) + "\n"
    (reports / "two_wizards.json").write_text(written, encoding="utf-8")
    if keep:
        KEPT.write_text(written, encoding="utf-8")
    kept = sum(row["tries"] for row in json.loads(KEPT.read_text(encoding="utf-8")))
    return 1 if any(not one.is_good for one in done) or (number == TRIES and len(done) < kept) else 0


def serve() -> None:
    """Do one order after the other: as the program would, but for the waits that are not about another wizard."""
    from wizard.cli import run_command_line

    stands_still = limits.STANDS_STILL
    shorten(setattr)
    limits.STANDS_STILL = stands_still
    for line in sys.stdin:
        order = json.loads(line)
        token, *arguments = order["arguments"]
        os.environ.update(order["env"], T=token)
        sys.argv = ["handover-wizard", *arguments]
        said, complained = io.StringIO(), io.StringIO()
        time.sleep(order["delay"])
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
            code = run_command_line()
        answer = {"code": code, "said": said.getvalue(), "complained": complained.getvalue()}
        print(json.dumps(answer), file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["--worker"]:
        serve()
    else:
        numbers = [int(given) for given in sys.argv[1:] if given.isdecimal()]
        sys.exit(main(numbers[0] if numbers else TRIES, keep="--keep" in sys.argv))
