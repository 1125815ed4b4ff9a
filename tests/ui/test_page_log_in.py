"""Log in: a token of any kind, or none; each thing that can be wrong has its sentence, and what was typed stays."""

import hashlib
import hmac
from contextlib import ExitStack
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.hands import click, press, type_text
from tests.ui.harness import STARTED, Window, open_window
from tests.ui.set_up import logged_in, new_session, ready, without_token
from wizard.actions.session import Session
from wizard.core.answers import TokenOwner
from wizard.core.cancel import CancelToken
from wizard.core.flow import StepId
from wizard.core.products import UNKNOWN, Product
from wizard.core.secret import Secret
from wizard.store.tokens import RememberedToken
from wizard.ui import mail as mail_address
from wizard.ui.pages.log_in.view import Shown
from wizard.ui.theme import Theme
from wizard.vault import RememberResult, Vault, proof_name

PAGE_FIELD = "Page ID, or the address of your Page"


def log_in(qtbot: QtBot, world: PracticeWorld, token: str = "page") -> Window:
    window = open_window(qtbot, new_session(world))
    window.paste_token(world.start["tokens"].get(token, token))
    return window


def shown(window: Window) -> Shown:
    found: Shown = window.page.shown
    return found


def choose_owner(window: Window, owner: TokenOwner) -> None:
    window.pick({TokenOwner.BOT: "My bot", TokenOwner.LIVE_CHAT: "My live chat"}[owner])


def test_one_paste_shows_the_page_and_asks_whose_token_it_is(qtbot: QtBot, world: PracticeWorld) -> None:
    window = log_in(qtbot, world)
    assert window.sees("Logged in to Lumen Coffee")
    assert window.sees(f"This token belongs to Flow bot, App ID {world.app('primary')}.")
    assert window.sees("Is Flow bot your bot, your live chat, or neither?")
    choose_owner(window, TokenOwner.BOT)
    window.press_main()
    assert window.step() is StepId.APPS
    assert window.answers.token_owner is TokenOwner.BOT
    assert window.answers.page_id == world.page_id


def test_whose_an_app_is_is_guessed_from_its_name_and_said_by_going_on(qtbot: QtBot, world: PracticeWorld) -> None:
    window = log_in(qtbot, world)
    assert window.is_picked("My bot")
    assert window.sees("Guessed from its name.")
    before = window.answers.token_owner
    assert before is None, "nobody said so yet"
    window.press_main()
    assert window.answers.token_owner is TokenOwner.BOT
    assert window.step() is StepId.APPS


def test_a_wrong_guess_is_corrected(qtbot: QtBot, world: PracticeWorld) -> None:
    window = log_in(qtbot, world)
    window.pick("Neither")
    assert window.answers.token_owner is TokenOwner.NEITHER
    assert not window.sees("Guessed from its name.")
    window.press_main()
    assert window.answers.token_owner is TokenOwner.NEITHER


def test_where_the_name_says_nothing_one_is_asked_to_choose(qtbot: QtBot, world: PracticeWorld) -> None:
    window = log_in(qtbot, world, "third_app_page")
    assert not any(window.is_picked(whose) for whose in ("My bot", "My live chat", "Neither"))
    assert window.sees("Choose one, then go on. If you do not know this app, choose “Neither”.")
    assert not any(card.hasFocus() for card in window.page.account.question.cards), "it would look like a choice"
    assert not window.shell.next_button.isEnabled()
    card = window.page.account.question.card("neither")
    card.setFocus()
    press(card, Qt.Key.Key_Return)
    assert window.step() is StepId.APPS
    assert window.answers.token_owner is TokenOwner.NEITHER


def test_the_token_is_there_for_the_later_steps_and_not_in_the_answers(qtbot: QtBot, world: PracticeWorld) -> None:
    window = log_in(qtbot, world)
    kept = window.session.vault.get(window.answers.token_name)
    assert kept is not None
    assert kept.reveal() == world.token()
    assert world.token() not in repr(window.answers)


