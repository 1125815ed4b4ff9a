"""A log of any size, read by blocks of whole lines: a file from its end, for the newest error stands there; what comes
through a pipe from its beginning. Memory stays flat, whatever the size."""

import codecs
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from wizard.core.saved_file import FACTS_ENDING, SETUP_ENDING

BLOCK = 1 << 20  # bytes; even, so that no letter of UTF-16 is cut
_HEAD = 8_192  # bytes by which a file is recognised
_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf", b"Rar!")
_OURS = re.compile(r'"kind"\s*:\s*"(handover-setup|handover-facts|messenger-handover-check-report)"')
_OUR_PAGE = "default-src 'none'; style-src 'sha256-"
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")  # in no text; ESC is: colours
_MANY_CONTROLS = 0.02  # of the bytes
_WINDOWS = "letters-of-windows-1252"


class LogProblem(StrEnum):
    """Why a file cannot be read as a log."""

    MISSING = "missing"
    FOLDER = "folder"
    NO_PERMISSION = "no_permission"
    UNREADABLE = "unreadable"  # the disk or the network drive failed
    EMPTY = "empty"
    PACKED = "packed"  # gzip, zip …
    NOT_TEXT = "not_text"
    SETUP = "setup"  # saved by this program
    FACTS = "facts"
    REPORT = "report"


_KINDS = {
    "handover-setup": LogProblem.SETUP,
    "handover-facts": LogProblem.FACTS,
    "messenger-handover-check-report": LogProblem.REPORT,
}
_ENDINGS = {SETUP_ENDING: LogProblem.SETUP, FACTS_ENDING: LogProblem.FACTS}


class NotALog(Exception):
    """A file cannot be read as a log."""

    def __init__(self, problem: LogProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines. start, end: about where they stand, in bytes from the beginning of the file."""

    text: str
    start: int
    end: int


class LogFile:
    """A file that is open for reading. size: bytes, 0 where it is a pipe and nobody knows. Raises NotALog."""

    def __init__(self, path: Path) -> None:
        try:
            if path.is_dir():
                raise NotALog(LogProblem.FOLDER)
            ours = next((problem for ending, problem in _ENDINGS.items() if path.name.endswith(ending)), None)
            if ours is not None and path.exists():
                raise NotALog(ours)
            file = path.open("rb")
        except FileNotFoundError as error:
            raise NotALog(LogProblem.MISSING) from error
        except PermissionError as error:
            raise NotALog(LogProblem.NO_PERMISSION) from error
        except (OSError, ValueError) as error:
            raise NotALog(LogProblem.UNREADABLE) from error
        try:
            self._start(file)
        except NotALog:
            file.close()
            raise

    @classmethod
    def of_input(cls, file: BinaryIO) -> "LogFile":
        """What is piped in; `< FILE` is read as that file."""
        log = cls.__new__(cls)
        log._start(file)
        return log

    def _start(self, file: BinaryIO) -> None:
        self._file = file
        try:
            is_file = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
            self.size = os.fstat(file.fileno()).st_size if is_file else 0
        except (OSError, ValueError):
            is_file, self.size = False, 0
        self.is_seekable = is_file
        try:
            self.head = file.read(_HEAD) if is_file else _fill(file, _HEAD)
        except OSError as error:
            raise NotALog(LogProblem.UNREADABLE) from error
        self._codec = _codec(self.head)
        _refuse(self.head, self._codec)

    def close(self) -> None:
        self._file.close()

    def whole(self, most: int) -> str | None:
        """Return all of it where it has no more than so many bytes, else None. Of a pipe only before `blocks`.

        Raises NotALog: UNREADABLE."""
        try:
            if self.is_seekable:
                self._file.seek(0)
                data = _fill(self._file, most + 1)
            else:
                self.head += _fill(self._file, most + 1 - len(self.head))
                data = self.head
        except OSError as error:
            raise NotALog(LogProblem.UNREADABLE) from error
        return _decoded(data, self._codec) if len(data) <= most else None

    def blocks(self) -> Iterator[Block]:
        """Yield the lines: of a file the newest block first, of a pipe the oldest. Raises NotALog: UNREADABLE."""
        try:
            yield from self._from_the_end() if self.is_seekable else self._from_the_beginning()
        except OSError as error:
            raise NotALog(LogProblem.UNREADABLE) from error

    def _from_the_end(self) -> Iterator[Block]:
        rest = b""  # of the line that begins in an earlier block
        for start in range((self.size - 1) // BLOCK * BLOCK, -1, -BLOCK):
            self._file.seek(start)
            data = self._in_utf8(_fill(self._file, BLOCK)) + rest
            cut = data.find(b"\n") + 1 if start else 0
            if start and not cut and len(data) <= BLOCK:
                cut = len(data)
            rest = data[:cut]
            yield Block(_decoded(data[cut:], ""), start, start + BLOCK)

    def _from_the_beginning(self) -> Iterator[Block]:
        rest, start, data = b"", 0, self.head
        while data:
            whole = rest + self._in_utf8(data)
            cut = whole.rfind(b"\n") + 1 or (len(whole) if len(whole) > BLOCK else 0)
            rest = whole[cut:]
            yield Block(_decoded(whole[:cut], ""), start, start + len(data))
            start += len(data)
            data = _fill(self._file, BLOCK)
        yield Block(_decoded(rest, ""), start, start)

    def _in_utf8(self, data: bytes) -> bytes:
        return data.decode(self._codec, errors="replace").encode("utf-8", errors="replace") if self._codec else data


def _fill(file: BinaryIO, size: int) -> bytes:
    """Read so many bytes, fewer only at the end: a pipe gives what it has."""
    parts = []
    while size > 0 and (part := file.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _codec(head: bytes) -> str:
    """Return the name of a UTF-16 codec, as PowerShell of Windows writes it, "" for UTF-8 and texts of one byte."""
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and even <= len(head) // 50:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 4 and odd <= len(head) // 50 else ""


def _refuse(head: bytes, codec: str) -> None:
    """Raise NotALog for what is none."""
    if not head.strip():
        raise NotALog(LogProblem.EMPTY)
    if head.startswith(_PACKED):
        raise NotALog(LogProblem.PACKED)
    if not codec:
        without_gaps = head.replace(b"\x00", b"")  # a log that was cut while it was written has a run of them
        if len(_CONTROL.findall(without_gaps)) > _MANY_CONTROLS * len(head) or _is_scattered(head):
            raise NotALog(LogProblem.NOT_TEXT)
    text = _decoded(head, codec).lstrip()
    if text.startswith("{") and (ours := _OURS.search(text[:2_000])):
        raise NotALog(_KINDS[ours[1]])
    if text.startswith("<!DOCTYPE html>") and _OUR_PAGE in text:
        raise NotALog(LogProblem.REPORT)


def _is_scattered(head: bytes) -> bool:
    """Whether zero bytes stand between others again and again, as in a program or a picture."""
    return len(re.findall(rb"\x00+", head)) > max(4, len(head) // 200)


def _decoded(data: bytes, codec: str) -> str:
    """Return a text with "\\n" at the ends of its lines. Bytes that are no UTF-8 are of an old Windows."""
    if codec:
        text = data.decode(codec, errors="replace").lstrip("\ufeff")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("utf-8", errors=_WINDOWS)
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Take a byte that is no UTF-8 for a letter of Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_WINDOWS, _as_windows)
