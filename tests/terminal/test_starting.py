"""What the program says where no window can come; and which words on the command line open one on a file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.program import Program
from wizard.commands.frame import _with_files, commands
from wizard.words import starting

COMMANDS = set(commands.commands)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "home")


def test_without_a_display_it_names_what_works_without(program: Program) -> None:
    ended = program.run()
    assert (ended.code, ended.complained.count("\n")) == (2, 1)
    assert "There is no display here. Use “handover-wizard setup” instead." in ended.complained


def test_without_a_display_a_file_can_be_checked_on_the_terminal(program: Program) -> None:
    ended = program.run("/home/me/Lumen.handover.json")
    assert ended.code == 2
    assert "Use “handover-wizard check /home/me/Lumen.handover.json” instead." in ended.complained


@pytest.mark.skipif(sys.platform != "linux", reason="displays that can be named wrongly")
@pytest.mark.parametrize("display", [{"DISPLAY": ":4711"}, {"WAYLAND_DISPLAY": "nobody"}, {"QT_QPA_PLATFORM": "none"}])
def test_a_display_that_nobody_serves_is_a_sentence_and_no_crash(program: Program, display: dict[str, str]) -> None:
    ended = program.run(PATH="/nonexistent", **display)  # type: ignore[arg-type] # variables, no time limit
    assert ended.code == 2
    assert "The window cannot be shown" in ended.complained
    assert "handover-wizard setup" in ended.complained


NO_QT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name == "PySide6.QtWidgets":
            raise ImportError({reason!r})
sys.meta_path.insert(0, Missing())
sys.argv = ["handover-wizard"]
from wizard.cli import main
main()
"""


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("libEGL.so.1: cannot open shared object file: No such file or directory", "lacks the library libEGL.so.1"),
        (
            "/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.36' not found (required by libQt6Core.so.6)",
            "This system is too old for this program.",
        ),
        ("DLL load failed while importing QtWidgets", "The window cannot be shown on this display."),
    ],
)
def test_a_library_that_the_system_lacks_is_named(program: Program, reason: str, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_QT.format(reason=reason)],
        env=program.environment(DISPLAY=":4711", PATH="/nonexistent"),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="how a Linux desktop shows it")
def test_where_nobody_reads_standard_error_the_sentence_is_shown(program: Program, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    shown = tools / "zenity"
    shown.write_text(f'#!/bin/sh\nfor last; do :; done; echo "$last" >"{tools}/said"\n')
    shown.chmod(0o755)
    program.run(DISPLAY=":4711", PATH=f"{tools}{os.pathsep}/bin")
    assert "The window cannot be shown" in (tools / "said").read_text()


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (["a.handover.json"], ["--open", "a.handover.json"]),
        (["a.HANDOVER.JSON", "b.facts.json"], ["--open", "a.HANDOVER.JSON", "--open", "b.facts.json"]),
        (
            ["--practice", "happy-routing", "a.handover.json"],
            ["--practice", "happy-routing", "--open", "a.handover.json"],
        ),
        (["--open", "a.handover.json"], ["--open", "a.handover.json"]),
        (["check", "a.handover.json"], ["check", "a.handover.json"]),
        (
            ["--practice", "new-page", "check", "a.handover.json"],
            ["--practice", "new-page", "check", "a.handover.json"],
        ),
        (["a.txt"], ["a.txt"]),
    ],
)
def test_a_saved_file_where_a_command_would_stand_is_opened(given: list[str], read: list[str]) -> None:
    assert _with_files(given, COMMANDS) == read


def test_a_long_list_of_damaged_files_is_told_by_its_beginning() -> None:
    said = starting.damaged([f"lib{number}.so" for number in range(300)])
    assert "300 files are missing or not whole (lib0.so, lib1.so, lib2.so, …)." in said
    assert "Download it again" in said
    assert "1 file is missing or not whole (lib.so)." in starting.damaged(["lib.so"])


@pytest.mark.parametrize(
    "arguments", ["check", "explain (#10)", "targets list", "catalogues list", "recover", "nonsense"]
)
def test_a_command_that_imports_what_it_needs_does_as_one_that_finds_all_imported(
    program: Program, arguments: str
) -> None:
    """Most tests start it with everything imported: here nothing is."""
    assert program.run_anew(*arguments.split()) == program.run(*arguments.split())
