"""A test that is stopped, or that died, gives the conversation back to whoever had it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.core.trial.conftest import StageIn
from tests.core.trial.stage import WORDS, QuickToken, Stage
from tests.simulator.world import request
from wizard.core.cancel import Cancelled
from wizard.core.facts import Control, OwnerReading
from wizard.core.pending import PendingTest, TrialPart
from wizard.core.ports import GraphApi
from wizard.core.trial.part_a import run_part_a
from wizard.core.trial.part_b import run_part_b
from wizard.core.trial.restore import RETRY, WAIT
from wizard.core.trial.restore_later import Answered, Situation, restore_later, situation, subject_of
from wizard.core.trial.restore_on_exit import restore_on_exit, thread_of
from wizard.core.trial.run import TrialRun
from wizard.core.trial_result import RestoreEnd, RestoreResult


@dataclass
class StopAt:
    """The real graph, on which the person presses Stop at one call. happens: the call still gets through."""

    graph: Any
    stage: Stage
    at: int
    happens: bool
    count: int = 0

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.graph, name)
        if not name.endswith(("owner", "_control")):
            return value

        def call(*arguments: object) -> object:
            self.count += 1
            if self.count != self.at:
                return value(*arguments)
            if self.happens:
                value(*arguments)
            self.stage.cancel.cancel()
            raise Cancelled

        return call


def stop(stage: Stage, at: int, happens: bool, part: Callable[[TrialRun], object]) -> None:
    run = stage.run()
    run.thread.graph = StopAt(run.thread.graph, stage, at, happens)
    with pytest.raises(Cancelled):
        part(run)
    stage.start_again()


def rescued(stage: Stage) -> Sequence[RestoreEnd]:
    """What a closing window does: new connections, short time limits, nobody to ask."""
    cancel = QuickToken(stage.speed)
    return [
        restore_on_exit(stage.graph().with_short_timeouts(cancel), entry, stage.journal, cancel, stage.clock, WORDS)
        for entry in stage.entries()
    ]


@pytest.mark.parametrize("happens", [True, False], ids=["arrived", "lost"])
@pytest.mark.parametrize("at", range(1, 8))
@pytest.mark.parametrize("start", ["bot", "idle"])
def test_part_a_stopped_at_any_call_is_brought_back(stage_in: StageIn, start: str, at: int, happens: bool) -> None:
    stage = stage_in(speed=10)
    if start == "idle":
        stage.make_idle()
    stop(stage, at, happens, run_part_a)
    for ended in rescued(stage):
        assert ended.result is not RestoreResult.NOT_BACK
    assert not stage.entries()
    assert stage.world.owner_of() == (stage.bot.id if start == "bot" else None)


@pytest.mark.parametrize("happens", [True, False], ids=["arrived", "lost"])
@pytest.mark.parametrize("at", range(1, 8))
def test_part_b_stopped_at_any_call_is_brought_back(stage_in: StageIn, at: int, happens: bool) -> None:
    stage = stage_in(speed=10)
    stage.save_on_platform()
    stop(stage, at, happens, lambda run: run_part_b(run, is_probe_good=True))
    rescued(stage)
    assert not stage.entries()
    assert stage.world.owner_of() == stage.bot.id


def test_a_stopped_run_writes_no_entry_any_more(stage: Stage) -> None:
    """Whoever brings the conversation back owns the journal then; an entry must not come up again behind it."""
    run = stage.run()
    run.open_entry(TrialPart.FACEBOOK_ALLOWS, stage.graph().owner(stage.world.tester))
    assert run.entry is not None
    stage.journal.close(run.entry.id)
    stage.cancel.cancel()
    with pytest.raises(Cancelled):
        run.note_pass()
    assert not stage.entries()


def test_a_pass_that_arrives_after_the_stop_is_still_brought_back(stage: Stage) -> None:
    """The call was in flight: at the first look the bot has control, and then the pass comes through."""
    stop(stage, 4, False, run_part_a)
    (entry,) = stage.entries()
    cancel = QuickToken()
    graph = stage.graph_of_exit(cancel, lambda: stage.world.control_of("pass", target_app_id=stage.live_chat.id))
    ended = restore_on_exit(graph, entry, stage.journal, cancel, stage.clock, WORDS)
    assert ended.result is RestoreResult.BACK
    assert stage.world.owner_of() == stage.bot.id


def test_a_rescue_whose_time_is_over_leaves_the_entry_open(stage: Stage) -> None:
    stop(stage, 5, True, run_part_a)
    (entry,) = stage.entries()
    cancel = QuickToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        restore_on_exit(stage.graph().with_short_timeouts(cancel), entry, stage.journal, cancel, stage.clock, WORDS)
    assert stage.entries() == [entry]


def test_a_rescue_without_a_network_leaves_the_entry_open(stage_in: StageIn) -> None:
    stage = stage_in(speed=20)
    stop(stage, 5, True, run_part_a)
    stage.world.fault("*", "reset", None)
    (ended,) = rescued(stage)
    assert ended.result is RestoreResult.NOT_BACK
    assert ended.failure is not None
    assert len(stage.entries()) == 1


def test_a_rescue_does_not_take_from_an_app_that_nobody_expected(stage: Stage) -> None:
    stop(stage, 5, True, run_part_a)
    stage.world.control_of("pass", "secondary_page", target_app_id=stage.third.id)
    (ended,) = rescued(stage)
    assert ended.result is RestoreResult.NOT_BACK
    assert stage.world.owner_of() == stage.third.id
    assert len(stage.entries()) == 1


# Recovery: the next start.


def died_after_pass(stage: Stage) -> PendingTest:
    stop(stage, 5, True, run_part_a)
    (entry,) = stage.entries()
    return entry


def look(stage: Stage, entry: PendingTest) -> Situation:
    return situation(stage.graph(), entry)


def recovered(stage: Stage, found: Situation) -> RestoreEnd:
    ended = recovered_or_changed(stage, found)
    assert isinstance(ended, RestoreEnd)
    return ended


def recovered_or_changed(stage: Stage, found: Situation, graph: GraphApi | None = None) -> RestoreEnd | Situation:
    cancel = QuickToken(stage.speed)
    run = TrialRun(
        subject_of(found.entry, WORDS),
        thread_of(graph or stage.graph(), found.entry, cancel),
        stage.journal,
        stage.person,
        stage.consent,
        cancel,
        stage.clock,
        stage.tell,
    )
    return restore_later(run, found)


def test_looking_shows_owner_time_and_last_activity_and_changes_nothing(stage: Stage) -> None:
    entry = died_after_pass(stage)
    stage.world.forget_requests()
    found = look(stage, entry)
    assert found.owner.app_id == stage.live_chat.id
    assert found.owner.expires_at is not None
    assert found.last_activity is not None
    assert found.answered is Answered.NO
    assert stage.writes() == []


def test_recovery_gives_it_back_to_the_bot(stage: Stage) -> None:
    ended = recovered(stage, look(stage, died_after_pass(stage)))
    assert ended.result is RestoreResult.BACK
    assert stage.world.owner_of() == stage.bot.id
    assert not stage.entries()


def test_recovery_leaves_an_idle_conversation_idle(stage: Stage) -> None:
    stage.make_idle()
    stop(stage, 4, True, run_part_a)
    (entry,) = stage.entries()
    assert stage.world.owner_of() == stage.live_chat.id
    ended = recovered(stage, look(stage, entry))
    assert ended.result is RestoreResult.BACK
    assert stage.world.owner_of() is None


def test_recovery_gives_it_back_to_the_third_app_it_was_taken_from(stage: Stage) -> None:
    stage.give(stage.third)
    stop(stage, 4, True, run_part_a)
    (entry,) = stage.entries()
    assert stage.world.owner_of() == stage.live_chat.id
    assert recovered(stage, look(stage, entry)).result is RestoreResult.BACK
    assert stage.world.owner_of() == stage.third.id


def test_somebody_who_answered_meanwhile_is_seen(stage: Stage) -> None:
    entry = died_after_pass(stage)
    stage.world.clock(120)
    stage.world.instruct("answer_from_live_chat")
    assert look(stage, entry).answered is Answered.YES


def test_an_answer_in_the_second_of_the_pass_is_seen(stage: Stage) -> None:
    entry = died_after_pass(stage)
    stage.world.instruct("answer_from_live_chat")
    assert look(stage, entry).answered is Answered.YES


def test_where_messages_cannot_be_read_later_activity_may_be_an_answer(stage: Stage) -> None:
    entry = died_after_pass(stage)
    stage.world.clock(120)
    stage.world.write("Is anybody there?")
    stage.world.fault("GET {conversation}/messages", {"code": 200}, None)
    found = look(stage, entry)
    assert found.answered is Answered.UNKNOWN
    assert found.unread_because is not None


def test_where_nothing_can_be_listed_the_owner_is_shown_all_the_same(stage: Stage) -> None:
    entry = died_after_pass(stage)
    stage.world.fault("GET me/conversations", {"code": 200}, None)
    found = look(stage, entry)
    assert found.owner.app_id == stage.live_chat.id
    assert (found.last_activity, found.answered) == (None, Answered.UNKNOWN)


def test_without_later_activity_unreadable_messages_hide_no_answer(stage: Stage) -> None:
    entry = replace(died_after_pass(stage), passed_at=stage.graph().time + 3600)
    stage.world.fault("GET {conversation}/messages", {"code": 200}, None)
    assert look(stage, entry).answered is Answered.NO


def test_an_answer_behind_the_newest_messages_may_be_there(stage: Stage) -> None:
    entry = died_after_pass(stage)
    stage.world.instruct("answer_from_live_chat")
    for number in range(20):
        stage.world.write(f"And another thing ({number})")
    assert look(stage, entry).answered is Answered.UNKNOWN


def test_a_conversation_behind_the_newest_may_have_an_answer(stage: Stage) -> None:
    entry = replace(died_after_pass(stage), psid="4711")
    assert look(stage, entry).answered is Answered.UNKNOWN


def test_a_day_later_the_thread_is_idle_and_the_bot_has_it_again(stage: Stage) -> None:
    entry = died_after_pass(stage)
    stage.world.clock(25 * 3600)
    found = look(stage, entry)
    assert found.owner.control is Control.NOTHING
    ended = recovered(stage, found)
    assert ended.result is RestoreResult.BACK
    assert stage.world.owner_of() == stage.bot.id


def test_a_conversation_seen_to_become_idle_is_closed_where_the_take_is_refused(stage: Stage) -> None:
    """It was the bot's, and the next message goes to the default app: that is the bot, since it was shown another."""
    entry = died_after_pass(stage)
    stage.world.fault("POST me/take_thread_control", "refuse", None)
    stage.person.before["way_out"] = lambda: stage.world.control_of("release", "secondary_page")
    stage.person.answers["way_out"] = RETRY
    ended = recovered(stage, look(stage, entry))
    assert ended.result is RestoreResult.IDLE
    assert stage.world.owner_of() is None
    assert not stage.entries()


