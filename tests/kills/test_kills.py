"""A few kills of each command; `make kills` has them all. Every one is made good by the next start."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kills.cases import Case, Stage, all_cases
from tests.kills.forked import forked_program
from tests.kills.table import KEPT, spread
from tests.simulator.world import PracticeWorld

pytestmark = pytest.mark.slow

# The calls of one run, in thousandths of the way: a test that has passed the conversation on, one that brings it back.
AT = {
    "test, primary has it": (480, 620),
    "test, third has it": (500,),
    "recover": (700,),
    "save a set-up": (300,),
    "write into a file": (300, 600),
    "undo": (400, 900),
    "import": (500,),
}
CASES = {case.name: case for case in all_cases()}


@pytest.fixture
def stage(world: PracticeWorld, tmp_path: Path) -> Iterator[Stage]:
    world.keep_requests(100)
    with forked_program(tmp_path) as forked:
        yield Stage(world, forked, tmp_path)
    world.forget_faults()


@pytest.mark.parametrize("case", [CASES[name] for name in AT], ids=lambda case: case.name)
def test_the_next_start_recovers_whatever_the_kill_left(case: Case, stage: Stage) -> None:
    case.count(stage)
    for thousandths in AT[case.name]:
        found = stage.kill(case, len(case.calls) * thousandths // 1000)
        if found is None:  # on a busy machine it looks less often, and so it writes less
            case.count(stage)
            found = stage.kill(case, len(case.calls) * thousandths // 1000)
        assert found is not None
        assert not found.bad, case.calls[len(case.calls) * thousandths // 1000]


def test_kills_are_spread_over_all_calls() -> None:
    assert spread(10, 5) == [0, 2, 4, 6, 8]
    assert spread(10, 25)[-1] == 4
    assert set(spread(7, 7)) == set(range(7))
    assert spread(0, 5) == []


def test_the_kept_table_has_five_hundred_kills_and_none_that_was_not_made_good() -> None:
    rows = json.loads(KEPT.read_text(encoding="utf-8"))["rows"]
    assert {row["command"] for row in rows} == set(CASES)
    assert sum(row["kills"] for row in rows) >= 500
    assert all(row["restored"] == row["kills"] and not row["bad"] for row in rows)
