"""File targets: one value in a configuration file, for every format that can say where the value stands."""

import codecs
import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from wizard.core.target import SentUnconfirmed, TargetError, TargetProblem, TargetTrouble
from wizard.store.atomic import remove, write_atomically
from wizard.store.backups import BackupFolder
from wizard.store.entry_lock import HeldElsewhere
from wizard.targets.base import Applied, Change, Plan, checked_app_id
from wizard.targets.file_kind import FileKind, by_name, by_text
from wizard.targets.new_names import right_name, right_way
from wizard.targets.old_value import is_text
from wizard.targets.readers import Way
from wizard.targets.splice import FileFormat, Place, changed_lines, line_of, splice, value_of
from wizard.targets.unfinished import Unfinished

# To a reader of YAML each is one long text.
_ONE_TEXT = (FileKind.DOTENV, TargetProblem.PROGRAM, TargetProblem.XML_FILE)
_MOST_NAMES = 6  # to be shown


class FileTarget:
    """One key in one file. path: as the person chose it, "~" allowed; a symlink is followed, never replaced. state: a
    folder for backups, locks and notes, e.g. `Places().backups`. code: a line for the bot's developer, "" for none."""

    def __init__(self, form: FileFormat, path: str, key: str, state: Path, code: str = "") -> None:
        self._form = form
        self._path = path
        self._key = key
        self._backups = BackupFolder(state)
        self._unfinished = Unfinished(state)
        self._code = code

    def plan(self, app_id: str) -> Plan:
        file = self._file()
        self._check_writable(file)
        self._check_kind(by_name(file))
        before = self._read(file)
        text, mark = self._text(before)
        try:
            new, place = splice(text, self._key, checked_app_id(app_id), self._form, self._check_name)
        except TargetError as error:
            self._check_text(file, text, error.problem)
            self._refuse_with_path(error)
        if before is not None and new == text:
            return Plan(app_id, where=str(file), file=file, before=before, after=before, code=self._code)
        where = place.start + len(place.before)
        change = Change(self._key, place.value, app_id, str(file), line_of(new, where))
        return Plan(
            app_id,
            changes=(change,),
            where=str(file),
            diff=changed_lines(text, new, str(file)),
            is_other_text=is_text(place.value or ""),
            beside=_beside(self._form.way(self._key), place),
            file=file,
            creates=before is None,
            before=before,
            after=mark + new.encode(),
            code=self._code,
        )

    def _check_kind(self, found: TargetProblem | FileKind | None) -> None:
        """A program, or settings of another format, is called what it is."""
        if isinstance(found, TargetProblem):
            self._refuse(found)
        is_ini_or_less = (self._form.kind, found) == (FileKind.DOTENV, FileKind.INI)  # without sections it is no INI
        if found is not None and found is not self._form.kind and not is_ini_or_less:
            raise TargetError(
                TargetTrouble(TargetProblem.OTHER_FORMAT, self._path, self._key, names=(found.value, self._form.kind))
            )

    def _check_text(self, file: Path, text: str, problem: TargetProblem) -> None:
        """What its own reader did not take may be of another kind. The ending knows better which settings they are."""
        found = by_text(text)
        is_known = by_name(file) is self._form.kind and isinstance(found, FileKind)
        is_one_text = problem is TargetProblem.NOT_A_GROUP and self._form.kind is FileKind.YAML and found in _ONE_TEXT
        if is_one_text or (problem in (TargetProblem.BROKEN_FILE, TargetProblem.NO_DOTENV) and not is_known):
            self._check_kind(found)

    def _check_name(self, place: Place) -> None:
        """A new name must be one that programs look for."""
        if place.value is not None or not place.there:
            return
        names = self._form.way(self._key)
        is_one_name = self._form.kind is FileKind.DOTENV
        way = right_name(self._key, place.there[0]) if is_one_name else right_way(names, place.there)
        if way:
            raise TargetError(TargetTrouble(TargetProblem.WRITE_IT_SO, self._path, self._key, way=way))

    def apply(self, plan: Plan) -> Applied:
        if plan.is_empty or plan.file is None:
            return Applied(plan.app_id)
        file = self._file()
        self._check_writable(file)
        with self._alone(file):
            if file != plan.file or self._read(file) != plan.before:
                self._refuse(TargetProblem.CHANGED_SINCE)
            backup = None if plan.before is None else self._keep(file, plan.before)
            self._write(file, plan.after, like=None if plan.creates else file)
        return Applied(
            plan.app_id, where=plan.where, file=file, backup=backup, digest=_digest(plan.after), can_undo=True
        )

    def intended(self, plan: Plan) -> Applied | None:
        """Keeps the backup: whoever finds the file changed by a wizard that died can undo it all the same."""
        if plan.is_empty or plan.file is None:
            return None
        backup = None if plan.before is None else self._keep(plan.file, plan.before)
        return Applied(
            plan.app_id, where=plan.where, file=plan.file, backup=backup, digest=_digest(plan.after), can_undo=True
        )

    def read_back(self) -> str | None:
        text, _mark = self._text(self._read(self._file()))
        try:
            return value_of(text, self._key, self._form) or None
        except TargetError as error:
            self._refuse_with_path(error)

    def undo(self, applied: Applied) -> None:
        file = applied.file
        if file is None:
            return
        if file != self._file() or applied.where != str(file):  # a note may be damaged: only what was named is touched
            self._refuse(TargetProblem.CANNOT_UNDO)
        self._check_writable(file)
        with self._alone(file):
            now = self._read(file)
            if self._is_as_before(file, now, applied.backup):  # a write or an undo died before it was done, or noted
                return
            if now is None or _digest(now) != applied.digest:
                self._refuse(TargetProblem.CHANGED_SINCE)
            self._put_back(file, applied.backup)

    def forget(self, applied: Applied) -> None:
        if applied.backup is not None:
            with contextlib.suppress(OSError, TargetError):  # the file is as it was; a backup that stays does no harm
                self._backups.drop(self._file(), applied.backup)

    def _is_as_before(self, file: Path, now: bytes | None, backup: Path | None) -> bool:
        if backup is None or now is None:
            return backup is None and now is None
        try:
            return self._backups.content(file, backup) == now
        except OSError:
            return False

    def _put_back(self, file: Path, backup: Path | None) -> None:
        if backup is None:
            try:
                remove(file)
            except OSError as error:
                if file.exists():
                    self._refuse(TargetProblem.WRITE_FAILED, error)
            return
        try:
            content = self._backups.content(file, backup)
        except OSError as error:
            self._refuse(TargetProblem.BACKUP_LOST, error)
        self._write(file, content, like=file)

    @contextlib.contextmanager
    def _alone(self, file: Path) -> Iterator[None]:
        """Nothing changes before this; what fails inside is said there."""
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(self._unfinished.writing(file))
            except HeldElsewhere as error:
                self._refuse(TargetProblem.BUSY, error)
            except OSError as error:
                self._refuse(TargetProblem.BACKUP_FAILED, error)
            yield

    def _file(self) -> Path:
        """Return the file itself, behind all symlinks; it need not exist."""
        if not self._path.strip():
            self._refuse(TargetProblem.NO_FILE_CHOSEN)
        try:
            chosen = Path(self._path).expanduser().absolute()
        except RuntimeError:  # "~nobody"
            self._refuse(TargetProblem.BAD_PATH)
        try:
            file = chosen.resolve()
            f"{chosen}{file}".encode()
        except RuntimeError:  # so says pathlib of symlinks that go round
            self._refuse(TargetProblem.LINK_LOOP)
        except ValueError:  # a NUL in it, or what is no UTF-8: it could not be noted, and so not undone
            self._refuse(TargetProblem.BAD_PATH)
        except OSError as error:
            self._refuse(_problem_of(error), error)
        return file

    def _check_writable(self, file: Path) -> None:
        try:
            found = file.stat()
        except FileNotFoundError:
            self._check_folder(file.parent)
            return
        except OSError as error:
            self._refuse(_problem_of(error), error)
        if stat.S_ISDIR(found.st_mode):
            self._refuse(TargetProblem.DIRECTORY)
        if not stat.S_ISREG(found.st_mode):
            self._refuse(TargetProblem.DEVICE)
        if found.st_nlink > 1:
            self._refuse(TargetProblem.SECOND_NAME)
        # The administrator may write a read-only file all the same: the one who made it so did not want that.
        if not found.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            self._refuse(TargetProblem.READ_ONLY)
        if not os.access(file, os.R_OK | os.W_OK):
            self._refuse(TargetProblem.NO_PERMISSION)
        self._check_folder(file.parent)

    def _check_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            self._refuse(TargetProblem.FOLDER_MISSING)
        if not os.access(folder, os.W_OK | os.X_OK):
            self._refuse(TargetProblem.FOLDER_READ_ONLY)

    def _read(self, file: Path) -> bytes | None:
        """Return what the file holds, None if it does not exist. Raises TargetError."""
        try:
            found = file.stat()
            if stat.S_ISDIR(found.st_mode):
                self._refuse(TargetProblem.DIRECTORY)
            if not stat.S_ISREG(found.st_mode):  # opening a pipe would wait for its other end
                self._refuse(TargetProblem.DEVICE)
            with file.open("rb") as opened:
                content = opened.read(self._form.limit + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._refuse(_problem_of(error), error)
        if len(content) > self._form.limit:
            raise TargetError(TargetTrouble(TargetProblem.TOO_BIG, path=self._path, limit=self._form.limit))
        return content

    def _text(self, content: bytes | None) -> tuple[str, bytes]:
        """Return the text and the byte-order mark before it, b"" without one."""
        content = content or b""
        mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        try:
            text = content[len(mark) :].decode("utf-8")
        except UnicodeDecodeError:
            self._refuse(TargetProblem.NOT_UTF8)
        if "\0" in text:
            self._refuse(TargetProblem.NOT_UTF8)
        return text, mark

    def _keep(self, file: Path, content: bytes) -> Path:
        try:
            return self._backups.keep(file, content)
        except OSError as error:
            self._refuse(TargetProblem.BACKUP_FAILED, error)

    def _write(self, file: Path, content: bytes, like: Path | None) -> None:
        """What counts is what stands there then: a folder that cannot be read, or a disk that cannot say that it is all
        safe, fails after the change. Raises TargetError, SentUnconfirmed where a change that was made is not seen."""
        try:
            write_atomically(file, content, like=like)
        except OSError as error:
            if self._read(file) != content:
                # Permission: such as of a file that belongs to somebody else, which would change hands.
                is_forbidden = isinstance(error, PermissionError)
                self._refuse(TargetProblem.NO_PERMISSION if is_forbidden else TargetProblem.WRITE_FAILED, error)
            return
        try:
            is_seen = self._read(file) == content
        except TargetError as error:
            raise SentUnconfirmed(error.trouble) from error
        if not is_seen:
            raise SentUnconfirmed(TargetTrouble(TargetProblem.NOT_READ_BACK, path=self._path, key=self._key))

    def _refuse(self, problem: TargetProblem, cause: OSError | None = None) -> NoReturn:
        system = (cause.strerror or "") if cause else ""
        raise TargetError(TargetTrouble(problem, path=self._path, key=self._key, system=system)) from cause

    def _refuse_with_path(self, error: TargetError) -> NoReturn:
        trouble = error.trouble
        raise TargetError(replace(trouble, path=self._path, key=trouble.key or self._key)) from error


def _beside(names: Way, place: Place) -> tuple[str, ...]:
    """What stands where two groups or more would be new: perhaps one of them was meant."""
    is_far = bool(place.there) and place.value is None and len(names) - len(place.there) > 1
    return place.there[-1][:_MOST_NAMES] if is_far else ()


def _problem_of(error: OSError) -> TargetProblem:
    if isinstance(error, PermissionError):
        return TargetProblem.NO_PERMISSION
    if isinstance(error, NotADirectoryError):
        return TargetProblem.FOLDER_MISSING
    if error.errno == errno.ELOOP:
        return TargetProblem.LINK_LOOP
    return TargetProblem.BAD_PATH


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
