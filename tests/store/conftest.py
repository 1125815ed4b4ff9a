"""Where what is kept on disk goes."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "open-tests"
