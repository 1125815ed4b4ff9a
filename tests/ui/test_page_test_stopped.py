"""The test page where a test is stopped: every way out brings the conversation back, or says that it is not back."""

import errno

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.simulator.world import PracticeWorld
from tests.ui.handover_stage import (
    HELLO,
    HUMAN,
    NOT_BACK,
    WAY_OUT,
    OpenAt,
    TestWindow,
    window_at_test,
)
from tests.ui.harness import WAIT
from tests.ui.left_behind import in_scenario
from wizard.core.facts import App
from wizard.core.flow import StepId
from wizard.core.pending import PendingTest
from wizard.core.trial.conversation import ControlledConversation
from wizard.store.journal import FileJournal
from wizard.ui.pages.handover_test.stage import Stage
from wizard.ui.scroll_area import area_around
from wizard.ui.theme import Theme
from wizard.ui.widgets.notice import Notice, Tone


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
    assert window.page.live.diagram.picture.in_control == "bot"
    assert window.page.live.checklist.isVisible()
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
    assert window.filled() == ["Bring it back"]
    assert window.sees("Do one of these, then press “Bring it back”.")
    assert window.sees("On Facebook, switch “take control” on for Flow bot, then try again.")
    window.press("Open the setting on Facebook")
    assert window.opened[-1].endswith("/settings?tab=advanced_messaging")
    live = window.page.live
    assert live.diagram.picture.in_control == "live_chat"
    assert not live.checklist.isVisible()
    assert not window.offers("This is not me: find another conversation")
    assert not window.sees("If Facebook does not let the bot take it back")
    window.shell.rebuild()
    assert window.sees("Do one of these, then press “Bring it back”.")
    assert not window.offers("This is not me: find another conversation")
    live = window.page.live
    assert live.diagram.picture.in_control == "live_chat"
    assert not live.checklist.isVisible()
    assert len(window.session.pending_tests()) == 1


def shows(notice: Notice) -> bool:
    """Its beginning, and all of it where it is not higher than half of the page."""
    area = area_around(notice)
    assert area is not None
    top = notice.mapTo(area.viewport(), notice.rect().topLeft()).y()
    return 0 <= top <= area.seen_height() - min(notice.height(), area.seen_height() // 2)


@pytest.mark.parametrize("size", [(800, 600), (1024, 640), (1366, 768)])
@pytest.mark.parametrize("grows_later", [False, True])
def test_what_is_not_back_is_said_in_sight_however_large_the_text(
    open_at: OpenAt, theme: Theme, grows_later: bool, size: tuple[int, int]
) -> None:
    window = open_at("take-refused-when-held")
    window.shell.resize(*size)
    theme.use_text_scale(1.0 if grows_later else 2.0)
    window.start_test()
    window.until_sees(NOT_BACK)
    settle(window.shell)  # scrolled to what is asked
    window.press_second()
    window.until_stage(Stage.READY)
    settle(window.shell)
    for scale in (2.0, 1.0, 2.0):
        theme.use_text_scale(scale)
        settle(window.shell)
        assert shows(window.page.over.notice), scale


def test_what_came_of_bringing_back_is_in_sight_after_a_question(
    qtbot: QtBot, world: PracticeWorld, theme: Theme
) -> None:
    left = in_scenario(qtbot, world, "take-refused-when-held")
    left.die_after_pass()
    window = window_at_test(qtbot, left.session, world, left.answers)
    window.shell.resize(1024, 640)
    theme.use_text_scale(2.0)
    window.open_recovery()
    window.begin()
    window.until_sees(NOT_BACK)
    settle(window.shell)
    window.pick(WAY_OUT[-1])
    window.press("Go on")
    window.wait()
    window.until(lambda: window.recovery.result.tone is Tone.INFO)
    settle(window.shell)
    assert shows(window.recovery.result)


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
    assert window.sees("Press “Bring it back”.")
    assert not window.sees("switch “take control” on")  # nothing was refused
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
