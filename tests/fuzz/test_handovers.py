"""Random days in the life of a conversation: tests, crashes, other computers, other apps, and trouble with Facebook."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.fuzz.machine import machine_for
from tests.simulator.world import PracticeWorld

# A day takes some seconds: there are fewer of them than of other examples.
DAYS = max(1, settings().max_examples // 10)


@pytest.mark.hypothesis
@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_no_conversation_is_left_with_the_wrong_app(
    world: PracticeWorld, record_property: Callable[[str, object], None]
) -> None:
    record_property("examples", DAYS)
    run_state_machine_as_test(
        machine_for(world),
        settings=settings(
            max_examples=DAYS, stateful_step_count=6, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
