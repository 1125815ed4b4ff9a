"""Another language while something is waited for: what is said from then on is said in it, and nothing is lost."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.handover_stage import HELLO, ONCE_MORE, OpenAt, TestWindow, answer_by_eye
from tests.ui.harness import Window, open_window
from tests.ui.set_up import logged_in, session_in
from wizard.core.answers import TestOutcome, TokenOwner, with_changes
from wizard.core.facts import App
from wizard.core.flow import StepId
from wizard.i18n import language
from wizard.ui.pages.handover_test.stage import Stage
from wizard.ui.window.languages import speak_on_screen
from wizard.words.asking import sentence_for


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    yield
    language.use("en")
    speak_on_screen(qapp)


def speak(window: Window, code: str) -> None:
    language.use(code)
    window.shell.rebuild()


def until_told(window: TestWindow, step: str) -> None:
    """In the language of the window."""
    sentence = sentence_for(step, App(""))
    window.until(lambda: window.page.live.prompt.isVisible() and window.page.live.prompt.title() == sentence)


def test_a_test_goes_on_in_the_other_language(open_at: OpenAt) -> None:
    window = open_at()
    window.start_test()
    window.until_sees(HELLO)
    page, lines = window.page, window.page.live.heading.text()
    speak(window, "de")
    until_told(window, "say_hello")
    assert window.page is page, "the test was not ended for it"
    assert page.live.heading.text() not in ("", lines)
    assert page.live.waiting.isVisible()
    assert not window.sees(HELLO)
    window.world.instruct("say_hello")
    until_told(window, "ask_for_human")
    window.world.instruct("ask_for_human")
    until_told(window, "write_once_more")
    speak(window, "en")
    window.until_sees(ONCE_MORE)
    window.world.instruct("write_once_more")
    window.until_stage(Stage.OVER)
    window.until(lambda: window.page is not page)
    assert window.page.stage is Stage.OVER
    assert window.answers.test is TestOutcome.PASSED
    window.assert_restored()


def test_a_question_is_asked_in_the_other_language(open_at: OpenAt) -> None:
    window = open_at(owner=TokenOwner.NONE)
    window.begin()
    answer_by_eye(window, {"say_hello": HELLO})
    window.until(lambda: window.page.live.question.asked is not None and bool(window.page.live.question.asked.choices))
    asked = window.page.live.question.asked
    assert asked is not None
    before = asked.text
    speak(window, "de")
    question = window.page.live.question
    assert question.isVisible()
    assert question.asked is asked, "nobody is asked twice"
    assert question.text.text() not in ("", before)
    assert [button.text() for button in question.buttons.values()] == [choice.text for choice in asked.choices]
    assert asked.choices[0].text == sentence_for(asked.choices[0].id, App(""))
    window.shell.footer.secondary_button.click()
    window.until_stage(Stage.READY)


def test_the_message_is_looked_for_in_the_other_language_too(open_at: OpenAt) -> None:
    window = open_at()
    window.begin()
    code, page, doing = window.page.code.qr.text(), window.page, window.page.progress.title()
    speak(window, "de")
    window.until(lambda: window.page is not page and window.page.is_busy)
    assert window.page.code.qr.text() == code
    assert window.page.progress.title() not in ("", doing)
    window.send_code()
    window.until_stage(Stage.READY)


def test_the_live_chat_is_looked_for_in_the_other_language_too(qtbot: QtBot, world: PracticeWorld) -> None:
    session = session_in(world, "happy-routing")
    answers = with_changes(logged_in(session, world), live_chat=None)
    window = open_window(qtbot, session, answers, StepId.APPS)
    window.page.live_chat.cards.choose("find")
    find = window.page.find_panel
    code = find.row.qr.text()
    find.search()
    window.until(find.progress.isVisible)
    doing = find.progress.title()
    speak(window, "de")
    window.until(lambda: window.page.find_panel is not find and window.page.find_panel.progress.isVisible())
    assert window.page.find_panel.row.qr.text() == code
    assert window.page.find_panel.progress.title() not in ("", doing)
    window.page.find_panel.stop()
    window.wait()
