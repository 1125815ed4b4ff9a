"""The recovery screen: a test that died is shown, asked about where somebody answered, and brought back."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld, start_world
from tests.ui.handover_stage import WAIT, TestWindow, ready, session_in, window_at_test
from tests.ui.hands import click
from wizard.core.answers import Answers
from wizard.core.facts import Control
from wizard.core.open_test import OpenTest, Part
from wizard.session import Session
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.notice import Tone


@dataclass
class Left:
    """What a run left that died after the pass: the conversation with the live chat, and the entry."""

    qtbot: QtBot
    world: PracticeWorld
    session: Session
    answers: Answers

    def entry(self, name: str = "left", **changes: object) -> OpenTest:
        start = self.world.start
        assert self.answers.bot is not None
        assert self.answers.live_chat is not None
        now = float(self.world.world()["time"])
        values: dict[str, object] = {
            "id": name,
            "graph": self.session.world.graph,
            "page_id": self.world.page_id,
            "page_name": start["page"]["name"],
            "psid": self.world.tester,
            "token_app_id": self.answers.bot.id,
            "bot": self.answers.bot,
            "live_chat": self.answers.live_chat,
            "part": Part.FACEBOOK_ALLOWS,
            "start": Control.APP,
            "start_app_id": self.answers.bot.id,
            "opened_at": now - 2,
            "passed_at": now,
            "nothing_means_idle": True,
            "token_name": self.answers.token_name,
        }
        return OpenTest(**{**values, **changes})  # type: ignore[arg-type] # checked by the dataclass itself

    def die_after_pass(self) -> OpenTest:
        entry = self.entry()
        self.session.journal.write(entry)
        reply = self.world.control_of("pass", target_app_id=self.world.app("secondary"))
        assert reply.status == 200
        self.world.forget_requests()
        return entry


@pytest.fixture
def left(qtbot: QtBot, world: PracticeWorld) -> Left:
    return in_scenario(qtbot, world, "happy-routing")


def in_scenario(qtbot: QtBot, world: PracticeWorld, scenario: str) -> Left:
    session = session_in(world, scenario)
    return Left(qtbot, world, session, ready(session, world))


@pytest.fixture
def window(left: Left) -> Iterator[TestWindow]:
    with window_at_test(left.qtbot, left.session, left.world, left.answers) as window:
        yield window


def open_recovery(window: TestWindow) -> None:
    window.shell.open_aside("recovery")
    window.qtbot.waitUntil(lambda: not window.runner.is_busy, timeout=WAIT)


def main_text(window: TestWindow) -> str:
    return window.shell.next_button.text()


def wait_until_free(window: TestWindow) -> None:
    window.qtbot.waitUntil(lambda: not window.runner.is_busy and not window.recovery.is_busy, timeout=WAIT)


def test_owner_remaining_time_and_last_activity_are_shown_and_nothing_is_changed(
    left: Left, window: TestWindow
) -> None:
    left.die_after_pass()
    open_recovery(window)
    lines = {item.id: item for item in window.recovery.facts.lines.items()}
    assert "Support Desk has the conversation" in lines["owner"].title
    assert "23 h" in lines["owner"].detail
    assert "Last message" in lines["activity"].title
    assert window.recovery.facts.diagram.picture.in_control == window.world.app("secondary")
    assert not [call for call in window.world.calls() if call.startswith("POST")]


def test_one_press_brings_it_back_and_closes_the_entry(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    open_recovery(window)
    assert main_text(window) == "Bring it back"
    window.press_main()
    wait_until_free(window)
    window.qtbot.waitUntil(lambda: window.recovery.result.tone is Tone.OK)
    assert "Flow bot" in window.recovery.result.title()
    assert window.world.owner_of() == window.world.app("primary")
    assert not left.session.open_tests()
    assert main_text(window) == "Done"
    window.press_main()
    assert window.page.isVisible()


def test_where_somebody_answered_it_takes_only_after_a_tick(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    left.world.clock(120)
    left.world.instruct("answer_from_live_chat")
    open_recovery(window)
    lines = {item.id: item for item in window.recovery.facts.lines.items()}
    assert lines["activity"].mark is Mark.WARNING
    assert not window.shell.next_button.isEnabled()
    assert "Support Desk" in window.recovery.tick.text.text()
    click(window.recovery.tick.box)
    window.press_main()
    wait_until_free(window)
    assert window.world.owner_of() == window.world.app("primary")


def test_without_the_token_it_asks_for_the_one_of_this_page_and_app(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    left.session.forget(left.answers.token_name)
    open_recovery(window)
    page = window.recovery
    assert page.token.isVisible()
    assert "Lumen Coffee" in page.token_why.text()
    assert "Flow bot" in page.token_why.text()
    page.token.secret.line.setText(left.world.token("secondary_page"))
    wait_until_free(window)
    assert "Support Desk" in page.token.field.problem()
    assert page.token.secret.text()
    page.token.secret.line.clear()
    page.token.secret.line.setText(left.world.token())
    wait_until_free(window)
    assert not page.token.isVisible()
    assert not page.token.secret.text()
    window.press_main()
    wait_until_free(window)
    assert window.world.owner_of() == window.world.app("primary")


def test_a_users_token_is_refused_with_the_reason(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    left.session.forget(left.answers.token_name)
    open_recovery(window)
    window.recovery.token.secret.line.setText(left.world.token("user"))
    wait_until_free(window)
    assert "not the token of a Page" in window.recovery.token.field.problem()


def test_an_expired_token_is_said_so(left: Left, window: TestWindow) -> None:
    left.die_after_pass()
    left.world.fault("GET me/thread_owner", {"code": 190, "subcode": 463}, None)
    open_recovery(window)
    assert "expired" in window.recovery.notice.title()
    assert len(left.session.open_tests()) == 1


def test_a_refused_take_offers_the_ways_out_and_keeps_the_entry(qtbot: QtBot, world: PracticeWorld) -> None:
    left = in_scenario(qtbot, world, "take-refused-when-held")
    world.write("Hi")
    world.clock(5)  # the bot's answer to it is older than the pass
    left.die_after_pass()
    with window_at_test(qtbot, left.session, world, left.answers) as window:
        open_recovery(window)
        window.press_main()
        question = window.recovery.question
        window.until_seen(question)
        assert len(question.cards.cards) == 3
        question.cards.choose("wait")
        click(question.buttons["done"])
        wait_until_free(window)
        qtbot.waitUntil(window.recovery.ways.isVisible)
        assert window.recovery.result.tone is Tone.PROBLEM
        assert len(left.session.open_tests()) == 1


def test_several_open_tests_are_chosen_from(left: Left, window: TestWindow) -> None:
    first = left.die_after_pass()
    second = left.entry("second", psid=left.world.customer, opened_at=first.opened_at + 1)
    left.session.journal.write(second)
    open_recovery(window)
    page = window.recovery
    assert [card.key for card in page.tests.cards] == [first.id, second.id]
    assert page.tests.choice() == first.id
    page.tests.choose(second.id)
    wait_until_free(window)
    lines = {item.id: item for item in page.facts.lines.items()}
    assert "Flow bot has the conversation" in lines["owner"].title


def test_an_entry_of_a_practice_that_has_ended_is_closed_and_said_so(left: Left, window: TestWindow) -> None:
    with start_world() as other:
        gone = other.graph_url
        left.session.journal.write(left.entry("gone", graph=gone))
        left.session.journal.write(left.entry("far", graph="https://graph.example"))
        open_recovery(window)
        assert len(left.session.journal.entries()) == 2
    window.shell.open_aside("")
    open_recovery(window)
    assert [entry.id for entry in left.session.journal.entries()] == ["far"]
    assert "earlier practice" in window.recovery.result.title()


def test_with_nothing_open_it_says_so(window: TestWindow) -> None:
    open_recovery(window)
    assert "No test is open" in window.recovery.result.title()
    assert main_text(window) == "Done"


def test_a_damaged_record_is_told_and_kept(left: Left, window: TestWindow) -> None:
    left.session.places.journal.mkdir(parents=True)
    damaged = left.session.places.journal / "odd.json"
    damaged.write_text("{")
    open_recovery(window)
    assert "cannot be read" in window.recovery.result.title()
    assert damaged.exists()
