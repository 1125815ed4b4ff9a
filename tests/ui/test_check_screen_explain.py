"""Errors and logs that are explained beside the Check screen."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.check_screen import Screen, open_check
from tests.ui.hands import click
from tests.ui.harness import show
from tests.ui.set_up import new_session
from wizard.actions.session import Session
from wizard.ui import open_files_dialog as dialogs
from wizard.ui.pages.explain.explain_box import ExplainBox
from wizard.ui.pages.explain.explained_card import ExplainedCard
from wizard.ui.services import Services


@pytest.fixture
def session(world: PracticeWorld) -> Session:
    return new_session(world)


# An error, explained.


def open_box(qtbot: QtBot, session: Session) -> tuple[Screen, ExplainBox]:
    screen = open_check(qtbot, session)
    screen.press("Explain an error…")
    return screen, screen.page.explain


def explained(qtbot: QtBot, session: Session, text: str) -> tuple[Screen, ExplainBox]:
    """The box with what it says of this text."""
    screen, box = open_box(qtbot, session)
    box.text.setPlainText(text)
    with qtbot.waitSignal(box.explained, timeout=5_000):
        screen.press("Explain")
    return screen, box


def test_a_pasted_error_is_explained_with_the_secret_hidden(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    screen, box = open_box(qtbot, session)
    QGuiApplication.clipboard().setText(f"(#10) code 10, subcode 2018300 access_token={world.token()}")
    box.text.paste()
    assert world.token() not in box.text.toPlainText()
    with qtbot.waitSignal(box.explained, timeout=5_000):
        screen.press("Explain")
    assert box.cards
    click(box.cards[0].copy_button)
    copied = QGuiApplication.clipboard().text()
    assert box.cards[0].explained.title in copied
    assert world.token() not in copied
    assert "Copied" in box.cards[0].copied.text()


def test_a_card_opens_the_page_that_helps(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    text = "(#27) Take thread control is not supported when Conversation Routing is not enabled"
    screen, box = explained(qtbot, session, text)
    card = next(card for card in box.cards if card.action_button.isVisible())
    click(card.action_button)
    assert screen.opened


def test_where_no_browser_opens_a_card_says_the_address(qtbot: QtBot, session: Session, services: Services) -> None:
    text = "(#27) Take thread control is not supported when Conversation Routing is not enabled"
    _screen, box = explained(qtbot, session, text)
    card = ExplainedCard(box.cards[0].explained, replace(services, open_link=lambda _address: False))
    qtbot.addWidget(card)
    show(qtbot, card)
    click(card.action_button)
    assert "Open this address in your browser: https://" in card.copied.text()


def test_a_pasted_token_is_hidden_and_said_to_be_none_of_an_error(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    _screen, box = open_box(qtbot, session)
    QGuiApplication.clipboard().setText(world.token())
    box.text.paste()
    assert world.token() not in box.text.toPlainText()
    assert "token" in box.nothing.title()


def test_what_nobody_knows_is_said_honestly(qtbot: QtBot, session: Session) -> None:
    _screen, box = explained(qtbot, session, "zzz qqq")
    assert not box.cards
    assert box.nothing.isVisible()
    click(box.clear_button)
    assert not box.nothing.isVisible()


# A log, explained.

LOG_ERROR = "(#10) Message failed to send because another app is controlling this thread now."
EXPIRED = "Error validating access token: Session has expired on Wednesday, 14-Feb-18 18:00:00 PST."


def _dropped(path: Path) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none)
    event.data = data  # type: ignore[attr-defined] # Qt does not keep it
    return event


def test_a_log_that_is_dropped_on_the_screen_is_explained_in_a_table_with_cards(
    qtbot: QtBot, session: Session, world: PracticeWorld, tmp_path: Path
) -> None:
    path = tmp_path / "bot.log"
    path.write_text(
        f"2026-09-01 08:00:00 ERROR {LOG_ERROR} token={world.token()}\n2026-09-02 09:00:00 {EXPIRED}\n"
        f"2026-09-03 11:00:00 ERROR {LOG_ERROR} to 9876543210123456\n"
    )
    screen = open_check(qtbot, session)
    box = screen.page.explain
    with qtbot.waitSignal(box.explained, timeout=10_000):
        screen.page.dropEvent(_dropped(path))
    assert not screen.page.files.isVisible()
    assert box.caption.text() == "bot.log: 2 troubles, the newest first"
    model = box.table.model()
    rows = [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]
    assert [row[1:] for row in rows] == [
        ["2", "2026-09-01 08:00:00", "2026-09-03 11:00:00"],
        ["1", "2026-09-02 09:00:00", "2026-09-02 09:00:00"],
    ]
    assert [card.explained.title for card in box.cards] == [row[0] for row in rows]
    assert "first on 2026-09-01 08:00:00" in box.cards[0].text()
    assert "2026-09-03 11:00:00" in box.cards[0].details()
    for secret in (world.token(), "9876543210123456"):
        assert secret not in box.cards[0].details() + box.cards[0].text()
    assert not box.progress.isVisible()
    click(box.clear_button)
    assert not box.table.isVisible()
    assert not box.cards


def test_a_log_dropped_into_the_text_or_chosen_is_read_not_pasted(
    qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bot.log"
    path.write_text(f"2026-09-01 08:00:00 ERROR {LOG_ERROR}\n")
    screen, box = open_box(qtbot, session)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert box.text.canInsertFromMimeData(data)
    with qtbot.waitSignal(box.explained, timeout=10_000):
        box.text.insertFromMimeData(data)
    assert box.text.toPlainText() == ""
    assert len(box.cards) == 1
    monkeypatch.setattr(dialogs, "ask_for_files", lambda *_asked: [str(path)])
    with qtbot.waitSignal(box.explained, timeout=10_000):
        screen.press("Choose a log file…")
    assert len(box.cards) == 1


def test_a_log_that_is_pasted_has_its_table_too(qtbot: QtBot, session: Session) -> None:
    screen, box = open_box(qtbot, session)
    QGuiApplication.clipboard().setText(f"2026-09-01 08:00:00 ERROR {LOG_ERROR}\n" * 600)
    with qtbot.waitSignal(box.text.pasted, timeout=10_000):
        box.text.paste()
    with qtbot.waitSignal(box.explained, timeout=10_000):
        screen.press("Explain")
    assert box.table.isVisible()
    assert "Seen 600 times" in box.cards[0].text()
    assert not box.progress.isVisible()


def test_reading_a_log_can_be_stopped_and_says_what_was_not_read(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "bot.log"
    path.write_text(f"2026-09-01 08:00:00 ERROR {LOG_ERROR}\n" * 600_000)
    _screen, box = open_box(qtbot, session)
    box.explain_files([path])
    qtbot.waitUntil(lambda: box.progress.bar.value() > 0, timeout=30_000)
    assert "bot.log" in box.progress.title()
    with qtbot.waitSignal(box.explained, timeout=30_000):
        click(box.progress.stop_button)
    assert len(box.cards) == 1
    assert "Stopped." in box.nothing.title()
    assert "What is older was not looked at." in box.nothing.title()


def test_what_is_no_log_is_called_what_it_is(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(bytes(range(256)) * 40)
    screen = open_check(qtbot, session)
    box = screen.page.explain
    with qtbot.waitSignal(box.explained, timeout=10_000):
        screen.page.open_files([picture])
    assert "picture.png” is not text" in box.nothing.title()
    assert not screen.page.files.isVisible()


def test_a_question_in_another_language_is_told_that_english_is_needed(qtbot: QtBot, session: Session) -> None:
    text = "Der Bot antwortet nicht, weil eine andere App als primärer Empfänger eingestellt ist"
    _screen, box = explained(qtbot, session, text)
    assert "English" in box.nothing.title() + "".join(card.title() for card in box.cards)
