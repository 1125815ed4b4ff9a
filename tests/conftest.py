"""What every test gets: a home folder of its own, no way out of this machine, and a practice world on demand."""

import gc
import ipaddress
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from tests.simulator.world import PracticeWorld

USUAL_EXAMPLES = 40
hypothesis.settings.register_profile("quick", max_examples=10, deadline=None, derandomize=True)
hypothesis.settings.register_profile("usual", max_examples=USUAL_EXAMPLES, deadline=None, derandomize=True)
hypothesis.settings.register_profile("fuzz", max_examples=1000, deadline=None, print_blob=True)
hypothesis.settings.register_profile("soak", max_examples=3000, deadline=None)

_SESSION = "WIZARD_TEST_SESSION"  # set by tests/session.sh, inside which keyring and display are the test's own
_FOLDERS = {
    "HOME": "",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
}
_home = pytest.StashKey[Path]()


# What a system cannot run at all. Linux has everything: tests/session.sh gives a display, a bus and a keyring there.
# Packages are tested where they were built: make packages-test.
collect_ignore: list[str] = [] if "WIZARD_PACKAGES" in os.environ else ["packages"]
if sys.platform != "linux":
    collect_ignore += [
        "e2e",
        "measure",
        "soak",
        "kills",
        "packaging/test_session.py",
        "report/test_html_in_browser.py",
    ]
    collect_ignore += ["packaging/test_system_packages.py", "report/test_program.py"]
    collect_ignore += ["packaging/test_sbom.py", "packaging/test_workflows.py", "packaging/test_made_there.py"]
if sys.platform == "win32":
    # They are about modes of files, signals and locks as Unix has them.
    collect_ignore += ["packaging/test_macos.py", "store/test_journal.py", "store/test_journal_at_work.py"]
    collect_ignore += ["test_crash.py", "terminal/test_recover.py"]


class OutsideConnection(Exception):
    """A test tried to leave this machine."""


def pytest_configure(config: pytest.Config) -> None:
    """Set the surroundings before any module of the program or of Qt is imported; child processes inherit them."""
    home = Path(tempfile.mkdtemp(prefix="handover-home-"))
    config.stash[_home] = home
    for variable, folder in _FOLDERS.items():
        os.environ[variable] = str(home / folder)
        (home / folder).mkdir(exist_ok=True)
    # Under nohup, and behind the & of a script, SIGINT is ignored, and each child would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["LANGUAGE"] = "en"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if _SESSION not in os.environ:  # never the keyring of whoever runs pytest by hand
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[_home], ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Eleven thousand tests stay until the end: to look among them for what is of no use finds nothing, neither while
    they are collected nor later, and takes each worker seconds."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that needs the private keyring says why it is skipped where there is none. One that talks to a practice
    world, even over loopback, is marked: `make quick` leaves it out."""
    for item in items:
        if "world_process" in getattr(item, "fixturenames", ()):
            item.add_marker("practice")
    if _SESSION not in os.environ:
        skip = pytest.mark.skip(reason="needs the private session: tests/session.sh python -m pytest ...")
        for item in items:
            if item.get_closest_marker("keyring") or item.get_closest_marker("e2e"):
                item.add_marker(skip)


def _is_on_this_machine(host: str) -> bool:
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """Refuse connections and name look-ups beyond this machine, each with the address in the error."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(host: object) -> None:
        name = host.decode() if isinstance(host, bytes) else str(host or "")
        if not _is_on_this_machine(name):
            raise OutsideConnection(f"a test tried to reach {name}")

    def guarded_connect(self: socket.socket, address: tuple[object, ...] | str | bytes) -> None:
        if isinstance(address, tuple):  # a Unix socket has a path
            check(address[0])
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: tuple[object, ...] | str | bytes) -> int:
        if isinstance(address, tuple):
            check(address[0])
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: str | None, *rest: object, **options: object) -> object:
        check(host)
        return getaddrinfo(host, *rest, **options)  # type: ignore[arg-type] # typeshed lists every form apart

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def nothing_remembered_before(request: pytest.FixtureRequest) -> None:
    """The keyring lives as long as the test session: what another test remembered of this practice world goes first.
    Entries of other worlds stay, for they belong to the tests that run beside."""
    if request.node.get_closest_marker("keyring") is None or "world" not in request.fixturenames:
        return
    import secretstorage

    graph = request.getfixturevalue("world").start["graph_url"]
    connection = secretstorage.dbus_init()
    try:
        for item in secretstorage.get_default_collection(connection).get_all_items():
            if item.get_attributes().get("username", "").startswith(graph):
                item.delete()
    finally:
        connection.close()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins in English and with what ships, whatever the one before has switched to or imported."""
    from wizard.core import catalogues
    from wizard.i18n import language

    def begin() -> None:
        language.use("en")
        language.use_for_letters("")
        catalogues.use(())

    begin()
    yield
    begin()


@pytest.fixture
def window_environment() -> dict[str, str]:
    """Variables for a child process that opens real windows on the display of the private session."""
    return {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}


@pytest.fixture
def take_picture() -> Callable[[str], None]:
    """A function that saves the active window of the display as NAME.png, if WIZARD_PICTURES names a folder."""
    folder = os.environ.get("WIZARD_PICTURES")

    def take(name: str) -> None:
        if folder:
            window = subprocess.run(["xdotool", "getactivewindow"], capture_output=True, text=True, check=True).stdout
            subprocess.run(["import", "-window", window.strip(), str(Path(folder) / f"{name}.png")], check=True)

    return take


@pytest.fixture(scope="session")
def world_process() -> Iterator["PracticeWorld"]:
    """One practice world in a child process for the whole session."""
    from tests.simulator.world import start_world

    with start_world() as world:
        yield world


@pytest.fixture
def world(world_process: "PracticeWorld") -> "PracticeWorld":
    """The practice world, put back to the start of `happy-routing`: everything is set up, nothing is saved yet."""
    world_process.scenario("happy-routing")
    return world_process
