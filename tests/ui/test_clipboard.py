"""The clipboard of real desktops, looked at by a second program."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

from tests.ui.clipboard_client import APP_ID

pytestmark = [
    pytest.mark.serial,
    pytest.mark.skipif("WIZARD_TEST_SESSION" not in os.environ, reason="needs the private session: tests/session.sh"),
]
TOKEN = "EAAB0123456789abcdefghij"


Seen = dict[str, Any]


class Client:
    """tests/ui/clipboard_client.py, running. window: of a desktop that is itself one on the display, "" without."""

    def __init__(self, commands: IO[str], answers: IO[str], window: str) -> None:
        self._commands, self._answers, self._window = commands, answers, window

    def tell(self, command: str) -> Seen:
        self._commands.write(f"{command}\n")
        self._commands.flush()
        seen: Seen = json.loads(self._answers.readline())
        return seen

    def until(self, holds: Callable[[Seen], object], again: Callable[[Seen], object] = lambda seen: None) -> Seen:
        """Return what is seen once it is as it should be. again: what to do until then: a window that has just come up
        may move, and what is clicked before goes nowhere."""
        seen = self.tell("see")
        for _ in range(200):
            if holds(seen):
                return seen
            again(seen)
            time.sleep(0.05)
            seen = self.tell("see")
        raise AssertionError(seen)

    def click(self, place: Sequence[int]) -> None:
        where = [*(["--window", self._window] if self._window else []), *(str(number) for number in place)]
        subprocess.run(["xdotool", "mousemove", *where, "click", "1"], check=True, timeout=20)


@contextmanager
def client(environment: dict[str, str], window: str = "", options: Sequence[str] = ()) -> Iterator[Client]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ui.clipboard_client", *options],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield Client(process.stdin, process.stdout, window)
            process.stdin.close()
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()


def run(words: Sequence[str], environment: dict[str, str], given: str | None = None) -> str:
    """Run a program and return what it says. given: for its input; such a program stays behind to serve it, so it gets
    no pipe to write into."""
    if given is None:
        return subprocess.run(words, env=environment, capture_output=True, text=True, timeout=20).stdout
    subprocess.run(
        words,
        env=environment,
        input=given.encode(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
        timeout=20,
    )
    return ""


def copy_by_click(window: Client) -> Seen:
    return window.until(lambda seen: seen["copy_result"], lambda seen: window.click(seen["copy_button"]))


def empty_by_click(window: Client) -> Seen:
    window.until(lambda seen: seen["token"] == TOKEN, lambda seen: window.click(seen["paste_button"]))
    return window.until(
        lambda seen: "still on the clipboard" not in seen["offer"], lambda seen: window.click(seen["offer_button"])
    )


# X11


@pytest.fixture
def x11(window_environment: dict[str, str]) -> dict[str, str]:
    return {**window_environment, "QT_QPA_PLATFORM": "xcb"}


def test_on_x11_another_program_gets_what_was_said_to_be_copied(x11: dict[str, str]) -> None:
    with client(x11) as window:
        seen = copy_by_click(window)
        assert seen["copy_result"] == "Copied"
        assert run(["xclip", "-selection", "clipboard", "-o"], x11) == APP_ID


def test_on_x11_a_token_is_emptied_out_of_the_clipboard_of_another_program(x11: dict[str, str]) -> None:
    run(["xclip", "-selection", "clipboard", "-loops", "0"], x11, given=TOKEN)
    with client(x11) as window:
        assert "does not hold" in empty_by_click(window)["offer"]
        assert run(["xclip", "-selection", "clipboard", "-o"], x11) == ""


# Wayland


class Desktop:
    """A Wayland desktop in a window of the X display, so that it can be clicked."""

    def __init__(self, window: str, environment: dict[str, str]) -> None:
        self.window, self.environment = window, environment

    def holds(self) -> str:
        """What another program reads from the clipboard."""
        return run(["wl-paste", "--no-newline"], self.environment)

    def hold(self, text: str) -> None:
        """Let another program copy a text."""
        run(["wl-copy", "--type", "text/plain"], self.environment, given=text)
        assert self.holds() == text


@pytest.fixture
def wayland(window_environment: dict[str, str], tmp_path: Path) -> Iterator[Desktop]:
    folder = Path(os.environ["WIZARD_TEST_SESSION"]) / "run"
    ready = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    ready.bind(str(folder / "weston-ready"))
    ready.settimeout(30)
    environment = {**window_environment, "XDG_RUNTIME_DIR": str(folder)}
    subprocess.run(["xdotool", "mousemove", "0", "0"], check=True, timeout=20)  # the desktop wants to see it come in
    command = ["weston", "--no-config", "--backend=x11-backend.so", "--use-pixman", "--shell=kiosk-shell.so"]
    command += ["--width=800", "--height=600", "--idle-time=0", "--socket=wayland-test"]
    command += ["--modules=systemd-notify.so"]  # it says when the desktop is there
    with (tmp_path / "weston.log").open("w") as log:
        process = subprocess.Popen(
            command,
            env={**environment, "NOTIFY_SOCKET": str(folder / "weston-ready")},
            stdout=log,
            stderr=log,
        )
    try:
        assert b"READY=1" in ready.recv(1_000)
        found = re.search(r"window id (\d+)", (tmp_path / "weston.log").read_text())
        assert found
        inside = {name: value for name, value in environment.items() if name != "DISPLAY"}
        yield Desktop(found[1], {**inside, "WAYLAND_DISPLAY": "wayland-test", "QT_QPA_PLATFORM": "wayland"})
    finally:
        process.terminate()
        process.wait(timeout=20)
        ready.close()
        (folder / "weston-ready").unlink()


def test_on_wayland_another_program_gets_what_was_said_to_be_copied(wayland: Desktop) -> None:
    wayland.hold("something else")
    with client(wayland.environment, wayland.window) as window:
        seen = copy_by_click(window)
        assert seen["copy_result"] == "Copied"
        assert wayland.holds() == APP_ID


def test_on_wayland_copied_is_not_said_where_the_desktop_took_nothing(wayland: Desktop) -> None:
    wayland.hold("something else")
    with client(wayland.environment, options=["--unshown"]) as window:  # no window in front, so nothing is taken
        window.tell("copy")
        seen = window.until(lambda seen: seen["copy_result"])
        assert wayland.holds() == "something else"
    assert "desktop does not let the wizard look at the clipboard" in seen["copy_result"]
    assert seen["copy_result"].endswith(f"…{APP_ID[-4:]}")


def test_on_wayland_a_token_is_emptied_out_of_the_clipboard_of_another_program(wayland: Desktop) -> None:
    wayland.hold(TOKEN)
    with client(wayland.environment, wayland.window) as window:
        assert "does not hold" in empty_by_click(window)["offer"]
        assert wayland.holds() == ""
