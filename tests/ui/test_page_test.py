"""The test page: what a tester presses and sees, from the code to the result, and every way to stop."""

import errno
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QScrollArea
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.store.test_journal import ENTRY
from tests.ui.handover_stage import CLOSE, HELLO, HUMAN, NOT_BACK, ONCE_MORE, WAY_OUT, TestWindow, window_at_test
from tests.ui.hands import click, press, type_text
from tests.ui.harness import WAIT, MachineClock
from tests.ui.set_up import ready, saved, session_in, without_token
from wizard.core import limits
from wizard.core.answers import TestOutcome, TokenOwner, with_changes
from wizard.core.facts import App
from wizard.core.flow import StepId
from wizard.core.pending import PendingTest, TrialPart
from wizard.core.trial.conversation import ControlledConversation
from wizard.core.trial_result import Item, TrialOutcome
from wizard.store.journal import FileJournal
from wizard.ui.pages.handover_test.page import Stage
from wizard.ui.theme import Theme
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.notice import Tone

OpenAt = Callable[..., TestWindow]


@pytest.fixture
def open_at(qtbot: QtBot, world: PracticeWorld) -> OpenAt:
    """Return a function that opens the test page in a scenario, with a token or by eye, the App ID saved in the bot."""

    def open_window(
        scenario: str = "happy-routing", owner: TokenOwner = TokenOwner.BOT, is_saved: bool = True
    ) -> TestWindow:
        session = session_in(world, scenario)
        if is_saved:
            world.instruct("paste_app_id", copied=world.app("secondary"))
        has_token = owner is not TokenOwner.NONE
        answers = ready(session, world, owner) if has_token else saved(without_token(world), world)
        world.forget_requests()
        return window_at_test(qtbot, session, world, answers)

    return open_window


# Finding the conversation.


def test_the_code_is_shown_as_a_link_without_ref_and_nothing_is_read(open_at: OpenAt) -> None:
    window = open_at()
    code = window.page.code
    assert re.fullmatch(r"Handover test \d{4}", code.message.text())
    assert code.qr.text().endswith(f"/{window.world.page_id}?text=" + code.message.text().replace(" ", "%20"))
    assert "ref" not in code.qr.text()
    assert window.sees("Nothing is kept")
    assert window.world.calls() == []


def test_the_link_opens_messenger(open_at: OpenAt) -> None:
    window = open_at()
    click(window.page.code.link_button)
    assert window.opened == [window.page.code.qr.text()]


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


# The usual case.


def play(window: TestWindow) -> None:
    """The tester writes what the page says, and presses nothing more."""
    window.until_sees(HELLO)
    window.world.instruct("say_hello")
    window.until_sees(HUMAN)
    window.world.instruct("ask_for_human")
    window.until_sees(ONCE_MORE)
    window.world.instruct("write_once_more")
    window.until_stage(Stage.OVER)


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

    def noted(picture: object) -> None:
        show(picture)  # type: ignore[arg-type] # handed through
        if not seen or seen[-1] != live.diagram.picture.in_control:
            seen.append(live.diagram.picture.in_control)

    live.diagram.show_picture = noted  # type: ignore[method-assign] # to see each picture as it comes
    window.begin()
    play(window)
    assert "live_chat" in seen
    assert seen[-1] == "bot"
    assert all(item.mark is Mark.DONE for item in live.checklist.items())


def test_the_message_box_opens_messenger(open_at: OpenAt) -> None:
    window = open_at()
    window.start_test()
    window.until_sees(HELLO)
    click(window.page.live.prompt.action_button)
    assert window.opened[-1].endswith(window.world.page_id)


def test_part_a_alone_does_not_pass(open_at: OpenAt) -> None:
    window = open_at("bot-never-hands-over")
    window.start_test()
    window.until_sees(HELLO)
    assert window.answers.test is TestOutcome.READY


