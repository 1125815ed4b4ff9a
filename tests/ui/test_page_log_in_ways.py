"""Log in without a token at hand: where one comes from, who can send one, and going on without any."""

from contextlib import ExitStack
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.hands import press
from tests.ui.harness import STARTED, Window, open_window
from tests.ui.set_up import new_session, without_token
from wizard.core.answers import TokenOwner
from wizard.core.flow import StepId
from wizard.core.products import OTHER, OWN, UNKNOWN, Product
from wizard.ui import mail as mail_address
from wizard.ui.theme import Theme

PAGE_FIELD = "Page ID, or the address of your Page"


def test_one_question_with_the_token_field_ready_where_no_log_in_file_is_there(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    window = open_window(qtbot, new_session(world))
    assert window.sees("How do you want to log in?")
    assert window.is_picked("I have a token")
    assert window.shell.focusWidget() is window.page.entry.secret.line
    assert not window.offers("Log in with Facebook")
    for way, main in {
        "Somebody else set up our bot: write to them": "Copy the message",
        "Go on without a token": "Go on without a token",
        "I have a token": "Get a token on Facebook",
    }.items():
        window.pick(way)
        assert window.main() == main
        assert window.page.entry.isVisible() == (way == "I have a token")


def test_enter_on_a_way_unfolds_it_and_the_next_one_goes_it(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    card = window.page.ways.cards.card("ask")
    card.setFocus()
    press(card, Qt.Key.Key_Return)
    assert window.main() == "Copy the message"
    window.type_into("Name of your Page", "Lumen Coffee, facebook.com/lumen")
    press(card, Qt.Key.Key_Return)
    assert "pages_messaging" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize("button", ["Copy the message", "Write an e-mail"])
def test_the_message_goes_nowhere_before_it_says_which_page(qtbot: QtBot, world: PracticeWorld, button: str) -> None:
    answers = replace(STARTED, bot_product=Product("flow-ai", "Flow.ai"))
    window = open_window(qtbot, new_session(world), answers)
    QGuiApplication.clipboard().setText("before")
    window.pick("Somebody else set up our bot: write to them")
    window.press(button)
    assert window.sees("Enter the name of your Page.")
    assert QGuiApplication.clipboard().text() == "before"
    assert window.opened == []
    window.type_into("Name of your Page", "Lumen Coffee, facebook.com/lumen")
    assert "Page: Lumen Coffee, facebook.com/lumen" in window.page.ways.ask.message.toPlainText()
    assert "Flow.ai" in window.page.ways.ask.message.toPlainText()
    window.press("Copy the message")
    assert "facebook.com/lumen" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize(("bot", "is_there"), [(UNKNOWN, True), (OWN, True), (OTHER, False), ("flow-ai", False)])
def test_whose_bot_somebody_else_made_is_led_to_them(
    qtbot: QtBot, world: PracticeWorld, bot: str, is_there: bool
) -> None:
    window = open_window(qtbot, new_session(world), replace(STARTED, bot_product=Product(bot)))
    assert window.is_picked("Somebody else set up our bot: write to them") is is_there
    assert window.is_picked("I have a token") is not is_there


def test_the_message_names_the_bot_that_was_chosen_last_and_the_page_that_was_typed(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    answers = replace(STARTED, bot_product=Product("flow-ai", "Flow.ai"))
    window = open_window(qtbot, new_session(world), answers)
    window.pick("Somebody else set up our bot: write to them")
    window.type_into("Name of your Page", "Lumen Coffee")
    window.press("Back")
    window.shell.take_answers(replace(window.answers, bot_product=Product("manychat", "ManyChat")))
    window.shell.open_step(StepId.LOG_IN)
    message = window.page.ways.ask.message.toPlainText()
    assert "ManyChat" in message
    assert "Flow.ai" not in message
    assert "Lumen Coffee" in message


@pytest.mark.parametrize("bot", [UNKNOWN, OWN, OTHER, "flow-ai"])
def test_where_one_can_log_in_with_facebook_that_comes_first_whatever_the_bot(
    qtbot: QtBot, world: PracticeWorld, bot: str
) -> None:
    answers = replace(STARTED, bot_product=Product(bot))
    window = open_window(qtbot, new_session(world, has_log_in=True), answers)
    window.until(lambda: window.page.ways.cards.choice() == "facebook")
    window.press("Somebody else set up our bot: write to them")
    window.page.known.read_log_ins()
    window.wait()
    assert window.is_picked("Somebody else set up our bot: write to them")


def test_what_a_way_unfolds_comes_into_view_in_a_small_window(qtbot: QtBot, world: PracticeWorld, theme: Theme) -> None:
    window = open_window(qtbot, new_session(world))
    theme.use_text_scale(2.0)
    window.shell.resize(1024, 640)
    card = window.page.ways.cards.card("without")
    card.setFocus()
    press(card, Qt.Key.Key_Space)
    field = window.page.ways.without.name_field.line
    window.until(lambda: field.visibleRegion().boundingRect().height() == field.height())


def test_where_to_get_a_token_is_shown_with_its_page_and_the_next_known_path(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    window = open_window(qtbot, new_session(world))
    window.press("Get a token on Facebook")
    assert window.opened == [window.session.world.developers + "/tools/explorer/"]
    guide = window.page.get_token.guide
    assert window.filled() == ["Open this page on Facebook"], "there is no token to check"
    assert len(guide.steps.steps()) > 3
    before = guide.steps.steps()
    window.press("I don’t see this")
    assert guide.steps.steps() != before


def test_a_token_brought_along_from_facebook_is_noticed(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    QGuiApplication.clipboard().setText(world.token())
    come_back(qtbot, window)
    assert not window.sees("A token is on the clipboard."), "nobody went to get one"
    window.press("Get a token on Facebook")
    come_back(qtbot, window)
    window.until_sees("A token is on the clipboard.")
    window.press("Use it")
    window.wait()
    assert window.sees("Logged in to Lumen Coffee")


@pytest.mark.parametrize("text", ["", "The meeting is at three.", "https://www.facebook.com/lumen", "x" * 40])
def test_nothing_else_on_the_clipboard_is_offered(qtbot: QtBot, world: PracticeWorld, text: str) -> None:
    window = open_window(qtbot, new_session(world))
    window.press("Get a token on Facebook")
    QGuiApplication.clipboard().setText(text)
    come_back(qtbot, window)
    assert not window.sees("A token is on the clipboard.")
    assert world.requests() == []


def come_back(qtbot: QtBot, window: Window) -> None:
    """From another window, as from the browser."""
    with ExitStack() as over:
        browser = QWidget()
        over.callback(browser.deleteLater)
        over.callback(browser.close)
        browser.show()
        browser.activateWindow()
        qtbot.waitUntil(browser.isActiveWindow)
        window.shell.activateWindow()
        qtbot.waitUntil(window.shell.isActiveWindow)


def test_the_message_for_whoever_set_up_the_bot_is_copied(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    window.pick("Somebody else set up our bot: write to them")
    window.type_into("Name of your Page", "Lumen Coffee")
    window.press_main()
    assert "pages_messaging" in QGuiApplication.clipboard().text()
    window.until_sees("Copied. Paste it into an e-mail or a chat.")


@pytest.mark.parametrize(
    ("has_program", "longest", "said"),
    [
        (True, 20_000, "Your e-mail program opens with the message."),
        (True, 1_900, "Copied. Paste it into an e-mail"),
        (False, 20_000, "No e-mail program could be opened."),
    ],
    ids=["opens", "too long for Windows", "none"],
)
def test_the_message_goes_to_the_e_mail_program_or_it_is_said(
    qtbot: QtBot, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch, has_program: bool, longest: int, said: str
) -> None:
    monkeypatch.setattr(mail_address, "LONGEST", longest)
    window = open_window(qtbot, new_session(world), has_browser=has_program)
    window.pick("Somebody else set up our bot: write to them")
    window.type_into("Name of your Page", "Lumen Coffee")
    window.press("Write an e-mail")
    window.until_sees(said)
    mail = urlsplit(window.opened[-1])
    assert mail.scheme == "mailto"
    assert len(window.opened[-1]) <= longest
    assert "pages_messaging" in unquote(mail.query) + QGuiApplication.clipboard().text()


def test_one_goes_on_without_a_token_by_naming_the_page(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    window.pick("Go on without a token")
    window.press_main()
    assert window.sees("Enter the name of your Page.")
    assert window.sees("Enter the Page ID, which has digits only")
    window.type_into("Name of your Page", "Lumen Coffee")
    window.type_into(PAGE_FIELD, world.page_id)
    window.press_main()
    assert window.step() is StepId.APPS
    assert window.answers.token_owner is TokenOwner.NONE
    assert (window.answers.page_id, window.answers.page_name) == (world.page_id, "Lumen Coffee")
    assert world.requests() == []


def test_coming_back_without_a_token_shows_what_was_typed(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world), without_token(world))
    assert window.is_picked("Go on without a token")
    assert window.field(PAGE_FIELD) == world.page_id
