"""Members of errors, such as "code" and "message", wherever they stand in a text: those of one object belong together.

Bodies come as JSON, YAML, Python, PHP, Ruby or Java show them, escaped inside another text, or cut off. So nothing is
parsed: names are looked for, and brackets tell only where an object is left.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Flag, auto

from wizard.core.explain.error_mention import ErrorMention
from wizard.core.explain.error_rules import knows_code, knows_subcode

_OWNER = r"(?:(?:fb|facebook|graph|meta|api|oauth|error|err|exception|response|raw|data|body)[._ -]?){0,4}"
_TAIL = (
    r"sub_?(?:error_?)?code|code|user_?title|user_?msg|user_?message|message|msg|summary|description|details?|reason|title|"
    r"trace_?id|is_?transient|type|error"
)
_MEMBER = re.compile(
    rf"(?<![A-Za-z0-9])(?P<around>\\{{0,15}}[\"']|\[\"?|:(?=\w+\s*=>))?(?P<owner>{_OWNER}?)(?P<tail>{_TAIL})"
    r"(?P<last>(?(around)(?:\\{0,15}[\"']|\"?(?::protected|:private)?\]|(?=\s*=>))))"
    r"(?P<is>\s{0,9}(?:=>|[:=])\s*)(?:string\(\d+\)\s*|int\((?=-?\d))?",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?P<quote>\\{0,15}[\"'])(?P<value>[^\n]{0,4000}?)(?<!\\)(?P=quote)")
_OVER_LINES = re.compile(r"(?P<quote>\\{0,15}[\"'])(?P<value>[^\"{}]{0,1000}?)(?<!\\)(?P=quote)(?=\s*[,}\]])")
_OBJECT = re.compile(r"[{\[]\s*\\{0,15}[\"'{]")  # in a text: then its members are looked for in there
_CUT = re.compile(r"\\{0,15}[\"']([^\n\"]{0,1000})\n?$")  # the paste ends in the value
_NUMBER = re.compile(r"[\"'\\(#]{0,5}(-?\d{1,9})(?![\d.]\d|\d)")
_BARE = re.compile(r"[^\s{\[\"'\\&](?:[^\n}\]&]|&(?!\w+=)){0,1000}")
IN_TEXT = re.compile(r"[(\[]#(-?\d{1,7})[)\]]")
_BEFORE_SUBCODE = re.compile(r"(?:\(#|[-–] #|^#)(\d{1,7})\)?[^\n\d{]{0,30}$")
# What stands before "code" where that is none of an error.
OTHER_CODES = (
    r"status|http|response|country|zip|postal|post|verification|confirmation|security|qr|bar|area|dial|discount|promo|"
    r"coupon|voucher|gift|pin|sms|access|invite|product|order|tax|source|sort|bank|dress"
)
_NOT_AN_ERRORS = re.compile(
    rf"(?:{OTHER_CODES}|exit|exited with|returned|return|authori[sz]ation|user)[\s_.-]{{0,2}}$", re.IGNORECASE
)
_OF_A_BATCH = re.compile(r"[^{}\n]{0,40}?\\{0,15}[\"'](?:headers|body)\\{0,15}[\"']\s*[:=]")
_OF_FACEBOOK = re.compile(r"facebook|\bfb\b|graph|messenger|oauth|\bmeta\b", re.IGNORECASE)
_HTTP = frozenset((0, 200, 201, 202, 204, *range(300, 309), *range(400, 600)))
_FAR = 1_000  # characters


class Mark(Flag):
    """What speaks for an error of Facebook, beside its number."""

    NONE = 0
    ANNOUNCED = auto()  # it stands in an object called "error"
    PLACE = auto()  # something of Facebook's is named before it
    EXCEPTION = auto()  # of a type that ends so
    TRACE = auto()  # of a type, or with a member, that only Facebook has


@dataclass(slots=True)
class Group:
    """Members that belong together, with where they begin and end."""

    mention: ErrorMention
    start: int
    end: int
    marks: Mark = Mark.NONE


def groups(text: str) -> Iterator[Group]:
    """Yield each group of members that stand in one object. text: undressed."""
    group: Group | None = None
    at, line, counted = 0, 1, 0
    announced = -_FAR  # where "error" was opened
    while member := _MEMBER.search(text, at):
        name = _name(member)
        value, after = _value(text, member.end(), name)
        at = max(after, member.end())
        if name == "error" and value is None:
            announced, at = member.end(), member.end()
            if group is not None:
                yield group
                group = None
            continue
        if name == "error" and member["around"] and value is not None and re.fullmatch(r"-?\d{1,8}", value):
            name = "code"
        if value is None or not _is_member(member, name) or _is_another_code(text, member, name, value, at):
            continue
        if group is not None and (
            _differs(group.mention, name, value, text[group.end : member.start()])
            or _is_over(text, group, member.start())
        ):
            yield group
            group = None
        if group is None:
            line += text.count("\n", counted, member.start())
            counted = member.start()
            group = Group(ErrorMention(line), member.start(), after)
            before = text[max(0, member.start() - 100) : member.start()].rpartition("\n")[2]
            if 0 <= member.start() - announced < 40:
                group.marks |= Mark.ANNOUNCED
            if _OF_FACEBOOK.search(before):
                group.marks |= Mark.PLACE
            if name == "subcode" and (number := _BEFORE_SUBCODE.search(text, max(0, group.start - 40), group.start)):
                group.mention.code, group.start = int(number[1]), number.start()
        _put(group, name, value)
        if _OF_FACEBOOK.search(member["owner"]):
            group.marks |= Mark.PLACE
        group.end = after
    if group is not None:
        yield group


def _name(member: re.Match[str]) -> str:
    tail = member["tail"].lower().replace("_", "")
    if tail.startswith("sub") and tail.endswith("code"):
        return "subcode"
    if tail in ("code", "error", "type", "traceid", "istransient", "usertitle"):
        return tail
    return "usermsg" if tail in ("usermsg", "usermessage") else "message"


def _is_member(member: re.Match[str], name: str) -> bool:
    """Whether it is more than the beginning of a sentence, such as "Error: it failed"."""
    return name != "error" or bool(member["around"])


def _is_another_code(text: str, member: re.Match[str], name: str, value: str, end: int) -> bool:
    """Whether a number under "code" is none of an error of Facebook: the status of a reply, the exit of a program."""
    if name != "code":
        return False
    if _NOT_AN_ERRORS.search(text, max(0, member.start() - 16), member.start()):
        return True
    number = int(value)
    return (number in _HTTP and _OF_A_BATCH.match(text, end) is not None) or (
        number in _HTTP and number != 200 and not knows_code(number)
    )


def _value(text: str, at: int, name: str) -> tuple[str | None, int]:
    """Return the value that begins there, None if it is none for this member, and where it ends."""
    if name in ("code", "subcode"):
        number = _NUMBER.match(text, at)
        return (number[1], number.end()) if number else (None, at)
    if quoted := (_QUOTED.match(text, at) or (_OVER_LINES.match(text, at) if name == "message" else None)):
        holds_object = name in ("message", "error") and _OBJECT.search(quoted["value"])
        return (None, at) if holds_object else (_unescaped(quoted["value"]), quoted.end())
    if not (bare := _BARE.match(text, at)):
        cut = _CUT.match(text, at)
        return (_unescaped(cut[1]), cut.end()) if cut and cut[1] else (None, at)
    following = _MEMBER.search(bare[0])
    value = bare[0][: following.start()] if following else bare[0]
    return value.strip(" ,;)"), at + len(value)


def _put(group: Group, name: str, value: str) -> None:
    mention = group.mention
    match name:
        case "code":
            _put_code(mention, int(value))
        case "subcode":
            mention.subcode = int(value) if int(value) > 0 else mention.subcode
        case "type":
            if value.endswith("Exception"):
                group.marks |= Mark.EXCEPTION
            if value.endswith(("OAuthException", "GraphMethodException", "GraphBatchException")):
                group.marks |= Mark.TRACE
        case "traceid":
            mention.trace_id = value[:80]
            group.marks |= Mark.TRACE
        case "istransient":
            mention.is_transient = {"true": True, "false": False}.get(value.lower().strip(), mention.is_transient)
        case "usertitle":
            mention.user_title = value
        case "usermsg":
            mention.user_message = value
        case _:
            _put_message(group, value)


def _put_code(mention: ErrorMention, number: int) -> None:
    if number == 0:
        return
    if 1_000_000 <= number < 10_000_000 or (number > 99_999 and knows_subcode(number)):
        mention.subcode = mention.subcode or number  # desks put either number there
    else:
        mention.code = number


def _put_message(group: Group, value: str) -> None:
    mention = group.mention
    if not value or (value.isdecimal() and len(value) < 9):  # a count, not a text
        return
    mention.words = f"{mention.words}\n{value}" if mention.words else value
    number = IN_TEXT.search(value)
    if number and number.start() == 0 and knows_code(int(number[1])):
        group.marks |= Mark.PLACE  # nobody else begins so
    if not mention.message or (number and not IN_TEXT.search(mention.message)):
        mention.message = value
    if number and mention.code is None:
        mention.code = int(number[1])


def _differs(mention: ErrorMention, name: str, value: str, between: str) -> bool:
    """Whether the group has another value of this name already, or the same once more behind its end."""
    if name == "code":
        if int(value) == 0 or mention.code is None or mention.subcode == int(value):
            return False
        from_text = IN_TEXT.search(mention.message)
        if mention.code != int(value):
            return not (from_text and int(from_text[1]) == mention.code)
        return not from_text and _is_left(between)
    if name == "subcode":
        return mention.subcode is not None and (mention.subcode != int(value) or _is_left(between))
    if name == "traceid":
        return bool(mention.trace_id) and mention.trace_id != value[:80]
    if name == "message" and mention.message:
        return _is_left(between)
    return False


def _is_left(between: str) -> bool:
    return "}" in between or "\n" in between


def _is_over(text: str, group: Group, at: int) -> bool:
    """Whether the object was left between two members, or the text went on to something else."""
    between = text[group.end : at]
    if len(between) > _FAR:
        return True
    depth = lines = 0
    for character in between:
        if character in "{[":
            depth += 1
        elif character in "}]":
            depth -= 1
            if depth < 0 and character == "}":
                return True
        elif character == "\n" and depth <= 0:
            lines += 1
    return lines > 3


def _unescaped(value: str) -> str:
    """Return a value as a person reads it: a backslash before a quote is none."""
    return re.sub(r"\\+([\"'/])", r"\1", value)
