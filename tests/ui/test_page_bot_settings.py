"""Bot settings: pasted by the person or written by the wizard; never said to be saved before it was read back."""

import stat
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.harness import Window, open_window
from tests.ui.set_up import logged_in, new_session
from wizard.actions.roles import DONE
from wizard.actions.step_states import step_states
from wizard.core.answers import SavedHow, with_changes
from wizard.core.facts import App
from wizard.core.flow import StepId, StepState
from wizard.core.products import Product
from wizard.core.target import TargetChoice
from wizard.store.setups import load_setup

BEFORE = b"# my bot\r\nexport SECONDARY='12345' # live chat\r\nPAGE_TOKEN=secret\r\n"


def bot_settings(qtbot: QtBot, world: PracticeWorld, target: TargetChoice) -> Window:
    session = new_session(world)
    answers = with_changes(logged_in(session, world), roles_confirmed=frozenset({DONE}), target=target)
    return open_window(qtbot, session, answers, StepId.BOT_SETTINGS)


def with_file(qtbot: QtBot, world: PracticeWorld, tmp_path: Path, content: bytes = BEFORE) -> tuple[Window, Path]:
    file = tmp_path / "bot.env"
    file.write_bytes(content)
    return bot_settings(qtbot, world, TargetChoice("dotenv", str(file), "SECONDARY")), file


