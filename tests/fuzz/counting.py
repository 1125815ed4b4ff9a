"""A plugin of pytest for `make fuzz`: counts the examples of each property and prints a table of them.

python -m pytest -p tests.fuzz.counting -m hypothesis --examples build/reports/fuzz.json
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

KEPT = Path(__file__).with_name("kept.json")
_COUNTS = re.compile(r"(\d+) passing, (\d+) failing")


@dataclass(slots=True)
class Row:
    """One property. seconds: of all its runs together, on however many processes."""

    what: str
    examples: int = 0
    failures: int = 0
    seconds: float = 0.0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--examples", help="where the table of examples goes, as JSON")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Table(config), "table-of-examples")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Iterator[None]:
    """Examples are counted when all of a property has run; reports take the number to where the table is made."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined] # pluggy's Result
    if report.when == "teardown":
        examples = sum(int(one) + int(two) for one, two in _COUNTS.findall(getattr(item, "hypothesis_statistics", "")))
        report.user_properties.append(("examples", examples))


class _Table:
    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._rows: dict[str, Row] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid.partition("[")[0].removeprefix("tests/")
        row = self._rows.setdefault(name, Row(name))
        row.seconds += report.duration
        row.failures += report.failed
        if report.when == "teardown":
            row.examples += sum(int(str(value)) for key, value in report.user_properties if key == "examples")

    def _all_rows(self) -> list[Row]:
        rows = sorted((row for row in self._rows.values() if row.examples or row.failures), key=lambda row: row.what)
        names = ("examples", "failures", "seconds")
        return [*rows, Row("all", *(sum(getattr(row, name) for row in rows) for name in names))]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self._less():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _less(self) -> list[str]:
        """Properties of the kept table that are gone, or have fewer than nine of ten examples: some are thrown away."""
        if not (self._config.getoption("--examples") and KEPT.exists()):
            return []
        now = {row.what: row.examples for row in self._all_rows()}
        kept = json.loads(KEPT.read_text(encoding="utf-8"))["rows"]
        return [row["what"] for row in kept if now.get(row["what"], 0) < 0.9 * row["examples"]]

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        rows = self._all_rows()
        terminalreporter.section("examples")
        terminalreporter.write_line(f"{'what':<100}{'examples':>10}{'failures':>10}{'seconds':>10}")
        for row in rows:
            terminalreporter.write_line(f"{row.what[:99]:<100}{row.examples:>10}{row.failures:>10}{row.seconds:>10.1f}")
        for what in self._less():
            terminalreporter.write_line(f"fewer examples than in the kept table: {what}")
        if place := self._config.getoption("--examples"):
            path = Path(place)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps({"rows": [asdict(row) for row in rows]}, indent=1) + "\n")
