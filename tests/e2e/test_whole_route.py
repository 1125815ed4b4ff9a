"""The installed program on a real display, from Welcome to Finished, with mouse, keyboard and a real browser."""

import pytest

from tests.e2e import route
from tests.e2e.browser import Browser
from tests.e2e.conftest import OpenProgram
from tests.e2e.screen import Screen
from tests.simulator.world import PracticeWorld

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

_MOST_ACTIONS = 15
_MOST_WITH_TOKEN = 19


def test_a_new_page_is_set_up_and_its_handover_tested(
    open_program: OpenProgram, browser: Browser, new_page: PracticeWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    bot, live_chat = new_page.app("primary"), new_page.app("secondary")
    with open_program() as screen:
        route.set_up(screen, browser, new_page)
        route.send_code_by_phone(screen, browser, new_page)
        route.run_test(screen, browser)
        handover = route.finish(screen)
        screen.close_window()
        assert screen.wait_until_closed() == 0
    with capsys.disabled():
        _print_actions(screen, browser)
    assert "Flow bot" in handover
    assert "Support Desk" in handover
    assert "Not passed" not in handover
    assert new_page.owner_of() == bot
    assert new_page.world()["platform"]["secondary_receiver"] == live_chat
    assert all(call["token_in"] != "query" for call in new_page.requests())
    assert len(screen.actions) <= _MOST_WITH_TOKEN, screen.actions


def test_without_a_token_in_hand_one_logs_in_with_facebook(
    open_program: OpenProgram, browser: Browser, new_page: PracticeWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_program() as screen:
        route.begin(screen)
        route.log_in_with_facebook(screen, browser, new_page)
        route.choose_who_answers_first(screen, browser, new_page)
        route.save_in_bot(screen, browser, new_page)
        route.send_code_by_phone(screen, browser, new_page)
        route.run_test(screen, browser)
        handover = route.finish(screen)
        screen.close_window()
        assert screen.wait_until_closed() == 0
    with capsys.disabled():
        _print_actions(screen, browser)
    assert "Not passed" not in handover
    assert len(screen.actions) <= _MOST_ACTIONS, screen.actions
    assert all(call["token_in"] != "query" for call in new_page.requests())
    browser.close()
    with_token = [address for address, title in browser.history() if "EAA" in address + title]
    assert with_token, "where Facebook put it"
    assert all(address.startswith(f"{new_page.start['relay_url']}/#") for address in with_token)


def test_the_live_chat_is_found_without_any_number(
    open_program: OpenProgram, browser: Browser, new_page: PracticeWorld
) -> None:
    with open_program() as screen:
        route.begin(screen)
        route.log_in(screen, browser, new_page)
        route.find_live_chat(screen, browser, new_page)
        screen.wait_for_title("Let Flow bot")


def _print_actions(screen: Screen, browser: Browser) -> None:
    for place, actions in (("wizard", screen.actions), ("browser", browser.actions)):
        print(f"\nActions in the {place}, {len(actions)}:", *actions, sep="\n  ")


def test_whoever_clicks_everything_twice_skips_no_page_and_says_nothing(
    open_program: OpenProgram, browser: Browser, new_page: PracticeWorld
) -> None:
    """Each part of the route begins on its own page: a page that was skipped is not found."""
    with open_program() as screen:
        screen.clicks = 2
        route.set_up(screen, browser, new_page)
        route.send_code_by_phone(screen, browser, new_page)
        route.run_test(screen, browser)
        handover = route.finish(screen)
    assert "Not passed" not in handover
    assert "Flow bot" in handover


def test_closing_the_window_in_the_middle_of_a_test_brings_the_conversation_back(
    open_program: OpenProgram, browser: Browser, new_page: PracticeWorld
) -> None:
    with open_program() as screen:
        _leave_conversation_with_live_chat(screen, browser, new_page)
        screen.close_window()
        assert screen.wait_until_closed() == 0
    assert new_page.owner_of() == new_page.app("primary")


def test_after_a_kill_in_the_middle_of_a_test_the_next_start_brings_the_conversation_back(
    open_program: OpenProgram, browser: Browser, new_page: PracticeWorld
) -> None:
    with open_program() as screen:
        _leave_conversation_with_live_chat(screen, browser, new_page)
        screen.kill()
    assert new_page.owner_of() == new_page.app("secondary")
    with open_program() as screen:
        route.bring_back_what_was_left(screen, new_page)
    assert new_page.owner_of() == new_page.app("primary")


def _leave_conversation_with_live_chat(screen: Screen, browser: Browser, world: PracticeWorld) -> None:
    """Come to the moment where the live chat has got the conversation and the wizard watches whether the bot stays
    silent."""
    route.set_up(screen, browser, world)
    route.send_code_by_link(screen, browser, world)
    route.run_test_until_the_bot_is_asked(screen, browser)
    route.ask_for_human(browser)
    route.write_once_more(screen, browser)
    assert world.owner_of() == world.app("secondary")
