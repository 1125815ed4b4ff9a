"""YAML files. ruamel.yaml reads them and says where a value stands; the bytes of one value are replaced."""

import json
import re
from typing import NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.path import names_in
from wizard.targets.splice import Place, ends_with_newline, line_of, newline_of
from wizard.targets.tree import DEEPEST, Found, Kind, Node, facts, follow, is_empty, last_leaf, put

_BLOCK = ("|", ">")
_SAFE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
# Words that YAML 1.1 readers, PyYAML among them, take for something else than a text.
_NO_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
# YAML 1.1 ends a line at these and 1.2 does not: two readers would see two files.
_DISPUTED = re.compile("[\x85\u2028\u2029]")
_COLON = re.compile(r"[ \t]*:")
_NEWLINE = re.compile(r"\r\n|\n|\r")


class Yaml:
    """The format: one value in nested maps and lists, always written as a text in quotes."""

    limit = 250_000  # ruamel.yaml takes seconds for more

    def check_key(self, key: str) -> None:
        names_in(key)

    def find(self, text: str, key: str) -> Place:
        """Raises TargetError: BROKEN_FILE, MANY_DOCUMENTS, DUPLICATE_KEY, NOT_A_GROUP, NOT_A_VALUE, SHARED_VALUE,
        TAGGED_VALUE, MULTI_LINE, NOT_UNDERSTOOD (what readers of YAML 1.1 and 1.2 see differently)."""
        names = names_in(key)
        if disputed := _DISPUTED.search(text):
            _refuse(TargetProblem.NOT_UNDERSTOOD, text, disputed.start(), key)
        found = follow(_read(text, key), names, text, key)
        node = found.node
        if found.missing:
            return _missing(text, found)
        if node.tag:
            _refuse(TargetProblem.TAGGED_VALUE, text, node.start, key)
        if node.style in _BLOCK or _NEWLINE.search(text, node.start, node.end):
            _refuse(TargetProblem.MULTI_LINE, text, node.start, key)
        if node.style:
            return Place(node.start + 1, node.end - 1, node.value)
        if is_empty(node):
            return Place(node.start, node.end, "", _space_before(text, node.start) + '"', '"', is_text=False)
        return Place(node.start, node.end, node.value, before='"', after='"', is_text=False)

    def differs_only_in(self, old: str, new: str, key: str, value: str) -> bool:
        before = _read(old, key)
        if is_empty(before):
            before = Node(Kind.MAP, 0, 0)
        names, after = names_in(key), facts(_read(new, key))
        return any(facts(put(before, names, value, is_first)) == after for is_first in (False, True))


def _refuse(problem: TargetProblem, text: str, at: int, key: str) -> NoReturn:
    raise TargetError(TargetTrouble(problem, key=key, lines=(line_of(text, at),)))


def _read(text: str, key: str) -> Node:
    """Return the one document as a tree; an empty one is an empty value. Raises TargetError."""
    root: Node | None = None
    documents = 0
    builder = _Builder(text, key)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    _refuse(TargetProblem.MANY_DOCUMENTS, text, event.start_mark.index, key)
            elif isinstance(event, DocumentEndEvent) and builder.root is not None:
                root = builder.root
            else:
                builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _refuse(TargetProblem.BROKEN_FILE, text, mark.index if mark else 0, key)
    except (YAMLError, RecursionError, ValueError) as error:  # a control character; brackets in brackets
        raise TargetError(TargetTrouble(TargetProblem.BROKEN_FILE, key=key)) from error
    return root or Node(Kind.VALUE, len(text), len(text))


