"""Coming back to log in: what a person need not tell again, and which tokens the password store remembers."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.hands import click
from tests.ui.harness import open_window
from tests.ui.log_in_page import log_in, shown
from tests.ui.set_up import new_session, ready, without_token
from wizard.core.cancel import CancelToken
from wizard.core.flow import StepId
from wizard.core.secret import Secret
from wizard.store.tokens import RememberedToken
from wizard.ui.pages.log_in.view import Shown
from wizard.vault import RememberResult, Vault

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
    assert window.is_picked("Go on without a token")
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
