"""Who answers first: the page leads to Facebook's settings, one after the other, or lets somebody else do it."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.simulator.world import PracticeWorld
from tests.ui.hands import click, click_on_screen
from tests.ui.harness import open_window
from tests.ui.roles_page import open_rows, roles
from tests.ui.set_up import logged_in, new_session
from wizard.actions.roles import NEEDED
from wizard.core.answers import with_changes
from wizard.core.flow import StepId
from wizard.ui.widgets.marks import Mark


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


def test_who_does_it_after_all_is_led_on_without_the_message(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    window.press("Someone else must do this")
    window.press("I looked: it is done")
    assert window.filled() == ["Open on Facebook"]
    assert window.offers("Someone else must do this")


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


def test_every_button_says_which_setting_it_is_for(qtbot: QtBot, new_page: PracticeWorld) -> None:
    window = roles(qtbot, new_page)
    names = []
    for name, row in window.page.rows.items():
        window.page.show_place(name)
        names.append(row.open_button.accessibleName())
    assert len(set(names)) == len(names)
