"""`recover` by the real program: who is asked, what it never takes, and which open tests it lists or leaves alone."""

import json

import pytest

from tests.simulator.world import PracticeWorld, start_world
from tests.terminal.killed import (
    PRACTICE,
    TAKE,
    held_after_the_pass,
    killed_after_the_pass,
    open_tests,
    recover,
)
from tests.terminal.program import Program
from wizard.actions.practice import is_alive


def test_where_the_live_chat_answered_meanwhile_only_consent_takes_it(program: Program, world: PracticeWorld) -> None:
    killed_after_the_pass(program, world)
    assert world.instruct("answer_from_live_chat") == {"done": True}
    for options in ((), ("--yes",)):
        taken = world.calls().count(TAKE)
        ended = program.run(
            "recover", "--practice-at", world.control_url, "--token-env", "T", *options, T=world.token()
        )
        assert "Somebody answered in this conversation after the test began." in ended.said
        assert ended.code == 4
        assert options or "Say it with --consent." in ended.complained
        assert world.calls().count(TAKE) == taken
        assert world.owner_of() == world.app("secondary")
        assert len(open_tests(program)) == 1
    code, _said = recover(program, world, "--consent")
    assert (code, world.owner_of()) == (0, world.app("primary"))
    assert open_tests(program) == []


@pytest.mark.parametrize(("typed", "code", "owner"), [("1", 0, "primary"), ("2", 4, "secondary")])
def test_a_person_decides_whether_to_take_it_from_who_answered(
    typed: str, code: int, owner: str, program: Program, world: PracticeWorld
) -> None:
    killed_after_the_pass(program, world)
    world.instruct("answer_from_live_chat")
    given = ("recover", "--practice-at", world.control_url, "--token-env", "T")
    with program.at_a_terminal(*given, T=world.token()) as user:
        user.sees("Somebody answered in this conversation after the test began.")
        user.sees("Bring the conversation back?")
        user.sees("Number")
        user.types(typed)
        assert user.waits_for_the_end() == code
    assert world.owner_of() == world.app(owner)


def test_recovery_takes_no_token_of_another_app(program: Program, world: PracticeWorld) -> None:
    killed_after_the_pass(program, world)
    taken = world.calls().count(TAKE)
    code, said = recover(program, world, "--consent", token="secondary_page")
    assert code == 4
    assert "This needs the token of Flow bot for Lumen Coffee." in said
    assert "This token is for another Page or another app." in said
    assert world.calls().count(TAKE) == taken
    assert len(open_tests(program)) == 1


def test_a_recovery_that_facebook_refuses_says_the_ways_out_and_keeps_the_test(
    program: Program, world: PracticeWorld
) -> None:
    world.scenario("take-refused-when-held")
    killed_after_the_pass(program, world)
    code, said = recover(program, world, "--yes")
    assert code == 4
    assert "There are three ways out:" in said
    assert len(open_tests(program)) == 1
    world.clock(25 * 3600)
    code, said = recover(program, world, "--yes")
    assert (code, world.owner_of()) == (0, None)
    assert open_tests(program) == []


def test_a_damaged_note_is_said_and_kept_apart(program: Program, world: PracticeWorld) -> None:
    killed_after_the_pass(program, world)
    path = open_tests(program)[0]
    path.write_bytes(path.read_bytes()[:40])
    code, said = recover(program, world, "--yes")
    assert code == 3
    assert "The note of an open test is damaged" in said
    kept = [each for each in path.parent.parent.rglob("*") if each.is_file() and path.stem in each.name]
    assert len(kept) == 1
    assert str(kept[0]) in said
    assert recover(program, world, "--yes") == (0, "No test is open.\n")


def noted(program: Program) -> dict[str, bytes]:
    """Every file beside the open tests, put aside or not."""
    folder = program.home / "state" / PRACTICE / "open-tests"
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


def test_the_start_of_a_setup_says_which_notes_cannot_be_read_and_leaves_them(
    program: Program, world: PracticeWorld
) -> None:
    killed_after_the_pass(program, world)
    path = open_tests(program)[0]
    path.with_name("newer.json").write_bytes(path.read_bytes().replace(b'"version":1', b'"version":2'))
    path.write_bytes(path.read_bytes()[:40])
    before = noted(program)
    for _time in range(2):
        ended = program.run("setup", "--practice-at", world.control_url, "--token-env", "T", T=world.token("expired"))
        assert "The note of an open test is damaged" in ended.said
        assert "An open test was started by a newer version of this program." in ended.said
        assert str(path.with_name("newer.json")) in ended.said
    assert noted(program) == before


