"""To strand a conversation: by an outage, a limit, a clock or a lost journal, at each moment of a test.

After each the conversation is where it was, or its test is open and that is said; and once it is over, it comes back.
"""

import contextlib
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.actions.trial_stage import ActionStage, new_stage
from tests.attacks.some_of import some_of
from tests.core.trial.stage import QuickClock
from tests.faults.in_process import shorten_limits
from tests.simulator.world import PracticeWorld
from wizard.actions.restore import SituationRead, read_situation, restore
from wizard.actions.trial import restore_within
from wizard.core import limits
from wizard.core.cancel import Cancelled, CancelToken
from wizard.core.errors import WizardError
from wizard.core.trial_result import Event, Item, ItemState, RestoreEnd, RestoreResult

DAY = 86_400.0
CALLS, EVENTS = 19, 31  # of a whole test with both parts
BACK = (RestoreResult.BACK, RestoreResult.BY_ITSELF, RestoreResult.UNTOUCHED)
OUTAGES: dict[str, dict[str, Any]] = {
    "no network": {"kind": "reset"},
    "throttled": {"kind": "throttled"},
    "throttled for a moment": {"kind": "throttled", "minutes": 0.001, "ends": True},
    "answers lost": {"kind": "answer_lost"},
    "a hotel's page": {"kind": "html"},
    "token expired": {"kind": "error", "code": 190, "subcode": 463},
    "all refused": {"kind": "error", "code": 10},
    "done, but 500": {"kind": "http_500", "done": True},
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """All waits are short, but for answers: a busy machine is no outage."""
    shorten_limits(monkeypatch.setattr)
    for name in ("CONNECT", "READ", "CONNECT_HURRIED", "READ_HURRIED"):
        monkeypatch.setattr(limits, name, 10.0)


def staged(world: PracticeWorld, owner: str = "primary") -> ActionStage:
    """owner: the role that has the conversation."""
    stage = new_stage(world, "happy-routing")
    stage.save_app_id()
    stage.person.answers["way_out"] = "wait"
    if owner != "primary":
        world.control_of("pass", target_app_id=world.app(owner))
    return stage


def at_event(stage: ActionStage, number: int, do: Callable[[], object]) -> None:
    """Do it when this event is shown, counted from 0."""
    shown: list[Event] = []

    def count(event: Event) -> None:
        shown.append(event)
        if len(shown) == number + 1:
            do()

    stage.on_event = count


def outage(world: PracticeWorld, name: str, after: int = 0) -> None:
    """So many calls pass; then it is there until it is forgotten."""
    begins = {"after": after} if after else {}
    world.fault("*", times=None, **{**OUTAGES[name], **begins})


def run(stage: ActionStage) -> list[RestoreEnd]:
    """How the test ended, by what is said."""
    with contextlib.suppress(WizardError):
        stage.run()
    return [result.ended for result in stage.results]


def is_told(stage: ActionStage, ended: Sequence[RestoreEnd], start: str | None) -> None:
    """The conversation is where it was, or a test is open; and what is said is what is."""
    owner, entries = stage.world.owner_of(), stage.session.pending_tests()
    assert entries or owner == start
    if ended:
        assert (ended[-1].result is RestoreResult.NOT_BACK) == bool(entries)
        assert owner == start or ended[-1].result not in BACK


def comes_back(stage: ActionStage, start: str | None) -> None:
    for entry in stage.session.pending_tests():
        read: object = read_situation(stage.session, entry, CancelToken())
        while isinstance(read, SituationRead):  # told anew where it changed meanwhile
            read = restore(stage.session, read, stage.person, lambda _event: None, CancelToken())
        assert isinstance(read, RestoreEnd)
    assert stage.world.owner_of() == start
    assert not stage.session.pending_tests()


def test_a_test_has_the_moments_that_are_tried_here(world: PracticeWorld) -> None:
    stage = staged(world)
    assert [ended.result for ended in run(stage)] == [RestoreResult.BACK] * 2
    events = sum(isinstance(each, Event) for each in stage.shown)
    assert abs(len(world.requests()) - CALLS) < 10, "a few more or less, as the bot is quick or slow"
    assert abs(events - EVENTS) < 10


@pytest.mark.slow
@pytest.mark.parametrize(("number", "name"), [*enumerate(OUTAGES)], ids=OUTAGES)
def test_an_outage_that_begins_at_any_call_strands_nothing(world: PracticeWorld, number: int, name: str) -> None:
    for after in some_of(CALLS + 1, number, 5):
        stage = staged(world)
        start = world.owner_of()
        outage(world, name, after)
        ended = run(stage)
        world.forget_faults()
        is_told(stage, ended, start)
        comes_back(stage, start)


@pytest.mark.slow
@pytest.mark.parametrize("owner", ["primary", "secondary", "third"])
@pytest.mark.parametrize(("number", "name"), [*enumerate(OUTAGES)], ids=OUTAGES)
def test_an_outage_while_a_test_is_stopped_strands_nothing(
    world: PracticeWorld, number: int, name: str, owner: str
) -> None:
    for event in some_of(EVENTS, number + len(owner), 11):
        stage = staged(world, owner)
        start = world.owner_of()

        def cut_and_stop(stage: ActionStage = stage) -> None:
            outage(world, name)
            stage.cancel.cancel()

        at_event(stage, event, cut_and_stop)
        try:
            ended: Sequence[RestoreEnd] = run(stage)
        except Cancelled:
            ended = restore_within(stage.session, stage.answers, world.tester, 5)
        world.forget_faults()
        is_told(stage, ended, start)
        comes_back(stage, start)


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, None], ids=["once", "from then on"])
def test_a_conversation_that_nobody_had_is_not_left_to_an_app_because_a_list_is_empty(
    world: PracticeWorld, times: int | None
) -> None:
    for event in some_of(EVENTS, 3, 6):
        stage = staged(world)
        assert world.control_of("release").status == 200

        def lie_and_stop(stage: ActionStage = stage) -> None:
            world.fault("GET me/thread_owner", "answer", times, answer={"body": '{"data":[]}'})
            stage.cancel.cancel()

        at_event(stage, event, lie_and_stop)
        with contextlib.suppress(Cancelled):
            run(stage)
        restore_within(stage.session, stage.answers, world.tester, 5)
        world.forget_faults()
        assert stage.session.pending_tests() or world.owner_of() in (None, world.app("primary")), event


