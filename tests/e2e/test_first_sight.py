"""The first window on a real display: the main button is to be seen without scrolling, moving or enlarging anything."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.simulator.world import PracticeWorld

pytestmark = pytest.mark.e2e

_TASK_BAR = 40  # pixels that the window manager keeps free below
_SETTINGS = Path("/etc/xdg/openbox/rc.xml")
_TELLS_WHAT_IS_SEEN = """
import json
import sys
from PySide6.QtCore import QTimer
from wizard.app import run_window
from wizard.ui.window.first_window import FirstWindow

hold = FirstWindow.set_content

def said(self, shell):
    hold(self, shell)
    window, button, places = self.window, shell.next_button, []

    def look():
        corner = button.mapToGlobal(button.rect().topLeft())
        place = [corner.x(), corner.y(), button.width(), button.height()]
        places.append([place, *window.frameGeometry().getRect()])
        if len(places) < 5 or places[-1] != places[-5] or button.visibleRegion().isEmpty():
            return
        timer.stop()
        free = window.screen().availableGeometry().getRect()
        print(json.dumps({"button": place, "frame": window.frameGeometry().getRect(), "free": free}), flush=True)
        window.close()

    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(100)

FirstWindow.set_content = said
sys.exit(run_window(None, sys.argv[1]))
"""


@dataclass(frozen=True, slots=True)
class Rect:
    x: int
    y: int
    width: int
    height: int

    def holds(self, other: "Rect", slack: int = 0) -> bool:
        return (
            self.x - slack <= other.x
            and self.y - slack <= other.y
            and other.x + other.width <= self.x + self.width + slack
            and other.y + other.height <= self.y + self.height + slack
        )


def display(size: str, folder: Path) -> Iterator[str]:
    """An X display with a window manager that keeps room for a task bar; yields its name."""
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    name = f":{server.stdout.readline().strip()}"
    settings = folder / "rc.xml"
    before, margins = _SETTINGS.read_text().split("<margins>", 1)
    settings.write_text(f"{before}<margins>{margins.replace('<bottom>0', f'<bottom>{_TASK_BAR}', 1)}")
    manager = subprocess.Popen(
        ["openbox", "--config-file", str(settings)],
        env={"DISPLAY": name, "HOME": str(folder), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        free = f" {int(size.split('x')[1]) - _TASK_BAR}"
        while free not in _work_area(name):
            assert manager.poll() is None
        yield name
    finally:
        manager.terminate()
        manager.wait(10)
        server.terminate()
        server.wait(10)
        server.stdout.close()


def _work_area(name: str) -> str:
    command = ["xprop", "-display", name, "-root", "_NET_WORKAREA"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.fixture(params=["1366x768", "1920x1080"])
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def display_name(size: str, tmp_path: Path) -> Iterator[str]:
    yield from display(size, tmp_path)


@pytest.mark.skipif(not (shutil.which("xprop") and _SETTINGS.exists()), reason="needs xprop and openbox's settings")
@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "2"])
def test_the_main_button_is_seen_at_first_sight(
    display_name: str,
    size: str,
    scale: str,
    new_page: PracticeWorld,
    environment: dict[str, str],
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _TELLS_WHAT_IS_SEEN, new_page.control_url],
        env={**environment, "DISPLAY": display_name, "QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = {name: Rect(*place) for name, place in json.loads(done.stdout).items()}
    pixels = int(size.split("x")[1]) / float(scale)
    assert seen["free"].height == pytest.approx(pixels - _TASK_BAR / float(scale), abs=1)
    assert seen["free"].holds(seen["button"]), seen
    assert seen["free"].holds(seen["frame"], slack=1), seen  # scaled places are rounded
