"""A sample of the kept fault table, played anew; and that what judges the cells sees what is wrong."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.faults.cells import Cell, Stage, stage
from tests.faults.flows import FLOWS
from tests.faults.in_process import Run, shorten_limits
from tests.faults.judge import LONGEST, After, Expected, faults_of
from tests.faults.table import KEPT, NOT_MADE, compared, dumped, read, sample

TABLE = read(KEPT.read_text(encoding="utf-8"))
# Not those that ask for a name beyond this machine: no test may.
SAMPLE = [Cell.of(name) for name in sample(TABLE.good) if "line: name unknown" not in name]
GOOD = Run(3, "", "✗ Facebook could not be reached.\n")
TOKEN = "EAA" + "k7" * 60
AFTER = After("1", 0, {"a.handover.json": b"{}"}, "{}")
EXPECTED = Expected(frozenset({"1"}), frozenset({"{}"}), (TOKEN,), {"a.handover.json": b"{}"})


@pytest.fixture(scope="module")
def on() -> Iterator[Stage]:
    with pytest.MonkeyPatch.context() as patch:
        shorten_limits(patch.setattr)
        with stage() as made:
            yield made


def test_the_kept_table_is_whole_and_good() -> None:
    assert TABLE.counts["good"] >= 3_000
    assert TABLE.bad == {}
    assert set(TABLE.not_run.values()) <= {NOT_MADE}
    assert {Cell.of(name).flow for name in TABLE.good} == {flow.name for flow in FLOWS}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*TruststoreSSLSocket")  # it leaves a refused one to be collected
@pytest.mark.parametrize("flow", sorted({cell.flow for cell in SAMPLE}))
def test_cells_that_were_good_are_good(on: Stage, flow: str) -> None:
    played = {cell.id: on.play(cell) for cell in SAMPLE if cell.flow == flow}
    assert {name: one.wrong for name, one in played.items() if one.wrong} == {}


@pytest.mark.parametrize(
    ("run", "after", "said"),
    [
        (replace(GOOD, crash="ValueError: x"), AFTER, "crash"),
        (GOOD, replace(AFTER, files={**AFTER.files, "events.log": b'{"event": "crash"}'}), "crash in the log"),
        (replace(GOOD, seconds=LONGEST * 1000), AFTER, "took"),
        (replace(GOOD, code=2), AFTER, "exit 2"),
        (replace(GOOD, code=4), AFTER, "exit 4 with 0 open"),
        (GOOD, replace(AFTER, entries=1), "exit 3 with 1 open"),
        (GOOD, replace(AFTER, owner="2"), "2 has it"),
        (GOOD, replace(AFTER, owner=None), "nobody has it"),
        (GOOD, replace(AFTER, document="[]"), "settings hold"),
        (GOOD, replace(AFTER, files={}), "not what it was"),
        (GOOD, replace(AFTER, files={**AFTER.files, "x": TOKEN[40:52].encode()}), "a token in x"),
        (replace(GOOD, said=f"… {TOKEN[50:62]} …"), AFTER, "a token in output"),
        (replace(GOOD, said="Owner: None"), AFTER, "raw words"),
        (replace(GOOD, said="\x1b[2J"), AFTER, "commands to the terminal"),
        (replace(GOOD, complained=""), AFTER, "no sentence"),
        (replace(GOOD, complained="✗ Zork!"), AFTER, "not a sentence of ours"),
    ],
)
def test_what_is_wrong_with_a_cell_is_seen(run: Run, after: After, said: str) -> None:
    assert faults_of(GOOD, AFTER, EXPECTED) == []
    assert re.search(re.escape(said), "; ".join(faults_of(run, after, EXPECTED)))


def test_a_table_is_worse_where_a_good_cell_is_bad_or_gone() -> None:
    names = sorted(TABLE.good)
    now = read(dumped(TABLE))
    assert compared(now, TABLE) == []
    now.good -= {names[0], names[1]}
    now.bad[names[1]] = ["crash"]
    assert compared(now, TABLE) == [f"{names[0]}: is gone", f"{names[1]}: crash"]
