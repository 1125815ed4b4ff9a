"""The table of make bench: what is good, what got worse, and what could not be measured."""

from pathlib import Path

import pytest

from tests.measure.suite import suite_rows
from tests.measure.table import Row, kept_values, not_measured, print_rows, ratio, spread, write


def row(value: float, goal: float = 2.0, at_least: bool = False) -> Row:
    return Row("first page", "x", goal, value, {"wizard": spread([value])}, at_least=at_least)


def test_a_ratio_is_of_the_medians_of_one_run() -> None:
    found = ratio("first page", 1.8, "ms", ("bare window", [100, 110, 900]), [200, 220, 230])
    assert found.value is not None
    assert abs(found.value - 2.0) < 1e-9
    assert not found.is_good
    assert "MISSED" in found.lines()[0]
    assert max(found.values["bare window"].all) == 900
    assert found.values["wizard"].runs == 3


@pytest.mark.parametrize(
    ("value", "at_least", "is_good"), [(1.9, False, True), (2.1, False, False), (2.1, True, True), (1.9, True, False)]
)
def test_a_goal_is_a_most_or_a_least(value: float, at_least: bool, is_good: bool) -> None:
    assert row(value, at_least=at_least).is_good is is_good
    assert print_rows([row(value, at_least=at_least)]) == (0 if is_good else 1)


@pytest.mark.parametrize(
    ("value", "at_least", "is_worse"), [(1.2, False, True), (1.05, False, False), (0.8, True, True)]
)
def test_a_row_says_that_it_got_worse_than_what_was_kept(value: float, at_least: bool, is_worse: bool) -> None:
    (head, *_rest) = row(value, at_least=at_least).lines(kept=1.0)
    assert "kept: 1.00" in head
    assert ("WORSE" in head) is is_worse


def test_what_could_not_be_measured_says_why_and_misses_no_goal(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_rows([not_measured("installer", "there is no frozen program")]) == 0
    assert "not measured here: there is no frozen program" in capsys.readouterr().out


def test_a_later_run_finds_what_an_earlier_one_wrote(tmp_path: Path) -> None:
    path = tmp_path / "build" / "bench.json"
    assert kept_values(path) == {}
    write([row(1.5), not_measured("installer", "no tool")], {"python": "3.11"}, path)
    assert kept_values(path) == {"first page": 1.5}


def test_tests_that_run_side_by_side_take_as_long_as_is_waited_for_them(tmp_path: Path) -> None:
    (missing,) = suite_rows(tmp_path)
    assert missing.value is None

    def write_report(name: str, timestamp: str, seconds: float) -> None:
        suite = f'<testsuite name="pytest" timestamp="{timestamp}" time="{seconds}"/>'
        (tmp_path / f"{name}.xml").write_text(f"<testsuites>{suite}</testsuites>", encoding="utf-8")

    write_report("unit", "2026-11-29T08:20:00+00:00", 600)
    write_report("e2e", "2026-11-29T08:19:30+00:00", 690)
    write_report("seen", "2026-11-29T08:20:30+00:00", 300)
    (row,) = suite_rows(tmp_path)
    assert row.value == pytest.approx(11.5)
    assert row.is_good
    assert {name: each.median for name, each in row.values.items()} == pytest.approx(
        {"unit": 10, "e2e": 11.5, "seen": 5}
    )
    write_report("e2e", "2026-11-28T08:19:30+00:00", 690)
    (apart,) = suite_rows(tmp_path)
    assert apart.value is None
