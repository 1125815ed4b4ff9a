import os
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from wizard.core.facts import App, Control, Origin
from wizard.core.open_test import Journal, OpenTest, Part
from wizard.store.journal import FileJournal

ENTRY = OpenTest(
    id="0f3a",
    graph="https://graph.facebook.com",
    page_id="1000000001",
    page_name="Bäckerei",
    psid="2000000002",
    token_app_id="3000000003",
    bot=App("3000000003", "Bot", Origin.TOKEN, frozenset({"messages", "standby"})),
    live_chat=App("263902037430900", "Page Inbox", Origin.BUILT_IN),
    part=Part.FACEBOOK_ALLOWS,
    start=Control.APP,
    start_app_id="3000000003",
    opened_at=1_790_000_000.25,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "open-tests"


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
    assert len(list(folder.iterdir())) == 1


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

    aside = journal.put_aside(damaged)
    assert not journal.damaged()
    assert aside.read_bytes() == torn


def test_every_possible_tear_of_an_entry_is_noticed(folder: Path) -> None:
    journal = FileJournal(folder)
    journal.write(ENTRY)
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert not journal.entries()
        assert list(journal.damaged()) == [path]


def test_an_entry_of_a_newer_version_is_not_taken_for_ours(folder: Path) -> None:
    journal = FileJournal(folder)
    journal.write(ENTRY)
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes().replace(b'"version":1', b'"version":2'))
    assert not journal.entries()
    assert list(journal.damaged()) == [path]


def test_an_id_never_leaves_the_folder(folder: Path) -> None:
    journal = FileJournal(folder)
    sly = replace(ENTRY, id="../../answers")
    journal.write(sly)
    assert len(list(folder.iterdir())) == 1
    assert list(journal.entries()) == [sly]
    journal.close(sly.id)
    assert not journal.entries()


def test_folder_and_entry_are_for_this_user_alone(folder: Path) -> None:
    FileJournal(folder).write(ENTRY)
    (path,) = folder.iterdir()
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
from tests.store.test_journal import ENTRY
from wizard.store.journal import FileJournal
FileJournal(Path(sys.argv[1])).write(ENTRY)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_an_entry_outlives_a_killed_program(folder: Path) -> None:
    died = subprocess.run([sys.executable, "-c", KILLED, str(folder)], timeout=60)
    assert died.returncode == -signal.SIGKILL
    assert list(FileJournal(folder).entries()) == [ENTRY]
