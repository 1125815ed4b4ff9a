"""A pasted text without the dress it came in: entities, percent signs, tags, quotes of typists, prefixes of logs.

The number of lines stays, so that a line of the result is that line of the paste.
"""

import html
import re
from urllib.parse import unquote_plus

_ENTITY = re.compile(r"&(?:quot|apos|amp|lt|gt|nbsp|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});")
_PERCENT = re.compile(r"(?<!\S)\S*%(?:22|27|3[Aa]|7[Bb])\S*")
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00a0": " ", "\u200b": " "})
_APOSTROPHE = re.compile(r"(?<!\w)[‘’](?=\w)|(?<=[\w.!?)])[‘’](?!\w)")  # noqa: RUF001 - as word processors set them
_ESCAPED_LETTER = re.compile(r"\\{1,15}u(d[89ab][0-9a-f]{2})\\{1,15}u(d[c-f][0-9a-f]{2})|\\{1,15}u([0-9a-f]{4})", re.I)
_ESCAPED_BLANK = re.compile(r"\\{1,15}[nrt]")
_MEMBER_TAG = re.compile(
    r"<((?:error_?)?(?:sub_?)?code|(?:error_)?(?:message|msg)|type|error_user_(?:title|msg)|fbtrace_id)>([^<\n]{0,2000})</\1>",
    re.I,
)
_TAG = re.compile(
    r"</?(?:br|div|p|span|pre|b|i|em|strong|li|ul|td|tr|th|table|font|a|h[1-6]|error)\b[^<>\n]{0,200}>", re.I
)
_LINE_PREFIX = re.compile(
    r"^[ \t]*(?:>[ \t]?)+(?=[^\s])"  # a mail that is quoted
    r"|^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S{0,20}[ \t]+[\w.-]{1,40}\[[\w.-]{1,40}\]:",  # the prefix of a platform's log
    re.M,
)


def undress(text: str) -> str:
    """Return the text as its first program wrote it, as far as that can be told, line for line."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: _in_line(html.unescape(entity[0])), text)
    if "%" in text:
        text = _PERCENT.sub(lambda word: _in_line(unquote_plus(word[0])), text)
    text = _APOSTROPHE.sub("'", text.translate(_CURLY))
    if "\\" in text:
        text = _ESCAPED_LETTER.sub(_letter, text)
        text = _ESCAPED_BLANK.sub(" ", text).replace("\\/", "/")
    if "<" in text:
        text = _MEMBER_TAG.sub(r'"\1": "\2", ', text)
        text = _TAG.sub(" ", text)
    return _LINE_PREFIX.sub("", text)


def _in_line(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _letter(escape: re.Match[str]) -> str:
    """Return the letter; a quote or a backslash stays escaped, for it would end a value."""
    if escape[3] is None:
        return chr(0x10000 + (int(escape[1], 16) - 0xD800) * 0x400 + int(escape[2], 16) - 0xDC00)
    letter = chr(int(escape[3], 16))
    return letter if letter.isprintable() and letter not in "\"'\\" else " "
