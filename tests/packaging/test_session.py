"""The surroundings of the tests keep their promises: nothing of the user's is touched, nothing leaves the machine."""

import os
import pwd
import socket
import subprocess
import sys
from pathlib import Path

import keyring
import keyring.errors
import pytest

from tests.conftest import OutsideConnection


def test_home_and_settings_folders_are_not_the_users() -> None:
    home = Path(os.environ["HOME"])
    assert home != Path(pwd.getpwuid(os.getuid()).pw_dir)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        assert Path(os.environ[name]).is_relative_to(home)


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("graph.facebook.com", 443)])
def test_connections_beyond_this_machine_are_refused_by_name(address: tuple[str, int]) -> None:
    with socket.socket() as plain:
        with pytest.raises(OutsideConnection, match=address[0]):
            plain.connect(address)
        with pytest.raises(OutsideConnection, match=address[0]):
            plain.connect_ex(address)
    with pytest.raises(OutsideConnection, match=address[0]):
        socket.create_connection(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
def test_connections_within_this_machine_work(host: str) -> None:
    with socket.create_server((host, 0)) as server, socket.create_connection((host, server.getsockname()[1])) as client:
        accepted, _address = server.accept()
        with accepted:
            client.sendall(b"hello")
            assert accepted.recv(5) == b"hello"


def at_the_end_of_a_run(before: str, probe: str) -> str:
    """Return what a pytest run of its own says whose process does `before` first and `probe` as the last thing."""
    program = (
        f"import signal, subprocess, sys, pytest, keyring\n{before}\n"
        "class Probe:\n"
        f"    def pytest_sessionfinish(self): {probe}\n"
        "sys.exit(pytest.main(['--collect-only', '-q', 'tests/packaging/test_session.py'], plugins=[Probe()]))"
    )
    hidden = ("WIZARD_TEST_SESSION", "PYTHON_KEYRING_BACKEND", "PYTEST_XDIST_WORKER")
    return subprocess.run(
        [sys.executable, "-c", program],
        env={name: value for name, value in os.environ.items() if name not in hidden},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout


def test_outside_the_private_session_there_is_no_keyring_to_spoil() -> None:
    assert "keyring.backends.fail.Keyring" in at_the_end_of_a_run("", "print(keyring.get_keyring())")


@pytest.mark.skipif(sys.platform == "win32", reason="no process there inherits what happens at a signal")
def test_what_tests_start_can_be_interrupted_also_where_the_tests_were_started_with_sigint_ignored() -> None:
    child = "import signal; print(signal.getsignal(signal.SIGINT))"
    said = at_the_end_of_a_run(
        "signal.signal(signal.SIGINT, signal.SIG_IGN)",
        f"print(subprocess.check_output([sys.executable, '-c', {child!r}], text=True))",
    )
    assert "default_int_handler" in said


@pytest.mark.serial
@pytest.mark.keyring
def test_private_session_has_an_unlocked_keyring() -> None:
    keyring.set_password("handover-wizard-session-test", "token", "kept")
    assert keyring.get_password("handover-wizard-session-test", "token") == "kept"
    keyring.delete_password("handover-wizard-session-test", "token")
    assert keyring.get_password("handover-wizard-session-test", "token") is None


@pytest.mark.serial
@pytest.mark.keyring
def test_picture_of_the_active_window_is_saved_where_asked(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    window_environment: dict[str, str],
) -> None:
    monkeypatch.setenv("WIZARD_PICTURES", str(tmp_path))
    take_picture = request.getfixturevalue("take_picture")
    program = (
        "from PySide6.QtWidgets import QApplication, QLabel\n"
        "app = QApplication([])\n"
        "window = QLabel('picture')\n"
        "window.setWindowTitle('a window to take a picture of')\n"
        "window.resize(300, 200)\n"
        "window.show()\n"
        "app.exec()"
    )
    with subprocess.Popen([sys.executable, "-c", program], env=window_environment) as shown:
        try:
            search = ["xdotool", "search", "--sync", "--name", "a window to take a picture of"]
            subprocess.run([*search, "windowactivate", "--sync"], timeout=30, check=True)
            take_picture("label")
        finally:
            shown.terminate()
    assert (tmp_path / "label.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.serial
@pytest.mark.keyring
def test_private_session_has_a_display_with_a_window_manager() -> None:
    desktops = subprocess.run(
        ["xdotool", "get_num_desktops"], capture_output=True, text=True, timeout=20, check=True
    )  # only a window manager knows
    assert int(desktops.stdout) >= 1
