"""The test page where Facebook refuses, where another token is given, and where there is none."""

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tests.store.examples import ENTRY
from tests.store.other_processes import answer, other_tester, tell
from tests.ui.handover_stage import CLOSE, HELLO, HUMAN, NOT_BACK, ONCE_MORE, WAY_OUT, OpenAt, TestWindow, answer_by_eye
from tests.ui.hands import click, press
from wizard.core.answers import TestOutcome, TokenOwner
from wizard.core.flow import StepId
from wizard.core.pending import TrialPart
from wizard.core.trial_result import Item, RestoreEnd, RestoreResult, TrialOutcome, TrialResult
from wizard.ui.pages.handover_test.marks import tone_of
from wizard.ui.pages.handover_test.stage import Stage
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.notice import Tone

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


@pytest.mark.parametrize("outcome", [TrialOutcome.WORKS, TrialOutcome.BOT_HANDED_OVER, TrialOutcome.DECLINED])
def test_what_was_let_go_without_having_seen_who_had_it_looks_like_no_success(outcome: TrialOutcome) -> None:
    assert tone_of(TrialResult(TrialPart.BOT_DOES, outcome, RestoreEnd(RestoreResult.LET_GO))) is Tone.WARNING


def test_a_refused_probe_says_what_to_switch_on_and_does_not_go_on(open_at: OpenAt) -> None:
    window = with_a_refused_probe(open_at)
    over = window.page.over
    assert "take control" in over.notice.text()
    assert len(window.session.tests) == 1
    assert "POST me/pass_thread_control" not in window.world.calls()
    assert window.main() == "Fix it"
    assert window.can_press("Test again")
    window.begin()
    assert window.shell.page.step is StepId.ROLES
    assert window.sees("Allow this app to take control of conversations")


def test_a_failed_test_can_be_left_by_a_quiet_link(open_at: OpenAt) -> None:
    window = with_a_refused_probe(open_at)
    window.press("Go on anyway")
    assert window.shell.page.step is StepId.FINISHED


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
    press(window.shell.focusWidget(), Qt.Key.Key_Return)  # the choice that is taken has the keyboard
    window.until_sees(CLOSE)
    window.world.instruct("close_in_live_chat")
    window.press("I have done it")
    window.until_sees(HUMAN)
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


def test_a_conversation_that_another_process_tests_is_not_even_read(open_at: OpenAt) -> None:
    window = open_at()
    window.find()
    conversation = (window.world.graph_url, window.world.page_id, window.world.tester)
    with other_tester(window.session.places.journal, *conversation) as other:
        tell(other)
        assert answer(other) == "tests"
        window.world.forget_requests()
        window.begin()
        window.until_seen(window.page.notice)
        assert window.sees("This conversation is being tested in another window or terminal.")
        assert window.page.stage is Stage.READY
        assert window.world.calls() == []
    window.begin()
    window.until_sees(HELLO)


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
    window.until_sees(HELLO)
    assert not window.sees("Waiting for your message"), "it cannot see one"
    assert window.page.secondary_text() == "Stop the test", "it moves nothing"
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


def test_a_test_by_eye_is_stopped_without_talk_of_bringing_back(open_at: OpenAt) -> None:
    window = open_at(owner=TokenOwner.NONE)
    window.begin()
    window.until_sees(HELLO)
    assert window.page.restore_title() == "Stopping…"
    window.press("Stop the test")
    window.until_sees("The test was stopped.")


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
    for sentence, step in ((HUMAN, "ask_for_human"), (ONCE_MORE, "write_once_more")):
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
    assert [item.title[:11] for item in window.page.live.checklist.items()] == ["Part 1 of 2", "Part 2 of 2"]
    window.begin()
    window.until_sees(HELLO)
    assert window.sees("Part 2 of 2")
