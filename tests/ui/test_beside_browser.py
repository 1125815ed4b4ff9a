"""Beside the browser: the window as a narrow panel at the edge of the screen that shows the task; and large again."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.simulator.world import PracticeWorld
from tests.ui.cut_text import cut_texts
from tests.ui.hands import press
from tests.ui.harness import AT_LOG_IN, Window, open_window
from tests.ui.set_up import logged_in, new_session, ready, session_in
from wizard.core.flow import StepId
from wizard.core.target import TargetChoice
from wizard.ui.pages.log_in.ways import Way
from wizard.ui.pages.roles.task import TaskPanel
from wizard.ui.theme import Theme
from wizard.ui.window import beside_panel
from wizard.ui.window.first_window import FirstWindow

_SPACE = "\N{NO-BREAK SPACE}"
BESIDE = "Put this beside the browser"


@pytest.fixture
def window(qtbot: QtBot, world: PracticeWorld) -> Window:
    world.scenario("new-page")
    session = new_session(world)
    window = open_window(qtbot, session, logged_in(session, world), StepId.ROLES)
    window.shell.resize(700, 500)
    return window


def is_in_front(window: QWidget) -> bool:
    return bool(window.windowHandle().flags() & Qt.WindowType.WindowStaysOnTopHint)


def free_of(window: Window) -> QRect:
    return window.shell.screen().availableGeometry()


def place_of_task(number: int) -> str:
    """As it stands above the task: in a narrow panel, what counts the tasks goes to the next line as a whole."""
    return f"Who answers first{_SPACE}· {number}{_SPACE}of{_SPACE}3"


def frame_of(window: Window) -> QRect:
    return window.shell.frameGeometry()


def test_the_panel_stands_at_the_right_edge_as_high_as_the_screen_and_in_front(window: Window) -> None:
    window.press(BESIDE)
    free = free_of(window)
    window.until(lambda: frame_of(window).right() == free.right())
    assert frame_of(window).top() == free.top()
    assert frame_of(window).height() == free.height()
    assert frame_of(window).width() <= 440
    assert is_in_front(window.shell)


def test_where_people_read_from_the_right_it_stands_at_the_left_edge(window: Window, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window.press(BESIDE)
    window.until(lambda: frame_of(window).left() == free_of(window).left())


@pytest.mark.parametrize("by", ["button", "escape"])
def test_the_large_window_comes_back_as_it_was(window: Window, by: str) -> None:
    before = window.shell.geometry()
    window.press(BESIDE)
    if by == "button":
        window.press("Large window")
    else:
        press(window.page.rows["default_app"].open_button, Qt.Key.Key_Escape)
    window.until(lambda: window.shell.geometry() == before)
    assert not is_in_front(window.shell)
    assert window.offers(BESIDE)
    assert window.sees("Set on Facebook who answers first")


def test_the_panel_shows_the_task_and_the_way_back_and_nothing_else_to_do(window: Window) -> None:
    title = window.page.rows["default_app"].title()
    window.press(BESIDE)
    assert window.sees(place_of_task(1))
    for shown in (title, "Open on Facebook", "Large window", "I don’t see this", "I looked: it is done"):
        assert window.sees(shown), shown
    for hidden in ("Set on Facebook who answers first", "Let it be", "Only in some cases", "Your apps", BESIDE):
        assert not window.sees(hidden), hidden
    assert [name for name, row in window.page.rows.items() if row.isVisible()] == ["default_app"]
    assert window.page.rows["default_app"].open_button.hasFocus()


def test_done_goes_on_to_the_next_task_beside_the_browser(window: Window) -> None:
    window.press(BESIDE)
    window.press("Open on Facebook: " + window.page.rows["default_app"].title())
    window.press_main()
    assert window.sees(place_of_task(2))
    assert [name for name, row in window.page.rows.items() if row.isVisible()] == ["take_control_bot"]
    heading = window.page.rows["take_control_bot"].heading
    window.until(lambda: bool(heading.visibleRegion().boundingRect() == heading.rect()))


def test_what_has_nothing_to_do_elsewhere_is_large_and_who_likes_it_gets_it_again(window: Window) -> None:
    before = window.shell.geometry()
    window.press(BESIDE)
    window.go_back()
    window.until(lambda: window.shell.geometry() == before)
    window.shell.go_to(StepId.ROLES)
    assert window.offers(BESIDE)
    window.press("Open on Facebook: " + window.page.rows["default_app"].title())
    assert window.sees("Large window")


def test_nobody_gets_it_who_did_not_choose_it_or_left_it(window: Window) -> None:
    name = "Open on Facebook: " + window.page.rows["default_app"].title()
    window.press(name)
    assert window.offers(BESIDE)
    window.press(BESIDE)
    window.press("Large window")
    window.press(name)
    assert window.offers(BESIDE)


def test_where_no_program_places_its_window_it_is_narrow_and_says_how_to_put_it_there(
    qtbot: QtBot, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside_panel, "can_place", lambda: False)
    world.scenario("new-page")
    session = new_session(world)
    window = open_window(qtbot, session, logged_in(session, world), StepId.ROLES)
    where = window.shell.pos()
    window.press(BESIDE)
    assert window.shell.width() <= 440
    assert window.shell.pos() == where
    assert window.sees("Drag this window by its title bar")


def test_the_accessibility_tree_has_the_panel_and_its_way_back(window: Window) -> None:
    window.press(BESIDE)
    button = window.shell.beside_header.large_button
    found = QAccessible.queryAccessibleInterface(button)
    assert found is not None
    assert found.text(QAccessible.Text.Name) == "Large window"
    place = QAccessible.queryAccessibleInterface(window.shell.beside_header.place)
    assert place is not None
    assert place.text(QAccessible.Text.Name) == place_of_task(1)


def test_larger_text_makes_the_panel_wider(window: Window, theme: Theme) -> None:
    window.press(BESIDE)
    theme.use_text_scale(2.0)
    window.until(lambda: frame_of(window).width() == free_of(window).width() // 2)
    assert frame_of(window).right() == free_of(window).right()


@pytest.mark.parametrize("step", [StepId.TEST, StepId.BOT_SETTINGS])
def test_what_opens_the_browser_is_seen_in_the_panel_however_large_the_text(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, step: StepId
) -> None:
    theme.use_text_scale(2.0)
    session = session_in(world, "happy-routing")
    answers = replace(ready(session, world), target=TargetChoice("flow-ai"))
    window = open_window(qtbot, session, answers, step)
    window.shell.resize(1366, 768)
    window.press(BESIDE)
    settle(window.shell)
    button = window.shell.focusWidget()
    assert window.page.isAncestorOf(button)
    assert button.visibleRegion().boundingRect() == button.rect()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_text_is_cut_in_the_panel(window: Window, theme: Theme, scale: float) -> None:
    theme.use_text_scale(scale)
    window.press(BESIDE)
    for _task in range(3):
        window.until(lambda: not cut_texts(window.shell))
        areas = [area for area in window.shell.stack.findChildren(QScrollArea) if area.isVisible()]
        assert [area.horizontalScrollBar().maximum() for area in areas] == [0], "nothing lies beyond the edge"
        window.press_main()


@pytest.mark.parametrize("step", [StepId.LOG_IN, StepId.APPS, StepId.BOT_SETTINGS, StepId.TEST])
def test_every_page_with_something_to_do_elsewhere_offers_it_and_an_address_to_copy(
    qtbot: QtBot, world: PracticeWorld, step: StepId
) -> None:
    session = session_in(world, "happy-routing")
    answers = AT_LOG_IN if step is StepId.LOG_IN else ready(session, world)
    window = open_window(qtbot, session, answers, step)
    if step is StepId.LOG_IN:
        window.pick("I have a token")
        window.press("Get a token on Facebook")
    elif step is StepId.APPS:
        window.pick("Find it for me")
    window.until(lambda: window.offers(BESIDE))
    window.press("Did not open? Copy the address")
    assert QGuiApplication.clipboard().text().startswith("http://127.0.0.1:")
    assert window.sees("Copied.")
    window.press(BESIDE)
    window.until(lambda: frame_of(window).width() <= 440)
    window.until(lambda: not cut_texts(window.shell))
    window.press("Large window")
    assert window.offers(BESIDE)


def test_the_programs_own_window_goes_there_and_comes_back(qtbot: QtBot, window: Window) -> None:
    keeper = FirstWindow()
    keeper.set_content(window.shell)
    keeper.window.resize(900, 600)
    with qtbot.waitExposed(keeper.window):
        keeper.window.show()
    keeper.window.move(10, 20)
    before = keeper.window.geometry()
    window.press(BESIDE)
    free = keeper.window.screen().availableGeometry()
    window.until(lambda: keeper.window.frameGeometry().right() == free.right())
    window.until(lambda: keeper.window.frameGeometry().width() <= 440)
    assert is_in_front(keeper.window)
    window.press("Large window")
    window.until(lambda: keeper.window.geometry() == before)
    keeper.window.hide()
    window.shell.setParent(None)  # the test's window goes by itself


def test_a_maximised_window_is_maximised_again(window: Window) -> None:
    window.shell.showMaximized()
    window.until(window.shell.isMaximized)
    window.press(BESIDE)
    window.until(lambda: frame_of(window).width() <= 440)
    assert not window.shell.isMaximized()
    window.press("Large window")
    window.until(window.shell.isMaximized)


def test_another_language_keeps_the_panel_and_the_task(window: Window) -> None:
    window.press(BESIDE)
    window.press_main()
    window.shell.rebuild()
    window.wait()
    assert window.sees(place_of_task(2))
    assert [name for name, row in window.page.rows.items() if row.isVisible()] == ["take_control_bot"]
    window.press("Large window")
    assert window.offers(BESIDE)


def test_of_the_ways_to_log_in_the_chosen_one_is_shown(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    window.pick("I have a token")
    window.press("Get a token on Facebook")
    window.press(BESIDE)
    assert [way for way in Way if window.page.ways.cards.card(way).isVisible()] == [Way.TOKEN]
    window.press("Large window")
    shown = [way for way in Way if window.page.ways.cards.card(way).isVisible()]
    assert shown == [way for way in Way if way is not Way.FACEBOOK], "there is no log-in file"


def test_in_the_panel_no_button_is_squeezed_and_the_task_begins_in_the_upper_half(window: Window, theme: Theme) -> None:
    window.press(BESIDE)
    shell, band = window.shell, window.shell.band
    assert band is not None
    for scale in (1.0, 2.0):
        theme.use_text_scale(scale)
        settle(shell)
        other = shell.footer.secondary_button
        assert other.width() >= other.sizeHint().width()
        assert not band.real_button.isVisible()
        assert shell.stack.y() < shell.height() // 2
    window.press_main()  # to the next task
    assert not band.real_button.isVisible()
    window.press("Large window")
    window.until(band.real_button.isVisible)


def test_in_the_panel_a_done_task_has_its_button_below_where_it_is_narrow(
    qtbot: QtBot, world: PracticeWorld, theme: Theme
) -> None:
    session = new_session(world)
    window = open_window(qtbot, session, ready(session, world), StepId.ROLES)
    window.page.services.beside.choose()
    for scale, is_below in ((1.0, False), (2.0, True), (1.0, False)):
        theme.use_text_scale(scale)
        settle(window.shell)
        shown = [one for one in window.page.findChildren(TaskPanel) if one.show_button.isVisible()]
        assert shown
        for task in shown:
            assert (task.show_button.y() >= task.line.geometry().bottom()) is is_below
