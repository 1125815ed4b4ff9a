"""A whole account on the Check screen: each Page once, however often it is stopped."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.check_screen import open_check
from tests.ui.hands import click
from tests.ui.set_up import new_session
from wizard.actions.session import Session
from wizard.core.verdict import State


@pytest.fixture
def session(world: PracticeWorld) -> Session:
    return new_session(world)


def test_a_persons_token_checks_all_its_pages_and_greys_the_unusable(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    world.scenario("sixty-pages")
    screen = open_check(qtbot, session)
    screen.give_token(world.token("user"))
    assert len(screen.subjects) == 60
    assert all(one.result is not None for one in screen.subjects)
    unusable = [one for one in screen.subjects if one.result is not None and not one.result.is_reached]
    assert unusable
    told = {screen.page.board.table.rows.row(at).headline for at in range(60)}
    assert any("token" in headline for headline in told)
    assert screen.page.token.entry.secret.text() == ""
    assert "60" in screen.page.board.count.text()


def test_one_page_of_an_account_is_checked_again_alone(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    world.scenario("sixty-pages")
    screen = open_check(qtbot, session)
    screen.give_token(world.token("user"))
    before = {one.key: one.result for one in screen.subjects}
    screen.choose("Lumen Coffee 02")
    click(screen.page.details.again_button)
    screen.wait()
    changed = [one.name for one in screen.subjects if one.result is not before[one.key]]
    assert changed == ["Lumen Coffee 02"]


def test_a_stopped_account_goes_on_with_the_rest_and_checks_each_page_once(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    world.scenario_of("sixty-pages", reply_delay_ms=150)
    screen = open_check(qtbot, session)
    screen.press("Use a token…")
    QGuiApplication.clipboard().setText(world.token("user"))
    click(screen.page.token.entry.secret.paste_button)
    qtbot.waitUntil(lambda: len(screen.subjects) > 5, timeout=15_000)
    screen.press("Stop")
    screen.wait()
    first = {one.key: one.result for one in screen.subjects}
    assert 5 < len(first) < 60
    assert screen.main() == "Go on with the rest"
    screen.press_main()
    qtbot.waitUntil(lambda: not screen.page.is_busy, timeout=20_000)
    assert len(screen.subjects) == 60
    assert all(one.result is first[one.key] for one in screen.subjects if one.key in first)
    assert screen.main() == "Check all"


def test_many_pages_can_be_searched_and_narrowed_to_the_troubled(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    world.scenario("sixty-pages")
    screen = open_check(qtbot, session)
    screen.give_token(world.token("user"))
    board = screen.page.board
    board.search.setText("Coffee 02")
    assert board.table.shown == 1
    assert board.count.text() == "1 of 60 Pages"
    board.search.clear()
    click(board.only_to_look_at)
    troubled = [
        one
        for one in screen.subjects
        if one.result is not None and one.result.found.state not in (State.UNKNOWN, State.OK)
    ]
    assert board.table.shown == len(troubled) > 0
