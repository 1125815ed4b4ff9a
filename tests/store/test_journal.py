"""The notes of open tests: whole or not there, and still there after a kill."""

import os
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.examples import ENTRY
from tests.store.other_processes import another_process
from wizard.core.pending import Journal
from wizard.store.entry_lock import let_go
from wizard.store.journal import FileJournal


def test_an_open_test_is_read_back_as_it_was_written(folder: Path) -> None:
    journal: Journal = FileJournal(folder)
    journal.write(ENTRY)
    assert list(FileJournal(folder).entries()) == [ENTRY]


def test_a_second_write_of_a_test_replaces_the_first(folder: Path) -> None:
    journal = FileJournal(folder)
    journal.write(ENTRY)
    passed = replace(ENTRY, passed_at=1_790_000_005.0, token_name="x")
    journal.write(passed)
    assert list(journal.entries()) == [passed]


def test_open_tests_come_oldest_first(folder: Path) -> None:
    journal = FileJournal(folder)
    for entry_id, opened_at in (("a", 30.0), ("b", 10.0), ("c", 20.0)):
        journal.write(replace(ENTRY, id=entry_id, opened_at=opened_at))
    assert [entry.id for entry in journal.entries()] == ["b", "c", "a"]


def test_closing_removes_the_entry_and_no_other(folder: Path) -> None:
    journal = FileJournal(folder)
    other = replace(ENTRY, id="other")
    journal.write(ENTRY)
    journal.write(other)
    journal.close(ENTRY.id)
    journal.close(ENTRY.id)
    assert list(journal.entries()) == [other]
    assert len(list(folder.glob("*.json"))) == 1


@pytest.mark.parametrize("name", ["0f3a (1).json", "0f3a-PC von Kim.json", "a%zz.json", "0f3a.sync-conflict-1.json"])
@pytest.mark.parametrize("is_moved", [False, True])
def test_a_copy_of_an_entry_is_the_same_test_and_goes_with_it(folder: Path, name: str, is_moved: bool) -> None:
    FileJournal(folder).write(replace(ENTRY, passed_at=5.0))
    (path,) = folder.glob("*.json")
    copy = folder / name
    copy.write_bytes(path.read_bytes())
    newer = replace(ENTRY, passed_at=9.0)
    FileJournal(folder).write(newer)
    let_go(path.with_suffix(".lock"))
    if is_moved:
        path.rename(copy)
    journal = FileJournal(folder)  # of a later run
    assert list(journal.entries()) == [newer]
    with another_process(folder, "running"):
        assert not journal.entries()
        assert list(journal.running_elsewhere()) == [newer]
    journal.close(ENTRY.id)
    assert not journal.entries()
    assert not list(folder.glob("*.json"))


def test_a_journal_that_was_never_written_is_empty(folder: Path) -> None:
    assert not FileJournal(folder).entries()
    assert not FileJournal(folder).damaged()
    assert not folder.exists()


@pytest.mark.parametrize("torn", [b"", b"{", b'{"version":1,"test":{"id":"x"}}', b"\xff\xfe", b"\x00" * 400])
def test_a_torn_entry_is_kept_named_and_hides_no_other(folder: Path, torn: bytes) -> None:
    journal = FileJournal(folder)
    journal.write(ENTRY)
    damaged = folder / "torn.json"
    damaged.write_bytes(torn)
    assert list(journal.entries()) == [ENTRY]
    assert list(journal.damaged()) == [damaged]
    assert damaged.read_bytes() == torn

    (folder / "torn.lock").touch()  # of the process that died
    aside = journal.quarantine(damaged)
    assert not (folder / "torn.lock").exists()
    assert not journal.damaged()
    assert aside.read_bytes() == torn


def test_every_possible_tear_of_an_entry_is_noticed(folder: Path) -> None:
    FileJournal(folder).write(ENTRY)
    journal = FileJournal(folder)  # of a later run
    (path,) = folder.glob("*.json")
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert not journal.entries()
        assert list(journal.damaged()) == [path]


def test_what_is_worked_on_is_written_again_where_its_file_is_gone_or_damaged(folder: Path) -> None:
    journal = FileJournal(folder)
    journal.write(ENTRY)
    (path,) = folder.glob("*.json")
    path.unlink()
    assert list(journal.entries()) == [ENTRY]
    path.write_bytes(b"{")
    assert list(journal.entries()) == [ENTRY]
    assert list(FileJournal(folder).entries()) == [ENTRY], "a later run finds it, too"
    assert [kept.read_bytes() for kept in folder.glob("*.damaged-*")] == [b"{"]
    journal.close(ENTRY.id)
    assert not journal.entries()
    with journal.running(ENTRY.id):
        journal.write(ENTRY)
    path.unlink()
    assert not journal.entries(), "once it is free, somebody else may have closed it"
    journal.write(ENTRY)
    FileJournal(folder).close(ENTRY.id)
    assert not journal.entries()


def test_an_entry_of_a_newer_version_is_not_taken_for_ours(folder: Path) -> None:
    FileJournal(folder).write(ENTRY)
    journal = FileJournal(folder)  # of an older program, later
    (path,) = folder.glob("*.json")
    path.write_bytes(path.read_bytes().replace(b'"version":1', b'"version":2'))
    assert not journal.entries()
    assert list(journal.newer()) == [path]
    assert not journal.damaged()


def test_an_entry_of_a_newer_version_need_not_look_like_ours(folder: Path) -> None:
    folder.mkdir(parents=True)
    path = folder / "later.json"
    path.write_bytes(b'{"version": 2, "tests": []}')
    assert list(FileJournal(folder).newer()) == [path]
    assert not FileJournal(folder).damaged()


def test_an_id_never_leaves_the_folder(folder: Path, tmp_path: Path) -> None:
    journal = FileJournal(folder)
    sly = replace(ENTRY, id="../../answers")
    journal.write(sly)
    assert sorted(path.suffix for path in tmp_path.rglob("*.*")) == [".json", ".lock"]
    assert all(path.parent == folder for path in tmp_path.rglob("*.*"))
    assert list(journal.entries()) == [sly]
    journal.close(sly.id)
    assert not journal.entries()


def test_folder_and_entry_are_for_this_user_alone(folder: Path) -> None:
    FileJournal(folder).write(ENTRY)
    (path,) = folder.glob("*.json")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_entry_is_safe_on_disk_before_write_returns(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is synced before it gets its name, and the folder after."""
    done: list[str] = []
    fsync, rename = os.fsync, Path.replace

    def noted_sync(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        fsync(descriptor)
        done.append(kind)

    def noted_rename(self: Path, target: Path) -> Path:
        done.append("name")
        return rename(self, target)

    folder.mkdir(parents=True)
    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_rename)
    FileJournal(folder).write(ENTRY)
    assert done == ["file", "name", "folder"]
    FileJournal(folder).close(ENTRY.id)
    assert done == ["file", "name", "folder", "folder"]


KILLED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from tests.store.examples import ENTRY
from tests.store.other_processes import another_process
from wizard.store.journal import FileJournal
FileJournal(Path(sys.argv[1])).write(ENTRY)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_an_entry_outlives_a_killed_program(folder: Path) -> None:
    died = subprocess.run([sys.executable, "-c", KILLED, str(folder)], timeout=60)
    assert died.returncode == -signal.SIGKILL
    assert list(FileJournal(folder).entries()) == [ENTRY]
