"""Lines and branches that the tests reached, by package: reads .coverage, as `make coverage` leaves it."""

from collections import Counter
from pathlib import Path

import coverage

ROOT = Path(__file__).parents[2]


def package(path: Path) -> str:
    """wizard/core/trial counts as wizard/core."""
    parts = path.relative_to(ROOT).parts
    return "/".join(parts[:2]) if len(parts) > 2 else parts[0]


def main() -> None:
    measured = coverage.Coverage(data_file=ROOT / ".coverage", config_file=str(ROOT / "pyproject.toml"))
    measured.load()
    counts: dict[str, Counter[str]] = {}
    for path in sorted((ROOT / "wizard").rglob("*.py")):
        numbers = measured._analyze(str(path)).numbers
        for name in (package(path), "all"):
            counts.setdefault(name, Counter()).update(
                lines=numbers.n_statements,
                missed=numbers.n_missing,
                branches=numbers.n_branches,
                missed_branches=numbers.n_missing_branches,
            )
    print(f"{'package':<22}{'lines':>8}{'reached':>9}{'branches':>10}{'reached':>9}")
    for name, count in counts.items():
        lines = 100 * (1 - count["missed"] / max(1, count["lines"]))
        branches = 100 * (1 - count["missed_branches"] / max(1, count["branches"]))
        print(f"{name:<22}{count['lines']:>8}{lines:>8.1f}%{count['branches']:>10}{branches:>8.1f}%")


if __name__ == "__main__":
    main()
