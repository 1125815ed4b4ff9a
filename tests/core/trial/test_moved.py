"""Something else moves the conversation while it is tested, as a test on another computer does: then the test ends,
says so, and gives nothing to an owner that the other test may have made."""

from collections.abc import Callable

import pytest

from tests.core.trial.conftest import StageIn
from tests.core.trial.stage import Stage
from wizard.core import limits
from wizard.core.exit_code import ExitCode
from wizard.core.outcome import exit_code
from wizard.core.trial.part_b import run_part_b
from wizard.core.trial_result import Item, RestoreResult, TrialOutcome, TrialResult

STANDS_STILL = limits.STANDS_STILL  # as in life, on a machine that may be slow
READ = "GET me/thread_owner"


@pytest.fixture
def stage(stage_in: StageIn, monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(limits, "STANDS_STILL", STANDS_STILL)
    return stage_in(speed=20)


def give(stage: Stage, app: str = "") -> None:
    """What another program with the same token does: take it for the bot, and pass it on where an app is named."""
    stage.world.control_of("take")
    if app:
        stage.world.control_of("pass", target_app_id=stage.world.app(app))
    stage.world.forget_requests()


def take_after_idling(stage: Stage) -> None:
    stage.make_idle()
    give(stage)


def is_untouched(stage: Stage, result: TrialResult) -> bool:
    return (result.outcome, result.ended.result, list(stage.entries())) == (
        TrialOutcome.MOVED,
        RestoreResult.UNTOUCHED,
        [],
    )


OTHERS: dict[str, Callable[[Stage], object]] = {
    "the live chat": lambda stage: give(stage, "secondary"),
    "a third app": lambda stage: give(stage, "third"),
    "nobody": Stage.make_idle,
    "the bot, just now": take_after_idling,
}


@pytest.mark.parametrize("part", ["part_a", "part_b"])
@pytest.mark.parametrize("start", OTHERS)
def test_what_moves_on_before_the_first_change_is_not_touched(stage: Stage, start: str, part: str) -> None:
    OTHERS[start](stage)
    other = "third" if start == "the live chat" else "secondary"
    stage.after_event(Item.OWNER, lambda: give(stage, other))
    result = getattr(stage, part)()
    assert is_untouched(stage, result)
    assert stage.writes() == []
    assert exit_code([result]) is ExitCode.NOT_FOUND_OUT


def test_what_the_message_of_the_tester_gave_to_the_bot_needs_no_second_look(stage_in: StageIn) -> None:
    stage = stage_in()
    stage.world.write("Hello")
    stage.world.forget_requests()
    stage.written_at = float(stage.world.world()["time"])
    stage.part_a()
    assert len(stage.world.calls()) == 7


@pytest.mark.parametrize("start", OTHERS)
def test_a_second_look_leaves_it_at_eight_calls(stage: Stage, start: str) -> None:
    OTHERS[start](stage)
    result = stage.part_a()
    assert result.outcome is TrialOutcome.WORKS
    assert stage.world.calls()[:2] == [READ, READ]
    assert len(stage.world.calls()) <= 8


def test_what_the_bot_has_when_it_is_to_be_taken_is_not_given_to_the_start_owner(stage: Stage) -> None:
    """Another test took it from there, and may be about to give it to somebody else."""
    give(stage, "third")
    stage.after_event(Item.PROBE, lambda: give(stage))
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.MOVED, RestoreResult.NOT_BACK)
    assert stage.writes() == ["take"]
    assert stage.world.owner_of() == stage.bot.id
    assert len(stage.entries()) == 1
    assert exit_code([result]) is ExitCode.WRONG_APP_HAS_IT


@pytest.mark.parametrize("other", ["secondary", "third"])
def test_what_another_app_has_when_it_is_to_be_let_go_is_not_taken(stage: Stage, other: str) -> None:
    stage.after_event(Item.PROBE, lambda: give(stage, other))
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.MOVED, RestoreResult.NOT_BACK)
    assert stage.writes() == ["release"]
    assert stage.world.owner_of() == stage.world.app(other)
    assert len(stage.entries()) == 1


def test_what_moved_between_the_two_parts_is_not_touched(stage: Stage) -> None:
    left = stage.part_a().ended.left
    give(stage, "secondary")
    result = run_part_b(stage.run(), is_probe_good=True, left=left)
    assert is_untouched(stage, result)
    assert stage.world.calls() == [READ]
