"""The errors in what people paste: an error text, a code, a JSON body, a log. `wizard.core.explain.redact` comes first.

Three things are looked for: members of objects, numbers beside a word or mark of an error, and words that are known.
What belongs together is put together, so that one error is one, however its lines were cut and its parts set apart.
"""

import bisect
import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from wizard.core.catalogues import Catalogue, CatalogueKind, imported
from wizard.core.explain.error_mention import ErrorMention
from wizard.core.explain.error_rules import (
    entries_with,
    is_known_by_words,
    knows_code,
    knows_subcode,
    matching,
)
from wizard.core.explain.known_words import Found, SqueezedText, holds, phrase, squeezed
from wizard.core.explain.members import Group, Mark, groups
from wizard.core.explain.numbers import Number, asks, is_bare, numbers, speaks_of_errors
from wizard.core.explain.sentence import sentence
from wizard.core.explain.undress import undress
from wizard.core.explain.wordings import beginnings, english_of

_NEAR = 3  # lines between parts of one error
_CALL = re.compile(
    r"\b((?:pass|take|request|release|extend)_thread_control|thread_owner|secondary_receivers|subscribed_apps|"
    r"debug_token|me/accounts|messages(?=[?\s\"'`,):]|$))"
)
_METHOD = re.compile(r"\b(GET|POST|DELETE)\b")
_STATUSES = (200, 201, 202, 204)
_AROUND = 250  # characters around words of another language that may be one sentence with them
_IN_A_SENTENCE = 60  # characters between known words of one sentence
_BESIDE = 6  # pieces before and behind words that these may belong to
_LONGEST_WORDS = 4_000


@dataclass(slots=True)
class _Piece:
    """A part of an error, or all of it. first, last: lines, from 0. is_prose: its words are the text around it.

    said: where number and known words stand that are in plain text."""

    start: int
    end: int
    first: int
    last: int
    mention: ErrorMention
    marks: Mark = Mark.NONE
    hits: list[Found] = field(default_factory=list)
    needs_words: bool = False
    is_prose: bool = False
    said: tuple[int, int] | None = None

    @property
    def has_words(self) -> bool:
        return bool(self.hits or self.mention.words or self.mention.user_message)

    @property
    def has_number(self) -> bool:
        return self.mention.code is not None or self.mention.subcode is not None


