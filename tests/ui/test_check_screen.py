"""The Check screen: saved set-ups, files, tokens and whole accounts, judged in the window; nothing is changed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.pipes import named_pipe
from tests.simulator.world import PracticeWorld
from tests.ui.check_screen import OTHER_PAGE, Screen, looked, open_check, remember_token, set_up
from tests.ui.hands import click, press
from tests.ui.harness import MachineClock
from tests.ui.set_up import new_session
from wizard.actions.compressed import decompress
from wizard.actions.session import Session
from wizard.checks.run import CHECKS
from wizard.core.cancel import CancelToken
from wizard.core.secret import Secret
from wizard.core.verdict import State
from wizard.store.facts_file import load_facts, save_facts
from wizard.store.setups import save_setup, setup_of
from wizard.ui import open_files_dialog as dialogs
from wizard.ui.theme import Theme
from wizard.ui.widgets.notice import Tone
from wizard.vault import Vault

DAY = 86_400.0


@pytest.fixture
def session(world: PracticeWorld) -> Session:
    return new_session(world)


def saved_screen(qtbot: QtBot, session: Session, world: PracticeWorld) -> Screen:
    """Two set-ups are saved; the token of the first is at hand."""
    session.save_setup(set_up(world, OTHER_PAGE, "Harbour Books"))
    session.save_setup(set_up(world))
    remember_token(session, world)
    return open_check(qtbot, session)


def checked_screen(qtbot: QtBot, session: Session, world: PracticeWorld) -> Screen:
    """The first of them is checked, and its details are shown."""
    screen = saved_screen(qtbot, session, world)
    screen.press_main()
    screen.choose("Lumen Coffee")
    return screen


def state_of(screen: Screen, name: str, check: str) -> State:
    seen = screen.subject(name).result
    assert seen is not None
    return next(one.state for one in decompress(seen).verdicts if one.check == check)


# Saved set-ups.


def test_with_nothing_to_check_it_says_what_to_do(qtbot: QtBot, session: Session) -> None:
    page = open_check(qtbot, session).page
    assert page.board.empty.isVisible()
    assert "Open a file" in page.board.empty.text()
    assert not page.board.table.isVisible()
    assert not page.details.isVisible()


def test_a_saved_set_up_is_checked_with_the_token_at_hand(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    screen = saved_screen(qtbot, session, world)
    assert screen.main() == "Check"
    screen.press_main()
    assert state_of(screen, "Lumen Coffee", "token.valid") is State.OK
    assert screen.subject("Harbour Books").result is None
    assert screen.sees("1 Page. On 1 nothing wrong was seen, but the handover is not proven.")


def test_without_its_token_a_row_says_so_and_takes_it(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    session.save_setup(set_up(world))
    screen = open_check(qtbot, session)
    model = screen.page.board.table.model()
    assert model.index(0, 0).data() == "Needs a token"
    assert screen.sees("Needs the token of Lumen Coffee")
    screen.paste_token(world.token())
    assert state_of(screen, "Lumen Coffee", "token.owner") is State.OK
    assert not screen.page.token.isVisible()
    assert screen.page.token.entry.secret.text() == ""
    assert screen.main() == "Check"
    assert not screen.page.details.again_button.isVisible()  # it would be the same button twice


def test_a_check_changes_nothing_and_reads_no_conversation_unless_ticked(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    screen = saved_screen(qtbot, session, world)
    before = {**world.world(), "time": 0}
    world.forget_requests()
    assert not screen.page.look_at_conversations.isChecked()
    assert "no text" in screen.page.look_at_conversations.sentence()
    screen.press_main()
    assert not [call for call in world.calls() if "conversations" in call or "thread_owner" in call]
    click(screen.page.look_at_conversations)
    screen.press_main()
    assert [call for call in world.calls() if "conversations" in call]
    assert [call for call in world.calls() if "thread_owner" in call]
    assert not [call for call in world.calls() if call.startswith(("POST m", "DELETE"))]  # a batch of reads is "POST "
    assert {**world.world(), "time": 0} == before


def test_the_token_of_another_page_is_refused_by_name(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    session.save_setup(set_up(world, OTHER_PAGE, "Harbour Books"))
    screen = open_check(qtbot, session)
    screen.paste_token(world.token())
    assert "Lumen Coffee" in screen.page.token.entry.field.problem()
    assert screen.subject("Harbour Books").result is None


def test_a_token_that_facebook_refuses_is_said_beside_the_field(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    session.save_setup(set_up(world))
    screen = open_check(qtbot, session)
    unknown = "EAA" + "x" * 80
    screen.paste_token(unknown)
    assert screen.page.token.entry.field.problem()
    assert screen.field("Page access token") == unknown


def test_a_pasted_page_token_adds_its_page(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    screen = open_check(qtbot, session)
    screen.give_token(world.token())
    assert [one.name for one in screen.subjects] == ["Lumen Coffee"]
    assert screen.page.details.name.text() == "Lumen Coffee"


def test_an_apps_own_token_is_refused_with_the_reason(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    screen = open_check(qtbot, session)
    screen.press("Use a token…")
    screen.page.token.entry.secret.line.setText("123456789|abcdefghijklmnopqrstuvwxyz")
    screen.wait()
    assert screen.page.token.entry.field.problem()
    assert not screen.subjects


def test_old_verdicts_are_there_again_look_old_and_can_be_made_anew(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    saved_screen(qtbot, session, world).press_main()
    clock = MachineClock()
    clock.ahead = 3 * DAY
    world.clock(3 * DAY)
    later = Session(session.world, session.places, Vault("another-run"), clock)
    screen = open_check(qtbot, later)
    screen.choose("Lumen Coffee")
    page = screen.page
    assert page.board.table.rows.row(0).is_old or page.board.table.rows.row(1).is_old
    assert "3 days ago" in page.details.age.text()
    assert "check again" in page.details.age.text()
    screen.paste_token(world.token())
    assert "just now" in page.details.age.text()
    assert not any(page.board.table.rows.row(at).is_old for at in range(2) if page.board.table.rows.row(at).states)


def test_the_kept_look_names_no_person(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    screen = saved_screen(qtbot, session, world)
    click(screen.page.look_at_conversations)
    screen.press_main()
    kept = [path.read_text() for path in session.places.state.rglob("*.facts.json")]
    assert kept
    assert not [text for text in kept if world.tester in text or world.customer in text or world.token() in text]


def test_stop_ends_a_check_and_says_so(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    screen = saved_screen(qtbot, session, world)
    world.scenario_of("happy-routing", reply_delay_ms=3_000)
    click(screen.shell.next_button)
    qtbot.waitUntil(lambda: screen.page.progress.isVisible())
    screen.press("Stop")
    screen.wait()
    assert screen.sees("Stopped")
    assert not [one for one in screen.subjects if one.is_at_work]


# What is told of a Page.


def test_the_details_tell_the_problem_first_with_evidence_and_action(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    world.scenario("fields-missing")
    screen = checked_screen(qtbot, session, world)
    headline, answer = screen.page.details.headline, screen.page.details.answer
    assert headline.tone is Tone.PROBLEM
    assert headline.title().startswith("Flow bot misses news of Lumen Coffee that a handover needs: ")
    assert "The developer of the bot" in headline.text()
    screen.choose("Lumen Coffee", "app.fields")
    assert headline.tone is Tone.PROBLEM
    assert answer.title().startswith("Webhook fields: ")
    assert len(answer.text().splitlines()) == 2
    assert "GET me/subscribed_apps" in answer.details()


def test_each_check_of_a_page_has_its_details(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    screen = saved_screen(qtbot, session, world)
    screen.press_main()
    answer = screen.page.details.answer
    for check in CHECKS:
        screen.choose("Lumen Coffee", check.id)
        assert answer.title().endswith(("OK", "Look at this", "Problem", "Cannot tell", "Not checked")), check.id
        assert answer.text(), check.id


def test_copy_for_the_customer_is_on_the_clipboard(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    screen = checked_screen(qtbot, session, world)
    click(screen.page.details.copy_button)
    assert "Lumen Coffee" in QGuiApplication.clipboard().text()
    assert screen.sees("Copied")
    assert world.token() not in QGuiApplication.clipboard().text()


def test_a_hostile_name_copies_no_character_that_steers(
    qtbot: QtBot, session: Session, world: PracticeWorld, tmp_path: Path
) -> None:
    path = tmp_path / "lumen.facts.json"
    save_facts(path, looked(session, world))
    path.write_text(path.read_text("utf-8").replace("Lumen Coffee", "Lumen\\u001b[2J\\nCoffee"), encoding="utf-8")
    screen = open_check(qtbot, session)
    screen.page.open_files([path])
    screen.wait()
    click(screen.page.details.copy_button)
    copied = QGuiApplication.clipboard().text()
    assert "Lumen Coffee" in copied
    assert "\x1b" not in copied


@pytest.mark.parametrize(
    ("days", "note", "words"),
    [
        (-400, "From a file, seen 400 days ago", "so it proves nothing any more"),
        (500, "a clock was wrong", "a clock was wrong"),
    ],
    ids=["old", "ahead"],
)
def test_facts_of_another_time_look_it_and_are_never_good(
    qtbot: QtBot, session: Session, world: PracticeWorld, tmp_path: Path, days: int, note: str, words: str
) -> None:
    path = tmp_path / "sent.facts.json"
    save_facts(path, looked(session, world, session.clock.now() + days * 86_400))
    screen = open_check(qtbot, session)
    screen.page.open_files([path])
    screen.wait()
    row, headline = screen.page.board.table.rows.row(0), screen.page.details.headline
    assert note in row.note
    assert row.is_old
    assert row.state is State.UNKNOWN
    assert headline.tone is Tone.NEUTRAL
    assert words in f"{headline.title()} {headline.text()}"
    assert "sent.facts.json" in screen.page.details.about.text()


def test_enter_on_a_cell_does_not_start_a_check(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    screen = saved_screen(qtbot, session, world)
    screen.choose("Lumen Coffee")
    world.forget_requests()
    press(screen.page.board.table, Qt.Key.Key_Return)
    screen.wait()
    assert world.calls() == []


# Files.


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


# A whole account.


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


# An error, explained.


def test_a_pasted_error_is_explained_with_the_secret_hidden(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    screen = open_check(qtbot, session)
    screen.press("Explain an error…")
    box = screen.page.explain
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
    screen = open_check(qtbot, session)
    screen.press("Explain an error…")
    box = screen.page.explain
    box.text.setPlainText("(#27) Take thread control is not supported when Conversation Routing is not enabled")
    with qtbot.waitSignal(box.explained, timeout=5_000):
        screen.press("Explain")
    card = next(card for card in box.cards if card.action_button.isVisible())
    click(card.action_button)
    assert screen.opened


def test_a_pasted_token_is_hidden_and_said_to_be_none_of_an_error(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    screen = open_check(qtbot, session)
    screen.press("Explain an error…")
    box = screen.page.explain
    QGuiApplication.clipboard().setText(world.token())
    box.text.paste()
    assert world.token() not in box.text.toPlainText()
    assert "token" in box.nothing.title()


def test_what_nobody_knows_is_said_honestly(qtbot: QtBot, session: Session) -> None:
    screen = open_check(qtbot, session)
    screen.press("Explain an error…")
    box = screen.page.explain
    box.text.setPlainText("zzz qqq")
    with qtbot.waitSignal(box.explained, timeout=5_000):
        screen.press("Explain")
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
    screen = open_check(qtbot, session)
    screen.press("Explain an error…")
    box = screen.page.explain
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
    screen = open_check(qtbot, session)
    screen.press("Explain an error…")
    box = screen.page.explain
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
    screen = open_check(qtbot, session)
    box = screen.page.explain
    screen.press("Explain an error…")
    box.explain_files([path])
    qtbot.waitUntil(lambda: box.progress.bar.value() > 0, timeout=10_000)
    assert "bot.log" in box.progress.title()
    with qtbot.waitSignal(box.explained, timeout=10_000):
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
    screen = open_check(qtbot, session)
    screen.press("Explain an error…")
    box = screen.page.explain
    box.text.setPlainText("Der Bot antwortet nicht, weil eine andere App als primärer Empfänger eingestellt ist")
    with qtbot.waitSignal(box.explained, timeout=5_000):
        screen.press("Explain")
    assert "English" in box.nothing.title() + "".join(card.title() for card in box.cards)


# For everybody.


def test_everything_to_press_has_a_name(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    screen = saved_screen(qtbot, session, world)
    screen.press_main()
    screen.press("Explain an error…")
    kinds: tuple[type[QWidget], ...] = (QAbstractButton, QLineEdit, QPlainTextEdit)
    for kind in kinds:
        for widget in screen.page.findChildren(kind):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                text = widget.text() if isinstance(widget, QAbstractButton) else ""
                assert widget.accessibleName() or text, widget


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_at_twice_the_text_size_nothing_is_wider_than_the_window(
    qtbot: QtBot, session: Session, world: PracticeWorld, theme: Theme, direction: Qt.LayoutDirection
) -> None:
    theme.use_text_scale(2.0)
    QGuiApplication.setLayoutDirection(direction)
    screen = saved_screen(qtbot, session, world)
    screen.press_main()
    screen.press("Explain an error…")
    screen.shell.resize(1024, 640)
    frame = screen.shell.stack.currentWidget()
    assert frame is not None
    qtbot.waitUntil(lambda: frame.width() == screen.shell.width())
    assert screen.page.minimumSizeHint().width() <= frame.width()


def test_the_token_is_in_nothing_that_the_screen_keeps(qtbot: QtBot, session: Session, world: PracticeWorld) -> None:
    screen = saved_screen(qtbot, session, world)
    opened = session.open_token(Secret(world.token()), None, CancelToken())
    screen.press_main()
    kept = [path.read_text(errors="replace") for path in session.places.state.rglob("*") if path.is_file()]
    assert not [text for text in kept if world.token() in text]
    assert world.token() not in repr(screen.subjects)
    assert world.token() not in repr(replace(opened))
