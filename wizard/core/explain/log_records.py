"""What belongs together in a log: a line with its time, and the lines of an error's body or a stack below it."""

import re
from collections.abc import Collection, Iterable, Iterator
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
_LIKE_A_TIME = re.compile(r"\d[:/.-]\d")
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
_BESIDE_MARKS = 80  # characters
# A call changes what an error means.
_CALLS = re.compile(
    r"\b(?:GET|POST|DELETE)\b|\w+_thread_control|thread_owner|secondary_receivers|subscribed_apps|debug_token|"
    r"/accounts|/messages"
)


@dataclass(frozen=True, slots=True)
class Record:
    """when: its time as it is written there, "" where it has none. place: number of its first line in the block.
    marked: where the first mark begins and the last one ends."""

    text: str
    when: str
    place: int
    marked: tuple[int, int]


class Marks:
    """Texts by which a record is worth a look. words: in small letters."""

    def __init__(self, words: Collection[str]) -> None:
        self._with_inner = [(word, frozenset(word.split()[1:-1])) for word in words]

    def within(self, low: str) -> list[str]:
        """Return those that stand in a text. low: in small letters."""
        words = set(low.split())  # most of them are not there: to ask for each would take long
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
    lines = _Lines([piece for line in text.split("\n") for piece in _pieces(line)])
    low_lines = [line.lower() for line in lines.texts]
    end = 0
    for hit, line in enumerate(low_lines):
        if hit < end or not any(mark in line for mark in here):
            continue
        start = max(end, lines.start(hit))
        end = max(hit + 1, lines.end(start))
        whole = "\n".join([lines.texts[start], *(lines[at].body for at in range(start + 1, end))])[:_LONGEST]
        when = lines[start].when or _time_within(whole) or lines.time_before(start)
        whole = _COLOURS.sub("", whole)
        yield Record(whole, when, start, _marked(whole.lower(), here))


def _pieces(line: str) -> Iterator[str]:
    """Yield a line, or parts of one that is too long to be looked at whole: a file may be one line of JSON."""
    while len(line) > _LONGEST:
        cut = line.rfind("}", 1, _LONGEST) + 1 or _LONGEST
        yield line[:cut]
        line = line[cut:]
    yield line


def _marked(low: str, marks: Iterable[str]) -> tuple[int, int]:
    places = [(low.find(mark), low.rfind(mark) + len(mark)) for mark in marks if mark in low]
    return min((first for first, _last in places), default=0), max((last for _first, last in places), default=len(low))


def times_in(text: str) -> int:
    """Return how many of the first lines have a time, as those of a log."""
    return sum(bool(_look_at(line).when) for line in text.split("\n", 50)[:50])


def shape(record: Record) -> str:
    """Return what may tell an error, without what differs each time. Records of the same shape tell the same error."""
    start, end = max(0, record.marked[0] - _BESIDE_MARKS), record.marked[1] + _BESIDE_MARKS
    calls = _CALLS.findall(record.text)
    return " ".join([*calls, _RANDOM.sub("*", record.text[start:end])])


@dataclass(frozen=True, slots=True)
class _Line:
    """when: its time, "" without one. body: what is left without it. begins: a record for sure; goes_on: it belongs to
    the line before it for sure; neither: that depends on whether the record has a time."""

    when: str
    body: str
    begins: bool
    goes_on: bool


class _Lines:
    """The lines of a block, looked at when they are asked for: few of a large log are."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self._looked_at: dict[int, _Line] = {}

    def __getitem__(self, at: int) -> _Line:
        if at not in self._looked_at:
            self._looked_at[at] = _look_at(self.texts[at])
        return self._looked_at[at]

    def start(self, hit: int) -> int:
        """Return the line with which the record of a line begins."""
        for at in range(hit, max(-1, hit - _MOST_LINES), -1):
            if not self.texts[at]:
                break
            if self[at].begins:
                if at == hit or self[at].when:
                    return at
                break
        at = hit
        while at > max(0, hit - _MOST_LINES) and self[at].goes_on and self.texts[at - 1]:
            at -= 1
        return at

    def end(self, start: int) -> int:
        """Return the number of the line after the record."""
        is_timed = bool(self[start].when)
        at = start + 1
        while at < min(len(self.texts), start + _MOST_LINES) and self.texts[at]:
            if self[at].begins or not (is_timed or self[at].goes_on):
                break
            at += 1
        return at

    def time_before(self, start: int) -> str:
        before = range(start - 1, max(-1, start - 1 - 4 * _MOST_LINES), -1)
        return next((self[at].when for at in before if self[at].when), "")


def _look_at(text: str) -> _Line:
    found = _TIME.search(text, 0, _WITHIN) if _LIKE_A_TIME.search(text, 0, _WITHIN) else None
    if found is not None:
        body = _AFTER_TIME.sub("", text[found.end() :], count=1)
        goes_on = _GOES_ON_BEHIND_TIME.match(body) is not None
        return _Line(_plain(found[0]), body, not goes_on, goes_on)
    when = _unix_time(text[:_WITHIN])
    body = _CONTAINER.sub("", text, count=1)
    is_whole = body[:1] == "{" and body.rstrip()[-1:] == "}"  # JSON, one object a line
    return _Line(when, body, is_whole or bool(when), _GOES_ON.match(body) is not None)


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
