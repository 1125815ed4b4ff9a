from pathlib import Path

import pytest

from tests.targets.dotenv_file import CONTENT


@pytest.fixture
def env(tmp_path: Path) -> Path:
    path = tmp_path / "bot" / ".env"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    return path