class _Lines:
    """From places in a text to its lines, from 0."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def at(self, place: int) -> int:
        return bisect.bisect_right(self._starts, place) - 1


def find_errors(text: str) -> list[ErrorMention]:
    """Return every error in a text that was blanked, in order, the same one as often as it occurs."""
    plain = undress(text)
    lines = _Lines(plain)
    in_objects = [_of_group(group, lines) for group in groups(plain)]
    rest = _without(plain, in_objects)
    pieces = [*in_objects, *(_of_number(number, lines) for number in numbers(rest))]
    pieces.sort(key=lambda piece: (piece.start, -piece.end))
    pieces = _with_words(pieces, _known_words_in(plain), lines)
    found = [piece for piece in _together(pieces) if _counts(piece, plain)]
    source = plain.split("\n")
    for piece in found:
        _complete(piece, plain, source)
    return [piece.mention for piece in _without_echoes(found)]


def _of_group(group: Group, lines: _Lines) -> _Piece:
    mention = group.mention
    return _Piece(
        group.start, group.end, mention.line - 1, lines.at(max(group.start, group.end - 1)), mention, group.marks
    )


def _of_number(number: Number, lines: _Lines) -> _Piece:
    line = lines.at(number.start)
    mention = ErrorMention(line + 1, number.code, number.subcode)
    piece = _Piece(number.start, number.end, line, line, mention, needs_words=number.needs_words, is_prose=True)
    piece.said = (number.start, number.end)
    return piece


def _without(text: str, pieces: Iterable[_Piece]) -> str:
    """Return the text with blanks where objects stand, so that all else stays in its place."""
    parts, at = [], 0
    for piece in pieces:
        parts += [text[at : piece.start], re.sub(r"[^\n]", " ", text[piece.start : piece.end])]
        at = piece.end
    return "".join([*parts, text[at:]])


def _known_words_in(text: str) -> list[tuple[Found, bool]]:
    """Return known words in the order of the text, each with whether they tell an error without a number."""
    squeezed = SqueezedText(text)
    found = [(hit, alone) for words, alone in _phrases(imported(CatalogueKind.ERRORS)) for hit in squeezed.find(words)]
    found += [(hit, True) for hit in _in_other_languages(text)]
    return sorted(found, key=lambda pair: (pair[0].start, -pair[0].end))


def _in_other_languages(text: str) -> Iterator[Found]:
    """Yield the errors told in another language; their words are the English ones."""
    folded = text.casefold()
    if len(folded) != len(text):  # then places in it are not those in the text
        folded = text.lower() if len(text.lower()) == len(text) else text
    for beginning in beginnings():
        at = folded.find(beginning)
        while at >= 0:
            begin = text.rfind("\n", max(0, at - _AROUND), at) + 1 or max(0, at - _AROUND)
            end = text.find("\n", at, at + _AROUND)
            around = text[begin : end if end >= 0 else at + _AROUND]
            if english := english_of(around) or english_of(text[max(0, at - _AROUND) : at + _AROUND]):
                yield Found(english, at, at + len(beginning))
            at = folded.find(beginning, at + _AROUND if english else at + 1)


@functools.lru_cache(maxsize=2)
def _phrases(errors: Catalogue | None) -> tuple[tuple[str, bool], ...]:
    """Return the words that errors are recognised by, and whether they do without a number or a call."""
    alone: dict[str, bool] = {}
    for entry in entries_with(errors):
        for match in entry.matches:
            is_free = not (match.codes or match.subcodes or match.between or match.calls)
            for words in match.words:
                alone[words] = alone.get(words, False) or is_free
    return tuple(alone.items())


def _with_words(pieces: Sequence[_Piece], hits: Iterable[tuple[Found, bool]], lines: _Lines) -> list[_Piece]:
    """Give known words to the number or object that they belong to; words without one are an error of their own."""
    starts = [piece.start for piece in pieces]
    own: list[_Piece] = []
    for hit, alone in hits:
        first, last = lines.at(hit.start), lines.at(hit.end - 1)
        at = bisect.bisect_right(starts, hit.start)
        close = pieces[max(0, at - _BESIDE) : at + _BESIDE]
        beside = [piece for piece in close if piece.first <= last and piece.last >= first]
        inside = [piece for piece in beside if piece.start <= hit.start < piece.end]
        numbered = [piece for piece in beside if piece.is_prose or not piece.has_words]
        if inside or numbered:
            nearest = min(inside or numbered, key=lambda piece: (piece.needs_words, _distance(piece, hit)))
            nearest.hits.append(hit)
            nearest.said = _around(nearest.said, (hit.start, hit.end))
            if nearest.is_prose:
                nearest.start, nearest.end = min(nearest.start, hit.start), max(nearest.end, hit.end)
                nearest.first, nearest.last = min(nearest.first, first), max(nearest.last, last)
        elif own and own[-1].last >= first - 1 and hit.start - own[-1].end < 200:
            own[-1].hits.append(hit)
            own[-1].said = _around(own[-1].said, (hit.start, hit.end))
            own[-1].end, own[-1].last = max(own[-1].end, hit.end), max(own[-1].last, last)
            own[-1].needs_words = own[-1].needs_words and not alone
        else:
            new = _Piece(hit.start, hit.end, first, last, ErrorMention(first + 1), hits=[hit], is_prose=True)
            new.needs_words, new.said = not alone, (hit.start, hit.end)
            own.append(new)
    return sorted([*pieces, *own], key=lambda piece: (piece.start, -piece.end))


def _around(one: tuple[int, int] | None, two: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the place that holds both, the first where they are far from each other."""
    if one is None or two is None or max(one[0], two[0]) - min(one[1], two[1]) > _AROUND:
        return one or two
    return min(one[0], two[0]), max(one[1], two[1])


def _distance(piece: _Piece, hit: Found) -> int:
    return max(hit.start - piece.end, piece.start - hit.end, 0)


