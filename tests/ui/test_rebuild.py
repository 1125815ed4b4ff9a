"""Another language, or newer instructions, make the pages anew: what was typed and done on them stays."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.check_screen import open_check, remember_token, set_up
from tests.ui.handover_stage import window_at_test
from tests.ui.hands import click, type_text
from tests.ui.harness import WAIT, Window, open_window
from tests.ui.set_up import logged_in, new_session, ready, session_in
from tests.ui.test_page_bot_settings import BEFORE, with_file
from wizard.actions.roles import DONE
from wizard.core.answers import with_changes
from wizard.core.flow import StepId
from wizard.core.target import TargetChoice
from wizard.i18n import language
from wizard.ui.jobs import JobContext
from wizard.ui.pages.handover_test.stage import Stage
from wizard.ui.pages.log_in.view import Shown
from wizard.ui.widgets.notice import Tone


def rebuild(qtbot: QtBot, window: Window) -> None:
    before = window.shell.page
    window.wait()
    window.shell.rebuild()
    window.wait()
    qtbot.waitUntil(lambda: not window.shell.footer.visibleRegion().isEmpty())
    assert window.shell.page is not before
    assert window.step() is before.step


def test_a_token_that_was_typed_stays_hidden_and_is_not_sent(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    token = world.token()
    page = window.page
    page.entry.blockSignals(True)  # as if it had been typed letter by letter
    page.entry.secret.line.setText(token)
    page.entry.blockSignals(False)
    click(page.entry.secret.show_button)
    assert token not in repr(page.draft())
    world.forget_requests()
    rebuild(qtbot, window)
    assert window.page.entry.secret.text() == token
    assert not window.page.entry.secret.is_shown
    assert world.requests() == []


def test_who_logged_in_stays_logged_in(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    window.paste_token(world.token())
    click(window.page.account.question.card("bot"))
    account, answers = window.page.account.page_line.text(), window.answers
    token = world.token()
    assert token not in repr(window.page.draft())
    world.forget_requests()
    rebuild(qtbot, window)
    assert window.page.shown is Shown.ACCOUNT
    assert window.page.account.page_line.text() == account
    assert window.answers == answers
    assert window.shell.next_button.isEnabled()
    assert world.requests() == []


def test_the_pages_of_a_person_stay_listed(qtbot: QtBot, world: PracticeWorld) -> None:
    world.scenario("sixty-pages")
    window = open_window(qtbot, new_session(world))
    window.paste_token(world.token("user"))
    count = window.page.pages.count
    assert window.page.shown is Shown.PAGES
    type_text(window.page.pages.picker.search_line, "Lumen")
    rebuild(qtbot, window)
    assert window.page.shown is Shown.PAGES
    assert window.page.pages.count == count > 1
    assert window.page.pages.picker.search_line.text() == "Lumen"


def test_a_page_typed_by_hand_stays(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    click(window.page.ways.cards.card("without"))
    window.page.ways.without.name_field.line.setFocus()
    type_text(window.page.ways.without.name_field.line, "Lumen Coffee")
    rebuild(qtbot, window)
    assert window.is_picked("Go on without a token")
    assert window.page.ways.without.isVisible()
    assert window.page.ways.without.name_field.text() == "Lumen Coffee"
    assert window.shell.focusWidget() is window.page.ways.without.name_field.line


def test_what_is_wrong_with_a_field_is_said_in_the_other_language(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    click(window.page.ways.cards.card("without"))
    type_text(window.page.ways.without.name_field.line, "Lumen Coffee")
    window.press_main()
    said = window.page.ways.without.id_field.problem()
    language.use("de")
    try:
        rebuild(qtbot, window)
    finally:
        language.use("en")
    field = window.page.ways.without.id_field
    assert field.problem() not in ("", said)
    assert not window.page.ways.without.name_field.problem()
    type_text(field.line, "2")
    assert not field.problem()


def test_the_trouble_of_a_page_is_said_in_the_other_language_with_the_time_it_came(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    window = open_window(qtbot, new_session(world))
    window.paste_token(world.token("expired"))
    said, lines = window.page.notice.title(), window.page.notice.details().splitlines()
    assert said
    window.clock.ahead = 60.0
    language.use("de")
    try:
        rebuild(qtbot, window)
    finally:
        language.use("en")
    assert window.page.notice.title() not in ("", said)
    assert [line.partition(": ")[2] for line in window.page.notice.details().splitlines()] == [
        line.partition(": ")[2] for line in lines
    ]


def test_an_app_id_and_the_code_of_a_search_stay(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    answers = with_changes(logged_in(session, world), live_chat=None)
    window = open_window(qtbot, session, answers, StepId.APPS)
    click(window.page.live_chat.cards.card("find"))
    code = window.page.find_panel.row.qr.text()
    rebuild(qtbot, window)
    assert window.page.find_panel.isVisible()
    assert window.page.find_panel.row.qr.text() == code
    click(window.page.live_chat.cards.card("other"))
    type_text(window.page.live_chat.by_id.line, "12345")
    rebuild(qtbot, window)
    assert window.page.live_chat.by_id.text() == "12345"
    assert window.shell.next_button.isEnabled()


def test_a_second_token_that_was_refused_is_not_sent_again(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    window = open_window(qtbot, session, with_changes(logged_in(session, world), live_chat=None), StepId.APPS)
    window.page.second_part.open()
    QGuiApplication.clipboard().setText(world.token())
    click(window.page.second.secret.paste_button)
    window.wait()
    problem = window.page.second.field.problem()
    assert problem
    world.forget_requests()
    rebuild(qtbot, window)
    assert window.page.second.secret.text() == world.token()
    assert window.page.second.field.problem() == problem
    assert world.requests() == []


def test_the_place_and_its_fields_stay(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    answers = with_changes(logged_in(session, world), roles_confirmed=frozenset({DONE}))
    window = open_window(qtbot, session, answers, StepId.APP_ID)
    window.page.places.choose("http")
    type_text(window.page.api_part.url_field.line, "https://bot.example/settings")
    type_text(window.page.api_part.secret.line, "key of the bot")
    assert "key of the bot" not in repr(window.page.draft())
    rebuild(qtbot, window)
    assert window.page.places.choice() == "http"
    assert window.page.api_part.isVisible()
    assert window.page.api_part.url_field.text() == "https://bot.example/settings"
    assert window.page.api_part.secret.text() == "key of the bot"


def test_the_fields_of_a_place_that_is_not_chosen_any_more_stay(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    answers = with_changes(logged_in(session, world), roles_confirmed=frozenset({DONE}))
    window = open_window(qtbot, session, answers, StepId.APP_ID)
    window.page.places.choose("http")
    type_text(window.page.api_part.url_field.line, "https://bot.example/settings")
    window.page.places.choose("dotenv")
    assert not window.page.api_part.isVisible()
    rebuild(qtbot, window)
    window.until(lambda: window.page.places.choice() == "dotenv")
    assert window.page.api_part.url_field.text() == "https://bot.example/settings"


def test_what_was_written_can_still_be_undone(qtbot: QtBot, world: PracticeWorld, tmp_path: Path) -> None:
    window, file = with_file(qtbot, world, tmp_path)
    window.press_main()
    assert file.read_bytes() != BEFORE
    rebuild(qtbot, window)
    outcome = window.page.panels[0].outcome
    assert outcome.tone is Tone.OK
    click(outcome.action_button)
    window.wait()
    assert file.read_bytes() == BEFORE


def test_a_draft_of_an_earlier_place_is_not_shown(qtbot: QtBot, world: PracticeWorld, tmp_path: Path) -> None:
    """The page was left, made anew, and another place was chosen before it is opened again."""
    window, _file = with_file(qtbot, world, tmp_path)
    window.press_main()
    window.shell.go_back()
    rebuild(qtbot, window)
    window.shell.take_answers(with_changes(window.answers, target=TargetChoice("flow-ai")))
    window.shell.open_step(StepId.BOT_SETTINGS)
    window.wait()
    assert [panel.isVisible() for panel in window.page.panels] == [True]
    assert window.page.panels[0].opener.button.isVisible()


def test_what_was_checked_and_the_error_that_was_asked_about_stay(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    remember_token(session, world)
    session.save_setup(set_up(world))
    screen = open_check(qtbot, session)
    screen.press_main()
    results = [one.result for one in screen.subjects]
    assert all(result is not None for result in results)
    click(screen.page.explain_button)
    type_text(screen.page.explain.text, "10/2018300")
    screen.page.explain.explain()
    screen.wait()
    rebuild(qtbot, screen)
    assert [one.result for one in screen.subjects] == results
    assert screen.page.explain.isVisible()
    assert screen.page.explain.text.toPlainText() == "10/2018300"
    assert len(screen.page.explain.cards) == 1


def test_the_conversation_that_was_found_and_the_result_of_the_test_stay(qtbot: QtBot, world: PracticeWorld) -> None:
    session = session_in(world, "happy-routing")
    window = window_at_test(qtbot, session, world, ready(session, world))
    code = window.page.code.qr.text()
    window.shell.rebuild()
    qtbot.waitUntil(lambda: not window.shell.footer.visibleRegion().isEmpty())
    assert window.page.code.qr.text() == code
    window.find()
    found = window.page.found.text()
    qtbot.waitUntil(lambda: not window.runner.is_busy, timeout=WAIT)
    window.shell.rebuild()
    assert window.page.stage is Stage.READY
    assert window.page.found.text() == found
    assert window.shell.next_button.isEnabled()


def test_a_page_at_work_is_made_anew_when_its_work_has_ended(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world))
    before = window.shell.page
    ended: list[QWidget] = []

    def work(job: JobContext) -> None:
        job.cancel.wait(60)

    job = before.run(work, lambda _nothing: None, "At work", lambda: ended.append(window.shell.page))
    window.shell.rebuild()
    assert window.shell.page is before
    job.cancel()
    qtbot.waitUntil(lambda: window.shell.page is not before)
    assert ended == [before]
    window.wait()
