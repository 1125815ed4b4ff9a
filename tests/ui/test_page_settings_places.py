"""A bot that keeps the App ID in several places: shown together, written together, put back together."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.app_id_page import API, KEY, at_app_id, choose, key, saved, saved_how
from tests.ui.hands import click
from tests.ui.harness import Window, open_window
from tests.ui.set_up import logged_in, new_session
from wizard.actions.roles import DONE
from wizard.core.answers import SavedHow, with_changes
from wizard.core.flow import StepId
from wizard.core.target import TargetChoice


def in_two_places(qtbot: QtBot, world: PracticeWorld, file: Path) -> Window:
    file.write_text("SECONDARY=1\n")
    window = at_app_id(qtbot, world)
    choose(window, "dotenv")
    window.type_into("Settings file of your bot", str(file))
    window.type_into("Key in this file", "SECONDARY")
    window.press("My bot keeps it in another place too")
    window.wait()
    assert window.page.further.isVisible()
    choose(window, "practice-api")
    window.type_into(KEY, key(world))
    window.press_main()
    assert window.step() is StepId.BOT_SETTINGS
    assert window.answers.targets == (TargetChoice("dotenv", str(file), "SECONDARY"), API)
    return window


def test_two_places_are_shown_together_and_written_with_one_press(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    window = in_two_places(qtbot, world, file)
    assert window.sees("Place 1 of 2")
    assert window.sees("Place 2 of 2")
    window.press_main()
    assert file.read_text() == f"SECONDARY={world.app('secondary')}\n"
    assert saved(world) == world.app("secondary")
    assert window.answers.saved_how is SavedHow.READ_BACK


def test_if_the_second_place_fails_the_first_is_put_back_and_the_page_says_so(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    window = in_two_places(qtbot, world, file)
    world.fault("PUT platform/settings", "refuse")
    window.press_main()
    assert f"What was written before holds again what it held: {file}." in window.page.notice.title()
    assert file.read_text() == "SECONDARY=1\n"
    assert saved(world) == ""
    assert window.answers.saved_how is None
    assert len(window.page.panels) == 2
    window.press_main()
    assert saved(world) == world.app("secondary")


def test_a_place_by_hand_and_a_file_the_file_is_written_and_the_other_confirmed(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    file.write_text("SECONDARY=1\n")
    session = new_session(world)
    answers = with_changes(logged_in(session, world), roles_confirmed=frozenset({DONE}), target=TargetChoice("flow-ai"))
    answers = with_changes(answers, more_targets=(TargetChoice("dotenv", str(file), "SECONDARY"),))
    window = open_window(qtbot, session, answers, StepId.BOT_SETTINGS)
    assert window.main() == "Write it"
    window.press_main()
    assert world.app("secondary") in file.read_text()
    assert saved_how(window) is None
    assert window.main() == "I have saved it"
    window.press_main()
    assert saved_how(window) is SavedHow.CONFIRMED
    assert window.step() is StepId.TEST


def test_a_further_place_can_be_taken_away_again(qtbot: QtBot, world: PracticeWorld) -> None:
    window = at_app_id(qtbot, world)
    assert not window.offers("My bot keeps it in another place too")  # than which?
    choose(window, "flow-ai")
    window.press("My bot keeps it in another place too")
    window.wait()
    assert window.page.further.isVisible()
    choose(window, "chatfuel")
    click(window.page.further.remove_buttons[0])
    assert not window.page.further.isVisible()
    window.press_main()
    assert window.answers.targets == (TargetChoice("chatfuel"),)


def test_two_values_of_one_file_are_undone_in_the_opposite_order(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    file.write_text("A=1\nB=2\n")
    session = new_session(world)
    answers = with_changes(logged_in(session, world), roles_confirmed=frozenset({DONE}))
    first, second = (TargetChoice("dotenv", str(file), name) for name in "AB")
    answers = with_changes(answers, target=first, more_targets=(second,))
    window = open_window(qtbot, session, answers, StepId.BOT_SETTINGS)
    window.press_main()
    upper, lower = window.page.panels
    assert not upper.outcome.action_button.isVisible()
    click(lower.outcome.action_button)
    window.wait()
    assert file.read_text() == f"A={world.app('secondary')}\nB=2\n"
    click(upper.outcome.action_button)
    window.wait()
    assert file.read_text() == "A=1\nB=2\n"
