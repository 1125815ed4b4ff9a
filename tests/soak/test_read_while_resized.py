"""Help and About on a real display, read by two screen readers while their size changes: the program lives on."""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.e2e.conftest import environment
from tests.e2e.screen import Screen, open_window
from tests.simulator.world import PracticeWorld
from tests.soak.amount import AMOUNT, IS_SOAK

__all__ = ["environment"]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

_READER = Path(__file__).with_name("restless_reader.py")
_DEBIANS_PYTHON = "/usr/bin/python3"
_PAUSE = "0.06"  # seconds between two changes: many times a second
_WINDOWS = {"Help": "PRACTICE", "About": "About"}  # how the title of the window they are in begins


@contextmanager
def restless_reader(pid: int) -> Iterator[list[int]]:
    """Read all until the end of the block. Yields a list that then has how often all was read, and how many things."""
    command, read = [_DEBIANS_PYTHON, str(_READER), str(pid)], list[int]()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield read
        said, _nothing = process.communicate(timeout=60)
        read += map(int, said.split())


def open_panel(screen: Screen, title: str) -> str:
    """Open Help, and from there About. Return its number on the display."""
    screen.wait_for("push button", "Start")
    screen.press("F1")
    screen.wait_for("push button", "About this program")
    if title == "About":
        screen.click("push button", "About this program")
    search = [
        "xdotool",
        "search",
        "--sync",
        "--onlyvisible",
        "--pid",
        str(screen.process.pid),
        "--name",
        f"^{_WINDOWS[title]}",
    ]
    return subprocess.run(search, capture_output=True, text=True, check=True, timeout=30).stdout.split()[-1]


def changes_of_size(window: str) -> Iterator[str]:
    """In the words of xdotool. The heights are such that there is much to scroll, little, or nothing."""
    sizes = random.Random(4)
    for _change in range(AMOUNT.panel):
        yield from ("windowsize", window, str(sizes.randint(500, 1270)), str(sizes.randint(380, 900)), "sleep", _PAUSE)


@pytest.mark.parametrize("title", ["Help", "About"])
def test_two_screen_readers_read_while_the_size_changes(
    title: str, world: PracticeWorld, environment: dict[str, str], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "wizard.cli", "--practice-at", world.control_url]
    with open_window(command, environment, tmp_path / "said") as screen, ExitStack() as readers:
        panel = open_panel(screen, title)
        reads = [readers.enter_context(restless_reader(screen.process.pid)) for _reader in range(2)]
        subprocess.run(["xdotool", *changes_of_size(panel)], check=True, timeout=300)
        readers.close()
        assert screen.process.poll() is None, (tmp_path / "said").read_text()
        screen.wait_for("push button", "Close help" if title == "Help" else "Close")
    for times, things in reads:
        if IS_SOAK:
            print(
                f"\n{title}: {AMOUNT.panel} changes of size, read {times} times, {things} things in all",
                file=sys.__stdout__,
            )
        assert times >= 1
        assert things > 50 * times
