"""Who has the keyboard is seen: measured in the pixels of each kind of control, without and with the keyboard."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.harness import show
from tests.ui.test_contrast import SHAPE, contrast
from wizard.core.flow import StepId, StepState
from wizard.ui.colours import Scheme, current_colours
from wizard.ui.layout import column
from wizard.ui.metrics import em
from wizard.ui.theme import Theme
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import Card, CardOption
from wizard.ui.widgets.chooser import ComboBox
from wizard.ui.widgets.disclosure import FoldButton
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.tick import CheckBox
from wizard.ui.widgets.wrapping_button import WrappingButton
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


@pytest.mark.parametrize("kind", ["card", "chosen card"])
def test_a_card_with_the_keyboard_has_one_frame(qtbot: QtBot, kind: str) -> None:
    card = KINDS[kind]()
    qtbot.addWidget(card)
    show(qtbot, card)
    card.setFocus(Qt.FocusReason.TabFocusReason)
    image, accent = picture(card), QColor(current_colours().accent)
    below_the_words = image.height() - 8
    is_ring = [image.pixelColor(x, below_the_words) == accent for x in range(image.width() // 2)]
    assert sum(now and not before for before, now in pairwise([False, *is_ring])) == 1


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("kind", ["card", "tick"])
def test_what_is_chosen_with_stands_level_with_its_first_line(
    qtbot: QtBot, theme: Theme, kind: str, scale: float
) -> None:
    theme.use_text_scale(scale)
    control = KINDS[kind]()
    assert isinstance(control, WrappingButton)
    qtbot.addWidget(control)
    show(qtbot, control)
    image, words = picture(control), control.findChildren(QLabel)[0]
    across = words.mapTo(control, QPoint()).x() - em(0.2)
    is_painted = [
        any(image.pixelColor(x, y) != image.pixelColor(across, y) for x in range(em(0.9), across, 2))
        for y in range(4, image.height() - 4)
    ]
    rows = [4 + y for y, painted in enumerate(is_painted) if painted]
    line = words.mapTo(control, QPoint()).y() + words.fontMetrics().height() / 2
    assert abs((rows[0] + rows[-1]) / 2 - line) <= 1.5
