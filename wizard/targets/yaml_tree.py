"""YAML as programs read it: ruamel.yaml makes a tree of it; `<<` brings names of other blocks into a block."""

import re
from functools import lru_cache
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
from wizard.targets.json_file import strict_values
from wizard.targets.readers import Reader, Values
from wizard.targets.splice import line_of
from wizard.targets.tree import DEEPEST, Kind, Pairs, TreeNode, is_empty, name_of, values

_MERGE_TAG = "tag:yaml.org,2002:merge"
_MERGE = "<<"  # YAML 1.1, type merge: most readers of YAML settings follow it
_COLON = re.compile(r"[ \t]*:")


def refuse(problem: TargetProblem, text: str, at: int, key: str) -> NoReturn:
    raise TargetError(TargetTrouble(problem, key=key, lines=(line_of(text, at),)))


def read(text: str, key: str) -> TreeNode:
    """Return the one document as a tree; an empty one is an empty value. Raises TargetError (BROKEN_FILE,
    MANY_DOCUMENTS)."""
    root: TreeNode | None = None
    documents = 0
    builder = _Builder(text, key)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    refuse(TargetProblem.MANY_DOCUMENTS, text, event.start_mark.index, key)
            elif isinstance(event, DocumentEndEvent) and builder.root is not None:
                root = builder.root
            else:
                builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        refuse(TargetProblem.BROKEN_FILE, text, mark.index if mark else 0, key)
    except (YAMLError, RecursionError, ValueError) as error:  # a control character; brackets in brackets
        raise TargetError(TargetTrouble(TargetProblem.BROKEN_FILE, key=key)) from error
    return root or TreeNode(Kind.VALUE, len(text), len(text))


def readers() -> tuple[Reader, ...]:
    """YAML 1.2, to which << is a name as any other; PyYAML, Go and Java, which merge; Ruby, which merges `"<<"` too;
    and where the file is JSON, readers of that."""
    once = lru_cache(_root)  # for as long as one change is looked at: there are secrets in it

    def merging(may_be_quoted: bool) -> Reader:
        return Reader(lambda text: values(root, _Merging(may_be_quoted).pairs_of) if (root := once(text)) else None)

    plain = Reader(lambda text: values(root) if (root := once(text)) else None)
    return (plain, merging(may_be_quoted=False), merging(may_be_quoted=True), Reader(_as_json))


def merged_value(node: TreeNode, name: str) -> TreeNode | None:
    """What << brings into a map at a name, None without it."""
    for source in _sources(node, may_be_quoted=True):
        for key, value in _Merging(may_be_quoted=True).pairs_of(source):
            if name_of(key) == name:
                return value.target or value
    return None


def _root(text: str) -> TreeNode | None:
    try:
        root = read(text, "")
    except TargetError:
        return None
    return TreeNode(Kind.MAP, 0, 0) if is_empty(root) else root


def _as_json(text: str) -> Values | None:
    return strict_values(text) if text.lstrip().startswith(("{", "[")) else None


def _is_merge(name: TreeNode, may_be_quoted: bool) -> bool:
    """Also written as `!!merge <<`, as Go writes it."""
    is_plain = may_be_quoted or not name.style or name.tag == _MERGE_TAG
    return name.kind is Kind.VALUE and name.value == _MERGE and name.tag in ("", _MERGE_TAG) and is_plain


def _sources(node: TreeNode, may_be_quoted: bool) -> list[TreeNode]:
    """The maps that << brings into a map, the one that wins first."""
    merged = [value.target or value for name, value in node.pairs if _is_merge(name, may_be_quoted)]
    each = [one.target or one for value in merged for one in (value.items if value.kind is Kind.LIST else [value])]
    return [one for one in each if one.kind is Kind.MAP]


class _Merging:
    """Reads maps as programs do that follow <<. may_be_quoted: also where it stands in quotes."""

    def __init__(self, may_be_quoted: bool) -> None:
        self._may_be_quoted = may_be_quoted
        self._pairs: dict[int, Pairs] = {}  # of the maps that were seen; some use one another many times, or themselves

    def pairs_of(self, node: TreeNode) -> Pairs:
        """The values of a map, with those that << brings in where the map has none of its own."""
        if id(node) not in self._pairs:
            own = {name_of(pair[0]): pair for pair in node.pairs if not _is_merge(pair[0], self._may_be_quoted)}
            self._pairs[id(node)] = list(own.values())
            seen: dict[str, tuple[TreeNode, TreeNode]] = {}
            for source in reversed(_sources(node, self._may_be_quoted)):
                seen.update({name_of(pair[0]): pair for pair in self.pairs_of(source)})
            self._pairs[id(node)] = list({**seen, **own}.values())
        return self._pairs[id(node)]


class _Builder:
    """Makes a tree of the reader's events."""

    def __init__(self, text: str, key: str) -> None:
        self.root: TreeNode | None = None
        self._text = text
        self._key = key
        self._open: list[TreeNode] = []
        self._names: list[TreeNode | None] = []  # of each open map, the name that waits for its value
        self._anchors: dict[str, TreeNode] = {}  # so far: a name may be given again, and counts from there on

    def take(self, event: Event) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, AliasEvent):
            name = event.anchor or ""
            self._add(TreeNode(Kind.ALIAS, start, end, name, target=self._anchors.get(name)))
        elif isinstance(event, ScalarEvent):
            self._add(TreeNode(Kind.VALUE, start, end, event.value, event.style or "", _tag(event), event.anchor or ""))
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            kind = Kind.MAP if isinstance(event, MappingStartEvent) else Kind.LIST
            node = TreeNode(kind, start, end, "", "{" if event.flow_style else "", _tag(event), event.anchor or "")
            self._add(node)
            self._open.append(node)
            self._names.append(None)
            if len(self._open) > DEEPEST:
                refuse(TargetProblem.BROKEN_FILE, self._text, start, self._key)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self._open.pop().end = end
            self._names.pop()

    def _add(self, node: TreeNode) -> None:
        if node.anchor:
            self._anchors[node.anchor] = node
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
