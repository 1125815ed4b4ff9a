"""Practice at the terminal, its own command, the self-test, and what every command line of the program knows."""

import json
import signal

import pytest

from tests.simulator.world import PracticeWorld, request
from tests.terminal.program import Program
from wizard.core.version import __version__

# Practice, in any position


@pytest.mark.parametrize(
    "arguments",
    [
        ("setup", "--practice", "--owner", "simulated"),
        ("setup", "--owner", "simulated", "--practice"),
        ("setup", "--owner", "simulated", "--practice", "new-page"),
        ("setup", "--practice=new-page", "--owner", "simulated"),
        ("--practice", "setup", "--owner", "simulated"),
        ("--practice", "new-page", "setup", "--owner", "simulated"),
    ],
    ids=" ".join,
)
def test_practice_stands_anywhere_with_or_without_a_name(arguments: tuple[str, ...], program: Program) -> None:
    ended = program.run(*arguments)
    assert ended.code == 0
    assert "Page: Lumen Coffee" in ended.said


def test_practice_that_cannot_be_is_wrong_use(program: Program, world: PracticeWorld) -> None:
    for arguments, said in (
        (("setup", "--practice", "nonsense"), "There is no practice called “nonsense”."),
        (("setup", "--practice-at", "https://example.org/x"), "http://127.0.0.1:"),
        (("setup", "--practice-at", "http://127.0.0.1:9/x"), "No practice is running at this address."),
        (("setup", "--owner", "simulated"), "add --practice"),
        (("setup", "--practice", "new-page", "--practice-at", world.control_url), "not both"),
        (("setup", "--wait", "0"), "--wait"),
        (("nonsense",), "nonsense"),
    ):
        ended = program.run(*arguments)
        assert (ended.code, said in ended.complained) == (2, True), (arguments, ended.complained)


def test_without_a_display_the_windows_command_offers_the_terminal(program: Program) -> None:
    for arguments in ((), ("--practice",)):
        ended = program.run(*arguments)
        assert ended.code == 2
        assert "There is no display here. Use “handover-wizard setup” instead." in ended.complained


def test_the_version_is_said(program: Program) -> None:
    assert program.run("--version").said.strip().endswith(__version__)


# The simulator's command and the self-test


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_the_simulators_first_line_is_one_object_and_a_signal_ends_it_in_order(end: int, program: Program) -> None:
    with program.started("simulator", "--scenario", "new-page") as process:
        assert process.stdout is not None
        start = json.loads(process.stdout.readline())
        assert request("GET", f"{start['control_url']}/world").json()["scenario"] == "new-page"
        process.send_signal(end)
        assert process.wait(10) == 0
        assert process.stdout.read() == ""


def test_the_self_test_names_each_part_to_a_program(hurried: Program) -> None:
    ended = hurried.run("self-test", "--json", QT_QPA_PLATFORM="offscreen")
    proofs = json.loads(ended.said)
    names = [proof["name"] for proof in proofs]
    assert names == ["bundle", "qt", "keyring", "certificates", "resources", "words", "simulator", "practice"]
    assert [proof for proof in proofs if proof["failure"]] == []
    assert ended.code == 0


def test_the_self_test_fails_where_a_part_fails(hurried: Program, world: PracticeWorld) -> None:
    world.fault("POST me/take_thread_control", "refuse", times=None)
    ended = hurried.run("self-test", "--practice-at", world.control_url, QT_QPA_PLATFORM="offscreen")
    assert ended.code == 1
    assert [line.split()[0] for line in ended.said.splitlines()] == ["ok"] * 7 + ["FAIL"]
    assert "FAIL  practice" in ended.said
