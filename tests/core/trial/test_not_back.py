"""What was not seen to be back is not called back: the entry stays open, whatever token the test was made with."""

from typing import Any

import pytest

from tests.core.trial.conftest import StageIn
from tests.core.trial.stage import WORDS, QuickToken, Stage
from tests.core.trial.test_stop_and_recovery import look, recovered, recovered_or_changed, rescued, stop
from wizard.core.cancel import Cancelled
from wizard.core.errors import ErrorKind
from wizard.core.pending import TrialPart
from wizard.core.trial.part_a import run_part_a
from wizard.core.trial.part_b import run_part_b
from wizard.core.trial.restore import WAIT
from wizard.core.trial.restore_later import Answered, Situation
from wizard.core.trial.restore_on_exit import restore_on_exit
from wizard.core.trial_result import Item, ItemState, OwnerRelation, RestoreEnd, RestoreResult, TrialOutcome
from wizard.graph.client import GraphClient


def with_live_chats_token(stage_in: StageIn, scenario: str) -> Stage:
    return stage_in(scenario, token="secondary_page", speed=10, window=10)


# With the live chat's token: everything but its own control is hidden.


def test_the_live_chats_token_does_not_call_back_what_a_third_app_may_have(stage_in: StageIn) -> None:
    stage = with_live_chats_token(stage_in, "wrong-id-saved")
    stage.save_on_platform()
    result = stage.part_b()
    assert stage.world.owner_of() == stage.third.id
    assert (result.ended.result, result.ended.is_certain) == (RestoreResult.NOT_BACK, False)
    assert stage.states(Item.BACK)[-1] is ItemState.PROBLEM
    assert len(stage.entries()) == 1


def test_recovery_takes_it_from_a_hidden_app_because_the_person_agreed(stage_in: StageIn) -> None:
    stage = with_live_chats_token(stage_in, "wrong-id-saved")
    stage.save_on_platform()
    stage.part_b()
    stage.world.forget_requests()
    (entry,) = stage.entries()
    ended = recovered(stage, look(stage, entry))
    assert ended.result is RestoreResult.BACK
    assert stage.writes() == ["take", "pass"]
    assert stage.world.owner_of() == stage.bot.id
    assert not stage.entries()


def test_recovery_that_may_not_take_from_a_hidden_app_says_not_back(stage_in: StageIn) -> None:
    stage = with_live_chats_token(stage_in, "wrong-id-saved")
    stage.save_on_platform()
    stage.part_b()
    (entry,) = stage.entries()
    stage.world.fault("POST me/take_thread_control", "refuse", None)
    ended = recovered(stage, look(stage, entry))
    assert ended.result is RestoreResult.NOT_BACK
    assert ended.failure is not None
    assert ended.failure.kind is ErrorKind.TAKE_REFUSED
    assert stage.world.owner_of() == stage.third.id
    assert len(stage.entries()) == 1


def test_the_live_chats_own_conversation_is_taken_back_from_a_bot_that_keeps_it(stage_in: StageIn) -> None:
    stage = with_live_chats_token(stage_in, "bot-never-hands-over")
    stage.world.write("Hi")
    stage.give(stage.live_chat)
    result = stage.part_b()
    assert (result.outcome, result.ended.result) == (TrialOutcome.NOTHING_HAPPENED, RestoreResult.BACK)
    assert stage.writes() == ["pass", "take"]
    assert stage.world.owner_of() == stage.live_chat.id
    assert not stage.entries()


def test_the_live_chats_own_conversation_that_cannot_be_taken_back_stays_open(stage_in: StageIn) -> None:
    stage = with_live_chats_token(stage_in, "bot-never-hands-over")
    stage.world.write("Hi")
    stage.give(stage.live_chat)
    stage.world.fault("POST me/take_thread_control", "refuse", None)
    result = stage.part_b()
    assert result.ended.result is RestoreResult.NOT_BACK
    assert result.ended.failure is not None
    assert stage.world.owner_of() == stage.bot.id
    assert len(stage.entries()) == 1


def test_where_the_tester_wrote_nothing_the_conversation_is_untouched(stage_in: StageIn) -> None:
    """Hidden at the start and in the end, with the same end of control: nobody wrote, and nobody passed."""
    stage = stage_in(token="secondary_page", speed=20, window=10)
    stage.person.acts = False
    result = stage.part_b()
    assert (result.outcome, result.ended.result) == (TrialOutcome.NOTHING_HAPPENED, RestoreResult.UNTOUCHED)
    assert not stage.entries()


def test_stopped_before_the_tester_was_told_to_write_it_is_untouched(stage_in: StageIn) -> None:
    stage = stage_in(token="secondary_page", speed=20)
    run = stage.run()
    start = run.read_owner(Item.OWNER)
    assert run.thread.last is not None
    run.open_entry(TrialPart.BOT_DOES, run.thread.last)
    (ended,) = rescued(stage)
    assert (start, ended.result) == (OwnerRelation.HIDDEN, RestoreResult.UNTOUCHED)
    assert not stage.entries()


