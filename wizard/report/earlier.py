"""Reading an earlier JSON report, to compare with. What is wrong with a file is said with the place of the mistake."""

import json
import stat
from collections import Counter
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from wizard.core.verdict import State
from wizard.i18n.language import _
from wizard.report.since import EarlierPage, EarlierReport, PageKey, Was

KIND = "messenger-handover-check-report"
VERSION = 2
LARGEST = 256 * 1024 * 1024  # bytes: twice a report of 10,000 Pages
_NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)  # the last for thousands of brackets in a row


class EarlierProblem(StrEnum):
    MISSING = "missing"
    NO_PERMISSION = "no_permission"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    NOT_JSON = "not_json"
    OTHER_KIND = "other_kind"  # JSON, but no report of a check
    NEWER = "newer"  # of a newer version of this program
    DAMAGED = "damaged"  # a report of ours, with a mistake at a place


class EarlierReportError(Exception):
    """An earlier report cannot be used. place: "line 3, column 14", "$.pages[2].page.id", or "" where it has none.

    Its text names problem, file and place, never what is in the file."""

    def __init__(self, problem: EarlierProblem, path: Path, place: str = "") -> None:
        super().__init__(" ".join(part for part in (f"{problem.value}: {path}", place) if part))
        self.problem = problem
        self.path = path
        self.place = place


class _ReportFileHeader(msgspec.Struct):
    kind: str = ""
    version: int = 0


class _SavedPage(msgspec.Struct):
    id: str
    name: str


class _SavedVerdict(msgspec.Struct):
    check: str
    state: State
    reason: str


class _SavedCheckedPage(msgspec.Struct):
    page: _SavedPage
    verdicts: list[_SavedVerdict]
    not_checked: msgspec.Raw = msgspec.Raw(b"null")


class _Report(msgspec.Struct):
    made_at: datetime
    pages: list[_SavedCheckedPage]
    is_complete: bool = True


def read_earlier(path: Path) -> EarlierReport:
    """Read a report that `check --format json` wrote. Fields that are not known are ignored.

    Raises EarlierReportError."""
    data = _bytes(path)
    try:
        head = msgspec.json.decode(data, type=_ReportFileHeader)
    except msgspec.ValidationError as error:
        raise EarlierReportError(EarlierProblem.OTHER_KIND, path) from error
    except _NOT_JSON as error:
        raise _not_json(data, path) from error
    if head.kind != KIND or head.version < 1:
        raise EarlierReportError(EarlierProblem.OTHER_KIND, path)
    if head.version > VERSION:
        raise EarlierReportError(EarlierProblem.NEWER, path)
    try:
        report = msgspec.json.decode(data, type=_Report)
    except msgspec.ValidationError as error:
        raise EarlierReportError(EarlierProblem.DAMAGED, path, _place(error)) from error
    except _NOT_JSON as error:  # text that is not UTF-8, where the head skipped it
        raise _not_json(data, path) from error
    return EarlierReport(report.made_at.timestamp(), _by_key(report.pages), report.is_complete)


def said(error: EarlierReportError) -> tuple[str, str]:
    """Return what is wrong and what to do."""
    text = {
        EarlierProblem.MISSING: _("There is no file “{path}”."),
        EarlierProblem.NO_PERMISSION: _("You may not read “{path}”."),
        EarlierProblem.UNREADABLE: _("“{path}” cannot be read."),
        EarlierProblem.TOO_LARGE: _("“{path}” is larger than {megabytes} MB, so it was not read."),
        EarlierProblem.TRUNCATED: _("“{path}” breaks off at {place}: its end is missing."),
        EarlierProblem.NOT_JSON: _("“{path}” is not JSON: it cannot be read from {place} on."),
        EarlierProblem.OTHER_KIND: _("“{path}” is JSON, but not a report of this program."),
        EarlierProblem.NEWER: _("“{path}” was made by a newer version of this program."),
        EarlierProblem.DAMAGED: _("“{path}” is a report, but with a mistake at {place}."),
    }[error.problem]
    if error.problem is EarlierProblem.NEWER:
        action = _("Install the newest version, then compare again.")
    elif error.problem is EarlierProblem.NO_PERMISSION:
        action = _("Ask whoever looks after this computer to let you read it.")
    else:
        action = _("Choose a report that was saved as JSON.")
    return text.format(path=error.path, place=error.place, megabytes=LARGEST // 2**20), action


def _bytes(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for its other end
            raise EarlierReportError(EarlierProblem.UNREADABLE, path)
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)  # it may grow meanwhile
    except (FileNotFoundError, NotADirectoryError) as error:
        raise EarlierReportError(EarlierProblem.MISSING, path) from error
    except PermissionError as error:
        raise EarlierReportError(EarlierProblem.NO_PERMISSION, path) from error
    except OSError as error:
        raise EarlierReportError(EarlierProblem.UNREADABLE, path) from error
    if len(data) > LARGEST:
        raise EarlierReportError(EarlierProblem.TOO_LARGE, path)
    return data.removeprefix(b"\xef\xbb\xbf")  # an editor on Windows may have put it there


def _not_json(data: bytes, path: Path) -> EarlierReportError:
    """Ask Python's own reader where the mistake is, for it tells line and column."""
    try:
        json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        is_cut, at = error.end == len(data) and error.reason == "unexpected end of data", error.start
    except json.JSONDecodeError as error:
        is_cut, at = _is_cut(error), len(error.doc[: error.pos].encode())
    except RecursionError:
        is_cut, at = False, 0
    else:
        is_cut, at = False, 0
    problem = EarlierProblem.TRUNCATED if is_cut else EarlierProblem.NOT_JSON
    return EarlierReportError(problem, path, _line_and_column(data, len(data) if is_cut else at))


def _is_cut(error: json.JSONDecodeError) -> bool:
    """Whether the text before the mistake is right, and only too short. Cut inside a text, Python's reader complains
    about the start of that text; cut inside a word, a number or an escape, about the start of that."""
    rest = error.doc[error.pos :].rstrip()
    is_begun = any(whole.startswith(rest) for whole in ("true", "false", "null", "-", "."))
    is_escape = error.msg.startswith("Invalid \\u") and len(rest) < len("u0000")
    return is_begun or is_escape or error.msg.startswith("Unterminated string")


def _line_and_column(data: bytes, at: int) -> str:
    """Both from 1, columns in bytes, as editors that jump to a place count them in plain text."""
    line, column = data.count(b"\n", 0, at) + 1, at - data.rfind(b"\n", 0, at)
    return _("line {line}, column {column}").format(line=line, column=column)


def _place(error: msgspec.ValidationError) -> str:
    """The JSON path at the end of msgspec's text: "Expected `str`, got `int` - at `$.pages[0].page.id`"."""
    found = str(error).rpartition(" - at `")[2]
    return found.rstrip("`") if found.startswith("$") else "$"


def _by_key(pages: list[_SavedCheckedPage]) -> dict[PageKey, EarlierPage]:
    """Pages whose verdicts are alike share them: of 10,000 there are few kinds."""
    mentions: Counter[str] = Counter()
    alike: dict[tuple[tuple[str, Was], ...], dict[str, Was]] = {}
    found: dict[PageKey, EarlierPage] = {}
    for page in pages:
        was: dict[str, Was] | None = None
        if bytes(page.not_checked) == b"null":
            verdicts = tuple((verdict.check, (verdict.state, verdict.reason)) for verdict in page.verdicts)
            was = alike.setdefault(verdicts, dict(verdicts))
        mentions[page.page.id] += 1
        found[page.page.id, mentions[page.page.id]] = EarlierPage(page.page.id, page.page.name, was)
    return found
