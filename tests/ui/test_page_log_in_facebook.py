"""Log in with Facebook in the window: the button, what is shown meanwhile, and what comes of every kind of trouble."""

import http.client
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.log_in_rows import ROWS, Row, changed_file, prepare
from tests.simulator.world import PracticeWorld
from tests.tokens_in_memory import tokens_in_memory
from tests.ui.hands import press
from tests.ui.harness import AT_LOG_IN, Window, open_window
from tests.ui.set_up import new_session, ready
from wizard.core import limits
from wizard.core.answers import TokenOwner
from wizard.core.flow import StepId
from wizard.core.products import OWN, Product
from wizard.store.tokens import RememberedToken
from wizard.ui.pages.log_in.page import LogInPage

BUTTON = "Log in with Facebook (Flow bot)"
# What the window says where it says it otherwise than the terminal, for the same row.
_SAID = {
    "Page: Lumen Coffee": "Logged in to Lumen Coffee",
}


def begin(qtbot: QtBot, world: PracticeWorld, file: str = "", **tables: Any) -> Window:
    """file: a vendor's of its own, that is chosen beside the practice world's."""
    world.scenario_of("happy-routing", **tables)
    session = new_session(world, has_log_in=True)
    if file:
        with NamedTemporaryFile("w", suffix=".handoverlogin", encoding="utf-8") as sent:
            sent.write(file)
            sent.flush()
            session.log_ins.take(Path(sent.name))
    window = open_window(qtbot, session)
    window.until(lambda: "Log in with Facebook" in window.main())
    if file:
        window.pick("Changed")
    return window


def act(window: Window, world: PracticeWorld, step: str = "log_in") -> None:
    """Press the button, and do on Facebook what a person would."""
    count = len(window.opened)
    window.begin()
    panel = window.page.waiting
    if step == "log_in":
        window.until(lambda: len(window.opened) > count)
        world.instruct("log_in", link=window.opened[-1])
    else:
        window.until(lambda: bool(panel.code.value()))
        assert not panel.qr.isVisible(), "no phone reaches practice"
        world.instruct("enter_code", link=panel.address.value(), copied=panel.code.value())


def test_with_a_file_nobody_is_led_to_write_for_a_token(qtbot: QtBot, world: PracticeWorld) -> None:
    """Not even where the page was made ahead, and knows the file before it is entered."""
    answers = replace(AT_LOG_IN, bot_product=Product(OWN))
    window = open_window(qtbot, new_session(world, has_log_in=True), answers, StepId.PRODUCTS)
    window.shell.preload_pages()
    window.until(lambda: any(page.ways.has_files for page in window.shell.findChildren(LogInPage)))
    window.shell.open_step(StepId.LOG_IN)
    assert window.is_picked(BUTTON)


def test_one_button_logs_in_and_the_apps_are_known(qtbot: QtBot, world: PracticeWorld) -> None:
    window = begin(qtbot, world)
    assert window.offers("I have a token")
    assert not window.sees("Page access token")
    assert window.sees("How do you want to log in?")
    act(window, world)
    window.until_sees("Logged in to Lumen Coffee")
    assert window.answers.token_owner is TokenOwner.BOT
    bot, live_chat = window.answers.bot, window.answers.live_chat
    assert bot is not None
    assert live_chat is not None
    assert (bot.id, live_chat.id) == (world.app("primary"), world.app("secondary"))
    assert len(window.opened) == 1
    assert "EAA" not in window.opened[0]
    window.press_main()
    assert window.step() is StepId.APPS


