"""Help stands beside the page: it is searched, explains errors, and leaves the page usable."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.simulator.world import PracticeWorld
from tests.ui import demo, harness
from tests.ui.hands import click, press, type_text
from tests.ui.harness import open_window
from tests.ui.set_up import new_session
from wizard.core.flow import StepId
from wizard.ui.services import Services
from wizard.ui.theme import Theme
from wizard.ui.window.help_drawer import HelpDrawer
from wizard.ui.window.shell import Shell
from wizard.words import help_texts


def opened(qtbot: QtBot, shell: Shell, width: int = 1366) -> HelpDrawer:
    shell.resize(width, 720)
    qtbot.waitUntil(lambda: shell.width() == width)
    press(shell.page, Qt.Key.Key_F1)
    drawer = shell.help_panel
    assert drawer is not None
    qtbot.waitUntil(drawer.isVisible)
    return drawer


def left_of(widget: QWidget, shell: Shell) -> int:
    return widget.mapTo(shell, QPoint()).x()


@pytest.mark.parametrize("width", [1366, 1040])
def test_the_page_stays_whole_beside_it(qtbot: QtBot, shell: Shell, width: int) -> None:
    drawer = opened(qtbot, shell, width)
    qtbot.waitUntil(lambda: left_of(drawer, shell) + drawer.width() == width)
    end = left_of(drawer, shell)

    def is_whole(part: QWidget) -> bool:
        return left_of(part, shell) + part.width() <= end

    for part in (shell.page, shell.next_button):
        qtbot.waitUntil(partial(is_whole, part))
    assert shell.is_narrow is (width == 1040)
    click(shell.back_button)  # the page is not locked
    assert shell.page.step is StepId.ROLES
    assert drawer.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F1])
@pytest.mark.parametrize("width", [1366, 600])
def test_a_key_closes_it_and_the_keyboard_goes_back(qtbot: QtBot, services: Services, width: int, key: Qt.Key) -> None:
    shell = demo.make_shell(services, start=StepId.APPS)
    qtbot.addWidget(shell)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    before = shell.page.first_field()
    assert before is not None
    before.setFocus()
    drawer = opened(qtbot, shell, width)
    qtbot.waitUntil(drawer.explain.text.hasFocus)
    press(drawer.explain.text, key)
    assert not drawer.isVisible()
    qtbot.waitUntil(before.hasFocus)


def test_in_a_narrow_window_it_lies_over_the_page_and_keeps_the_keyboard(qtbot: QtBot, shell: Shell) -> None:
    drawer = opened(qtbot, shell, 600)
    qtbot.waitUntil(lambda: left_of(drawer, shell) + drawer.width() == 600)
    qtbot.waitUntil(lambda: shell.footer.width() == 600)
    for _press in range(40):
        press(shell.focusWidget(), Qt.Key.Key_Tab)
        assert drawer.isAncestorOf(shell.focusWidget())


def test_what_is_typed_is_looked_for_in_help_symptoms_and_errors(qtbot: QtBot, shell: Shell) -> None:
    drawer = opened(qtbot, shell)
    type_text(drawer.explain.text, "app id")
    qtbot.waitUntil(lambda: "The App ID" in drawer.found())
    drawer.explain.text.setPlainText("bot does not answer")
    qtbot.waitUntil(lambda: any("Somebody answered this customer by hand" in title for title in drawer.found()))
    drawer.explain.text.setPlainText("zzzz")
    qtbot.waitUntil(lambda: drawer.found() == [])


def test_an_error_is_explained_in_it_on_any_page_and_a_token_is_hidden(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    drawer = opened(qtbot, window.shell)
    QGuiApplication.clipboard().setText(f"(#10) code 10, subcode 2018300 access_token={world.token()}")
    drawer.explain.text.paste()
    assert world.token() not in drawer.explain.text.toPlainText()
    with qtbot.waitSignal(drawer.explain.explained, timeout=5_000):
        press(drawer.explain.text, Qt.Key.Key_Return)
    assert [card.explained.number for card in drawer.explain.cards] == ["10/2018300"]
    assert drawer.explain.cards[0].explained.title not in drawer.found()
    assert window.step() is StepId.LOG_IN  # Enter in Help presses nothing of the page


def test_it_follows_the_page(qtbot: QtBot, shell: Shell) -> None:
    drawer = opened(qtbot, shell)
    shell.go_to(StepId.APPS)
    about = help_texts.topic("apps")
    assert about is not None
    assert drawer.sentences()[0] == about.title
    assert shell.page.isAncestorOf(shell.focusWidget())


def test_another_language_keeps_what_was_asked(qtbot: QtBot, shell: Shell) -> None:
    drawer = opened(qtbot, shell)
    drawer.explain.text.setPlainText("app id")
    shell.rebuild()
    anew = shell.help_panel
    assert anew is not None
    assert anew is not drawer
    assert anew.isVisible()
    assert anew.explain.text.toPlainText() == "app id"


def at_apps(qtbot: QtBot, services: Services) -> Shell:
    shell = demo.make_shell(services, start=StepId.APPS)
    qtbot.addWidget(shell)
    harness.show(qtbot, shell)
    return shell


def first_field(shell: Shell) -> QWidget:
    field = shell.page.first_field()
    assert field is not None
    return field


ANEW = pytest.mark.parametrize("make_anew", [Shell.rebuild, Shell.rebuild_pages], ids=["language", "instructions"])


@ANEW
def test_what_is_made_anew_beside_it_leaves_the_keyboard_on_the_page(
    qtbot: QtBot, services: Services, make_anew: Callable[[Shell], None]
) -> None:
    shell = at_apps(qtbot, services)
    opened(qtbot, shell)
    first_field(shell).setFocus()
    page = shell.page
    make_anew(shell)
    qtbot.waitUntil(lambda: shell.page is not page)
    assert shell.help.is_open
    assert shell.focusWidget() is first_field(shell)


@ANEW
@pytest.mark.parametrize("width", [1366, 600])
def test_what_is_made_anew_leaves_the_keyboard_in_it_and_gives_it_back_to_the_page(
    qtbot: QtBot, services: Services, make_anew: Callable[[Shell], None], width: int
) -> None:
    shell = at_apps(qtbot, services)
    first_field(shell).setFocus()
    opened(qtbot, shell, width).about_button.setFocus()
    page = shell.page
    make_anew(shell)
    qtbot.waitUntil(lambda: shell.page is not page)  # Help reads what was imported, and a page at work waits
    drawer = shell.help_panel
    assert drawer is not None
    assert shell.help.is_open
    assert shell.focusWidget() is drawer.about_button
    press(drawer.about_button, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert shell.focusWidget() is first_field(shell)


def test_it_fits_large_text_on_a_small_screen(qtbot: QtBot, shell: Shell, theme: Theme) -> None:
    theme.use_text_scale(2.0)
    drawer = opened(qtbot, shell, 800)
    shell.resize(800, 560)
    qtbot.waitUntil(lambda: drawer.geometry().bottom() + 1 == 560)
    for part in (drawer.close_button, drawer.explain.explain_button):
        assert drawer.rect().contains(part.mapTo(drawer, part.rect().bottomRight()))


def test_every_topic_is_found_by_its_title() -> None:
    for step in StepId:
        about = help_texts.topic(step.value)
        assert about is not None
        assert about in help_texts.search(about.title)
    for entry in help_texts.glossary():
        assert entry in help_texts.search(entry.title)


def test_the_field_stays_three_lines_high_when_the_text_grows(qtbot: QtBot, shell: Shell, theme: Theme) -> None:
    shell.show_help()
    assert shell.help_panel is not None
    field = shell.help_panel.explain.text
    for scale in (2.0, 1.0, 1.5):
        theme.use_text_scale(scale)
        settle(shell)
        assert field.viewport().height() >= 3 * field.fontMetrics().lineSpacing()
