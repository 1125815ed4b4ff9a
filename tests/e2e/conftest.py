"""What every end-to-end run gets: a practice world, the person's browser, and the installed program on the display."""

import os
import subprocess
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.e2e.browser import Browser
from tests.e2e.screen import Screen, open_window
from tests.simulator.world import PracticeWorld

OpenProgram = Callable[[], AbstractContextManager[Screen]]
_REPORTS = Path(__file__).resolve().parents[2] / "build" / "reports"
_PROGRAM = Path(sysconfig.get_path("scripts")) / "handover-wizard"


@pytest.fixture
def new_page(world_process: PracticeWorld) -> PracticeWorld:
    """The practice world with a Page where nothing is set up."""
    return world_process.scenario("new-page")


@pytest.fixture
def environment(window_environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """A desktop account of its own, where a screen reader is in use."""
    homes = {
        name: str(tmp_path / folder)
        for name, folder in (
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
        )
    }
    return {**window_environment, **homes, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}


@pytest.fixture
def browser(environment: dict[str, str], tmp_path: Path) -> Iterator[Browser]:
    """The account's default browser."""
    opened = Browser(tmp_path / "browser")
    opened.become_default(Path(environment["XDG_CONFIG_HOME"]), Path(environment["XDG_DATA_HOME"]))
    yield opened
    opened.close()


@pytest.fixture
def program_path() -> Path:
    return _PROGRAM


@pytest.fixture
def open_program(
    new_page: PracticeWorld,
    environment: dict[str, str],
    browser: Browser,
    request: pytest.FixtureRequest,
    program_path: Path,
) -> OpenProgram:
    """A function that opens the installed program in the practice world, until the end of a `with` block. What was on
    the screen when the block failed stays in build/reports."""
    _REPORTS.mkdir(parents=True, exist_ok=True)
    name = request.node.name

    @contextmanager
    def program() -> Iterator[Screen]:
        command = [str(program_path), "--practice-at", new_page.control_url]
        with open_window(command, environment, _REPORTS / f"{name}.log") as screen:
            try:
                yield screen
            except BaseException:
                _keep(name, screen)
                raise

    return program


def _keep(name: str, screen: Screen) -> None:
    subprocess.run(["import", "-window", "root", str(_REPORTS / f"{name}.png")], check=False)
    if screen.process.poll() is None:
        (_REPORTS / f"{name}.txt").write_text(screen.words())


def pytest_report_header() -> str:
    return f"end-to-end: {_PROGRAM} on display {os.environ.get('DISPLAY', 'none')}"
