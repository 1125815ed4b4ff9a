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
from wizard.targets.tree import DEEPEST, Kind, PathMatch, TreeNode, facts, follow, is_empty, last_leaf, put

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
    foreign_endings = frozenset[str]()

    def check_key(self, key: str) -> None:
        names_in(key)

    def find(self, text: str, key: str) -> Place:
        """Raises TargetError: BROKEN_FILE, MANY_DOCUMENTS, DUPLICATE_KEY, NOT_A_GROUP, NOT_A_VALUE, SHARED_VALUE,
        MERGED_VALUE, TAGGED_VALUE, MULTI_LINE, NOT_UNDERSTOOD (what readers of YAML 1.1 and 1.2 see differently)."""
        names = names_in(key)
        if disputed := _DISPUTED.search(text):
            _refuse(TargetProblem.NOT_UNDERSTOOD, text, disputed.start(), key)
        root = _read(text, key)
        found = follow(root, names, text, key)
        node = found.node
        if found.missing:
            merged = _merged_value(root, node, found.missing[0])
            if merged is not None and (len(found.missing) > 1 or merged.kind in (Kind.MAP, Kind.LIST)):
                _refuse(TargetProblem.MERGED_VALUE, text, merged.start, key)
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
        before, new_root = _read(old, key), _read(new, key)
        if is_empty(before):
            before = TreeNode(Kind.MAP, 0, 0)
        names, after = names_in(key), facts(new_root)
        if not any(facts(put(before, names, value, is_first)) == after for is_first in (False, True)):
            return False
        return _other_values(before, names) == _other_values(new_root, names)


def _refuse(problem: TargetProblem, text: str, at: int, key: str) -> NoReturn:
    raise TargetError(TargetTrouble(problem, key=key, lines=(line_of(text, at),)))


def _read(text: str, key: str) -> TreeNode:
    """Return the one document as a tree; an empty one is an empty value. Raises TargetError."""
    root: TreeNode | None = None
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
    return root or TreeNode(Kind.VALUE, len(text), len(text))


_MERGE_TAG = "tag:yaml.org,2002:merge"
_MERGE = "<<"  # YAML 1.1, type merge: most readers of YAML settings follow it
_MOST_VALUES = 100_000  # a file whose blocks use one another may stand for billions
_Path = tuple[str | int, ...]


def _anchors(root: TreeNode) -> dict[str, TreeNode]:
    """Blocks by the name of their anchor; of two with one name the last, which is what a reader has at the end."""
    found: dict[str, TreeNode] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.anchor and node.kind is not Kind.ALIAS:
            found[node.anchor] = node
        waiting.extend(reversed([*node.items, *(one for pair in node.pairs for one in pair)]))
    return found


def _is_merge(name: TreeNode) -> bool:
    """Also written as `!!merge <<`, as Go writes it, or in quotes, which Ruby merges."""
    return name.kind is Kind.VALUE and name.value == _MERGE and name.tag in ("", _MERGE_TAG)


def _sources(node: TreeNode, anchors: dict[str, TreeNode]) -> list[TreeNode]:
    """The maps that << brings into a map, the one that wins first."""
    merged = [value for name, value in node.pairs if _is_merge(name)]
    each = [one for value in merged for one in (value.items if value.kind is Kind.LIST else [value])]
    resolved = [anchors.get(one.value) if one.kind is Kind.ALIAS else one for one in each]
    return [one for one in resolved if one is not None and one.kind is Kind.MAP]


def _merged_value(root: TreeNode, node: TreeNode, name: str, depth: int = 0) -> TreeNode | None:
    """What << brings into a map at a name, None without it."""
    anchors = _anchors(root)
    for source in _sources(node, anchors):
        for key, value in source.pairs:
            if key.kind is Kind.VALUE and key.value == name and not _is_merge(key):
                return anchors.get(value.value) if value.kind is Kind.ALIAS else value
        deeper = _merged_value(root, source, name, depth + 1) if depth < DEEPEST else None
        if deeper is not None:
            return deeper
    return None


