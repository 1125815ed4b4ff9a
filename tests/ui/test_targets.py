"""What is pressed is at least 24 pixels high and wide (WCAG 2.2, 2.5.8), on every page, with its fold-outs open."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.harness import AT_LOG_IN, Window, open_window
from tests.ui.set_up import logged_in, new_session, ready
from wizard.actions.roles import DONE
from wizard.core.answers import with_changes
from wizard.core.flow import StepId
from wizard.ui.widgets.disclosure import Disclosure

LEAST = 24
KINDS = (QAbstractButton, QComboBox, QLineEdit)


def page_at(qtbot: QtBot, world: PracticeWorld, step: StepId) -> Window:
    session = new_session(world)
    answers = AT_LOG_IN
    if step not in (StepId.WELCOME, StepId.PRODUCTS, StepId.LOG_IN):
        answers = logged_in(session, world)
    if step not in (StepId.WELCOME, StepId.PRODUCTS, StepId.LOG_IN, StepId.APPS, StepId.ROLES):
        answers = with_changes(answers, roles_confirmed=frozenset({DONE}))
    if step in (StepId.BOT_SETTINGS, StepId.TEST, StepId.FINISHED):
        answers = ready(session, world)
    return open_window(qtbot, session, answers, step)


def too_small(window: Window) -> list[str]:
    for fold in window.shell.findChildren(Disclosure):
        if fold.isVisible():
            fold.open()
    window.wait()
    pressed = [one for kind in KINDS for one in window.shell.findChildren(kind) if one.isVisible()]
    return [name_of(one) for one in pressed if min(one.width(), one.height()) < LEAST]


def name_of(one: QWidget) -> str:
    parent = one.parentWidget()
    where = parent.accessibleName() if parent is not None else ""
    return f"{one.accessibleName() or type(one).__name__} in {where!r}: {one.width()}x{one.height()}"


@pytest.mark.parametrize("step", StepId)
def test_on_every_page_what_is_pressed_is_large_enough(qtbot: QtBot, world: PracticeWorld, step: StepId) -> None:
    assert too_small(page_at(qtbot, world, step)) == []


@pytest.mark.parametrize("aside", ["check", "recovery"])
def test_beside_the_route_too(qtbot: QtBot, world: PracticeWorld, aside: str) -> None:
    window = page_at(qtbot, world, StepId.WELCOME)
    window.shell.open_aside(aside)
    window.wait()
    assert too_small(window) == []


def test_in_help_too(qtbot: QtBot, world: PracticeWorld) -> None:
    window = page_at(qtbot, world, StepId.WELCOME)
    window.shell.show_help()
    window.wait()
    assert too_small(window) == []


def test_what_is_too_small_is_found(qtbot: QtBot, world: PracticeWorld) -> None:
    window = page_at(qtbot, world, StepId.WELCOME)
    button = window.shell.next_button
    button.setFixedHeight(LEAST - 1)
    window.wait()
    assert len(too_small(window)) == 1


def test_a_search_is_emptied_by_a_button_with_a_name(qtbot: QtBot, world: PracticeWorld) -> None:
    window = page_at(qtbot, world, StepId.PRODUCTS)
    window.type_into("Search by name", "flow")
    assert too_small(window) == []
    window.press("Clear the search")
    assert window.field("Search by name") == ""
    assert not window.offers("Clear the search")


@pytest.mark.parametrize("step", [StepId.PRODUCTS, StepId.LOG_IN, StepId.APPS])
def test_no_field_has_the_small_nameless_button_of_qt(qtbot: QtBot, world: PracticeWorld, step: StepId) -> None:
    window = page_at(qtbot, world, step)
    assert [line for line in window.shell.findChildren(QLineEdit) if line.isClearButtonEnabled()] == []
