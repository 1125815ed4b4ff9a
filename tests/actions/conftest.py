"""A session on a practice world, with folders and a vault of its own; no keyring is asked."""

import uuid

import pytest

from tests.simulator.world import PracticeWorld
from wizard.actions.practice import join_practice
from wizard.actions.session import Session
from wizard.core.cancel import CancelToken
from wizard.core.clock import SystemClock
from wizard.store.places import Places
from wizard.vault import Vault


@pytest.fixture
def own_session(world: PracticeWorld) -> Session:
    name = f"handover-test-{uuid.uuid4().hex}"
    return Session(join_practice(world.control_url).world, Places(name), Vault(name), SystemClock())


@pytest.fixture
def cancel() -> CancelToken:
    return CancelToken()
