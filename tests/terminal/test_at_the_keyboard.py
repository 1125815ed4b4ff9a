"""A person at a terminal of their own, who answers one question after the other."""

import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program
from tests.terminal.route_options import base, by_hand


def test_a_person_is_led_through_the_whole_route(hurried: Program, world: PracticeWorld) -> None:
    with hurried.at_a_terminal(*base(world), "--wait", "20") as user:
        user.sees("Which bot do you use?")
        user.types("flow-ai")
        user.sees("Which live chat do you use?")
        user.types("support-desk")
        user.sees("Press Enter when it is done.")
        user.types("")
        user.sees("Paste the token: >")  # from here on nothing typed is shown
        user.types(world.token())
        user.sees("Is that your bot, your live chat, or neither?")
        user.types("nonsense")
        user.sees("Type one of the numbers.")
        user.types("1")
        user.sees("Which app takes over?")
        shown = user.sees("Another app: I type its App ID")
        user.types(shown.split("Another app")[0].split()[-1])
        user.sees("App ID of the app, as Facebook’s settings show it:")
        user.types(world.app("secondary"))
        user.sees("1 of 3: Let Flow bot answer first")
        user.sees("Is this done?")
        user.types("1")
        user.sees("2 of 3: Let Flow bot take the chat back")
        user.sees("Is this done?")
        user.types("1")
        user.sees("Only in some cases")
        user.sees("Press Enter when it is done.")
        user.types("")
        user.sees("3 of 3: Check that no other app answers instead")
        user.sees("Is this done?")
        user.types("1")
        user.sees("Only in some cases")
        user.sees("Press Enter when it is done.")
        user.types("")
        user.sees("Press Enter when it is done.")
        world.instruct("paste_app_id", copied=world.app("secondary"))
        user.types("")
        user.sees("Did you paste the App ID")
        user.types("1")
        user.sees("Do you agree?")
        user.types("y")
        code = user.sees("Handover test ") and user.sees(f"{world.page_id}?text=")
        link = f"{world.start['messenger_url']}/{world.page_id}?text={user.word_after('?text=')}"
        assert code
        world.instruct("send_code", link=link)
        user.sees("stays with Support Desk until")
        user.sees("Do you agree?")
        user.types("y")
        user.sees("Write “Hello” to your Page")
        world.write("Hello")
        user.sees("Now write what makes your bot hand over")
        world.write("human")
        user.sees("Write once more")
        world.write("Are you there?")
        assert user.waits_for_the_end() == 0
        assert "Flow bot had control, Support Desk got it through the bot, Flow bot has it now." in user.all_shown()
        assert world.token() not in user.all_shown()


@pytest.mark.parametrize("answers", [("n",), ("y", "n")], ids=["to the test", "to the pass"])
def test_no_is_no_and_nothing_is_passed(answers: tuple[str, ...], program: Program, world: PracticeWorld) -> None:
    given = (*by_hand(world), "--test-conversation", world.tester)
    with program.at_a_terminal(*given, PAGE_TOKEN=world.token()) as user:
        for answer in answers:
            user.sees("Do you agree?")
            user.types(answer)
        assert user.waits_for_the_end() == 0
    assert "POST me/pass_thread_control" not in world.calls()
    assert world.owner_of() == world.app("primary")
    if answers == ("n",):
        assert not [call for call in world.calls() if "thread_control" in call]


def test_a_narrow_terminal_breaks_no_word_and_no_line_is_too_long(program: Program, world: PracticeWorld) -> None:
    given = (*by_hand(world), "--test-conversation", world.tester)
    with program.at_a_terminal(*given, PAGE_TOKEN=world.token(), COLUMNS="40") as user:
        user.sees("Do you agree?")
        user.types("n")
        assert user.waits_for_the_end() == 0
        lines = user.lines()
    assert max(len(line) for line in lines) <= 40
    at = next(number for number, line in enumerate(lines) if line.startswith("  You said that"))
    assert lines[at + 1].startswith("  "), "what follows in a block keeps its indent"


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        (("1", "1", "", "2", "", "1"), 0, "Not proved: You saw the bot hand over to"),
        (("1", "1", "", "1", "", "1"), 1, "and went on answering"),
        (("1", "1", "", "2", "", "2", "2"), 4, "There are three ways out:"),
        (("1", "2", "1"), 1, "the conversation did not appear in"),
        (("1", "2", "2"), 4, "There are three ways out:"),
        (("2",), 1, "did not answer"),
    ],
    ids=[
        "all well",
        "the bot goes on",
        "the bot stays silent afterwards",
        "nothing happened",
        "nothing happened and the bot is silent",
        "the bot does not answer",
    ],
)
def test_what_is_seen_by_eye_decides_the_exit_code(
    answers: tuple[str, ...], code: int, said: str, program: Program, world: PracticeWorld
) -> None:
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    given = (*base(world), "--no-token", "--page", world.page_id, *apps, "--confirm-roles", "--confirm-saved")
    with program.at_a_terminal(*given, "--consent", "--wait", "2") as user:
        user.sees("Write “Hello” to your Page")
        for answer in answers:
            user.sees("Press Enter when it is done." if answer == "" else "Number")
            user.types(answer)
        assert user.waits_for_the_end() == code
        assert said in user.all_shown()
