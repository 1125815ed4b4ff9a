"""What a screen reader is told of the widgets: roles, states, places, order, and what it can do with them."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui import demo
from tests.ui.harness import open_window, show
from tests.ui.set_up import new_session, ready
from wizard.core.answers import TestOutcome, with_changes
from wizard.core.flow import StepId
from wizard.ui.accessible import Role
from wizard.ui.layout import Panel, column, row
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import CardGroup, CardOption
from wizard.ui.widgets.diagram import HandoverDiagram
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.notice import Notice, Tone
from wizard.ui.widgets.qr_code import QrCode
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.tick import CheckBox
from wizard.ui.window.help_drawer import HelpDrawer
from wizard.ui.window.shell import Shell

NAME = QAccessible.Text.Name
PRESS, TOGGLE = "Press", "Toggle"


def told_of(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


def all_below(top: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for at in range(top.childCount()):
        child = top.child(at)
        yield child
        yield from all_below(child)


def do(widget: QWidget, action: str) -> None:
    actions = told_of(widget).actionInterface()
    assert action in actions.actionNames()
    actions.doAction(action)


@pytest.mark.parametrize(
    ("make", "role", "name"),
    [
        (lambda: Text("Log in", "title"), Role.Heading, "Log in"),
        (lambda: Text("What was found", "section"), Role.Heading, "What was found"),
        (lambda: Text("Words"), Role.StaticText, "Words"),
        (lambda: CardGroup("Whose is it?"), Role.Grouping, "Whose is it?"),
        (lambda: HandoverDiagram(demo.HANDOVER), Role.Graphic, "has control"),
        (lambda: QrCode("https://m.me/1"), Role.Graphic, "https://m.me/1"),
        (lambda: Notice(Tone.OK, "Saved"), Role.Notification, "Saved"),
        (lambda: CheckBox("I agree"), Role.CheckBox, "I agree"),
    ],
)
def test_a_widget_has_its_role_and_says_what_it_shows(
    qtbot: QtBot, make: Callable[[], QWidget], role: Role, name: str
) -> None:
    holder = Panel()
    qtbot.addWidget(holder)
    widget = make()
    widget.setParent(holder)
    told = told_of(widget)
    assert told.role() == role
    assert name in told.text(NAME)


def test_the_top_of_a_window_is_a_window_and_what_only_holds_others_is_not(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    inside = Panel(top)
    assert told_of(top).role() == Role.Window
    assert told_of(inside).role() == Role.Client


def test_the_parts_of_the_window_are_groups_with_a_name(shell: Shell) -> None:
    shell.show_help()
    drawer = shell.findChild(HelpDrawer)
    assert drawer is not None
    for part, name in ((shell.sidebar, "Steps"), (drawer, "Help")):
        told = told_of(part)
        assert (told.role(), told.text(NAME)) == (Role.Grouping, name)


def test_a_fold_is_expanded_or_collapsed_and_is_pressed(qtbot: QtBot) -> None:
    fold = Disclosure("Details", QLabel("inside"))
    qtbot.addWidget(fold)
    show(qtbot, fold)
    told = told_of(fold.button)
    assert (told.role(), told.text(NAME)) == (Role.Button, "Details")
    state = told.state()
    assert (state.expandable, state.collapsed, state.expanded) == (True, True, False)
    assert not state.checkable
    do(fold.button, PRESS)
    qtbot.waitUntil(lambda: fold.is_open)
    state = told_of(fold.button).state()
    assert (state.collapsed, state.expanded) == (False, True)


def test_cards_and_ticks_are_as_large_as_they_are_drawn_and_can_be_toggled(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    lines = column(holder)
    group, tick = CardGroup("Whose?", holder), CheckBox("I agree", holder)
    group.show_cards([CardOption("a", "The bot’s"), CardOption("b", "The live chat’s")])
    lines.addWidget(group)
    lines.addWidget(tick)
    show(qtbot, holder)
    for widget in (*group.cards, tick):
        place = QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())
        assert told_of(widget).rect() == place
        assert told_of(widget).state().checkable
    do(group.card("b"), PRESS)
    qtbot.waitUntil(lambda: group.choice() == "b")
    do(tick, TOGGLE)
    qtbot.waitUntil(tick.isChecked)
    assert told_of(tick).state().checked
    tick.setEnabled(False)
    assert TOGGLE not in told_of(tick).actionInterface().actionNames()


def test_parts_are_told_in_the_order_in_which_they_are_laid_out(qtbot: QtBot) -> None:
    holder = Panel()
    qtbot.addWidget(holder)
    lines, last = column(holder), QLabel("last", holder)
    beside, first, floating = row(), QLabel("first", holder), QLabel("in no layout", holder)
    lines.addLayout(beside)
    lines.addWidget(last)
    second = QLabel("second", holder)
    beside.addWidget(first)
    beside.addWidget(second)
    told = told_of(holder)
    children = [told.child(at) for at in range(told.childCount())]
    assert [child.text(NAME) for child in children] == ["first", "second", "last", "in no layout"]
    assert [told.indexOfChild(child) for child in children] == [0, 1, 2, 3]
    assert told.child(4) is None
    assert floating.parent() is holder


def test_what_goes_while_it_is_read_leaves_a_tree_that_can_be_read(qtbot: QtBot) -> None:
    """Each time a part is deleted between the counting and the reading, as often as there are parts."""
    holder = QWidget()
    qtbot.addWidget(holder)
    lines = column(holder)
    parts: list[QWidget] = [Disclosure(f"Fold {number}", Text("inside")) for number in range(40)]
    parts += [CheckBox(f"Tick {number}") for number in range(40)]
    for part in parts:
        lines.addWidget(part)
    told = told_of(holder)
    for left in range(len(parts), 0, -1):
        assert told.childCount() == left
        assert len(list(all_below(told))) >= left
        parts.pop().deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert told.child(left - 1) is None


@pytest.mark.parametrize("step", [StepId.ROLES, StepId.APP_ID, StepId.BOT_SETTINGS, StepId.FINISHED])
def test_everything_to_press_or_type_in_can_be_reached_by_keyboard_and_has_a_name(
    qtbot: QtBot, world: PracticeWorld, step: StepId
) -> None:
    session = new_session(world)
    window = open_window(qtbot, session, with_changes(ready(session, world), test=TestOutcome.PASSED), step)
    assert window.step() is step
    inputs: list[QWidget] = [*window.page.findChildren(QAbstractButton), *window.page.findChildren(QLineEdit)]
    shown = [one for one in inputs if one.isVisible()]
    assert shown
    assert [one for one in shown if not one.accessibleName()] == []
    assert [one for one in shown if not one.focusPolicy() & Qt.FocusPolicy.TabFocus] == []


def test_what_is_being_destroyed_gets_no_interface_that_would_outlive_it(qtbot: QtBot) -> None:
    """As when the keyboard leaves a button that goes: Qt tells of it after the cache has dropped the button."""
    holder = Panel()
    qtbot.addWidget(holder)
    parts = column(holder)
    told = []
    for part in (Panel(), Button("Press"), Text("Title", "title")):
        parts.addWidget(part)
        told_of(part)
        part.destroyed.connect(lambda dying: told.append(QAccessible.queryAccessibleInterface(dying)))
        part.deleteLater()
    del part
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert told == [None] * 3
    assert told_of(holder).childCount() == 0
