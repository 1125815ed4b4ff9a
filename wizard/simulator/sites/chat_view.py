"""Conversations as a live chat or an inbox shows them."""

from dataclasses import dataclass

from wizard.simulator.world.choices import Choice, choices_of, text_of
from wizard.simulator.world.state import CUSTOMER, SimulatedMessage, SimulatedPage, Thread, sorted_by_activity
from wizard.simulator.world.world import SimulatedWorld


@dataclass(frozen=True, slots=True)
class Bubble:
    """mine: written by the person who looks at it. writer: name shown beside it. message: its ID. choices: what can be
    pressed under it."""

    text: str
    writer: str
    mine: bool
    message: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownConversation:
    """owner: name of the app that has control, None = nobody. controlled: by the app whose view this is."""

    psid: str
    person: str
    owner: str | None
    controlled: bool
    bubbles: list[Bubble]


def bubbles(world: SimulatedWorld, thread: Thread, *, seen_by_person: bool, last: int) -> list[Bubble]:
    """Quick replies go once the person has said something, as in life; buttons stay."""
    shown = []
    for message in thread.messages[-last:]:
        is_newest = message is thread.messages[-1]
        choices = [each for each in choices_of(message) if is_newest or each.kind != "quick_reply"]
        shown.append(
            Bubble(
                text_of(message),
                _writer(world, thread, message),
                (message.sender == CUSTOMER) == seen_by_person,
                message.id,
                tuple(choices) if seen_by_person else (),
            )
        )
    return shown


def _writer(world: SimulatedWorld, thread: Thread, message: SimulatedMessage) -> str:
    if message.sender == CUSTOMER:
        return thread.name
    persona = world.page.personas.get(message.persona or "")
    return f"{persona['name']} ({world.app_name(message.sender)})" if persona else world.app_name(message.sender)


def conversations_shown(world: SimulatedWorld, page: SimulatedPage, app: str) -> list[ShownConversation]:
    shown = []
    for thread in sorted_by_activity(page.threads.values()):
        if thread.messages:
            owner = thread.owner_at(world.now())
            lines = bubbles(world, thread, seen_by_person=False, last=6)
            name = world.app_name(owner) if owner else None
            shown.append(ShownConversation(thread.psid, thread.name, name, owner == app, lines))
    return shown
