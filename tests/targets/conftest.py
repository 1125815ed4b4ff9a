from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.targets.dotenv_file import CONTENT
from tests.targets.node import Node, running_node


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
