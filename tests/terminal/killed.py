"""The program killed in the middle of a test, when the live chat has the conversation; and its recovery."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.simulator.world import PracticeWorld
from tests.terminal.program import Program
from tests.waiting import wait_until

TAKE = "POST me/take_thread_control"
PRACTICE = "handover-wizard-practice"


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
