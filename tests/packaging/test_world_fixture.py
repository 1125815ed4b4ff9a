"""The practice world a test asks for always starts afresh."""

import pytest

from tests.simulator.world import PracticeWorld


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_finds_the_world_as_it_was_set_up(world: PracticeWorld, turn: str) -> None:
    assert (world.world()["platform"]["secondary_receiver"], world.calls()) == ("", []), turn
    world.scenario("new-page")
    world.graph("GET", "me")
    assert world.calls() == ["GET me"]
