"""What a process holds on to, round by round: its first third against its last, as a table and as JSON.

`tests/soak/long_use.json` is what later runs are compared with; `make soak KEEP=1` puts a new one in its place."""

import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

KEPT = Path(__file__).with_name("long_use.json")
_MEGABYTE = 1024.0


@dataclass(frozen=True, slots=True)
class Holds:
    """memory: MB that are in use; threads, handles (open files and sockets), widgets: numbers; log: bytes on disk."""

    memory: float
    threads: int
    handles: int
    widgets: int
    log: int


# By how much the last third may be above the first. Memory: what Python and Qt keep for later. Log: one file of it
# takes 500,000 bytes, and an old one goes for a new one.
MOST_MORE = Holds(memory=6.0, threads=1, handles=2, widgets=0, log=600_000)


def held(widgets: int, log_folder: Path) -> Holds:
    """By this process, now."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found is not None
    return Holds(
        memory=round(int(found[1]) / _MEGABYTE, 1),
        threads=len(list(Path("/proc/self/task").iterdir())),
        handles=len(list(Path("/proc/self/fd").iterdir())),
        widgets=widgets,
        log=sum(file.stat().st_size for file in log_folder.glob("*")),
    )


def thirds(rounds: list[Holds]) -> tuple[Holds, Holds]:
    """The medians of the first and of the last third."""
    size = max(1, len(rounds) // 3)
    return _medians(rounds[:size]), _medians(rounds[-size:])


def grown(first: Holds, last: Holds) -> list[str]:
    """What is not flat, each with its figures."""
    before, after, most = asdict(first), asdict(last), asdict(MOST_MORE)
    return [f"{name}: {before[name]} to {after[name]}" for name in most if after[name] - before[name] > most[name]]


def report(done: dict[str, float], first: Holds, last: Holds) -> str:
    """The table, with what stands in the kept one beside it. Fails where less was done than for that one."""
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    short = [name for name, number in kept.get("done", {}).items() if done[name] < number]
    assert not short, f"less was done than the kept figures stand for: {short}"
    lines = [f"{name:28} {number:>12,g}" for name, number in done.items()]
    lines += ["", f"{'held':12} {'first third':>14} {'last third':>14} {'kept: first':>14} {'last':>14}"]
    for name, value in asdict(first).items():
        before = [str(kept.get(third, {}).get(name, "-")) for third in ("first", "last")]
        lines.append(f"{name:12} {value:>14,g} {asdict(last)[name]:>14,g} {before[0]:>14} {before[1]:>14}")
    if os.environ.get("WIZARD_KEEP"):
        figures = {"done": done, "first": asdict(first), "last": asdict(last)}
        KEPT.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return "\n".join(lines)


def _medians(rounds: list[Holds]) -> Holds:
    names = asdict(MOST_MORE)
    return Holds(**{name: round(median(asdict(one)[name] for one in rounds), 1) for name in names})
