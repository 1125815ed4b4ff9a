"""Welcome: the choice to set up, to go on, or to practise; what a crash left open comes first."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.simulator.world import PracticeWorld
from tests.ui.hands import press
from tests.ui.harness import open_window
from tests.ui.set_up import app_of, new_session, ready, saved, session_in_life, without_token
from wizard.actions.session import Session
from wizard.core.answers import Answers, TestOutcome, TokenOwner, with_changes
from wizard.core.facts import App, Control
from wizard.core.flow import StepId
from wizard.core.pending import PendingTest, TrialPart
from wizard.ui.pages.check.page import CheckPage
from wizard.ui.pages.recovery.page import RecoveryPage
from wizard.ui.theme import Theme

BEGUN = Answers(page_id="107836259148302", page_name="Lumen Coffee", token_app=App("914602738451926", "Flow bot"))


def left_open(session: Session, world: PracticeWorld, graph: str = "") -> PendingTest:
    entry = PendingTest(
        id="left-open",
        graph=graph or session.world.graph,
        page_id=world.page_id,
        page_name="Lumen Coffee",
        psid=world.tester,
        token_app_id=world.app("primary"),
        bot=app_of(world, "primary"),
        live_chat=app_of(world, "secondary"),
        part=TrialPart.BOT_DOES,
        start=Control.APP,
        start_app_id=world.app("primary"),
        opened_at=1_795_346_000.0,
    )
    session.journal.write(entry)
    return entry


def test_one_press_starts_the_set_up(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, session_in_life(world), Answers(), StepId.WELCOME)
    assert window.main() == "Start"
    window.press_main()
    assert window.answers.started
    assert window.step() is StepId.PRODUCTS


def test_it_says_that_it_is_for_messenger_only_and_what_is_needed(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, session_in_life(world), Answers(), StepId.WELCOME)
    for words in ("About fifteen minutes", "Nothing is changed before you say yes", "You can stop at any time"):
        assert window.sees(words)
    window.press("Is it for me, and what do I need?")
    for words in ("Messenger only", "you do not need it", "a Page that you manage"):
        assert window.sees(words)


def test_practise_opens_a_window_of_its_own_and_leaves_this_one(qtbot: QtBot, world: PracticeWorld) -> None:
    windows: list[str] = []

    def another_window() -> bool:
        windows.append("practice")
        return True

    window = open_window(qtbot, session_in_life(world), Answers(), StepId.WELCOME, another_window)
    window.pick("Practise")
    assert window.main() == "Open practice"
    window.press_main()
    assert windows == ["practice"]
    assert window.step() is StepId.WELCOME
    assert not window.answers.started
    assert window.sees("window of its own")


def test_practice_that_cannot_be_opened_is_said(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, session_in_life(world), Answers(), StepId.WELCOME, lambda: False)
    window.pick("Practise")
    window.press_main()
    assert window.sees("could not be opened")


def test_practice_itself_does_not_offer_practice(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world), Answers(), StepId.WELCOME)
    assert window.can_press("Set up")
    assert window.can_press("Find out what is wrong")
    assert not window.sees("Practise")


def test_the_first_press_of_enter_starts(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, new_session(world), Answers(), StepId.WELCOME)
    press(window.page.cards.card("set_up"), Qt.Key.Key_Return)
    assert window.step() is StepId.PRODUCTS


def test_check_opens_the_check_screen(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, session_in_life(world), Answers(), StepId.WELCOME)
    window.pick("Find out what is wrong")
    window.press_main()
    assert isinstance(window.page, CheckPage)
    assert not window.answers.started


def test_whoever_began_goes_on_with_the_answers_kept(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, session_in_life(world), BEGUN, StepId.WELCOME)
    assert window.is_picked("Go on where you stopped")
    assert window.sees("Your Page: Lumen Coffee. After logging in you go on at: Your apps")
    window.press_main()
    assert window.answers == replace(BEGUN, started=True)
    assert window.step() is StepId.LOG_IN


def test_whoever_went_without_a_token_is_not_told_to_log_in(qtbot: QtBot, world: PracticeWorld) -> None:
    answers = replace(saved(without_token(world)), started=False, token_owner=None)
    window = open_window(qtbot, session_in_life(world), answers, StepId.WELCOME)
    assert window.sees("Your Page: Lumen Coffee. You go on at: Test")
    window.press_main()
    assert window.is_picked("Go on without a token")
    window.press_main()
    assert window.step() is StepId.TEST


@pytest.mark.parametrize("owner", [TokenOwner.BOT, TokenOwner.NONE])
def test_whoever_is_logged_in_goes_on_at_the_open_step(qtbot: QtBot, world: PracticeWorld, owner: TokenOwner) -> None:
    session = session_in_life(world)
    answers = ready(session, world) if owner is TokenOwner.BOT else saved(without_token(world))
    tested = with_changes(answers, test=TestOutcome.SKIPPED, test_skipped_because="Tomorrow")
    for known, step, name in ((answers, StepId.TEST, "Test"), (tested, StepId.FINISHED, "Finished")):
        window = open_window(qtbot, session, known, StepId.WELCOME)
        assert window.sees(f"Your Page: Lumen Coffee. You go on at: {name}")
        window.press_main()
        assert window.step() is step


def test_starting_anew_asks_before_it_forgets_the_answers(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, session_in_life(world), BEGUN, StepId.WELCOME)
    window.pick("Start over")
    window.press_main()
    assert window.sees("Your answers about Lumen Coffee will be deleted.")
    assert (window.answers, window.main()) == (BEGUN, "Yes, start over")
    window.press_main()
    assert window.answers == Answers(started=True)
    assert window.step() is StepId.PRODUCTS


def test_whoever_thinks_again_keeps_the_answers(qtbot: QtBot, world: PracticeWorld) -> None:
    window = open_window(qtbot, session_in_life(world), BEGUN, StepId.WELCOME)
    window.pick("Start over")
    window.press_main()
    window.pick("Go on where you stopped")
    assert not window.sees("will be deleted.")
    window.pick("Start over")
    assert window.main() == "Start over"
    assert window.answers == BEGUN


def test_a_test_left_open_is_offered_first_and_leads_to_recovery(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    left_open(session, world)
    window = open_window(qtbot, session, Answers(), StepId.WELCOME)
    assert window.sees("left open")
    for words in ("Lumen Coffee, ", "2026", "it may still be with Support Desk instead of Flow bot"):
        assert window.sees(words)
    assert window.main() == "Bring it back"
    window.press_main()
    assert isinstance(window.page, RecoveryPage)


def test_a_test_left_open_does_not_keep_the_owner_from_what_they_chose(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    left_open(session, world)
    window = open_window(qtbot, session, Answers(), StepId.WELCOME)
    window.pick("Find out what is wrong")
    window.press("Open the check")
    window.wait()
    assert isinstance(window.shell.page, CheckPage)
    window.go_back()
    window.pick("Set up")
    press(window.page.cards.card("set_up"), Qt.Key.Key_Return)
    assert window.step() is StepId.PRODUCTS


def test_an_open_test_of_a_practice_that_has_ended_is_closed_and_said(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    left_open(session, world, graph="http://127.0.0.1:9/gone-graph")
    window = open_window(qtbot, session, Answers(), StepId.WELCOME)
    assert window.sees("earlier practice was closed")
    assert not window.sees("Bring it back")
    assert session.strangers() == []


@pytest.mark.parametrize("graph", ["https://graph.facebook.com", "http://192.168.1.9/graph"])
def test_no_address_but_a_practice_world_on_this_machine_is_asked_whether_it_lives(
    qtbot: QtBot, world: PracticeWorld, graph: str
) -> None:
    session = new_session(world)
    entry = left_open(session, world, graph=graph)
    window = open_window(qtbot, session, Answers(), StepId.WELCOME)
    assert not window.sees("left open")
    assert list(session.strangers()) == [entry]


@pytest.mark.parametrize(("content", "said"), [("{", "cannot be read"), ('{"version": 99}', "newer version")])
def test_a_record_of_an_open_test_that_cannot_be_used_is_said_at_the_start_and_stays(
    qtbot: QtBot, world: PracticeWorld, content: str, said: str
) -> None:
    session = new_session(world)
    session.places.journal.mkdir(parents=True)
    record = session.places.journal / "odd.json"
    record.write_text(content)
    assert open_window(qtbot, session, Answers(), StepId.WELCOME).sees(said)
    assert record.read_text() == content


@pytest.mark.parametrize("is_begun", [True, False])
def test_where_there_is_little_room_the_choices_stand_in_place_of_the_picture(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, is_begun: bool
) -> None:
    window = open_window(qtbot, session_in_life(world), BEGUN if is_begun else Answers(), StepId.WELCOME)
    page = window.page
    for scale, size in ((1.0, (1366, 768)), (2.0, (1366, 768)), (1.0, (800, 600)), (1.0, (1366, 768))):
        theme.use_text_scale(scale)
        window.shell.resize(*size)
        settle(window.shell)
        has_room = (scale, size) == (1.0, (1366, 768))
        assert page.diagram.isVisible() is has_room
        seen = [card for card in page.cards.cards if card.visibleRegion().boundingRect().height() == card.height()]
        assert seen == page.cards.cards if has_room else seen
