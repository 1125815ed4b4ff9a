"""A conversation whose owner is not shown at the start: nobody may have it, or an app that this one is not shown."""

import pytest

from tests.core.trial.conftest import StageIn
from tests.core.trial.stage import Stage
from tests.core.trial.test_stop_and_recovery import look, recovered, stop
from wizard.core.exit_code import ExitCode
from wizard.core.outcome import exit_code
from wizard.core.trial.part_a import run_part_a
from wizard.core.trial_result import ConsentRequest, ConsentTo, RestoreResult, TrialOutcome, TrialResult

UNSEEN = ConsentRequest(ConsentTo.TAKE_FROM)


@pytest.fixture
def stage(stage_in: StageIn) -> Stage:
    """Others are not shown, and the third app has the conversation."""
    stage = stage_in(shown="empty", speed=10)
    stage.give(stage.third)
    return stage


def code(*results: TrialResult) -> ExitCode:
    return exit_code(results)


@pytest.mark.parametrize("part", ["part_a", "part_b"])
def test_it_is_not_taken_without_consent_that_says_so(stage: Stage, part: str) -> None:
    stage.agrees = False
    result = getattr(stage, part)()
    assert stage.consents == [UNSEEN]
    assert (result.outcome, result.ended.result) == (TrialOutcome.DECLINED, RestoreResult.UNTOUCHED)
    assert stage.writes() == []
    assert stage.world.owner_of() == stage.third.id


def test_who_has_it_in_the_end_is_not_claimed_and_it_is_no_success(stage: Stage) -> None:
    result = stage.part_a()
    assert UNSEEN in stage.consents
    assert result.ended.result is RestoreResult.LET_GO
    assert stage.world.owner_of() is None
    assert code(result) is ExitCode.NOT_FOUND_OUT
    assert not stage.entries()


def test_nor_is_it_where_the_bots_own_handover_was_to_be_watched(stage: Stage) -> None:
    """The hidden app keeps it through the tester's message."""
    stage.window = 10
    result = stage.part_b()
    assert UNSEEN in stage.consents
    assert (result.outcome, result.ended.result) == (TrialOutcome.NO_HELLO, RestoreResult.LET_GO)
    assert code(result) is ExitCode.NOT_FOUND_OUT
    assert not stage.entries()


def test_declined_after_the_probe_it_is_no_success_either(stage: Stage) -> None:
    stage.consent = lambda request: request == UNSEEN  # type: ignore[method-assign] # a yes, and then a no
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.DECLINED, RestoreResult.LET_GO)
    assert code(result) is ExitCode.NOT_FOUND_OUT


def test_a_recovery_does_not_claim_it_either(stage: Stage) -> None:
    stop(stage, 4, True, run_part_a)
    (entry,) = stage.entries()
    assert recovered(stage, look(stage, entry)).result is RestoreResult.LET_GO


def test_where_others_are_shown_later_nobody_had_it_at_the_start(stage_in: StageIn) -> None:
    """To the default app nothing is hidden."""
    stage = stage_in()
    stage.make_idle()
    result = stage.part_a()
    assert UNSEEN in stage.consents
    assert result.ended.result is RestoreResult.BACK
    assert code(result) is ExitCode.NO_PROBLEM