def _other_values(root: TreeNode, names: tuple[str, ...]) -> dict[_Path, tuple[str, ...]]:
    """Every value that a reader sees who follows << and aliases, by its path, but those on the way to names. Raises
    TargetError (NOT_UNDERSTOOD) where they are too many to be compared."""
    anchors, found = _anchors(root), dict[_Path, tuple[str, ...]]()

    def walk(node: TreeNode | None, path: _Path) -> None:
        if node is not None and node.kind is Kind.ALIAS:
            node = anchors.get(node.value)
        if node is None or len(path) > DEEPEST or len(found) > _MOST_VALUES:
            raise TargetError(TargetTrouble(TargetProblem.NOT_UNDERSTOOD, key=".".join(names)))
        if node.kind is Kind.LIST:
            for at, item in enumerate(node.items):
                walk(item, (*path, at))
        elif node.kind is Kind.MAP:
            for name, value in _seen_pairs(node, anchors).items():
                walk(value, (*path, name))
        if not (node.items or node.pairs):
            found[path] = (node.kind, node.value, str(bool(node.style)), node.tag)

    walk(root, ())
    wanted = tuple(names)
    return {path: value for path, value in found.items() if tuple(str(one) for one in path) != wanted[: len(path)]}


def _seen_pairs(node: TreeNode, anchors: dict[str, TreeNode], depth: int = 0) -> dict[str, TreeNode]:
    """The values of a map by name, with those that << brings in where the map has none of its own."""
    if depth > DEEPEST:
        return {}
    seen: dict[str, TreeNode] = {}
    for source in reversed(_sources(node, anchors)):
        seen.update(_seen_pairs(source, anchors, depth + 1))
    seen.update({_name_of(key): value for key, value in node.pairs if not _is_merge(key)})
    return seen


def _name_of(key: TreeNode) -> str:
    """A name that is a map or a list (YAML allows it) is told from others by what it holds."""
    return key.value if key.kind is Kind.VALUE else repr(facts(key))


class _Builder:
    """Makes a tree of the reader's events."""

    def __init__(self, text: str, key: str) -> None:
        self.root: TreeNode | None = None
        self._text = text
        self._key = key
        self._open: list[TreeNode] = []
        self._names: list[TreeNode | None] = []  # of each open map, the name that waits for its value

    def take(self, event: Event) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, AliasEvent):
            self._add(TreeNode(Kind.ALIAS, start, end, event.anchor or ""))
        elif isinstance(event, ScalarEvent):
            self._add(TreeNode(Kind.VALUE, start, end, event.value, event.style or "", _tag(event), event.anchor or ""))
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            kind = Kind.MAP if isinstance(event, MappingStartEvent) else Kind.LIST
            node = TreeNode(kind, start, end, "", "{" if event.flow_style else "", _tag(event), event.anchor or "")
            self._add(node)
            self._open.append(node)
            self._names.append(None)
            if len(self._open) > DEEPEST:
                _refuse(TargetProblem.BROKEN_FILE, self._text, start, self._key)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self._open.pop().end = end
            self._names.pop()

    def _add(self, node: TreeNode) -> None:
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


def _missing(text: str, found: PathMatch) -> Place:
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


def _line_after(text: str, leaf: TreeNode) -> int:
    """Return where the line after a leaf begins."""
    if leaf.style in _BLOCK:
        return leaf.end
    newline = _NEWLINE.search(text, leaf.end)
    return newline.end() if newline else len(text)


def _step(text: str, found: PathMatch) -> int:
    """Return how far this file moves inner maps to the right."""
    root = found.way[0]
    for name, value in root.pairs:
        if value.pairs and value.style != "{":
            inner = _column(text, value.pairs[0][0].start) - _column(text, name.start)
            if inner > 0:
                return inner
    return 2
