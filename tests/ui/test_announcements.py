"""What comes of a press is heard: the sentence that a person with eyes reads on the screen, or the page it leads to."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui import demo, harness
from tests.ui.check_screen import open_check
from tests.ui.handover_stage import HUMAN, ONCE_MORE, OpenAt, TestWindow, window_at_test
from tests.ui.hands import click, press, type_text
from tests.ui.harness import AT_LOG_IN, STARTED, open_window
from tests.ui.left_behind import Left, in_scenario
from tests.ui.set_up import logged_in, new_session, ready, session_in
from wizard.core.answers import Answers, with_changes
from wizard.core.flow import StepId
from wizard.ui.pages.apps.choose_app import OTHER
from wizard.ui.pages.handover_test.stage import Stage
from wizard.ui.services import Services
from wizard.words import products


@pytest.fixture
def left(qtbot: QtBot, world: PracticeWorld) -> Left:
    return in_scenario(qtbot, world, "happy-routing")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told, in order."""
    texts: list[str] = []

    def made(widget: QWidget, text: str) -> QAccessibleAnnouncementEvent:
        texts.append(text)
        return QAccessibleAnnouncementEvent(widget, text)

    monkeypatch.setattr("wizard.ui.accessible.QAccessibleAnnouncementEvent", made)
    return texts


def assert_heard(heard: list[str], *parts: str) -> None:
    for part in parts:
        assert [text for text in heard if part in text], f"{part!r} is not heard, but {heard}"
    heard.clear()


def test_the_first_page_is_told_after_what_has_the_keyboard(
    qtbot: QtBot, services: Services, heard: list[str], qapp: QApplication
) -> None:
    order: list[str] = []
    qapp.focusChanged.connect(lambda _before, now: order.append("keyboard") if now is not None else None)
    shell = demo.make_shell(services)
    qtbot.addWidget(shell)
    assert heard == []
    harness.show(qtbot, shell)
    qtbot.waitUntil(lambda: bool(heard))
    assert order
    assert shell.page.title() in heard[0]
    assert len(heard) == 1


def test_the_narrow_header_says_what_is_open_beside_the_route(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world), STARTED, StepId.WELCOME)
    window.shell.resize(600, 700)
    qtbot.waitUntil(lambda: window.shell.is_narrow)
    window.shell.open_aside("check")
    window.wait()
    assert window.page.title() in window.shell.header.menu_button.accessibleName()


def test_a_token_that_is_taken_tells_whose_page_it_is(qtbot: QtBot, world: PracticeWorld, heard: list[str]) -> None:
    window = open_window(qtbot, new_session(world), AT_LOG_IN, StepId.LOG_IN)
    heard.clear()
    window.paste_token(world.token("page"))
    assert_heard(heard, "Logged in to Lumen Coffee")
    window.press_main()
    assert_heard(heard, window.page.title())


def test_a_token_that_is_refused_is_told_once(qtbot: QtBot, world: PracticeWorld, heard: list[str]) -> None:
    window = open_window(qtbot, new_session(world), AT_LOG_IN, StepId.LOG_IN)
    heard.clear()
    window.paste_token(world.token("expired"))
    problem = window.page.notice.title()
    assert problem
    assert len([text for text in heard if problem in text]) == 1


def test_enter_in_the_token_field_acts_once(qtbot: QtBot, world: PracticeWorld, heard: list[str]) -> None:
    window = open_window(qtbot, new_session(world), AT_LOG_IN, StepId.LOG_IN)
    line = window.page.entry.secret.line
    type_text(line, world.token("page")[:40])
    heard.clear()
    press(line, Qt.Key.Key_Return)
    window.wait()
    problem = window.page.entry.field.problem() or window.page.notice.title()
    assert problem
    assert len([text for text in heard if problem in text]) == 1


def test_an_app_that_is_looked_up_is_told_and_has_the_keyboard(
    qtbot: QtBot, world: PracticeWorld, heard: list[str]
) -> None:
    session = session_in(world, "new-page")
    answers = with_changes(logged_in(session, world), live_chat=None)
    window = open_window(qtbot, session, answers, StepId.APPS)
    question = window.page.live_chat
    if not question.is_typing:
        click(question.cards.card(OTHER))
    type_text(question.by_id.line, world.app("secondary"))
    heard.clear()
    window.press("Check this number")
    window.wait()
    assert_heard(heard, "Chosen: Support Desk")
    assert QApplication.focusWidget() is question.cards.card(world.app("secondary"))


