"""Part B by eye: nothing is read, the tester looks and says what there is."""

import pytest

from tests.core.trial.conftest import StageIn
from wizard.core.trial_result import Item, ItemState, RestoreResult, TrialOutcome


def test_by_eye_needs_no_call_and_ends_with_the_bot_answering(stage_in: StageIn) -> None:
    stage = stage_in(token="third_app_page")
    stage.save_on_platform()
    stage.world.forget_requests()
    result = stage.by_eye()
    assert (result.outcome, result.by_eye, result.ended.result) == (
        TrialOutcome.BOT_HANDED_OVER,
        True,
        RestoreResult.BACK,
    )
    assert stage.person.told == ["say_hello", "ask_for_human", "write_and_look", "close_in_live_chat"]
    asked = ["bot_answered", "live_chat_got_it", "bot_answered_now", "bot_answers_again"]
    assert stage.person.asked == asked
    assert {state for item in Item for state in stage.states(item)} == {ItemState.RUNNING, ItemState.SAID}
    assert stage.world.calls() == []


def test_by_eye_no_answer_from_the_bot_means_not_back_and_shows_the_ways_out(stage_in: StageIn) -> None:
    stage = stage_in(token="third_app_page")
    stage.save_on_platform()
    stage.person.answers = {"live_chat_got_it": "yes", "bot_answers_again": "no", "way_out": "wait"}
    result = stage.by_eye()
    assert result.ended.result is RestoreResult.NOT_BACK
    assert "way_out" in stage.person.asked


def test_by_eye_a_bot_that_does_not_hand_over_is_said_so(stage_in: StageIn) -> None:
    stage = stage_in(token="third_app_page")
    result = stage.by_eye()
    assert (result.outcome, result.ended.result) == (TrialOutcome.NOTHING_HAPPENED, RestoreResult.BACK)


@pytest.mark.parametrize("question", ["bot_answered", "live_chat_got_it", "bot_answered_now"])
def test_by_eye_what_nobody_saw_is_neither_good_nor_bad(stage_in: StageIn, question: str) -> None:
    stage = stage_in(token="third_app_page")
    stage.save_on_platform()
    stage.person.answers = {question: "cannot_see"}
    result = stage.by_eye()
    item = {"bot_answered": Item.HELLO, "live_chat_got_it": Item.ARRIVED, "bot_answered_now": Item.SILENCE}[question]
    assert stage.states(item)[-1] is ItemState.UNKNOWN
    is_of_handover = question != "bot_answered_now"
    assert result.outcome is (TrialOutcome.CANNOT_TELL if is_of_handover else TrialOutcome.BOT_HANDED_OVER)


def test_by_eye_a_bot_that_does_not_answer_ends_it(stage_in: StageIn) -> None:
    stage = stage_in(token="third_app_page")
    stage.person.answers = {"bot_answered": "no"}
    result = stage.by_eye()
    assert (result.outcome, result.ended.result) == (TrialOutcome.OTHER_ANSWERS_FIRST, RestoreResult.UNTOUCHED)
    assert stage.person.told == ["say_hello"]
    assert stage.states(Item.HELLO)[-1] is ItemState.PROBLEM


@pytest.mark.parametrize(("step", "item"), [("say_hello", Item.HELLO), ("ask_for_human", Item.HUMAN)])
def test_by_eye_who_cannot_write_has_seen_nothing(stage_in: StageIn, step: str, item: Item) -> None:
    stage = stage_in(token="third_app_page")
    stage.save_on_platform()
    stage.person.cannot = {step}
    result = stage.by_eye()
    assert (result.outcome, result.ended.result) == (TrialOutcome.DECLINED, RestoreResult.UNTOUCHED)
    assert stage.states(item)[-1] is ItemState.UNKNOWN
