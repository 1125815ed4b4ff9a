"""`.env` files. python-dotenv parses and locates; the bytes of one value are replaced."""

import re

from dotenv.parser import Binding

from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.dotenv_readers import bindings, readers
from wizard.targets.file_kind import FileKind
from wizard.targets.path import NAME_IN_DOTENV
from wizard.targets.readers import Reader, Way
from wizard.targets.splice import Place, ends_with_newline, line_of, newline_of

# Up to the value of a line that python-dotenv has taken for "key = value"; as in its parser.
_HEAD = re.compile(r"\s*(?:export[^\S\r\n]+)?(?:'[^']+'|[^=#\s]+)")
_EQUAL = re.compile(r"[^\S\r\n]*=")
_SPACE = re.compile(r"[^\S\r\n]*")
_QUOTED = {"'": re.compile(r"'((?:\\.|[^'\\])*)'", re.DOTALL), '"': re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)}
_REST = re.compile(r"[^\r\n]*")
_COMMENT = re.compile(r"\s+#.*")
_REQUIREMENT = re.compile(r"\s*[\w.-]+==")  # `flask==3.1`
_NEWLINES = ("\n", "\r")


class Dotenv:
    """The format of `.env` files: KEY=value, `export`, quotes, comments."""

    kind = FileKind.DOTENV
    limit = 1_000_000

    def readers(self) -> tuple[Reader, ...]:
        return readers()

    def check_key(self, key: str) -> None:
        if not key:
            raise TargetError(TargetTrouble(TargetProblem.NO_KEY))
        if not NAME_IN_DOTENV.fullmatch(key):
            raise TargetError(TargetTrouble(TargetProblem.BAD_KEY, key=key))

    def way(self, key: str) -> Way:
        return (key,)

    def find(self, text: str, key: str) -> Place:
        """Raises TargetError: DUPLICATE_KEY, MULTI_LINE, NOT_UNDERSTOOD (a line with the key that is no assignment),
        NO_DOTENV (another line that is none: whoever reads such a file does not look for NAME=value)."""
        found: list[tuple[int, Binding]] = []
        at = 0
        parsed = bindings(text)
        for binding in parsed:
            if binding.error and _names(binding.original.string, key):
                self._refuse(TargetProblem.NOT_UNDERSTOOD, key, line_of(text, at + _indent(binding)))
            if not _is_assignment(binding):
                self._refuse(TargetProblem.NO_DOTENV, key, line_of(text, at + _indent(binding)))
            if binding.key == key:
                found.append((at, binding))
            at += len(binding.original.string)
        if len(found) > 1:
            lines = (line_of(text, at + _indent(binding)) for at, binding in found)
            self._refuse(TargetProblem.DUPLICATE_KEY, key, *lines)
        if not found:
            newline = newline_of(text)
            before = "" if not text or ends_with_newline(text) else newline
            there = tuple(binding.key for binding in parsed if binding.key is not None)
            return Place(len(text), len(text), None, before=f"{before}{key}=", after=newline, there=(there,))
        start, binding = found[0]
        place = _value_in(binding, start)
        if any(newline in text[place.start : place.end] for newline in _NEWLINES):
            self._refuse(TargetProblem.MULTI_LINE, key, line_of(text, place.start))
        return place

    def _refuse(self, problem: TargetProblem, key: str, *lines: int) -> None:
        raise TargetError(TargetTrouble(problem, key=key, lines=lines))


def _is_assignment(binding: Binding) -> bool:
    """Whether it is NAME=value, NAME alone, a comment or nothing. python-dotenv takes `services:` for a name."""
    if binding.key is None:
        return not binding.error
    return NAME_IN_DOTENV.fullmatch(binding.key) is not None and not _REQUIREMENT.match(binding.original.string)


def _names(line: str, key: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(key)}(?![\w.-])", line) is not None


def _indent(binding: Binding) -> int:
    string = binding.original.string
    return len(string) - len(string.lstrip())  # python-dotenv counts empty lines to the next assignment


def _value_in(binding: Binding, start: int) -> Place:
    """Return the place of the value in a binding that begins at start."""
    line = binding.original.string
    head = _HEAD.match(line)
    name_ends = head.end() if head else 0
    equal = _EQUAL.match(line, name_ends)
    if equal is None:  # "KEY" alone
        return Place(start + name_ends, start + name_ends, "", before="=")
    space = _SPACE.match(line, equal.end())
    value_starts = space.end() if space else equal.end()
    quoted = _QUOTED.get(line[value_starts : value_starts + 1])
    if quoted and (match := quoted.match(line, value_starts)):
        return Place(start + match.start(1), start + match.end(1), binding.value or "")
    rest = _REST.match(line, value_starts)
    raw = _COMMENT.sub("", rest.group() if rest else "").rstrip()
    if not binding.value:  # "KEY=" or "KEY= # comment": the value stands right after the sign
        return Place(start + equal.end(), start + equal.end(), "")
    return Place(start + value_starts, start + value_starts + len(raw), binding.value)
