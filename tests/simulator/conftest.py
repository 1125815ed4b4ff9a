"""One practice world for all tests here; each test starts its scenario afresh."""

from collections.abc import Iterator

import pytest

from tests.simulator.world import PracticeWorld, start_world


@pytest.fixture(scope="session")
def running_practice() -> Iterator[PracticeWorld]:
    with start_world() as world:
        yield world


@pytest.fixture
def practice(running_practice: PracticeWorld) -> PracticeWorld:
    """The world in happy-routing."""
    return running_practice.scenario("happy-routing")
