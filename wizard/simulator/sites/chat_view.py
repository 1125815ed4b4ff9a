"""Conversations as a live chat or an inbox shows them."""

from dataclasses import dataclass

from wizard.simulator.world.state import CUSTOMER, SimulatedPage, Thread, sorted_by_activity
from wizard.simulator.world.world import SimulatedWorld


@dataclass(frozen=True, slots=True)
class Bubble:
    """mine: written by the person who looks at it. writer: name shown beside it."""

    text: str
    writer: str
    mine: bool


@dataclass(frozen=True, slots=True)
class ShownConversation:
    """owner: name of the app that has control, None = nobody. controlled: by the app whose view this is."""

    psid: str
    person: str
    owner: str | None
    controlled: bool
    bubbles: list[Bubble]


def bubbles(world: SimulatedWorld, thread: Thread, *, seen_by_person: bool, last: int) -> list[Bubble]:
    return [
        Bubble(
            message.text,
            thread.name if message.sender == CUSTOMER else world.app_name(message.sender),
            (message.sender == CUSTOMER) == seen_by_person,
        )
        for message in thread.messages[-last:]
    ]


def conversations_shown(world: SimulatedWorld, page: SimulatedPage, app: str) -> list[ShownConversation]:
    shown = []
    for thread in sorted_by_activity(page.threads.values()):
        if thread.messages:
            owner = thread.owner_at(world.now())
            lines = bubbles(world, thread, seen_by_person=False, last=6)
            name = world.app_name(owner) if owner else None
            shown.append(ShownConversation(thread.psid, thread.name, name, owner == app, lines))
    return shown
