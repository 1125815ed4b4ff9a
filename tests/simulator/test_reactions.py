"""What happens by itself after a moment, and what it leaves alone when the conversation has moved on."""

import threading

import pytest
from msgspec.structs import replace

from wizard.simulator.world import rules
from wizard.simulator.world.bot import customer_writes
from wizard.simulator.world.cast import APP_IDS, PAGE_ID, TESTER
from wizard.simulator.world.reactions import react
from wizard.simulator.world.world import SimulatedWorld, Waiting

BOT, DESK = APP_IDS["primary"], APP_IDS["secondary"]


@pytest.fixture
def world() -> SimulatedWorld:
    """A world in which staff answer a fifth of a second after the live chat got the conversation."""
    made = SimulatedWorld("staff-replies")
    made.listener = lambda page, thread, event, app: react(made, page, thread, event, app)
    made.waiting = [Waiting(replace(each.reaction, after_ms=200), each.left) for each in made.waiting]
    return made


def hand_over(world: SimulatedWorld) -> None:
    with world.lock:
        thread = world.page.threads[TESTER]
        rules.receive(world, world.page, thread, "Hello")
        rules.pass_control(world, world.page, thread, BOT, DESK)


def wait_for_timers() -> None:
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join(10)


def writers(world: SimulatedWorld) -> list[str]:
    return [message.sender for message in world.page.threads[TESTER].messages]


def test_a_late_reaction_happens(world: SimulatedWorld) -> None:
    hand_over(world)
    assert DESK not in writers(world)
    wait_for_timers()
    assert writers(world)[-1] == DESK


def test_a_late_reaction_is_dropped_when_control_has_moved_on(world: SimulatedWorld) -> None:
    hand_over(world)
    with world.lock:
        rules.take_control(world, world.page, world.page.threads[TESTER], BOT)
    wait_for_timers()
    assert DESK not in writers(world)
    assert world.page.threads[TESTER].owner == BOT


def test_a_late_reaction_of_an_old_scenario_changes_nothing(world: SimulatedWorld) -> None:
    hand_over(world)
    old = world.page.threads[TESTER]
    world.load("staff-replies")
    wait_for_timers()
    assert DESK not in writers(world)
    assert DESK not in [message.sender for message in old.messages]


def test_a_reaction_happens_only_as_often_as_it_says(world: SimulatedWorld) -> None:
    world.waiting = [Waiting(replace(each.reaction, after_ms=0), 1) for each in world.waiting]
    for _ in range(2):
        hand_over(world)
        with world.lock:
            rules.take_control(world, world.page, world.page.threads[TESTER], BOT)
    assert writers(world).count(DESK) == 1


@pytest.mark.parametrize(("scenario", "owner"), [("bot-talks-over", BOT), ("bot-talks-beside", DESK)])
def test_a_bot_talks_on_after_it_handed_over(scenario: str, owner: str) -> None:
    """At the customer's next message, as long as the live chat has the conversation."""
    made = SimulatedWorld(scenario)
    made.listener = lambda page, thread, event, app: react(made, page, thread, event, app)
    made.waiting = [Waiting(replace(each.reaction, after_ms=0), each.left) for each in made.waiting]
    hand_over(made)
    assert BOT not in writers(made)
    with made.lock:
        customer_writes(made, made.page, made.page.threads[TESTER], "Are you there?")
    assert writers(made)[-1] == BOT
    assert made.page.threads[TESTER].owner_at(made.now()) == owner


@pytest.mark.parametrize("role", ["meta_ai", "meta_ai_newer"])
def test_metas_ai_gets_a_fresh_message_before_the_default_app(role: str) -> None:
    made = SimulatedWorld("meta-ai-first" if role == "meta_ai" else "meta-ai-first-newer")
    thread, ai = made.page.threads[TESTER], APP_IDS[role]
    with made.lock:
        customer_writes(made, made.page, thread, "Hello")
    assert (thread.owner, thread.messages[-1].sender) == (ai, ai)
    with made.lock:
        rules.take_control(made, made.page, thread, BOT)
        rules.pass_control(made, made.page, thread, BOT, ai)
    assert thread.owner == ai


def test_a_crowd_has_the_owners_that_the_scenario_says() -> None:
    made = SimulatedWorld("meta-ai-half")
    owners = [thread.owner_at(made.now()) for thread in made.page.threads.values()]
    assert {app: owners.count(app) for app in owners} == {BOT: 10, APP_IDS["meta_ai"]: 9, None: 1}


def test_a_limit_begins_with_its_event_and_ends_with_its_minutes() -> None:
    made = SimulatedWorld("limit-in-watch")
    made.listener = lambda page, thread, event, app: react(made, page, thread, event, app)
    for _ in range(2):
        assert made.faults.take("GET me", PAGE_ID, made.now()) is None
        hand_over(made)
        with made.lock:
            rules.take_control(made, made.page, made.page.threads[TESTER], BOT)
    kind, fault = made.faults.take("GET me", PAGE_ID, made.now()) or ("", None)
    assert kind == "throttled"
    assert fault is not None
    assert fault.ends_at == pytest.approx(made.now() + 12 * 60, abs=5)
    assert made.faults.take("GET me", PAGE_ID, made.now() + 12 * 60 + 5) is None