@pytest.mark.parametrize("fault", ["refuse", "throttled", {"code": 190, "subcode": 460}], ids=str)
def test_an_empty_list_with_a_refused_take_stays_open(stage: Stage, fault: str | dict[str, Any]) -> None:
    """While the test ran it was shown the live chat's control; that was then."""
    stop(stage, 6, False, run_part_a)
    (entry,) = stage.entries()
    assert entry.shows_others
    stage.world.clock(25 * 3600)
    stage.world.fault("POST me/take_thread_control", fault, None)
    assert recovered(stage, look(stage, entry)).result is RestoreResult.NOT_BACK
    assert [open_entry.id for open_entry in stage.entries()] == [entry.id]


def test_a_conversation_that_began_idle_stays_open_where_the_take_is_refused(stage: Stage) -> None:
    stage.make_idle()
    stop(stage, 4, True, run_part_a)
    (entry,) = stage.entries()
    stage.world.fault("POST me/take_thread_control", "refuse", None)
    stage.person.before["way_out"] = lambda: stage.world.control_of("release", "secondary_page")
    stage.person.answers["way_out"] = WAIT
    assert recovered(stage, look(stage, entry)).result is RestoreResult.NOT_BACK
    assert [open_entry.id for open_entry in stage.entries()] == [entry.id]


