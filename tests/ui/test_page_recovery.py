"""The recovery screen: a test that died is shown, asked about where somebody answered, and brought back."""

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld, start_world
from tests.ui.handover_stage import NOT_BACK, WAY_OUT, TestWindow, window_at_test
from tests.ui.hands import click
from tests.ui.harness import WAIT
from tests.ui.left_behind import Left, in_scenario
from tests.ui.set_up import ready, session_in
from wizard.core.answers import TestOutcome
from wizard.core.trial.conversation import ControlledConversation
from wizard.store.entry_lock import let_go
from wizard.ui.pages.handover_test.stage import Stage
from wizard.ui.widgets.notice import Tone


@pytest.fixture
def left(qtbot: QtBot, world: PracticeWorld) -> Left:
    return in_scenario(qtbot, world, "happy-routing")


@pytest.fixture
def window(left: Left) -> TestWindow:
    return window_at_test(left.qtbot, left.session, left.world, left.answers)


def test_owner_remaining_time_and_last_activity_are_shown_and_nothing_is_changed(
    left: Left, window: TestWindow
) -> None:
    left.die_after_pass()
    window.open_recovery()
    lines = {item.id: item for item in window.recovery.facts.lines.items()}
    assert "Support Desk has the conversation" in lines["owner"].title
    assert "23 h" in lines["owner"].detail
    assert "Last message" in lines["activity"].title
    assert window.recovery.facts.diagram.picture.in_control == window.world.app("secondary")
    assert not [call for call in window.world.calls() if call.startswith("POST")]


