"""Print how much of each package the tests ran: python -m tests.measure.coverage COVERAGE.json

COVERAGE.json: what `coverage json` wrote. A package is a folder of wizard/; the modules beside them are one more.
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

_ROW = "{:<20} {:>7} {:>6} {:>9} {:>6}"


def by_package(files: Mapping[str, Any]) -> dict[str, Counter[str]]:
    """Return for each package, by name, the sums of coverage's own numbers.

    files: name to {"summary": {"num_statements": 12, "covered_lines": 9, "num_branches": 4, …}}.
    """
    sums: dict[str, Counter[str]] = {}
    for name, file in files.items():
        folders = PurePosixPath(name.replace("\\", "/")).parts[:-1]
        numbers = {key: value for key, value in file["summary"].items() if isinstance(value, int)}
        sums.setdefault("/".join(folders[:2]), Counter()).update(numbers)
    return dict(sorted(sums.items()))


def table(files: Mapping[str, Any]) -> str:
    """Return a line for each package, and one for all."""
    sums = by_package(files)
    rows = [*sums.items(), ("all", sum(sums.values(), Counter()))]
    lines = [_ROW.format("package", "lines", "ran", "branches", "ran")]
    for name, numbers in rows:
        lines_ran = _percent(numbers["covered_lines"], numbers["num_statements"])
        branches_ran = _percent(numbers["covered_branches"], numbers["num_branches"])
        lines.append(_ROW.format(name, numbers["num_statements"], lines_ran, numbers["num_branches"], branches_ran))
    return "\n".join(lines)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    print(table(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["files"]))
