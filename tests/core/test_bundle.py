"""A packed copy knows its own files, and gives other programs the surroundings that the person has."""

import os
import sys
from pathlib import Path

import frozen_folder
import pytest

from wizard.core import bundle

FILES = {"libone.so": "one", "PySide6/Qt/lib/libtwo.so": "two", "wizard/resources/errors.toml": "three"}


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the libraries of a packed copy, which this process now believes to be."""
    inside = tmp_path / "_internal"
    for name, content in FILES.items():
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_text(content)
    frozen_folder.write_list(tmp_path)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(inside), raising=False)
    return inside


def test_a_whole_copy_has_nothing_damaged(packed: Path) -> None:
    assert bundle.damaged() == []
    assert bundle.damaged(thoroughly=True) == []


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(packed: Path, name: str) -> None:
    (packed / name).unlink()
    assert bundle.damaged() == [name]


@pytest.mark.parametrize("name", FILES)
def test_a_cut_file_is_named(packed: Path, name: str) -> None:
    (packed / name).write_text(FILES[name][:-1])
    assert bundle.damaged() == [name]


def test_another_content_of_the_same_length_shows_to_a_thorough_look(packed: Path) -> None:
    (packed / "libone.so").write_text("eno")
    assert bundle.damaged() == []
    assert bundle.damaged(thoroughly=True) == ["libone.so"]


def test_a_library_that_the_person_replaced_is_no_damage_once_its_line_is_gone(packed: Path) -> None:
    """What Help > About tells whoever uses the right that the licence of Qt (LGPL) gives."""
    name = "PySide6/Qt/lib/libtwo.so"
    (packed / name).write_text("another build")
    listed = packed / bundle.LIST
    listed.write_text("".join(line for line in listed.read_text().splitlines(True) if name not in line))
    assert bundle.damaged() == []
    assert bundle.damaged(thoroughly=True) == []


@pytest.mark.parametrize("content", [None, b"", b"nonsense\n", b"\xff 1 2\n", b"x y libone.so\n"])
def test_a_list_that_is_missing_or_spoilt_is_damage(packed: Path, content: bytes | None) -> None:
    listed = packed / bundle.LIST
    if content is None:
        listed.unlink()
    else:
        listed.write_bytes(content)
    assert bundle.damaged() == [bundle.LIST]


def test_a_copy_in_a_python_of_its_own_is_never_damaged_and_changes_no_surroundings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/mine")
    bundle.restore_environment()
    assert os.environ["LD_LIBRARY_PATH"] == "/mine"
    assert bundle.damaged() == []
    assert not bundle.ProgramFile().executable_changed()


@pytest.mark.skipif(sys.platform != "linux", reason="what PyInstaller sets on Linux")
@pytest.mark.parametrize("before", [None, "", "/mine:/yours"])
def test_what_the_person_had_set_is_there_again(
    packed: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", f"{packed}:{before}")
    monkeypatch.setenv("_PYI_ARCHIVE_FILE", "/somewhere")
    monkeypatch.setenv("_PYI_APPLICATION_HOME_DIR", "/somewhere")
    if before is not None:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    bundle.restore_environment()
    assert os.environ.get("LD_LIBRARY_PATH") == before
    assert not [name for name in os.environ if name.startswith(("_PYI", "PYINSTALLER")) or name.endswith("_ORIG")]


def test_a_program_that_was_replaced_meanwhile_notices(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "handover-wizard"
    program.write_text("old")
    monkeypatch.setattr(sys, "executable", str(program))
    running = bundle.ProgramFile()
    assert not running.executable_changed()
    newer = tmp_path / "newer"
    newer.write_text("new")
    newer.replace(program)
    assert running.executable_changed()
    program.unlink()
    assert running.executable_changed()
