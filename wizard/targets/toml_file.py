"""TOML files. tomlkit keeps every byte of what it read: a mark is set at the key; where it comes out is the place."""

import re
import tomllib
from collections.abc import Mapping, MutableMapping
from dataclasses import replace
from typing import Any, NoReturn

import tomlkit
import tomlkit.exceptions
from tomlkit.items import InlineTable

from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.file_kind import FileKind
from wizard.targets.path import names_in
from wizard.targets.readers import Reader, Values, Way, leaves
from wizard.targets.splice import Place, ends_with_newline, line_of, newline_of

_MARK = "0handover-wizard-was-here0"
_BARE_NAME = re.compile(r"[A-Za-z0-9_-]+")
_WHERE = re.compile(r"line (\d+)")
_NEWLINE = re.compile(r"\r\n|\n")
# What stands before a value: the names of its groups, if they are written there, its own, and the sign.
_HEAD = re.compile(r"""(?P<lead>[ \t]*(?:.*\.[ \t]*)?)(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?P<equal>[ \t]*=[ \t]*)""")
_TEXT = re.compile(r"""(?P<quote>["'])(?!\1\1)(?P<inner>.*)(?P=quote)""", re.DOTALL)


class Toml:
    """The format: one value in nested tables, always written as a text in quotes."""

    kind = FileKind.TOML
    limit = 500_000  # tomlkit takes seconds for more

    def readers(self) -> tuple[Reader, ...]:
        return (Reader(_values),)

    def check_key(self, key: str) -> None:
        names_in(key)

    def way(self, key: str) -> Way:
        return names_in(key)

    def find(self, text: str, key: str) -> Place:
        """Raises TargetError: BROKEN_FILE, NOT_A_GROUP, NOT_A_VALUE, MULTI_LINE, NOT_UNDERSTOOD."""
        names = names_in(key)
        data = _read(text)
        group: Any = data
        there = list[tuple[str, ...]]()
        for at, name in enumerate(names):
            there.append(tuple(group) if isinstance(group, dict) else ())
            if isinstance(group, list) and name.isdecimal() and name.isascii() and int(name) < len(group):
                group = group[int(name)]
            elif not isinstance(group, dict):
                _refuse(TargetProblem.NOT_A_GROUP, key)
            elif name not in group:
                return replace(_missing(text, names[:at], names[at:], key), there=tuple(there))
            else:
                group = group[name]
        if isinstance(group, (dict, list)):
            _refuse(TargetProblem.NOT_A_VALUE, key)
        start, end = _span(text, names, key)
        raw = text[start:end]
        if _NEWLINE.search(raw):
            _refuse(TargetProblem.MULTI_LINE, key, line_of(text, start))
        quoted = _TEXT.fullmatch(raw)
        if quoted:
            return Place(start + 1, end - 1, str(group))
        is_text = isinstance(group, str)  # three quotes, on one line
        return Place(start, end, str(group) if is_text else raw, before='"', after='"', is_text=is_text)


def _refuse(problem: TargetProblem, key: str, *lines: int) -> NoReturn:
    raise TargetError(TargetTrouble(problem, key=key, lines=lines))


def _read(text: str) -> dict[str, Any]:
    """Return what Python's own reader has, floats as they stand there. Raises TargetError (BROKEN_FILE)."""
    try:
        return tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        found = _WHERE.search(str(error))
        _refuse(TargetProblem.BROKEN_FILE, "", *((int(found.group(1)),) if found else ()))
    except (RecursionError, ValueError):  # brackets in brackets; a number of too many digits
        _refuse(TargetProblem.BROKEN_FILE, "")


def _values(text: str) -> Values | None:
    try:
        return leaves(_read(text))
    except TargetError:
        return None


