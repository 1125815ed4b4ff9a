"""What belongs together in a log: a line with its time, and the lines of an error's body or a stack below it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_MOST_LINES = 60  # of one record: a body with its stack has fewer
_LONGEST = 16_000  # characters of a record that are looked at
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_ZONE = r"(?:\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\b)?"
_TIME = re.compile(
    rf"(?<![\d.])(?:\d{{4}}[-/.]\d{{2}}[-/.]\d{{2}}(?:[T _-]{_CLOCK}(?:[.,]\d{{1,9}})?{_ZONE})?"
    rf"|\d{{1,2}}/[A-Z][a-z]{{2}}/\d{{4}}:\d{{2}}:\d{{2}}:\d{{2}}(?:\s[+-]\d{{4}})?"
    rf"|(?:[A-Z][a-z]{{2}},?\s)?[A-Z][a-z]{{2}}\s{{1,2}}\d{{1,2}}\s\d{{2}}:\d{{2}}:\d{{2}}(?:\.\d{{1,9}})?(?:\s\d{{4}})?"
    rf"|(?:[A-Z][a-z]{{2}},?\s)?\d{{1,2}}[ -][A-Z][a-z]{{2}}[ -]\d{{4}}\s{_CLOCK}{_ZONE}"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}}[ ,T]{{1,3}}{_CLOCK}(?:[.,]\d{{1,9}})?(?:\s?[AaPp]\.?[Mm]\b)?)"
    rf"|^[\[(]?\d{{2}}:\d{{2}}:\d{{2}}(?=[\s.,\])])"
)
_UNIX = re.compile(
    r"[\"']?\b(?:ts|t|time|timestamp|date)[\"']?\s?[:=]\s?[\"']?(1[4-9]\d{8})(?:\d{3})?(?:\.\d+)?(?!\d)", re.I
)
_FRACTION = re.compile(r"(?<=:\d\d)[.,]\d{1,9}")
_WITHIN = 120  # characters of a line in which its time stands
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_CONTAINER = re.compile(r"^\S{1,40}\s+\|\s?")  # before a line of docker compose
_AFTER_TIME = re.compile(
    r"^[\])>|,:-]*\s?(?:[\w.-]{1,60} [\w./-]{1,60}(?:\[\d+\])?:\s?)?"
)  # host and program of syslog
_GOES_ON = re.compile(r"[ \t]|[}\]),]|[\"'][\w@.-]{1,40}[\"']\s?[:=]|[{\[]\s*$|at\s|Caused by:|#\d+\s")
_GOES_ON_BEHIND_TIME = re.compile(r"\s*(?:[}\]),]|[\"'][\w@.-]{1,40}[\"']\s?[:=]|at\s|#\d+\s)")
# What differs from one time to the next: IDs, times, durations, addresses. Numbers of up to eight digits may be codes.
_RANDOM = re.compile(
    r"\b(?:[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]*|\d{9,}|\d+(?=\s?m?s\b)"
    r"|\d+(?:\.\d+)+|[A-Za-z_]+\d\w*|\d+[A-Za-z]\w*)"
)
_ENGLISH_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Record:
    """when: its time as it is written there, "" where it has none. place: number of its first line in the block."""

    text: str
    when: str
    place: int


class Marks:
    """Texts by which a record is worth a look. words: in small letters."""

    def __init__(self, words: Collection[str]) -> None:
        self._with_inner = [(word, frozenset(_ENGLISH_WORD.findall(word)[1:-1])) for word in words]

    def within(self, low: str) -> list[str]:
        """Return those that stand in a text. low: in small letters."""
        words = set(_ENGLISH_WORD.findall(low))  # most of them are not there: to ask for each would take long
        is_english = low.isascii()
        return [
            mark
            for mark, inner in self._with_inner
            if inner <= words and (mark.isascii() or not is_english) and mark in low
        ]


def records(text: str, marks: Marks) -> Iterator[Record]:
    """Yield the records of a block in which one of the marks stands, in order.

    A record without a time has that of the record before it."""
    low = text.lower()
    here = marks.within(low)
    if not here:
        return
    lines = text.split("\n")
    low_lines = low.split("\n") if len(low) == len(text) else [line.lower() for line in lines]
    when, at = "", 0
    while at < len(lines):
        own = _time_of(lines[at])
        last = at + 1
        while last < min(len(lines), at + _MOST_LINES) and _goes_on(lines[last], bool(own)):
            last += 1
        if any(mark in line for line in low_lines[at:last] for mark in here):
            whole = "\n".join([lines[at], *map(_body, lines[at + 1 : last])])[:_LONGEST]
            yield Record(_COLOURS.sub("", whole), own or _time_within(whole) or when, at)
        when = own or when
        at = last


def shape(record: Record) -> str:
    """Return the text without what differs each time: its time, IDs, durations. The same error has the same shape."""
    return _RANDOM.sub("*", _TIME.sub("", record.text[:_WITHIN], count=1) + record.text[_WITHIN:])


def _goes_on(line: str, is_timed: bool) -> bool:
    """Whether a line belongs to the record before it. is_timed: the record begins with its time, so lines without one
    go on with it."""
    if not line:
        return False
    body = _body(line)
    if len(body) < len(line) and _TIME.search(line, 0, _WITHIN):
        return bool(_GOES_ON_BEHIND_TIME.match(body))
    if body[0:1] == "{" and body.rstrip()[-1:] == "}":  # JSON, one object a line
        return False
    if is_timed:
        return not _unix_time(line[:_WITHIN])
    return bool(_GOES_ON.match(body))


def _body(line: str) -> str:
    """Return a line without its time and what stands around that."""
    if found := _TIME.search(line, 0, _WITHIN):
        return _AFTER_TIME.sub("", line[found.end() :], count=1)
    return _CONTAINER.sub("", line, count=1)


def _time_of(line: str) -> str:
    found = _TIME.search(line, 0, _WITHIN)
    return _plain(found[0]) if found else _unix_time(line[:_WITHIN])


def _plain(time: str) -> str:
    """Return a time as it is written there, without fractions of a second."""
    return _FRACTION.sub("", re.sub(r"(?<=\d)[T_](?=\d)", " ", time.strip("[(")))


def _time_within(text: str) -> str:
    """Return a time that stands further back, as in a line of JSON."""
    found = re.search(r"(?:time\w*|date|ts)[\"']?\s?[:=]\s?[\"']?(" + _TIME.pattern + ")", text, re.I)
    return _plain(found[1]) if found else _unix_time(text)


def _unix_time(text: str) -> str:
    found = _UNIX.search(text)
    return datetime.fromtimestamp(int(found[1]), UTC).strftime("%Y-%m-%d %H:%M:%SZ") if found else ""
