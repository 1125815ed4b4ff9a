"""Log in with a token of any kind: each thing that can be wrong has its sentence, and what was typed stays."""

import hashlib
import hmac

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.simulator.world import PracticeWorld
from tests.ui.hands import press, type_text
from tests.ui.harness import Window, open_window
from tests.ui.log_in_page import log_in, shown
from tests.ui.set_up import logged_in, new_session
from wizard.actions.session import Session
from wizard.core.answers import TokenOwner
from wizard.core.cancel import CancelToken
from wizard.core.flow import StepId
from wizard.core.secret import Secret
from wizard.ui.metrics import em
from wizard.ui.pages.log_in.view import Shown
from wizard.ui.theme import Theme
from wizard.vault import proof_name


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


def test_the_list_of_pages_takes_the_room_there_is(qtbot: QtBot, world: PracticeWorld, theme: Theme) -> None:
    world.scenario("sixty-pages")
    window = log_in(qtbot, world, "user")
    view = window.page.pages.picker.view
    for scale, height in ((1.0, 768), (1.0, 1000), (2.0, 600), (1.0, 768)):
        theme.use_text_scale(scale)
        window.shell.resize(1366, height)
        settle(window.shell)
        assert view.height() >= view.minimumHeight()
        area = window.shell.stack.area(window.page)
        has_blank = area.seen_height() - window.page.geometry().bottom() > 2 * em(1.1)
        assert not has_blank
        if scale == 1.0:
            assert area.verticalScrollBar().maximum() == 0
            assert view.height() > height * 0.45
    window.press_second()
    settle(window.shell)
    assert window.page.ways.y() < window.shell.height() // 2
