"""Find it for me: one answer from the live chat names it, and nothing is read before a press allows it."""

from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.apps_page import LOOK, apps_page, live_chat_of
from tests.ui.hands import click
from tests.ui.harness import Window
from wizard.actions import find_conversation
from wizard.core.facts import Origin
from wizard.core.flow import StepId
from wizard.ui.theme import Theme

YES, NO = "Yes, this is my live chat", "No, look again"


def finding(qtbot: QtBot, world: PracticeWorld) -> Window:
    """It is open at once, and does nothing by itself."""
    window = apps_page(qtbot, world)
    world.forget_requests()
    assert window.is_picked("Find it for me")
    return window


def look(window: Window, world: PracticeWorld) -> None:
    """The tester sends the code, and the wizard looks for it."""
    world.instruct("send_code", window.page.find_panel.row.qr.text())
    window.press(LOOK)


def test_nothing_is_read_before_the_press_beside_which_it_says_what_is_read(qtbot: QtBot, world: PracticeWorld) -> None:
    window = finding(qtbot, world)
    panel = window.page.find_panel
    assert window.sees("newest messages")
    assert window.sees("who has control")
    assert (
        window.page.find_panel.row.qr.text().partition("?text=")[2].replace("%20", " ")
        in panel.row.steps.steps()[0].text
    )
    assert panel.row.qr.text().startswith(window.session.world.m_me)
    assert window.filled() == [panel.row.opener.button.text()], "nothing was sent yet"
    click(panel.row.opener.button)
    assert window.filled() == [LOOK]
    assert window.opened == [panel.row.qr.text()]
    assert "ref=" not in panel.row.qr.text()
    assert world.requests() == []


def test_what_is_read_comes_into_sight_before_the_press_that_allows_it(
    qtbot: QtBot, world: PracticeWorld, theme: Theme
) -> None:
    window = finding(qtbot, world)
    theme.use_text_scale(2.0)
    window.shell.resize(1024, 640)
    consent = window.page.find_panel.consent
    window.until(lambda: consent.visibleRegion().boundingRect().height() < consent.height())
    window.press(LOOK)
    window.until(lambda: consent.visibleRegion().boundingRect().height() == consent.height())
    assert world.requests() == []
    window.press(LOOK)
    window.until(lambda: len(world.requests()) > 0)
    window.page.find_panel.stop()
    window.wait()


def test_one_answer_from_the_live_chat_names_it(qtbot: QtBot, world: PracticeWorld) -> None:
    window = finding(qtbot, world)
    look(window, world)
    window.until_sees("Found your conversation")
    assert window.can_press("Stop")
    window.press("Open the live chat")
    assert window.opened == [window.session.world.link("{livechat}/")]
    world.instruct("answer_from_live_chat")
    window.until_sees(YES)
    assert window.sees(f"Support Desk (App ID {world.app('secondary')}) now has control. Is this your live chat?")
    assert live_chat_of(window) is None
    window.press(YES)
    found = live_chat_of(window)
    assert found is not None
    assert (found.id, found.origin) == (world.app("secondary"), Origin.HAS_CONTROL)
    assert window.session.facts.owners[-1].app_id == world.app("secondary")
    assert window.shell.next_button.isEnabled()
    assert not any("pass" in call or "take" in call or "release" in call for call in world.calls())


def test_on_a_new_page_the_bot_becomes_the_default_app_and_then_the_live_chat_is_named(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    world.scenario("new-page")
    window = finding(qtbot, world)
    look(window, world)
    window.until_sees("Found your conversation")
    world.instruct("answer_from_live_chat")
    window.until_sees("Facebook names it only to the app that answers first")
    window.press("Open this setting on Facebook")
    assert window.opened == [window.session.world.link("{facebook}/settings?tab=msgr_conversation_routing")]
    world.instruct("default_app")
    window.until_sees(YES)
    assert window.session.own_conversation is not None
    assert window.session.own_conversation.psid == world.tester


def test_no_looks_again_past_the_app_that_was_named(qtbot: QtBot, world: PracticeWorld) -> None:
    window = finding(qtbot, world)
    look(window, world)
    window.until_sees("Found your conversation")
    world.instruct("answer_from_live_chat")
    window.until_sees(NO)
    window.press(NO)
    world.forget_requests()
    window.until(lambda: len(world.requests()) > 0)
    assert not window.offers(YES)
    assert live_chat_of(window) is None
    window.press("Stop")
    window.wait()


def test_finding_can_be_stopped_and_begun_again(qtbot: QtBot, world: PracticeWorld) -> None:
    window = finding(qtbot, world)
    window.press(LOOK)
    assert not window.offers(LOOK)
    window.press("Stop")
    window.until(lambda: window.offers(LOOK))
    assert not window.runner.is_busy


def test_leaving_the_page_stops_the_search(qtbot: QtBot, world: PracticeWorld) -> None:
    window = finding(qtbot, world)
    window.press(LOOK)
    window.press("Back")
    assert window.step() is StepId.LOG_IN
    window.wait()


def test_without_a_right_to_read_messages_one_chooses_the_conversation(qtbot: QtBot, world: PracticeWorld) -> None:
    world.scenario("no-message-access")
    window = finding(qtbot, world)
    look(window, world)
    window.until_sees("Robin Tester")
    window.pick("Robin Tester")
    world.instruct("answer_from_live_chat")
    window.until_sees(YES)
    assert window.sees("Support Desk (App ID")


def test_finding_needs_no_scrolling_sideways_at_twice_the_text_size(
    qtbot: QtBot, world: PracticeWorld, theme: Theme
) -> None:
    theme.use_text_scale(2.0)
    window = finding(qtbot, world)
    row = window.page.find_panel.row
    link = "https://m.me/107836259148302"
    for_phones = find_conversation.TesterCode("4821", 0.0, "107836259148302", link)
    row.show_code(for_phones, "Lumen Coffee")  # practice has none, for no phone reaches it
    window.shell.resize(1024, 640)
    area = window.page.parentWidget()
    while not isinstance(area, QScrollArea):
        area = area.parentWidget()
    bar = area.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0, timeout=5_000)
    assert row.qr.geometry().bottom() < row.opener.geometry().top()
    assert row.phone.picture.labels == ("Lumen Coffee", "Handover test 4821")
    qtbot.waitUntil(lambda: row.phone.height() >= row.phone.heightForWidth(row.phone.width()))