def test_who_wrote_and_sees_nothing_happen_ends_the_wait(open_at: OpenAt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SLOW_BOT", 0.5)
    window = open_at("bot-never-hands-over")
    window.start_test()
    window.until_sees(HELLO)
    assert window.sees("The wizard watches: ")
    window.world.instruct("say_hello")
    window.until_sees(HUMAN)
    assert not window.page.live.waiting.button.isVisible()  # a bot may need a moment
    window.world.instruct("ask_for_human")
    window.until_seen(window.page.live.waiting.button)
    window.press("I wrote it, nothing happens")
    window.until_stage(Stage.OVER)
    assert window.sees("did not hand over")
    assert not window.sees("The wizard watches: ")
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


# Refusals and the ways out.


def with_a_refused_probe(open_at: OpenAt) -> TestWindow:
    window = open_at("take-refused")
    window.find()
    window.begin()
    window.until_sees(HELLO)  # nobody has it: who gets the next message?
    window.world.instruct("say_hello")
    window.until_stage(Stage.OVER)
    assert window.world.owner_of() == window.world.app("primary")
    return window


def test_what_may_belong_to_another_app_is_taken_only_with_a_yes(open_at: OpenAt) -> None:
    window = open_at("take-refused")
    window.find()
    window.world.control_of("release")
    window.begin()
    window.until_sees("It may belong to another app")
    assert "POST me/take_thread_control" not in window.world.calls()


def test_a_refused_probe_says_what_to_switch_on_and_does_not_go_on(open_at: OpenAt) -> None:
    window = with_a_refused_probe(open_at)
    over = window.page.over
    assert "take control" in over.notice.text()
    assert len(window.session.tests) == 1
    assert "POST me/pass_thread_control" not in window.world.calls()
    click(over.notice.action_button)
    assert window.opened[-1].endswith("tab=advanced_messaging")


def test_after_a_refused_probe_the_bot_is_tested_only_with_a_tick(open_at: OpenAt) -> None:
    window = with_a_refused_probe(open_at)
    over = window.page.over
    over.more.open()
    assert window.sees("the conversation stays with Support Desk")
    assert not over.bot_button.isEnabled()
    window.pick("I agree")
    click(over.bot_button)
    window.until_sees(HUMAN)  # the bot has it, and keeps it for this


def test_who_chooses_to_wait_is_told_until_when_and_the_entry_stays(open_at: OpenAt) -> None:
    window = open_at("take-refused-when-held")
    window.start_test()
    window.until_sees(NOT_BACK)
    assert all(window.can_press(way) for way in WAY_OUT)
    assert not window.can_press("Go on")
    window.pick(WAY_OUT[2])
    window.press("Go on")
    window.until_stage(Stage.OVER)
    over = window.page.over
    assert over.notice.tone is Tone.INFO
    assert re.search(r"Support Desk keeps the conversation\. .+ \d\d:\d\d\.", over.notice.title())
    assert not over.ways.isVisible()
    assert len(window.session.pending_tests()) == 1
    assert window.answers.test is TestOutcome.NOT_PASSED


def test_closing_it_in_the_live_chat_is_a_way_out(open_at: OpenAt) -> None:
    window = open_at("take-refused-when-held")
    window.start_test()
    window.until_sees(NOT_BACK)
    window.pick(WAY_OUT[1])
    window.press("Go on")
    window.until_sees(CLOSE)
    window.world.instruct("close_in_live_chat")
    window.press("I have done it")
    window.until_sees(HELLO)
    assert not window.session.tests[0].is_left_elsewhere


def test_another_apps_conversation_is_taken_only_after_a_tick(open_at: OpenAt) -> None:
    window = open_at()
    window.find()
    window.world.control_of("pass", target_app_id=window.world.app("third"))
    window.begin()
    window.until_sees("Order Robot has control of this conversation now.")
    assert not window.can_press("Go on")
    window.press("Do not test")
    window.until_stage(Stage.OVER)
    assert window.world.owner_of() == window.world.app("third")


def test_trouble_at_the_start_is_said_and_the_test_can_be_started_again(open_at: OpenAt) -> None:
    window = open_at()
    window.find()
    window.world.fault("GET me/thread_owner", {"code": 190, "subcode": 463}, 1)
    window.begin()
    window.until_seen(window.page.notice)
    assert window.sees("expired")
    assert window.page.stage is Stage.READY
    assert window.world.token() not in window.page.details_text()
    window.begin()
    window.until_sees(HELLO)


def test_a_conversation_whose_test_is_still_open_is_not_tested_again(open_at: OpenAt) -> None:
    window = open_at()
    window.find()
    entry = replace(ENTRY, graph=window.world.graph_url, page_id=window.world.page_id, psid=window.world.tester)
    window.session.journal.write(entry)
    window.world.forget_requests()
    window.begin()
    window.until_seen(window.page.notice)
    assert window.sees("An earlier test of this conversation is still open.")
    assert window.page.stage is Stage.READY
    assert window.world.calls() == []
    assert list(window.session.pending_tests()) == [entry]


# Other tokens, and none.


def test_with_the_live_chats_token_part_b_runs_from_its_side(open_at: OpenAt) -> None:
    window = open_at(owner=TokenOwner.LIVE_CHAT)
    window.start_test()
    window.until_sees(HUMAN)
    window.world.instruct("ask_for_human")
    window.until_sees(ONCE_MORE)
    window.world.instruct("write_once_more")
    window.until_stage(Stage.OVER)
    assert window.answers.test is TestOutcome.PASSED
    assert [test.part for test in window.answers.tests] == [TrialPart.BOT_DOES]
    assert window.world.owner_of() == window.world.app("primary")


def test_without_a_token_it_is_tested_by_eye_and_never_called_passed(open_at: OpenAt) -> None:
    window = open_at(owner=TokenOwner.NONE)
    assert window.page.stage is Stage.READY
    assert not window.page.code.isVisible()
    window.begin()
    answer_by_eye(window, {"say_hello": HELLO})
    window.until_sees("Did Flow bot answer your “Hello”?")
    window.press("Yes")
    answer_by_eye(window, {"ask_for_human": HUMAN})
    window.until_sees("Did the conversation appear in Support Desk?")
    window.press("Yes")
    answer_by_eye(window, {"write_and_look": ONCE_MORE})
    window.until_sees("Did Flow bot answer just now?")
    window.press("No")
    answer_by_eye(window, {"close_in_live_chat": CLOSE})
    window.until_sees("Write “Hello” again. Does Flow bot answer?")
    window.press("Yes")
    window.until_stage(Stage.OVER)
    assert window.answers.test is TestOutcome.CANNOT_TELL
    assert window.world.calls() == []
    items = window.page.live.checklist.items()
    assert Item.HELLO.value in items[0].id
    assert not [item.title for item in items if item.mark is Mark.DONE], "nobody but the tester saw it"
    assert not any("even if you close this window" in item.detail for item in items)


def test_by_eye_what_nobody_saw_is_not_ticked(open_at: OpenAt) -> None:
    window = open_at(owner=TokenOwner.NONE)
    window.begin()
    answer_by_eye(window, {"say_hello": HELLO})
    window.until_sees("Did Flow bot answer your “Hello”?")
    window.press("I cannot see it")
    window.until_sees(HUMAN)
    assert window.page.live.checklist.items()[0].mark is Mark.UNKNOWN
    window.press("I cannot")
    window.until_stage(Stage.OVER)
    assert window.sees("The test was not done.")
    assert window.answers.test is TestOutcome.SKIPPED


def test_a_bot_that_talks_while_a_person_has_control_is_asked_about(open_at: OpenAt) -> None:
    window = open_at("bot-talks-beside")
    window.start_test()
    for sentence, step in ((HELLO, "say_hello"), (HUMAN, "ask_for_human"), (ONCE_MORE, "write_once_more")):
        window.until_sees(sentence)
        window.world.instruct(step)
    window.until_sees("Did Flow bot answer just now?")
    window.press("Yes")
    window.until_stage(Stage.OVER)
    assert window.sees("Flow bot handed over to Support Desk, and went on answering.")
    assert window.answers.test is TestOutcome.NOT_PASSED
    assert [test.outcome for test in window.answers.tests][-1] is TrialOutcome.TALKS_ON


def test_the_two_parts_are_announced(open_at: OpenAt) -> None:
    window = open_at()
    window.find()
    assert window.sees("Part 1 of 2")
    window.begin()
    window.until_sees(HELLO)
    assert window.sees("Part 2 of 2")


def answer_by_eye(window: TestWindow, steps: dict[str, str]) -> None:
    """steps: what the owner does -> what the page asks for."""
    for step, sentence in steps.items():
        window.until_sees(sentence)
        window.world.instruct(step)
        window.press("I have done it")


# Stopping.


def test_stop_brings_the_conversation_back_and_says_so(open_at: OpenAt) -> None:
    window = open_at()
    window.start_test()
    window.until_sees(HELLO)
    window.world.instruct("say_hello")
    window.until_sees(HUMAN)
    assert window.can_press("Stop and bring back")
    window.press_second()
    window.until_stage(Stage.READY)
    assert window.sees("stopped")
    window.assert_restored()


def test_stop_while_the_live_chat_has_it_brings_it_back(open_at: OpenAt) -> None:
    window = open_at("take-refused-when-held")
    window.start_test()
    window.until_sees(NOT_BACK)
    assert window.world.owner_of() == window.world.app("secondary")
    window.press_second()
    window.until_stage(Stage.READY)
    notice = window.page.over.notice
    assert notice.tone is Tone.PROBLEM
    assert window.can_press("Bring it back")
    assert len(window.session.pending_tests()) == 1


def test_going_back_waits_until_the_conversation_is_back(open_at: OpenAt) -> None:
    window = open_at()
    window.start_test()
    window.until_sees(HELLO)
    window.press("Back")
    assert window.shell.overlay.isVisible()
    assert "Bringing the conversation back" in window.shell.overlay.sentence()
    window.until(lambda: window.shell.page.step is StepId.BOT_SETTINGS)
    window.assert_restored()


def test_closing_the_window_brings_it_back_first(open_at: OpenAt) -> None:
    window = open_at()
    window.start_test()
    window.until_sees(HELLO)
    window.close_when_restored()


def test_a_call_that_hangs_is_abandoned_when_the_window_closes(open_at: OpenAt) -> None:
    window = open_at()
    window.find()
    window.world.fault("POST me/pass_thread_control", "timeout", 1)
    window.begin()
    window.until(lambda: any(entry.passed_at for entry in window.session.pending_tests()))
    window.close_when_restored()


def test_what_cannot_be_brought_back_while_closing_is_said_in_a_box_that_stays(open_at: OpenAt) -> None:
    window = open_at("take-refused-when-held")
    window.start_test()
    window.until_sees(NOT_BACK)
    with window.qtbot.waitSignal(window.shell.closed, timeout=WAIT):
        window.shell.close()
    boxes = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox)]
    assert len(boxes) == 1
    assert "next start" in boxes[0].text()
    boxes[0].close()
    assert len(window.session.pending_tests()) == 1


