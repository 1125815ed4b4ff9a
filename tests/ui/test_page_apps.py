"""Your apps: which is the bot, who takes over; an App ID chosen, typed, or shown by a second token."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.apps_page import LOOK, apps_page, live_chat_of
from tests.ui.hands import click, press, type_text
from tests.ui.harness import Window, open_window
from tests.ui.set_up import logged_in, new_session, without_token
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.facts import App, Origin
from wizard.core.flow import StepId
from wizard.core.products import Product
from wizard.ui.pages.apps.choose_app import FIND, OTHER, AppQuestion

UNKNOWN_ID = "700100200300401"


def keys(question: AppQuestion) -> list[str]:
    return [card.key for card in question.cards.cards]


def type_id(window: Window, question: AppQuestion, text: str) -> None:
    click(question.cards.card(OTHER))
    type_text(question.by_id.line, text)


def test_the_tokens_own_app_is_preselected_as_the_bot(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world)
    assert window.page.bot.cards.choice() == world.app("primary")
    assert keys(window.page.bot) == [world.app("primary")]  # said at log-in, so nothing else is offered
    assert window.answers.bot is not None
    assert window.answers.bot.name == "Flow bot"
    assert world.app("primary") not in keys(window.page.live_chat)
    assert window.main() == LOOK, "what is open is the way on"


@pytest.mark.parametrize(("product", "is_said"), [("Support Desk", True), ("Page Inbox", False), ("", False)])
def test_an_app_of_another_live_chat_than_the_person_named_is_said(
    qtbot: QtBot, world: PracticeWorld, product: str, is_said: bool
) -> None:
    session = new_session(world)
    said = Product("page-inbox" if product == "Page Inbox" else "support-desk", product) if product else None
    answers = with_changes(logged_in(session, world), live_chat=None, live_chat_product=said)
    window = open_window(qtbot, session, answers, StepId.APPS)
    window.pick("Page Inbox")
    assert window.sees("you said Support Desk, but this is Page Inbox") is is_said
    assert window.shell.next_button.isEnabled(), "they may have meant it"


def test_a_live_chats_token_preselects_the_live_chat_instead(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world, TokenOwner.LIVE_CHAT)
    assert window.page.live_chat.cards.choice() == world.app("secondary")
    assert world.app("secondary") not in keys(window.page.bot)
    assert FIND not in keys(window.page.live_chat)


def test_the_page_inbox_takes_over_with_one_press_and_is_never_the_bot(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world)
    inbox = world.app("page_inbox")
    assert inbox not in keys(window.page.bot)
    window.pick("Page Inbox")
    window.press_main()
    assert window.step() is StepId.ROLES
    assert window.answers.live_chat is not None
    assert window.answers.live_chat.id == inbox


def test_a_typed_app_id_is_looked_up_by_next_and_its_name_is_found(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world)
    type_id(window, window.page.live_chat, f"App ID: {world.app('secondary')[:6]} {world.app('secondary')[6:]}")
    window.press_main()
    assert window.step() is StepId.ROLES
    found = live_chat_of(window)
    assert found is not None
    assert (found.id, found.name, found.origin) == (world.app("secondary"), "Support Desk", Origin.TYPED)


def test_what_is_pasted_is_checked_at_once_and_the_app_has_the_keyboard(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world)
    click(window.page.live_chat.cards.card(OTHER))
    QGuiApplication.clipboard().setText(world.app("secondary"))
    press(window.page.live_chat.by_id.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    window.wait()
    found = live_chat_of(window)
    assert found is not None
    assert found.name == "Support Desk"
    assert window.page.live_chat.cards.card(found.id).hasFocus()


def test_what_is_missing_is_said(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world)
    assert window.sees("Choose who takes over.")
    click(window.page.live_chat.cards.card(OTHER))
    assert window.filled() == ["Open the list on Facebook"]
    type_id(window, window.page.live_chat, "9")
    assert window.filled() == ["Next"]
    assert not window.sees("Choose who takes over.")  # Next says what is wrong with it


@pytest.mark.parametrize("owner", [TokenOwner.LIVE_CHAT, TokenOwner.NONE])
def test_where_no_owner_can_be_seen_the_list_on_facebook_comes_first(
    qtbot: QtBot, world: PracticeWorld, owner: TokenOwner
) -> None:
    session = new_session(world)
    begun = without_token(world) if owner is TokenOwner.NONE else logged_in(session, world, owner)
    window = open_window(qtbot, session, with_changes(begun, bot=None, live_chat=None), StepId.APPS)
    assert window.filled() == ["Open the list on Facebook"], "of the first question"
    window.press("Open the list on Facebook: App ID of your bot")
    assert window.opened == [window.session.world.link("{facebook}/settings?tab=advanced_messaging")]
    window.press("Show the way: App ID of your bot")
    assert window.sees("Advanced messaging")


def test_a_live_chat_whose_app_id_is_public_is_chosen_with_where_it_is_from(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    inbox = Product("page-inbox", "Page Inbox")
    answers = with_changes(logged_in(session, world), bot=None, live_chat=None, live_chat_product=inbox)
    window = open_window(qtbot, session, answers, StepId.APPS)
    assert window.is_picked("Page Inbox")
    assert window.sees("from: Meta, Messenger Platform: conversation routing (22 Nov 2026). Check it.")
    window.press_main()
    assert window.step() is StepId.ROLES


def test_check_this_number_shows_the_app_as_a_card_and_stays(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world)
    type_id(window, window.page.live_chat, world.app("secondary"))
    window.press("Check this number")
    window.wait()
    assert window.step() is StepId.APPS
    assert window.page.live_chat.cards.card(world.app("secondary")).title() == "Support Desk"
    assert window.page.live_chat.cards.choice() == world.app("secondary")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("support desk", "looks like a name"),
        ("12#45", "This is not a digit: #"),
        ("12#4b5", "These are not digits: #, b"),
        ("123", "only 3 digits"),
        ("107836259148302", "ID of your Page"),
        ("1217981644879628", "Instagram"),
        ("26390203743090", "misprint"),
        ("263902037439000", "changed places"),
        ("914602738451926", "two different apps"),
        ("91460273845192", "One digit is missing"),
    ],
)
def test_an_app_id_that_cannot_be_right_is_said_beside_the_field_before_any_call(
    qtbot: QtBot, world: PracticeWorld, typed: str, said: str
) -> None:
    window = apps_page(qtbot, world)
    world.forget_requests()
    type_id(window, window.page.live_chat, typed)
    press(window.page.live_chat.by_id.line, Qt.Key.Key_Return)
    window.wait()
    assert window.sees(said)
    assert window.page.live_chat.by_id.text() == typed
    assert live_chat_of(window) is None
    assert not window.shell.next_button.isEnabled(), "it stays wrong"
    assert window.filled() == ["Open the list on Facebook"]
    assert world.requests() == []
    window.shell.rebuild()
    window.until_seen(window.shell.footer)
    assert window.filled() == ["Open the list on Facebook"]
    type_text(window.page.live_chat.by_id.line, "5")
    assert window.filled() == ["Next"]


def test_an_id_without_a_name_is_doubted_and_can_be_used_all_the_same(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world)
    type_id(window, window.page.live_chat, UNKNOWN_ID)
    window.press("Check this number")
    window.wait()
    assert window.sees("Check the digits.")
    assert live_chat_of(window) is None
    window.press("Use it anyway")
    found = live_chat_of(window)
    assert found is not None
    assert found.id == UNKNOWN_ID


def test_an_empty_field_is_not_scolded(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world)
    click(window.page.live_chat.cards.card(OTHER))
    world.forget_requests()
    click(window.page.live_chat.add_button)
    assert window.page.live_chat.by_id.problem() == ""
    assert not window.page.is_busy
    assert world.calls() == []


def test_without_a_token_it_is_said_that_a_number_was_not_checked(qtbot: QtBot, world: PracticeWorld) -> None:
    zendesk = Product("zendesk", "Zendesk")
    answers = with_changes(without_token(world), bot=None, live_chat=None, live_chat_product=zendesk)
    window = open_window(qtbot, new_session(world), answers, StepId.APPS)
    type_id(window, window.page.live_chat, "123456789012345")
    click(window.page.live_chat.add_button)
    assert window.answers.live_chat == App("123456789012345", "Zendesk", is_name_said=True)
    assert "was not checked" in window.page.live_chat.unchecked.text()
    assert window.page.live_chat.unchecked.isVisible()
    assert not window.page.bot.unchecked.isVisible()


def test_who_is_asked_for_an_app_id_alone_can_say_how_facebook_lists_it(qtbot: QtBot, world: PracticeWorld) -> None:
    """A list of names is no place to look for a number."""
    answers = with_changes(without_token(world), bot=None, live_chat=None)
    window = open_window(qtbot, new_session(world), answers, StepId.APPS)
    window.type_into("Name of your bot, as Facebook’s list shows it", "Coffee helper")
    window.type_into("App ID of your bot", world.app("primary"))
    type_id(window, window.page.live_chat, world.app("secondary"))  # this one has no name
    window.press_main()
    assert window.answers.bot == App(world.app("primary"), "Coffee helper", is_name_said=True)
    assert window.answers.live_chat == App(world.app("secondary"))
    assert window.sees("choose “Coffee helper”")


def test_an_app_that_facebook_does_not_name_is_called_as_the_person_calls_it(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    session = new_session(world)
    zendesk = Product("zendesk", "Zendesk")
    answers = with_changes(logged_in(session, world), live_chat=None, live_chat_product=zendesk)
    window = open_window(qtbot, session, answers, StepId.APPS)
    type_id(window, window.page.live_chat, UNKNOWN_ID)
    window.press("Check this number")
    window.wait()
    window.press("Use it anyway")
    assert live_chat_of(window) == App(UNKNOWN_ID, "Zendesk", is_name_said=True)


def test_trouble_on_the_way_keeps_what_was_typed(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world)
    world.fault(f"GET {UNKNOWN_ID}", "html", times=None)
    type_id(window, window.page.live_chat, UNKNOWN_ID)
    window.press("Check this number")
    window.wait()
    assert window.page.notice.isVisible()
    assert not window.sees("Check the digits.")
    assert window.page.live_chat.by_id.text() == UNKNOWN_ID


def test_the_same_app_for_both_is_said_beside_the_question(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    answers = logged_in(session, world)
    window = open_window(qtbot, session, with_changes(answers, live_chat=answers.bot), StepId.APPS)
    assert window.sees("two different apps")
    assert not window.shell.next_button.isEnabled()


def test_a_second_token_shows_its_app_as_connected_and_chooses_it(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world)
    give_second(qtbot, window, world.token("secondary_page"))
    assert window.answers.live_chat is not None
    assert (window.answers.live_chat.id, window.answers.live_chat.origin) == (world.app("secondary"), Origin.TOKEN)
    assert window.session.facts.second_token is not None
    assert window.page.second.secret.text() == ""
    assert window.shell.next_button.isEnabled()


@pytest.mark.parametrize(
    ("token", "said"),
    [("page", "same app"), ("user", "not the token of a Page"), ("123", "only a number")],
)
def test_a_second_token_that_does_not_help_is_said_beside_its_field(
    qtbot: QtBot, world: PracticeWorld, token: str, said: str
) -> None:
    window = apps_page(qtbot, world)
    give_second(qtbot, window, world.start["tokens"].get(token, token))
    assert window.sees(said)
    assert window.session.facts.second_token is None
    assert live_chat_of(window) is None


def give_second(qtbot: QtBot, window: Window, token: str) -> None:
    window.page.second_part.open()
    QGuiApplication.clipboard().setText(token)
    click(window.page.second.secret.paste_button)  # what was pasted is checked at once
    if len(token) < 20:
        click(window.page.second.check_button)
    window.wait()


def test_details_list_every_known_app_with_where_it_is_known_from(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world)
    window.page.details_part.open()
    table = window.page.table
    rows = [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]
    assert rows[0][:2] == ["Flow bot", world.app("primary")]
    assert "Your token" in rows[0][2]
    assert rows[1][:2] == ["Page Inbox", world.app("page_inbox")]
    assert "Built in" in rows[1][2]


def test_an_app_that_is_neither_is_offered_for_nothing(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    answers = with_changes(logged_in(session, world), bot=None, live_chat=None, token_owner=TokenOwner.NEITHER)
    window = open_window(qtbot, session, answers, StepId.APPS)
    assert keys(window.page.bot) == [OTHER]
    assert window.page.bot.by_id.isVisible()
    assert keys(window.page.live_chat) == [world.app("page_inbox"), OTHER]


def test_without_a_token_ids_are_typed_and_nothing_is_asked_of_facebook(qtbot: QtBot, world: PracticeWorld) -> None:
    answers: Answers = with_changes(without_token(world), bot=None, live_chat=None)
    window = open_window(qtbot, new_session(world), answers, StepId.APPS)
    assert not window.page.second_part.isVisible()
    type_text(window.page.bot.by_id.line, world.app("primary"))
    click(window.page.live_chat.cards.card(OTHER))
    type_text(window.page.live_chat.by_id.line, world.app("secondary"))
    window.press_main()
    assert window.step() is StepId.ROLES
    assert window.answers.bot is not None
    assert window.answers.live_chat is not None
    assert (window.answers.bot.id, window.answers.live_chat.id) == (world.app("primary"), world.app("secondary"))
    assert world.requests() == []


def test_why_an_app_is_missing_is_explained(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world)
    window.press("Why is my app not here?")
    for word in ("never connected", "switch to your Page", "Secondary Receiver"):
        assert window.sees(word)


def test_a_second_token_can_be_given_its_proof(qtbot: QtBot, world: PracticeWorld) -> None:
    window = apps_page(qtbot, world)
    second = window.page.second
    wants_proof = {"code": 100, "message": "API calls from the server require an appsecret_proof argument"}
    world.fault("*", wants_proof, None, page=world.page_id)
    window.page.second_part.open()
    second.secret.line.setText(world.token("secondary_page"))
    click(second.check_button)
    window.wait()
    assert second.proof.advanced.is_open
    assert second.secret.text()
    second.proof.secret.line.setText("no proof")
    world.forget_requests()
    click(second.check_button)
    assert "64 characters" in second.proof.field.problem()
    assert world.requests() == []
    second.proof.secret.line.setText("0" * 64)
    click(second.check_button)
    window.wait()
    assert window.page.notice.isVisible()
    assert all("0" * 64 not in str(request["path"]) for request in world.requests())
