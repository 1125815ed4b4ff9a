"""The installer, run: by Wine, which is no Windows but has its files, registry and locks. Run by `make try-windows`.

Not in `make test`: Wine is large, and what counts in the end is Windows itself (packaging/README.md, "Windows").
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import windows_installer

from tests.packaging.windows_folder import LAYOUT, lay_out
from tests.waiting import wait_until
from wizard.core.version import __version__

pytestmark = [
    pytest.mark.skipif("WIZARD_WINE" not in os.environ, reason="run by `make try-windows`"),
    pytest.mark.serial,
    pytest.mark.timeout(300),
]

UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\MessengerHandoverWizard"
OPEN_WITH = r"HKCU\Software\Classes\.json\OpenWithProgids"
DONE, FAILED, STILL_OPEN, TOO_OLD = 0, 2, 3, 4


@dataclass(frozen=True)
class Computer:
    """A Windows of its own, in a folder. place: holds it, and what is downloaded to it."""

    place: Path

    @property
    def drive(self) -> Path:
        return self.place / "wine" / "drive_c"

    @property
    def home(self) -> Path:
        return next(path for path in (self.drive / "users").iterdir() if path.name != "Public")

    @property
    def installed(self) -> Path:
        return self.home / "AppData" / "Local" / "Programs" / "Messenger Handover Wizard"

    @property
    def start_menu(self) -> Path:
        return self.home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Messenger Handover Wizard.lnk"

    def environment(self) -> dict[str, str]:
        return os.environ | {
            "WINEPREFIX": str(self.place / "wine"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=",
        }

    def run(self, *command: object) -> int:
        return self.ask(*command)[0]

    def ask(self, *command: object) -> tuple[int, str]:
        """Run to the end: its code, and what it said. Through a file: the services that Wine starts beside the first
        program would keep a pipe open."""
        said = self.place / "said"
        with said.open("wb") as file:
            done = subprocess.run(
                ["wine", *map(str, command)],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.DEVNULL,
                timeout=120,
                check=False,
            )
        return done.returncode, said.read_text(encoding="utf-8", errors="replace")

    def uninstall_and_wait(self) -> int:
        """As an upgrade does it: else the uninstaller goes on as a copy of itself, and its code is lost."""
        folder = "C:" + str(self.installed).partition("drive_c")[2].replace("/", "\\")
        script = self.drive / "uninstall.bat"
        script.write_text(f'"{folder}\\uninstall.exe" /S _?={folder}\r\nexit %errorlevel%\r\n', encoding="utf-8")
        return self.run("cmd", "/c", r"C:\uninstall.bat")

    @contextmanager
    def running(self, program: Path) -> Iterator[None]:
        """A program of this computer, while it is open."""
        with subprocess.Popen(
            ["wine", program], env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as started:
            try:
                maps = Path(f"/proc/{started.pid}/maps")
                wait_until(lambda: program.name in maps.read_text(encoding="utf-8"), "the program runs")
                yield
            finally:
                self.end_all()

    def end_all(self) -> None:
        subprocess.run(["wineserver", "-k"], env=self.environment(), check=False, timeout=60)

    def value(self, key: str, name: str) -> str | None:
        """Of the registry: None if it is not there."""
        lines = [line.split(maxsplit=2) for line in self.ask("reg", "query", key, "/v", name)[1].splitlines()]
        return next(("".join(line[2:]).strip() for line in lines if line[:1] == [name]), None)

    def files(self) -> set[str]:
        root = self.installed
        return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Computer]:
    made = Computer(tmp_path_factory.mktemp("computer"))
    assert made.run("wineboot", "-i") == 0
    yield made
    made.end_all()


def installer(place: Path, name: str, extra: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Path:
    folder = lay_out(place / name, extra, without)
    target = place / f"messenger-{name}.exe"
    windows_installer.make(folder, target, place / f"build-{name}")
    return target


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installer(tmp_path_factory.mktemp("first"), "first", extra=("_internal/only/in the first.txt",))


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installer(tmp_path_factory.mktemp("second"), "second", extra=("_internal/new in the second.txt",))


@pytest.fixture
def windows(computer: Computer) -> Computer:
    """A Windows 10 without the program, and with what the program had saved for its owner."""
    computer.run("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
    shutil.rmtree(computer.installed, ignore_errors=True)
    computer.run("reg", "delete", UNINSTALL, "/f")
    saved = computer.home / "AppData" / "Local" / "handover-wizard" / "setups" / "lumen.handover.json"
    saved.parent.mkdir(parents=True, exist_ok=True)
    saved.write_text("{}", encoding="utf-8")
    return computer


def test_a_windows_that_is_too_old_is_left_as_it_was(windows: Computer, first: Path) -> None:
    windows.run("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win7", "/f")
    assert windows.run(first, "/S") == TOO_OLD
    assert not windows.installed.exists()


def test_installed_silently_it_is_there_and_windows_lists_it(windows: Computer, first: Path) -> None:
    assert windows.run(first, "/S") == DONE
    assert windows.files() == {*LAYOUT, "_internal/only/in the first.txt", "uninstall.exe"}
    assert windows.start_menu.is_file()
    assert windows.value(UNINSTALL, "DisplayVersion") == __version__
    assert int(windows.value(UNINSTALL, "EstimatedSize") or "0", 16) > 0
    assert windows.value(OPEN_WITH, "HandoverWizard.SetUp") is not None


def test_an_upgrade_takes_away_what_the_new_version_no_longer_has(windows: Computer, first: Path, second: Path) -> None:
    assert windows.run(first, "/S") == DONE
    assert windows.run(second, "/S") == DONE
    assert windows.files() == {*LAYOUT, "_internal/new in the second.txt", "uninstall.exe"}
    assert not (windows.installed / "_internal" / "only").exists()
    assert windows.start_menu.is_file()
    assert windows.value(UNINSTALL, "DisplayVersion") == __version__


@pytest.mark.parametrize("program", ["handover-wizard.exe", "handover-wizard-console.exe"])
def test_while_the_program_is_open_nothing_is_changed(
    windows: Computer, first: Path, second: Path, program: str
) -> None:
    assert windows.run(first, "/S") == DONE
    before = windows.files()
    with windows.running(windows.installed / program):
        assert windows.run(second, "/S") == STILL_OPEN
        assert windows.uninstall_and_wait() == STILL_OPEN
        assert windows.files() == before
    assert windows.run(second, "/S") == DONE


def test_uninstalled_nothing_stays_but_what_is_its_owners(windows: Computer, first: Path) -> None:
    windows.run("reg", "add", OPEN_WITH, "/v", "Somebody.Else", "/t", "REG_SZ", "/d", "", "/f")
    assert windows.run(first, "/S") == DONE
    own = windows.installed / "_internal" / "notes of the owner.txt"
    own.write_text("mine", encoding="utf-8")
    assert windows.run(windows.installed / "uninstall.exe", "/S") == DONE
    wait_until(
        lambda: not (windows.installed / "uninstall.exe").exists(), "the uninstaller is gone"
    )  # it works on as a copy
    wait_until(lambda: windows.value(UNINSTALL, "DisplayName") is None, "it is not listed any more")
    assert windows.files() == {"_internal/notes of the owner.txt"}
    assert not windows.start_menu.exists()
    assert windows.value(OPEN_WITH, "HandoverWizard.SetUp") is None
    assert windows.value(OPEN_WITH, "Somebody.Else") is not None
    assert (windows.home / "AppData/Local/handover-wizard/setups/lumen.handover.json").read_text() == "{}"


def test_another_folder_can_be_named_and_the_next_version_finds_it(
    windows: Computer, first: Path, second: Path
) -> None:
    assert windows.run(first, "/S", r"/D=C:\Tools\Wizard") == DONE
    there = windows.drive / "Tools" / "Wizard"
    assert (there / "handover-wizard.exe").is_file()
    assert windows.run(second, "/S") == DONE
    assert (there / "_internal" / "new in the second.txt").is_file()
    assert not windows.installed.exists()
    windows.run(there / "uninstall.exe", "/S")
    wait_until(lambda: not there.exists(), "the folder is gone")
