"""The practice world with a bot of others' making behind its first app."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.bots.bot import KINDS, NODE, PACKAGES, Bot, Kind, bot_of, examples_for
from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not (NODE.exists() and PACKAGES.exists()):
        skip = pytest.mark.skip(reason="needs the packages of the example bots: make setup")
        for item in items:
            if item.path.is_relative_to(Path(__file__).parent):
                item.add_marker(skip)


@pytest.fixture(params=KINDS, ids=lambda kind: kind.folder)
def kind(request: pytest.FixtureRequest) -> Kind:
    chosen: Kind = request.param
    return chosen


@pytest.fixture(scope="session")
def examples(world_process: PracticeWorld, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with examples_for(world_process, tmp_path_factory.mktemp("bots")) as folder:
        yield folder


@pytest.fixture
def bot_with(kind: Kind, world: PracticeWorld, examples: Path) -> Iterator[Callable[[str], Bot]]:
    """A function that runs a bot with this App ID in its settings file."""
    with ExitStack() as stack:
        yield lambda live_chat: stack.enter_context(bot_of(kind, world, examples, live_chat))


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home", is_hurried=True)
