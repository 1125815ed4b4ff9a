"""JSON files, and those with comments and trailing commas, as .NET's `appsettings.json` may have them.

Python's reader does not say where a value stands, so a small one of our own does; what it read is compared with what
`json` reads from the same text without comments and trailing commas, before and after.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NoReturn

from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.file_kind import FileKind
from wizard.targets.path import names_in
from wizard.targets.readers import Reader, Values, Way, leaves
from wizard.targets.splice import Place, line_of, newline_of
from wizard.targets.tree import DEEPEST, Kind, PathMatch, TreeNode, follow, values

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+|//[^\r\n]*|/\*.*?\*/)
    |(?P<text>"(?:[^"\\\x00-\x1f]|\\.)*")
    |(?P<plain>-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.+-])|(?:true|false|null)\b)
    |(?P<sign>[{}\[\]:,])""",
    re.VERBOSE | re.DOTALL,
)
_NEWLINE = re.compile(r"\r\n|\n|\r")
_INDENT = re.compile(r"(?:\r\n|\n|\r)([ \t]+)\S")


class Json:
    """The format: one value in nested objects and lists, always written as a text in double quotes."""

    kind = FileKind.JSON
    limit = 1_000_000

    def readers(self) -> tuple[Reader, ...]:
        read = lru_cache(_all)  # for as long as one change is looked at: there are secrets in it
        dotnet = Reader(lambda text: _as_dotnet(read(text)), _way_of_dotnet)
        return (Reader(read), Reader(strict_values), dotnet)

    def check_key(self, key: str) -> None:
        names_in(key)

    def way(self, key: str) -> Way:
        return names_in(key)

    def find(self, text: str, key: str) -> Place:
        """Raises TargetError: BROKEN_FILE, DUPLICATE_KEY, NOT_A_VALUE, and what `follow` raises."""
        names = names_in(key)
        if not text.strip():
            before, after = _members(names, "", "  ", newline_of(text), is_whole=True)
            return Place(len(text), len(text), None, before, after, there=((),))
        found = follow(_read(text), names, text, key)
        node = found.node
        if found.missing:
            return replace(_missing(text, found), there=found.there)
        if node.style:
            return Place(node.start + 1, node.end - 1, node.value)
        return Place(node.start, node.end, node.value, before='"', after='"', is_text=False)


def _all(text: str) -> Values | None:
    """As `json` reads it, comments and trailing commas left out; names that come twice are two."""
    try:
        return values(_read(text)) if text.strip() else {}
    except TargetError:
        return None


def strict_values(text: str) -> Values | None:
    """As a reader that knows no comments and takes the last of two names, such as JSON.parse."""
    try:
        data = json.loads(text, parse_int=_Plain, parse_float=_Plain)
    except (ValueError, RecursionError):
        return None
    return leaves(data)


def _as_dotnet(read: Values | None) -> Values | None:
    """As .NET's configuration: names from the outside in with colons between, in capitals or not. Two that are the
    same stop the program. Source: https://learn.microsoft.com/dotnet/core/extensions/configuration."""
    found: dict[Way, object] = {}
    for way, value in (read or {}).items():
        name = _way_of_dotnet(way)
        if name in found:
            return None
        found[name] = value
    return found


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str  # space, text, plain, or the sign itself
    start: int
    end: int


def _tokens(text: str) -> Iterator[_Lexeme]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            _refuse(text, at)
        at = found.end()
        kind = found.group() if found.lastgroup == "sign" else found.lastgroup
        yield _Lexeme(kind, found.start(), at)


def _refuse(text: str, at: int) -> NoReturn:
    raise TargetError(TargetTrouble(TargetProblem.BROKEN_FILE, lines=(line_of(text, at),)))


