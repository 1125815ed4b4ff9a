"""`make faults`: play the table, print it, and compare it with the one that is kept.

python -m tests.faults [--keep] [--rest] [--minutes N] [--sample] [--flow NAME] [--workers N] [--only TEXT]
"""

import argparse
import os
import sys
import time
from collections import Counter

from tests.faults.in_process import shorten_limits
from tests.faults.table import KEPT, Table, by_kind, compared, dumped, plan, play_all, read, sample


def main() -> int:
    options = _options()
    shorten_limits()
    from tests.faults.cells import stage

    began = time.monotonic()
    with stage() as on:
        cells = plan(on)
        groups = {flow.name: flow.group for flow in on.flows.values()}
    whole = len(cells)
    if options.sample:
        names = set(sample(cell.id for cell in cells))
        cells = [cell for cell in cells if cell.id in names]
    cells = [cell for cell in cells if options.only in cell.id and options.flow in ("", cell.flow)]
    kept = read(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else Table()
    if options.rest:
        cells = [cell for cell in cells if cell.id not in kept.good]
    print(f"{len(cells)} of {whole} cells, {options.workers} workers", flush=True)
    table, is_whole = Table(), not (options.only or options.flow or options.sample or options.rest)
    for done, (cell, played) in enumerate(play_all(cells, options.workers), start=1):
        table.add(cell.id, played)
        if played.wrong:
            print(f"BAD {cell.id}: {'; '.join(played.wrong)}", flush=True)
        if done % 200 == 0:
            print(f"{done} cells in {time.monotonic() - began:.0f} s, {len(table.bad)} bad", flush=True)
        if time.monotonic() - began > options.minutes * 60:
            is_whole = False
            break
    _print(table, groups)
    print(f"{time.monotonic() - began:.0f} s, of it in runs {table.seconds:.0f} s")
    worse = compared(table, kept) if is_whole and not options.keep else []
    for line in worse:
        print(f"WORSE {line}")
    if options.keep:
        if not is_whole:
            kept.take_over(table)
        KEPT.write_text(dumped(table if is_whole else kept), encoding="utf-8")
    return int(bool(table.bad or worse))


def _print(table: Table, groups: dict[str, str]) -> None:
    columns = list(dict.fromkeys(groups.values()))
    print("good / bad / not run")
    print(f"{'':46}" + "".join(f"{column:>16}" for column in columns))
    for kind, row in by_kind(table, groups):
        shown = (_cell(row.get(column, Counter())) for column in columns)
        print(f"{kind[:45].encode('ascii', 'replace').decode():46}" + "".join(f"{one:>16}" for one in shown))
    print(", ".join(f"{number} {what}" for what, number in table.counts.items()))


def _cell(row: Counter[str]) -> str:
    return f"{row['good']}/{row['bad']}/{row['not run']}" if row else ""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Play the fault table.")
    parser.add_argument("--keep", action="store_true", help="keep what was found as what later runs are compared with")
    parser.add_argument("--sample", action="store_true", help="only the cells that the other tests play, too")
    parser.add_argument("--rest", action="store_true", help="only the cells that are not kept as good")
    parser.add_argument("--flow", default="", help="only this run of the program")
    parser.add_argument("--only", default="", help="only cells with this text in their name")
    parser.add_argument("--minutes", type=float, default=600.0, help="stop then with what is done")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
