"""The many places for the App ID: under two headings, each with what it needs, a key that is new said before."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.hands import click
from tests.ui.harness import Window, open_window
from tests.ui.set_up import logged_in, new_session
from wizard.actions.roles import DONE
from wizard.core.answers import with_changes
from wizard.core.flow import StepId
from wizard.core.target import TargetChoice
from wizard.ui.pages.app_id import page as app_id
from wizard.ui.pages.app_id.page import AppIdPage


def at(qtbot: QtBot, world: PracticeWorld, step: StepId, target: TargetChoice | None = None) -> Window:
    session = new_session(world)
    answers = with_changes(logged_in(session, world), roles_confirmed=frozenset({DONE}), target=target)
    return open_window(qtbot, session, answers, step)


def places(qtbot: QtBot, world: PracticeWorld) -> Window:
    window = at(qtbot, world, StepId.APP_ID)
    qtbot.waitUntil(lambda: bool(window.page.places.cards))
    return window


def test_platforms_and_files_stand_under_headings_and_the_choice_survives_another_language(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    window = places(qtbot, world)
    window.page.places.choose("woztell")
    window.shell.rebuild()
    shown = window.page.places
    qtbot.waitUntil(lambda: shown.choice() == "woztell")
    assert [heading.text() for heading in shown.headings] == [
        "Somebody else looks after the bot",
        "Bot platforms",
        "For developers: files of a bot you run",
        "For developers: bots with a settings API",
    ]
    assert shown.choice() == "woztell"
    shown.for_developers.open()
    first, second, third = shown.headings[:3]
    qtbot.waitUntil(lambda: shown.card("rasa").y() > third.y() > shown.card("woztell").y())
    qtbot.waitUntil(lambda: third.y() < shown.card("bottender").y())
    qtbot.waitUntil(lambda: first.y() < shown.card("developer").y() < second.y())
    keys = [card.key for card in shown.cards]
    assert keys.index("rasa") < keys.index("dotenv")  # what fits one product before what fits any


def test_a_file_with_groups_says_how_a_key_is_written(qtbot: QtBot, world: PracticeWorld, tmp_path: Path) -> None:
    file = tmp_path / "appsettings.json"
    file.write_text("{}")
    window = places(qtbot, world)
    window.page.places.for_developers.open()
    card = window.page.places.card("bot-framework")
    click(card)
    part, following = window.page.file_part, window.page.places.card("bottender")
    qtbot.waitUntil(lambda: card.y() < part.y() < following.y())  # what it asks for stands right below it
    window.type_into("Settings file of your bot", str(file))
    window.type_into("Key in this file", "Handover..Id")
    window.press_main()
    assert window.sees("A dot that belongs to a name is written ~1")
    window.type_into("Key in this file", "Handover.Id")
    window.press_main()
    assert window.step() is StepId.BOT_SETTINGS
    assert window.answers.target == TargetChoice("bot-framework", str(file), "Handover.Id")


def test_a_key_that_is_not_there_is_said_to_be_added_before_it_is(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    file = tmp_path / "credentials.yml"
    file.write_text("facebook:\n  verify: x\n")
    window = at(qtbot, world, StepId.BOT_SETTINGS, TargetChoice("rasa", str(file), "facebook.handover-app-id"))
    qtbot.waitUntil(window.page.panels[0].diff.isVisible)
    assert window.sees("facebook.handover-app-id is not there yet.")
    assert 'credentials.get("handover-app-id")' in window.page.panels[0].code_row.value_line.text()
    assert file.read_text() == "facebook:\n  verify: x\n"
    window.press_main()
    assert file.read_text() == f'facebook:\n  verify: x\n  handover-app-id: "{world.app("secondary")}"\n'
    assert window.sees("Written and read back.")


def test_meya_gets_its_line_of_code_and_no_field_for_the_live_chat(qtbot: QtBot, world: PracticeWorld) -> None:
    window = at(qtbot, world, StepId.BOT_SETTINGS, TargetChoice("meya"))
    qtbot.waitUntil(window.page.panels[0].by_hand.isVisible)
    assert "for the field" not in window.page.panels[0].id_row.value_line.accessibleName()
    assert world.app("secondary") in window.page.panels[0].code_row.value_line.text()
    assert window.page.panels[0].opener.isHidden()


def test_a_preset_of_ones_own_with_a_mistake_is_named_and_the_others_are_there(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    session = new_session(world)
    session.places.presets.mkdir(parents=True)
    (session.places.presets / "ours.toml").write_text('name = "ours"\n')
    answers = with_changes(logged_in(session, world), roles_confirmed=frozenset({DONE}))
    window = open_window(qtbot, session, answers, StepId.APP_ID)
    qtbot.waitUntil(window.page.notice.isVisible)
    assert window.sees("ours.toml")
    assert window.page.places.card("flow-ai").isVisible()


def prepared(qtbot: QtBot, world: PracticeWorld, *targets: TargetChoice) -> Window:
    """The step before, once the page of the places is made ahead with its cards."""
    session = new_session(world)
    answers = with_changes(logged_in(session, world), roles_confirmed=frozenset({DONE}))
    for at, target in enumerate(targets):
        answers = with_changes(answers, **({"more_targets": targets[1 : at + 1]} if at else {"target": target}))
    window = open_window(qtbot, session, answers, StepId.ROLES)
    window.wait()
    window.shell.preload_pages()
    qtbot.waitUntil(lambda: any(page.places.cards for page in window.shell.findChildren(AppIdPage)))
    window.wait()
    return window


def test_cards_that_were_made_ahead_wait_for_the_places_of_last_time(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path
) -> None:
    """Whoever is quick presses a card before the files of presets are read."""
    saved = TargetChoice("dotenv", str(tmp_path / ".env"), "APP_ID")
    window = prepared(qtbot, world, TargetChoice("flow-ai"), saved)
    window.shell.go_next()
    assert window.page.places.cards
    assert not window.shell.next_button.isEnabled()
    click(window.page.places.card("chatfuel"))
    window.wait()
    assert window.page.places.choice() == "dotenv"
    assert window.page.file_part.path_field.text() == saved.path
    assert "Flow.ai" in window.page.further.remove_buttons[0].accessibleName()
    assert window.shell.next_button.isEnabled()


def test_presets_that_can_be_read_only_ahead_do_not_let_anybody_go_on(
    qtbot: QtBot, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = prepared(qtbot, world)

    def broken(_session: object) -> object:
        raise OSError("the disk is gone")

    with monkeypatch.context() as gone:
        gone.setattr(app_id, "offered_presets", broken)
        window.shell.go_next()
        window.wait()
        assert window.page.notice.isVisible()
        assert not window.shell.next_button.isEnabled()
    window.shell.go_back()
    window.shell.go_next()
    window.wait()
    window.page.places.choose("flow-ai")
    assert window.shell.next_button.isEnabled()
