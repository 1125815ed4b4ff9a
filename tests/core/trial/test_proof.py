"""What an answer says and what a reading shows may differ: then neither alone is proof."""

import json
from typing import Any

import pytest

from tests.core.trial.conftest import StageIn
from tests.core.trial.stage import Stage
from wizard.core.facts import App
from wizard.core.trial_result import RestoreResult, TrialOutcome

DONE: dict[str, dict[str, Any]] = {
    "not done": {"kind": "answer", "answer": {"body": '{"success":false}'}},
    **{str(code): {"kind": {"code": code}} for code in (10, 100, 200, 230, 4711)},
    "190/460": {"kind": {"code": 190, "subcode": 460}},
}


def read_as(stage: Stage, app: App, after: int) -> None:
    """After so many readings one shows what is not true, as an old one would."""
    owner = {"app_id": app.id, "expiration": int(stage.world.world()["time"]) + 3600}
    body = json.dumps({"data": [{"thread_owner": owner}]})
    stage.world.fault("GET me/thread_owner", "answer", after=after, answer={"body": body})


@pytest.fixture
def stage(stage_in: StageIn) -> Stage:
    stage = stage_in()
    stage.person.answers["way_out"] = "wait"
    return stage


@pytest.mark.parametrize("call", ["release", "take", "pass"])
@pytest.mark.parametrize("answer", DONE)
@pytest.mark.parametrize("times", [1, None], ids=["once", "always"])
def test_a_change_that_was_made_but_refused_in_words_is_brought_back_or_stays_open(
    stage: Stage, call: str, answer: str, times: int | None
) -> None:
    stage.world.fault(f"POST me/{call}_thread_control", times=times, done=True, **DONE[answer])
    result = stage.part_a()
    stage.world.forget_faults()
    assert stage.world.owner_of() == stage.bot.id or stage.entries()
    assert bool(stage.entries()) is (result.ended.result is RestoreResult.NOT_BACK)


def test_one_reading_that_denies_a_refusal_is_no_proof_of_a_take(stage: Stage) -> None:
    stage.world.fault("POST me/take_thread_control", "refuse", None)
    read_as(stage, stage.bot, after=1)
    result = stage.part_a()
    assert result.outcome is TrialOutcome.PROBE_REFUSED
    assert stage.writes()[:2] == ["release", "take"]
    assert "pass" not in stage.writes()


def test_two_readings_that_deny_a_refusal_are(stage: Stage) -> None:
    stage.world.fault("POST me/take_thread_control", {"code": 10}, 1, done=True)
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.WORKS, RestoreResult.BACK)
    assert stage.world.calls().count("GET me/thread_owner") == 5


def test_one_old_reading_after_a_refused_release_is_no_proof_that_it_was_kept(stage: Stage) -> None:
    """Released, but said to be refused; and the first reading is from before."""
    stage.world.fault("POST me/release_thread_control", {"code": 10}, done=True)
    read_as(stage, stage.bot, after=1)
    stage.part_a()
    assert stage.world.owner_of() == stage.bot.id or stage.entries()


@pytest.mark.parametrize("call", ["take", "pass"])
@pytest.mark.parametrize("answer", ["not done", "190/460"])
@pytest.mark.parametrize("start", ["live chat", "third", "bot"])
def test_the_live_chats_token_brings_it_back_or_leaves_it_open_too(
    stage_in: StageIn, start: str, call: str, answer: str
) -> None:
    stage = stage_in("bot-never-hands-over", token="secondary_page", speed=20, window=10)
    stage.person.answers["way_out"] = "wait"
    if start != "bot":
        stage.give(stage.live_chat if start == "live chat" else stage.third)
    before = stage.world.owner_of()
    stage.world.fault(f"POST me/{call}_thread_control", times=None, done=True, **DONE[answer])
    stage.part_b()
    stage.world.forget_faults()
    assert stage.world.owner_of() == before or stage.entries()
