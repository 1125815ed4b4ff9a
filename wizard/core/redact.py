"""What leaves the program is made fit to be seen here: reports, facts, set-ups, the terminal, error texts, the log.

A secret is found wherever it stands: behind a letter of any alphabet, in an address, in escaped JSON, between colours.
"""

import re

HIDDEN = "(hidden)"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"  # of a token
_UNSEEN = "\x00\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # what a copied text may have between them
_JOINERS = "\u200c\u200d"  # not printable by themselves, but part of Persian words and of some emoji
_PREFIX = "EAA|IGAA|IGQ"  # Facebook's own tokens start EAA; Instagram's IGAA or IGQ. As seen in the wild, 2026-11.
_ENOUGH = 40  # characters that no word has

# What terminals take for commands: colours and movements.
_COLOURS = re.compile(r"(?:\x1b\[|\x9b)[0-?]{0,40}[@-~]")


def _any_form(characters: str) -> str:
    """A pattern for one of the characters as it is, as %41, \\u0041, \\x41 or &#65;."""
    codes = "|".join(f"{ord(one):02x}" for one in characters)
    numbers = "|".join(str(ord(one)) for one in characters)
    escaped = (
        rf"%(?:25){{0,9}}(?:{codes})|\\{{1,9}}(?:u00|x)(?:{codes})|&\#(?:0{{0,5}}(?:{numbers})|x0{{0,5}}(?:{codes}));"
    )
    return rf"(?:[{re.escape(characters)}]|(?i:{escaped}))"


_BODY = rf"(?:{_any_form(_LETTERS)}|[{_UNSEEN}])"
_TOKEN = re.compile(rf"(?:{_PREFIX})[A-Za-z0-9_-]{{12,}}", re.IGNORECASE)
_INSIDE = re.compile(rf"(?:{_PREFIX})[A-Za-z0-9_-]{{12,}}")
_ESCAPED_TOKEN = re.compile(
    "(?:" + "|".join("".join(_any_form(one) + f"[{_UNSEEN}]?" for one in word) for word in _PREFIX.split("|")) + ")"
    rf"{_BODY}{{12,}}"
)
_IS_ESCAPED = re.compile(rf"%|\\[ux]|&#|[{_UNSEEN}]", re.IGNORECASE)
_APP_TOKEN = re.compile(rf"[0-9]{{5,20}}{_any_form('|')}{_BODY}{{10,}}")
_HEX = re.compile(r"[0-9a-f]{32,}", re.IGNORECASE)  # app secrets have 32 digits, proofs 64
_END_OF_ESCAPE = re.compile(r"(?:\\[abefnrtv0]|%(?:25){0,4}[0-9a-f]{2}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2})\Z", re.IGNORECASE)
_NAMED = re.compile(
    r"(?P<name>access_token|input_token|page_token|fb_exchange_token|client_secret|app_secret|appsecret_proof)"
    r"(?P<is>(?:\\{0,9}[\"']|&quot;|&\#34;)?\s?(?:=>|[:=]|%(?:25){0,9}3[AD]|\\{1,9}u003[ad])\s?"
    r"(?:\\{0,9}[\"']|&quot;|&\#34;)?)(?P<value>(?!\(hidden\))(?:(?!%(?:25){0,9}2[26])[^\s\"'\\&,;})\]<>])+)",
    re.IGNORECASE,
)


def redact_tokens(text: str) -> str:
    """Return the text without colour codes, and with everything that looks like a token, a secret or a proof hidden."""
    text = _redacted(text)
    # A secret may have colours in it; and where it follows half a code, its beginning would go with that.
    return _redacted(_COLOURS.sub("", text)) if _COLOURS.search(text) else text


def _redacted(text: str) -> str:
    text = _APP_TOKEN.sub(HIDDEN, _NAMED.sub(_without_value, text))
    if _IS_ESCAPED.search(text):
        text = _ESCAPED_TOKEN.sub(lambda found: HIDDEN if _IS_ESCAPED.search(found[0]) else found[0], text)
    text = _TOKEN.sub(_unless_word, text)
    return _HEX.sub(HIDDEN, text)


def printable(text: str) -> str:
    """Return the text in one line and without tokens."""
    return visible(redact_tokens(text))


def printable_lines(text: str) -> str:
    """As `printable`, but the line ends stay."""
    return "\n".join(visible(line) for line in redact_tokens(text).split("\n"))


def visible(text: str) -> str:
    """Return the text in one line: line ends, control characters and marks that turn the reading direction would change
    what stands around it, and half a character can be written nowhere."""
    return "".join(one if one.isprintable() or one in _JOINERS else " " for one in text)


def _without_value(member: re.Match[str]) -> str:
    """Blank the value of a secret; a sentence such as "access_token: Session has expired" holds none."""
    is_prose = member["is"].endswith(" ") and member["value"].isalpha() and len(member["value"]) < 16
    return member[0] if is_prose else f"{member['name']}{member['is']}{HIDDEN}"


def _unless_word(found: re.Match[str]) -> str:
    """Blank a token. In the middle of a word it begins with capitals and is as long, or as odd, as no word is: else
    there would be no oceaanblauw and no bigquery_export."""
    before = found.string[max(0, found.start() - 12) : found.start()]
    if not re.search(r"[A-Za-z0-9_]\Z", before) or _END_OF_ESCAPE.search(before):
        return HIDDEN
    inside = _INSIDE.search(found[0])
    if inside is None or not (len(inside[0]) >= _ENOUGH or any("0" <= one <= "9" for one in inside[0])):
        return found[0]
    return found[0][: inside.start()] + HIDDEN
