"""Parts of Qt are left out of the packages. What people need of a desktop works without them."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.screen import Screen, open_window
from tests.packages.package import Package
from tests.waiting import wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
_WELCOME = "Connect your bot and your live chat"


@pytest.fixture
def keyboard_with_accents() -> Iterator[None]:
    """A keyboard on which the accents are; it is there before the program reads it."""
    subprocess.run(["setxkbmap", "us", "-variant", "intl"], check=True)
    yield
    subprocess.run(["setxkbmap", "us", "-variant", ""], check=True)


@pytest.fixture
def package_screen(package: Package, environment: dict[str, str], tmp_path: Path) -> Iterator[Screen]:
    with open_window([str(package.program)], environment, tmp_path / "log") as screen:
        screen.wait_for_title(_WELCOME, 30)
        yield screen


def window_width(package: Package, environment: dict[str, str], tmp_path: Path) -> int:
    """In pixels of the screen. All lengths follow the text, so that the window does, too."""
    with open_window([str(package.program)], environment, tmp_path / "log") as screen:
        screen.wait_for_title(_WELCOME, 30)
        search = ["xdotool", "search", "--onlyvisible", "--name", "Messenger Handover Wizard"]
        told = subprocess.run([*search, "getwindowgeometry", "--shell"], capture_output=True, text=True, check=True)
        return int(dict(line.split("=") for line in told.stdout.splitlines())["WIDTH"])


@contextmanager
def text_size(percent: int) -> Iterator[None]:
    """What a desktop does when somebody asks for larger text."""
    value = f"Xft.dpi:\t{96 * percent // 100}\n"
    change = ["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s"]
    subprocess.run([*change, "-set", "RESOURCE_MANAGER", value], check=True)
    try:
        yield
    finally:
        subprocess.run(["xprop", "-root", "-remove", "RESOURCE_MANAGER"], check=True)


def test_text_has_the_size_the_desktop_asks_for(package: Package, environment: dict[str, str], tmp_path: Path) -> None:
    with text_size(100):
        usual = window_width(package, environment, tmp_path)
    with text_size(200):
        large = window_width(package, environment, tmp_path)
    assert large == 2 * usual


def test_files_are_chosen_in_a_dialog(package_screen: Screen) -> None:
    package_screen.click("radio button", "Find out what is wrong")
    package_screen.click("push button", "Open the check")
    package_screen.wait_for_title("Find out what is wrong")
    package_screen.click("push button", "Open files…")
    package_screen.wait_for("push button", "Cancel")
    package_screen.press("Escape")


@pytest.mark.usefixtures("keyboard_with_accents")
def test_accents_are_composed_and_shown(package_screen: Screen) -> None:
    """The compose input method: an accent and a letter become one."""
    package_screen.click("radio button", "Find out what is wrong")
    package_screen.click("push button", "Open the check")
    package_screen.wait_for_title("Find out what is wrong")
    package_screen.click("push button", "Explain an error…")
    package_screen.wait_for_words("Explain an error")
    for key in ("dead_acute", "e"):
        package_screen.press(key)
    package_screen.wait_for_words("é")


@contextmanager
def weston(folder: Path, environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """A Wayland compositor without a screen; yields the variables for its clients."""
    folder.mkdir(mode=0o700)
    places = {**environment, "XDG_RUNTIME_DIR": str(folder)}
    command = ["weston", "--backend=headless-backend.so", "--socket=handover", "--idle-time=0"]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, env=places, stdout=log, stderr=log) as process:
        try:
            wait_until(lambda: (folder / "handover").exists(), "the compositor")
            client = {name: value for name, value in places.items() if name != "DISPLAY"}
            yield {**client, "WAYLAND_DISPLAY": "handover", "XDG_SESSION_TYPE": "wayland", "WAYLAND_DEBUG": "1"}
        finally:
            process.terminate()


@pytest.mark.skipif(shutil.which("weston") is None, reason="no Wayland compositor to try it with")
def test_the_window_comes_on_wayland(package: Package, environment: dict[str, str], tmp_path: Path) -> None:
    log = tmp_path / "said"
    with weston(tmp_path / "run", environment) as client, log.open("wb") as said:
        process = subprocess.Popen([str(package.program)], env=client, stderr=said)
        try:
            words = ("xdg_toplevel", 'set_title("Messenger Handover Wizard', "wl_buffer", ".attach(wl_buffer")
            wait_until(lambda: all(word in log.read_text(errors="replace") for word in words), "a painted window")
            process.terminate()
            assert process.wait(20) in (0, 130)  # 130: told so while the first window was still empty
        finally:
            process.kill()
    assert "qt.qpa" not in log.read_text(errors="replace")