def test_what_a_page_token_does_not_reveal_is_said_quietly(qtbot: QtBot, world: PracticeWorld) -> None:
    window = log_in(qtbot, world)
    assert not window.sees("when it ends")
    window.press("What a token does not tell")
    for word in ("when it ends", "permissions", "tasks"):
        assert window.sees(word)


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("914602738451926", "only a number"),
        ("914602738451926|0123456789abcdef0123456789abcdef", "app token"),
        ("EAAB three words with spaces", "spaces"),
        ("EAABsbCS1234…ZDZD56789012345", "hidden"),
        ("IGAAabcdefghijklmnopqrstuvwxyz", "Instagram"),
        ("https://developers.facebook.com/tools/explorer", "link"),
        ("https://[", "link"),
        ("0123456789abcdef0123456789abcdef", "app secret"),
    ],
)
def test_a_text_that_is_surely_no_token_is_said_beside_the_field_before_any_call(
    qtbot: QtBot, world: PracticeWorld, pasted: str, said: str
) -> None:
    window = open_window(qtbot, new_session(world))
    window.paste_token(pasted)
    assert window.sees(said)
    assert window.field("Page access token") == pasted
    assert not window.can_press("Check the token"), "it would be as wrong the second time"
    assert world.requests() == []


def test_enter_in_the_empty_field_says_what_belongs_there(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    press(window.page.entry.secret.line, Qt.Key.Key_Return)
    assert window.sees("Paste an access token")
    assert world.requests() == []


def test_without_a_token_the_main_button_is_the_way_to_one(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    assert window.main() == "Get a token on Facebook"
    window.press_main()
    assert len(window.opened) == 1
    assert window.main() == "Check the token"
    assert not window.shell.next_button.isEnabled(), "there is none yet"
    window.page.entry.secret.line.insert("E")
    assert window.shell.next_button.isEnabled()


def test_for_a_token_that_is_dead_the_main_button_is_the_way_to_a_new_one(qtbot: QtBot, world: PracticeWorld) -> None:
    window = log_in(qtbot, world, "expired")
    assert window.main() == "Get a new token"
    asked = len(world.requests())
    window.press_main()
    assert window.opened == [window.session.world.developers + "/tools/explorer/"]
    assert window.field("Page access token") == ""
    assert not window.sees("expired"), "what was said of the old one would cover the way"
    assert len(world.requests()) == asked
    window.paste_token(world.token())
    window.wait()
    assert shown(window) is Shown.ACCOUNT


def test_a_wrapped_and_quoted_token_is_cleaned(qtbot: QtBot, world: PracticeWorld) -> None:
    token = world.token()
    window = log_in(qtbot, world, f'  "access_token={token[:30]}\u200b{token[30:]}"  ')
    assert shown(window) is Shown.ACCOUNT


@pytest.mark.parametrize(
    ("scenario", "token", "title"),
    [
        ("happy-routing", "expired", "expired"),
        ("token-revoked", "page", "password was changed"),
        ("happy-routing", "EAAbrokenbrokenbrokenbrokenbroken", "token"),
    ],
)
def test_a_token_facebook_refuses_has_its_sentence_and_a_next_action(
    qtbot: QtBot, world: PracticeWorld, scenario: str, token: str, title: str
) -> None:
    world.scenario(scenario)
    window = log_in(qtbot, world, token)
    page = window.page
    assert page.shown is Shown.WAYS
    assert title in page.notice.title()
    assert page.notice.text()
    assert page.entry.secret.text() == world.start["tokens"].get(token, token)
    assert "Code: 190" in page.details_text()
    assert page.entry.secret.text() not in page.details_text()
    assert window.shell.next_button.isEnabled()


def test_the_three_refusals_do_not_say_the_same(qtbot: QtBot, world: PracticeWorld) -> None:
    titles = {log_in(qtbot, world, "expired").page.notice.title()}
    titles.add(log_in(qtbot, world, "EAAbrokenbrokenbrokenbrokenbroken").page.notice.title())
    world.scenario("token-revoked")
    titles.add(log_in(qtbot, world, "page").page.notice.title())
    assert len(titles) == 3


def test_a_page_the_person_lost_is_said(qtbot: QtBot, world: PracticeWorld) -> None:
    world.fault("GET me", {"code": 190, "subcode": 492})
    page = log_in(qtbot, world).page
    assert page.shown is Shown.WAYS
    assert "Page" in page.notice.title() + page.notice.text()
    assert "492" in page.details_text()


def test_a_missing_permission_is_a_warning_that_lets_one_go_on(qtbot: QtBot, world: PracticeWorld) -> None:
    world.fault("GET me/subscribed_apps", {"code": 200, "subcode": None}, times=None)
    window = log_in(qtbot, world)
    assert window.page.account.lack.isVisible()
    assert "permission" in window.page.account.lack.title()
    choose_owner(window, TokenOwner.BOT)
    assert window.shell.next_button.isEnabled()


def test_what_went_wrong_last_is_the_only_trouble_that_stands_there(qtbot: QtBot, world: PracticeWorld) -> None:
    world.fault("GET me", "reset", times=20)
    world.fault("POST ", "reset", times=20)
    window = log_in(qtbot, world)
    assert window.page.notice.isVisible()
    window.paste_token("https://www.facebook.com/lumencoffee")
    assert "link" in window.page.entry.field.problem()
    assert not window.page.notice.isVisible()
    assert not window.sees("The token is still on the clipboard")


def test_no_connection_is_said_and_the_same_token_can_be_tried_again(qtbot: QtBot, world: PracticeWorld) -> None:
    world.fault("GET me", "reset", times=20)
    world.fault("POST ", "reset", times=20)
    window = log_in(qtbot, world)
    assert shown(window) is Shown.WAYS
    assert window.page.notice.isVisible()
    assert window.main() == "Try again"
    world.scenario("happy-routing")
    window.press_main()
    assert shown(window) is Shown.ACCOUNT


def test_a_persons_token_with_one_page_opens_it_at_once(qtbot: QtBot, world: PracticeWorld) -> None:
    world.scenario("user-token")
    window = log_in(qtbot, world, "user")
    qtbot.waitUntil(lambda: shown(window) is Shown.ACCOUNT)
    window.wait()
    assert window.answers.page_id == world.page_id
    kept = window.session.vault.get(window.answers.token_name)
    assert kept is not None
    assert kept.reveal() != world.token("user")


def test_sixty_pages_are_all_listed_and_the_chosen_one_is_opened(qtbot: QtBot, world: PracticeWorld) -> None:
    world.scenario("sixty-pages")
    window = log_in(qtbot, world, "user")
    page = window.page
    assert page.shown is Shown.PAGES
    assert page.pages.picker.count_label.text() == "60 Pages"
    assert not window.shell.next_button.isEnabled()
    type_text(page.pages.picker.search_line, world.page_id)
    page.pages.picker.view.setCurrentIndex(page.pages.picker.view.model().index(0, 0))
    assert window.main() == "Use this Page"
    window.press_main()
    assert shown(window) is Shown.ACCOUNT
    assert window.answers.page_id == world.page_id
    window.press_second()
    assert shown(window) is Shown.PAGES


def test_pages_that_cannot_be_used_are_grey_with_the_reason(qtbot: QtBot, world: PracticeWorld) -> None:
    world.scenario("sixty-pages")
    model = log_in(qtbot, world, "user").page.pages.picker.view.model()
    rows = [model.index(at, 0) for at in range(model.rowCount())]
    grey = {str(row.data()): row for row in rows if not row.flags() & Qt.ItemFlag.ItemIsSelectable}
    assert sorted(grey) == [f"Lumen Coffee {number:02d}" for number in range(7, 60, 7)]
    assert all("role" in str(row.data(Qt.ItemDataRole.ToolTipRole)) for row in grey.values())


def test_the_proof_is_asked_for_where_the_app_wants_one(qtbot: QtBot, world: PracticeWorld) -> None:
    world.scenario("proof-required")
    page = log_in(qtbot, world).page
    assert page.shown is Shown.WAYS
    assert "proof" in (page.notice.title() + page.notice.text()).lower()
    assert page.entry.advanced.is_open


def test_a_proof_of_the_wrong_shape_is_said_before_any_call(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    window.press("Advanced")
    window.type_into("Proof for this token (appsecret_proof)", "not a proof")
    window.paste_token(world.token())
    assert window.sees("64 characters")
    assert world.requests() == []


def test_after_pasting_the_clipboard_can_be_emptied(qtbot: QtBot, world: PracticeWorld) -> None:
    window = log_in(qtbot, world)
    assert QGuiApplication.clipboard().text() == world.token()
    window.press("Empty the clipboard")
    assert QGuiApplication.clipboard().text() == ""
    assert window.sees("The clipboard does not hold the token any more.")


def test_another_answer_to_whose_token_it_is_drops_the_choice_that_rested_on_it(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    session = new_session(world)
    window = open_window(qtbot, session, logged_in(session, world), StepId.LOG_IN)
    window.paste_token(world.token())
    assert window.is_picked("My bot")
    choose_owner(window, TokenOwner.LIVE_CHAT)
    assert window.answers.token_owner is TokenOwner.LIVE_CHAT
    assert window.answers.bot is None


def test_another_token_leads_back_to_the_field(qtbot: QtBot, world: PracticeWorld) -> None:
    window = log_in(qtbot, world)
    window.press_second()
    assert shown(window) is Shown.WAYS
    assert window.page.entry.secret.line.isVisible()


# The other ways.


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
        "Go on without": "Go on without a token",
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


def test_whoever_does_not_know_the_bot_is_led_to_those_who_do(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world), replace(STARTED, bot_product=Product(UNKNOWN)))
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
    window.pick("Go on without")
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
    assert window.is_picked("Go on without")
    assert window.field(PAGE_FIELD) == world.page_id


# Coming back in another run: tokens and whose they are have to be told again.


def test_whoever_comes_back_goes_on_where_they_stopped(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    answers = replace(ready(session, world), token_name="", token_owner=None)
    window = open_window(qtbot, session, answers)
    window.paste_token(world.token())
    assert window.is_picked("My bot")
    window.press_main()
    assert window.step() is StepId.TEST
    window.shell.open_step(StepId.LOG_IN)
    window.press_main()
    assert window.step() is StepId.APPS, "from then on it is one step after the other"


def test_whoever_comes_back_without_a_token_types_nothing_again(qtbot: QtBot, world: PracticeWorld) -> None:
    answers = replace(without_token(world), token_owner=None)
    window = open_window(qtbot, new_session(world), answers)
    assert window.is_picked("Go on without")
    assert window.field("Name of your Page") == answers.page_name
    window.press_main()
    assert window.step() is StepId.ROLES


def test_the_field_keeps_the_token_for_whoever_comes_back_and_gives_it_to_nobody(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    window = log_in(qtbot, world)
    window.press_main()
    window.go_back()
    line = window.page.entry.secret.line
    assert window.page.entry.secret.text() == world.token(), "nothing that was typed is lost"
    assert line.echoMode() is not QLineEdit.EchoMode.Normal
    QGuiApplication.clipboard().setText("before")
    line.selectAll()
    line.copy()
    line.cut()
    assert QGuiApplication.clipboard().text() == "before"
    assert world.token() not in line.displayText()
    assert not window.sees(world.token())


# Remembering.


def test_without_a_password_store_it_says_that_the_token_stays_in_memory(
    qtbot: QtBot, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = new_session(world)
    monkeypatch.setattr(type(session.vault), "where", lambda self: None)
    window = open_window(qtbot, session)
    window.paste_token(world.token())
    assert not window.sees("Remember on this computer")
    assert window.sees("in memory only")


def test_a_password_store_that_never_answers_holds_up_no_token_and_is_said(
    qtbot: QtBot, world: PracticeWorld, silent_keyring: None
) -> None:
    window = log_in(qtbot, world)
    window.pick("Remember on this computer")
    window.wait()
    assert window.sees("does not answer. The token is kept in memory only")


@pytest.mark.keyring
def test_a_ticked_token_is_remembered_offered_next_time_and_forgotten(qtbot: QtBot, world: PracticeWorld) -> None:
    window = log_in(qtbot, world)
    assert window.sees("It goes into the password store of this computer")
    name = window.answers.token_name
    assert not window.session.vault.is_remembered(name)
    window.pick("Remember on this computer")
    window.wait()
    assert window.session.vault.is_remembered(name)
    assert window.sees("Remembered in the password store")

    later = new_session(world)  # another run of the program: its memory is empty
    later.vault = Vault(window.session.places.name)
    later.remembered = window.session.remembered
    again = open_window(qtbot, later)
    click(again.page.remembered_list.use_buttons[0])
    again.wait()
    assert shown(again) is Shown.ACCOUNT
    again.press("Forget this token")
    again.wait()
    assert not later.vault.is_remembered(name)
    assert later.vault.get(name) is not None  # for the rest of this run
    assert list(later.remembered.of(later.world.graph)) == []


def test_a_remembered_token_that_is_gone_is_said_and_can_be_pasted_again(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    session.remembered.add(
        RememberedToken("gone", session.world.graph, world.page_id, "Lumen Coffee", world.app("primary"), "Flow bot")
    )
    window = open_window(qtbot, session)
    click(window.page.remembered_list.use_buttons[0])
    window.wait()
    assert shown(window) is Shown.WAYS
    assert window.page.notice.isVisible()
    window.paste_token(world.token())
    assert shown(window) is Shown.ACCOUNT


def test_what_the_password_store_holds_in_place_of_a_token_is_called_what_it_is(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    session = new_session(world)
    session.remembered.add(
        RememberedToken("odd", session.world.graph, world.page_id, "Lumen Coffee", world.app("primary"), "Flow bot")
    )
    session.vault.put("odd", Secret("914602738451926|" + "a1" * 16), remember=False)
    window = open_window(qtbot, session)
    click(window.page.remembered_list.use_buttons[0])
    window.until_sees("This is an app token with the app’s secret in it.")
    assert not window.sees("Something went wrong in this program")


def test_enter_in_the_field_checks_the_token(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    type_text(window.page.entry.secret.line, world.token())
    assert shown(window) is Shown.WAYS
    press(window.page.entry.secret.line, Qt.Key.Key_Return)
    window.wait()
    assert shown(window) is Shown.ACCOUNT


def new_tokens_proof(session: Session, world: PracticeWorld) -> str:
    """What a developer computes from the Page's token, which a person's token reveals, and the app's secret."""
    opened = session.open_token(Secret(world.token("user")), None, CancelToken())
    row = next(iter(session.pages(opened, CancelToken())))
    assert row.secret is not None
    app_secret = world.token("app").partition("|")[2]
    return hmac.new(app_secret.encode(), row.secret.reveal().encode(), hashlib.sha256).hexdigest()


def test_a_page_of_a_persons_token_can_be_given_its_own_proof(qtbot: QtBot, world: PracticeWorld) -> None:
    world.scenario("user-token")
    session = new_session(world)
    wants_proof = {"code": 100, "message": "API calls from the server require an appsecret_proof argument"}
    world.fault("*", wants_proof, None, page=world.page_id)
    window = open_window(qtbot, session)
    window.paste_token(world.token("user"))
    page = window.page
    qtbot.waitUntil(lambda: page.pages.proof.advanced.is_open)
    assert shown(window) is Shown.PAGES
    page.pages.proof.secret.line.setText("0" * 63)
    window.press_main()
    assert "64 characters" in page.pages.proof.field.problem()
    world.scenario("user-token")
    world.forget_requests()
    page.pages.proof.secret.line.setText(new_tokens_proof(session, world))
    window.press_main()
    assert shown(window) is Shown.ACCOUNT
    kept = session.vault.get(proof_name(window.answers.token_name))
    assert kept is not None


@pytest.mark.keyring
def test_a_new_token_takes_the_place_of_the_remembered_one_and_only_then_is_called_remembered(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    session = new_session(world)
    old = replace(session.open_token(Secret(world.token()), None, CancelToken()), secret=Secret("EAAold" * 9))
    assert session.tokens.keep(old, True) is RememberResult.STORED
    later = new_session(world)
    later.vault, later.remembered = Vault(session.places.name), session.remembered
    window = open_window(qtbot, later)
    window.paste_token(world.token())
    assert shown(window) is Shown.ACCOUNT
    window.wait()
    assert window.sees("Remembered in the password store")
    stored = Vault(session.places.name).get(window.answers.token_name)
    assert stored is not None
    assert stored.reveal() == world.token()
    later.tokens.forget(window.answers.token_name)


class LockedVault(Vault):
    """The system's store is there and stays locked."""

    def put(self, name: str, secret: Secret, remember: bool) -> RememberResult:
        super().put(name, secret, False)
        return RememberResult.LOCKED if remember else RememberResult.NOT_ASKED

    def put_none(self, name: str, remember: bool) -> RememberResult:
        super().put_none(name, False)
        return RememberResult.LOCKED if remember else RememberResult.NOT_ASKED

    def where(self) -> str | None:
        return "Secret Service"


def test_a_new_token_that_cannot_be_stored_is_not_called_remembered(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    name = session.tokens.name_of(session.open_token(Secret(world.token()), None, CancelToken()))
    session.remembered.add(
        RememberedToken(name, session.world.graph, world.page_id, "Lumen Coffee", world.app("primary"), "Flow bot")
    )
    session.vault = LockedVault(session.places.name)
    window = open_window(qtbot, session)
    window.paste_token(world.token())
    window.wait()
    assert not window.sees("Remembered in the password store")
    assert window.can_press("Remember on this computer")
    assert window.sees("in memory only")