def test_closing_before_anything_was_changed_closes_at_once(open_at: OpenAt) -> None:
    window = open_at()
    window.begin()
    with window.qtbot.waitSignal(window.shell.closed, timeout=1_000):
        window.shell.close()


def stop_while_facebook_is_slow(window: TestWindow) -> None:
    """Press Stop; the reading with which bringing back begins hangs for a few seconds."""
    window.start_test()
    window.until_sees(HELLO)
    window.world.fault("GET me/thread_owner", "timeout", 1)
    window.press_second()
    assert window.page.stage is Stage.RESTORE
    assert window.session.pending_tests()


def test_closing_the_window_while_it_is_brought_back_waits_for_that(open_at: OpenAt) -> None:
    window = open_at()
    stop_while_facebook_is_slow(window)
    window.close_when_restored()


def test_going_back_while_it_is_brought_back_waits_for_that(open_at: OpenAt) -> None:
    window = open_at()
    stop_while_facebook_is_slow(window)
    window.press("Back")
    assert window.shell.overlay.isVisible()
    window.until(lambda: window.shell.page.step is StepId.BOT_SETTINGS)
    window.assert_restored()


def test_closing_while_one_goes_back_waits_for_the_same(open_at: OpenAt) -> None:
    window = open_at()
    stop_while_facebook_is_slow(window)
    window.press("Back")
    window.close_when_restored()


