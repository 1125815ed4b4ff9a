"""The program with a home of its own for each test."""

from pathlib import Path

import pytest

from tests.terminal.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


@pytest.fixture
def hurried(tmp_path: Path) -> Program:
    """The same home, in a test of a handover that is not about how long it lasts."""
    return Program(tmp_path / "home", is_hurried=True)