def test_one_press_brings_it_back_and_closes_the_entry(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    window.open_recovery()
    assert window.main() == "Bring it back"
    window.press_main()
    window.until(lambda: window.recovery.result.tone is Tone.OK)
    assert window.sees("Flow bot has the conversation again.")
    window.until(lambda: not window.sees("A test ended before its conversation was back"))
    window.assert_restored()
    assert window.main() == "Done"
    window.press_main()
    assert window.page.isVisible()


def test_a_mistake_of_the_program_while_bringing_back_is_not_back(
    left: Left, window: TestWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = left.die_after_pass()
    window.open_recovery()

    def breaks(*_given: object) -> None:
        raise OverflowError

    monkeypatch.setattr(ControlledConversation, "take", breaks)
    window.press_main()
    window.until(lambda: window.recovery.result.tone is Tone.PROBLEM)
    assert window.sees("The conversation is not back: Support Desk has it.")
    assert list(left.session.pending_tests()) == [entry]


def test_where_somebody_answered_it_takes_only_after_a_tick(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    left.world.clock(120)
    left.world.instruct("answer_from_live_chat")
    window.open_recovery()
    assert window.sees("Careful: ")
    assert not window.shell.next_button.isEnabled()
    assert window.sees("Support Desk has control, and somebody answered there.")
    window.pick("I agree")
    window.press_main()
    assert window.world.owner_of() == window.world.app("primary")


def test_without_the_token_it_asks_for_the_one_of_this_page_and_app(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    left.session.tokens.forget(left.answers.token_name)
    window.open_recovery()
    page = window.recovery
    assert window.sees("paste the Page token of Lumen Coffee for Flow bot: no other can do it.")
    window.paste_token(left.world.token("secondary_page"))
    assert "Support Desk" in page.token.field.problem()
    assert page.token.secret.text()
    window.paste_token(left.world.token())
    assert not page.token.isVisible()
    assert not page.token.secret.text()
    window.press_main()
    assert window.world.owner_of() == window.world.app("primary")


def test_a_token_that_opens_no_page_is_refused_with_the_reason(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    left.session.tokens.forget(left.answers.token_name)
    left.world.fault("GET me/accounts", "answer", None, answer={"body": '{"data":[]}'})
    window.open_recovery()
    window.paste_token(left.world.token("user"))
    assert "not the token of a Page" in window.recovery.token.field.problem()


def test_an_expired_token_is_said_so(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    left.world.fault("GET me/thread_owner", {"code": 190, "subcode": 463}, None)
    window.open_recovery()
    assert window.sees("expired")
    assert len(left.session.pending_tests()) == 1


def test_a_refused_take_offers_the_ways_out_and_keeps_the_entry(qtbot: QtBot, world: PracticeWorld) -> None:
    left = in_scenario(qtbot, world, "take-refused-when-held")
    world.write("Hi")
    world.clock(5)  # the bot's answer to it is older than the pass
    left.die_after_pass()
    window = window_at_test(qtbot, left.session, world, left.answers)
    window.open_recovery()
    window.begin()
    window.until_sees(NOT_BACK)
    assert all(window.can_press(way) for way in WAY_OUT)
    window.pick("Leave it: control ends by itself")
    window.press("Go on")
    window.wait()
    qtbot.waitUntil(lambda: window.recovery.result.tone is Tone.INFO)
    assert window.sees("There is nothing to do until")
    assert not window.recovery.ways.isVisible()
    assert len(left.session.pending_tests()) == 1


def test_a_limit_while_bringing_back_is_not_called_through(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    window.open_recovery()
    left.world.fault("POST me/take_thread_control", "throttled", None, minutes=12)
    window.press_main()
    window.until(lambda: window.recovery.result.tone is Tone.PROBLEM)
    window.wait()
    assert left.world.calls()[-1] == "POST me/take_thread_control"
    assert left.world.calls().count("POST me/take_thread_control") == 1
    assert window.recovery.ways.isVisible()
    assert window.sees("Wait a little, or as long as Facebook asks, then try again.")
    assert "Open the setting on Facebook" not in window.words()  # no switch is to blame
    left.world.forget_faults()
    window.press_main()
    window.until(lambda: window.recovery.result.tone is Tone.OK)
    window.assert_restored()


def test_several_open_tests_are_chosen_from(left: Left, window: TestWindow) -> None:
    first = left.die_after_pass()
    second = left.entry("second", psid=left.world.customer, opened_at=first.opened_at + 1)
    left.session.journal.write(second)
    window.open_recovery()
    page = window.recovery
    assert [card.key for card in page.tests.cards] == [first.id, second.id]
    assert page.tests.choice() == first.id
    page.tests.choose(second.id)
    window.until_sees("Flow bot has the conversation")


def test_an_entry_of_a_practice_that_has_ended_is_closed_and_said_so(left: Left, window: TestWindow) -> None:
    with start_world() as other:
        gone = other.graph_url
        left.session.journal.write(left.entry("gone", graph=gone))
        left.session.journal.write(left.entry("far", graph="https://graph.example"))
        window.open_recovery()
        assert len(left.session.journal.entries()) == 2
    window.shell.open_aside("")
    window.open_recovery()
    assert [entry.id for entry in left.session.journal.entries()] == ["far"]
    assert window.sees("earlier practice")


def test_with_nothing_open_it_says_so(window: TestWindow) -> None:
    window.open_recovery()
    assert window.sees("No test is open")
    assert window.main() == "Done"


def test_a_damaged_record_is_told_and_kept(left: Left, window: TestWindow) -> None:
    left.session.places.journal.mkdir(parents=True)
    damaged = left.session.places.journal / "odd.json"
    damaged.write_text("{")
    window.open_recovery()
    assert window.sees("cannot be read")
    assert damaged.exists()


# What changed since it was looked at.


def test_an_answer_that_came_after_the_look_is_asked_about_before_anything_is_taken(
    left: Left, window: TestWindow
) -> None:
    left.die_after_pass()
    window.open_recovery()
    assert window.shell.next_button.isEnabled()
    left.world.clock(120)
    left.world.instruct("answer_from_live_chat")
    left.world.forget_requests()
    window.press_main()
    assert not [call for call in left.world.calls() if call.startswith("POST")]
    assert window.sees("The conversation has changed since the wizard looked.")
    assert window.recovery.tick.isVisible()
    assert not window.shell.next_button.isEnabled()
    window.pick("I agree")
    window.press_main()
    assert window.world.owner_of() == window.world.app("primary")


def test_another_app_that_got_control_after_the_look_is_shown_first(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    window.open_recovery()
    left.world.control_of("take")
    left.world.control_of("pass", target_app_id=left.world.app("third"))
    left.world.forget_requests()
    window.press_main()
    assert not [call for call in left.world.calls() if call.startswith("POST")]
    assert window.sees("Order Robot has the conversation")
    assert len(left.session.pending_tests()) == 1


def test_a_test_that_another_window_brought_back_is_not_touched_again(left: Left, window: TestWindow) -> None:
    entry = left.die_after_pass()
    window.open_recovery()
    left.session.journal.close(entry.id)
    left.world.forget_requests()
    window.press_main()
    assert left.world.calls() == []
    assert window.sees("No test is open")


def test_where_nobody_could_look_whether_somebody_answered_it_takes_only_after_a_tick(
    left: Left, window: TestWindow
) -> None:
    left.die_after_pass()
    left.world.fault("GET me/conversations", {"code": 200, "subcode": None}, None)
    window.open_recovery()
    assert window.recovery.tick.isVisible()
    assert not window.shell.next_button.isEnabled()
    assert window.sees("may have answered")


# Leaving while it is brought back.


def begin_and_hang(window: TestWindow) -> None:
    """Press the main button; the first write hangs."""
    window.open_recovery()
    window.world.fault("POST me/take_thread_control", "timeout", 1)
    window.begin()
    window.until(lambda: "POST me/take_thread_control" in window.world.calls())


def test_closing_the_window_while_it_is_brought_back_waits_for_that(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    begin_and_hang(window)
    window.close_when_restored()


def test_going_back_while_it_is_brought_back_waits_for_that(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    begin_and_hang(window)
    window.press("Back")
    assert window.shell.overlay.isVisible()
    window.until(lambda: not window.shell.overlay.isVisible())
    assert window.page.isVisible()
    window.assert_restored()


def test_closing_does_not_take_from_somebody_who_answered_meanwhile(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    window.open_recovery()
    left.world.fault("GET me/thread_owner", "timeout", 1)
    left.world.clock(120)
    left.world.instruct("answer_from_live_chat")
    window.begin()
    with window.qtbot.waitSignal(window.shell.closed, timeout=WAIT):
        window.shell.close()
    assert window.world.owner_of() == window.world.app("secondary")
    assert len(left.session.pending_tests()) == 1
    close_boxes()


def test_closing_before_anything_is_brought_back_closes_at_once(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    window.open_recovery()
    with window.qtbot.waitSignal(window.shell.closed, timeout=1_000):
        window.shell.close()
    assert len(left.session.pending_tests()) == 1


def outcome_of(window: TestWindow) -> TestOutcome | None:
    return window.answers.test


def close_boxes() -> None:
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMessageBox):
            widget.close()


# What it changes elsewhere.


def test_a_result_that_said_not_back_says_back_afterwards(qtbot: QtBot, world: PracticeWorld) -> None:
    session = session_in(world, "take-refused-when-held")
    world.instruct("paste_app_id", copied=world.app("secondary"))
    window = window_at_test(qtbot, session, world, ready(session, world))
    window.start_test()
    window.until_sees(NOT_BACK)
    window.pick("Leave it: control ends by itself")
    window.press("Go on")
    window.until_stage(Stage.OVER)
    assert outcome_of(window) is TestOutcome.NOT_PASSED
    world.instruct("close_in_live_chat")
    click(window.page.over.notice.action_button)
    window.wait()
    if window.recovery.tick.isVisible():
        window.pick("I agree")
    window.press_main()
    assert not session.pending_tests()
    assert [test.is_left_elsewhere for test in session.tests] == [False]
    assert outcome_of(window) is TestOutcome.READY
    window.press_main()
    assert window.page.over.notice.tone is not Tone.PROBLEM
    assert not window.page.over.ways.isVisible()


def test_after_a_stop_that_left_it_the_test_page_says_no_more_that_it_is_not_back(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    session = session_in(world, "take-refused-when-held")
    world.instruct("paste_app_id", copied=world.app("secondary"))
    window = window_at_test(qtbot, session, world, ready(session, world))
    window.start_test()
    window.until_sees(NOT_BACK)
    window.press_second()
    window.until_stage(Stage.READY)
    assert window.page.over.isVisible()
    world.instruct("close_in_live_chat")
    assert window.main() == "Bring it back"
    window.press_main()
    if window.recovery.tick.isVisible():
        window.pick("I agree")
    window.press_main()
    assert not session.pending_tests()
    window.press_main()
    qtbot.waitUntil(lambda: not window.page.over.isVisible(), timeout=WAIT)


# What cannot be listed.


def test_a_note_of_a_newer_version_has_its_own_sentence_and_is_left_alone(left: Left, window: TestWindow) -> None:
    left.session.places.journal.mkdir(parents=True)
    newer = left.session.places.journal / "newer.json"
    newer.write_text('{"version": 99, "test": {}}')
    window.open_recovery()
    assert window.sees("newer version")
    assert newer.exists()


def test_a_test_that_runs_in_another_window_is_named_and_not_offered(left: Left, window: TestWindow) -> None:
    entry = left.die_after_pass()
    lock = left.session.places.journal / f"{entry.id}.lock"
    let_go(lock)
    script = (
        "import sys, pathlib; from wizard.store.entry_lock import hold; "
        "hold(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "held"
        window.open_recovery()
        assert window.sees("another window")
        assert window.main() == "Done"