def test_an_owner_that_is_hidden_since_the_test_is_not_taken_for_nobody(stage_in: StageIn) -> None:
    """In the test an empty list meant idle. Since then another app became the default app: it hides the live chat."""
    stage = stage_in("take-refused-when-held")
    assert stage.part_a().ended.result is RestoreResult.NOT_BACK
    (entry,) = stage.entries()
    assert entry.shows_others
    stage = stage_in(shown="empty")
    stage.give(stage.live_chat)
    assert recovered(stage, look(stage, entry)).result is RestoreResult.BACK
    assert stage.writes() == ["take", "release"]
    assert stage.world.owner_of() is None
    assert not stage.entries()


def test_a_take_after_which_its_own_id_is_not_seen_is_not_back(stage_in: StageIn) -> None:
    stage = stage_in(speed=20)
    stage.make_idle()
    stop(stage, 4, True, run_part_a)
    (entry,) = stage.entries()
    found = look(stage, entry)
    graph = stage.graph()
    owner = graph.owner

    def shown(psid: str) -> OwnerReading:
        reading = owner(psid)
        return replace(reading, control=Control.NOTHING, app_id="") if reading.app_id == stage.bot.id else reading

    graph.owner = shown  # type: ignore[method-assign] # Facebook does not show this app its own control
    ended = recovered_or_changed(stage, found, graph)
    assert isinstance(ended, RestoreEnd)
    assert ended.result is RestoreResult.NOT_BACK
    assert stage.writes()[-1] == "take"
    assert [open_entry.id for open_entry in stage.entries()] == [entry.id]


