"""Who has the keyboard is seen: measured in the pixels of each kind of control, without and with the keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.harness import show
from tests.ui.test_contrast import SHAPE, contrast
from wizard.core.flow import StepId
from wizard.core.step_state import StepState
from wizard.ui.colours import Scheme
from wizard.ui.layout import column
from wizard.ui.theme import Theme
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import Card, CardOption
from wizard.ui.widgets.chooser import ComboBox
from wizard.ui.widgets.disclosure import FoldButton
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.tick import CheckBox
from wizard.ui.window.languages import LanguageButton
from wizard.ui.window.route_view import StepStatus, Stop
from wizard.ui.window.sidebar import StopButton


def wrong_field() -> QWidget:
    field = Field("App ID")
    field.show_problem("One digit is missing")
    return field


def checked_card() -> QWidget:
    card = Card(CardOption("a", "The bot’s"))
    card.setChecked(True)
    return card


def stop() -> QWidget:
    button = StopButton()
    button.show_stop(Stop(StepId.APPS, 2, StepStatus.OPEN, StepState.NOT_DONE, True), 7)
    return button


def read_only() -> QWidget:
    line = QLineEdit("263902037430900")
    line.setReadOnly(True)
    return line


KINDS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: Button("Copy"),
    "main button": lambda: Button("Next", "primary"),
    "link": lambda: Button("Help", "link"),
    "card": lambda: Card(CardOption("a", "The bot’s")),
    "chosen card": checked_card,
    "tick": lambda: CheckBox("I agree"),
    "fold": FoldButton,
    "field": lambda: QLineEdit("text"),
    "field in error": wrong_field,
    "value to copy": read_only,
    "several lines": lambda: QPlainTextEdit("text"),
    "list that drops down": ComboBox,
    "step": stop,
    "language": LanguageButton,
}


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("kind", KINDS)
def test_the_ring_stands_out_from_what_is_there_without_it(
    qtbot: QtBot, theme: Theme, scheme: Scheme, kind: str
) -> None:
    """As many pixels as two of its sides have change by the ratio for shapes, at the least."""
    theme.use_scheme(scheme)
    holder, other, part = QWidget(), QLineEdit(), KINDS[kind]()
    control = part.line if isinstance(part, Field) else part
    qtbot.addWidget(holder)
    holder.setProperty("plain", True)
    parts = column(holder, 1, (1, 1, 1, 1))
    parts.addWidget(other)
    parts.addWidget(part)
    show(qtbot, holder)
    other.setFocus()
    control.show()
    without = picture(control)
    control.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is control
    ringed = picture(control)
    places = [(x, y) for x in range(without.width()) for y in range(without.height())]
    pairs = ((without.pixelColor(x, y), ringed.pixelColor(x, y)) for x, y in places)
    changed = sum(before != after and contrast(before, after) >= SHAPE for before, after in pairs)
    assert changed >= control.width() + control.height()
