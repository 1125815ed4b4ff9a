"""Whoever clicks twice does one thing: what came under the mouse meanwhile is not pressed. Keys always count."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui import demo, harness
from tests.ui.hands import NO_KEY, click_on_screen, press
from tests.ui.harness import MachineClock
from wizard.core.flow import StepId
from wizard.ui.services import Services
from wizard.ui.window.second_clicks import PAUSE
from wizard.ui.window.shell import Shell


@pytest.fixture
def clock() -> MachineClock:
    return MachineClock()


@pytest.fixture
def shell(qtbot: QtBot, services: Services, clock: MachineClock) -> Shell:
    shell = demo.make_shell(replace(services, clock=clock), demo.ALL_DONE, StepId.LOG_IN)
    qtbot.addWidget(shell)
    harness.show(qtbot, shell, 1000)
    _read(clock)
    return shell


def _read(clock: MachineClock) -> None:
    """The person looks at what is shown now."""
    clock.ahead += PAUSE + 0.1


def _step(shell: Shell) -> StepId:
    return shell.page.step


def _button_on(shell: Shell, words: str, pressed: list[str]) -> QPushButton:
    button = QPushButton(words)
    button.clicked.connect(lambda: pressed.append(button.text()))
    shell.page.body.addWidget(button)
    QTest.qWait(0)
    return button


def test_a_double_click_on_next_or_back_goes_one_step(shell: Shell, clock: MachineClock) -> None:
    click_on_screen(shell.next_button, twice=True)
    assert _step(shell) is StepId.APPS
    _read(clock)
    click_on_screen(shell.next_button, twice=True)
    assert _step(shell) is StepId.ROLES
    _read(clock)
    click_on_screen(shell.back_button, twice=True)
    assert _step(shell) is StepId.APPS


def test_the_first_page_takes_a_click_as_soon_as_it_is_there(
    qtbot: QtBot, services: Services, clock: MachineClock
) -> None:
    shell = demo.make_shell(replace(services, clock=clock), demo.ALL_DONE, StepId.LOG_IN)
    qtbot.addWidget(shell)
    harness.show(qtbot, shell, 1000)
    click_on_screen(shell.next_button)
    assert _step(shell) is StepId.APPS


def test_a_click_too_soon_after_a_page_change_does_nothing_and_a_later_one_counts(
    shell: Shell, clock: MachineClock
) -> None:
    click_on_screen(shell.next_button)
    clock.ahead += PAUSE / 2
    click_on_screen(shell.next_button)
    assert _step(shell) is StepId.APPS
    _read(clock)
    click_on_screen(shell.next_button)
    assert _step(shell) is StepId.ROLES


def test_a_press_that_came_too_soon_stays_without_effect_however_late_the_button_is_let_go(
    shell: Shell, clock: MachineClock
) -> None:
    handle, button = shell.windowHandle(), shell.next_button
    place = button.mapTo(shell, button.rect().center())
    click_on_screen(button)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, NO_KEY, place)
    _read(clock)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, NO_KEY, place)
    assert _step(shell) is StepId.APPS


def test_a_step_chosen_in_the_sidebar_with_a_double_click_opens_and_nothing_on_its_page_is_pressed(
    shell: Shell,
) -> None:
    click_on_screen(shell.sidebar.buttons[3], twice=True)
    assert _step(shell) is StepId.ROLES


def test_a_double_click_presses_a_button_of_a_page_once(shell: Shell, clock: MachineClock) -> None:
    pressed: list[str] = []
    button = _button_on(shell, "Go", pressed)
    click_on_screen(button, twice=True)
    click_on_screen(button)  # the third click of somebody in a hurry
    assert pressed == ["Go"]
    _read(clock)
    click_on_screen(button)
    assert pressed == ["Go", "Go"]


def test_a_button_that_has_got_other_words_is_not_pressed_by_the_next_fast_click(
    shell: Shell, clock: MachineClock
) -> None:
    pressed: list[str] = []
    button = _button_on(shell, "Begin", pressed)
    button.clicked.connect(lambda: button.setText("End"))
    click_on_screen(button)
    clock.ahead += PAUSE / 2
    click_on_screen(button)
    assert pressed == ["Begin"]
    _read(clock)
    click_on_screen(button)
    assert pressed == ["Begin", "End"]


def test_what_takes_the_place_of_a_button_does_not_get_the_second_click(shell: Shell, clock: MachineClock) -> None:
    button = _button_on(shell, "Show me", [])
    field = QLineEdit()
    shell.page.body.addWidget(field)
    field.hide()
    button.clicked.connect(button.hide)
    button.clicked.connect(field.show)
    click_on_screen(button)
    QTest.qWait(0)
    assert button.geometry().contains(field.geometry().center())
    click_on_screen(field)
    assert not field.hasFocus()
    _read(clock)
    click_on_screen(field)
    assert field.hasFocus()


def test_fast_clicks_at_other_places_count(shell: Shell) -> None:
    pressed: list[str] = []
    first, second = _button_on(shell, "One", pressed), _button_on(shell, "Two", pressed)
    click_on_screen(first)
    click_on_screen(second)
    assert pressed == ["One", "Two"]


def test_a_double_click_in_a_field_marks_a_word(shell: Shell) -> None:
    field = shell.page.first_field()
    assert isinstance(field, QLineEdit)
    field.setText("handover")
    click_on_screen(field, twice=True)
    assert field.selectedText() == "handover"


def test_keys_and_a_screen_readers_own_press_always_count(qtbot: QtBot, shell: Shell) -> None:
    click_on_screen(shell.next_button)
    press(shell, Qt.Key.Key_Return)
    assert _step(shell) is StepId.ROLES
    actions = QAccessible.queryAccessibleInterface(shell.next_button).actionInterface()
    actions.doAction(QAccessibleActionInterface.pressAction())
    qtbot.waitUntil(lambda: _step(shell) is StepId.APP_ID)
