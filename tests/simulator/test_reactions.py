"""What happens by itself after a moment, and what it leaves alone when the conversation has moved on."""

import threading

import pytest
from msgspec.structs import replace

from wizard.simulator.world import rules
from wizard.simulator.world.cast import APP_IDS, TESTER
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