def test_a_note_of_a_newer_version_is_left_where_it_is(program: Program, world: PracticeWorld) -> None:
    killed_after_the_pass(program, world)
    path = open_tests(program)[0]
    path.write_bytes(path.read_bytes().replace(b'"version":1', b'"version":2'))
    before = noted(program)
    for options in (("--list",), ("--yes",)):
        code, said = recover(program, world, *options)
        assert code == 3
        assert "An open test was started by a newer version of this program." in said
        assert "damaged" not in said
        assert noted(program) == before


def test_a_list_changes_nothing(program: Program, world: PracticeWorld) -> None:
    with start_world() as other:
        killed_after_the_pass(program, other)
    folder = program.home / "state" / PRACTICE / "open-tests"
    (folder / "torn.json").write_bytes(b"{")
    before = noted(program)
    code, said = recover(program, world, "--list")
    assert code == 3
    assert str(folder / "torn.json") in said
    assert noted(program) == before


def test_a_list_needs_no_token_and_says_what_would_tell_more(program: Program, world: PracticeWorld) -> None:
    killed_after_the_pass(program, world)
    path = open_tests(program)[0]
    note = json.loads(path.read_text())
    # The keyring of the test session may hold the token that another test remembered, under its own name.
    note["test"]["token_name"] = "nobody's"
    path.write_text(json.dumps(note))
    note["test"] |= {"id": "second", "page_name": "Second Page", "passed_at": 0.0}
    path.with_name("second.json").write_text(json.dumps(note))
    listed = program.run("recover", "--practice-at", world.control_url, "--list")
    assert listed.code == 4
    assert "Test on Lumen Coffee, started " in listed.said
    assert "Test on Second Page, started " in listed.said
    assert "Answers first: Flow bot. Takes over: Support Desk." in listed.said
    assert "This needs the token of Flow bot for Second Page." in listed.said
    assert listed.said.count("To see who has the conversation now, add --token-env.") == 2
    assert listed.said.count("The conversation had not been handed over when the test stopped.") == 1


def test_bringing_back_without_a_token_is_wrong_use_and_hides_no_open_test(
    program: Program, world: PracticeWorld
) -> None:
    without = ("recover", "--practice-at", world.control_url, "--no-token")
    assert program.run(*without).code == 2
    assert program.run(*without, "--list").code == 0
    killed_after_the_pass(program, world)
    world.forget_requests()
    ended = program.run(*without)
    assert ended.code == 4
    assert "Test on Lumen Coffee, started " in ended.said
    assert "leave --no-token out" in ended.said + ended.complained
    assert "Paste the token" not in ended.said
    listed = program.run(*without, "--list")
    assert listed.code == 4
    assert "The test is still open." in listed.said
    assert program.run("recover", "--practice-at", world.control_url, "--no-such-option").code == 2
    assert world.calls() == []


def test_a_test_that_runs_is_left_alone_by_everybody_else(program: Program, world: PracticeWorld) -> None:
    with held_after_the_pass(program, world) as process:
        code, said = recover(program, world, "--consent")
        assert (code, said) == (0, "A test runs in another window or terminal now. It is left alone.\n")
        assert world.calls().count(TAKE) == 2
        again = program.run("setup", "--practice-at", world.control_url, "--token-env", "T", T=world.token("expired"))
        assert "still open" not in again.said
        process.kill()
        process.wait(10)
    assert recover(program, world, "--consent")[0] == 0
    assert world.owner_of() == world.app("primary")


def test_taking_it_back_from_who_answered_names_the_app_and_promises_no_return(
    program: Program, world: PracticeWorld
) -> None:
    killed_after_the_pass(program, world)
    world.instruct("answer_from_live_chat")
    _code, said = recover(program, world, "--yes")
    assert "Bringing it back takes the conversation from Support Desk." in said
    assert "gives it back" not in said


def test_a_test_of_a_practice_that_has_ended_is_closed_and_said_so(program: Program, world: PracticeWorld) -> None:
    with start_world() as other:
        killed_after_the_pass(program, other)
        listed = program.run("recover", "--practice-at", world.control_url)
        assert listed.said == "No test is open.\n", "a practice that runs keeps its test"
        assert len(open_tests(program)) == 1
    closed = program.run("recover", "--practice-at", world.control_url)
    assert closed.code == 0
    assert closed.said.startswith("An open test belonged to a practice that has ended. It is closed.\n")
    assert open_tests(program) == []


def test_a_practice_that_got_the_port_of_an_ended_one_is_not_taken_for_it(world: PracticeWorld) -> None:
    address, secret = world.graph_url.rsplit("/", 1)
    assert is_alive(world.graph_url)
    assert not is_alive(f"{address}/{'0' * 24}{secret[24:]}")
    assert is_alive("https://graph.facebook.com"), "nothing real is ever asked, and nothing of it closed"
