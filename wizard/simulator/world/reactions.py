"""What happens by itself in a scenario: a live chat that passes back at once, a bot that takes back, staff."""

import threading

from wizard.simulator.world import notices, rules
from wizard.simulator.world.errors import GraphError
from wizard.simulator.world.scenario import Reaction
from wizard.simulator.world.state import CUSTOMER, SimulatedPage, Thread
from wizard.simulator.world.world import SimulatedWorld


def react(world: SimulatedWorld, page: SimulatedPage, thread: Thread, event: str, app: str | None) -> None:
    """Do what the scenario says happens on this event. app: who has control now."""
    for waiting in world.waiting:
        reaction = waiting.reaction
        if reaction.when != event or reaction.to_id not in (None, app) or waiting.left == 0:
            continue
        if event == "control_taken" and reaction.app_id == app:
            continue  # nobody reacts to what it did itself
        waiting.seen += 1
        if waiting.seen < reaction.nth:
            continue
        if waiting.left is not None:
            waiting.left -= 1
        if not reaction.after_ms:
            _do(world, page, thread, reaction)
            continue
        timer = threading.Timer(reaction.after_ms / 1000, _do_later, (world, world.generation, page, thread, reaction))
        timer.daemon = True
        timer.start()


def _do_later(world: SimulatedWorld, generation: int, page: SimulatedPage, thread: Thread, reaction: Reaction) -> None:
    with world.lock:
        moved_on = reaction.to_id is not None and thread.owner_at(world.now()) != reaction.to_id
        if world.generation == generation and not moved_on:
            _do(world, page, thread, reaction)


def _do(world: SimulatedWorld, page: SimulatedPage, thread: Thread, reaction: Reaction) -> None:
    try:
        match reaction.deed:
            case "pass_back":
                rules.pass_control(world, page, thread, reaction.app_id, page.answers_first)
            case "take_back":
                rules.take_control(world, page, thread, reaction.app_id)
            case "take_and_talk":
                rules.take_control(world, page, thread, reaction.app_id)
                rules.send(world, page, thread, reaction.app_id, reaction.text)
            case "talk":
                # Meta's pages say that only the owner may send; that a bot is heard all the same is what people report.
                said = thread.add_message(reaction.app_id, reaction.text, world.now())
                notices.echoed(world, page, thread, said)
            case "limit":
                world.add_fault(
                    {"call": "*", "kind": "throttled", "ends": True, "minutes": reaction.minutes, "times": "always"}
                )
            case "staff_reply":
                rules.staff_reply(world, page, thread, reaction.app_id, reaction.text)
            case "bury_message":
                for number in range(1, 25):
                    rules.send(world, page, thread, reaction.app_id, f"{reaction.text} ({number})")
            case "repeat_message":
                _repeat(world, page, thread)
    except GraphError:
        # As in life: a program that was refused stays silent, and the conversation stays where it is.
        return


def _repeat(world: SimulatedWorld, page: SimulatedPage, thread: Thread) -> None:
    """Another person writes the very same text."""
    other = next(each for each in page.threads.values() if each is not thread)
    rules.receive(world, page, other, next(m.text for m in reversed(thread.messages) if m.sender == CUSTOMER))
