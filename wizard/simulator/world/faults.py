"""Faults that can be put on Graph calls, and how a call is matched with the name of a fault.

Kinds, and whether the call is carried out: refuse (10 without subcode, no), reset (connection reset, no), timeout
(held without an answer, no), drip (answered byte by byte, yes), answer_lost (yes, then reset), http_500 (no), html
(no), truncated (yes; the JSON ends in the middle), throttled (80006 with its header, no), batch_null (no; the entry of
a batch is null, outside a batch the connection is reset), error (the given code and subcode, no), usage (yes; the
header of the limit says the given percent and minutes), answer (what `answer` says, no; without a body of its own that
of the true answer, yes), changed (yes; the true answer with one `change`), endless (yes; a list that has a next part
each time, after a `change` where one is given). With `done` a kind that is not carried out is: the world does it, and
says something else.

A call such as "PUT platform/settings" is one of the bot platform's settings API; there the code of error is the HTTP
status, and refuse answers 403.

A fault with a Page's ID hits calls with that Page's tokens only. With `after` so many calls pass first. throttled may
be given another code (4 and 17 are the app's limit, not the Page's) and other minutes to wait. With `ends` it is over
when its minutes are, and tells those that are left.
"""

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from wizard.simulator.world.given_answer import Change, GivenAnswer
from wizard.simulator.world.named_errors import as_fault

KINDS = (
    "refuse",
    "reset",
    "timeout",
    "drip",
    "answer_lost",
    "http_500",
    "html",
    "truncated",
    "throttled",
    "batch_null",
    "error",
    "usage",
    "answer",
    "changed",
    "endless",
)


class FaultMistake(ValueError):
    """A fault is described wrongly; the text says what."""


@dataclass(slots=True)
class Fault:
    """call: "POST me/pass_thread_control", "GET *", "*". kinds: taken in turn. times: None = for ever.

    after: so many matching calls pass first; every: of the others only each n-th fails. page: a Page's ID, None for
    all. minutes, percent: of throttled and usage. ends: it is over once its minutes are, counted from when it was put;
    ends_at: Unix seconds. done: the call is carried out though the kind says nothing of that.
    """

    call: str
    kinds: tuple[str, ...]
    times: int | None = 1
    every: int = 1
    code: int | None = None
    subcode: int | None = None
    message: str | None = None
    page: str | None = None
    minutes: float | None = None
    percent: int = 100
    ends: bool = False
    ends_at: float | None = None
    after: int = 0
    done: bool = False
    answer: GivenAnswer = field(default_factory=GivenAnswer)
    change: Change = field(default_factory=Change)
    seen: int = 0
    hit: int = 0


@dataclass(slots=True)
class Faults:
    """The faults now in force, oldest first; the first that matches and is due is taken."""

    waiting: list[Fault] = field(default_factory=list)

    def take(self, name: str, page_id: str | None, now: float) -> tuple[str, Fault] | None:
        """Return kind and fault that hit this call, counting it. name: as `named_call` returns it. page_id: of the
        Page token that calls, None for any other token. now: Unix seconds."""
        self.waiting = [fault for fault in self.waiting if fault.ends_at is None or now < fault.ends_at]
        for fault in self.waiting:
            if not _matches(fault.call, name) or fault.page not in (None, page_id):
                continue
            fault.seen += 1
            if fault.seen <= fault.after or (fault.seen - fault.after) % fault.every:
                continue
            kind = fault.kinds[fault.hit % len(fault.kinds)]
            fault.hit += 1
            if fault.times is not None and fault.hit >= fault.times:
                self.waiting.remove(fault)
            return kind, fault
        return None


def named_call(method: str, path: tuple[str, ...], names: Mapping[str, str]) -> str:
    """Return "POST me/pass_thread_control" for a call. names: ID -> the word it is known by, as me or {psid}."""
    words = (("{conversation}" if part.startswith("t_") else names.get(part, part)) for part in path)
    return f"{method} {'/'.join(words)}"


def _matches(pattern: str, name: str) -> bool:
    if pattern == "*":
        return True
    method, _, path = pattern.partition(" ")
    own_method, _, own_path = name.partition(" ")
    return method in ("*", own_method) and path in ("*", own_path)


_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "*")
_OF_THE_CALL = {"call", "kind", "times", "every", "after", "page", "ends", "done"}
_OF_THE_ANSWER = {"code", "subcode", "message", "minutes", "percent", "answer", "change"}


