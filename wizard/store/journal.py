"""The journal of open tests: what must survive a crash so that a conversation can be brought back."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import msgspec

from wizard.core.pending import AlreadyInTest, PendingTest
from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.store.atomic import make_private_folder, quarantine, read_file, remove, write_private
from wizard.store.entry_lock import HeldElsewhere, hold, is_held_elsewhere, is_held_here, let_go
from wizard.store.log import log_event

VERSION = 1
_ENDING = ".json"
_LOCK = ".lock"
_LARGEST = 100_000  # bytes; an entry has a hundredth of it


class _JournalHeader(msgspec.Struct, frozen=True):
    version: int


class _JournalEntry(msgspec.Struct, frozen=True):
    version: int
    test: PendingTest


@dataclass(frozen=True, slots=True)
class _Kept:
    """One file of the journal. test: None where it cannot be read."""

    path: Path
    test: PendingTest | None = None
    is_newer: bool = False


class FileJournal:
    """One file for each open test; its name is the test's id. Implements `wizard.core.pending.Journal`.

    Whoever writes an entry holds a lock on it until it is closed or the process ends, so that a test which still runs
    in one window is not taken for one that was left open by another.

    A file that cannot be read is never removed: `entries` leaves it out, `damaged` or `newer` names it. What this
    process works on is known whatever happens to its file: where somebody removed or damaged it, it is written again.
    A copy under another name, as programs that sync folders make it, is the same test, and goes with it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own: dict[Path, PendingTest] = {}  # by file, as long as this process holds the lock
        self._tested: Counter[Path] = Counter()  # tests of this process by their lock: a stopped one may end late
        self._guard = threading.Lock()

    def write(self, entry: PendingTest) -> None:
        """Add the entry or replace the one of the same id; return when a power cut cannot undo it. Raises OSError,
        HeldElsewhere where another process works on it."""
        make_private_folder(self._folder)
        path = self._file(entry.id)
        hold(_lock_of(path))
        try:
            _save(path, entry)
        except BaseException:
            if not path.is_file() and path not in self._own:
                let_go(_lock_of(path))
            raise
        self._own[path] = entry
        log_event(event="test_open", step=entry.part)

    def close(self, entry_id: str) -> None:
        """Remove the entry: the conversation is back. One that is not there is fine. Raises OSError."""
        path = self._file(entry_id)
        copies = [kept.path for kept in self._read() if kept.test is not None and kept.test.id == entry_id]
        known = self._own.pop(path, None)  # first: else whoever looks now writes it again
        try:
            for each in {path, *copies}:
                remove(each)
        except OSError:
            if known is not None:
                self._own[path] = known
            raise
        let_go(_lock_of(path))
        log_event(event="test_closed")

    @contextmanager
    def running(self, entry_id: str) -> Iterator[None]:
        """Hold the entry while something is done about it, and free it afterwards. Raises HeldElsewhere, OSError."""
        make_private_folder(self._folder)
        path = self._file(entry_id)
        hold(_lock_of(path))
        try:
            yield
        finally:
            self._own.pop(path, None)
            let_go(_lock_of(path))

    @contextmanager
    def testing(self, graph: str, page_id: str, psid: str) -> Iterator[None]:
        """Keep every other process of this user from testing this conversation; to be entered before the first owner
        reading, which would else show what the other test did. The lock comes before the look for entries, so two
        that begin at once cannot both see none. Raises AlreadyInTest, OSError."""
        make_private_folder(self._folder)
        import hashlib  # with it comes OpenSSL, which the first page does without

        conversation = hashlib.sha256("\n".join((graph, page_id, psid)).encode()).hexdigest()
        lock = self._folder / f"conversation-{conversation}{_LOCK}"
        with self._guard:
            try:
                hold(lock)
            except HeldElsewhere as error:
                raise AlreadyInTest(is_running=True) from error
            self._tested[lock] += 1
        try:
            for path, test in self._tests():
                if (test.graph, test.page_id, test.psid) == (graph, page_id, psid):
                    raise AlreadyInTest(is_running=is_held_elsewhere(_lock_of(path)))
            yield
        finally:
            with self._guard:
                self._tested[lock] -= 1
                if not self._tested[lock]:
                    let_go(lock)

    def entries(self) -> Sequence[PendingTest]:
        """Open tests, oldest first, without those that another process works on."""
        return [test for path, test in self._tests() if not is_held_elsewhere(_lock_of(path))]

    def running_elsewhere(self) -> Sequence[PendingTest]:
        """Tests that another window or terminal works on now, oldest first."""
        return [test for path, test in self._tests() if is_held_elsewhere(_lock_of(path))]

    def damaged(self) -> Sequence[Path]:
        """Files of open tests that cannot be read."""
        return [kept.path for kept in self._read() if kept.test is None and not kept.is_newer]

    def newer(self) -> Sequence[Path]:
        """Files of open tests that a newer version of this program wrote: for that version to bring back."""
        return [kept.path for kept in self._read() if kept.is_newer]

    def quarantine(self, path: Path) -> Path:
        """Take a damaged file out of the journal once the person knows of it; return where it is kept."""
        aside = quarantine(path)
        let_go(_lock_of(path))
        return aside

    def _tests(self) -> list[tuple[Path, PendingTest]]:
        """Each test with the file that it should have, whatever name it was found under."""
        read = [(self._file(kept.test.id), kept) for kept in self._read() if kept.test is not None]
        read.sort(key=lambda item: item[0] == item[1].path)  # its own file goes before a copy
        found = {path: kept.test for path, kept in read if kept.test is not None}
        own = {path: test for path, test in list(self._own.items()) if is_held_here(_lock_of(path))}
        for path in own.keys() - found.keys():
            with suppress(OSError):  # it counts all the same
                make_private_folder(self._folder)
                if path.exists():
                    quarantine(path)
                _save(path, own[path])
        return sorted((found | own).items(), key=lambda item: item[1].opened_at)

    def _read(self) -> Iterator[_Kept]:
        for path in sorted(self._folder.glob(f"*{_ENDING}")):
            try:
                content = read_file(path, _LARGEST)
                if msgspec.json.decode(content, type=_JournalHeader).version > VERSION:
                    yield _Kept(path, is_newer=True)
                else:
                    yield _Kept(path, msgspec.json.decode(content, type=_JournalEntry).test)
            except SavedFileError as error:
                if error.problem is not SavedFileProblem.MISSING:  # else closed meanwhile by another window
                    yield _Kept(path)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                yield _Kept(path)

    def _file(self, entry_id: str) -> Path:
        return self._folder / f"{quote(entry_id, safe='')}{_ENDING}"


def _save(path: Path, entry: PendingTest) -> None:
    write_private(path, msgspec.json.encode(_JournalEntry(VERSION, entry)))


def _lock_of(path: Path) -> Path:
    return path.with_suffix(_LOCK)
