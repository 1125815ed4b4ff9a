"""What a person does with an installed package, with the real program, a real display and a real browser."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.e2e import route
from tests.e2e.browser import Browser
from tests.e2e.conftest import OpenProgram
from tests.e2e.screen import open_window
from tests.packages.package import Package, Tar
from tests.simulator.world import PracticeWorld
from wizard.core.version import __version__

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
_PROOFS = {"bundle", "qt", "keyring", "certificates", "resources", "words", "simulator", "practice"}


def said(program: Path, *words: str, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run([program, *words], env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_tells_its_version_and_proves_that_it_works_here(package: Package, environment: dict[str, str]) -> None:
    assert __version__ in said(package.program, "--version")
    proofs = json.loads(said(package.program, "self-test", "--json", environment=environment))
    assert {proof["name"] for proof in proofs} == _PROOFS
    assert not [proof for proof in proofs if proof["failure"]]


def test_a_new_page_is_set_up_and_tested_through_the_persons_own_browser(
    package: Package,
    open_program: OpenProgram,
    environment: dict[str, str],
    browser: Browser,
    new_page: PracticeWorld,
) -> None:
    environment["LD_LIBRARY_PATH"] = "/opt/my/own"
    with open_program() as screen:
        route.set_up(screen, browser, new_page)
        route.send_code_by_phone(screen, browser, new_page)
        route.run_test(screen, browser)
        handover = route.finish(screen)
        screen.close_window()
        assert screen.wait_until_closed() == 0
    assert "Flow bot" in handover
    assert new_page.owner_of() == new_page.app("primary")
    given = browser.surroundings()
    assert given["LD_LIBRARY_PATH"] == "/opt/my/own"
    assert [name for name in given if name.startswith(("_PYI", "PYINSTALLER", "QT_PLUGIN", "QML"))] == []
    assert [name for name in given if name.endswith("_ORIG")] == []
    assert "_internal" not in " ".join(given.values())


def test_practice_starts_its_world_from_the_package_itself(
    package: Package, environment: dict[str, str], tmp_path: Path
) -> None:
    with open_window([str(package.program), "--practice"], environment, tmp_path / "log") as screen:
        screen.wait_for_title("Connect your bot and your live chat", 30)
        screen.close_window()
        assert screen.wait_until_closed() == 0


def test_an_update_keeps_what_was_saved(
    package: Package, environment: dict[str, str], new_page: PracticeWorld, tmp_path: Path
) -> None:
    package.install(older=True)
    world = new_page.scenario("happy-routing")
    environment["T"] = world.token()
    at = ("--practice-at", world.control_url)
    apps = ("--bot", world.app("primary"), "--live-chat", world.app("secondary"))
    said(
        package.program, "setup", *at, "--token-env", "T", *apps, "--confirm-roles", "--confirm-saved",
        environment=environment,
    )  # fmt: skip
    saved = list(Path(environment["XDG_CONFIG_HOME"]).rglob("*.handover.json"))
    assert len(saved) == 1
    before = saved[0].read_bytes()
    package.install()
    assert saved[0].read_bytes() == before
    told = said(package.program, "check", str(saved[0]), *at, "--token-env", "T", environment=environment)
    assert "Lumen Coffee" in told
    command = [str(package.program), str(saved[0]), *at]
    with open_window(command, environment, tmp_path / "log") as screen:  # as the desktop starts it for this file
        screen.wait_for_title("Find out what is wrong", 30)
        screen.wait_for_words("Lumen Coffee")
        screen.close_window()
        assert screen.wait_until_closed() == 0


def test_the_desktop_knows_program_icon_and_file_type(package: Package) -> None:
    share = _share_of(package)
    assert "application/x-handover-setup+json:*.handover.json" in (share / "mime/globs2").read_text()
    assert "application/x-handover-log-in+toml:*.handoverlogin" in (share / "mime/globs2").read_text()
    cache = (share / "applications/mimeinfo.cache").read_text()
    assert "application/x-handover-setup+json=handover-wizard.desktop" in cache
    assert "application/x-handover-log-in+toml=handover-wizard.desktop" in cache
    entry = share / "applications" / "handover-wizard.desktop"
    subprocess.run(["desktop-file-validate", entry], check=True)
    for name in ("apps/handover-wizard", "mimetypes/application-x-handover-setup"):
        assert (share / f"icons/hicolor/scalable/{name}.svg").is_file()
        assert (share / f"icons/hicolor/48x48/{name}.png").read_bytes().startswith(b"\x89PNG")


def test_the_menu_entry_starts_the_program(package: Package) -> None:
    """GLib reads the command of the entry as a desktop does."""
    reader = (
        "import sys, gi; gi.require_version('Gio', '2.0'); from gi.repository import Gio, GLib\n"
        "line = Gio.DesktopAppInfo.new_from_filename(sys.argv[1]).get_commandline()\n"
        "done, words = GLib.shell_parse_argv(line.replace('%F', '').replace('%%', '%'))\n"
        "print('\\n'.join(words))"
    )
    entry = str(_share_of(package) / "applications/handover-wizard.desktop")
    told = subprocess.run(["/usr/bin/python3", "-c", reader, entry], capture_output=True, text=True, check=True).stdout
    (command,) = told.splitlines()
    assert Path(os.path.realpath(_on_path(command))) == package.program.resolve()
    assert __version__ in said(Path(_on_path(command)), "--version")


def test_removed_it_leaves_nothing_but_the_persons_data(package: Package, environment: dict[str, str]) -> None:
    package.remove()
    before = package.places()
    package.install()
    assert package.places() != before
    kept = Path(environment["XDG_CONFIG_HOME"]) / "handover-wizard" / "answers.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}")
    said(package.program, "targets", environment=environment)
    package.remove()
    assert package.places() == before
    assert not package.program.exists()
    assert kept.exists()
    package.install()


def _on_path(command: str) -> str:
    return command if "/" in command else f"/usr/bin/{command}"


def _share_of(package: Package) -> Path:
    return package.home / ".local/share" if isinstance(package, Tar) else Path("/usr/share")
