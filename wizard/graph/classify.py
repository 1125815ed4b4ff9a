"""From an error answer of any shape to one Failure, and whether a read may be repeated.

Shapes seen: `{"error": {...}}`; flat with `error_code`, `error_msg`, `error_description`; a code as text, negative, or
only as "(#100)" in the message; HTTP 200 around any of them. Source: Graph API, error handling; recorded replies.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from wizard.core.errors import ErrorKind, Failure
from wizard.core.explain.error_rules import shipped_matching
from wizard.core.redact import printable
from wizard.graph.headers import wait_asked

_MOST_CODE = 10**12  # what has more digits is no number of an error
_LONGEST_MESSAGE = 1000
_NUMBER_IN_TEXT = re.compile(r"\(#(-?\d{1,9})\)")
_FLAT = ("error_code", "error_msg", "error_description", "error_message")
# With one of these a body is an answer, whatever else it carries (a device login answers with a `code`, too).
_ANSWERS = ("id", "data", "success", "result", "access_token", "user_code", "body")


class Again(StrEnum):
    """Whether the same read may be sent again."""

    NO = "no"
    NEVER = "never"  # nor later in this run: Facebook wants to be left alone for hours
    SOON = "soon"
    SMALLER = "smaller"  # not the same call: with a smaller limit


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is no success: an error of Facebook, or nothing readable."""

    failure: Failure
    again: Again = Again.NO


def error_in(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the members of the error that the body carries, None if it is not an error."""
    error = body.get("error")
    if isinstance(error, Mapping):
        return error
    if any(name in body for name in _FLAT):
        return {**body, "message": body.get("error_msg") or body.get("error_description") or body.get("error_message")}
    if isinstance(error, str) and error:
        return {"message": error}
    if isinstance(body.get("code"), (int, float)) and not any(name in body for name in _ANSWERS):
        return body
    return None


def refused(
    error: Mapping[str, Any],
    http_status: int,
    headers: Mapping[str, str],
    call: str,
    hidden: Iterable[str] = (),
    own_id: str = "",
) -> Refusal:
    """Classify an error. error: as `error_in` returns it; headers: names in lower case; call: its name without ids;
    hidden: secrets that no text may show, whatever they look like; own_id: as for `wait_asked`."""
    hidden = [form for secret in hidden if secret for form in {secret, quote(secret, safe="", errors="replace")}]
    raw_message = _text(error.get("message"))
    code = _number(_first(error, "code", "error_code"))
    if code is None and (found := _NUMBER_IN_TEXT.search(raw_message)):
        code = int(found.group(1))
    subcode = _number(_first(error, "error_subcode", "subcode"))
    entry = shipped_matching(code, subcode, raw_message, call)
    kind = entry.kind if entry else ErrorKind.UNKNOWN
    again = Again(entry.retry) if entry else Again.NO
    transient = _flag(error.get("is_transient"))
    if transient and kind is not ErrorKind.THROTTLED and again is Again.NO:
        again = Again.SOON
        if kind in (ErrorKind.UNKNOWN, ErrorKind.BAD_REQUEST):
            kind = ErrorKind.SERVER_TROUBLE
    elif transient is False:
        again = Again.NO if again is Again.SOON else again
        if kind is ErrorKind.SERVER_TROUBLE:
            kind = ErrorKind.BAD_REQUEST  # it says itself that it will not pass: a refusal, and nothing was done
    failure = Failure(
        kind=kind,
        call=call,
        code=code,
        subcode=subcode,
        message=_fit(raw_message, hidden),
        user_message=_fit(_for_people(error), hidden),
        trace_id=_fit(_text(error.get("fbtrace_id")), hidden)[:80],
        http_status=http_status,
        wait=wait_asked(headers, own_id) if kind is ErrorKind.THROTTLED and again is not Again.NEVER else 0.0,
    )
    return Refusal(failure, again)


def not_done(http_status: int, call: str) -> Refusal:
    """`success: false` without an error."""
    return Refusal(Failure(ErrorKind.NOT_DONE, call, http_status=http_status))


def unreadable(text: str, http_status: int, headers: Mapping[str, str], call: str, own_id: str = "") -> Refusal:
    """Classify an answer that is not one of the Graph API, by its HTTP status: nothing else tells."""
    if http_status == 429:
        wait = wait_asked(headers, own_id)
        return Refusal(Failure(ErrorKind.THROTTLED, call, http_status=http_status, wait=wait))
    if http_status >= 500:
        return Refusal(Failure(ErrorKind.SERVER_TROUBLE, call, http_status=http_status), Again.SOON)
    is_cut_json = text.lstrip()[:1] in ("{", "[")
    return Refusal(
        Failure(ErrorKind.UNREADABLE, call, http_status=http_status), Again.SOON if is_cut_json else Again.NO
    )


def _for_people(error: Mapping[str, Any]) -> str:
    """Facebook's own words for people: the title says what is wrong, where the text does not repeat it."""
    title, text = _text(error.get("error_user_title")), _text(error.get("error_user_msg"))
    return text if not title or title.rstrip(".") in text else f"{title}: {text}" if text else title


def _first(error: Mapping[str, Any], *names: str) -> Any:
    return next((error[name] for name in names if error.get(name) is not None), None)


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return int(value) if abs(value) < _MOST_CODE and value == int(value) else None
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,18}\s*", value):
        return int(value)
    return None


def _flag(value: Any) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "1": True, "false": False, "0": False}.get(value.strip().lower())
    return bool(value) if isinstance(value, int) and value in (0, 1) else None


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _fit(text: str, hidden: Iterable[str]) -> str:
    """Return a text of Facebook fit to show: no tokens, no control characters, no novel."""
    for secret in hidden:
        text = text.replace(secret, "(hidden)")
    return printable(text)[:_LONGEST_MESSAGE]
