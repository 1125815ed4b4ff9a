"""What is taken away from the last page: paper, a mail, a date, a text; each says so where it is practice."""

import datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from tests.pipes import named_pipe
from tests.simulator.world import PracticeWorld
from tests.ui.finished_page import finished, open_details, seen_handover, seen_to_be_allowed
from tests.ui.set_up import new_session
from wizard.ui import file_dialogs
from wizard.ui.pages.finished.card import as_document


def choose_file(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """What the person answers in the dialog."""
    monkeypatch.setattr(file_dialogs, "ask_where_to_save", lambda _parent, _title, _name, _kinds: str(path))


def printer_to(path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_what_was_tried_in_practice_says_so_outside_the_window(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = new_session(world).clock.now()
    window = finished(qtbot, world, seen_to_be_allowed(world, now), seen_handover(world, now))
    note = "Practice: this Page is not real."
    assert note in as_document(window.page._card).toPlainText()
    choose_file(monkeypatch, tmp_path / "check.ics")
    window.press("Remind me to check in a month")
    window.wait()
    assert note in (tmp_path / "check.ics").read_text().replace("\n ", "")
    window.press("Send to my team")
    assert note in unquote(window.opened[-1])
    open_details(window)
    window.press("Copy as text")
    assert QGuiApplication.clipboard().text().startswith(note)


def test_the_rules_go_to_paper_and_to_the_team(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = finished(qtbot, world)
    chosen, printed = tmp_path / "rules.pdf", tmp_path / "printed.pdf"
    choose_file(monkeypatch, chosen)
    window.press("Save as PDF…")
    window.wait()
    assert chosen.read_bytes().startswith(b"%PDF-")
    monkeypatch.setattr(file_dialogs, "ask_for_printer", lambda _parent, _title: printer_to(printed))
    window.press("Print")
    assert printed.read_bytes().startswith(b"%PDF-")
    assert window.sees("Sent to the printer.")
    window.press("Send to my team")
    link = unquote(window.opened[-1])
    assert link.startswith("mailto:?subject=")
    assert "Close each finished chat in Support Desk" in link


def test_the_reminder_is_a_calendar_file_for_the_day_when_the_proof_is_old(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = new_session(world).clock.now()
    window = finished(qtbot, world, seen_to_be_allowed(world, now), seen_handover(world, now))
    chosen = tmp_path / "check.ics"
    choose_file(monkeypatch, chosen)
    window.press("Remind me to check in a month")
    window.wait()
    day = datetime.date.fromtimestamp(now) + datetime.timedelta(days=30)
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in chosen.read_text()
    assert world.token() not in chosen.read_text()
    assert window.sees("your calendar takes it in")


def test_the_text_to_copy_ends_with_the_handover_and_holds_no_token(qtbot: QtBot, world: PracticeWorld) -> None:
    window = finished(qtbot, world, seen_handover(world, 1_790_000_000.0))
    open_details(window)
    window.press("Copy as text")
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[-1] in window.page.result.text()
    assert world.app("secondary") in copied
    assert world.token() not in copied
    assert window.sees("It is on the clipboard.")


def test_save_writes_the_same_text_to_the_chosen_file(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = finished(qtbot, world, seen_handover(world, 1_790_000_000.0))
    chosen = tmp_path / "handover.txt"
    choose_file(monkeypatch, chosen)
    open_details(window)
    window.press("Save as a file…")
    window.wait()
    assert chosen.read_text().splitlines()[-1] in window.page.result.text()
    assert window.sees(f"Saved as {chosen}.")


def test_save_writes_into_a_pipe_and_leaves_it_there(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = finished(qtbot, world, seen_handover(world, 1_790_000_000.0))
    chosen = tmp_path / "pipe"
    choose_file(monkeypatch, chosen)
    with named_pipe(chosen) as content:
        open_details(window)
        window.press("Save as a file…")
        window.wait()
        assert content().decode().splitlines()[-1] in window.page.result.text()


def test_a_place_that_cannot_be_written_is_said(
    qtbot: QtBot, world: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = finished(qtbot, world)
    chosen = tmp_path / "missing" / "handover.txt"
    choose_file(monkeypatch, chosen)
    open_details(window)
    window.press("Save as a file…")
    window.wait()
    assert window.sees("could not be written")