# An empty answer about the owner.


def held_by_the_bot(stage_in: StageIn) -> Stage:
    """The bot may take idle conversations only, and is shown nothing of what another app has."""
    stage = stage_in("take-refused-when-held", shown="empty", speed=20)
    stage.world.write("Hi")
    stage.written_at = float(stage.world.world()["time"])
    assert stage.world.owner_of() == stage.bot.id
    stage.person.answers["way_out"] = "wait"
    return stage


def test_after_a_pass_an_empty_owner_is_not_taken_for_idle(stage_in: StageIn) -> None:
    stage = held_by_the_bot(stage_in)
    result = stage.part_a()
    assert stage.world.owner_of() == stage.live_chat.id
    assert (result.outcome, result.ended.result) == (TrialOutcome.CANNOT_TELL, RestoreResult.NOT_BACK)
    assert len(stage.entries()) == 1


def test_after_a_pass_that_was_stopped_an_empty_owner_is_not_taken_for_idle(stage_in: StageIn) -> None:
    stage = held_by_the_bot(stage_in)
    stop(stage, 4, True, run_part_a)
    (ended,) = rescued(stage)
    assert stage.world.owner_of() == stage.live_chat.id
    assert ended.result is RestoreResult.NOT_BACK
    (entry,) = stage.entries()
    assert recovered(stage, look(stage, entry)).result is RestoreResult.NOT_BACK
    assert stage.entries() == [entry]


def test_after_our_own_release_an_empty_owner_is_idle(stage_in: StageIn) -> None:
    """Released, and stopped before the take that Facebook then refuses: nobody has it."""
    stage = held_by_the_bot(stage_in)
    stop(stage, 3, False, run_part_a)
    stage.world.fault("POST me/take_thread_control", "refuse", None)
    (ended,) = rescued(stage)
    assert (ended.result, ended.is_idle) == (RestoreResult.NOT_BACK, True)
    assert len(stage.entries()) == 1


def test_once_the_tester_was_told_to_write_an_empty_owner_is_not_idle(stage_in: StageIn) -> None:
    """The bot let go for the fresh message, which goes to an app that the bot is not shown."""
    stage = stage_in("social-route-elsewhere", shown="empty", speed=20, window=10)
    stage.world.control_of("take")
    stage.world.fault("POST me/take_thread_control", "refuse", None)
    stage.person.answers["way_out"] = "wait"
    result = stage.part_b(is_probe_good=True)
    assert stage.world.owner_of() == stage.third.id
    assert result.ended.result is RestoreResult.NOT_BACK
    assert len(stage.entries()) == 1


def test_a_refused_probe_that_changed_nothing_leaves_it_untouched(stage_in: StageIn) -> None:
    stage = stage_in("take-refused")
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.PROBE_REFUSED, RestoreResult.UNTOUCHED)
    assert not stage.entries()


def test_that_this_app_is_shown_others_is_in_the_journal(stage: Stage) -> None:
    stop(stage, 6, False, run_part_a)
    (entry,) = stage.entries()
    assert entry.shows_others


# What was changed last and could not be read.


def test_given_to_a_third_app_without_a_reading_is_not_called_back(stage_in: StageIn) -> None:
    stage = stage_in(speed=20)
    stage.give(stage.third)
    stage.after_event(Item.BACK, lambda: stage.world.fault("GET me/thread_owner", "http_500", None))
    result = stage.part_a()
    assert (result.outcome, result.ended.result) == (TrialOutcome.WORKS, RestoreResult.NOT_BACK)
    assert result.ended.failure is not None
    assert len(stage.entries()) == 1


@pytest.mark.parametrize("fault", ["http_500", "refuse"])
def test_a_release_without_a_reading_counts_because_facebook_confirmed_it(stage_in: StageIn, fault: str) -> None:
    stage = stage_in(speed=20)
    stage.make_idle()
    stage.after_event(Item.BACK, lambda: stage.world.fault("GET me/thread_owner", fault, None))
    result = stage.part_a()
    assert result.ended.result is RestoreResult.BACK
    assert stage.world.owner_of() is None


# A handover that comes late.


def test_a_bot_that_hands_over_after_the_stop_is_waited_for(stage_in: StageIn) -> None:
    stage = stage_in(speed=10)
    stage.save_on_platform()
    stage.person.acts = False
    stage.person.before["ask_for_human"] = stage.cancel.cancel
    with pytest.raises(Cancelled):
        run_part_b(stage.run(), is_probe_good=False)
    stage.start_again()
    (entry,) = stage.entries()
    assert entry.told_at > 0
    cancel = QuickToken(stage.speed)
    graph = stage.graph_of_exit(cancel, lambda: stage.world.instruct("ask_for_human"))
    ended = restore_on_exit(graph, entry, stage.journal, cancel, stage.clock, WORDS)
    assert ended.result is RestoreResult.BACK
    assert stage.world.calls().count("POST me/take_thread_control") == 1
    assert stage.world.owner_of() == stage.bot.id