class _Builder:
    """Makes a tree of the reader's events."""

    def __init__(self, text: str, key: str) -> None:
        self.root: Node | None = None
        self._text = text
        self._key = key
        self._open: list[Node] = []
        self._names: list[Node | None] = []  # of each open map, the name that waits for its value

    def take(self, event: Event) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, AliasEvent):
            self._add(Node(Kind.ALIAS, start, end, event.anchor or ""))
        elif isinstance(event, ScalarEvent):
            self._add(Node(Kind.VALUE, start, end, event.value, event.style or "", _tag(event), event.anchor or ""))
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            kind = Kind.MAP if isinstance(event, MappingStartEvent) else Kind.LIST
            node = Node(kind, start, end, "", "{" if event.flow_style else "", _tag(event), event.anchor or "")
            self._add(node)
            self._open.append(node)
            self._names.append(None)
            if len(self._open) > DEEPEST:
                _refuse(TargetProblem.BROKEN_FILE, self._text, start, self._key)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self._open.pop().end = end
            self._names.pop()

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
        elif self._open[-1].kind is Kind.LIST:
            self._open[-1].items.append(node)
        elif (name := self._names[-1]) is None:
            self._names[-1] = node
        else:
            colon = _COLON.match(self._text, name.end)
            if colon and is_empty(node):  # the reader says where the next thing stands, comments skipped
                node.start = node.end = colon.end()
            self._open[-1].pairs.append((name, node))
            self._names[-1] = None


def _tag(event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> str:
    return str(event.tag) if event.tag is not None else ""


def _space_before(text: str, at: int) -> str:
    return "" if text[at - 1 : at] in (" ", "\t") else " "


def _missing(text: str, found: Found) -> Place:
    """Where the key is added: as the last of the map that should have it, in that map's own writing."""
    node, newline = found.node, newline_of(text)
    is_in_brackets = any(one.style == "{" for one in found.way)
    if is_empty(node) and len(found.way) > 1:  # "settings:" and nothing: it becomes a map
        before, after = _in_brackets(found.missing, is_quoted=False)
        return Place(node.start, node.start, None, f"{_space_before(text, node.start)}{{{before}", f"{after}}}")
    if is_in_brackets:
        is_quoted = bool(node.pairs) and all(name.style == '"' for name, _value in node.pairs)
        before, after = _in_brackets(found.missing, is_quoted)
        if not node.pairs:
            return Place(node.start + 1, node.start + 1, None, before, after)
        last = node.pairs[-1][1].end
        return Place(last, last, None, ", " + before, after)
    column, step = 0, _step(text, found)
    at = len(text)
    leaf = last_leaf(node)
    if node.pairs:
        column = _column(text, node.pairs[0][0].start)
        at = _line_after(text, leaf)
    is_first = leaf.style in _BLOCK and not ends_with_newline(text[:at])  # one more newline would be part of that text
    lead = "" if at == 0 or ends_with_newline(text[:at]) else newline
    lines = [" " * (column + step * depth) + _name(name) + ":" for depth, name in enumerate(found.missing)]
    if is_first:
        at = node.pairs[0][0].start
        return Place(at, at, None, newline.join(lines).lstrip(" ") + ' "', '"' + newline + " " * column)
    return Place(at, at, None, lead + newline.join(lines) + ' "', '"' + newline)


def _in_brackets(names: tuple[str, ...], is_quoted: bool) -> tuple[str, str]:
    heads = [f"{json.dumps(name, ensure_ascii=False) if is_quoted else _name(name)}: " for name in names]
    return "{".join(heads) + '"', '"' + "}" * (len(names) - 1)


def _name(name: str) -> str:
    is_safe = _SAFE_NAME.fullmatch(name) and name.lower() not in _NO_TEXT
    return name if is_safe else json.dumps(name, ensure_ascii=False)


def _column(text: str, at: int) -> int:
    return at - max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) - 1


def _line_after(text: str, leaf: Node) -> int:
    """Return where the line after a leaf begins."""
    if leaf.style in _BLOCK:
        return leaf.end
    newline = _NEWLINE.search(text, leaf.end)
    return newline.end() if newline else len(text)


def _step(text: str, found: Found) -> int:
    """Return how far this file moves inner maps to the right."""
    root = found.way[0]
    for name, value in root.pairs:
        if value.pairs and value.style != "{":
            inner = _column(text, value.pairs[0][0].start) - _column(text, name.start)
            if inner > 0:
                return inner
    return 2
