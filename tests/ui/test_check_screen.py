"""The Check screen: saved set-ups and tokens, judged in the window; nothing is changed."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.simulator.world import PracticeWorld
from tests.ui.check_screen import (
    DAY,
    OTHER_PAGE,
    checked_screen,
    looked,
    open_check,
    remember_token,
    saved_screen,
    set_up,
    state_of,
)
from tests.ui.hands import click, press
from tests.ui.harness import MachineClock
from tests.ui.set_up import new_session, ready
from wizard.actions.session import Session
from wizard.checks.run import CHECKS
from wizard.core.cancel import CancelToken
from wizard.core.flow import StepId
from wizard.core.secret import Secret
from wizard.core.verdict import State
from wizard.store.facts_file import save_facts
from wizard.ui.theme import Theme
from wizard.ui.widgets.notice import Tone
from wizard.vault import Vault


@pytest.fixture
def session(world: PracticeWorld) -> Session:
    return new_session(world)


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
    assert screen.sees("1 Page. On 1 nothing wrong was seen, but the handover is not proven. 1 other Page needs")


def test_where_only_the_test_proves_more_the_main_button_leads_to_it(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    session.save_setup(set_up(world))
    answers = ready(session, world)
    screen = open_check(qtbot, session, answers)
    screen.press_main()
    assert screen.page.details.headline.title() == "Nothing wrong was seen, but that the handover works is not proven."
    assert screen.main() == "Run the test"
    assert screen.can_press("Check this Page again")
    screen.press_main()
    assert screen.step() is StepId.TEST


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


@pytest.mark.parametrize("ahead", [14 * 60, -14 * 60, 11 * 3600], ids=["ahead", "behind", "hours"])
def test_what_was_seen_just_now_is_so_by_a_clock_that_goes_wrong(
    qtbot: QtBot, session: Session, world: PracticeWorld, ahead: float
) -> None:
    clock = MachineClock()
    clock.ahead = ahead
    another = Session(session.world, session.places, clock)
    another.vault = Vault("another-clock")
    screen = open_check(qtbot, another)
    screen.give_token(world.token())
    assert "just now" in screen.page.details.age.text()
    assert "just now" in screen.page.board.table.rows.row(0).note


def test_old_verdicts_are_there_again_look_old_and_can_be_made_anew(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    saved_screen(qtbot, session, world).press_main()
    clock = MachineClock()
    clock.ahead = 3 * DAY
    world.clock(3 * DAY)
    later = Session(session.world, session.places, clock)
    later.vault = Vault("another-run")
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
    assert answer.title().startswith("What the Page tells the app: ")
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


def test_one_page_is_a_list_and_a_table_only_where_it_is_wanted(
    qtbot: QtBot, session: Session, world: PracticeWorld
) -> None:
    screen = open_check(qtbot, session)
    screen.give_token(world.token())
    screen.wait()
    page = screen.page
    assert len(screen.subjects) == 1
    assert not page.board.table.isVisible()
    assert page.details.headline.isVisible()
    qtbot.waitUntil(lambda: screen.shell.focusWidget() is page.details.name)
    screen.press("Show each check in a table")
    assert page.board.table.isVisible()
    assert page.board.table.y() + page.board.y() < page.details.y()


def test_the_verdict_of_one_page_is_seen_without_scrolling_at_twice_the_text_size(
    qtbot: QtBot, session: Session, world: PracticeWorld, theme: Theme
) -> None:
    theme.use_text_scale(2.0)
    session.save_setup(set_up(world))
    remember_token(session, world)
    screen = open_check(qtbot, session)
    screen.press_main()
    screen.shell.resize(1366, 768)
    settle(screen.shell)
    headline, footer = screen.page.details.headline, screen.shell.footer
    assert headline.isVisible()
    bottom = headline.mapToGlobal(headline.rect().bottomLeft()).y()
    assert bottom < footer.mapToGlobal(footer.rect().topLeft()).y()