# Recovery acts on what is true when it acts.


def died(stage: Stage) -> Situation:
    stop(stage, 5, True, run_part_a)
    (entry,) = stage.entries()
    return look(stage, entry)


def test_an_answer_after_the_look_goes_back_to_the_question(stage: Stage) -> None:
    found = died(stage)
    stage.world.instruct("answer_from_live_chat")
    stage.world.forget_requests()
    changed = recovered_or_changed(stage, found)
    assert isinstance(changed, Situation)
    assert changed.answered is Answered.YES
    assert stage.writes() == []
    assert len(stage.entries()) == 1
    assert isinstance(recovered_or_changed(stage, changed), RestoreEnd), "the person agreed to what is true now"
    assert stage.world.owner_of() == stage.bot.id


def test_another_owner_after_the_look_goes_back_to_the_question(stage: Stage) -> None:
    found = died(stage)
    stage.world.control_of("pass", "secondary_page", target_app_id=stage.third.id)
    stage.world.forget_requests()
    changed = recovered_or_changed(stage, found)
    assert isinstance(changed, Situation)
    assert changed.owner.app_id == stage.third.id
    assert stage.writes() == []


def test_what_came_back_after_the_look_needs_no_question(stage: Stage) -> None:
    found = died(stage)
    stage.world.control_of("pass", "secondary_page", target_app_id=stage.bot.id)
    ended = recovered_or_changed(stage, found)
    assert isinstance(ended, RestoreEnd)
    assert ended.result is RestoreResult.BACK
    assert not stage.entries()


def test_recovery_that_cannot_look_again_changes_nothing(stage_in: StageIn) -> None:
    stage = stage_in(speed=20)
    found = died(stage)
    stage.world.forget_requests()
    stage.world.fault("GET me/thread_owner", {"code": 190, "subcode": 463}, None)
    ended = recovered(stage, found)
    assert ended.result is RestoreResult.NOT_BACK
    assert ended.failure is not None
    assert ended.failure.kind is ErrorKind.TOKEN_EXPIRED
    assert stage.writes() == []


# Another computer tests the same conversation: no lock of this one is seen there.


def test_what_another_computer_let_go_meanwhile_is_not_called_untouched(stage: Stage) -> None:
    stage.after_event(Item.PROBE, lambda: stage.world.control_of("release"))
    assert stage.part_a().ended.result is RestoreResult.BACK
    assert stage.world.owner_of() == stage.bot.id
    assert not stage.entries()


def test_what_another_computer_let_go_and_cannot_be_taken_stays_open(stage: Stage) -> None:
    stage.after_event(Item.PROBE, lambda: stage.world.control_of("release"))
    stage.world.fault("POST me/take_thread_control", "refuse", None)
    stage.person.answers["way_out"] = WAIT
    assert stage.part_a().ended.result is RestoreResult.NOT_BACK
    assert len(stage.entries()) == 1


@pytest.mark.parametrize("fault", ["throttled", {"code": 190, "subcode": 460}], ids=str)
def test_what_was_let_go_and_may_be_taken_later_stays_open(stage: Stage, fault: str | dict[str, Any]) -> None:
    stage.world.fault("POST me/take_thread_control", fault, None)
    stage.person.answers["way_out"] = WAIT
    assert stage.part_a().ended.result is RestoreResult.NOT_BACK
    assert stage.world.owner_of() is None
    assert len(stage.entries()) == 1


# Errors that nobody expected.

UNEXPECTED = (OverflowError(), RecursionError(), RuntimeError("can't start new thread"), MemoryError())


@pytest.mark.parametrize("call", ["owner", "take_control"])
@pytest.mark.parametrize("error", UNEXPECTED, ids=lambda error: type(error).__name__)
def test_whatever_fails_in_a_rescue_or_a_recovery_leaves_the_entry_open(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, error: Exception, call: str
) -> None:
    stop(stage, 5, True, run_part_a)
    (entry,) = stage.entries()
    found = look(stage, entry)

    def fails(*_given: object) -> None:
        raise error

    monkeypatch.setattr(GraphClient, call, fails)
    (ended,) = rescued(stage)
    assert ended.result is RestoreResult.NOT_BACK
    assert recovered(stage, found).result is RestoreResult.NOT_BACK
    assert [each.id for each in stage.entries()] == [entry.id]
    assert stage.world.owner_of() == stage.live_chat.id
