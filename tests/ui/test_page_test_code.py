"""The test page before a test: finding the tester’s conversation by its code."""

import re

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.handover_stage import HELLO, OpenAt, TestWindow, window_at_test
from tests.ui.hands import click
from tests.ui.harness import MachineClock
from tests.ui.set_up import app_of, ready, session_in_life
from wizard.core import limits
from wizard.core.answers import with_changes
from wizard.core.facts import Conversation
from wizard.ui.pages.handover_test.stage import Stage


def test_the_code_is_shown_as_a_link_without_ref_and_nothing_is_read(open_at: OpenAt) -> None:
    window = open_at()
    code = window.page.code
    assert re.fullmatch(r"Handover test \d{4}", code.message.text())
    assert code.qr.text().endswith(f"/{window.world.page_id}?text=" + code.message.text().replace(" ", "%20"))
    assert "ref" not in code.qr.text()
    assert window.sees("Nothing is kept")
    assert window.world.calls() == []


def test_the_code_is_copied_by_a_button(qtbot: QtBot, world: PracticeWorld) -> None:
    session = session_in_life(world)
    window = window_at_test(qtbot, session, world, ready(session, world))
    code = window.page.code.message.text()
    window.press(f"Copy {code}")
    window.until_sees(f"Copied: {code}")
    assert QGuiApplication.clipboard().text() == code


def test_in_practice_opening_messenger_is_the_filled_button_until_it_was_done(open_at: OpenAt) -> None:
    window = open_at()
    opener, main = window.page.code.row.opener.button, window.shell.next_button
    assert (opener.property("kind"), main.property("kind")) == ("primary", "")
    click(opener)
    assert (opener.property("kind"), main.property("kind")) == ("", "primary")


def test_the_link_opens_messenger(open_at: OpenAt) -> None:
    window = open_at()
    click(window.page.code.row.opener.button)
    assert window.opened == [window.page.code.qr.text()]


def test_who_opens_messenger_here_presses_nothing_more(open_at: OpenAt) -> None:
    window = open_at()
    click(window.page.code.row.opener.button)
    window.send_code()
    window.until_stage(Stage.READY)
    assert "Robin Tester" in window.page.found.text()


def test_a_conversation_that_was_shown_before_is_used_again(open_at: OpenAt) -> None:
    window = open_at()
    window.find()
    window.session.own_conversation = Conversation("t_1", 1.0, window.world.tester, "Robin Tester")
    window.page.show_answers(with_changes(window.answers, live_chat=app_of(window.world, "third")))
    window.until_stage(Stage.READY)
    assert window.page.found.text() == "Found your conversation: Robin Tester"
    window.press("This is not me: find another conversation")
    window.until_stage(Stage.CODE)
    assert window.session.own_conversation is None


def test_nearly_the_right_message_is_asked_about_after_a_while(open_at: OpenAt) -> None:
    window = open_at()
    window.begin()
    window.world.write("Handover test 1544")
    window.until(lambda: "GET {conversation}/messages" in window.world.calls())
    pass_time(window, limits.NEAR_MISS + 1)
    window.until_stage(Stage.CHOOSE)
    assert window.sees("We see a message “…1544”. Is it yours?")
    window.pick("Robin Tester")
    window.pick("I agree")
    assert window.shell.next_button.isEnabled()


def test_one_press_finds_the_message(open_at: OpenAt) -> None:
    window = open_at()
    window.find()
    assert "Robin Tester" in window.page.found.text()
    assert window.main() == "Start the test"
    assert window.sees("stays with Support Desk")


def test_looking_can_be_stopped_and_the_code_stays(open_at: OpenAt) -> None:
    window = open_at()
    before = window.page.code.qr.text()
    window.begin()
    window.press("Stop")
    window.until(lambda: not window.page.is_busy)
    assert window.page.stage is Stage.CODE
    assert window.page.code.qr.text() == before


def test_two_people_with_the_same_code_are_asked_about(open_at: OpenAt) -> None:
    window = open_at("same-code-twice")
    window.begin()
    window.send_code()
    window.until_stage(Stage.CHOOSE)
    assert window.sees("Two people")
    assert not window.shell.next_button.isEnabled()
    window.pick("Robin Tester")
    assert not window.shell.next_button.isEnabled()
    assert window.sees("The test uses the conversation with Robin Tester.")
    window.pick("I agree")
    assert window.shell.next_button.isEnabled()


def test_another_choice_takes_the_tick_back(open_at: OpenAt) -> None:
    window = open_at("same-code-twice")
    window.begin()
    window.send_code()
    window.until_stage(Stage.CHOOSE)
    window.pick("Robin Tester")
    window.pick("I agree")
    window.pick("Maria Keller")
    assert not window.is_picked("I agree")
    assert not window.shell.next_button.isEnabled()


def test_no_right_to_read_leads_to_the_list_and_the_test_runs_from_there(open_at: OpenAt) -> None:
    window = open_at("no-message-access")
    window.begin()
    window.send_code()
    window.until_stage(Stage.CHOOSE)
    assert window.sees("may not read messages")
    window.pick("Robin Tester")
    window.pick("I agree")
    window.begin()
    window.until_sees(HELLO)
    assert window.page.stage is Stage.RUNNING


def test_nothing_is_looked_for_while_the_window_is_hidden(open_at: OpenAt) -> None:
    window = open_at()
    window.shell.hide()
    window.page.primary()
    window.qtbot.wait(400)
    assert "GET me/conversations" not in window.world.calls()
    window.shell.show()
    window.send_code()
    window.until_stage(Stage.READY)


def pass_time(window: TestWindow, seconds: float) -> None:
    clock = window.session.clock
    assert isinstance(clock, MachineClock)
    clock.ahead += seconds


def until_the_list(window: TestWindow) -> None:
    """Nobody sends the code for two minutes."""
    window.begin()
    window.until(lambda: "GET me/conversations" in window.world.calls())
    pass_time(window, limits.MESSAGE + 1)
    window.until_stage(Stage.CHOOSE)


def test_beside_the_list_it_goes_on_looking_for_the_message(open_at: OpenAt) -> None:
    window = open_at()
    until_the_list(window)
    assert window.sees("goes on looking")
    window.send_code()
    window.until_stage(Stage.READY)
    assert "Robin Tester" in window.page.found.text()


def test_after_five_minutes_it_stops_looking_and_says_so(open_at: OpenAt) -> None:
    window = open_at()
    until_the_list(window)
    pass_time(window, limits.SEARCH - limits.MESSAGE + 1)
    window.until_sees("stopped looking")
    assert not window.runner.is_busy
    window.press_second()
    assert window.page.stage is Stage.CODE
    window.send_code()
    window.until_stage(Stage.READY)


def test_leaving_the_list_stops_looking(open_at: OpenAt) -> None:
    window = open_at()
    until_the_list(window)
    window.press("Back")
    window.until(lambda: not window.runner.is_busy)