def read_fault(raw: Mapping[str, Any], names: Mapping[str, str]) -> Fault:
    """Return the fault described by JSON or TOML: call, kind (a name, names in turn, or {code, subcode}), times, every,
    after, code, subcode, message, page, minutes, percent, ends, done, answer, change; or `error`, a name, in place of
    kind, code and subcode. Raises FaultMistake."""
    try:
        raw = as_fault(raw)
    except LookupError as error:
        raise FaultMistake(str(error.args[0])) from error
    unknown = set(raw) - _OF_THE_CALL - _OF_THE_ANSWER
    if unknown:
        raise FaultMistake(f"unknown field {sorted(unknown)[0]!r}")
    call = raw.get("call")
    if not isinstance(call, str) or not _is_call(call):
        raise FaultMistake("call: a text like 'POST me/pass_thread_control', 'GET *' or '*' is needed")
    kind = raw.get("kind", "error" if "code" in raw else None)
    numbers: dict[str, Any] = {key: raw[key] for key in ("code", "subcode", "message") if key in raw}
    if isinstance(kind, Mapping):
        numbers |= kind
        kind = "error"
    kinds = (kind,) if isinstance(kind, str) else tuple(kind) if isinstance(kind, (list, tuple)) else ()
    wrong = [each for each in kinds if each not in KINDS]
    if wrong or not kinds:
        raise FaultMistake(f"kind: {wrong[0] if wrong else None!r} is none of {', '.join(KINDS)}")
    if "error" in kinds and numbers.get("code") is None:
        raise FaultMistake("code: a number is needed")
    for name in ("code", "subcode"):
        if numbers.get(name) is not None and type(numbers[name]) is not int:  # True is one, too
            raise FaultMistake(f"{name}: a number is needed")
    if not isinstance(numbers.get("message") or "", str):
        raise FaultMistake("message: a text is needed")
    page, minutes = raw.get("page"), raw.get("minutes")
    if page is not None and not isinstance(page, str):
        raise FaultMistake("page: the ID of a Page, as a text, is needed")
    if minutes is not None and not (type(minutes) in (int, float) and 0 <= minutes < math.inf):
        raise FaultMistake("minutes: a number, not below 0, is needed")
    if raw.get("ends", False) not in (False, True) or (raw.get("ends") and not minutes):
        raise FaultMistake("ends: true or false, and with minutes")
    if raw.get("done", False) not in (False, True):
        raise FaultMistake("done: true or false")
    times, after = raw.get("times", 1), raw.get("after", 0)
    try:
        answer = msgspec.convert(raw.get("answer", {}), GivenAnswer)
        change = msgspec.convert(raw.get("change", {}), Change)
    except msgspec.ValidationError as error:
        raise FaultMistake(str(error)) from error
    return Fault(
        _tidy(call, names),
        kinds,
        None if times in (None, "always") else _count(times, "times"),
        _count(raw.get("every", 1), "every"),
        numbers.get("code"),
        numbers.get("subcode"),
        numbers.get("message"),
        page,
        minutes,
        _count(raw.get("percent", 100), "percent"),
        bool(raw.get("ends")),
        after=_count(after, "after") if after else 0,
        done=bool(raw.get("done")),
        answer=answer,
        change=change,
    )


def _count(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise FaultMistake(f"{where}: a whole number of at least 1 is needed")
    return value


def _is_call(text: str) -> bool:
    """Whether it is a method and a path, empty for a batch: for another text nothing would fail, and nobody be told."""
    return text.strip().partition(" ")[0].upper() in _METHODS  # "POST" alone is a batch


def _tidy(call: str, names: Mapping[str, str]) -> str:
    """Write a call the way `named_call` does: no version, no outer slashes, me for a Page, {psid} for a person."""
    if call.strip() == "*":
        return "*"
    method, _, path = call.strip().partition(" ")
    parts = [part for part in path.strip().split("/") if part]
    if parts and parts[0].startswith("v") and parts[0][1:].replace(".", "").isdigit():
        del parts[0]
    same = {"{page}": "me", "{page-id}": "me", "{conversation-id}": "{conversation}", "{app-id}": "{app}"}
    parts = list(itertools.chain(same.get(part, part) for part in parts))
    return named_call(method.upper(), tuple(parts), names)
