"""Nothing moves by itself for people who asked their system for that."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.harness import show
from wizard.ui.motion import is_less_motion_wanted
from wizard.ui.widgets.busy_bar import MOTION, BusyBar


class Paints(QObject):
    """Counts how often a part is painted."""

    def __init__(self, part: BusyBar) -> None:
        super().__init__(part)
        self.count = 0
        part.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def moving(qapp: QApplication) -> Iterator[None]:
    qapp.setProperty(MOTION, True)
    yield
    qapp.setProperty(MOTION, None)


def shown(qtbot: QtBot) -> tuple[BusyBar, Paints]:
    bar = BusyBar()
    qtbot.addWidget(bar)
    paints = Paints(bar)
    bar.resize(300, 20)
    show(qtbot, bar)
    qtbot.waitUntil(lambda: paints.count > 0)
    return bar, paints


def test_a_bar_without_an_end_moves(qtbot: QtBot, moving: None) -> None:
    _bar, paints = shown(qtbot)
    qtbot.waitUntil(lambda: paints.count > 5)


def test_it_stands_still_where_motion_is_not_wanted_and_is_seen_all_the_same(qtbot: QtBot, qapp: QApplication) -> None:
    bar, paints = shown(qtbot)
    before = paints.count
    qapp.setProperty(MOTION, True)
    _another, others = shown(qtbot)
    qtbot.waitUntil(lambda: others.count > 5)
    qapp.setProperty(MOTION, None)
    assert paints.count == before
    at_work = bar.grab().toImage()
    bar.setRange(0, 1)
    assert bar.grab().toImage() != at_work


def test_the_setting_of_gnome_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("GSETTINGS_BACKEND", "keyfile")
    assert not is_less_motion_wanted("linux")
    try:
        subprocess.run(
            ["gsettings", "set", "org.gnome.desktop.interface", "enable-animations", "false"], check=True, timeout=20
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs GNOME's settings")
    assert is_less_motion_wanted("linux")


@pytest.mark.parametrize(("factor", "is_wanted"), [("0", True), ("0.5", False), ("", False), ("fast", False)])
def test_the_setting_of_kde_is_read(
    factor: str, is_wanted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("GSETTINGS_BACKEND", "memory")
    (tmp_path / "kdeglobals").write_text(f"[KDE]\nAnimationDurationFactor={factor}\n", encoding="utf-8")
    assert is_less_motion_wanted("linux") is is_wanted


def test_a_damaged_setting_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("GSETTINGS_BACKEND", "memory")
    (tmp_path / "kdeglobals").write_bytes(b"\xff[[\n=")
    assert not is_less_motion_wanted("linux")
