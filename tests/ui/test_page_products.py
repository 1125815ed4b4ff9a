"""Which bot and which live chat: one question after the other, in names, by mouse or by keys alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.hands import press, type_text
from tests.ui.harness import Window, open_window
from tests.ui.set_up import new_session, ready, session_in_life
from wizard.core.answers import Answers
from wizard.core.flow import SETUP, StepId
from wizard.core.known_apps import page_inbox
from wizard.core.products import OTHER, OWN, UNKNOWN, Product
from wizard.core.target import TargetChoice

BEGUN = Answers(started=True)


@pytest.fixture
def window(qtbot: QtBot, world: PracticeWorld) -> Window:
    return open_window(qtbot, new_session(world), BEGUN, StepId.PRODUCTS)


def answer(window: Window, *names: str) -> None:
    """One click each."""
    for name in names:
        window.pick(name)
        window.wait()


def test_nothing_is_chosen_beforehand_and_it_says_what_is_missing(window: Window) -> None:
    assert window.sees("Which bot do you use?")
    assert not window.page.names[window.page.asked].choice()
    assert not window.can_press("Next")
    assert window.sees("Say which bot you use.")
    card = window.page.names[window.page.asked].card("aivo")
    card.setFocus()
    press(card, Qt.Key.Key_Space)  # keys choose, and go on by Next or Enter
    assert window.can_press("Next")
    assert not window.sees("Say which bot you use.")


def test_one_question_comes_after_the_other_and_back_goes_through_both(window: Window) -> None:
    answer(window, "Chatfuel")
    assert window.sees("Which live chat do you use?")
    assert not window.offers("Chatfuel")
    answer(window, "Zendesk")
    assert window.step() is StepId.LOG_IN
    assert window.answers.bot_product == Product("chatfuel", "Chatfuel")
    assert window.answers.live_chat_product == Product("zendesk", "Zendesk")
    window.go_back()
    assert window.is_picked("Chatfuel")
    window.press_main()
    assert window.is_picked("Zendesk")
    window.go_back()
    assert window.sees("Which bot do you use?")
    window.go_back()
    assert window.step() is StepId.WELCOME


def test_two_letters_and_enter_choose_a_name(window: Window) -> None:
    for letters in ("me", "Zen"):
        search = window.page.names[window.page.asked].search
        assert search.hasFocus()
        search.clear()
        type_text(search, letters)
        press(search, Qt.Key.Key_Return)
    window.wait()
    assert window.answers.bot_product == Product("meya", "Meya")
    assert window.answers.live_chat_product == Product("zendesk", "Zendesk")
    assert window.step() is StepId.LOG_IN


def test_the_arrow_leads_from_the_field_to_the_names_and_enter_takes_one(window: Window) -> None:
    press(window.page.names[window.page.asked].search, Qt.Key.Key_Down)
    first = window.shell.focusWidget()
    assert first is not None
    press(first, Qt.Key.Key_Return)
    assert window.answers.bot_product is not None
    assert window.answers.bot_product.name == first.accessibleName()


def test_a_name_that_is_not_in_the_list_is_kept(window: Window) -> None:
    window.type_into("Search by name", "Landbot")
    assert window.sees("No such name in this list.")
    answer(window, "Another one: Landbot")
    assert window.answers.bot_product == Product(OTHER, "Landbot")
    assert window.answers.target == TargetChoice("other-platform")


@pytest.mark.parametrize(
    ("said", "place", "has_choice"),
    [
        ("Chatfuel", TargetChoice("chatfuel"), False),
        ("ManyChat", TargetChoice("other-platform"), False),
        ("Another one", TargetChoice("other-platform"), False),
        ("I do not know", TargetChoice("other-platform"), False),
        ("Our own bot", None, True),
    ],
)
def test_only_a_bot_of_their_own_has_several_places_for_the_app_id(
    window: Window, said: str, place: TargetChoice | None, has_choice: bool
) -> None:
    answer(window, said, "I do not know")
    assert window.answers.target == place
    assert (StepId.APP_ID in {step.id for step in SETUP.route(window.answers)}) is has_choice
    assert window.answers.live_chat_product == Product(UNKNOWN)


def test_another_bot_takes_away_what_was_true_of_the_first(window: Window) -> None:
    answer(window, "Our own bot", "Zendesk")
    assert window.answers.bot_product == Product(OWN)
    window.go_back()
    answer(window, "Woztell", "Page Inbox")
    assert window.answers.target == TargetChoice("woztell")
    assert window.answers.live_chat_product == Product("page-inbox", page_inbox().name)


def test_a_choice_that_undoes_steps_says_so_and_waits_for_next(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    answers = replace(ready(session, world), bot_product=Product("flow-ai", "Flow.ai"))
    window = open_window(qtbot, session, answers, StepId.PRODUCTS)
    window.pick("Woztell")
    assert window.sees("You chose another bot. Do these steps again: Your apps, ")
    assert window.sees("Which bot do you use?")
    assert window.answers == answers, "nothing is undone yet"
    window.pick("Flow.ai")
    assert window.sees("Which live chat do you use?"), "it is as before"
    window.go_back()
    window.pick("Woztell")
    window.press_main()
    assert window.answers.bot is None


def test_a_bot_of_the_list_makes_no_step_vanish(window: Window) -> None:
    before = [step.id for step in SETUP.route(window.answers)]
    answer(window, "Chatfuel")
    assert [step.id for step in SETUP.route(window.answers)] == before


def test_what_only_practice_has_is_not_offered_in_life(qtbot: QtBot, world: PracticeWorld, window: Window) -> None:
    answer(window, "Flow.ai")
    assert window.offers("Support Desk")
    life = open_window(qtbot, session_in_life(world), BEGUN, StepId.PRODUCTS)
    answer(life, "Flow.ai")
    assert not life.offers("Support Desk")


def test_an_imported_preset_is_a_name_to_choose(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    session.places.presets.mkdir(parents=True)
    example = Path("resources/presets/chatfuel.toml").read_text(encoding="utf-8")
    own = example.replace('"chatfuel"', '"shop-bot"').replace('title = "Chatfuel"', 'title = "Shop bot"')
    session.places.presets.joinpath("shop-bot.toml").write_text(own, encoding="utf-8")
    window = open_window(qtbot, session, BEGUN, StepId.PRODUCTS)
    answer(window, "Shop bot")
    assert window.answers.target == TargetChoice("shop-bot")


def test_another_language_keeps_the_question_and_the_choice(window: Window) -> None:
    answer(window, "Chatfuel")
    window.type_into("Search by name", "ze")
    window.page.names[window.page.asked].choose("zendesk")
    window.shell.rebuild()
    window.wait()
    assert window.sees("Which live chat do you use?")
    assert window.is_picked("Zendesk")
    assert window.field("Search by name") == "ze"
