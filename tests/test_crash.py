"""What a crash, a signal, a closed terminal and a full disk leave behind, by the real program and real signals."""

import json
import signal
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.killed import (
    PRACTICE,
    TAKE,
    held_after_the_pass,
    killed_after_the_pass,
    open_tests,
    recover,
    with_test,
)
from tests.terminal.program import Program
from tests.waiting import wait_until

PASS = "POST me/pass_thread_control"
LIFE = "handover-wizard"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


def test_after_a_kill_recovery_shows_who_has_it_and_restores_the_start_owner(
    program: Program, world: PracticeWorld
) -> None:
    assert world.owner_of() == world.app("primary")
    killed_after_the_pass(program, world)

    again = program.run("setup", "--practice-at", world.control_url, "--token-env", "T", T=world.token("expired"))
    assert "A test from an earlier run is still open. Run “handover-wizard recover”" in again.said

    code, said = recover(program, world, "--list")
    assert code == 4
    assert "Test on Lumen Coffee, started " in said
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
