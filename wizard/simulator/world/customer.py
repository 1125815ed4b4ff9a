"""What a person does in Messenger: writes, presses, opens a link, reads."""

from typing import Literal

from wizard.simulator.world import bot, notices, rules
from wizard.simulator.world.choices import Choice, choices_of, menu_of
from wizard.simulator.world.state import CUSTOMER, SimulatedMessage, SimulatedPage, Thread
from wizard.simulator.world.world import SimulatedWorld

AttachmentKind = Literal["image", "audio", "video", "file"]


class NothingToPress(LookupError):
    """There is no such button; the text says what there is."""


def writes(
    world: SimulatedWorld, page: SimulatedPage, thread: Thread, text: str, ref: str | None = None
) -> SimulatedMessage:
    return bot.customer_writes(world, page, thread, text, ref)


def sends(
    world: SimulatedWorld, page: SimulatedPage, thread: Thread, kind: AttachmentKind, url: str
) -> SimulatedMessage:
    """Send something else than text. url: where it would be; nobody fetches it here."""
    return bot.customer_writes(world, page, thread, "", attachment={"type": kind, "payload": {"url": url}})


def presses(
    world: SimulatedWorld, page: SimulatedPage, thread: Thread, title: str, message_id: str | None = None
) -> SimulatedMessage | None:
    """Press the newest button or quick reply of this title, or that of one message. A link does nothing here: it
    leads out of Messenger. Return what stands in the conversation for it. Raises NothingToPress."""
    there: list[str] = []
    for message in reversed(thread.messages):
        if message.sender == CUSTOMER or message_id not in (None, message.id):
            continue
        for choice in choices_of(message):
            if choice.title == title:
                return _press(world, page, thread, choice, message.sender)
            there.append(choice.title)
    raise NothingToPress(_there_is(there))


def presses_menu(world: SimulatedWorld, page: SimulatedPage, thread: Thread, title: str) -> SimulatedMessage | None:
    """Press an entry of the Page's menu. Raises NothingToPress."""
    choices = menu_of(page.profile)
    for choice in choices:
        if choice.title == title:
            return _press(world, page, thread, choice, None)
    raise NothingToPress(_there_is([choice.title for choice in choices]))


def gets_started(
    world: SimulatedWorld, page: SimulatedPage, thread: Thread, ref: str | None = None
) -> SimulatedMessage:
    """Press Get Started, after a link where ref is given. Raises NothingToPress where the Page has no such button."""
    started = page.profile.get("get_started")
    if not isinstance(started, dict):
        raise NothingToPress("This Page has no Get Started button.")
    choice = Choice("postback", "Get Started", str(started.get("payload", "")))
    return bot.customer_presses(world, page, thread, choice, None, ref)


def opens_link(world: SimulatedWorld, page: SimulatedPage, thread: Thread, ref: str) -> None:
    """Come back through a link with something in it."""
    rules.come_back(world, page, thread, ref)


def reads(world: SimulatedWorld, page: SimulatedPage, thread: Thread) -> None:
    """See what was sent since the last look; nothing happens where nothing was."""
    if any(message.sender != CUSTOMER and message.at > thread.read_at for message in thread.messages[-50:]):
        thread.read_at = world.now()
        notices.read(world, page, thread)


def _press(
    world: SimulatedWorld, page: SimulatedPage, thread: Thread, choice: Choice, sender: str | None
) -> SimulatedMessage | None:
    return None if choice.kind == "link" else bot.customer_presses(world, page, thread, choice, sender)


def _there_is(titles: list[str]) -> str:
    return f"There is no such button. There are: {', '.join(titles) or 'none'}."
