"""INI files. ConfigUpdater reads them and keeps every line; the bytes of one value are replaced."""

import configparser
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NoReturn

from configupdater import ConfigUpdater, Option, Section

from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.file_kind import FileKind
from wizard.targets.ini_readers import parse, readers
from wizard.targets.path import names_in
from wizard.targets.readers import Reader, Way
from wizard.targets.splice import Place, ends_with_newline, line_of, newline_of

_NEWLINES = re.compile(r"\r\n|\r")
_COMMENT = re.compile(r"(^|\s)[#;]")
_QUOTED = re.compile(r"""(["'])(.*)\1""")
_NAME = re.compile(r"[^\[\]\r\n=:;#]+")
_HEAD = re.compile(r"(?P<indent>[ \t]*)(?P<name>.*?)(?P<equal>[ \t]*[=:][ \t]*)")


class Ini:
    """The format: a key in a section, always a text. Names of keys are the same in capitals, as configparser has it."""

    kind = FileKind.INI
    limit = 250_000  # ConfigUpdater takes seconds for more

    def readers(self) -> tuple[Reader, ...]:
        return readers()

    def check_key(self, key: str) -> None:
        names = names_in(key)
        if len(names) != 2:
            raise TargetError(TargetTrouble(TargetProblem.NO_SECTION, key=key))
        if not all(_NAME.fullmatch(name) for name in names):
            raise TargetError(TargetTrouble(TargetProblem.BAD_KEY_PATH, key=key))

    def way(self, key: str) -> Way:
        return names_in(key)

    def find(self, text: str, key: str) -> Place:
        """Raises TargetError: BROKEN_FILE, DUPLICATE_KEY, MULTI_LINE, COMMENT_BEHIND, NOT_UNDERSTOOD."""
        section_name, name = names_in(key)
        sections = list(_sections(text, key))
        there = tuple(section.name for section in sections)
        for section in sections:
            if section.name == section_name:
                place = _place(text, section, name, key)
                return replace(place, there=(there, tuple(line.name for line in section.keys)))
        newline = newline_of(text)
        lead = "" if not text else newline if ends_with_newline(text) else newline * 2
        return Place(len(text), len(text), None, f"{lead}[{section_name}]{newline}{name} = ", newline, there=(there,))


@dataclass(frozen=True, slots=True)
class _KeyLine:
    """A key with its value. start: of its text."""

    start: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    """end: behind its last key, or behind its own line."""

    name: str
    end: int
    keys: tuple[_KeyLine, ...]


def _refuse_broken(error: Exception, key: str) -> NoReturn:
    line = getattr(error, "lineno", None)
    errors = getattr(error, "errors", None)
    lines = (line,) if isinstance(line, int) else tuple(number for number, _text in errors or ())
    problem = TargetProblem.BROKEN_FILE
    if isinstance(error, configparser.DuplicateOptionError):
        section, name = names_in(key)
        if (error.section, error.option) == (section, name.lower()):
            problem = TargetProblem.DUPLICATE_KEY
    raise TargetError(TargetTrouble(problem, key=key, lines=lines[:5])) from error


def _sections(text: str, key: str) -> Iterator[_Section]:
    """Yield the sections with the places of their keys. Raises TargetError."""
    updater = ConfigUpdater(allow_no_value=True)
    # It reads lines as Python does; each newline counts as one character, and the places are counted back after.
    plain = _NEWLINES.sub("\n", text)
    try:
        parse(text)
        updater.read_string(plain)
    except (configparser.Error, AttributeError, ValueError) as error:
        _refuse_broken(error, key)
    if str(updater) != plain:
        raise TargetError(TargetTrouble(TargetProblem.NOT_UNDERSTOOD, key=key))
    at = 0
    for block in updater.iter_blocks():
        if isinstance(block, Section):
            yield _section(text, block, at)
        at += len(str(block))


def _section(text: str, section: Section, start: int) -> _Section:
    blocks = list(section.iter_blocks())
    at = end = start + len(str(section)) - sum(len(str(block)) for block in blocks)
    keys = []
    for block in blocks:
        if isinstance(block, Option):
            keys.append(_KeyLine(_in_file(text, at), block.key, str(block)))
            end = at + len(str(block).rstrip("\n")) + 1
        at += len(str(block))
    return _Section(section.name, _in_file(text, end), tuple(keys))


def _in_file(text: str, at: int) -> int:
    """Return where a character stands in the text, if each newline before it counts as one."""
    extra = 0
    for found in _NEWLINES.finditer(text):
        if found.start() - extra >= at:
            break
        extra += len(found.group()) - 1
    return min(at + extra, len(text))


def _place(text: str, section: _Section, name: str, key: str) -> Place:
    found = next((line for line in section.keys if line.name.lower() == name.lower()), None)
    if found is None:
        return _missing(text, section, name)
    line = found.text.rstrip("\n")
    if "\n" in line:
        raise TargetError(TargetTrouble(TargetProblem.MULTI_LINE, key=key, lines=(line_of(text, found.start),)))
    head = _HEAD.match(line)
    if head is None:  # the name alone
        at = found.start + len(line.rstrip())
        return Place(at, at, "", before=" = ")
    value = line[head.end() :].rstrip()
    start = found.start + head.end()
    quoted = _QUOTED.fullmatch(value)
    if quoted:
        return Place(start + 1, start + len(value) - 1, quoted.group(2))
    if _COMMENT.search(value):
        raise TargetError(TargetTrouble(TargetProblem.COMMENT_BEHIND, key=key, lines=(line_of(text, found.start),)))
    return Place(start, start + len(value), value)


def _missing(text: str, section: _Section, name: str) -> Place:
    newline = newline_of(text)
    head = _HEAD.match(section.keys[-1].text) if section.keys else None
    indent, equal = (head.group("indent"), head.group("equal")) if head else ("", " = ")
    lead = "" if ends_with_newline(text[: section.end]) else newline
    return Place(section.end, section.end, None, f"{lead}{indent}{name}{equal}", newline)
