"""What a pasted token looks like, before any call. Only clear cases: Facebook promises no length and no alphabet."""

import re
import unicodedata
from enum import StrEnum
from urllib.parse import parse_qs


class TokenShape(StrEnum):
    """Why a text is surely not a usable access token."""

    EMPTY = "empty"
    HAS_SPACES = "has_spaces"
    HAS_ODD_CHARACTERS = "has_odd_characters"  # not ASCII: no header can carry it
    IS_LINK = "is_link"
    IS_REFUSED_LOG_IN = "is_refused_log_in"  # the address where a log-in ended that gave nothing
    IS_APP_ID = "is_app_id"
    IS_APP_TOKEN = "is_app_token"  # "app-id|secret"
    IS_SECRET = "is_secret"  # an app secret or a proof: hex digits only
    INSTAGRAM = "instagram"
    LOOKS_MASKED = "looks_masked"
    TOO_SHORT = "too_short"


_QUOTES = "\"'`´“”„‘’‚«»‹›"  # noqa: RUF001 - all that texts are quoted with
_LABEL = re.compile(r"^(?:authorization\s*:\s*)?(?:bearer|oauth)\s+", re.IGNORECASE)
_PARAMETERS = tuple(  # of a log-in's two the one that lives longer first
    re.compile(rf"(?:^|[?&#\s\"']){name}\"?\s*[=:]\s*[\"']?([^&\s\"'#,;}}]+)", re.IGNORECASE)
    for name in ("long_lived_token", "access_token")
)
_REFUSED = re.compile(r"[?&#]error(?:_reason|_code)?=")
_APP_ID = r"\d{5,20}(?:\||%7C)"  # as it stands before the secret in a token of an app
_APP_TOKEN = _APP_ID + "[A-Za-z0-9_-]{10,}"
# Stricter than what is blanked, for a file may be called EAA-report-2026.json; and behind a short option with its
# value, as -oFILE. In the middle of a word only what is as long as real tokens are.
_CERTAIN = re.compile(
    r"(?:(?:^-[a-z]|(?<![A-Za-z0-9_]))(?:EAA|IGAA|IGQ)[A-Za-z0-9]{12,}|(?:EAA|IGAA|IGQ)[A-Za-z0-9]{60,}|"
    + _APP_TOKEN
    + r")(?![A-Za-z0-9_.-])"
)
_SECRET = re.compile(r"[0-9a-f]{32}(?:[0-9a-f]{32})?", re.IGNORECASE)
_SHORTEST = 20  # a token carries an app, a person and a signature; the shortest seen has over 50 characters


def clean(pasted: str) -> str:
    """Return the token in what was pasted: without quotes, labels, line ends of a wrapped token, invisible characters.

    A link, a form body or a JSON text that carries an access_token gives that token, or the long_lived_token beside it.
    Spaces inside stay, except where all they do is wrap a token over several lines.
    """
    text = "".join(_visible(character) for character in unicodedata.normalize("NFC", pasted)).strip()
    for parameter in _PARAMETERS:
        if (found := parameter.search(text)) is None:
            continue
        fragment = found.group(1)
        return parse_qs(f"t={fragment}").get("t", [fragment])[0].strip(_QUOTES + " ")
    text = text.strip(_QUOTES + " ,;")
    text = _LABEL.sub("", text).strip(_QUOTES + " ,;")
    if re.match(r"EAA", text) and "\n" in text:
        return "".join(line.strip(" ") for line in text.split("\n"))
    return text.replace("\n", " ").strip()


def is_long_lived(pasted: str) -> bool:
    """Whether `clean` takes a token out of this text that a log-in gave for weeks."""
    return _PARAMETERS[0].search(pasted) is not None


def shape_problem(token: str) -> TokenShape | None:
    """Return why the text is surely no usable token, None if only Facebook can tell. token: as `clean` returns it."""
    if not token:
        return TokenShape.EMPTY
    if re.match(r"https?://[^\s/]", token, re.IGNORECASE):
        return TokenShape.IS_REFUSED_LOG_IN if _REFUSED.search(token) else TokenShape.IS_LINK
    if any(mark in token for mark in ("…", "...", "***", "•", "●")):
        return TokenShape.LOOKS_MASKED
    if any(character.isspace() for character in token):
        return TokenShape.HAS_SPACES
    if not (token.isascii() and token.isprintable()):
        return TokenShape.HAS_ODD_CHARACTERS
    if token.isdigit():
        return TokenShape.IS_APP_ID
    if re.fullmatch(_APP_ID + r"\S+", token, re.IGNORECASE):
        return TokenShape.IS_APP_TOKEN
    if _SECRET.fullmatch(token):
        return TokenShape.IS_SECRET
    if token.startswith(("IGAA", "IGQ")):
        return TokenShape.INSTAGRAM
    return TokenShape.TOO_SHORT if len(token) < _SHORTEST else None


def has_token(argument: str) -> bool:
    """Whether a token stands in an argument of a command: alone, in an address or in a path, but not what may be a part
    of a file's name."""
    return _CERTAIN.search(argument) is not None


def _visible(character: str) -> str:
    if character in "\r\n\v\f\u2028\u2029\x85":
        return "\n"
    kind = unicodedata.category(character)
    if kind == "Zs" or character == "\t":
        return " "
    # Zero-width and direction marks, byte order marks and control characters come along when text is copied.
    return "" if kind in ("Cf", "Cc") else character
