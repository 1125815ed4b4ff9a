"""Reports, facts and set-ups that the Check screen saves and opens."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from tests.pipes import named_pipe
from tests.simulator.world import PracticeWorld
from tests.ui.check_screen import (
    DAY,
    Screen,
    checked_screen,
    looked,
    open_check,
    saved_screen,
    set_up,
)
from tests.ui.hands import click
from tests.ui.set_up import new_session
from wizard.actions.session import Session
from wizard.store.facts_file import load_facts, save_facts
from wizard.store.setups import save_setup, setup_of
from wizard.ui import open_files_dialog as dialogs


@pytest.fixture
def session(world: PracticeWorld) -> Session:
    return new_session(world)


def answer_save(monkeypatch: pytest.MonkeyPatch, path: Path, kind: str = "") -> None:
    monkeypatch.setattr(dialogs, "ask_where_to_save", lambda _parent, _title, _name, _kinds: (str(path), kind))


def save_report(screen: Screen, monkeypatch: pytest.MonkeyPatch, path: Path, kind: str = "") -> None:
    answer_save(monkeypatch, path, kind)
    click(screen.page.details.report_button)
    screen.wait()


@pytest.mark.parametrize(
    ("name", "kind", "ending", "begins"),
    [
        ("r.html", "", ".html", "<!doctype html>"),
        ("r.md", "", ".md", "#"),
        ("r.json", "", ".json", "{"),
        ("r.xml", "", ".xml", "<?xml"),
        ("r", "JUnit (*.xml)", ".xml", "<?xml"),
        ("r", "", ".html", "<!doctype html>"),
    ],
)
def test_a_report_is_saved_in_the_form_of_its_ending(
    qtbot: QtBot,
    session: Session,
    world: PracticeWorld,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    kind: str,
    ending: str,
    begins: str,
) -> None:
    screen = checked_screen(qtbot, session, world)
    save_report(screen, monkeypatch, tmp_path / name, kind)
    text = (tmp_path / "r").with_suffix(ending).read_text(encoding="utf-8")
    assert text.lower().startswith(begins)
    assert "Lumen Coffee" in text
    assert world.token() not in text


def test_a_report_goes_into_a_pipe_and_leaves_it_there(
    qtbot: QtBot, session: Session, world: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = checked_screen(qtbot, session, world)
    with named_pipe(tmp_path / "pipe.md") as content:
        save_report(screen, monkeypatch, tmp_path / "pipe.md")
        assert content().startswith(b"#")


def test_a_report_that_cannot_be_written_is_said(
    qtbot: QtBot, session: Session, world: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = checked_screen(qtbot, session, world)
    save_report(screen, monkeypatch, tmp_path / "missing" / "r.html")
    assert screen.sees("could not be written")


def test_saved_facts_hold_no_person_and_give_the_same_verdicts(
    qtbot: QtBot, session: Session, world: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = saved_screen(qtbot, session, world)
    click(screen.page.look_at_conversations)
    screen.press_main()
    screen.choose("Lumen Coffee")
    answer_save(monkeypatch, tmp_path / "lumen")
    click(screen.page.details.facts_button)
    screen.wait()
    path = tmp_path / "lumen.facts.json"
    assert world.tester not in path.read_text()
    assert not load_facts(path).has_personal_data
    live = screen.subject("Lumen Coffee").result
    screen.page.open_files([path])
    screen.wait()
    from_file = screen.subjects[-1].result
    assert live is not None
    assert from_file is not None
    assert from_file.states == live.states


def test_facts_are_judged_without_a_token_and_without_a_call(
    qtbot: QtBot, session: Session, world: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lumen.facts.json"
    save_facts(path, looked(session, world, at=session.clock.now() - 3 * DAY))
    world.forget_requests()
    screen = open_check(qtbot, session)
    monkeypatch.setattr(dialogs, "ask_for_files", lambda _parent, _title, _kinds: [str(path)])
    screen.press("Open files…")
    screen.wait()
    assert world.calls() == []
    assert screen.sees("without a token")
    assert screen.sees("3 days ago")
    assert not screen.page.token.isVisible()
    assert not screen.page.details.again_button.isVisible()
    assert screen.page.details.copy_button.isVisible()


def test_a_set_up_that_was_sent_can_be_dropped_on_the_screen_and_taken_off(
    qtbot: QtBot, session: Session, world: PracticeWorld, tmp_path: Path
) -> None:
    setup = setup_of(set_up(world), session.clock.now())
    assert setup is not None
    path = tmp_path / "sent.handover.json"
    save_setup(path, setup)
    screen = open_check(qtbot, session)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, left, none)
    screen.page.dragEnterEvent(entered)
    assert entered.isAccepted()
    screen.page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    screen.wait()
    assert [one.name for one in screen.subjects] == ["Lumen Coffee"]
    click(screen.page.details.remove_button)
    assert not screen.subjects
    assert path.exists()


def test_a_bad_file_is_named_with_the_place_and_the_good_one_opens(
    qtbot: QtBot, session: Session, world: PracticeWorld, tmp_path: Path
) -> None:
    good, cut, newer = tmp_path / "good.facts.json", tmp_path / "cut.facts.json", tmp_path / "newer.handover.json"
    save_facts(good, looked(session, world))
    cut.write_text(good.read_text()[:200])
    newer.write_text(json.dumps({"version": 99, "kind": "handover-setup", "content": {}}))
    screen = open_check(qtbot, session)
    screen.page.open_files([cut, newer, good])
    screen.wait()
    assert screen.sees("cut.facts.json")
    assert screen.sees("newer version")
    assert [one.name for one in screen.subjects] == ["Lumen Coffee"]


def test_facts_with_an_odd_time_are_named_and_the_good_ones_open(
    qtbot: QtBot, session: Session, world: PracticeWorld, tmp_path: Path
) -> None:
    good, odd = tmp_path / "good.facts.json", tmp_path / "odd.facts.json"
    save_facts(good, looked(session, world))
    whole = json.loads(good.read_text("utf-8"))
    whole["content"]["at"] = 1e300
    odd.write_text(json.dumps(whole), encoding="utf-8")
    screen = open_check(qtbot, session)
    screen.page.open_files([odd, good])
    screen.wait()
    assert screen.sees("odd.facts.json")
    assert [one.name for one in screen.subjects] == ["Lumen Coffee"]