class _TreeReader:
    """Reads one text from its first token to its last, without going deeper into Python's stack."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[TreeNode] = []
        self._keys: list[TreeNode | None] = []  # of each open map, the key that waits for its value
        self._root: TreeNode | None = None

    def read(self) -> TreeNode:
        previous = ""
        for token in _tokens(self._text):
            if token.kind != "space":
                self._take(token, previous)
                previous = token.kind
        if self._root is None or self._open:
            _refuse(self._text, len(self._text))
        return self._root

    def _take(self, token: _Lexeme, previous: str) -> None:
        inside = self._open[-1] if self._open else None
        may_end = previous not in ("", ":")  # a comma before the end is borne
        if inside is None and self._root is not None:
            _refuse(self._text, token.start)
        if token.kind in "]}":
            if inside is None or not may_end or (token.kind == "}") is not (inside.kind is Kind.MAP) or self._key():
                _refuse(self._text, token.start)
            inside.end = token.end
            self._open.pop()
            self._keys.pop()
        elif token.kind == ",":
            if inside is None or previous in ("", ",", ":", "{", "[") or self._key():
                _refuse(self._text, token.start)
        elif token.kind == ":":
            if not self._key() or previous != "text":
                _refuse(self._text, token.start)
        else:
            self._take_value(token, previous, inside)

    def _take_value(self, token: _Lexeme, previous: str, inside: TreeNode | None) -> None:
        if previous not in (("", ":") if inside is None or self._key() else ("{", "[", ",")):
            _refuse(self._text, token.start)
        node = self._node(token)
        key = self._key()
        if inside is None:
            self._root = node
        elif inside.kind is Kind.LIST:
            inside.items.append(node)
        elif key is None:
            if token.kind != "text":
                _refuse(self._text, token.start)
            self._keys[-1] = node
            return
        else:
            inside.pairs.append((key, node))
            self._keys[-1] = None
        if node.kind is not Kind.VALUE:
            if len(self._open) == DEEPEST:
                _refuse(self._text, token.start)
            self._open.append(node)
            self._keys.append(None)

    def _key(self) -> TreeNode | None:
        return self._keys[-1] if self._keys else None

    def _node(self, token: _Lexeme) -> TreeNode:
        raw = self._text[token.start : token.end]
        if token.kind == "text":
            try:
                return TreeNode(Kind.VALUE, token.start, token.end, json.loads(raw), style='"')
            except json.JSONDecodeError:  # an escape that is none
                _refuse(self._text, token.start)
        if token.kind == "plain":
            return TreeNode(Kind.VALUE, token.start, token.end, raw)
        return TreeNode(Kind.MAP if token.kind == "{" else Kind.LIST, token.start, token.end, style="{")


def _read(text: str) -> TreeNode:
    """Return the whole text as a tree, which `json` has confirmed. Raises TargetError (BROKEN_FILE)."""
    root = _TreeReader(text).read()
    try:
        confirmed = json.loads(
            _bare(text), object_pairs_hook=_Object, parse_int=_Plain, parse_float=_Plain, parse_constant=_Plain
        )
    except json.JSONDecodeError as error:
        _refuse(text, error.pos)
    if values(_tree_of(confirmed)) != values(root):
        _refuse(text, root.start)
    return root


class _Object(list[tuple[str, Any]]):
    """The members of an object, those of the same name too."""


class _Plain(str):
    """A number as it stands in the text."""


def _way_of_dotnet(way: Way) -> Way:
    return tuple(":".join(way).casefold().split(":")) if way else ()


def _tree_of(value: Any) -> TreeNode:
    """Return what `json` read as a tree."""
    if isinstance(value, _Object):
        return TreeNode(Kind.MAP, 0, 0, pairs=[(_tree_of(name), _tree_of(member)) for name, member in value])
    if isinstance(value, list):
        return TreeNode(Kind.LIST, 0, 0, items=[_tree_of(item) for item in value])
    if isinstance(value, str):
        return TreeNode(Kind.VALUE, 0, 0, str(value), style="" if isinstance(value, _Plain) else '"')
    return TreeNode(Kind.VALUE, 0, 0, json.dumps(value))


def _bare(text: str) -> str:
    """Return the text with spaces where comments and trailing commas were: what strict readers take."""
    parts: list[str] = []
    comma = -1  # index in parts of a comma that nothing has followed yet
    for token in _tokens(text):
        raw = text[token.start : token.end]
        if token.kind == "space":
            raw = raw if not raw.startswith("/") else re.sub(r"[^\r\n]", " ", raw)
        elif token.kind == ",":
            comma = len(parts)
        else:
            if token.kind in "]}" and comma >= 0:
                parts[comma] = " "
            comma = -1
        parts.append(raw)
    return "".join(parts)


def _missing(text: str, found: PathMatch) -> Place:
    """Where the key is added: as the last member of the object that should have it."""
    node, newline = found.node, newline_of(text)
    step = _INDENT.search(text)
    deeper = step.group(1) if step else "  "
    if not node.pairs:
        gap = text[node.start + 1 : node.end - 1]
        line = _line_indent(text, node.start)
        is_long = bool(_NEWLINE.search(gap))
        before, after = _members(found.missing, line + deeper if is_long else "", deeper, newline)
        lead = newline + line + deeper if is_long else ""
        return Place(node.start + 1, node.start + 1, None, lead + before, after)
    first, last = node.pairs[0][0], node.pairs[-1][1]
    comma, line_ends = _after_last(text, last.end, node.end - 1)
    # An object is long if what follows its last member does so on another line.
    if line_ends is None:
        before, after = _members(found.missing, "", deeper, newline)
        return Place(last.end, last.end, None, ", " + before, after)
    indent = _line_indent(text, first.start)
    before, after = _members(found.missing, indent, deeper, newline)
    tail = text[last.end : line_ends]  # its comma and comment stay with it
    if comma is not None and comma < line_ends:
        return Place(line_ends, line_ends, None, newline + indent + before, after + ",")
    if comma is not None or not tail.strip():
        return Place(last.end, last.end, None, "," + newline + indent + before, after)
    return Place(last.end, line_ends, None, "," + tail + newline + indent + before, after)


def _after_last(text: str, start: int, end: int) -> tuple[int | None, int | None]:
    """Return where a comma stands between the last member and the end of its object, and where the line ends."""
    comma = line_ends = None
    for token in _tokens(text[start:end]):
        if token.kind == ",":
            comma = start + token.start
        elif line_ends is None and text[start + token.start] != "/":
            newline = _NEWLINE.search(text, start + token.start, start + token.end)
            line_ends = newline.start() if newline else None
    return comma, line_ends


def _members(names: tuple[str, ...], indent: str, deeper: str, newline: str, is_whole: bool = False) -> tuple[str, str]:
    """Return what stands before and after the value, for names from the outside in. indent: "" for one line."""
    if is_whole:
        before, after = _members(names, deeper, deeper, newline)
        return f"{{{newline}{deeper}{before}", f"{after}{newline}}}{newline}"
    name = json.dumps(names[0], ensure_ascii=False)
    if len(names) == 1:
        return f'{name}: "', '"'
    inner = indent + deeper if indent else ""
    before, after = _members(names[1:], inner, deeper, newline)
    lead, trail = (newline + inner, newline + indent) if indent else ("", "")
    return f"{name}: {{{lead}{before}", f"{after}{trail}}}"


def _line_indent(text: str, at: int) -> str:
    """Return the white space at the start of the line in which a character stands."""
    line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return text[line : len(text) - len(text[line:].lstrip(" \t"))] if line <= at else ""
