"""The bot let go and may not take again: nobody has the conversation. That is an end only where the next message goes
to the bot all the same, and no later try would help."""

from typing import Any

import pytest

from tests.core.trial.conftest import StageIn
from tests.core.trial.stage import Stage
from tests.core.trial.test_stop_and_recovery import look, recovered, rescued, stop
from tests.simulator.world import request
from wizard.core.errors import ErrorKind
from wizard.core.trial.part_a import run_part_a
from wizard.core.trial_result import RestoreResult

TAKE = "POST me/take_thread_control"
LATER: dict[str, Any] = {
    "throttled": {"kind": "throttled"},
    "no network": {"kind": "reset"},
    "token revoked": {"kind": {"code": 190, "subcode": 460}},
    "no default app": {"kind": {"code": 27}},
    "unknown": {"kind": {"code": 4711}},
    **{body: {"kind": "answer", "answer": {"body": body}} for body in ("false", '{"success":false}', '{"error":"no"}')},
}


@pytest.fixture
def known(stage_in: StageIn) -> Stage:
    """The bot was seen to be the default app."""
    return stage_in(speed=20, answers_first=True)


@pytest.fixture
def unknown(stage_in: StageIn) -> Stage:
    return stage_in(speed=20)


def test_a_refusal_for_good_is_an_end_where_the_bot_gets_the_next_message(known: Stage) -> None:
    known.world.fault(TAKE, "refuse", None)
    assert known.part_a().ended.result is RestoreResult.IDLE
    assert not known.entries()


def test_else_the_tester_writes_and_the_bot_that_gets_it_has_it_again(unknown: Stage) -> None:
    unknown.world.fault(TAKE, "refuse", None)
    ended = unknown.part_a().ended
    assert unknown.person.told == ["say_hello"]
    assert ended.result is RestoreResult.BACK
    assert unknown.world.owner_of() == unknown.bot.id
    assert not unknown.entries()


def test_where_that_message_goes_to_another_app_it_stays_open(unknown: Stage) -> None:
    routing = f"{unknown.world.start['facebook_url']}/settings/routing"
    assert (
        request("POST", routing, form={"default_app": unknown.bot.id, "social_route": unknown.third.id}).status == 303
    )
    unknown.world.fault(TAKE, "refuse", None)
    ended = unknown.part_a().ended
    assert unknown.world.owner_of() == unknown.third.id
    assert (ended.result, ended.is_idle) == (RestoreResult.NOT_BACK, False)
    assert len(unknown.entries()) == 1


def test_where_nobody_writes_it_stays_open(unknown: Stage) -> None:
    unknown.person.cannot = {"say_hello"}
    unknown.world.fault(TAKE, "refuse", None)
    ended = unknown.part_a().ended
    assert (ended.result, ended.is_idle) == (RestoreResult.NOT_BACK, True)
    assert unknown.person.asked == [], "no other app has it, so none can give it back"
    (entry,) = unknown.entries()
    unknown.world.forget_faults()
    assert recovered(unknown, look(unknown, entry)).result is RestoreResult.BACK
    assert unknown.world.owner_of() == unknown.bot.id


@pytest.mark.parametrize("trouble", LATER)
def test_what_may_work_later_stays_open(known: Stage, trouble: str) -> None:
    known.world.fault(TAKE, times=None, **LATER[trouble])
    known.person.answers["way_out"] = "wait"
    known.person.cannot = {"say_hello"}
    assert known.part_a().ended.result is RestoreResult.NOT_BACK
    assert len(known.entries()) == 1
    assert known.world.owner_of() is None


def test_without_a_default_app_it_stays_open_until_one_is_chosen(unknown: Stage) -> None:
    routing = f"{unknown.world.start['facebook_url']}/settings/routing"
    assert request("POST", routing, form={"default_app": ""}).status == 303
    ended = unknown.part_a().ended
    assert (ended.result, ended.is_idle) == (RestoreResult.NOT_BACK, True)
    assert ended.failure is not None
    assert ended.failure.kind is ErrorKind.NO_DEFAULT_APP
    (entry,) = unknown.entries()
    assert recovered(unknown, look(unknown, entry)).result is RestoreResult.NOT_BACK
    unknown.world.instruct("default_app")
    assert recovered(unknown, look(unknown, entry)).result is RestoreResult.BACK
    assert unknown.world.owner_of() == unknown.bot.id


@pytest.mark.parametrize(("stage", "result"), [("known", RestoreResult.IDLE), ("unknown", RestoreResult.NOT_BACK)])
def test_a_rescue_goes_by_what_the_test_knew(stage: str, result: RestoreResult, request: pytest.FixtureRequest) -> None:
    stopped: Stage = request.getfixturevalue(stage)
    stop(stopped, 3, False, run_part_a)
    stopped.world.fault(TAKE, "refuse", None)
    (ended,) = rescued(stopped)
    assert ended.result is result
    assert bool(stopped.entries()) is (result is RestoreResult.NOT_BACK)


def test_a_recovery_does_not_for_the_default_app_may_have_changed(known: Stage) -> None:
    stop(known, 3, False, run_part_a)
    (entry,) = known.entries()
    assert entry.answers_first
    known.world.fault(TAKE, "refuse", None)
    assert recovered(known, look(known, entry)).result is RestoreResult.NOT_BACK