def test_the_pages_of_the_route_are_told(qtbot: QtBot, world: PracticeWorld, heard: list[str]) -> None:
    session = session_in(world, "happy-routing")
    window = open_window(qtbot, session, ready(session, world), StepId.ROLES)
    for step in (StepId.APP_ID, StepId.BOT_SETTINGS, StepId.TEST):
        heard.clear()
        window.shell.go_to(step)
        window.wait()
        assert_heard(heard, window.page.title())


def test_a_message_that_is_found_is_told(open_at: OpenAt, heard: list[str]) -> None:
    window = open_at()
    heard.clear()
    window.find()
    assert window.page.stage is Stage.READY
    assert_heard(heard, "Found your conversation")


def test_recovery_tells_which_token_it_needs_and_then_who_has_the_conversation(
    qtbot: QtBot, left: Left, heard: list[str]
) -> None:
    window = window_at_test(qtbot, left.session, left.world, left.answers)
    left.die_after_pass()
    left.session.tokens.forget(left.answers.token_name)
    heard.clear()
    window.open_recovery()
    assert_heard(heard, "paste the Page token of Lumen Coffee")
    assert QApplication.focusWidget() is window.recovery.token.secret.line
    window.paste_token(left.world.token("page"))
    assert_heard(heard, "Support Desk has the conversation")


def test_what_a_check_comes_to_is_told(qtbot: QtBot, world: PracticeWorld, heard: list[str]) -> None:
    screen = open_check(qtbot, new_session(world))
    heard.clear()
    screen.give_token(world.token("page"))
    assert_heard(heard, screen.page.details.headline.title())


@pytest.fixture
def results(heard: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told but for the work that begins, which is no result."""
    monkeypatch.setattr("wizard.ui.widgets.progress_line.announce", lambda _widget, _text: None)
    return heard


def test_each_press_on_the_route_is_followed_by_its_result(
    qtbot: QtBot, world: PracticeWorld, results: list[str]
) -> None:
    window = open_window(qtbot, session_in(world, "new-page"), Answers(), StepId.WELCOME)

    def told(do: Callable[[], None], what: str = "") -> None:
        what, title = what or window.main(), window.page.title()
        results.clear()
        do()
        window.wait()
        assert results, f"nothing is told after “{what}” on “{title}”"
        if window.page.title() != title:
            assert [text for text in results if window.page.title() in text], f"after “{what}”: {results}"
        assert len(set(results)) == len(results), f"told twice after “{what}”: {results}"

    told(window.begin)
    for product in ("Flow.ai", products.unknown()[0]):
        told(partial(window.pick, product), product)
    window.pick("I have a token")
    told(partial(window.paste_token, world.token("page")), "Paste")
    told(window.begin)
    window.pick("Type its App ID")
    window.type_into("App ID of your live chat", world.app("secondary"))
    while window.step() is StepId.APPS:
        told(window.begin)
    world.instruct("default_app")
    world.instruct("take_control_bot")
    while window.step() is StepId.ROLES:
        told(window.begin)
    told(partial(window.press, copy := "Copy it and open your bot’s settings"), copy)
    world.instruct("paste_app_id", copied=world.app("secondary"))
    told(window.begin)
    assert window.step() is StepId.TEST
    test = TestWindow(qtbot, window.shell, window.session, window.runner, window.opened, world)
    told(test.find)
    results.clear()
    test.begin()
    for asked, step in ((HUMAN, "ask_for_human"), (ONCE_MORE, "write_once_more")):  # it has seen the bot say hello
        test.until_sees(asked)
        world.instruct(step)
    test.until_stage(Stage.OVER)
    for part in (HUMAN, ONCE_MORE, test.page.over.notice.title()):
        assert [text for text in results if part in text], f"{part!r} is not told, but {results}"
    told(window.begin)
    assert window.step() is StepId.FINISHED
