"""Standard output that takes no more: one of our own exit codes, a sentence, and no traceback."""

import subprocess
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is Linux's own")
LOST = "Not all of the output could be written."


def with_streams(program: Program, streams: str, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """streams: as a shell has them, such as ">&-"."""
    return subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {streams}', "sh", *program.command(*arguments)],
        env=program.environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def on_a_full_disk(program: Program, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        return subprocess.run(
            program.command(*arguments),
            env=program.environment(**more),
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.mark.parametrize("buffered", ["", "1"], ids=["at the end", "at once"])
@pytest.mark.parametrize(
    "arguments",
    [("explain", "(#190)"), ("targets",), ("--help",), ("--version",), ("about",), ("recover", "--list")],
    ids=" ".join,
)
def test_an_output_that_is_lost_is_said_and_no_success(
    program: Program, arguments: tuple[str, ...], buffered: str
) -> None:
    ended = on_a_full_disk(program, *arguments, PYTHONUNBUFFERED=buffered)
    assert ended.returncode == 2
    assert LOST in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("buffered", ["", "1"], ids=["at the end", "at once"])
@pytest.mark.parametrize("more", [(), ("--json",)], ids=["words", "JSON"])
def test_a_conversation_that_is_not_back_is_told_by_the_code_all_the_same(
    program: Program, world_process: PracticeWorld, more: tuple[str, ...], buffered: str
) -> None:
    world = world_process.scenario("take-refused-when-held")
    given = ("--practice-at", world.control_url, "--token-env", "T", "--owner", "simulated", "--consent", "--wait", "1")
    ended = on_a_full_disk(program, "setup", *given, *more, T=world.token(), PYTHONUNBUFFERED=buffered)
    assert ended.returncode == 4
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("streams", ["2>/dev/full", "2>&-", ">&-", ">/dev/full 2>/dev/full", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--no-such-option",), 2),
        (("targets", "show", "none"), 2),
        (("explain", "--json", "(#190)"), 0),
        ((), 2),
    ],
    ids=["usage", "no such target", "JSON", "no window"],
)
def test_streams_that_take_nothing_or_are_closed_change_no_code(
    program: Program, arguments: tuple[str, ...], code: int, streams: str
) -> None:
    ended = with_streams(program, streams, *arguments)
    assert ended.returncode == (2 if ">/dev/full 2" in streams else code)
    assert "Traceback" not in ended.stderr


def test_a_conversation_that_is_not_back_is_told_where_no_output_is_wanted(
    program: Program, world_process: PracticeWorld
) -> None:
    world = world_process.scenario("take-refused-when-held")
    given = ("--practice-at", world.control_url, "--token-env", "T", "--owner", "simulated", "--consent", "--wait", "1")
    ended = with_streams(program, ">&-", "setup", *given, "--json", T=world.token())
    assert ended.returncode == 4
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("buffered", ["", "1"], ids=["at the end", "at once"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("targets",),
        ("--help",),
        ("--version",),
        ("about",),
        ("explain", "(#190)"),
        ("explain", "--json", "(#190)"),
        ("recover", "--list"),
    ],
    ids=" ".join,
)
def test_a_reader_that_has_gone_is_no_mistake(program: Program, arguments: tuple[str, ...], buffered: str) -> None:
    with subprocess.Popen(
        program.command(*arguments),
        env=program.environment(PYTHONUNBUFFERED=buffered),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        complained = process.stderr.read()
        assert process.wait(60) == 0
    assert complained == ""
