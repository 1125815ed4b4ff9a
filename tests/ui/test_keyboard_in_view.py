"""What has the keyboard is on the screen: with large text in a small window too, where pages scroll."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.simulator.world import PracticeWorld
from tests.ui.hands import click, press
from tests.ui.harness import AT_LOG_IN, Window, open_window, show
from tests.ui.set_up import logged_in, new_session, ready
from wizard.actions.roles import DONE
from wizard.core.answers import Answers, with_changes
from wizard.core.flow import StepId
from wizard.ui.layout import column
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.scroll_area import ScrollArea
from wizard.ui.theme import Theme
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.page_picker import PagePicker, PageRow

_MOST = 90  # stops in a window


def with_keyboard() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def is_seen(widget: QWidget) -> bool:
    """All of its upper edge is between the edges of the areas that it lies in, or it is larger than one of them."""
    part = widget.parentWidget()
    while part is not None:
        if isinstance(part, ScrollArea):
            view = part.viewport()
            place = QRect(widget.mapTo(view, QPoint(0, 0)), widget.size())
            seen = place.intersected(view.rect())
            return seen.height() >= min(place.height(), view.height() // 2)
        part = part.parentWidget()
    return widget.isVisible()


def small_window(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, step: StepId, scenario: str = "happy-routing"
) -> Window:
    world.scenario(scenario)
    session = new_session(world)
    answers: Answers
    if step in (StepId.WELCOME, StepId.LOG_IN):
        answers = AT_LOG_IN
    elif step in (StepId.APPS, StepId.ROLES):
        answers = logged_in(session, world)
    elif step is StepId.APP_ID:
        answers = with_changes(logged_in(session, world), roles_confirmed=frozenset({DONE}))
    else:
        answers = ready(session, world)
    theme.use_text_scale(2.0)
    window = open_window(qtbot, session, answers, step)
    window.shell.resize(800, 600)
    qtbot.waitUntil(lambda: window.shell.height() == 600)
    return window


@pytest.mark.parametrize(
    "step", [StepId.WELCOME, StepId.LOG_IN, StepId.APPS, StepId.ROLES, StepId.APP_ID, StepId.BOT_SETTINGS, StepId.TEST]
)
def test_tab_and_shift_tab_go_to_what_is_seen(qtbot: QtBot, world: PracticeWorld, theme: Theme, step: StepId) -> None:
    small_window(qtbot, world, theme, step)
    press(with_keyboard(), Qt.Key.Key_Tab)  # from the title, where Tab does not come back to
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        start = with_keyboard()
        for _stop in range(_MOST):
            press(with_keyboard(), key)
            now = with_keyboard()
            qtbot.waitUntil(partial(is_seen, now), timeout=2_000)
            if now is start:
                break
        else:
            raise AssertionError("the keyboard does not come back")


@pytest.mark.parametrize("step", [StepId.LOG_IN, StepId.APPS, StepId.ROLES, StepId.APP_ID])
def test_a_page_opens_at_its_top_with_the_keyboard_on_what_is_seen(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, step: StepId
) -> None:
    window = small_window(qtbot, world, theme, step)
    window.shell.go_to(StepId.WELCOME)
    window.wait()
    window.shell.go_to(step)
    window.wait()
    qtbot.waitUntil(lambda: is_seen(with_keyboard()) and is_seen(window.page.title_label))


def test_the_last_of_many_pages_is_seen_where_the_list_itself_has_to_scroll(qtbot: QtBot, theme: Theme) -> None:
    theme.use_text_scale(2.0)
    area, picker = ScrollArea(), PagePicker()
    qtbot.addWidget(area)
    holder = QWidget()
    column(holder).addWidget(picker)
    area.setWidget(holder)
    picker.add_pages([PageRow(str(number), f"Page {number}") for number in range(60)])
    area.resize(700, 300)
    show(qtbot, area)
    picker.view.setFocus()
    for key, number in ((Qt.Key.Key_End, 59), (Qt.Key.Key_Home, 0)):
        press(picker.view, key)
        assert picker.view.currentIndex().row() == number

        def row_is_seen() -> bool:
            row = picker.view.visualRect(picker.view.currentIndex())
            place = QRect(picker.view.viewport().mapTo(area.viewport(), row.topLeft()), row.size())
            return area.viewport().rect().contains(place.center()) and place.top() >= 0

        qtbot.waitUntil(row_is_seen)


@pytest.mark.parametrize(
    "bring", [lambda area, widget: widget.setFocus(), lambda _area, widget: bring_into_view(widget)]
)
def test_what_is_seen_already_stays_where_it_is(qtbot: QtBot, bring: Callable[[ScrollArea, QWidget], None]) -> None:
    area, holder, first, last, after = ScrollArea(), QWidget(), QLineEdit(), QLineEdit(), QLineEdit()
    qtbot.addWidget(area)
    parts = column(holder)
    for part in (first, last, after):
        parts.addWidget(part)
    holder.setMinimumHeight(900)
    area.setWidget(holder)
    area.resize(400, 300)
    show(qtbot, area)
    first.setFocus()
    bar = area.verticalScrollBar()
    edge = last.geometry().bottom() + 2  # all of it, and hardly more
    area.resize(400, edge)
    qtbot.waitUntil(lambda: area.height() == edge and bar.value() == 0)
    bring(area, last)
    bring(area, last)
    QTest.qWait(0)
    assert bar.value() == 0
    bring(area, after)
    qtbot.waitUntil(lambda: is_seen(after))
    assert bar.value() > 0


def pick_last_card(window: Window) -> QWidget:
    """A choice far down the page, whose field has the keyboard then."""
    window.pick("Type its App ID")
    field: QWidget = window.page.live_chat.by_id
    return field


def type_what_is_no_app_id(window: Window) -> QWidget:
    window.pick("Type its App ID")
    window.type_into("App ID of your live chat", "12ab")
    field: Field = window.page.live_chat.by_id
    press(field.line, Qt.Key.Key_Return)
    assert field.problem()
    return field


def go_on_without_a_page(window: Window) -> QWidget:
    window.pick("Go on without a token")
    window.begin()
    wrong: QWidget = next(field for field in window.page.findChildren(Field) if field.problem())
    return wrong


def unfold_the_last_part(window: Window) -> QWidget:
    """With the mouse, after it was scrolled to."""
    last: Disclosure = [one for one in window.page.findChildren(Disclosure) if one.isVisible()][-1]
    bring_into_view(last)
    settle(window.shell)
    click(last.button)
    return last.button


@pytest.mark.parametrize(
    ("step", "act"),
    [
        (StepId.APPS, pick_last_card),
        (StepId.APPS, type_what_is_no_app_id),
        (StepId.LOG_IN, go_on_without_a_page),
        (StepId.LOG_IN, unfold_the_last_part),
    ],
)
@pytest.mark.parametrize("is_large_from_the_first", [True, False])
def test_what_one_is_at_is_seen_with_large_text(
    qtbot: QtBot,
    world: PracticeWorld,
    theme: Theme,
    step: StepId,
    act: Callable[[Window], QWidget],
    is_large_from_the_first: bool,
) -> None:
    window = small_window(qtbot, world, theme, step)
    window.shell.resize(1366, 768)
    if not is_large_from_the_first:
        theme.use_text_scale(1.0)
    settle(window.shell)
    part = act(window)
    settle(window.shell)
    assert is_seen(part)
    for scale in (2.0, 1.0, 2.0):
        theme.use_text_scale(scale)
        settle(window.shell)
        assert is_seen(part)
        focused = window.shell.focusWidget()
        assert not window.page.isAncestorOf(focused) or is_seen(focused)


def paste_an_expired_token(window: Window, world: PracticeWorld) -> QWidget:
    window.paste_token(world.token("expired"))
    window.until(window.page.notice.isVisible)
    field: QWidget = window.page.entry.secret
    return field


def look_for_the_message(window: Window, _world: PracticeWorld) -> QWidget:
    window.begin()
    window.until(window.page.progress.isVisible)
    button: QWidget = window.page.code.link_button
    return button


@pytest.mark.parametrize(
    ("step", "scenario", "act"),
    [
        (StepId.LOG_IN, "happy-routing", paste_an_expired_token),
        (StepId.TEST, "happy-routing", look_for_the_message),
    ],
)
def test_what_is_to_be_done_is_seen_beside_trouble_and_work(
    qtbot: QtBot,
    world: PracticeWorld,
    theme: Theme,
    step: StepId,
    scenario: str,
    act: Callable[[Window, PracticeWorld], QWidget],
) -> None:
    window = small_window(qtbot, world, theme, step, scenario)
    window.shell.resize(1366, 768)
    settle(window.shell)
    part = act(window, world)
    settle(window.shell)
    assert is_seen(part)
