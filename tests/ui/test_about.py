"""About, at the end of Help: what this program is, and the licences of its parts."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.hands import click
from wizard.core import licences
from wizard.core.version import __version__
from wizard.ui.window.about_panel import AboutPanel
from wizard.ui.window.shell import Shell


def opened(qtbot: QtBot, shell: Shell) -> AboutPanel:
    shell.show_help()
    assert shell.help_panel is not None
    click(shell.help_panel.about_button)
    panel = shell.help_panel.about_panel
    assert panel is not None
    qtbot.waitUntil(panel.isVisible)
    return panel


def test_help_leads_to_what_the_program_is_and_all_licences(qtbot: QtBot, shell: Shell) -> None:
    panel = opened(qtbot, shell)
    said = " ".join(panel.sentences())
    assert f"Version {__version__}" in said
    assert "no telemetry" in said
    assert "free software under the MIT License" in said
    assert str(licences.qt_folder()) in said
    qtbot.waitUntil(lambda: bool(panel.licences.toPlainText()))
    text = panel.licences.toPlainText()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "requests" in text
    assert text.splitlines()[0].split() == ["Messenger", "Handover", "Wizard", __version__, "MIT"]
    assert panel.licences.isReadOnly()


def test_licences_that_cannot_be_read_are_said_and_tried_again(
    qtbot: QtBot, shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from wizard.core import resource

    with monkeypatch.context() as broken:
        (tmp_path / "licences.txt").mkdir()  # is there, and is no file
        broken.setattr(resource, "_ROOTS", (tmp_path,))
        panel = opened(qtbot, shell)
        qtbot.waitUntil(lambda: "could not be read" in panel.licences.placeholderText())
    click(panel.close_button)
    panel = opened(qtbot, shell)
    qtbot.waitUntil(lambda: "requests" in panel.licences.toPlainText())
    assert "could not be read" not in panel.licences.placeholderText()
