"""A test that runs is in the hands of one process: no other writes, closes or begins it again meanwhile."""

import errno
import fcntl
import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.examples import ENTRY
from tests.store.other_processes import another_process, answer, other_tester, tell
from wizard.core.pending import AlreadyInTest
from wizard.store.entry_lock import HeldElsewhere, let_go
from wizard.store.journal import FileJournal


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


CONVERSATION = (ENTRY.graph, ENTRY.page_id, ENTRY.psid)


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
