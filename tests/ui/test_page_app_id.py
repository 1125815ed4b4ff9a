"""The App ID page: the number is checked and copied, and it is clear where it goes before anything is written."""

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics, QGuiApplication
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.app_id_page import choose
from tests.ui.harness import Window, open_window
from tests.ui.set_up import logged_in, new_session
from wizard.actions.roles import DONE
from wizard.core.answers import Answers, with_changes
from wizard.core.facts import App
from wizard.core.flow import StepId
from wizard.core.target import TargetChoice
from wizard.ui import file_dialogs
from wizard.ui.theme import Theme

APP_ID = "App ID of Support Desk, who takes over"
FILE = "Settings file of your bot"
KEY = "Key in this file"


def app_id_page(qtbot: QtBot, world: PracticeWorld, **changes: object) -> Window:
    session = new_session(world)
    answers = with_changes(logged_in(session, world), **{"roles_confirmed": frozenset({DONE}), **changes})
    return open_window(qtbot, session, answers, StepId.APP_ID)


def test_nothing_is_chosen_beforehand(qtbot: QtBot, world: PracticeWorld) -> None:
    window = app_id_page(qtbot, world, bot_product=None)
    assert not window.page.places.choice()
    assert not window.can_press("Next")
    choose(window, "flow-ai")
    window.press_main()
    assert window.step() is StepId.BOT_SETTINGS
    assert window.answers.target == TargetChoice("flow-ai")


def test_the_app_id_is_copied_and_read_back(qtbot: QtBot, world: PracticeWorld) -> None:
    window = app_id_page(qtbot, world)
    window.press(f"Copy: {APP_ID}")
    assert QGuiApplication.clipboard().text() == world.app("secondary")
    assert window.sees("Copied")


def test_an_id_that_cannot_be_right_stops_before_anything_is_saved(qtbot: QtBot, world: PracticeWorld) -> None:
    window = app_id_page(qtbot, world, live_chat=App(world.page_id, "Support Desk"))
    assert window.sees("ID of your Page")
    assert not window.shell.next_button.isEnabled()
    window.press("Choose again in “Your apps”")
    assert window.step() is StepId.APPS


def test_a_digit_that_is_missing_is_said_but_stops_nobody(qtbot: QtBot, world: PracticeWorld) -> None:
    window = app_id_page(qtbot, world, live_chat=App("63902037430900"))
    assert window.sees("One digit is missing")
    assert window.sees("263902037430900")
    choose(window, "flow-ai")
    window.press_main()
    assert window.step() is StepId.BOT_SETTINGS


def test_an_id_without_a_name_asks_to_compare_it(qtbot: QtBot, world: PracticeWorld) -> None:
    window = app_id_page(qtbot, world, live_chat=App("7001002003004"))
    assert window.sees("Compare this number digit by digit.")


def test_a_name_that_only_the_person_told_proves_no_number(qtbot: QtBot, world: PracticeWorld) -> None:
    window = app_id_page(qtbot, world, live_chat=App("700000000000123", "Zendesk", is_name_said=True))
    assert window.sees("Compare this number digit by digit.")
    assert not window.sees("Facebook calls")


def test_whoever_had_it_made_by_a_developer_sees_nothing_that_only_developers_know(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    window = app_id_page(qtbot, world)
    assert window.page.places.cards[0].key == "developer"
    assert window.is_picked("My developer does it")
    assert not window.sees(".env")
    window.press("For developers: you run the bot yourself")
    assert window.sees(".env")
    choose(window, "developer")
    window.press_main()
    assert window.step() is StepId.BOT_SETTINGS
    window.wait()
    assert window.main() == "I have saved it"
    assert not window.page.is_primary_next(), "nobody was told yet"
    window.press("Copy the message")
    assert window.page.is_primary_next()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No file is chosen"),
        (b"CUSTOMER_SERVICE_APP_ID=1\nCUSTOMER_SERVICE_APP_ID=2\n", "more than once"),
        (b"CUSTOMER_SERVICE_APP_ID=\xff\xfe\n", "UTF-8"),
    ],
)
def test_trouble_with_the_file_stands_beside_its_field_and_what_was_typed_stays(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path, content: bytes | None, said: str
) -> None:
    window = app_id_page(qtbot, world)
    choose(window, "meta-feedback-sample")
    typed = ""
    if content is not None:
        file = tmp_path / "bot.env"
        file.write_bytes(content)
        typed = str(file)
        window.type_into(FILE, typed)
    window.press_main()
    assert window.step() is StepId.APP_ID
    assert window.sees(said)
    assert window.field(FILE) == typed
    assert window.answers.target is None
    assert not window.page.notice.isVisible()


def test_a_folder_is_not_taken_for_a_file(qtbot: QtBot, world: PracticeWorld, tmp_path: Path) -> None:
    window = app_id_page(qtbot, world)
    choose(window, "meta-feedback-sample")
    window.type_into(FILE, str(tmp_path))
    window.press_main()
    assert window.sees("is a folder")


def test_a_missing_key_is_asked_for_beside_the_key(qtbot: QtBot, world: PracticeWorld, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("A=1\n")
    window = app_id_page(qtbot, world)
    choose(window, "dotenv")
    window.type_into(FILE, str(file))
    window.press_main()
    assert window.sees("No key is named")
    window.type_into(KEY, "SECONDARY")
    assert not window.sees("No key is named")  # typing takes the reproach away
    window.press_main()
    assert window.step() is StepId.BOT_SETTINGS
    assert window.answers.target == TargetChoice("dotenv", str(file), "SECONDARY")
    assert file.read_text() == "A=1\n"  # nothing is written on this page


def test_browse_puts_the_chosen_file_into_the_field(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = os.fspath(tmp_path / ".env")
    monkeypatch.setattr(file_dialogs, "ask_for_file", lambda _parent, _title, _start: chosen)
    window = app_id_page(qtbot, world)
    choose(window, "meta-feedback-sample")
    window.press("Browse…")
    assert window.field(FILE) == chosen
    monkeypatch.setattr(file_dialogs, "ask_for_file", lambda _parent, _title, _start: "")
    window.press("Browse…")
    assert window.field(FILE) == chosen  # a dialog that was closed changes nothing


def test_the_place_chosen_earlier_is_chosen_again(qtbot: QtBot, world: PracticeWorld) -> None:
    window = app_id_page(qtbot, world, target=TargetChoice("dotenv", "/srv/bot/.env", "SECONDARY"))
    assert window.page.places.choice() == "dotenv"
    assert window.field(FILE) == "/srv/bot/.env"
    assert window.field(KEY) == "SECONDARY"


def test_another_place_forgets_that_the_app_id_was_saved(qtbot: QtBot, world: PracticeWorld) -> None:
    window = app_id_page(qtbot, world, target=TargetChoice("dotenv", "/srv/.env", "K"), saved_app_id="538127490663815")
    choose(window, "flow-ai")
    window.press_main()
    assert window.answers.saved_app_id == Answers().saved_app_id


def test_the_big_app_id_grows_with_the_text_size_of_the_desktop(
    qtbot: QtBot, world: PracticeWorld, theme: Theme
) -> None:
    window = app_id_page(qtbot, world)
    line, title = window.page.id_row.value_line, window.page.title_label
    assert line.font().pointSizeF() == title.font().pointSizeF()
    theme.use_text_scale(2.0)
    qtbot.waitUntil(lambda: title.font().pointSizeF() > 30)
    assert line.font().pointSizeF() == title.font().pointSizeF()
    qtbot.waitUntil(lambda: line.height() > QFontMetrics(line.font()).height())
