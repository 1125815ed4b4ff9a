"""Where the system asks for high contrast, its colours are the only ones. Tried with the colours of a KDE desktop, as
Qt reads them. That the desktop asks for high contrast is said in its place: Qt hears that from a portal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibilityHints, QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wizard.ui.colours import Scheme, colours_of, current_colours, in_high_contrast
from wizard.ui.theme import Theme

YELLOW_ON_BLACK = """
[General]
Name=Yellow on black
[Colors:Window]
BackgroundNormal=0,0,0
ForegroundNormal=255,255,0
ForegroundInactive=0,255,0
[Colors:View]
BackgroundNormal=0,0,0
ForegroundNormal=255,255,0
[Colors:Button]
BackgroundNormal=0,0,0
ForegroundNormal=255,255,0
[Colors:Selection]
BackgroundNormal=255,255,0
ForegroundNormal=0,0,0
[Colors:Tooltip]
BackgroundNormal=0,0,0
ForegroundNormal=255,255,0
"""
SHOWS_WIDGETS = """
import json
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibilityHints
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

QAccessibilityHints.contrastPreference = lambda self: Qt.ContrastPreference.HighContrast
app = QApplication(["", "-style", "Fusion"])
from wizard.ui.layout import column
from wizard.ui.theme import Theme
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.check_table import CheckTable
from wizard.ui.widgets.check_rows import TableRow
from wizard.ui.widgets.checklist import Checklist, CheckItem
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.text import Text

Theme(app)
top, cards, checks = QWidget(), CardGroup("Whose?"), Checklist()
table, off = CheckTable(["a"], str), Button("Off")
table.show_rows([TableRow("p", "Lumen Coffee")])
off.setEnabled(False)
top.setProperty("plain", True)
parts = column(top, 1, (1, 1, 1, 1))
cards.show_cards([CardOption("a", "The bot"), CardOption("b", "The live chat", "text")])
cards.choose("a")
checks.show_items(tuple(CheckItem(mark.value, mark.value, mark=mark) for mark in Mark))
for part in (Text("Title", "title"), Text("quiet", "muted"), Button("Next", "primary"), Button("Back"),
             Button("Help", "link"), off, table, QLineEdit("text"), cards, checks,
             Notice(Tone.PROBLEM, "Wrong", "Do this"), Notice(Tone.OK, "Right")):
    parts.addWidget(part)
top.resize(700, 1100)
top.show()
picture = top.grab().toImage()
seen = {}
for x in range(picture.width()):
    for y in range(picture.height()):
        name = picture.pixelColor(x, y).name()
        seen[name] = seen.get(name, 0) + 1
print(json.dumps(seen))
"""


def test_only_the_colours_of_the_system_are_seen(tmp_path: Path, window_environment: dict[str, str]) -> None:
    (tmp_path / "kdeglobals").write_text(YELLOW_ON_BLACK)
    environment = {
        **window_environment,
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_CURRENT_DESKTOP": "KDE",
        "KDE_SESSION_VERSION": "5",
        "QT_QPA_PLATFORMTHEME": "kde",
    }
    done = subprocess.run(
        [sys.executable, "-c", SHOWS_WIDGETS], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, int] = json.loads(done.stdout)
    assert [name for name in seen if not is_between_black_and_yellow(QColor(name))] == []
    assert seen["#ffff00"] > 2_000
    assert seen["#000000"] > 200_000


@pytest.mark.parametrize(("system", "used"), [("#000000", "#7f7f00"), ("#101000", "#7f7f00"), ("#00ff00", "#00ff00")])
def test_what_is_off_can_be_read_where_the_system_does_not_tell_it_from_the_window(system: str, used: str) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("#000000"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#ffff00"))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, QColor(system))
    assert in_high_contrast(palette).on_disabled.name() == used


def is_between_black_and_yellow(colour: QColor) -> bool:
    """As the smoothed edges of letters are."""
    return colour.blue() == 0 and abs(colour.red() - colour.green()) <= 2


def test_it_is_followed_while_the_program_runs(
    qapp: QApplication, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.use_scheme(None)
    hints = qapp.styleHints().accessibility()
    for wanted in (Qt.ContrastPreference.HighContrast, Qt.ContrastPreference.NoPreference):
        monkeypatch.setattr(QAccessibilityHints, "contrastPreference", lambda self, wanted=wanted: wanted)
        with qtbot.waitSignal(theme.changed):
            hints.contrastPreferenceChanged.emit(wanted)
        is_high = wanted is Qt.ContrastPreference.HighContrast
        palette, colours = qapp.palette(), current_colours()
        assert (colours.accent == palette.windowText().color() == colours.text) is is_high
        assert any(colours is colours_of(scheme) for scheme in Scheme) is not is_high
