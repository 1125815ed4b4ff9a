"""Writing to a file of the person's, so that one wizard at a time does it and nothing stays behind if it dies.

Before a file is written, a note in the state folder names it. Whoever finds a note that nobody holds removes the
temporary file that was left beside the file; the file itself is whole, old or new, for it is replaced in one step.
"""

import contextlib
import errno
import json
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.store.atomic import make_private_folder, read_file, remove, temporaries_of, write_private
from wizard.store.entry_lock import HeldElsewhere, hold, let_go

_NOTE = ".writing"
_LEFT = re.compile(r"\.?([0-9a-f]{12})(\.writing|\.lock|[-.].*\.tmp)")
_LARGEST = 100_000  # bytes; a note holds one path
_guard = threading.Lock()
_at_work: set[Path] = set()  # locks that this process holds: to itself they would be open


class Unfinished:
    """The notes and locks of all files. folder: e.g. `Places().backups`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextlib.contextmanager
    def writing(self, file: Path) -> Iterator[None]:
        """Hold the file for this wizard alone, and leave no trace. Raises HeldElsewhere, OSError."""
        name = _name_of(file)
        note = self._folder / f"{name}{_NOTE}"
        make_private_folder(self._folder)
        with self._alone(name):
            _clear(note)  # of a wizard that died at this very file
            write_private(note, json.dumps(str(file)).encode())
            try:
                yield
            finally:
                with contextlib.suppress(OSError):  # what cannot be tidied now is tidied at the next start
                    _clear(note)

    def clear(self) -> None:
        """Remove what wizards that died left behind; those that still write keep theirs. Raises nothing."""
        names = set()
        with contextlib.suppress(OSError):
            names = {found.group(1) for path in self._folder.iterdir() if (found := _LEFT.fullmatch(path.name))}
        for name in names:
            with contextlib.suppress(OSError), self._alone(name):
                _clear(self._folder / f"{name}{_NOTE}")
                for temporary in self._folder.glob(f".{name}*.tmp"):
                    remove(temporary)

    @contextlib.contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        """Hold a lock against other wizards and against other work in this one. Raises HeldElsewhere, OSError."""
        lock = (self._folder / f"{name}.lock").absolute()
        with _guard:
            if lock in _at_work:
                raise HeldElsewhere(errno.EBUSY, os.strerror(errno.EBUSY), str(lock))
            _at_work.add(lock)
        try:
            hold(lock)
            try:
                yield
            finally:
                with contextlib.suppress(OSError):
                    let_go(lock)
        finally:
            with _guard:
                _at_work.discard(lock)


def _name_of(file: Path) -> str:
    import hashlib  # with it comes OpenSSL, which the first page does without

    return hashlib.sha256(str(file).encode("utf-8", "surrogateescape")).hexdigest()[:12]


def _clear(note: Path) -> None:
    """Remove the temporary files of the one that wrote the note, then the note. Raises OSError."""
    try:
        file = Path(json.loads(read_file(note, _LARGEST)))
    except SavedFileError as error:
        if error.problem is not SavedFileProblem.MISSING:
            remove(note)
        return
    except (ValueError, TypeError, RecursionError):  # a note that is not whole: nothing was written yet
        remove(note)
        return
    if note.stem != _name_of(file):  # it is of no write of ours
        remove(note)
        return
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for path in temporaries_of(file):
            remove(path)
    remove(note)
