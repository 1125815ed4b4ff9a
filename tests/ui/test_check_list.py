"""The list of the Check screen with many Pages: what is shown, copied and asked is always about the chosen one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.check_screen import OTHER_PAGE, Screen, open_check, remember_token, set_up
from tests.ui.hands import click, press, type_text
from tests.ui.set_up import new_session
from wizard.actions.compressed import decompress
from wizard.actions.session import Session
from wizard.core.answers import TokenOwner
from wizard.core.verdict import State
from wizard.ui.widgets.check_rows import TableRow
from wizard.ui.widgets.check_table import CheckTable
from wizard.vault import KeyringResult, Vault
from wizard.words import verdicts


@pytest.fixture
def session(world: PracticeWorld) -> Session:
    return new_session(world)


@pytest.fixture
def screen(qtbot: QtBot, session: Session, world: PracticeWorld) -> Screen:
    """All sixty Pages of an account are checked."""
    world.scenario("sixty-pages")
    screen = open_check(qtbot, session)
    screen.give_token(world.token("user"))
    return screen


def _details_are_of_the_choice(screen: Screen) -> bool:
    chosen, _check = screen.page.board.choice()
    details = screen.page.details
    return not details.isVisible() if chosen is None else details.name.text() == chosen.name


def test_a_search_chooses_what_it_finds_and_copy_names_it(screen: Screen) -> None:
    board = screen.page.board
    screen.choose("Lumen Coffee 02")
    type_text(board.search, "Coffee 07")
    assert board.table.shown == 1
    chosen, _check = board.choice()
    assert chosen is not None
    assert chosen.name == "Lumen Coffee 07"
    assert _details_are_of_the_choice(screen)
    click(screen.page.details.copy_button)
    assert "Lumen Coffee 07" in screen.page.details.said.text()
    copied = QGuiApplication.clipboard().text()
    assert "Lumen Coffee 02" not in copied


def test_a_search_that_finds_nothing_shows_nobodys_details(screen: Screen) -> None:
    screen.choose("Lumen Coffee 02")
    type_text(screen.page.board.search, "nobody is called so")
    assert screen.page.board.choice()[0] is None
    assert not screen.page.details.isVisible()


def test_what_is_found_still_stays_chosen(screen: Screen) -> None:
    screen.choose("Lumen Coffee 02", "token.owner")
    type_text(screen.page.board.search, "Coffee 0")
    chosen, check = screen.page.board.choice()
    assert chosen is not None
    assert (chosen.name, check) == ("Lumen Coffee 02", "token.owner")
    assert _details_are_of_the_choice(screen)


def test_the_troubled_begin_with_those_that_could_not_be_checked(qtbot: QtBot) -> None:
    states = [State.OK, State.PROBLEM, State.NOT_CHECKED, State.UNKNOWN, State.WARNING, State.NOT_CHECKED]
    table = CheckTable(("token.valid",), verdicts.title)
    qtbot.addWidget(table)
    table.show_rows(TableRow(str(at), f"Page {at}", state=state) for at, state in enumerate(states))
    table.look_for("", only_to_look_at=True)
    assert _names(table) == ["Page 2", "Page 5", "Page 1", "Page 4"]
    table.show_rows([TableRow("0", "Page 0", state=State.NOT_CHECKED)])
    assert _names(table)[0] == "Page 0"
    table.look_for("", only_to_look_at=False)
    assert _names(table) == [f"Page {at}" for at in range(6)]


def _names(table: CheckTable) -> list[str]:
    upright = Qt.Orientation.Vertical
    return [str(table.model().headerData(at, upright)) for at in range(table.shown)]


def test_those_to_look_at_are_shown_with_the_details_of_the_chosen_one(screen: Screen) -> None:
    screen.choose("Lumen Coffee 02")
    click(screen.page.board.only_to_look_at)
    assert _details_are_of_the_choice(screen)
    assert screen.page.board.choice()[0] is not None


def test_enter_in_the_search_goes_to_the_list_and_checks_nothing(screen: Screen, world: PracticeWorld) -> None:
    world.forget_requests()
    board = screen.page.board
    board.search.setFocus()
    press(board.search, Qt.Key.Key_Return)
    assert screen.shell.focusWidget() is board.table
    assert not screen.page.is_busy
    assert world.calls() == []


def test_enter_in_the_token_field_uses_the_token(screen: Screen, world: PracticeWorld) -> None:
    screen.press("Use a token…")
    line = screen.page.token.entry.secret.line
    type_text(line, world.token())
    world.forget_requests()
    press(line, Qt.Key.Key_Return)
    screen.wait()
    assert [call for call in world.calls() if call.startswith("GET me")]
    assert "GET me/accounts" not in world.calls()  # which checking all Pages again would ask for
    assert any(one.token_names for one in screen.subjects)


def test_a_half_typed_token_stays_and_is_said_to_be_none(screen: Screen, world: PracticeWorld) -> None:
    screen.press("Use a token…")
    line = screen.page.token.entry.secret.line
    type_text(line, "EAAB")
    world.forget_requests()
    press(line, Qt.Key.Key_Return)
    assert line.text() == "EAAB"
    assert screen.page.token.entry.field.problem()
    assert world.calls() == []


def test_each_button_has_a_name_of_its_own(screen: Screen) -> None:
    screen.choose("Lumen Coffee 02")
    screen.press("Use a token…")
    names = [
        button.accessibleName() or button.text()
        for button in screen.shell.findChildren(QAbstractButton)
        if button.isVisible() and (button.accessibleName() or button.text())
    ]
    assert sorted(names) == sorted(set(names))


def test_whose_app_it_is_can_be_said_once_for_all_pages(screen: Screen, world: PracticeWorld) -> None:
    whose = screen.page.whose
    reached = [one for one in screen.subjects if one.result is not None and one.result.is_reached]
    assert whose.isVisible()
    assert str(len(reached)) in whose.question.text()
    assert "Flow bot" in whose.question.text()
    world.forget_requests()
    click(whose.buttons[TokenOwner.BOT])
    screen.wait()
    assert not whose.isVisible()
    assert world.calls() == []
    for one in reached:
        now = screen.subject(one.name).result
        assert now is not None
        states = {verdict.check: verdict.state for verdict in decompress(now).verdicts}
        assert states["token.owner"] is State.OK


def test_an_answer_holds_for_pages_that_are_checked_later(screen: Screen) -> None:
    click(screen.page.whose.buttons[TokenOwner.BOT])
    screen.wait()
    screen.choose("Lumen Coffee 02")
    click(screen.page.details.again_button)
    screen.wait()
    assert not screen.page.whose.isVisible()
    seen = screen.subject("Lumen Coffee 02").result
    assert seen is not None
    assert seen.names.bot is not None


class NotingVault(Vault):
    """Notes what the system's keyring would be asked for."""

    def __init__(self, service: str) -> None:
        super().__init__(service)
        self.asked: list[str] = []

    def find(self, name: str) -> KeyringResult:
        if not self.is_at_hand(name):
            self.asked.append(name)
        return super().find(name)


def test_the_list_asks_the_keyring_for_nothing_and_a_check_does(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    session.save_setup(set_up(world, OTHER_PAGE, "Harbour Books"))
    session.save_setup(set_up(world))
    remember_token(session, world)
    vault = session.vault = NotingVault("handover-test-list")
    screen = open_check(qtbot, session)
    assert len(screen.subjects) == 2
    assert vault.asked == []
