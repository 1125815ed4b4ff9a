import errno
import fcntl
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from wizard.core.facts import App, Control, Origin
from wizard.core.pending import AlreadyInTest, Journal, PendingTest, TrialPart
from wizard.store.entry_lock import HeldElsewhere, let_go
from wizard.store.journal import FileJournal

ENTRY = PendingTest(
    id="0f3a",
    graph="https://graph.facebook.com",
    page_id="1000000001",
    page_name="Bäckerei",
    psid="2000000002",
    token_app_id="3000000003",
    bot=App("3000000003", "Bot", Origin.TOKEN, frozenset({"messages", "standby"})),
    live_chat=App("263902037430900", "Page Inbox", Origin.BUILT_IN),
    part=TrialPart.FACEBOOK_ALLOWS,
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
from tests.store.test_journal import ENTRY
from wizard.store.journal import FileJournal
FileJournal(Path(sys.argv[1])).write(ENTRY)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_an_entry_outlives_a_killed_program(folder: Path) -> None:
    died = subprocess.run([sys.executable, "-c", KILLED, str(folder)], timeout=60)
    assert died.returncode == -signal.SIGKILL
    assert list(FileJournal(folder).entries()) == [ENTRY]


# A test that runs


RUNS = """
import sys
from dataclasses import replace
from pathlib import Path
from tests.store.test_journal import ENTRY
from wizard.store.journal import FileJournal
journal = FileJournal(Path(sys.argv[1]))
if sys.argv[2] == "write":
    journal.write(ENTRY)
else:
    working = journal.running(ENTRY.id)
    working.__enter__()
print("holds", flush=True)
for line in sys.stdin:
    journal.close(ENTRY.id)
    print("closed", flush=True)
"""


@contextmanager
def another_process(folder: Path, how: str = "write") -> "Iterator[subprocess.Popen[str]]":
    """A process that works on ENTRY, and closes it as soon as it reads a line."""
    command = [sys.executable, "-c", RUNS, str(folder), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holds\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_test_that_runs_in_another_process_is_not_open_for_this_one(folder: Path) -> None:
    journal = FileJournal(folder)
    journal.write(replace(ENTRY, id="mine"))
    with another_process(folder):
        assert [entry.id for entry in journal.entries()] == ["mine"]
        assert list(journal.running_elsewhere()) == [ENTRY]


def test_what_a_killed_process_held_is_open_for_everybody(folder: Path) -> None:
    with another_process(folder) as process:
        process.kill()
        process.wait(10)
        assert list(FileJournal(folder).entries()) == [ENTRY]
        assert not FileJournal(folder).running_elsewhere()
    FileJournal(folder).write(ENTRY)
    FileJournal(folder).close(ENTRY.id)
    assert not list(folder.iterdir())


def test_what_another_process_works_on_is_not_written_by_this_one(folder: Path) -> None:
    journal = FileJournal(folder)
    with another_process(folder):
        with pytest.raises(HeldElsewhere):
            journal.write(replace(ENTRY, passed_at=5.0))
        assert list(journal.running_elsewhere()) == [ENTRY]


def test_an_entry_that_is_being_brought_back_is_taken_by_nobody_else(folder: Path) -> None:
    journal = FileJournal(folder)
    journal.write(ENTRY)
    let_go(folder / f"{ENTRY.id}.lock")  # as the end of the process that wrote it
    with another_process(folder, "bring back"), pytest.raises(HeldElsewhere), journal.running(ENTRY.id):
        pytest.fail("two worked on it")
    with journal.running(ENTRY.id):
        assert list(journal.entries()) == [ENTRY]
    with another_process(folder, "bring back again"):
        assert list(journal.running_elsewhere()) == [ENTRY]


TESTS = """
import sys
from pathlib import Path
from wizard.core.pending import AlreadyInTest
from wizard.store.journal import FileJournal
for line in sys.stdin:
    try:
        with FileJournal(Path(sys.argv[1])).testing(*sys.argv[2:]):
            print("tests", flush=True)
            sys.stdin.readline()
    except AlreadyInTest as error:
        print(error, flush=True)
"""
CONVERSATION = (ENTRY.graph, ENTRY.page_id, ENTRY.psid)


@contextmanager
def other_tester(folder: Path, *conversation: str) -> "Iterator[subprocess.Popen[str]]":
    """A process that tests a conversation at one line, and ends its test at the next."""
    command = [sys.executable, "-c", TESTS, str(folder), *conversation]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def tell(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("go on\n")
    process.stdin.flush()


def answer(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_of_two_tests_of_one_conversation_that_begin_at_once_one_is_refused(folder: Path) -> None:
    with other_tester(folder, *CONVERSATION) as one, other_tester(folder, *CONVERSATION) as two:
        tell(one)
        tell(two)
        assert sorted((answer(one), answer(two))) == ["runs elsewhere", "tests"]


def test_other_conversations_are_tested_meanwhile_and_this_one_once_a_killed_test_is_gone(folder: Path) -> None:
    journal = FileJournal(folder)
    with other_tester(folder, *CONVERSATION) as other:
        tell(other)
        assert answer(other) == "tests"
        with pytest.raises(AlreadyInTest), journal.testing(*CONVERSATION):
            pytest.fail("two tested it")
        with journal.testing(ENTRY.graph, ENTRY.page_id, "another person"):
            pass
        other.kill()
        other.wait()
        with journal.testing(*CONVERSATION):
            pass
    assert not list(folder.iterdir())


def test_no_test_begins_while_an_earlier_one_of_the_conversation_is_open(folder: Path) -> None:
    journal = FileJournal(folder)
    journal.write(ENTRY)
    with pytest.raises(AlreadyInTest, match="left open"), journal.testing(*CONVERSATION):
        pytest.fail("it began")
    journal.close(ENTRY.id)
    with another_process(folder), pytest.raises(AlreadyInTest, match="runs elsewhere"):
        journal.testing(*CONVERSATION).__enter__()


def test_a_stopped_test_that_ends_late_does_not_free_the_next_one(folder: Path) -> None:
    journal = FileJournal(folder)
    stopped, following = journal.testing(*CONVERSATION), journal.testing(*CONVERSATION)
    stopped.__enter__()
    with following, other_tester(folder, *CONVERSATION) as other:
        stopped.__exit__(None, None, None)
        tell(other)
        assert answer(other) == "runs elsewhere"


def test_closing_leaves_no_lock_behind_while_another_looks(folder: Path) -> None:
    with another_process(folder) as process:
        assert FileJournal(folder).running_elsewhere()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("close\n")
        process.stdin.flush()
        assert process.stdout.readline() == "closed\n"
        assert not list(folder.iterdir())


def test_a_disk_without_locks_keeps_entries_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(descriptor: int, how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", no_locks)
    journal = FileJournal(folder)
    journal.write(ENTRY)
    assert list(journal.entries()) == [ENTRY]
    assert not journal.running_elsewhere()
    journal.close(ENTRY.id)
    assert not list(folder.iterdir())


def test_an_entry_that_could_not_be_written_is_held_by_nobody(folder: Path) -> None:
    journal = FileJournal(folder)
    folder.mkdir(parents=True)
    (folder / f"{ENTRY.id}.json").mkdir()
    with pytest.raises(OSError, match="directory"):
        journal.write(ENTRY)
    (folder / f"{ENTRY.id}.json").rmdir()
    with another_process(folder):
        assert list(journal.running_elsewhere()) == [ENTRY]
