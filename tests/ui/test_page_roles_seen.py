"""What the page "Who answers first" sees of Facebook: it looks again, and never claims what it cannot see."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.hands import click
from tests.ui.harness import Window, open_window
from tests.ui.roles_page import come_back, do_all, open_rows, roles
from tests.ui.set_up import logged_in, new_session, without_token
from wizard.actions.roles import NEEDED
from wizard.core.answers import TokenOwner
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import Control, Conversation, OwnerReading, Reading
from wizard.core.flow import StepId
from wizard.core.pending import TrialPart
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialOutcome, TrialResult
from wizard.ui.widgets.marks import Mark


def fields_mark(window: Window) -> Mark:
    mark: Mark = window.page.fields_box.line.item.mark
    return mark


def test_what_facebook_hides_is_neutral_before_and_after(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    assert {window.page.rows[name].line.item.mark for name in NEEDED} == {Mark.WAITING}
    do_all(window)
    window.shell.go_back()
    for name in NEEDED:
        line = window.page.rows[name].line.item
        assert line.mark is Mark.SAID
        assert line.detail == "You said it is done."
    assert window.sees("Only the test shows whether it works.")
    assert open_rows(window) == []
    assert window.main() == "Next"


def test_what_the_wizard_sees_ticks_itself_and_the_next_task_opens(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    session = window.session
    click(window.page.rows["default_app"].open_button)
    now = session.clock.now()
    reading = OwnerReading(new_page.tester, Control.APP, now, new_page.app("secondary"))
    session.facts = replace(session.facts, owners=(reading,))
    come_back(window)
    window.wait()
    assert window.page.rows["default_app"].line.item.mark is Mark.DONE
    assert open_rows(window) == ["take_control_bot"]
    assert "default_app" not in window.answers.roles_confirmed, "nobody had to say so"


def test_coming_back_from_facebook_looks_again_but_not_twice_in_ten_seconds(
    qtbot: QtBot, new_page: PracticeWorld
) -> None:
    window = roles(qtbot, new_page)
    new_page.forget_requests()
    come_back(window)
    window.wait()
    assert new_page.calls() == []  # no link was opened: nothing can have changed
    click(window.page.rows["default_app"].open_button)
    come_back(window)
    window.wait()
    first = len(new_page.calls())
    assert first > 0
    assert window.sees("Facebook does not show programs this setting")
    come_back(window)
    window.wait()
    assert len(new_page.calls()) == first
    window.clock.ahead += 10
    come_back(window)
    window.wait()
    assert len(new_page.calls()) == 2 * first


def test_a_quiet_look_that_fails_disturbs_nobody(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    click(window.page.rows["default_app"].open_button)
    new_page.fault("*", {"code": 190, "subcode": 463}, times=None)
    come_back(window)
    window.wait()
    assert not window.page.notice.isVisible()
    assert window.sees("could not be asked")


def test_an_expired_token_is_said_and_the_person_may_go_on(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    new_page.fault("*", {"code": 190, "subcode": 463}, times=None)
    do_all(window)
    assert window.step() is StepId.ROLES
    assert window.page.notice.isVisible()
    assert window.sees("expired")
    assert new_page.token() not in window.page.details_text()
    window.press_main()
    assert window.step() is StepId.APP_ID


def test_missing_fields_are_said_and_added_with_one_button(qtbot: QtBot, world: PracticeWorld) -> None:
    world.scenario("fields-missing")
    window = roles(qtbot, world)
    before = set(world.graph("GET", "me/subscribed_apps").json()["data"][0]["subscribed_fields"])
    assert fields_mark(window) is Mark.PROBLEM
    do_all(window)
    assert window.step() is StepId.ROLES  # it stays, with the reason
    assert window.main() == "Continue anyway"
    window.press("Add the missing ones")
    window.wait()
    assert fields_mark(window) is Mark.DONE
    assert not window.sees("Add the missing ones")
    assert window.sees("Changed: ")
    after = set(world.graph("GET", "me/subscribed_apps").json()["data"][0]["subscribed_fields"])
    assert before < after
    assert {"messaging_handovers", "standby"} <= after
    assert window.main() == "Next"
    window.press_main()
    assert window.step() is StepId.APP_ID


def test_missing_fields_hold_nobody_who_wants_to_go_on(qtbot: QtBot, world: PracticeWorld) -> None:
    world.scenario("fields-missing")
    window = roles(qtbot, world)
    do_all(window)
    window.press_main()
    assert window.step() is StepId.APP_ID


def test_fields_of_the_live_chat_are_not_taken_for_the_bots(qtbot: QtBot, world: PracticeWorld) -> None:
    window = roles(qtbot, world, TokenOwner.LIVE_CHAT)
    assert not window.page.fields_box.isVisible()


def test_without_a_token_the_page_is_confirmed_by_hand_and_calls_nothing(qtbot: QtBot, new_page: PracticeWorld) -> None:
    new_page.forget_requests()
    window = open_window(qtbot, new_session(new_page), without_token(new_page), StepId.ROLES)
    click(window.page.rows["default_app"].open_button)
    come_back(window)
    do_all(window)
    assert window.step() is StepId.APP_ID
    assert new_page.calls() == []


def test_what_an_earlier_test_found_is_shown_and_does_not_hold_the_one_who_mended_it(
    qtbot: QtBot, new_page: PracticeWorld
) -> None:
    session = new_session(new_page)
    refusal = Failure(ErrorKind.TAKE_REFUSED, "POST me/take_thread_control", 10, 2018300)
    session.tests = (
        TrialResult(
            TrialPart.FACEBOOK_ALLOWS,
            TrialOutcome.PROBE_REFUSED,
            RestoreEnd(RestoreResult.IDLE),
            failure=refusal,
            at=session.clock.now(),
        ),
    )
    window = open_window(qtbot, session, logged_in(session, new_page), StepId.ROLES)
    line = window.page.rows["take_control_bot"].line.item
    assert line.mark is Mark.PROBLEM
    assert "Allow this app to take control" in line.detail
    do_all(window)
    assert window.step() is StepId.APP_ID
    window.go_back()
    assert open_rows(window) == ["take_control_bot"], "what was seen to be wrong, until a new test says otherwise"
    window.press_main()
    assert window.step() is StepId.APP_ID


def test_what_this_page_does_not_need_says_so_and_what_facebook_still_lists_is_a_task(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    world.scenario("happy-routing")
    session = new_session(world)
    answers = logged_in(session, world)
    routed = Conversation("t_1", 0.0, world.tester, is_owner=True)
    reading = Reading("GET me/conversations", session.clock.now(), (routed,))
    session.facts = replace(session.facts, conversations=reading)
    window = open_window(qtbot, session, answers, StepId.ROLES)
    assert window.page.rows["old_primary"].line.item.mark is Mark.SKIPPED
    assert "Not needed" in window.page.rows["old_primary"].line.item.detail
    world.scenario("happy-legacy")
    legacy = roles(qtbot, world)
    assert legacy.sees("1 of 4")
    for _task in range(3):
        legacy.press_main()
    assert open_rows(legacy) == ["old_primary"]
    assert legacy.page.rows["old_primary"].isVisible()
