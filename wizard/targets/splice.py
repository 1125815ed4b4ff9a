"""Changing one value in a text and nothing else: the format's library says where, we replace those characters."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.file_kind import FileKind
from wizard.targets.old_value import trouble_with, variable_in
from wizard.targets.path import last_name
from wizard.targets.readers import Reader, Way, trouble_of

_NEWLINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value goes. start, end: the characters it replaces, equal where it is inserted. before, after: what is
    written around it where more than the value is missing. value: what is there now, None without the key. is_text:
    programs read it as a text; a number is written anew even if its digits are right. there: of a key that is not
    there, the names in each group on the way, from the outside in."""

    start: int
    end: int
    value: str | None
    before: str = ""
    after: str = ""
    is_text: bool = True
    there: tuple[tuple[str, ...], ...] = ()


class FileFormat(Protocol):
    """One kind of configuration file."""

    kind: FileKind
    limit: int  # bytes

    def readers(self) -> Sequence[Reader]:
        """How programs read it: for one change, since they may keep what they read."""
        ...

    def check_key(self, key: str) -> None:
        """Raises TargetError (NO_KEY, BAD_KEY)."""
        ...

    def find(self, text: str, key: str) -> Place:
        """Where the value of the key stands or would stand. Raises TargetError for what must not be touched."""
        ...

    def way(self, key: str) -> Way:
        """The names of a key, for its readers."""
        ...


def value_of(text: str, key: str, form: FileFormat) -> str | None:
    """Return the value at the key as the format's library reads it, None without the key. Raises TargetError."""
    form.check_key(key)
    return form.find(text, key).value


def splice(
    text: str, key: str, value: str, form: FileFormat, check: Callable[[Place], None] = lambda place: None
) -> tuple[str, Place]:
    """Return the text with the value at the key, read again to be sure, and where it was put. check: raises what speaks
    against the place. Raises TargetError."""
    form.check_key(key)
    place = form.find(text, key)
    check(place)
    old = place.value or ""
    problem = trouble_with(last_name(key), old)
    if problem is None and place.value == value and place.is_text:
        return text, place
    new = text[: place.start] + place.before + value + place.after + text[place.end :]
    problem = problem or trouble_of(form.readers(), text, new, form.way(key), value)
    if problem is not None:
        names = (variable_in(old),) if problem is TargetProblem.FILLED_IN and variable_in(old) else ()
        raise TargetError(TargetTrouble(problem, key=key, lines=(line_of(text, place.start),), names=names))
    return new, place


def line_of(text: str, at: int) -> int:
    """Return the number, from 1, of the line in which a character stands."""
    return len(_NEWLINE.findall(text[:at])) + 1


def newline_of(text: str) -> str:
    """Return the newline the text uses, that of its first line."""
    first = _NEWLINE.search(text)
    return first.group() if first else "\n"


def ends_with_newline(text: str) -> bool:
    return text.endswith(("\n", "\r"))


def changed_lines(old: str, new: str, name: str) -> str:
    """Return a diff of the lines that differ, without those around them: they may hold secrets."""
    before, after = _lines(old), _lines(new)
    same = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), -1)
    first = same if same >= 0 else min(len(before), len(after))
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    removed, added = before[first : len(before) - last], after[first : len(after) - last]
    head = [f"--- {name}", f"+++ {name}", f"@@ -{_span(first, removed)} +{_span(first, added)} @@"]
    return "\n".join([*head, *(f"-{line}" for line in removed), *(f"+{line}" for line in added)])


def _lines(text: str) -> list[str]:
    lines = _NEWLINE.split(text)
    return lines if lines[-1] else lines[:-1]


def _span(first: int, lines: list[str]) -> str:
    return f"{first + 1}" if len(lines) == 1 else f"{first + bool(lines)},{len(lines)}"