def test_bringing_back_that_is_cut_off_is_said_to_be_open(open_at: OpenAt) -> None:
    window = open_at()
    stop_while_facebook_is_slow(window)
    window.runner.stop_all(10)
    window.until_stage(Stage.READY)
    assert window.page.over.notice.tone is Tone.PROBLEM
    assert len(window.session.pending_tests()) == 1


class FullDisk(FileJournal):
    """A journal whose disk is full from the moment the pass is noted, until `is_full` is set to False."""

    is_full = True

    def write(self, entry: PendingTest) -> None:
        if entry.passed_at and self.is_full:
            raise OSError(errno.ENOSPC, "No space left on device")
        super().write(entry)


def test_a_full_disk_in_the_middle_brings_the_conversation_back_and_is_said(open_at: OpenAt) -> None:
    window = open_at()
    window.session.journal = FullDisk(window.session.places.journal)
    window.start_test()
    window.until_seen(window.page.notice)
    assert window.page.stage is Stage.READY
    assert window.sees("went wrong")
    assert "OSError" in window.page.details_text()
    window.assert_restored()


def test_a_mistake_of_the_program_after_the_pass_brings_the_conversation_back(
    open_at: OpenAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_at()
    window.find()
    passed = ControlledConversation.pass_to

    def passed_then_broken(thread: ControlledConversation, app: App, words: str) -> None:
        passed(thread, app, words)
        assert window.world.owner_of() == window.world.app("secondary")
        raise ZeroDivisionError

    monkeypatch.setattr(ControlledConversation, "pass_to", passed_then_broken)
    window.begin()
    window.until_seen(window.page.notice)
    assert "ZeroDivisionError" in window.page.details_text()
    window.assert_restored()
    assert window.sees("Flow bot has the conversation again.")


def test_a_mistake_of_the_program_while_bringing_back_is_said_and_keeps_the_entry(
    open_at: OpenAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_at()
    window.find()

    def breaks(*_given: object) -> None:
        raise OverflowError

    monkeypatch.setattr(ControlledConversation, "take", breaks)
    window.begin()
    window.until_seen(window.page.notice)
    assert "OverflowError" in window.page.details_text()
    assert window.sees("It is not known whether the conversation is back.")
    assert len(window.session.pending_tests()) == 1


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
