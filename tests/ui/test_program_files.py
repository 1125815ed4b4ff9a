"""Files from anywhere: given at the start or dropped on the window, each goes to its place."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.hands import click
from tests.ui.harness import WAIT
from tests.ui.program import program_in
from wizard.core.flow import StepId
from wizard.core.products import OWN, UNKNOWN, Product
from wizard.store.places import PRACTICE, Places
from wizard.ui.pages.check.page import CheckPage
from wizard.ui.pages.log_in.page import LogInPage
from wizard.ui.theme import Theme
from wizard.ui.window.shell import Shell


def test_files_given_at_the_start_are_on_the_check_screen(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, tmp_path: Path
) -> None:
    spoilt = tmp_path / "Lumen.handover.json"
    spoilt.write_text("{")
    with program_in(qtbot, world, theme, files=[spoilt]) as shell:
        page = shell.page
        assert isinstance(page, CheckPage)
        qtbot.waitUntil(page.files.isVisible, timeout=WAIT)
        assert "Lumen.handover.json" in page.files.title()
        click(shell.back_button)
        assert shell.page is not page


@pytest.fixture
def log_in_file(world: PracticeWorld, tmp_path: Path) -> Iterator[Path]:
    """A vendor's, as somebody sent it; what is imported of it is removed."""
    path = tmp_path / "acme.handoverlogin"
    path.write_text(str(world.start["log_in"]).replace("Flow bot", "Acme"), encoding="utf-8")
    yield path
    (Places(PRACTICE).log_ins / path.name).unlink(missing_ok=True)


def test_a_log_in_file_that_is_opened_or_dropped_leads_to_its_button(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, log_in_file: Path
) -> None:
    """The two questions before logging in come first."""
    with program_in(qtbot, world, theme, [log_in_file]) as shell:
        qtbot.waitUntil(lambda: shell.page.step is StepId.PRODUCTS, timeout=WAIT)
        shell.take_answers(replace(shell.answers, bot_product=Product(OWN), live_chat_product=Product(UNKNOWN)))
        shell.go_to(StepId.LOG_IN)
        qtbot.waitUntil(lambda: "Log in with Facebook" in shell.next_button.text(), timeout=WAIT)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(log_in_file))])
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        dropped = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none)
        with qtbot.waitSignal(shell.files_dropped):
            shell.dropEvent(dropped)
        page = shell.page
        assert isinstance(page, LogInPage)
        qtbot.waitUntil(lambda: len(page.ways.facebook.choice.cards) == 2, timeout=WAIT)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('app_secret = "0123456789abcdef0123456789abcdef"', "holds something secret"),
        ("version = 2", "was made for a newer version of this program"),
        (
            'label = "Acme"\napp_id = "1234567890"\nscopes = ["pages_messaging"]\nredirect_uri = "http://acme.example/"',
            "must begin with https://",
        ),
    ],
    ids=["secret", "newer", "not https"],
)
def test_a_log_in_file_that_cannot_be_used_is_refused_in_the_window(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "bad.handoverlogin"
    path.write_text(text, encoding="utf-8")
    with program_in(qtbot, world, theme, [path]) as shell:
        qtbot.waitUntil(lambda: shell.page.notice.isVisible(), timeout=WAIT)
        assert said in shell.page.notice.title()


def dragged(shell: Shell, path: Path, kind: type[QDragEnterEvent] | type[QDropEvent]) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    shell.setProperty("dragged", data)  # Qt does not keep it
    place = QPointF(300, 300)
    at = place.toPoint() if kind is QDragEnterEvent else place
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = kind(at, Qt.DropAction.CopyAction, data, left, none)  # type: ignore[arg-type]
    handle = shell.window().windowHandle()
    assert handle is not None
    QApplication.sendEvent(handle, event)
    return event


def test_a_sign_says_while_dragging_what_may_be_dropped(qtbot: QtBot, shell: Shell, tmp_path: Path) -> None:
    dragged(shell, tmp_path, QDragEnterEvent)
    assert shell.drop_sign.isVisible()
    assert shell.drop_sign.geometry() == shell.rect()
    handle = shell.window().windowHandle()
    assert handle is not None
    QApplication.sendEvent(handle, QDragLeaveEvent())
    assert not shell.drop_sign.isVisible()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("shop.png", b"\x89PNG\r\n\x1a\n\x00\x00\x01\x02\x03", "is not text"),
        ("shop.handover.json", b"{", "shop.handover.json"),
        ("bot.log", b"10:00:01 ERROR (#10) code 10, subcode 2018300\n", "Another program"),
        ("newer.toml", b"kind = 5", "newer.toml"),
    ],
)
def test_a_file_dropped_on_any_page_goes_to_its_place(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with program_in(qtbot, world, theme) as shell:
        shell.files_dropped.emit([path])
        qtbot.waitUntil(lambda: any(said in text for text in texts(shell)), timeout=WAIT)


def texts(shell: Shell) -> list[str]:
    return [label.text() for label in shell.findChildren(QLabel) if label.isVisible()]