class JumpingClock(QuickClock):
    """The clock of this machine, which somebody sets. ahead: seconds."""

    ahead = 0.0

    def now(self) -> float:
        return super().now() + self.ahead


@pytest.mark.slow
@pytest.mark.parametrize("ahead", [400 * DAY, -400 * DAY, float("nan")], ids=["on", "back", "nonsense"])
def test_a_clock_that_is_set_in_the_middle_of_a_test_changes_nothing(world: PracticeWorld, ahead: float) -> None:
    for event in some_of(EVENTS, 1, 8):
        stage = staged(world)
        start = world.owner_of()
        clock = stage.session.clock = JumpingClock(10.0)
        at_event(stage, event, partial(setattr, clock, "ahead", ahead))
        assert [ended.result for ended in run(stage)] == [RestoreResult.BACK] * 2
        is_told(stage, [], start)
        assert all(abs(result.at - world.world()["time"]) < DAY for result in stage.results)


@pytest.mark.slow
@pytest.mark.parametrize("ahead", [3_600.0, 25 * 3_600.0, 40 * DAY], ids=["an hour", "a day", "weeks"])
def test_time_that_passes_in_the_middle_of_a_test_strands_nothing(world: PracticeWorld, ahead: float) -> None:
    """As where the computer sleeps. Control that has run out is nobody's, whoever had it."""
    for event in some_of(EVENTS, 4, 8):
        stage = staged(world)
        start = world.owner_of()
        at_event(stage, event, lambda: world.clock(ahead))
        run(stage)
        assert stage.session.pending_tests() or world.owner_of() in (start, None)


# By taking away, in the middle of a test, what the program wrote down about it.


def take_away(folder: Path, how: str) -> None:
    for path in folder.glob("*.json"):
        if how == "damaged":
            path.write_text("{")
        else:
            path.unlink()
    if how == "no folder":
        shutil.rmtree(folder)


@pytest.mark.parametrize("how", ["removed", "damaged", "no folder"])
@pytest.mark.parametrize("may_take", [True, False], ids=["", "may not take"])
@pytest.mark.parametrize("start", ["primary", "secondary"])
def test_a_stopped_test_whose_journal_is_gone_is_brought_back_or_stays_open(
    world: PracticeWorld, start: str, may_take: bool, how: str
) -> None:
    stage = new_stage(world, "happy-routing")
    if start != "primary":
        world.control_of("pass", target_app_id=world.app(start))
    before = world.owner_of()

    def stop(event: Event) -> None:
        if (event.item, event.state) == (Item.PASSED, ItemState.DONE):
            take_away(stage.session.places.journal, how)
            stage.cancel.cancel()
            if not may_take:
                world.fault("POST me/take_thread_control", "refuse", None)
                world.fault("POST me/pass_thread_control", "refuse", None)

    stage.on_event = stop
    with pytest.raises(Cancelled):
        stage.run()
    endings = restore_within(stage.session, stage.answers, world.tester, 10)
    world.forget_faults()
    assert endings or world.owner_of() == before
    assert world.owner_of() == before or len(stage.session.pending_tests()) == 1
    is_back = all(ended.result is not RestoreResult.NOT_BACK for ended in endings)
    assert is_back == (world.owner_of() == before), "what is said is what is"
