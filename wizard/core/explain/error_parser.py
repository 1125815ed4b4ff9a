"""The errors in what people paste: an error text, a code, a JSON body, a log. `wizard.core.explain.redact` comes first.

Bodies come as JSON, as Python or JavaScript show them, escaped inside another text, or cut off. So nothing is parsed:
members such as "code" and "message" are looked for wherever they stand, and those of one object belong together.
"""

import contextlib
import functools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus

from wizard.core.catalogues import Catalogue, CatalogueKind, imported
from wizard.core.explain.error_rules import entries_with, knows_subcode, matching, plain_words


@dataclass(slots=True)
class ErrorMention:
    """One error where it stands in a text. line: from 1. call: name such as "take_thread_control", "" if not told."""

    line: int
    code: int | None = None
    subcode: int | None = None
    message: str = ""
    user_message: str = ""
    trace_id: str = ""
    call: str = ""
    is_facebooks: bool = field(default=False, repr=False)  # more than a number speaks for it


_NAMES = {
    "code": "code",
    "error_code": "code",
    "errorcode": "code",
    "error_subcode": "subcode",
    "errorsubcode": "subcode",
    "suberrorcode": "subcode",
    "subcode": "subcode",
    "message": "message",
    "error_msg": "message",
    "error_message": "message",
    "errormessage": "message",
    "error_description": "message",
    "error_user_msg": "user_message",
    "fbtrace_id": "trace_id",
    "type": "type",
    "errortype": "type",
    "error": "error",
}
_MEMBER = re.compile(
    r"(?<![A-Za-z_])(?P<around>\\{0,15}[\"']|\[\"?)?(?P<name>" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")"
    r"(?(around)(?:\\{0,15}[\"']|\"?\]))(?P<is>\s*(?:=>|[:=])\s*|\s+(?=#?-?\d))(?:string\(\d+\)\s*|int\((?=\d))?",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?P<quote>\\{0,15}[\"'])(?P<value>[^\n]{0,4000}?)(?<!\\)(?P=quote)")
_NUMBER = re.compile(r"[\"'\\(#]{0,5}(-?\d{1,9})(?![\d.])")
_BARE = re.compile(r"[^\s{\[\"'\\][^\n}]{0,1000}")
_IN_TEXT = re.compile(r"\(#(-?\d{1,7})\)")
_PAIR = re.compile(r"(?<![\w./:-])(\d{1,7})/(\d{2,8})(?![\w/:-]|\.\d)")
_HASH = re.compile(r"(?<![\w&(])#(\d{1,6})\b")
_ERROR_NUMBER = re.compile(r"\b(?:error|exception)\s*:?\s+\(?#?(\d{1,7})\b", re.IGNORECASE)
_ONLY_NUMBERS = re.compile(r"(?:facebook|error|code|[\s:(])*\d+\/\d+\W*", re.IGNORECASE)
_BEFORE_SUBCODE = re.compile(r"#(\d{1,7})\)?[^\n\d]{0,30}$")
_ALONE = re.compile(r"(?<![\w.-])(\d{6,8})(?![\w.-])")
_CALL = re.compile(
    r"\b((?:pass|take|request|release|extend)_thread_control|thread_owner|secondary_receivers|subscribed_apps|"
    r"debug_token|me/messages|\(hidden\)/messages)\b"
)
_NOT_FACEBOOKS = re.compile(
    r"(?:status|exit|http|response|return|country|zip|verification|post|qr|area)[\s_-]*$", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
# Where a number is a part of something else: a version, a time, a name as "v26" or "utf-8"; an amount of something.
_BEFORE_ANOTHER = re.compile(r"(?:[A-Za-z_/&$€£¥-]|[$€£¥]\s|\b(?:exit|return)[\s_-]*code\W*)$", re.IGNORECASE)
_AFTER_ANOTHER = re.compile(r"[A-Za-z_/-]|[^\w\s]\w|\s?[%‰$€£¥]")
_HTTP = frozenset((200, 201, 202, 204, *range(400, 600)))
_STATUSES = frozenset(status.value for status in HTTPStatus if status >= 200)  # code 100 is Facebook's, too
_SHORT = 300  # characters: in so short a paste a number alone is what the person asks about


def find_errors(text: str) -> list[ErrorMention]:
    """Return every error in a text that was blanked, in order, the same one as often as it occurs."""
    found: list[ErrorMention] = []
    is_short = len(text) <= _SHORT
    rest, seen_to = [], 0  # the text without the objects, line by line as it was
    for sighting, start, end in _objects(text):
        if _counts(sighting, is_short):
            found.append(sighting)
            rest += [text[seen_to:start], "\n" * text.count("\n", start, end)]
            seen_to = end
    rest.append(text[seen_to:])
    for number, line in enumerate("".join(rest).split("\n"), start=1):
        if sighting_in_line := _in_line(line, number, is_short):
            found.append(sighting_in_line)
    lines = text.split("\n")
    for sighting in found:
        sighting.call = _call_near(lines, sighting.line)
    return sorted(found, key=lambda sighting: sighting.line)


def find_lone_code(text: str) -> ErrorMention | None:
    """Return the error of a short text in any language whose only number is a code of the catalogue, or None.

    The number alone speaks for it, so ask only where neither `find_errors` nor the words themselves tell anything."""
    numbers = list(_DIGITS.finditer(text)) if len(text) <= _SHORT else []
    if len(numbers) != 1 or len(numbers[0][0]) > 7 or not numbers[0][0].isdecimal():
        return None
    number = numbers[0]
    code, line = int(number[0]), text.count("\n", 0, number.start()) + 1
    if code in _STATUSES or _BEFORE_ANOTHER.search(text[: number.start()]) or _AFTER_ANOTHER.match(text, number.end()):
        return None
    sighting = ErrorMention(line, code, call=_call_near(text.split("\n"), line))
    return sighting if _known(sighting) else None


def _objects(text: str) -> Iterator[tuple[ErrorMention, int, int]]:
    """Yield each group of members that stand in one object, with where it begins and ends."""
    group: ErrorMention | None = None
    start = end = at = 0
    line, counted = 1, 0
    announced = -1_000  # where "error" was opened
    while member := _MEMBER.search(text, at):
        name = _NAMES[member["name"].lower()]
        value, after = _value(text, member.end(), name)
        at = max(after, member.end())
        if name == "error":
            announced, at = member.end(), member.end()
            if group is not None:
                yield group, start, end
                group = None
            continue
        if value is None or (not member["around"] and name in ("type", "message") and member["is"].isspace()):
            continue
        if group is not None and (_holds(group, name) or _is_over(text[end : member.start()])):
            yield group, start, end
            group = None
        if group is None:
            line += text.count("\n", counted, member.start())
            counted = member.start()
            group, start = ErrorMention(line), member.start()
            group.is_facebooks = member.start() - announced < 40
            if name == "subcode" and (before := _BEFORE_SUBCODE.search(text, max(0, start - 40), start)):
                group.code, start = int(before[1]), before.start()
            if name == "code" and _NOT_FACEBOOKS.search(text[max(0, start - 14) : start]):
                group = None
                continue
        _put(group, name, value)
        end = after
    if group is not None:
        yield group, start, end


def _value(text: str, at: int, name: str) -> tuple[str | None, int]:
    """Return the value that begins there, None if it is none for this member, and where it ends."""
    if name in ("code", "subcode"):
        number = _NUMBER.match(text, at)
        return (number[1], number.end()) if number else (None, at)
    if quoted := _QUOTED.match(text, at):
        return _unescaped(quoted["value"]), quoted.end()
    if not (bare := _BARE.match(text, at)):
        return None, at
    following = _MEMBER.search(bare[0])
    value = bare[0][: following.start()] if following else bare[0]
    return value.strip(" ,;"), at + len(value)


def _put(group: ErrorMention, name: str, value: str) -> None:
    match name:
        case "code":
            group.code = int(value)
        case "subcode":
            group.subcode = int(value) if int(value) > 0 else None
            group.is_facebooks = group.is_facebooks or group.subcode is not None
        case "type":
            group.is_facebooks = group.is_facebooks or value.endswith("Exception")
        case "trace_id":
            group.trace_id, group.is_facebooks = value[:80], True
        case "user_message":
            group.user_message = value
        case _:
            group.message = value
            if group.code is None and (number := _IN_TEXT.search(value)):
                group.code, group.is_facebooks = int(number[1]), True


def _holds(group: ErrorMention, name: str) -> bool:
    if name == "code":
        return group.code is not None and not _IN_TEXT.search(group.message)
    return bool(getattr(group, name, None))


def _is_over(between: str) -> bool:
    """Whether the object was left between two members, or the text went on to something else."""
    depth = 0
    for character in between:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return True
    return len(between) > 1_000 or between.count("\n") > (30 if depth else 3)


def _counts(sighting: ErrorMention, is_short: bool) -> bool:
    """Whether it is an error of Facebook: other programs, too, write "code" and "message"."""
    if sighting.code is None and sighting.subcode is None:
        return (sighting.is_facebooks and bool(sighting.message)) or _known(sighting)
    if sighting.is_facebooks or (sighting.subcode is not None and knows_subcode(sighting.subcode)):
        return True
    if sighting.message and _known(ErrorMention(0, message=sighting.message)):
        return True
    return is_short and not (sighting.code in _HTTP and (sighting.message or not _known(sighting)))


def _known(sighting: ErrorMention) -> bool:
    return matching(sighting.code, sighting.subcode, sighting.message, sighting.call) is not None


def _in_line(line: str, number: int, is_short: bool) -> ErrorMention | None:
    """Return the error that a line names without an object around it."""
    text = line.strip()
    if not text:
        return None
    if _DIGITS.search(text) and (sighting := _by_number(line, number, is_short)):
        return sighting
    by_words = ErrorMention(number, message=text)
    return by_words if _has_known_words(text) and _known(by_words) else None


def _by_number(line: str, number: int, is_short: bool) -> ErrorMention | None:
    text = line.strip()
    if (found := _IN_TEXT.search(line)) and (is_short or _speaks_of_errors(line, int(found[1]))):
        return ErrorMention(number, int(found[1]), _subcode_in(line), message=line[found.start() :].strip())
    is_alone = _ONLY_NUMBERS.fullmatch(text) is not None
    if (pair := _PAIR.search(line)) and (is_alone or knows_subcode(int(pair[2]))):
        return ErrorMention(number, int(pair[1]), int(pair[2]), message="" if is_alone else text)
    if subcode := _subcode_in(line):
        return ErrorMention(number, None, subcode, message=text)
    for pattern in (_HASH, _ERROR_NUMBER):
        if is_short and (found := pattern.search(line)) and not 400 <= int(found[1]) < 600:
            return ErrorMention(number, int(found[1]), message=text)
    if is_short and re.fullmatch(r"\(?#?-?\d{1,7}\)?", text):
        return ErrorMention(number, int(text.strip("()#")))
    return None


def _has_known_words(text: str) -> bool:
    """Whether a text without numbers can be in the catalogue at all: this is asked of every line of a log."""
    words, shortest = _known_words(imported(CatalogueKind.ERRORS))
    if len(text) < shortest:
        return False
    lowered = plain_words(text)
    return any(word in lowered for word in words)


@functools.lru_cache(maxsize=2)
def _known_words(errors: Catalogue | None) -> tuple[tuple[str, ...], int]:
    """Return the words that errors are recognised by, and how long the shortest are."""
    words = {word for entry in entries_with(errors) for match in entry.matches for word in match.words}
    return tuple(words), min(map(len, words))


def _speaks_of_errors(line: str, code: int) -> bool:
    """A log has other numbers, too: "merged (#123)"."""
    return _known(ErrorMention(0, code, message=line)) or bool(re.search(r"error|exception|fail", line, re.IGNORECASE))


def _subcode_in(line: str) -> int | None:
    return next((int(found[1]) for found in _ALONE.finditer(line) if knows_subcode(int(found[1]))), None)


def _call_near(lines: list[str], number: int) -> str:
    """Return the call that the line names, or else one of the two before it."""
    for line in reversed(lines[max(0, number - 3) : number]):
        if found := _CALL.findall(line):
            return str(found[-1]).replace("(hidden)", "me")
    return ""


def _unescaped(value: str) -> str:
    """Return a value as a person reads it: "\\u00e4" is a letter, a backslash before a quote is none."""
    with contextlib.suppress(ValueError):  # not JSON's way: backslashes are all there is to take out
        value = str(json.loads(f'"{value}"'))
    return re.sub(r"\\+([\"'/])", r"\1", value)
