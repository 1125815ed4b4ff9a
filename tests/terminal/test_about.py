"""`about`: what this copy is, what it does not do, and what it is made of."""

import sys
from pathlib import Path

import pytest

from tests.terminal.program import Program
from wizard.core.version import __version__
from wizard.words import about


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_about_says_the_version_that_nothing_is_reported_and_how_qt_can_be_replaced(program: Program) -> None:
    done = program.run("about")
    assert (done.code, done.complained) == (0, "")
    assert f"Version {__version__}" in done.said
    assert "no telemetry" in done.said
    assert "free software under the MIT License" in done.said
    assert "GNU Lesser General Public License" in done.said
    assert "PySide6" in done.said
    assert "=====" not in done.said


def test_the_licences_of_all_parts_are_shown_where_they_are_asked_for(program: Program) -> None:
    done = program.run("about", "--licences")
    assert (done.code, done.complained) == (0, "")
    assert "Licences of the program and its parts" in done.said
    for words in (
        "Copyright (c) 2026 The Messenger Handover Wizard authors",
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "HarfBuzz (in Qt)",
        "requests ",
        "Flask ",
    ):
        assert words in done.said


def test_a_packed_copy_says_how_it_takes_another_qt_for_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    said = " ".join(about.how_to_replace_qt(Path("/opt/wizard/_internal/PySide6")))
    assert "Take their lines out of “/opt/wizard/_internal/files.txt”" in said


def test_on_a_mac_a_changed_program_must_be_signed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "codesign" not in " ".join(about.how_to_replace_qt(Path("PySide6")))
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "codesign --force --deep" in " ".join(about.how_to_replace_qt(Path("PySide6")))
