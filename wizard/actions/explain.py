"""Explaining what somebody pastes, types or hands over as a file. Nothing is sent anywhere."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from wizard.core.cancel import CancelToken
from wizard.core.explain.error_rules import entries, is_known_by_words
from wizard.core.explain.languages import ENGLISH, language_of
from wizard.core.explain.log_file import Block, LogFile, LogProblem, NotALog
from wizard.core.explain.log_records import Marks, Record, records, shape, times_in
from wizard.core.explain.numbers import is_bare_in_any_language, speaks_of_facebook
from wizard.core.explain.redact import redact
from wizard.core.explain.wordings import beginnings, english_of
from wizard.core.redact import visible
from wizard.core.saved_file import FACTS_ENDING, SETUP_ENDING
from wizard.words.explained_log import ExplainedLog, ExplainedText, ExplainNote, LogRow
from wizard.words.explaining import Explained, errors_in, explain_redacted, is_only_a_secret

MOST_READ = 200_000_000  # bytes of one log; older ones tell little of today
MOST_SHAPES = 4_000  # different records that are looked into: some hundred a second
MOST_RECORDS = 60_000  # with errors: some ten thousand a second are counted
MOST_ROWS = 30
LONGEST_TEXT = 20_000  # bytes of a file or of what is piped in that is taken for a text, not for a log
_LONGEST_EXAMPLE = 400
_LINES_OF_A_LOG = 3
_OF_TOKENS = re.compile(r"token|oauth|facebook|graph|messenger", re.IGNORECASE)
_OLD_SAVED = re.compile(rb'\s*\{\s*"version"\s*:\s*\d+\s*,\s*"content"')  # files of older programs have no kind
# What the list of set-ups has its own words for.
_NOT_FOR_LOGS = (
    LogProblem.SETUP,
    LogProblem.FACTS,
    LogProblem.MISSING,
    LogProblem.FOLDER,
    LogProblem.NO_PERMISSION,
    LogProblem.UNREADABLE,
)
# A record without any of these, or known words, holds no error of Facebook.
_MARKS = ("(#", "oauthexception", "fbtrace", "subcode", "graphmethodexception", "igapiexception", "error_user_")


def explain_input(text: str) -> ExplainedText:
    """Explain a text that was pasted or typed. Never raises for what may be in it."""
    blanked = redact(text)
    found = explain_redacted(blanked)
    if not found and is_only_a_secret(text):
        return ExplainedText(blanked, (), ExplainNote.ONLY_SECRET)
    is_foreign = language_of(blanked) not in ("", ENGLISH)
    if is_foreign and all(one.is_likely_only for one in found):
        return ExplainedText(blanked, (), ExplainNote.ENGLISH_ONLY)
    is_by_number = _is_by_number(found, blanked, is_foreign)
    return ExplainedText(blanked, found, ExplainNote.BY_NUMBER if is_by_number else None)


def _is_by_number(found: Sequence[Explained], blanked: str, is_foreign: bool) -> bool:
    """Whether a number decided, and the words around it are not known, or name nothing that works with Facebook."""
    codes = [one.number for one in found if one.number]
    if not codes or all("/" in code for code in codes) or english_of(blanked):  # a subcode stands for one cause
        return False
    if is_foreign:
        return True
    is_known = any(is_known_by_words(int(code), None, blanked, "") for code in codes if "/" not in code)
    return not (is_known or is_bare_in_any_language(blanked) or speaks_of_facebook(blanked))


def explain_file(path: Path, cancel: CancelToken, progress: Callable[[float], None]) -> ExplainedLog:
    """Explain a log, or a short text in a file. progress: gets the part that was read, 0 to 1. What was found stays
    when the person stops it; what is wrong with the file is in the answer."""
    name = visible(path.name)
    try:
        log = LogFile(path)
    except NotALog as error:
        return ExplainedLog(name, problem=error.problem)
    try:
        return _explain_log(log, name, cancel, progress)
    finally:
        log.close()


def part_logs(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Return files that this program saved, or that look like it, and those that are to be read as logs."""
    saved: list[Path] = []
    logs: list[Path] = []
    for path in paths:
        (saved if _is_saved(path) else logs).append(path)
    return saved, logs


def _is_saved(path: Path) -> bool:
    if path.name.endswith((SETUP_ENDING, FACTS_ENDING)):
        return True
    try:
        log = LogFile(path)
    except NotALog as error:
        return error.problem in _NOT_FOR_LOGS
    log.close()
    return _OLD_SAVED.match(log.head) is not None