def test_the_window_keeps_the_pages_token_alone(qtbot: QtBot, world: PracticeWorld) -> None:
    before = tokens_in_memory(world)
    window = begin(qtbot, world)
    act(window, world)
    window.until_sees("Logged in to Lumen Coffee")
    window.until(lambda: not window.page.is_busy)
    tokens = window.session.tokens
    assert not tokens_in_memory(world) - before - {tokens.get(window.answers.token_name).secret.reveal()}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_comes_of_a_log_in(qtbot: QtBot, world: PracticeWorld, row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LOG_IN", 2.0)
    file = changed_file(world, label="Changed", **row.file) if row.file else ""
    window = begin(qtbot, world, file, log_in=row.world, owner=row.owner)
    prepare(world, row)
    if row.with_code:
        monkeypatch.setattr(limits, "LOG_IN_OTHERWISE", 0.1)
        window.begin()
        window.until_sees("Nothing came back yet.")
        window.press("Log in with a code")
        panel = window.page.waiting
        window.until(lambda: bool(panel.code.value()))
        world.instruct("enter_code", link=panel.address.value(), copied=panel.code.value())
    else:
        act(window, world)
    window.until_sees(_SAID.get(row.said, row.said), 15_000)
    window.until(lambda: not window.page.is_busy)
    if row.code:
        assert window.main().startswith(("Log in", "Ask again")), "it can be tried again at once"
        assert not window.answers.token_name
        assert not any(listens(port_of(address)) for address in window.opened)


def test_a_port_that_is_taken_is_said(qtbot: QtBot, world: PracticeWorld) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        back = f"http://localhost:{other.getsockname()[1]}/"
        window = begin(qtbot, world, changed_file(world, label="Changed", redirect_uri=back))
        window.begin()
        window.until_sees("Another program uses the connection on which the log-in would come back.")
        window.until(lambda: not window.page.is_busy)
        assert (window.main(), window.opened) == ("Log in with Facebook (Changed)", [])


def test_what_was_not_given_can_be_asked_for_again_or_done_without(qtbot: QtBot, world: PracticeWorld) -> None:
    window = begin(qtbot, world, owner={"declines": ["pages_messaging"]})
    act(window, world)
    window.until_sees("These permissions were not given: pages_messaging.")
    assert (window.main(), window.offers("Go on without them")) == ("Ask again", True)
    window.begin()
    window.until(lambda: len(window.opened) == 2)
    assert "auth_type=rerequest" in window.opened[-1]
    world.instruct("log_in", link=window.opened[-1])
    window.until_sees("These permissions were not given: pages_messaging.")
    window.until(lambda: not window.page.is_busy)
    window.press("Go on without them")
    window.until_sees("Logged in to Lumen Coffee")


def test_the_keyboard_alone_logs_in_and_goes_on(qtbot: QtBot, world: PracticeWorld) -> None:
    window = begin(qtbot, world)

    def enter() -> None:
        focused = window.shell.focusWidget()
        assert focused is not None
        press(focused, Qt.Key.Key_Return)

    enter()
    window.until(lambda: bool(window.opened))
    world.instruct("log_in", link=window.opened[-1])
    window.until_sees("Logged in to Lumen Coffee")
    window.wait()
    enter()
    window.wait()
    assert window.step() is StepId.APPS


def test_the_log_in_says_until_when_it_works(qtbot: QtBot, world: PracticeWorld) -> None:
    window = begin(qtbot, world, log_in={"long_lived": False})
    act(window, world)
    window.until_sees("Logged in to Lumen Coffee")
    assert window.sees("This log-in works until ")
    assert not window.offers("What a token does not tell")


def test_a_log_in_near_its_end_is_renewed_by_a_button_and_no_setting_is_lost(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    session = new_session(world.scenario("happy-routing"), has_log_in=True)
    answers = ready(session, world)
    token = session.facts.token
    assert token is not None
    at, bot = token.identity.at, world.app("primary")
    session.remembered.add(
        RememberedToken(
            answers.token_name, session.world.graph, world.page_id, "Lumen Coffee", bot, "Flow bot", at + 300, at - 3300
        )
    )
    session.tokens.lives.clear()  # another run of the program
    window = open_window(qtbot, session, replace(answers, token_name="", token_owner=None))
    window.until_sees("Logged in to Lumen Coffee")
    assert window.sees("This log-in works until ")
    window.press("Log in again")
    window.until(lambda: bool(window.opened))
    world.instruct("log_in", link=window.opened[-1])
    window.until_sees("By way of Flow bot")
    window.wait()
    assert not window.sees("This log-in works until ")
    kept = ("bot", "live_chat", "roles_confirmed", "target", "saved_app_id", "saved_how", "token_owner")
    assert [getattr(window.answers, name) for name in kept] == [getattr(answers, name) for name in kept]
    window.press_main()
    assert window.step() is StepId.TEST


def test_one_logs_in_with_an_app_of_ones_own_by_its_id(qtbot: QtBot, world: PracticeWorld) -> None:
    world.scenario("development-mode")
    window = open_window(qtbot, new_session(world))
    window.pick("I have my own Meta app")
    assert window.sees("Find the number in your app")
    window.type_into("App ID of your Meta app", "flowbot")
    window.press_main()
    assert window.opened == []
    assert window.sees("An App ID has digits only.")
    window.type_into("App ID of your Meta app", world.app("primary"))
    act(window, world)
    window.until_sees("Logged in to Lumen Coffee")
    assert window.sees("Is Flow bot your bot, your live chat, or neither?")


def test_several_log_in_files_are_a_list_of_names(qtbot: QtBot, world: PracticeWorld) -> None:
    window = begin(qtbot, world, changed_file(world, label="Changed", help="https://acme.example/help"))
    assert window.main() == "Log in with Facebook (Changed)"
    window.press("Help of Changed")
    assert window.opened == ["https://acme.example/help"]
    window.pick("Flow bot")
    assert window.main() == "Log in with Facebook (Flow bot)"
    window.pick("I have a token")
    assert not window.offers("Flow bot")
    assert window.main() == "Get a token on Facebook"


def test_other_ways_are_offered_once_nothing_came_for_a_while(
    qtbot: QtBot, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LOG_IN_OTHERWISE", 0.3)
    window = begin(qtbot, world, log_in={"interval": 1})
    window.begin()
    assert not window.offers("Log in with a code")
    window.until_sees("Nothing came back yet.")
    window.press("Log in with a code")
    panel = window.page.waiting
    window.until(lambda: bool(panel.code.value()))
    assert window.sees("Enter it on this page, on any device:")
    world.instruct("enter_code", link=panel.address.value(), copied=panel.code.value())
    window.until_sees("Logged in to Lumen Coffee", 15_000)


def test_a_token_can_be_pasted_instead_and_the_log_in_ends(
    qtbot: QtBot, world: PracticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LOG_IN_OTHERWISE", 0.3)
    window = begin(qtbot, world)
    window.begin()
    window.until_sees("Nothing came back yet.")
    window.press("Use a token, or the address of the page you see")
    window.until(lambda: not window.page.is_busy)
    assert window.sees("Page access token")
    window.paste_token(f"https://acme.example/handover/#access_token={world.token('page')}&expires_in=1")
    window.until_sees("Logged in to Lumen Coffee")


def test_a_browser_that_does_not_open_is_said_with_the_address(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world, has_log_in=True), has_browser=False)
    window.until(lambda: window.main() == BUTTON)
    window.begin()
    window.until_sees("No browser could be opened.")
    assert "/dialog/oauth?client_id=" in window.page.waiting.address.value()


def test_without_a_log_in_file_the_page_is_as_ever(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    assert window.main() == "Get a token on Facebook"
    assert window.sees("Page access token")


# What a stranger's page, or a tab that was left open, may try.


def begun(window: Window) -> tuple[int, str]:
    """Begin a log-in; return the port that listens, and its state."""
    count = len(window.opened)
    window.begin()
    window.until(lambda: len(window.opened) > count)
    state = parse_qs(urlsplit(window.opened[-1]).query)["state"][0]
    return int(state.partition(".")[2]), state


def send(port: int, state: str, token: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    body = urlencode({"fragment": urlencode({"access_token": token, "state": state})})
    connection.request("POST", "/in", body, {"Content-Type": "application/x-www-form-urlencoded"})
    status = connection.getresponse().status
    connection.close()
    return status


def port_of(address: str) -> int:
    """The port that waits for the answer to the dialog at this address."""
    return int(parse_qs(urlsplit(address).query)["state"][0].rpartition(".")[2])


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


LEAVE: list[Callable[[Window], object]] = [
    lambda window: window.page.stop_work(),
    lambda window: window.shell.open_aside("check"),
    lambda window: window.shell.close(),
]


@pytest.mark.parametrize("leave", LEAVE, ids=["stop", "another page", "close"])
def test_nothing_listens_once_a_log_in_is_left(
    qtbot: QtBot, world: PracticeWorld, leave: Callable[[Window], object]
) -> None:
    window = begin(qtbot, world)
    port, _state = begun(window)
    assert listens(port)
    leave(window)
    window.until(lambda: not listens(port))
    assert not window.answers.token_name


def test_whoever_stops_before_a_page_came_sees_no_empty_list(qtbot: QtBot, world: PracticeWorld) -> None:
    window = begin(qtbot, world)
    world.fault("GET me/accounts", "timeout", times=None)
    act(window, world)
    window.until_sees("Reading the list of your Pages")
    window.page.stop_work()
    window.until(lambda: not window.page.is_busy)
    assert window.main() == BUTTON
    assert not window.sees("Choose the Page to set up.")


def test_the_answer_to_an_earlier_log_in_is_none_to_this_one(qtbot: QtBot, world: PracticeWorld) -> None:
    window = begin(qtbot, world)
    _port, earlier = begun(window)
    window.page.stop_work()
    window.until(lambda: not window.page.is_busy)
    port, state = begun(window)
    assert send(port, earlier, world.token("third_app_page")) == 403
    assert send(port, state, world.token("user")) == 200
    window.until_sees("Logged in to Lumen Coffee")


@pytest.mark.parametrize(
    "token", ["third_app_page", "secondary_page", "914602738451926|" + "a1" * 16, "x\r\nX-Y: z", "x"]
)
def test_an_answer_without_a_token_of_its_app_logs_nobody_in(qtbot: QtBot, world: PracticeWorld, token: str) -> None:
    window = begin(qtbot, world)
    port, state = begun(window)
    given = world.token(token) if token.endswith("_page") else token
    assert send(port, state, given) == 200
    window.until(lambda: not window.page.is_busy)
    assert not window.sees("Something went wrong in this program")
    assert not window.sees(given)
    assert (window.main(), window.answers.token_name) == (BUTTON, "")


def test_a_file_whose_answer_does_not_come_back_says_so_before_the_log_in(qtbot: QtBot, world: PracticeWorld) -> None:
    landing = "https://www.facebook.com/connect/login_success.html"
    window = begin(qtbot, world, changed_file(world, label="Changed", redirect_uri=landing))
    assert window.sees("wipes it away within moments")
    window.pick("Flow bot")
    assert not window.sees("wipes it away within moments")