def test_an_empty_answer_that_may_hide_an_owner_is_never_taken_for_success(stage: Stage) -> None:
    """Started idle, so an empty list was never shown to mean idle: it takes, sees itself, and lets go."""
    stage.make_idle()
    stop(stage, 4, True, run_part_a)
    (entry,) = stage.entries()
    stage.world.clock(25 * 3600)
    stage.world.forget_requests()
    assert recovered(stage, look(stage, entry)).result is RestoreResult.LET_GO
    assert stage.writes() == ["take", "release"]


def test_a_refused_take_shows_the_ways_out_and_stays_open(stage_in: StageIn) -> None:
    stage = stage_in("take-refused-when-held")
    stop(stage, 4, True, run_part_a)
    (entry,) = stage.entries()
    ended = recovered(stage, look(stage, entry))
    assert ended.result is RestoreResult.NOT_BACK
    assert stage.person.asked == ["way_out"]
    assert [open_entry.id for open_entry in stage.entries()] == [entry.id]


def test_recovery_with_the_live_chats_token_passes_it_to_the_bot(stage_in: StageIn) -> None:
    stage = stage_in(token="secondary_page")
    stage.save_on_platform()
    stop(stage, 3, True, lambda run: run_part_b(run, is_probe_good=False))
    (entry,) = stage.entries()
    assert stage.world.owner_of() == stage.live_chat.id
    assert recovered(stage, look(stage, entry)).result is RestoreResult.BACK
    assert stage.world.owner_of() == stage.bot.id


def test_the_customer_of_the_page_is_reached_by_nothing_of_this(stage: Stage) -> None:
    before = stage.world.thread(stage.world.customer)
    recovered(stage, look(stage, died_after_pass(stage)))
    assert stage.world.thread(stage.world.customer) == before
    assert request("GET", f"{stage.world.control_url}/world").status == 200
