"""Who answers first: the page leads to Facebook's settings, looks again, and never claims what it cannot see."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.simulator.world import PracticeWorld
from tests.ui.hands import click, click_on_screen
from tests.ui.harness import Window, open_window
from tests.ui.set_up import logged_in, new_session, without_token
from wizard.actions.roles import NEEDED
from wizard.core.answers import TokenOwner, with_changes
from wizard.core.errors import ErrorKind, Failure
from wizard.core.facts import Control, Conversation, OwnerReading, Reading
from wizard.core.flow import StepId
from wizard.core.pending import TrialPart
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialOutcome, TrialResult
from wizard.ui.widgets.marks import Mark


@pytest.fixture
def new_page(world: PracticeWorld) -> PracticeWorld:
    return world.scenario("new-page")


def roles(qtbot: QtBot, world: PracticeWorld, owner: TokenOwner = TokenOwner.BOT) -> Window:
    session = new_session(world)
    return open_window(qtbot, session, logged_in(session, world, owner), StepId.ROLES)


def fields_mark(window: Window) -> Mark:
    mark: Mark = window.page.fields_box.line.item.mark
    return mark


def come_back(window: Window) -> None:
    """The window becomes active again, as the system tells it."""
    QApplication.sendEvent(window.shell, QEvent(QEvent.Type.WindowActivate))


def do_all(window: Window) -> None:
    """Press the main button for one task after the other."""
    for _task in NEEDED:
        window.press_main()


def open_rows(window: Window) -> list[str]:
    return [name for name, row in window.page.rows.items() if row.is_open]


def test_one_task_is_open_at_a_time_and_each_opens_its_own_tab(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    for number, name in enumerate(NEEDED, start=1):
        assert open_rows(window) == [name]
        assert window.sees(f"{number} of 3")
        assert window.page.rows[name].path.steps()
        window.press("Open on Facebook: " + window.page.rows[name].title())
        window.press_main()
    facebook = new_page.start["facebook_url"]
    assert window.opened == [
        f"{facebook}/settings?tab=msgr_conversation_routing",
        f"{facebook}/settings?tab=advanced_messaging",
        f"{facebook}/settings?tab=msgr_conversation_routing",
    ]
    assert window.step() is StepId.APP_ID


def test_the_tasks_lead_the_owner_through_and_the_last_one_goes_on(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    for name in NEEDED:
        assert window.step() is StepId.ROLES
        click(window.page.rows[name].open_button)
        assert new_page.instruct(name, link=window.opened[-1])["done"]
        window.press_main()
    assert window.step() is StepId.APP_ID
    assert window.answers.roles_confirmed == {"done", *NEEDED}
    page = new_page.world()["page"]
    assert page["default_app"] == new_page.app("primary")


def test_what_was_never_opened_is_not_simply_done(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    assert window.main() == "I looked: it is done"
    click(window.page.rows["default_app"].open_button)
    assert window.main() == "Done, next"
    window.press_main()
    assert window.main() == "I looked: it is done", "the next one was not opened yet"
    window.press("Did not open? Copy the address")
    assert QGuiApplication.clipboard().text().endswith("/settings?tab=advanced_messaging")
    assert window.main() == "Done, next"


def test_what_opens_facebook_is_seen_without_scrolling(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    window.shell.resize(800, 600)
    settle(window.shell)
    opener = window.page.rows["default_app"].open_button
    assert opener.visibleRegion().boundingRect() == opener.rect()


def test_a_double_click_on_done_does_not_do_the_next_one_too(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    click_on_screen(window.shell.next_button)
    click_on_screen(window.shell.next_button, twice=True)
    window.wait()
    assert window.answers.roles_confirmed == {"default_app"}
    assert open_rows(window) == ["take_control_bot"]


def test_what_is_done_folds_away_and_can_be_shown_again(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    window.press_main()
    row = window.page.rows["default_app"]
    assert row.line.item.mark is Mark.SAID
    window.press(f"Show again: {row.title()}")
    assert open_rows(window) == ["default_app"]
    assert row.open_button.hasFocus()
    window.press_main()
    assert open_rows(window) == ["take_control_bot"], "on with what is left"


def test_what_shows_a_folded_task_stands_level_with_it(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    window.press_main()  # one is done and has two lines, one is open, one has not begun
    folded = [row for row in window.page.rows.values() if row.show_button.isVisible()]
    assert len(folded) > 1
    for row in folded:
        middles = (row.show_button.geometry().center().y(), row.line.geometry().center().y())
        assert abs(middles[0] - middles[1]) <= 1
        assert row.line.height() == row.line.heightForWidth(row.line.width())


def test_going_back_or_starting_again_opens_the_task_that_is_left(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    window.press_main()
    window.go_back()
    window.shell.go_to(StepId.ROLES)
    assert open_rows(window) == ["take_control_bot"]
    window.session.answers_file.save(window.answers)
    kept = window.session.answers_file.load().answers
    again = open_window(qtbot, window.session, kept, StepId.ROLES)
    assert open_rows(again) == ["take_control_bot"]
    again.press_main()
    again.press_main()
    assert again.step() is StepId.APP_ID


def test_the_page_opens_any_task_that_is_asked_for(qtbot: QtBot, new_page: PracticeWorld) -> None:
    session = new_session(new_page)
    done = with_changes(logged_in(session, new_page), roles_confirmed=frozenset({"done"}))
    window = open_window(qtbot, session, done, StepId.ROLES)
    assert open_rows(window) == []
    for name in window.page.rows:
        window.page.show_place(name)
        assert open_rows(window) == [name]
        assert window.page.rows[name].open_button.hasFocus()


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


def test_i_do_not_see_this_walks_through_the_known_places_then_offers_help(
    qtbot: QtBot, new_page: PracticeWorld
) -> None:
    window = roles(qtbot, new_page)
    row: Any = window.page.rows["default_app"]
    shown = [row.way_line.text()]
    assert shown[0].startswith("Way 1 of 4: Page settings")
    click(row.unseen_button)
    shown.append(row.way_line.text())
    assert shown[1].startswith("Way 2 of 4: ")
    click(row.open_button)
    assert window.opened[-1].startswith(new_page.start["business_url"])
    window.press("Back to way 1")
    assert row.way_line.text() == shown[0]
    while not window.page.someone_fold.is_open:
        click(row.unseen_button)
    assert row.way_line.text().startswith("Way 4 of 4")
    assert "all places we know" in window.page.someone_fold.message.intro.text()


def test_the_message_for_somebody_else_names_page_apps_and_settings(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    window.press("Someone else must do this")
    message = window.page.someone_fold.message
    qtbot.waitUntil(message.copy_button.isVisible)
    assert message.copy_button.hasFocus()
    assert not window.offers("Someone else must do this")
    assert window.filled() == ["Copy the message"]
    assert not message.text.isVisible(), "forty lines are for who asks for them"
    window.press("Copy the message")
    copied = QGuiApplication.clipboard().text()
    wanted = [new_page.page_id, new_page.app("primary"), new_page.app("secondary"), "Conversation Routing"]
    assert [text for text in wanted if text not in copied] == []
    assert "127.0.0.1" not in copied
    assert window.sees("Copied")
    assert window.filled() == ["I looked: it is done"], "when somebody else has done it"
    window.shell.rebuild()
    window.until_seen(window.shell.footer)
    assert window.filled() == ["I looked: it is done"]


def test_the_message_goes_into_an_e_mail_or_a_file(
    qtbot: QtBot, new_page: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = roles(qtbot, new_page)
    window.page.someone_fold.open()
    window.press("Write an e-mail")
    assert window.opened[-1].startswith("mailto:?subject=")
    assert "Conversation%20Routing" in window.opened[-1]
    assert window.filled() == ["I looked: it is done"]
    monkeypatch.setattr("wizard.ui.file_dialogs.ask_where_to_save", lambda *_asked: str(tmp_path / "for the owner"))
    window.press("Save as a file…")
    window.wait()
    assert "Conversation Routing" in (tmp_path / "for the owner.txt").read_text("utf-8")
    assert window.sees("Saved as ")


def test_a_message_that_was_not_saved_after_all_is_still_to_be_sent(
    qtbot: QtBot, new_page: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = roles(qtbot, new_page)
    window.press("Someone else must do this")
    monkeypatch.setattr("wizard.ui.file_dialogs.ask_where_to_save", lambda *_asked: "")
    window.press("Save as a file…")
    assert window.filled() == ["Copy the message"]


def test_only_what_is_left_is_asked_of_somebody_else(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    first, second = (window.page.rows[name].title() for name in NEEDED[:2])
    window.press_main()
    window.page.someone_fold.open()
    message = window.page.someone_fold.message.text.text()
    assert first not in message
    assert second in message


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


def test_every_button_says_which_setting_it_is_for(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    names = []
    for name, row in window.page.rows.items():
        window.page.show_place(name)
        names.append(row.open_button.accessibleName())
    assert len(set(names)) == len(names)


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
