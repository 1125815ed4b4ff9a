"""Finished: what was seen and what was not, with the nearest thing to do about it."""

import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.finished_page import finished, open_details, seen_handover, seen_to_be_allowed
from tests.ui.harness import Window, open_window
from tests.ui.set_up import app_of, logged_in, new_session, saved, without_token
from wizard.core.answers import TestOutcome, with_changes
from wizard.core.cancel import CancelToken
from wizard.core.facts import Control, OwnerReading
from wizard.core.flow import StepId
from wizard.core.known_apps import page_inbox
from wizard.core.pending import TrialPart
from wizard.core.trial_result import RestoreEnd, RestoreResult, TrialOutcome, TrialResult
from wizard.ui.pages.check.page import CheckPage
from wizard.ui.pages.recovery.page import RecoveryPage
from wizard.ui.widgets.diagram_data import ArrowLook
from wizard.ui.widgets.marks import Mark
from wizard.ui.widgets.notice import Tone
from wizard.words.moments import day


def proof(window: Window) -> str:
    sentence = window.page.sentence()
    assert isinstance(sentence, str)
    return sentence


def test_a_passed_test_names_who_had_who_got_and_who_has_control(qtbot: QtBot, world: PracticeWorld) -> None:
    now = new_session(world).clock.now()
    window = finished(qtbot, world, seen_to_be_allowed(world, now), seen_handover(world, now))
    assert window.page.title() == "Your bot hands over to your live chat"
    seen = r"Proved on .+: Flow bot answered, and handed over to Support Desk\. Then the wizard brought the chat back\."
    assert re.fullmatch(seen, proof(window))
    assert not window.page.result.isVisible()
    open_details(window)
    assert window.sees(
        "Handover tested: Flow bot had control, Support Desk got it through the bot, Flow bot has it now."
    )


def test_the_proof_is_a_picture_with_both_names_and_a_date(qtbot: QtBot, world: PracticeWorld) -> None:
    now = new_session(world).clock.now()
    window = finished(qtbot, world, seen_to_be_allowed(world, now), seen_handover(world, now))
    assert window.page.picture.isVisible()
    assert [party.name for party in window.page.picture.picture.parties] == ["Flow bot", "Support Desk"]
    assert window.page.picture.accessibleName().endswith(f"Proved {day(now)}.")


@pytest.mark.parametrize(
    ("ended", "caption", "look", "untested"),
    [
        (RestoreResult.BACK, "gives back: not tested", ArrowLook.NEXT, "whether Flow bot answers again"),
        (RestoreResult.BY_ITSELF, "came back", ArrowLook.DONE, "whether your team sees the chat in Support Desk. Try"),
    ],
)
def test_only_what_came_back_by_itself_is_drawn_as_given_back(
    qtbot: QtBot, world: PracticeWorld, ended: RestoreResult, caption: str, look: ArrowLook, untested: str
) -> None:
    now = new_session(world).clock.now()
    handed = seen_handover(world, now)
    handed = replace(handed, ended=replace(handed.ended, result=ended))
    window = finished(qtbot, world, seen_to_be_allowed(world, now), handed)
    back = window.page.picture.picture.arrows[1]
    assert (back.caption, back.look) == (caption, look)
    assert window.sees(untested)
    window.press("Send to my team")
    assert untested in unquote(window.opened[-1])


def test_without_a_token_nothing_is_called_seen_and_the_nearest_is_the_test(qtbot: QtBot, world: PracticeWorld) -> None:
    answers = saved(without_token(world))
    skipped = with_changes(answers, test=TestOutcome.SKIPPED, test_skipped_because="-")
    window = open_window(qtbot, new_session(world), skipped, StepId.FINISHED)
    assert window.page.title() == "Not tested yet"
    assert window.page.sentence() == "You said that all is set up. Nothing was checked."
    assert window.page.result.text().startswith("Not tested.\nTest it: ")
    assert window.main() == "Test it"
    window.press("Log in and check")
    assert window.step() is StepId.LOG_IN


def test_what_is_not_proven_has_no_picture_and_leads_to_the_test(qtbot: QtBot, world: PracticeWorld) -> None:
    window = finished(qtbot, world, skipped="My team is at lunch")
    assert not window.page.picture.isVisible()
    assert window.main() == "Test it"
    assert window.can_press("Close")
    window.press_main()
    assert window.step() is StepId.TEST


def test_what_failed_is_fixed_from_here(qtbot: QtBot, world: PracticeWorld) -> None:
    silent = replace(seen_handover(world, new_session(world).clock.now()), outcome=TrialOutcome.NOTHING_HAPPENED)
    window = finished(qtbot, world, silent)
    assert window.page.title() == "The handover does not work yet"
    assert not window.page.rules.isVisible()
    assert window.main() == "Fix it"
    window.press_main()
    assert window.step() is StepId.BOT_SETTINGS


def test_three_rules_for_every_day_name_both_apps(qtbot: QtBot, world: PracticeWorld) -> None:
    window = finished(qtbot, world)
    rules = [card.accessibleName() for card in window.page.rules.cards]
    assert len(rules) == 3
    assert "Close each finished chat in Support Desk" in rules[0]
    assert "never in Facebook’s own inbox" in rules[1]
    assert "After 24 quiet hours Flow bot answers first again." in rules[2]


