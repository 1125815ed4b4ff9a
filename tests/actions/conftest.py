"""What tests of actions share: a run of the wizard without a window."""

import uuid
from functools import partial

import pytest

from tests.actions.trial_stage import ActionStage, StageIn, new_stage
from tests.simulator.world import PracticeWorld
from wizard.actions.practice import join_practice
from wizard.actions.session import Session
from wizard.core.cancel import CancelToken
from wizard.core.clock import SystemClock
from wizard.store.places import Places


@pytest.fixture
def stage_in(world: PracticeWorld) -> StageIn:
    """Return a function that sets the stage in a scenario."""
    return partial(new_stage, world)


@pytest.fixture
def stage(stage_in: StageIn) -> ActionStage:
    return stage_in("happy-routing")


@pytest.fixture
def own_session(world: PracticeWorld) -> Session:
    """No keyring is asked."""
    name = f"handover-test-{uuid.uuid4().hex}"
    return Session(join_practice(world.control_url).world, Places(name), SystemClock())


@pytest.fixture
def cancel() -> CancelToken:
    return CancelToken()
