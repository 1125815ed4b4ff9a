"""A clock far ahead, Facebook's or this computer's: nothing is written that could not be read again."""

from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld, request
from tests.terminal.program import Program
from wizard.core.clock import LATEST

LAST = 253_402_300_799  # Unix seconds, the end of the year 9999


@pytest.mark.parametrize("left", [30, LAST - LATEST + 3_600, 300_000_000_00], ids=["minute", "year", "centuries"])
def test_facts_that_were_saved_can_be_read_again(
    program: Program, world: PracticeWorld, tmp_path: Path, left: float
) -> None:
    now = request("GET", f"{world.control_url}/world").json()["time"]
    world.clock(LAST - left - now)
    world.write("Hello")  # now somebody has control, until a moment that is further ahead
    facts = tmp_path / "a.facts.json"
    given = ("--practice-at", world.control_url, "--token-env", "T", "--look-at-conversations")
    seen = program.run("check", *given, "--save-facts", str(facts), T=world.token())
    assert seen.code in (0, 1, 3)
    again = program.run("check", "--facts", str(facts))
    assert again.code == seen.code
    assert "cannot be used" not in again.complained + again.said


@pytest.mark.parametrize("left", [30, LAST - LATEST + 3_600], ids=["minute", "year"])
def test_a_test_in_the_last_days_of_the_calendar_leaves_nothing_behind(
    program: Program, world: PracticeWorld, left: float
) -> None:
    now = request("GET", f"{world.control_url}/world").json()["time"]
    world.clock(LAST - left - now)
    given = ("--practice-at", world.control_url, "--token-env", "T", "--owner", "simulated", "--consent", "--wait", "1")
    ended = program.run("setup", *given, T=world.token())
    assert ended.code in (0, 1, 3)
    assert world.owner_of() == world.app("primary")
