"""Missing system packages are installed where that is allowed; else the user gets one line to run."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "system-packages.sh"
REAL_TOOLS = ("sh", "grep", "env", "uname")


@dataclass
class Machine:
    """A PATH on which the system's package tools are stand-ins that write down how they were called."""

    folder: Path

    def has(self, name: str, script: str) -> None:
        path = self.folder / name
        path.unlink(missing_ok=True)  # it may be a link to the real tool, which would be written over
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.folder}/calls"\n{script}\n')
        path.chmod(0o755)

    def calls(self, name: str) -> list[str]:
        path = self.folder / "calls"
        lines = path.read_text().splitlines() if path.exists() else []
        return [line for line in lines if line.startswith(name + " ")]

    def run(self, kind: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [SCRIPT, kind],
            env={"PATH": str(self.folder), "PYTHON": sys.executable, "WIZARD_BROWSER_FOLDER": str(self.folder)},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A Debian where nothing is installed yet, used by somebody who may not install."""
    for name in REAL_TOOLS:
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    made = Machine(tmp_path)
    made.has("dpkg-query", "exit 1")
    made.has("apt-get", "exit 0")
    made.has("id", "echo 1000")
    made.has("sudo", "exit 1")
    return made


def test_without_rights_one_line_to_run_is_printed_and_nothing_installed(machine: Machine) -> None:
    done = machine.run("practice")
    lines = [line.strip() for line in done.stderr.splitlines() if "apt-get" in line]
    assert done.returncode == 1
    assert len(lines) == 1
    assert lines[0].startswith("sudo apt-get install")
    assert "libegl1" in lines[0]
    assert not machine.calls("apt-get")


def test_root_installs_what_is_missing(machine: Machine) -> None:
    machine.has("id", "echo 0")
    assert machine.run("test").returncode == 0
    update, install = machine.calls("apt-get")
    assert "update" in update
    assert {"libegl1", "xvfb", "chromium-driver", "gnome-keyring"} <= set(install.split())


def test_a_browser_that_is_there_already_is_enough(machine: Machine) -> None:
    """Ubuntu has no package of that name; machines of GitHub have a browser all the same."""
    machine.has("id", "echo 0")
    for name in ("chromium", "chromedriver"):
        machine.has(name, "exit 0")
    machine.run("test")
    wanted = set(machine.calls("apt-get")[-1].split())
    assert not {"chromium", "chromium-driver"} & wanted
    assert "xvfb" in wanted


def test_wine_comes_only_where_it_is_asked_for(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.run("test")
    assert "wine" not in machine.calls("apt-get")[-1].split()
    assert {"nsis", "p7zip-full", "shellcheck"} <= set(machine.calls("apt-get")[-1].split())
    machine.run("wine")
    assert {"wine", "wine64", "nsis"} <= set(machine.calls("apt-get")[-1].split())


def test_sudo_without_password_is_used(machine: Machine) -> None:
    machine.has("sudo", 'test "$1" = -n && shift; exec "$@"')
    machine.has("true", "exit 0")
    assert machine.run("practice").returncode == 0
    assert len(machine.calls("apt-get")) == 2


def test_practice_does_not_ask_for_the_tools_of_the_tests(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.run("practice")
    assert not {"xvfb", "chromium", "gnome-keyring"} & set(machine.calls("apt-get")[-1].split())


def test_nothing_runs_when_all_is_installed(machine: Machine) -> None:
    machine.has("dpkg-query", 'for last; do :; done; echo "installed ${last%t64}, "')
    done = machine.run("test")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not machine.calls("apt-get")


def test_removed_package_whose_settings_stayed_is_installed_again(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("dpkg-query", 'for last; do :; done; echo "config-files ${last%t64}, "')
    machine.run("practice")
    assert "libegl1" in machine.calls("apt-get")[-1].split()


def test_failed_installation_stops_the_command(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get", "exit 100")
    assert machine.run("practice").returncode == 100


def test_linux_without_apt_is_told_what_is_needed_and_goes_on(machine: Machine) -> None:
    (machine.folder / "apt-get").unlink()
    done = machine.run("practice")
    assert done.returncode == 0
    assert "libegl1" in done.stdout


def test_other_systems_can_practise_but_not_run_the_tests(machine: Machine) -> None:
    for name in ("apt-get", "uname"):
        (machine.folder / name).unlink()
    machine.has("uname", "echo Darwin")
    assert machine.run("practice").returncode == 0
    refused = machine.run("test")
    assert refused.returncode == 1
    assert "Linux" in refused.stderr


@pytest.mark.parametrize(
    ("display", "command"),
    [
        ({"DISPLAY": ":7"}, "handover-wizard --practice new-page"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "handover-wizard --practice new-page"),
        ({}, "handover-wizard setup --practice new-page --owner simulated --consent"),
    ],
)
def test_practice_opens_the_window_where_there_is_a_display(display: dict[str, str], command: str) -> None:
    inherited = ("DISPLAY", "WAYLAND_DISPLAY", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    clean = {name: value for name, value in os.environ.items() if name not in inherited}
    done = subprocess.run(
        ["make", "-n", "practice"],
        cwd=SCRIPT.parents[1],
        env=clean | display,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert [line for line in done.stdout.splitlines() if line.endswith(command)]
