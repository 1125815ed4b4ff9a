"""The stage in happy-routing, or in another scenario of the practice world."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.core.trial.stage import Stage
from tests.short_waits import shorten
from tests.simulator.world import PracticeWorld, request

StageIn = Callable[..., Stage]


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    shorten(monkeypatch.setattr)


@pytest.fixture
def stage_in(world: PracticeWorld, tmp_path: Path) -> StageIn:
    """Return a function that sets the stage in a scenario. shown: what Facebook shows of who has control, in place of
    what the scenario says."""

    def set_stage(scenario: str = "happy-routing", shown: str = "", **changes: Any) -> Stage:
        said = {"name": scenario, **({"thread_owner": shown} if shown else {})}
        reply = request("POST", f"{world.control_url}/scenario", json_body=said)
        assert reply.status == 200, reply.text
        return Stage(world, tmp_path, **changes)

    return set_stage


@pytest.fixture
def stage(stage_in: StageIn) -> Stage:
    return stage_in()
