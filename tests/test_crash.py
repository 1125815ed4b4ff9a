"""What a crash, a signal, a closed terminal and a full disk leave behind, by the real program and real signals."""

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld, start_world
from tests.terminal.program import Program
from tests.waiting import wait_until
from wizard.actions.practice import is_alive

TAKE, PASS = "POST me/take_thread_control", "POST me/pass_thread_control"
LIFE, PRACTICE = "handover-wizard", "handover-wizard-practice"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


def with_test(world: PracticeWorld) -> tuple[str, ...]:
    apps = ("--token-env", "T", "--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    ready = ("--confirm-roles", "--confirm-saved", "--consent", "--test-conversation", world.tester)
    return ("setup", "--practice-at", world.control_url, *apps, *ready, "--wait", "2")


def open_tests(program: Program, name: str = PRACTICE) -> list[Path]:
    return list((program.home / "state" / name / "open-tests").glob("*.json"))


@contextmanager
def held_after_the_pass(program: Program, world: PracticeWorld) -> "Iterator[subprocess.Popen[str]]":
    """The program while its conversation is with the live chat: the taking back hangs, the probe's take did not."""
    world.fault(TAKE, "timeout", every=2)
    with program.started(*with_test(world), T=world.token()) as process:
        wait_until(lambda: world.calls().count(TAKE) == 2, "the taking back hangs")
        assert world.owner_of() == world.app("secondary")
        yield process


def killed_after_the_pass(program: Program, world: PracticeWorld) -> None:
    with held_after_the_pass(program, world) as process:
        process.kill()
        assert process.wait(10) == -signal.SIGKILL
    assert len(open_tests(program)) == 1


def recover(program: Program, world: PracticeWorld, *options: str, token: str = "page") -> tuple[int, str]:
    ended = program.run(
        "recover", "--practice-at", world.control_url, "--token-env", "T", *options, T=world.token(token)
    )
    return ended.code, ended.said


def test_after_a_kill_recovery_shows_who_has_it_and_restores_the_start_owner(
    program: Program, world: PracticeWorld
) -> None:
    assert world.owner_of() == world.app("primary")
    killed_after_the_pass(program, world)

    again = program.run("setup", "--practice-at", world.control_url, "--token-env", "T", T=world.token("expired"))
    assert "A test from an earlier run is still open. Run “handover-wizard recover”" in again.said

    code, said = recover(program, world, "--list")
    assert code == 4
    assert "Test on Lumen Coffee, begun " in said
    assert "Support Desk has the conversation" in said.splitlines()
    assert "Control ends by itself: " in said
    assert "Last activity: " in said
    assert world.owner_of() == world.app("secondary")

    code, said = recover(program, world, "--yes")
    assert (code, world.owner_of()) == (0, world.app("primary"))
    assert "Flow bot has the conversation again." in said
    assert open_tests(program) == []
    assert recover(program, world) == (0, "No test is open.\n")


def test_a_conversation_that_was_idle_is_idle_again(program: Program, world: PracticeWorld) -> None:
    world.scenario("bot-never-hands-over")
    assert world.owner_of() is None
    killed_after_the_pass(program, world)
    assert recover(program, world, "--yes")[0] == 0
    assert world.owner_of() is None
    assert open_tests(program) == []


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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_in_the_middle_brings_the_conversation_back(
    number: signal.Signals, program: Program, world: PracticeWorld
) -> None:
    with held_after_the_pass(program, world) as process:
        process.send_signal(number)
        said, complained = process.communicate(timeout=15)
    assert process.returncode == 130
    assert "Bringing the conversation back" in said
    assert "The conversation is back." in said
    assert "Stopped." in complained
    assert "Traceback" not in complained
    assert world.owner_of() == world.app("primary")
    assert open_tests(program) == []


def test_an_interrupted_run_leaves_the_tests_of_other_pages_alone(program: Program, world: PracticeWorld) -> None:
    killed_after_the_pass(program, world)
    other = open_tests(program)[0]
    other.write_text(other.read_text("utf-8").replace(world.page_id, "100000000000001"), "utf-8")
    assert world.instruct("close_in_live_chat") == {"done": True}
    world.forget_requests()
    with held_after_the_pass(program, world) as process:
        process.terminate()
        said, _complained = process.communicate(timeout=15)
    assert process.returncode == 130
    assert said.count("Bringing the conversation back") == 1
    assert world.owner_of() in (None, world.app("primary"))
    assert open_tests(program) == [other]


def test_control_c_at_a_terminal_brings_the_conversation_back(program: Program, world: PracticeWorld) -> None:
    world.fault(TAKE, "timeout", every=2)
    with program.at_a_terminal(*with_test(world), T=world.token()) as user:
        user.sees("Passed to Support Desk")
        wait_until(lambda: world.calls().count(TAKE) == 2, "the taking back hangs")
        user.presses_control_c()
        user.sees("The conversation is back.", within=15)
        assert user.waits_for_the_end() == 130
    assert world.owner_of() == world.app("primary")
    assert open_tests(program) == []


def test_control_c_at_the_question_after_the_probe_restores_too(program: Program, world: PracticeWorld) -> None:
    given = tuple(option for option in with_test(world) if option != "--consent")
    with program.at_a_terminal(*given, T=world.token()) as user:
        user.sees("Do you agree?")
        user.types("y")
        user.sees("stays with Support Desk until")
        assert len(open_tests(program)) == 1
        user.presses_control_c()
        user.sees("The conversation is back.", within=15)
        assert user.waits_for_the_end() == 130
    assert world.owner_of() == world.app("primary")
    assert open_tests(program) == []


def test_a_signal_where_taking_back_is_refused_keeps_the_test_and_says_so(
    program: Program, world: PracticeWorld
) -> None:
    world.scenario("take-refused-when-held")
    with held_after_the_pass(program, world) as process:
        process.terminate()
        said, _complained = process.communicate(timeout=20)
    assert process.returncode == 4
    assert "The conversation is not back yet." in said
    assert "Run “handover-wizard recover”." in said
    assert len(open_tests(program)) == 1


def test_nobody_reading_the_output_stops_no_test_halfway(program: Program, world: PracticeWorld) -> None:
    with program.started(*with_test(world), T=world.token()) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr is not None
        complained = process.stderr.read()
        process.wait(60)
    assert world.calls().count(PASS) == 1
    assert world.owner_of() in (None, world.app("primary"))
    assert open_tests(program) == []
    assert complained == ""


def test_a_journal_that_cannot_be_written_stops_before_the_first_change(program: Program, world: PracticeWorld) -> None:
    state = program.home / "state" / PRACTICE
    state.mkdir(parents=True)
    (state / "open-tests").write_text("a file in its place")
    ended = program.run(*with_test(world), T=world.token())
    assert ended.code == 1
    assert "A file could not be saved:" in ended.said
    assert not [call for call in world.calls() if "thread_control" in call]
    assert world.owner_of() == world.app("primary")


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
        assert "An open test was begun by a newer version of this program." in ended.said
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
        assert "An open test was begun by a newer version of this program." in said
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
    assert "Test on Lumen Coffee, begun " in listed.said
    assert "Test on Second Page, begun " in listed.said
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
    assert "Test on Lumen Coffee, begun " in ended.said
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


def files(program: Program, name: str) -> dict[Path, bytes]:
    """Every file of one application name below the program's home."""
    return {
        path: path.read_bytes()
        for path in program.home.rglob("*")
        if path.is_file() and name in path.relative_to(program.home).parts
    }


def test_practice_and_life_touch_no_file_of_each_other(program: Program, world: PracticeWorld) -> None:
    killed_after_the_pass(program, world)
    assert recover(program, world, "--yes")[0] == 0
    practised = files(program, PRACTICE)
    assert practised
    assert files(program, LIFE) == {}

    in_life = program.run("setup", "--no-token", "--page", world.page_id, *lived(world))
    assert in_life.code == 0
    assert program.run("recover").said == "No test is open.\n"
    lived_in = files(program, LIFE)
    assert lived_in
    assert files(program, PRACTICE) == practised

    assert program.run(*with_test(world), T=world.token()).code == 0
    assert files(program, LIFE) == lived_in


def lived(world: PracticeWorld) -> tuple[str, ...]:
    """A set-up by hand, without a token: nothing is called."""
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    return (*apps, "--confirm-roles", "--confirm-saved")


def test_the_note_of_an_open_test_is_private_and_holds_no_token(program: Program, world: PracticeWorld) -> None:
    killed_after_the_pass(program, world)
    path = open_tests(program)[0]
    assert path.stat().st_mode & 0o777 == 0o600
    text = path.read_text("utf-8")
    assert world.token() not in text
    assert json.loads(text)["test"]["page_id"] == world.page_id