def _document(text: str, key: str) -> tomlkit.TOMLDocument:
    """Raises TargetError (NOT_UNDERSTOOD): tomlkit would not give back what it read."""
    try:
        document = tomlkit.parse(text)
        is_whole = tomlkit.dumps(document) == text
    except (tomlkit.exceptions.TOMLKitError, ValueError, RecursionError) as error:
        raise TargetError(TargetTrouble(TargetProblem.NOT_UNDERSTOOD, key=key)) from error
    if not is_whole or _MARK in text:
        _refuse(TargetProblem.NOT_UNDERSTOOD, key)
    return document


def _inside(group: Any, names: tuple[str, ...]) -> Any:
    for name in names:
        group = group[int(name)] if isinstance(group, list) else group[name]
    return group


def _span(text: str, names: tuple[str, ...], key: str) -> tuple[int, int]:
    """Return where the value at a path stands, quotes and all."""
    document = _document(text, key)
    group, name = _inside(document, names[:-1]), names[-1]
    group[int(name) if isinstance(group, list) else name] = _MARK
    before, _mark, after = tomlkit.dumps(document).partition(f'"{_MARK}"')
    if not text.startswith(before) or not text.endswith(after) or len(before) + len(after) > len(text):
        _refuse(TargetProblem.NOT_UNDERSTOOD, key)
    return len(before), len(text) - len(after)


def _missing(text: str, way: tuple[str, ...], missing: tuple[str, ...], key: str) -> Place:
    """Where the key is added: behind the last value of its table, or in a new table at the end of the file."""
    document = _document(text, key)
    group = _inside(document, way)
    newline = newline_of(text)
    dotted = ".".join(map(_name, missing))
    if isinstance(group, InlineTable):
        values = [name for name in group if not isinstance(group[name], (Mapping, list))]
        if not group:
            return _by_library(text, document, group, missing, key)
        if not values or values[-1] != list(group)[-1]:
            _refuse(TargetProblem.NOT_UNDERSTOOD, key)
        end = _span(text, (*way, values[-1]), key)[1]
        return Place(end, end, None, f', {dotted} = "', '"')
    if len(missing) > 1 and not any(name.isdecimal() for name in way):
        lead = "" if not text else newline if ends_with_newline(text) else newline * 2
        table = ".".join(map(_name, (*way, *missing[:-1])))
        return Place(len(text), len(text), None, f'{lead}[{table}]{newline}{_name(missing[-1])} = "', f'"{newline}')
    last = _last_value(group)
    if last is None:
        return _by_library(text, document, group, missing, key)
    start, end = _span(text, (*way, last), key)
    head = _HEAD.fullmatch(text, text.rfind("\n", 0, start) + 1, start)
    lead, equal = (head.group("lead"), head.group("equal")) if head else ("", " = ")
    found = _NEWLINE.search(text, end)
    at = found.end() if found else len(text)
    return Place(at, at, None, f'{"" if found else newline}{lead}{dotted}{equal}"', f'"{newline}')


def _last_value(group: MutableMapping[str, Any]) -> str | None:
    """Return the name of the last value that stands in the table itself, None where there is none."""
    names = [name for name, item in group.items() if not isinstance(item, (Mapping, list))]
    return str(names[-1]) if names else None


def _by_library(text: str, document: tomlkit.TOMLDocument, group: Any, missing: tuple[str, ...], key: str) -> Place:
    """Let tomlkit add the key, where that moves nothing."""
    for name in missing[:-1]:
        group[name] = tomlkit.table()
        group = group[name]
    group[missing[-1]] = _MARK
    new = tomlkit.dumps(document).replace("\r\n", "\n").replace("\n", newline_of(text))
    before, _mark, after = new.partition(_MARK)
    length = len(text)
    start = next((at for at in range(min(len(before), length)) if before[at] != text[at]), min(len(before), length))
    rest = text[start:]
    if not after.endswith(rest):
        _refuse(TargetProblem.NOT_UNDERSTOOD, key)
    return Place(start, start, None, before[start:], after[: len(after) - len(rest)])


def _name(name: str) -> str:
    return name if _BARE_NAME.fullmatch(name) else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
