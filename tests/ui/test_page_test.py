"""The test page: what a tester presses and sees, from the start of a test to its result."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QScrollArea

from tests.ui.handover_stage import HELLO, HUMAN, OpenAt, play
from tests.ui.hands import click, press, type_text
from wizard.core import limits
from wizard.core.answers import TestOutcome, with_changes
from wizard.core.flow import StepId, StepState
from wizard.core.pending import TrialPart
from wizard.ui.pages.handover_test.stage import Stage
from wizard.ui.theme import Theme
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.notice import Tone

# The usual case.


def test_one_press_runs_both_parts_and_passes(open_at: OpenAt) -> None:
    window = open_at()
    window.start_test()
    play(window)
    assert window.answers.test is TestOutcome.PASSED
    assert [test.part for test in window.session.tests] == [TrialPart.FACEBOOK_ALLOWS, TrialPart.BOT_DOES]
    assert window.page.over.notice.tone is Tone.OK
    assert window.sees("Your bot handed over to Support Desk by itself.")
    window.assert_restored()


def test_after_the_test_next_leads_on(open_at: OpenAt) -> None:
    window = open_at()
    window.start_test()
    play(window)
    window.begin()
    assert window.shell.page.step is StepId.FINISHED


def test_the_badge_moves_to_who_has_control(open_at: OpenAt) -> None:
    window = open_at()
    seen: list[str] = []
    window.find()
    live = window.page.live
    show = live.diagram.show_picture

    def noted(picture: Any) -> None:
        show(picture)
        if not seen or seen[-1] != live.diagram.picture.in_control:
            seen.append(live.diagram.picture.in_control)

    live.diagram.show_picture = noted  # type: ignore[method-assign] # to see each picture as it comes
    window.begin()
    play(window)
    assert "live_chat" in seen
    assert seen[-1] == "bot"
    assert all(item.mark is Mark.DONE for item in live.checklist.items())


def test_while_nothing_is_to_be_done_it_says_so_and_judges_nothing(open_at: OpenAt) -> None:
    window = open_at()
    window.start_test()
    window.until_sees("There is nothing for you to do now.")
    window.until_sees(HELLO)
    assert not window.sees("There is nothing for you to do now.")
    assert window.answers.test is TestOutcome.READY  # of part 1: the test is not over
    stops = {stop.step: (stop.state, stop.can_open) for stop in window.shell._rows}
    assert stops[StepId.TEST] == (StepState.RUNNING, True)
    assert stops[StepId.FINISHED] == (StepState.NOT_DONE, False)
    titles = [item.title for item in window.page.live.checklist.items() if item.mark is Mark.DONE]
    assert not any("has the conversation" in title for title in titles), "only one app has it now"
    play(window)
    assert window.shell._rows[-1].can_open


def test_the_message_box_opens_messenger(open_at: OpenAt) -> None:
    window = open_at()
    window.start_test()
    window.until_sees(HELLO)
    assert window.page.live.prompt.action_button.text() == "Open the practice Messenger"
    assert "Open the practice Messenger" in window.filled()
    click(window.page.live.prompt.action_button)
    assert window.opened[-1].endswith(window.world.page_id)


def test_part_a_alone_does_not_pass(open_at: OpenAt) -> None:
    window = open_at("bot-never-hands-over")
    window.start_test()
    window.until_sees(HUMAN)
    assert window.answers.test is TestOutcome.READY


def test_who_wrote_and_sees_nothing_happen_ends_the_wait(open_at: OpenAt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SLOW_BOT", 0.5)
    window = open_at("bot-never-hands-over")
    window.start_test()
    window.until_sees(HUMAN)
    assert window.sees("After that you can try again.")
    assert window.sees("Waiting for your message, and for your bot to hand over: ")
    assert not window.page.live.waiting.button.isVisible()  # a bot may need a moment
    window.world.instruct("ask_for_human")
    window.until_seen(window.page.live.waiting.button)
    window.until_sees("Your message has arrived. Waiting for your bot")
    window.press("I wrote it, nothing happens")
    window.until_stage(Stage.OVER)
    assert window.sees("did not hand over")
    by_item = {item.id.split()[-1]: item for item in window.page.live.checklist.items()}
    assert (by_item["human"].title, by_item["human"].mark) == ("You asked for a person", Mark.DONE)
    assert by_item["arrived"].mark is Mark.PROBLEM
    assert not window.sees("Waiting for your message")
    assert window.answers.test is TestOutcome.NOT_PASSED
    window.assert_restored()


def test_a_wrong_app_is_named_and_the_question_is_on_the_page(open_at: OpenAt) -> None:
    window = open_at(is_saved=False)
    window.world.instruct("paste_app_id", copied=window.world.app("third"))
    window.start_test()
    window.until_sees(HELLO)
    window.world.instruct("say_hello")
    window.until_sees(HUMAN)
    window.world.instruct("ask_for_human")
    window.until_sees("Order Robot has control now. Somebody may be answering there.")
    window.press("Bring it back")
    window.until_stage(Stage.OVER)
    assert window.answers.test is TestOutcome.NOT_PASSED
    assert window.sees("The conversation went to Order Robot, not to Support Desk.")
    assert window.world.owner_of() == window.world.app("primary")


def test_after_a_quiet_day_the_code_counts_as_hello(open_at: OpenAt) -> None:
    window = open_at("wrong-id-saved")
    window.start_test()
    window.until_sees(HUMAN)
    by_item = {item.id: item for item in window.page.live.checklist.items()}
    hello = by_item["bot_does hello"]
    assert (hello.title, hello.mark) == ("Flow bot got your message", Mark.DONE)


def test_a_third_app_that_got_the_code_is_drawn_and_ends_the_test_at_once(open_at: OpenAt) -> None:
    window = open_at("social-route-elsewhere")
    window.start_test()
    window.until_stage(Stage.OVER)
    assert window.sees("Order Robot got the first message, not Flow bot.")
    assert [party.name for party in window.page.live.diagram.picture.parties][-1] == "Order Robot"
    assert window.page.live.diagram.picture.in_control == "third"
    assert not window.page.live.checklist.items()
    assert window.main() == "Fix it"
    window.begin()
    assert window.shell.page.step is StepId.ROLES


# Skipping, going back and forth, keyboard.


def test_skipping_needs_a_reason_that_is_kept(open_at: OpenAt) -> None:
    window = open_at()
    skip = window.page.skip
    window.press(skip.fold.button)
    window.press(skip.button)
    assert skip.field.problem()
    type_text(skip.field.line, "I test it tomorrow")
    press(skip.field.line, Qt.Key.Key_Return)
    assert window.shell.page.step is StepId.FINISHED
    assert window.answers.test is TestOutcome.SKIPPED
    assert window.answers.test_skipped_because == "I test it tomorrow"


def test_another_live_chat_starts_the_page_afresh(open_at: OpenAt) -> None:
    window = open_at()
    window.find()
    code = window.page.code.qr.text()
    other = with_changes(window.answers, live_chat=window.session.apps(window.answers)[0])
    window.page.show_answers(other)
    assert window.page.stage is Stage.CODE
    assert window.page.code.qr.text() != code


def test_everything_on_the_page_has_a_name(open_at: OpenAt) -> None:
    window = open_at("same-code-twice")
    window.begin()
    window.send_code()
    window.until_stage(Stage.CHOOSE)
    window.pick("Robin Tester")
    nameless = [
        button
        for button in window.page.findChildren(QAbstractButton)
        if button.isVisible() and not (button.accessibleName() or button.text())
    ]
    assert nameless == []


def test_the_keyboard_stays_on_the_page_while_the_main_button_is_off(open_at: OpenAt) -> None:
    window = open_at()
    window.shell.activateWindow()
    window.until(window.shell.isActiveWindow)
    window.shell.next_button.setFocus()
    window.begin()
    focused = window.shell.focusWidget()
    assert focused is not None
    assert window.page.isAncestorOf(focused)
    window.send_code()
    window.until_stage(Stage.READY)


def test_twice_the_text_size_needs_no_scrolling_sideways(open_at: OpenAt, theme: Theme) -> None:
    theme.use_text_scale(2.0)
    window = open_at("no-message-access")
    window.shell.resize(1024, 640)
    area = window.page.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    assert area is not None
    bar = area.horizontalScrollBar()
    window.until(lambda: bar.maximum() == bar.minimum())
    window.begin()
    window.send_code()
    window.until_stage(Stage.CHOOSE)
    window.pick("Robin Tester")
    window.until(lambda: bar.maximum() == bar.minimum())
    window.pick("I agree")
    window.begin()
    window.until_sees(HELLO)
    window.until(lambda: bar.maximum() == bar.minimum())
