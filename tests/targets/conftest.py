from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from tests.targets.dotenv_file import CONTENT
from tests.targets.http_bot import TEMPLATE, HttpBot, http_bot
from tests.targets.node import Node, running_node
from wizard.targets.http_shape import Method


@pytest.fixture
def env(tmp_path: Path) -> Path:
    path = tmp_path / "bot" / ".env"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    return path


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    with running_node() as running:
        yield running


@pytest.fixture(params=[(Method.PUT, ""), (Method.PATCH, ""), (Method.POST, TEMPLATE)], ids=lambda one: str(one[0]))
def bot(request: pytest.FixtureRequest, world: PracticeWorld) -> HttpBot:
    return http_bot(world, *request.param)


@pytest.fixture
def put_bot(world: PracticeWorld) -> HttpBot:
    return http_bot(world)
