"""A bot with a settings API, on the pages App ID and Bot settings: its key, what is sent, read back and undone."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.targets.http_bot import POINTER
from tests.ui.app_id_page import API, KEY, at_app_id, at_bot_settings, choose, key, saved, saved_how
from tests.ui.hands import click, type_text
from tests.ui.harness import Window, open_window
from tests.ui.set_up import logged_in, new_session
from wizard.actions.roles import DONE
from wizard.actions.save_app_id import remembered_key, undoable
from wizard.actions.session import Session
from wizard.core.answers import SavedHow, with_changes
from wizard.core.flow import StepId
from wizard.core.secret import Secret
from wizard.core.target import TargetChoice
from wizard.ui.theme import Theme
from wizard.vault import settings_key_name

ADDRESS = "Address of your bot’s settings"
REMEMBER = "Remember the key in this computer’s password store"


def somebody_else_saves(world: PracticeWorld, app_id: str) -> None:
    assert world.instruct("paste_app_id", link=f"{world.start['platform_url']}/", copied=app_id)["done"]


def test_only_what_the_preset_leaves_open_is_asked(qtbot: QtBot, world: PracticeWorld) -> None:
    window = at_app_id(qtbot, world)
    part = window.page.api_part
    assert not part.isVisible()
    choose(window, "practice-api")
    assert part.secret_field.isVisible()
    assert not part.url_field.isVisible()
    assert not part.pointer_field.isVisible()
    choose(window, "http")
    assert part.url_field.isVisible()
    assert part.pointer_field.isVisible()
    assert not part.trust.isVisible()


def test_a_missing_and_a_wrong_key_are_said_beside_its_field_and_nothing_is_sent(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    window = at_app_id(qtbot, world)
    choose(window, "practice-api")
    window.press_main()
    assert window.sees("asks for a key")
    window.type_into(KEY, "wrong")
    assert not window.sees("asks for a key")
    window.press_main()
    assert window.sees("refuses this key")
    assert window.step() is StepId.APP_ID
    assert saved(world) == ""


def test_an_address_in_the_own_network_is_called_only_after_the_person_has_said_that_they_know_it(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    """Practice calls no such address at all, so the page is told that it is not in practice."""
    window = at_app_id(qtbot, world)
    window.session.world = window.session.world.__class__(graph=world.graph_url)
    choose(window, "http")
    part = window.page.api_part
    window.type_into(ADDRESS, f"{world.start['platform_api_url']}/settings")
    window.type_into("Way to the value", POINTER)
    window.type_into(KEY, key(world))
    world.forget_requests()
    window.press_main()
    assert window.sees("leads into a private network")
    assert part.trust.isVisible()
    assert world.requests() == []
    click(part.trust)
    window.press_main()
    assert window.step() is StepId.BOT_SETTINGS
    assert window.answers.target is not None
    assert window.answers.target.private_ok


def test_another_address_is_not_trusted_because_the_one_before_was(qtbot: QtBot, world: PracticeWorld) -> None:
    window = at_app_id(qtbot, world)
    choose(window, "http")
    part = window.page.api_part
    part.show_choice(TargetChoice("http", url="https://bot.example/", private_ok=True))
    assert part.trust.isChecked()
    type_text(part.url_field.line, "x")
    assert not part.trust.isChecked()


def test_the_change_is_shown_sent_read_back_and_undone(qtbot: QtBot, world: PracticeWorld) -> None:
    window = at_bot_settings(qtbot, world)
    panel = window.page.panels[0]
    assert POINTER in panel.diff.spoken()
    assert world.app("secondary") in panel.diff.spoken()
    assert window.main() == "Send it"
    assert saved(world) == ""
    window.press_main()
    assert saved(world) == world.app("secondary")
    assert window.sees("Written and read back.")
    assert not window.sees("start yours again")
    assert window.answers.saved_how is SavedHow.READ_BACK
    window.press("Undo")
    window.wait()
    assert saved(world) == ""
    assert window.sees("Undone.")
    assert window.answers.saved_how is None


def test_a_conflict_is_shown_against_what_stands_there_now_and_resolved_by_one_more_press(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    window = at_bot_settings(qtbot, world)
    somebody_else_saves(world, "777777777777")
    window.press_main()
    assert window.sees("changed by somebody else")
    assert "777777777777" in window.page.panels[0].diff.spoken()
    assert saved(world) == "777777777777"
    window.press_main()
    assert saved(world) == world.app("secondary")


def test_a_key_that_is_gone_after_a_restart_is_asked_for_where_it_is_pasted(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    answers = with_changes(logged_in(session, world), roles_confirmed=frozenset({DONE}), target=API)
    window = open_window(qtbot, session, answers, StepId.BOT_SETTINGS)
    assert window.sees("asks for a key")
    assert window.sees("Go back to “App ID” and correct it there.")
    assert window.main() == "Try again"


def test_what_an_earlier_run_wrote_can_be_undone_still(qtbot: QtBot, world: PracticeWorld, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("SECONDARY=1\n")
    session = new_session(world)
    choice = TargetChoice("dotenv", str(file), "SECONDARY")
    answers = with_changes(logged_in(session, world), roles_confirmed=frozenset({DONE}), target=choice)
    open_window(qtbot, session, answers, StepId.BOT_SETTINGS).press_main()
    assert file.read_text() == f"SECONDARY={world.app('secondary')}\n"
    later = open_window(qtbot, session, answers, StepId.BOT_SETTINGS)
    assert later.sees("This App ID is there already.")
    later.press("Undo")
    later.wait()
    assert file.read_text() == "SECONDARY=1\n"


def where_nothing_is_read_back(qtbot: QtBot, world: PracticeWorld) -> Window:
    session, url = new_session(world), f"{world.start['platform_api_url']}/settings"
    choice = TargetChoice("http", url=url, method="POST", template='{"secondary_receiver": "{app_id}"}')
    session.vault.put(settings_key_name(url, "Authorization"), Secret(key(world)), remember=False)
    answers = with_changes(logged_in(session, world), roles_confirmed=frozenset({DONE}), target=choice)
    return open_window(qtbot, session, answers, StepId.BOT_SETTINGS)


def test_what_nobody_can_read_back_is_confirmed_by_the_person(qtbot: QtBot, world: PracticeWorld) -> None:
    window = where_nothing_is_read_back(qtbot, world)
    assert window.sees("so it cannot be undone")
    window.press_main()
    assert saved(world) == world.app("secondary")
    assert window.sees("Note: Sent; the server took it.")
    assert saved_how(window) is None
    window.press_main()
    assert saved_how(window) is SavedHow.CONFIRMED


@pytest.mark.keyring
def test_a_remembered_key_is_in_the_systems_keyring_for_its_host_alone_and_can_be_forgotten(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    window = at_app_id(qtbot, world)
    choose(window, "practice-api")
    window.type_into(KEY, key(world))
    window.pick(REMEMBER)
    window.press_main()
    assert window.step() is StepId.BOT_SETTINGS
    later, url = another_run(window.session), f"{world.start['platform_api_url']}/settings"
    found = remembered_key(later, url, "Authorization")
    assert found is not None
    assert found.reveal() == key(world)
    assert remembered_key(later, "https://elsewhere.example/settings", "Authorization") is None
    assert remembered_key(later, url, "X-Other") is None
    window.go_back()
    window.press("Forget a remembered key")
    window.wait()
    assert window.sees("No key is remembered for this address any more.")
    assert remembered_key(another_run(window.session), url, "Authorization") is None


def another_run(session: Session) -> Session:
    """The same places and the same keyring, and nothing in memory."""
    return Session(session.world, session.places, session.clock)


def key_is_not_remembered(qtbot: QtBot, world: PracticeWorld, said: str) -> None:
    """The page says so where it is, and then goes on."""
    window = at_app_id(qtbot, world)
    choose(window, "practice-api")
    window.type_into(KEY, key(world))
    window.pick(REMEMBER)
    window.press_main()
    assert window.step() is StepId.APP_ID
    assert window.sees(said)
    window.press_main()
    assert window.step() is StepId.BOT_SETTINGS


def test_where_no_keyring_takes_the_key_the_page_says_so_before_it_goes_on(
    qtbot: QtBot, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.vault._system_store", lambda: None)  # a computer without one
    key_is_not_remembered(qtbot, world, "kept in memory only")


def test_a_keyring_that_never_answers_holds_up_no_key_and_is_said(
    qtbot: QtBot, world: PracticeWorld, silent_keyring: None
) -> None:
    key_is_not_remembered(qtbot, world, "does not answer. The key is kept in memory only")


def test_a_key_and_trust_given_for_one_place_never_go_to_another(qtbot: QtBot, world: PracticeWorld) -> None:
    window = at_app_id(qtbot, world)
    choose(window, "http")
    part = window.page.api_part
    window.type_into(ADDRESS, "https://bot.example/settings")
    window.type_into(KEY, "key-of-this-one")
    part.trust.show()
    click(part.trust)
    window.pick(REMEMBER)
    choose(window, "practice-api")
    assert part.key() is None
    assert not part.remember.isChecked()
    choose(window, "http")
    assert part.key() is None
    assert not part.trust.isChecked()


def test_what_was_sent_blindly_and_confirmed_is_not_sent_again_unless_the_person_asks(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    window = where_nothing_is_read_back(qtbot, world)
    window.press_main()
    window.press_main()
    assert window.step() is StepId.TEST
    window.go_back()
    assert window.main() == "I have saved it"
    assert world.calls().count("POST platform/settings") == 1
    window.press("Send it again")
    window.wait()
    assert world.calls().count("POST platform/settings") == 2


def test_going_back_while_it_is_sent_waits_until_it_is_known_what_stands_there(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    window = at_bot_settings(qtbot, world)
    world.fault("PUT platform/settings", "drip")  # some seconds for the answer
    click(window.shell.next_button)
    click(window.shell.back_button)
    assert window.shell.overlay.isVisible()
    assert window.step() is StepId.BOT_SETTINGS
    qtbot.waitUntil(lambda: window.step() is StepId.APP_ID, timeout=30_000)
    assert saved(world) == world.app("secondary")
    assert len(undoable(window.session)) == 1


def test_undone_is_in_sight_at_twice_the_text_size(qtbot: QtBot, world: PracticeWorld, theme: Theme) -> None:
    theme.use_text_scale(2.0)
    window = at_bot_settings(qtbot, world)
    window.shell.resize(1024, 640)
    window.press_main()
    outcome = window.page.panels[0].outcome
    qtbot.waitUntil(lambda: not outcome.visibleRegion().isEmpty() and outcome.action_button.isVisible())
    click(outcome.action_button)
    window.wait()
    assert outcome.title() == "Undone."
    qtbot.waitUntil(lambda: outcome.visibleRegion().boundingRect().height() == outcome.height())
