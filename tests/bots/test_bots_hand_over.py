"""Bots made with others' packages in the practice world: they hand over to the App ID that the wizard wrote into their
own settings file, through their package's own call, and speak only while they have control."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.bots.bot import Bot
from tests.simulator.world import PracticeWorld
from tests.terminal.program import Ended, Program
from tests.waiting import wait_until

pytestmark = pytest.mark.timeout(300)  # a bot takes seconds to start, more where others work too
NOBODYS = "100000000000001"  # no app has this ID
TESTED = "Handover tested: Flow bot had control, Support Desk got it through the bot, Flow bot has it now."
ALL_EVENTS = "messages,messaging_postbacks,messaging_handovers,standby,message_echoes,message_deliveries,message_reads"


def set_up(program: Program, bot: Bot, *more: str) -> Ended:
    where = ("--target", bot.kind.target, "--file", str(bot.settings_file), "--key", bot.kind.key)
    at = ("--practice-at", bot.world.control_url, "--owner", "simulated", "--yes")
    return program.run("setup", *at, *where, *more, timeout=100)


def passes_of(bot: Bot) -> list[dict[str, Any]]:
    """The passes that the bot's package asked for; the wizard's own have another note."""
    calls = [call for call in bot.world.requests() if call["call"] == "POST me/pass_thread_control"]
    return [call for call in calls if call["parameters"].get("metadata") == "The customer asks for a person."]


def answers_of(world: PracticeWorld) -> list[str]:
    """What the bot's app tried to say, whether Facebook let it or not."""
    calls = [call for call in world.requests() if call["call"] == "POST me/messages"]
    return [said_in(call["parameters"]) for call in calls if call["app"] == world.app("primary")]


def said_in(parameters: Mapping[str, Any]) -> str:
    message = parameters["message"]
    return str((json.loads(message) if isinstance(message, str) else message)["text"])


def is_greeted(bot: Bot, text: str) -> None:
    before = len(answers_of(bot.world))
    bot.world.customer_writes(text)
    wait_until(lambda: len(answers_of(bot.world)) > before, "an answer of the bot")
    assert answers_of(bot.world)[before].startswith("Hello, I am a ")


def test_the_test_passes_once_the_bot_was_started_again_with_what_the_wizard_wrote(
    bot_with: Callable[[str], Bot], program: Program, world: PracticeWorld
) -> None:
    bot = bot_with(world.app("third"))
    too_early = set_up(program, bot, "--consent")
    assert "Most bots read this file only when they start, so start yours again." in too_early.said
    assert "Was your bot started again since the App ID was written?" in too_early.said
    assert "The conversation went to Order Robot, not to Support Desk." in too_early.last_line
    assert too_early.code == 1
    assert [call["parameters"]["target_app_id"] for call in passes_of(bot)] == [world.app("third")]

    bot.restart()
    ended = set_up(program, bot, "--consent")
    assert "The App ID is there already:" in ended.said
    assert (ended.code, ended.last_line) == (0, TESTED), ended.said + bot.said()
    passed = passes_of(bot)[-1]
    assert passed["parameters"]["target_app_id"] == world.app("secondary")
    assert (passed["status"], passed["app"]) == (200, world.app("primary"))


def test_an_app_id_that_no_app_has_leaves_the_conversation_with_the_bot(
    bot_with: Callable[[str], Bot], program: Program, world: PracticeWorld
) -> None:
    bot = bot_with(NOBODYS)
    ended = set_up(program, bot, "--consent", "--wait", "4")
    assert "Flow bot kept the conversation, or got it back at once: no handover was seen." in ended.last_line
    assert ended.code == 1
    wait_until(lambda: answers_of(world)[-1] == "I am sorry, nobody can be reached now.", "what the bot says")
    assert {call["status"] for call in passes_of(bot)} == {400}
    assert f"not handed over to {NOBODYS}" in bot.said()


def test_it_is_silent_while_a_person_has_the_conversation_and_answers_again_afterwards(
    bot_with: Callable[[str], Bot], world: PracticeWorld
) -> None:
    bot = bot_with(world.app("secondary"))
    world.graph("POST", "me/subscribed_apps", subscribed_fields=ALL_EVENTS)
    is_greeted(bot, "Hello")  # it hears its own greeting, too, in which “human” stands
    world.customer_writes("A human, please")
    wait_until(lambda: world.owner_of() == world.app("secondary"), "that the bot hands over")
    so_far = answers_of(world)
    assert len(so_far) == 2

    world.customer_writes("Is there a human?")
    desk = {"recipient": {"id": world.tester}, "message": {"text": "This is a human: Sam."}}
    assert world.graph("POST", "me/messages", "secondary_page", **desk).status == 200
    world.customer_writes("Thank you, Sam")
    assert world.hooks_done()
    standby = [hook for hook in world.hooks_sent() if any("standby" in entry for entry in hook["body"]["entry"])]
    assert {hook["status"] for hook in standby} == {200}

    assert world.control_of("pass", "secondary_page", target_app_id=world.app("primary")).status == 200
    is_greeted(bot, "Hello again")
    assert answers_of(world)[:-1] == so_far


def test_it_hears_nobody_who_does_not_know_the_secret_of_its_app(
    bot_with: Callable[[str], Bot], world: PracticeWorld
) -> None:
    bot = bot_with(world.app("secondary"))
    world.trouble("primary", "wrong_signature")
    world.customer_writes("I am not from Facebook")
    wait_until(lambda: bool(world.hooks_sent()), "that the web hook was sent")
    assert {hook["outcome"] for hook in world.hooks_sent()} == {"failed"}
    bot.connect()
    is_greeted(bot, "Hello")
    assert len(answers_of(world)) == 1


def test_what_was_written_while_it_was_down_is_answered_once_each_when_it_is_back(
    bot_with: Callable[[str], Bot], world: PracticeWorld
) -> None:
    bot = bot_with(world.app("secondary"))
    bot.stop()
    world.customer_writes("Hello")
    world.customer_writes("Is anybody there?")
    wait_until(lambda: bool(world.hooks_sent()), "that the web hook was tried")
    bot.start()
    world.customer_writes("A human, please")  # something new ends the pause between two tries
    wait_until(lambda: world.owner_of() == world.app("secondary"), "that the bot hands over")
    assert world.hooks_done()
    assert sorted(text.partition(" ")[0] for text in answers_of(world)) == ["Hello,", "Hello,", "One"]


def test_a_request_for_a_person_that_comes_twice_leaves_it_with_the_person(
    bot_with: Callable[[str], Bot], world: PracticeWorld
) -> None:
    bot = bot_with(world.app("secondary"))
    world.trouble("primary", "twice")
    world.customer_writes("A human, please")
    wait_until(lambda: world.owner_of() == world.app("secondary"), "that the bot hands over")
    wait_until(lambda: len(answers_of(world)) >= 2, "that it was heard twice")
    assert world.hooks_done()
    assert [call["status"] for call in passes_of(bot)].count(200) == 1
    assert world.owner_of() == world.app("secondary")