def test_where_the_page_inbox_is_the_live_chat_no_rule_forbids_it(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    answers = with_changes(logged_in(session, world), live_chat=page_inbox())
    answers = with_changes(saved(answers), test=TestOutcome.SKIPPED, test_skipped_because="later")
    window = open_window(qtbot, session, answers, StepId.FINISHED)
    rules = " ".join(card.accessibleName() for card in window.page.rules.cards)
    assert "Mark each finished chat as done in the Page Inbox" in rules
    assert "never" not in rules


def test_without_the_part_that_facebook_must_allow_it_is_not_called_proven(qtbot: QtBot, world: PracticeWorld) -> None:
    window = finished(qtbot, world, seen_handover(world, new_session(world).clock.now()))
    open_details(window)
    assert "is not proven" in window.page.result.title()
    assert window.page.result.tone is Tone.NEUTRAL
    assert window.sees("Done: Test, part B: the bot’s side")


def test_what_works_is_dated_and_an_old_look_shows_its_age(qtbot: QtBot, world: PracticeWorld) -> None:
    long_ago = new_session(world).clock.now() - 3 * 86_400 - 60  # Facebook’s clock tells whole seconds
    window = finished(qtbot, world, seen_handover(world, long_ago))
    open_details(window)
    detail = window.page.details.works.rows.item("Test, part B: the bot’s side").detail
    assert "Seen" in detail
    assert "3 days ago" in detail


def test_a_skipped_test_is_not_shown_as_good(qtbot: QtBot, world: PracticeWorld) -> None:
    window = finished(qtbot, world, skipped="My team is at lunch")
    assert "Not tested. Reason: My team is at lunch" in window.page.result.text()
    assert "Run the test" in window.page.result.text()
    assert window.page.result.tone is not Tone.OK
    open_details(window)
    assert window.sees("Not known: Test, part B: the bot’s side")
    assert {item.mark for item in window.page.details.open.rows.items()} == {Mark.UNKNOWN}


def test_a_conversation_left_elsewhere_is_the_first_thing_said(qtbot: QtBot, world: PracticeWorld) -> None:
    live_chat = app_of(world, "secondary")
    left = OwnerReading(world.tester, Control.APP, new_session(world).clock.now(), live_chat.id)
    test = TrialResult(
        TrialPart.FACEBOOK_ALLOWS,
        TrialOutcome.WORKS,
        RestoreEnd(RestoreResult.NOT_BACK, left=left),
        live_chat,
        readings=(left,),
    )
    window = finished(qtbot, world, test)
    assert window.page.result.tone is Tone.PROBLEM
    assert window.page.result.title() == "After the test the conversation was not back with Flow bot."
    assert "Support Desk has it" in window.page.result.text()
    window.press("Bring it back")
    assert isinstance(window.page, RecoveryPage)


def test_the_page_inbox_as_the_live_chat_is_no_row_of_its_own(qtbot: QtBot, world: PracticeWorld) -> None:
    session = new_session(world)
    answers = with_changes(logged_in(session, world), live_chat=page_inbox(), test=TestOutcome.SKIPPED)
    answers = with_changes(saved(answers), test=TestOutcome.SKIPPED, test_skipped_because="later")
    window = open_window(qtbot, session, answers, StepId.FINISHED)
    assert window.step() is StepId.FINISHED
    open_details(window)
    assert not [item for item in window.page.details.works.rows.items() if "Inbox" in item.title]


def test_the_noted_set_up_knows_how_the_test_ended(qtbot: QtBot, world: PracticeWorld) -> None:
    window = finished(qtbot, world, seen_handover(world, 1_790_000_000.0))
    setups = window.session.setups.list().setups
    assert [setup.test for _path, setup in setups] == [TestOutcome.PASSED]


def test_the_words_are_there(qtbot: QtBot, world: PracticeWorld) -> None:
    window = finished(qtbot, world)
    window.press("What the words mean")
    assert window.sees(": Answers first")


def test_check_again_opens_the_check_of_this_page_and_close_closes(qtbot: QtBot, world: PracticeWorld) -> None:
    window = finished(qtbot, world)
    window.press("Check again")
    window.wait()
    assert isinstance(window.page, CheckPage)
    subject, _check = window.page.board.choice()
    assert subject is not None
    assert subject.page_id == world.page_id
    assert not subject.needs_token
    window.press("Back")
    window.wait()
    with qtbot.waitSignal(window.shell.closed):
        window.press("Close")


def test_a_bot_that_really_answers_is_what_the_last_line_is_made_of(qtbot: QtBot, world: PracticeWorld) -> None:
    """The readings come from Facebook's answers here, not from the test's own hand."""
    session = new_session(world)
    answers = logged_in(session, world)
    graph = session.graph_of(answers.token_name, CancelToken())
    before = graph.owner(world.tester)
    graph.pass_control(world.tester, world.app("secondary"), "test")
    during = graph.owner(world.tester)
    graph.take_control(world.tester, "test")
    after = graph.owner(world.tester)
    session.tests = (
        TrialResult(
            TrialPart.FACEBOOK_ALLOWS,
            TrialOutcome.WORKS,
            RestoreEnd(RestoreResult.BACK, left=after),
            app_of(world, "secondary"),
            readings=(before, during, after),
        ),
    )
    answers = with_changes(saved(answers), test=TestOutcome.READY)
    window = open_window(qtbot, session, answers, StepId.FINISHED)
    said = "Facebook is ready; your bot was not tried. Flow bot had control, Support Desk got it, Flow bot has it now."
    assert said in window.page.result.text()
    open_details(window)
    assert window.sees("Done: Default app")
