"""`about`: what this copy is, what it does not do, and what it is made of."""

from pathlib import Path

import pytest

from tests.terminal.program import Program
from wizard import __version__


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_about_says_the_version_that_nothing_is_reported_and_how_qt_can_be_replaced(program: Program) -> None:
    done = program.run("about")
    assert (done.code, done.complained) == (0, "")
    assert f"Version {__version__}" in done.said
    assert "no telemetry" in done.said
    assert "GNU Lesser General Public License" in done.said
    assert "PySide6" in done.said
    assert "=====" not in done.said


def test_the_licences_of_all_parts_are_shown_where_they_are_asked_for(program: Program) -> None:
    done = program.run("about", "--licences")
    assert (done.code, done.complained) == (0, "")
    assert "Licences of the parts" in done.said
    for words in ("GNU LESSER GENERAL PUBLIC LICENSE", "HarfBuzz (in Qt)", "requests ", "Flask "):
        assert words in done.said
