"""The fixtures of pytest. `messenger_world` is a world of its own for each test, in one process for the whole run."""

from collections.abc import Iterator

import pytest

from messenger_simulator.world import GRAPH_URL, MessengerWorld, start


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        "messenger_simulator",
        "options of the command `simulator` for the world of the tests, as: --seed tests/shop.toml --id-seed 1",
        type="args",
        default=[],
    )
    parser.getgroup("messenger").addoption(
        "--messenger-at", metavar="CONTROL_URL", help="use the world that runs at this address, instead of a new one"
    )


@pytest.fixture(scope="session")
def messenger_simulator(pytestconfig: pytest.Config) -> Iterator[MessengerWorld]:
    """The running world, shared by all tests."""
    if running := pytestconfig.getoption("--messenger-at"):
        if getattr(pytestconfig, "workerinput", {}).get("workercount", 1) > 1:
            raise pytest.UsageError("--messenger-at names one world, which several workers of xdist would spoil")
        yield MessengerWorld.join(running)
        return
    with start(*pytestconfig.getini("messenger_simulator"), folder=pytestconfig.rootpath) as world:
        yield world


@pytest.fixture
def messenger_world(messenger_simulator: MessengerWorld, monkeypatch: pytest.MonkeyPatch) -> Iterator[MessengerWorld]:
    """The world at its beginning. The environment variable MESSENGER_GRAPH_URL has the address of its Graph API."""
    messenger_simulator.reset()
    monkeypatch.setenv(GRAPH_URL, messenger_simulator.graph_url)
    yield messenger_simulator
    messenger_simulator.disconnect()
