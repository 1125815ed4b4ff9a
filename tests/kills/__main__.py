"""make kills: print the table of kills, and compare it with the one that is kept.

    python -m tests.kills [--keep] [--times N] [COMMAND ...]

--keep: put this table in place of the kept one. --times: kill N times as often. COMMAND: only rows that begin so.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from tests.kills.table import HEAD, KEPT, Row, as_json, line_of, make_table, total

# Where a test of a handover is killed decides most; 500 in all.
KILLS = {
    "test, primary has it": 100,
    "test, nobody has it": 70,
    "test, third has it": 70,
    "test, secondary has it": 70,
    "recover": 50,
    "save a set-up": 30,
    "save facts": 12,
    "write into a file": 60,
    "undo": 28,
    "import": 10,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kills")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--times", type=float, default=1)
    parser.add_argument("commands", nargs="*")
    given = parser.parse_args()
    kills = {
        name: max(1, round(number * given.times))
        for name, number in KILLS.items()
        if not given.commands or name.startswith(tuple(given.commands))
    }
    print(HEAD)
    rows = make_table(
        kills, workers=int(os.environ.get("WORKERS", "2")), told=lambda row: print(line_of(row), flush=True)
    )
    print(line_of(total(rows)))
    for bad in total(rows).bad:
        print(f"  {bad}")
    reports = Path("build/reports")
    reports.mkdir(parents=True, exist_ok=True)
    (reports / "kills.json").write_text(as_json(rows), encoding="utf-8")
    if given.keep:
        _keep(rows)
    return 1 if total(rows).bad or _fewer(rows, bool(given.commands) or given.times < 1) else 0


def _keep(rows: list[Row]) -> None:
    """In place of the kept rows of the same commands; the others stay."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))["rows"] if KEPT.exists() else []
    now = {**{row["command"]: Row(**row) for row in kept}, **{row.command: row for row in rows}}
    KEPT.write_text(as_json([now[name] for name in KILLS if name in now]), encoding="utf-8")


def _fewer(rows: list[Row], is_part: bool) -> bool:
    """Whether a row of the kept table was killed more often, or is gone."""
    if is_part or not KEPT.exists():
        return False
    now = {row.command: row.kills for row in rows}
    kept = json.loads(KEPT.read_text(encoding="utf-8"))["rows"]
    fewer = [row["command"] for row in kept if now.get(row["command"], 0) < row["kills"]]
    for command in fewer:
        print(f"killed less often than in the kept table: {command}")
    return bool(fewer)


if __name__ == "__main__":
    sys.exit(main())
