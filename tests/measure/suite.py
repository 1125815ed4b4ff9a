"""How long the last `make test` took, by the reports it has written."""

import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime
from pathlib import Path

from tests.measure.table import Row, not_measured, spread

_GOAL = 15.0  # minutes
_ONE_RUN = 2 * 3600  # seconds; reports that lie further apart are not of one run


def suite_rows(reports: Path) -> list[Row]:
    """reports: the folder. Its parts run side by side: what a person waits for is the time from where the first
    begins to where the last ends."""
    written = [reports / name for name in ("unit.xml", "e2e.xml", "seen.xml")]
    if not all(report.exists() for report in written):
        return [not_measured("make test", f"no reports of a whole run in {reports}")]
    times = {report.stem: _begin_and_end(report) for report in written}
    begin, end = min(begin for begin, _end in times.values()), max(end for _begin, end in times.values())
    if end - begin > _ONE_RUN:
        return [not_measured("make test", f"the reports in {reports} are of different runs")]
    values = {name: spread([(end - begin) / 60]) for name, (begin, end) in times.items()}
    note = f"without setup and lint; run of {datetime.fromtimestamp(end, UTC):%Y-%m-%d %H:%M} UTC"
    return [Row("make test", "min", _GOAL, (end - begin) / 60, values, "min", note=note)]


def _begin_and_end(report: Path) -> tuple[float, float]:
    """In Unix seconds."""
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    begins = [datetime.fromisoformat(suite.attrib["timestamp"]).timestamp() for suite in suites]
    return min(begins), max(at + float(suite.attrib["time"]) for at, suite in zip(begins, suites, strict=True))