def test_a_word_that_is_no_app_id_is_not_replaced_without_a_warning(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    window, file = with_file(qtbot, world, tmp_path, b"SECONDARY=info\n")
    assert window.sees("SECONDARY holds a word now, not an App ID. Perhaps another key was meant.")
    assert file.read_bytes() == b"SECONDARY=info\n"


def saved_how(window: Window) -> SavedHow | None:
    return window.answers.saved_how


def test_one_press_copies_and_opens_and_the_owner_saves_what_was_copied(qtbot: QtBot, world: PracticeWorld) -> None:
    window = bot_settings(qtbot, world, TargetChoice("flow-ai"))
    assert not window.page.is_primary_next(), "nothing can be saved there yet"
    window.press("Copy it and open your bot’s settings")
    assert window.page.is_primary_next()
    copied = QGuiApplication.clipboard().text()
    assert copied == world.app("secondary")
    assert window.opened == [f"{world.start['platform_url']}/"]
    assert world.instruct("paste_app_id", link=window.opened[0], copied=copied)["done"]
    window.press_main()
    assert world.world()["platform"]["secondary_receiver"] == copied
    assert window.step() is StepId.TEST
    assert window.answers.saved_app_id == copied
    assert saved_how(window) is SavedHow.CONFIRMED


def test_the_path_names_the_field_as_the_platform_prints_it(qtbot: QtBot, world: PracticeWorld) -> None:
    window = bot_settings(qtbot, world, TargetChoice("flow-ai"))
    assert any("Secondary receiver" in step.text for step in window.page.panels[0].path.steps())


def test_the_set_up_is_noted_without_any_secret(qtbot: QtBot, world: PracticeWorld) -> None:
    window = bot_settings(qtbot, world, TargetChoice("flow-ai"))
    window.press_main()
    files = list(window.session.places.setups.iterdir())
    assert len(files) == 1
    assert load_setup(files[0]).app_id == world.app("secondary")
    assert world.token() not in files[0].read_text()


def test_a_set_up_that_cannot_be_noted_is_said_and_holds_nobody(qtbot: QtBot, world: PracticeWorld) -> None:
    window = bot_settings(qtbot, world, TargetChoice("flow-ai"))
    window.session.places.setups.parent.mkdir(parents=True, exist_ok=True)
    window.session.places.setups.write_text("a file where the folder should be")
    window.press_main()
    assert window.sees("could not be noted")
    assert saved_how(window) is SavedHow.CONFIRMED
    window.press_main()
    assert window.step() is StepId.TEST


def test_the_change_is_shown_before_it_is_written(qtbot: QtBot, world: PracticeWorld, tmp_path: Path) -> None:
    window, file = with_file(qtbot, world, tmp_path)
    shown = window.page.panels[0].diff.spoken()
    assert "12345" in shown
    assert world.app("secondary") in shown
    assert "PAGE_TOKEN" not in shown
    assert file.read_bytes() == BEFORE
    assert saved_how(window) is None


def test_write_it_changes_the_one_value_and_says_so_after_reading_back(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    window, file = with_file(qtbot, world, tmp_path)
    assert window.main() == "Write it"
    window.press_main()
    assert file.read_bytes() == BEFORE.replace(b"12345", world.app("secondary").encode())
    assert window.sees("Written and read back.")
    assert window.sees("Most bots read this file only when they start, so start yours again.")
    assert saved_how(window) is SavedHow.READ_BACK
    window.press_main()
    assert window.step() is StepId.TEST


def test_what_was_read_back_in_an_earlier_run_is_green_once_this_run_looked(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    window, _file = with_file(qtbot, world, tmp_path)
    window.press_main()
    assert step_states(window.session, window.answers)[StepId.BOT_SETTINGS] is StepState.SEEN
    later = new_session(world)
    logged_in(later, world)
    assert step_states(later, window.answers)[StepId.BOT_SETTINGS] is StepState.NOT_PROVEN
    window = open_window(qtbot, later, window.answers, StepId.BOT_SETTINGS)
    assert step_states(later, window.answers)[StepId.BOT_SETTINGS] is StepState.SEEN


def test_undo_puts_back_every_byte_and_takes_the_answer_back(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    window, file = with_file(qtbot, world, tmp_path)
    window.press_main()
    window.press("Undo")
    window.wait()
    assert file.read_bytes() == BEFORE
    assert window.sees("Undone.")
    assert window.sees("so start yours again.")
    assert saved_how(window) is None
    assert window.main() == "Write it"


def test_undo_is_still_offered_after_going_away_and_back(qtbot: QtBot, world: PracticeWorld, tmp_path: Path) -> None:
    window, file = with_file(qtbot, world, tmp_path)
    window.press_main()
    window.press_main()
    window.go_back()
    assert window.sees("This App ID is there already.")
    window.press("Undo")
    window.wait()
    assert file.read_bytes() == BEFORE


def test_a_file_that_holds_the_app_id_already_says_so_and_goes_on(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    content = f"SECONDARY={world.app('secondary')}\n".encode()
    window, file = with_file(qtbot, world, tmp_path, content)
    assert window.sees("This App ID is there already.")
    assert saved_how(window) is SavedHow.READ_BACK
    window.press_main()
    assert window.step() is StepId.TEST
    assert file.read_bytes() == content


def test_a_file_that_changed_meanwhile_is_left_alone_and_planned_anew(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    window, file = with_file(qtbot, world, tmp_path)
    theirs = BEFORE.replace(b"12345", b"67890")
    file.write_bytes(theirs)
    window.press_main()
    assert file.read_bytes() == theirs
    assert window.sees("changed by somebody else")
    assert "67890" in window.page.panels[0].diff.spoken()  # the change is shown against what stands there now
    window.press_main()
    assert file.read_bytes() == theirs.replace(b"67890", world.app("secondary").encode())
    assert saved_how(window) is SavedHow.READ_BACK


def test_undo_leaves_a_file_alone_that_somebody_changed_after_us(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    window, file = with_file(qtbot, world, tmp_path)
    window.press_main()
    theirs = file.read_bytes() + b"MORE=1\n"
    file.write_bytes(theirs)
    window.press("Undo")
    window.wait()
    assert file.read_bytes() == theirs
    assert window.sees("changed by somebody else")


def test_a_read_only_file_is_said_and_can_be_tried_again(qtbot: QtBot, world: PracticeWorld, tmp_path: Path) -> None:
    file = tmp_path / "bot.env"
    file.write_bytes(BEFORE)
    file.chmod(stat.S_IRUSR)
    window = bot_settings(qtbot, world, TargetChoice("dotenv", str(file), "SECONDARY"))
    assert window.sees("read-only")
    assert window.main() == "Try again"
    file.chmod(stat.S_IRUSR | stat.S_IWUSR)
    window.press_main()
    assert not window.sees("read-only")
    assert window.main() == "Write it"


def test_a_file_that_does_not_exist_is_announced_before_it_is_made(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    file = tmp_path / "new.env"
    window = bot_settings(qtbot, world, TargetChoice("dotenv", str(file), "SECONDARY"))
    assert window.sees("Note: This file does not exist yet.")
    window.press_main()
    assert file.read_text() == f"SECONDARY={world.app('secondary')}\n"


def by_hand(qtbot: QtBot, world: PracticeWorld, product: Product, preset: str = "other-platform") -> Window:
    session = new_session(world)
    answers = logged_in(session, world)
    done = {"roles_confirmed": frozenset({DONE}), "bot_product": product, "target": TargetChoice(preset)}
    return open_window(qtbot, session, with_changes(answers, **done), StepId.BOT_SETTINGS)


def test_where_nothing_is_to_be_chosen_number_way_and_saving_are_one_page(qtbot: QtBot, world: PracticeWorld) -> None:
    window = by_hand(qtbot, world, Product("flow-ai", "Flow.ai"), "flow-ai")
    assert window.sees("Save the App ID in Flow.ai")
    assert window.sees("Facebook calls the app of this number “Support Desk”.")
    assert window.sees("does the field “Secondary receiver” show 5381…3815 now?")
    assert not window.offers("Copy the message")
    window.go_back()
    assert window.step() is StepId.ROLES


@pytest.mark.parametrize(
    ("product", "preset"),
    [
        (Product("other", "Landbot"), "other-platform"),
        (Product("unknown"), "other-platform"),
        (Product("meya", "Meya"), "meya"),
        (Product("own"), "developer"),
    ],
)
def test_whoever_cannot_do_it_gets_a_message_for_those_who_can(
    qtbot: QtBot, world: PracticeWorld, product: Product, preset: str
) -> None:
    window = by_hand(qtbot, world, product, preset)
    window.press("Copy the message")
    window.wait()
    message = QGuiApplication.clipboard().text()
    assert world.app("secondary") in message
    assert "target_app_id" in message
    assert product.name in message
    window.press("Someone else must do this")
    assert not window.offers("Copy the message")


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
@pytest.mark.parametrize(
    ("product", "preset"),
    [(Product("own"), "developer"), (Product("meya", "Meya"), "meya"), (Product("unknown"), "cognigy")],
)
def test_the_message_that_comes_first_is_seen_without_scrolling(
    qtbot: QtBot, world: PracticeWorld, product: Product, preset: str, size: tuple[int, int]
) -> None:
    window = by_hand(qtbot, world, product, preset)
    window.shell.resize(*size)
    copy = window.page.by_hand.letter.copy_button
    assert copy.property("kind") == "primary"
    window.until(lambda: copy.visibleRegion().boundingRect() == copy.rect())
    window.press("Copy the message")
    window.wait()
    assert copy.property("kind") != "primary"
    window.until(lambda: copy.visibleRegion().boundingRect() == copy.rect())  # it stays there


def test_a_bot_without_a_field_says_what_to_do_instead(qtbot: QtBot, world: PracticeWorld) -> None:
    window = by_hand(qtbot, world, Product("meya", "Meya"), "meya")
    assert window.sees("Meya has no field for this App ID.")
    assert not window.sees("does the field")


def test_a_field_that_is_not_seen_may_have_another_name(qtbot: QtBot, world: PracticeWorld) -> None:
    window = by_hand(qtbot, world, Product("chatfuel", "Chatfuel"), "chatfuel")
    window.press("I don’t see this")
    assert window.sees("Live chat app, Target app")
    assert not window.offers("Copy the message")
    window.press("Someone else must do this")
    assert window.offers("Copy the message")


def test_a_number_that_cannot_be_right_is_not_saved(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    answers = with_changes(
        logged_in(session, world),
        live_chat=App(world.page_id, "Support Desk"),
        roles_confirmed=frozenset({DONE}),
        bot_product=Product("flow-ai", "Flow.ai"),
        target=TargetChoice("flow-ai"),
    )
    window = open_window(qtbot, session, answers, StepId.BOT_SETTINGS)
    assert window.sees("ID of your Page")
    assert not window.shell.next_button.isEnabled()
    window.press("Choose again in “Your apps”")
    assert window.step() is StepId.APPS
