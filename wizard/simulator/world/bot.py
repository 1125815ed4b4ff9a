"""The programs that answer in Messenger by themselves: Flow bot, Order Robot and, where a scenario says so, Meta's AI.
Those with a callback do not: a real program on this machine answers for them.

Flow bot hands over to the App ID saved in its own "Secondary receiver" field, through the same rule as a Graph call.
"""

import re
from collections.abc import Mapping
from typing import Any

from wizard.simulator.world import rules
from wizard.simulator.world.cast import APP_IDS
from wizard.simulator.world.choices import Choice
from wizard.simulator.world.errors import GraphError
from wizard.simulator.world.marked import mark
from wizard.simulator.world.state import PAGE_INBOX, SimulatedMessage, SimulatedPage, Thread
from wizard.simulator.world.world import SimulatedWorld

# What customers write who want a person: the word that this bot names, and what the wizard proposes in its languages.
_WORDS = (
    *(
        "human",
        "persona",
        "atendente",
        "humain",
        "conseiller",
        "mensch",
        "mitarbeiter",
        "umano",
        "operatore",
        "manusia",
    ),
    *("nhân viên", "人", "担当者", "พนักงาน", "เจ้าหน้าที่", "موظف"),
)
_HUMAN = re.compile("|".join(rf"\b{word}\b" if word.isascii() else word for word in _WORDS), re.IGNORECASE)


def customer_writes(
    world: SimulatedWorld,
    page: SimulatedPage,
    thread: Thread,
    text: str,
    ref: str | None = None,
    attachment: Mapping[str, Any] | None = None,
) -> SimulatedMessage:
    """A person sends something in Messenger; whoever has control answers at once. Return what the person sent."""
    message = rules.receive(world, page, thread, text, ref, attachment)
    _answer(world, page, thread, text)
    return message


def customer_presses(
    world: SimulatedWorld,
    page: SimulatedPage,
    thread: Thread,
    choice: Choice,
    sender: str | None,
    ref: str | None = None,
) -> SimulatedMessage:
    """A person presses a button; whoever has control answers at once. sender: the app that offered it."""
    message = rules.receive_press(world, page, thread, choice, sender, ref)
    _answer(world, page, thread, choice.title)
    return message


def _answer(world: SimulatedWorld, page: SimulatedPage, thread: Thread, text: str) -> None:
    owner = thread.owner_at(world.now())
    world.happened(page, thread, "message_received", owner)
    hears = {app for app, fields in page.connected.items() if "messages" in fields}
    if owner is not None:
        hears &= {owner}
    hears -= set(world.outbox.callbacks)  # a real program answers in its place
    if APP_IDS["primary"] in hears:
        _flow_bot(world, page, thread, text)
    if owner == APP_IDS["third"] and owner in hears:
        _say(world, page, thread, owner, mark("Order Robot here. Send me your order number."))
    if owner is not None and owner == page.meta_ai:
        _say(world, page, thread, owner, mark("Hi! I am the AI assistant of Lumen Coffee. How can I help?"))
    if owner == PAGE_INBOX and world.scenario.bot.inbox_answers:
        _say(world, page, thread, PAGE_INBOX, mark("Thanks for your message! Our assistant will help you in a moment."))


def _flow_bot(world: SimulatedWorld, page: SimulatedPage, thread: Thread, text: str) -> None:
    bot = APP_IDS["primary"]
    if not _HUMAN.search(text):
        # Translators: “human” stays as it is: it is what the bot listens to
        _say(
            world,
            page,
            thread,
            bot,
            mark("Hello, I am the Flow bot of Lumen Coffee. Write “human” to talk to a person."),
        )
        return
    target = world.platform.secondary_receiver.strip()
    if not world.platform.hands_over:
        _say(world, page, thread, bot, mark("I am sorry, I did not understand that."))
        return
    if not target:
        _say(world, page, thread, bot, mark("I cannot get a person: no Secondary receiver is saved in my settings."))
        return
    _say(world, page, thread, bot, mark("One moment, I am getting a person for you."))
    try:
        rules.pass_control(world, page, thread, bot, target)
    except GraphError as error:
        sentence = f"I cannot get a person: Facebook refused to hand over to {target}. {rules.refusal(error)}"
        _say(world, page, thread, bot, sentence)


def _say(world: SimulatedWorld, page: SimulatedPage, thread: Thread, app: str, text: str) -> None:
    try:
        rules.send(world, page, thread, app, text)
    except GraphError:
        # As in life: a bot that may not send stays silent, and the person waits.
        return
