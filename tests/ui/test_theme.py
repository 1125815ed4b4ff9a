"""The look follows the system: light and dark, text size, writing direction."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from wizard.ui.colours import Scheme, colours_of, current_colours
from wizard.ui.metrics import em
from wizard.ui.theme import Theme, body_points
from wizard.ui.widgets.marks import Mark, MarkView
from wizard.ui.widgets.text import Text
from wizard.ui.window.shell import Shell


def colours_in(widget: QWidget) -> set[str]:
    picture: QImage = widget.grab().toImage()
    places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return {picture.pixelColor(x, y).name() for x, y in places}


@pytest.mark.parametrize("scheme", Scheme)
def test_palette_stylesheet_and_painting_change_together(qtbot: QtBot, theme: Theme, scheme: Scheme) -> None:
    view, label = MarkView(Mark.RUNNING), Text("words", role="muted")
    for widget in (view, label):
        qtbot.addWidget(widget)
        widget.show()
    theme.use_scheme(scheme)
    wanted = colours_of(scheme)
    assert current_colours() is wanted
    assert QGuiApplication.palette().window().color() == wanted.window
    assert wanted.accent.name() in colours_in(view)
    assert label.palette().text().color() == wanted.muted


def test_a_change_of_the_system_is_followed_while_running(
    qapp: QApplication, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.use_scheme(None)
    hints = qapp.styleHints()
    monkeypatch.setattr(hints.__class__, "colorScheme", lambda self: Qt.ColorScheme.Dark)
    with qtbot.waitSignal(theme.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert current_colours() is colours_of(Scheme.DARK)
    monkeypatch.setattr(hints.__class__, "colorScheme", lambda self: Qt.ColorScheme.Light)
    with qtbot.waitSignal(theme.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert current_colours() is colours_of(Scheme.LIGHT)


def test_nothing_is_styled_again_when_nothing_changed(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.refresh()


def test_the_shell_passes_on_a_change_of_the_systems_theme(shell: Shell, qtbot: QtBot, qapp: QApplication) -> None:
    with qtbot.waitSignal(shell.system_look_changed):
        qapp.sendEvent(shell, QEvent(QEvent.Type.ThemeChange))


def test_lengths_grow_with_the_text(theme: Theme) -> None:
    before = em(10)
    theme.use_text_scale(2.0)
    assert em(10) == pytest.approx(2 * before, rel=0.04)


@pytest.mark.parametrize(
    ("system", "platform", "body"), [(9, "win32", 10.5), (13, "darwin", 13), (9, "linux", 11), (14, "linux", 14)]
)
def test_body_text_follows_the_systems_size(system: float, platform: str, body: float) -> None:
    assert body_points(system, platform) == pytest.approx(body)