def _together(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Put pieces together that are parts of one error: number and words, or one error in two dresses on one line."""
    joined: list[_Piece] = []
    for piece in pieces:
        for other in reversed(joined[-3:]):
            if _are_one(other, piece):
                _join(other, piece)
                break
        else:
            joined.append(piece)
    return joined


def _are_one(one: _Piece, two: _Piece) -> bool:
    if two.first - one.last > _NEAR or two.start - one.end > 1_500:
        return False
    a, b = one.mention, two.mention
    agree = _agree(a.code, b.code) and _agree(a.subcode, b.subcode)
    if not agree:
        return (a.code == b.subcode or a.subcode == b.code) and two.start < one.end + 3
    if two.first <= one.last:
        return (
            one.has_words != two.has_words or one.has_number != two.has_number or not one.has_words or a.code == b.code
        )
    if one.is_prose and two.is_prose and not one.has_number and two.start - one.end < _IN_A_SENTENCE:
        return True
    if not two.has_words and a.subcode is None and b.code is None and b.subcode is not None:
        return two.first - one.last <= 1  # the other half of a pair
    if one.has_number and one.has_words:  # it is whole: what follows is the next one
        return False
    return (one.has_number and not one.has_words and two.has_words) or (
        not one.has_number and two.has_number and not two.has_words
    )


def _agree(one: int | None, two: int | None) -> bool:
    return one is None or two is None or one == two


def _join(one: _Piece, two: _Piece) -> None:
    a, b = one.mention, two.mention
    a.code = a.code if a.code is not None else b.code
    a.subcode = a.subcode if a.subcode is not None else b.subcode
    if a.code is not None and a.code == a.subcode:
        a.code = None
    a.message = a.message or b.message
    a.words = "\n".join(part for part in (a.words, b.words) if part)[:_LONGEST_WORDS]
    a.user_title, a.user_message = a.user_title or b.user_title, a.user_message or b.user_message
    a.trace_id, a.is_transient = (
        a.trace_id or b.trace_id,
        a.is_transient if a.is_transient is not None else b.is_transient,
    )
    one.needs_words = one.needs_words and two.needs_words
    one.end, one.last = max(one.end, two.end), max(one.last, two.last)
    one.hits += two.hits
    one.marks |= two.marks
    one.said = _around(one.said, two.said)
    one.is_prose = one.is_prose and two.is_prose


def _counts(piece: _Piece, text: str) -> bool:
    """Whether it is an error of Facebook: other programs, too, write "code" and "message"."""
    mention = piece.mention
    words = _words_of(piece)
    if piece.hits and _is_known(mention, words, by_words=piece.needs_words):
        return True
    if piece.is_prose:
        return piece.has_number and not piece.needs_words
    if mention.subcode is not None and knows_subcode(mention.subcode):
        return True
    if piece.marks & Mark.TRACE or mention.user_message or mention.user_title:
        return piece.has_number or bool(mention.message or mention.user_message)
    if mention.code is None:
        is_asked = mention.subcode is not None and not mention.words and is_bare(text)
        return is_asked or bool(piece.marks & Mark.EXCEPTION and mention.message)
    if piece.marks & Mark.ANNOUNCED:
        return mention.code > 0
    if mention.code in _STATUSES or not (piece.marks & Mark.PLACE or not mention.words):
        return False
    return is_bare(text) or (knows_code(mention.code) and speaks_of_errors(text, piece.start, piece.end))


def _is_known(mention: ErrorMention, words: str, by_words: bool) -> bool:
    numbers_and_words = (mention.code, mention.subcode, words, mention.call)
    return is_known_by_words(*numbers_and_words) if by_words else matching(*numbers_and_words) is not None


def _words_of(piece: _Piece) -> str:
    mention = piece.mention
    parts = [mention.words, mention.user_title, mention.user_message, *(hit.words for hit in piece.hits)]
    return "\n".join(part for part in parts if part)


def _complete(piece: _Piece, text: str, source: Sequence[str]) -> None:
    """Fill in what stands around it: the words, the sentence to show, the call."""
    mention = piece.mention
    if piece.said is not None:
        around = sentence(text, *piece.said)
        mention.words = "\n".join(part for part in (mention.words, around) if part)
        is_told = piece.hits or ("#" in around and not asks(around))  # else they are the words of whoever asks
        if is_told and not any(holds(squeezed(mention.message), phrase(hit.words)) for hit in piece.hits):
            mention.message = around if piece.hits or not mention.message else mention.message
    mention.words = _words_of(piece)
    mention.call = _call_near(source, piece.first, piece.last)


def _without_echoes(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Leave out a general reading that stands beside a precise one of the same error."""
    kept: list[_Piece] = []
    entries = [matching(p.mention.code, p.mention.subcode, p.mention.words, p.mention.call) for p in pieces]
    for at, (piece, entry) in enumerate(zip(pieces, entries, strict=True)):
        is_general = entry is None or entry.is_open or entry.is_default
        nearby = range(max(0, at - 3), min(len(pieces), at + 4))
        if not is_general or not any(_is_echo(piece, pieces[near], entries[near]) for near in nearby if near != at):
            kept.append(piece)
    return kept


def _is_echo(piece: _Piece, other: _Piece, entry: object) -> bool:
    if entry is None or (not other.hits and other.mention.subcode is None):
        return False
    if min(abs(piece.first - other.last), abs(other.first - piece.last)) > 5:
        return False
    is_same = piece.mention.code is not None and piece.mention.code == other.mention.code
    return is_same and _agree(piece.mention.subcode, other.mention.subcode) and not piece.hits


def _call_near(lines: Sequence[str], first: int, last: int) -> str:
    """Return the call that its lines name, or else one of the two before it."""
    for line in reversed(lines[max(0, first - 2) : min(last, first + 8) + 1]):
        if found := list(_CALL.finditer(line[:3_000])):
            return _named(line, found[-1])
    return ""


def _named(line: str, found: re.Match[str]) -> str:
    """Return a name with its method, where the line has one. "messages" in a path is a send, if it is not read."""
    method = (_METHOD.findall(line, max(0, found.start() - 200), found.start()) or [""])[-1]
    name = found[1]
    if name == "messages":
        if not line[: found.start()].endswith(("/", "}")):
            return ""
        name = name if method == "GET" else "me/messages"
    return f"{method} {name}".strip()
