"""Answers that a fault gives in place of the true one, or makes of it, as values in the form of scenario files."""

import codecs
import functools
import gzip
import itertools
import json
import re
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

_HEADER_NAME = re.compile(r"[A-Za-z0-9-]{1,100}")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]{0,100000}")
EVERYTHING = "*"
_ENDLESS = "endless-"
_numbers = itertools.count(1)


class GivenAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """body: the text, None for that of the true answer; it is sent `repeat` times over, in `encoding`, packed where
    gzip says so. cut: bytes that are sent of it before the connection ends, None for all. headers: beside, or in place
    of, the usual ones."""

    status: Annotated[int, Meta(ge=200, le=599)] = 200
    body: str | None = None
    headers: dict[str, str] = {}
    content_type: Annotated[str, Meta(max_length=200)] = "application/json; charset=UTF-8"
    encoding: str = "utf-8"
    repeat: Annotated[int, Meta(ge=0, le=100_000_000)] = 1
    gzip: bool = False
    cut: Annotated[int, Meta(ge=0)] | None = None

    def __post_init__(self) -> None:
        names_and_values = {**self.headers, "Content-Type": self.content_type}
        for name, value in names_and_values.items():
            if not (_HEADER_NAME.fullmatch(name) and _HEADER_VALUE.fullmatch(value)):
                raise ValueError("headers: names of letters, and values of one line, are needed")
        try:
            codecs.lookup(self.encoding)
        except LookupError as error:
            raise ValueError("encoding: a name that Python knows is needed") from error


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of the members of this name, at any depth; of all values where it is "*". value: in its place, the
    member is left out without one. twice: the member stands there a second time, with this value."""

    member: str = EVERYTHING
    value: Any = UNSET
    twice: bool = False

    def of(self, body: Any) -> Any:
        """The body with the change in it, but for `twice`."""
        if isinstance(body, dict):
            kept = ((name, self._of_member(name, value)) for name, value in body.items())
            return {name: value for name, value in kept if not isinstance(value, UnsetType)}
        if isinstance(body, list):
            items = (self.of(item) for item in body)
            return [item for item in items if not isinstance(item, UnsetType)]
        return self.value if self.member == EVERYTHING else body

    def _of_member(self, name: str, value: Any) -> Any:
        return self.value if name == self.member else self.of(value)


def changed(text: str, change: Change) -> str:
    """The text of an answer after the change; a text that is no JSON stays as it is."""
    try:
        body = json.loads(text)
    except ValueError:
        return text
    if change.twice:
        again = json.dumps(None if change.value is UNSET else change.value)
        return re.sub(f'"{re.escape(change.member)}":', lambda found: f"{found[0]}{again},{found[0]}", text)
    new = change.of(body)
    return "" if new is UNSET else _dumped(new)


def is_endless(cursor: str) -> bool:
    """Whether `endless` told this cursor: what comes after it is the list once more."""
    return cursor.startswith(_ENDLESS)


def endless(text: str) -> str:
    """A list whose next part is told by a cursor that was never told before; what is no list stays as it is."""
    try:
        body = json.loads(text)
    except ValueError:
        return text
    if not isinstance(body, dict) or "data" not in body:
        return text
    cursor = f"{_ENDLESS}{next(_numbers)}"
    return _dumped({**body, "paging": {"cursors": {"before": cursor, "after": cursor}, "next": "https://next.example"}})


@functools.lru_cache(maxsize=4)
def packed(body: bytes, repeat: int) -> bytes:
    return gzip.compress(body * repeat)


def _dumped(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