def explain_pasted(text: str) -> ExplainedLog:
    """Explain what is pasted, or piped in and short: as a log where lines have times and errors, else as a text."""
    if times_in(text) >= _LINES_OF_A_LOG:
        table = _Table(is_limited=False)  # such a text is short enough
        table.add(Block(text, 0, len(text)), newest_first=True)
        if rows := table.rows():
            return ExplainedLog("", rows[:MOST_ROWS], more_rows=max(0, len(rows) - MOST_ROWS), read=len(text))
    return ExplainedLog("", text=explain_input(text), read=len(text))


def explain_stream(log: LogFile, cancel: CancelToken, progress: Callable[[float], None]) -> ExplainedLog:
    """Explain what is piped in, too long to be a text."""
    return _explain_log(log, "", cancel, progress)


def _explain_log(log: LogFile, name: str, cancel: CancelToken, progress: Callable[[float], None]) -> ExplainedLog:
    table, read, is_stopped, is_cut, problem = _Table(), 0, False, False, None
    try:
        for block in log.blocks():
            if read and (is_stopped := cancel.is_cancelled):
                break
            if is_cut := read >= MOST_READ or table.is_full:
                break
            table.add(block, newest_first=log.is_seekable)
            read = log.size - block.start if log.is_seekable else block.end
            progress(read / log.size if log.size else 0.0)
    except NotALog as error:  # the disk failed half-way
        problem = error.problem
    rows = table.rows()
    text = None
    if not rows and problem is None and (whole := log.whole(LONGEST_TEXT)) is not None and not times_in(whole):
        text = explain_input(whole)
    return ExplainedLog(
        name,
        rows[:MOST_ROWS],
        log.size,
        read,
        problem,
        is_stopped,
        is_cut or table.is_full,
        max(0, len(rows) - MOST_ROWS),
        text if text is not None and (text.found or text.note) else None,
    )


@dataclass(slots=True)
class _Row:
    explained: Explained
    times: int
    first: tuple[int, int]  # where it stands: start of the block, number of the line in it
    last: tuple[int, int]
    first_when: str
    last_when: str
    newest: Record


@dataclass(slots=True)
class _Table:
    """The troubles of the blocks, whatever order these come in. shapes: what was found in a record of that shape."""

    found: dict[tuple[str, str], _Row] = field(default_factory=dict)
    shapes: dict[str, tuple[Explained, ...]] = field(default_factory=dict)
    records: int = 0
    is_limited: bool = True
    marks: Marks = field(default_factory=lambda: Marks(_all_marks()))

    @property
    def is_full(self) -> bool:
        return self.is_limited and (len(self.shapes) >= MOST_SHAPES or self.records >= MOST_RECORDS)

    def add(self, block: Block, newest_first: bool) -> None:
        marked = list(records(block.text, self.marks))
        for record in reversed(marked) if newest_first else marked:
            if self.is_full:
                return
            self.records += 1
            key = shape(record)
            if key not in self.shapes:
                found = errors_in(redact(record.text))
                self.shapes[key] = tuple(one for one in found if _is_facebooks(one, record.text))
            for one in self.shapes[key]:
                self._put(one, record, (block.start, record.place))

    def _put(self, one: Explained, record: Record, place: tuple[int, int]) -> None:
        key = (one.id, "" if one.is_known else one.number)
        row = self.found.get(key)
        if row is None:
            self.found[key] = _Row(one, one.times, place, place, record.when, record.when, record)
            return
        row.times += one.times
        if place < row.first:
            row.first, row.first_when = place, record.when or row.first_when
        if place > row.last:
            row.last, row.last_when, row.newest = place, record.when or row.last_when, record

    def rows(self) -> tuple[LogRow, ...]:
        newest_first = sorted(self.found.values(), key=lambda row: row.last, reverse=True)
        return tuple(
            LogRow(replace(row.explained, times=row.times, line=0), row.first_when, row.last_when, _example(row.newest))
            for row in newest_first
        )


def _is_facebooks(one: Explained, text: str) -> bool:
    """Other programs of a log have sessions that end, too: then more must speak for a token of Facebook."""
    return bool(one.number) or not one.id.startswith("token-") or _OF_TOKENS.search(text) is not None


def _example(record: Record) -> str:
    text = visible(" ".join(redact(record.text[: 4 * _LONGEST_EXAMPLE]).split()))
    return text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE]} …"


def _all_marks() -> frozenset[str]:
    """Marks, the words by which errors are known, and how recorded errors in other languages begin."""
    words = {word for entry in entries() for match in entry.matches for word in match.words}
    return frozenset(
        (*_MARKS, *(part.lower() for word in words for part in word.split("…")[:1] if len(part) > 6), *beginnings())
    )
