"""What stands where in a file of nested values: the same for YAML and JSON, each with a reader of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn

from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.splice import line_of

DEEPEST = 100  # levels; no settings file has more, and no reader must run out of its stack


class Kind(StrEnum):
    MAP = "map"
    LIST = "list"
    VALUE = "value"
    ALIAS = "alias"  # of YAML: stands for what another place holds


@dataclass(slots=True)
class TreeNode:
    """start, end: characters. value: of a VALUE as the reader has it, of an ALIAS the name of its anchor. style: of a
    VALUE its quote, "|" or ">", "" for none; of a MAP or LIST "{" where it is in brackets. tag, anchor: of YAML."""

    kind: Kind
    start: int
    end: int
    value: str = ""
    style: str = ""
    tag: str = ""
    anchor: str = ""
    pairs: list[tuple["TreeNode", "TreeNode"]] = field(default_factory=list)
    items: list["TreeNode"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PathMatch:
    """How far a path leads. node: the last that is there. missing: the names that are not there, below node."""

    node: TreeNode
    missing: tuple[str, ...]
    way: tuple[TreeNode, ...]  # from the root to node


Facts = tuple[object, ...]


def facts(node: TreeNode) -> Facts:
    """Return all that a program could read from the node, without where it stands, to be compared."""
    is_text = node.kind is Kind.VALUE and node.style != ""
    head = (node.kind, node.value, is_text, node.tag, node.anchor)
    pairs = tuple((_key_facts(key), facts(value)) for key, value in node.pairs)
    return (*head, pairs, tuple(facts(item) for item in node.items))


def _key_facts(key: TreeNode) -> Facts:
    """A name is a name, in quotes or without."""
    return (key.kind, key.value, True, key.tag, key.anchor, (), ()) if key.kind is Kind.VALUE else facts(key)


def put(root: TreeNode, names: Sequence[str], value: str, is_first: bool = False) -> TreeNode:
    """Return the tree with a text at the path: in its place, or where it is missing at the end of the map, is_first: at
    its beginning."""
    if not names:
        return TreeNode(Kind.VALUE, 0, 0, value, style='"')
    name, rest = names[0], names[1:]
    new = TreeNode(root.kind, 0, 0, root.value, root.style, root.tag, root.anchor, list(root.pairs), list(root.items))
    if root.kind is Kind.LIST:
        new.items[int(name)] = put(root.items[int(name)], rest, value, is_first)
        return new
    if root.kind is Kind.VALUE:  # empty: it becomes a map
        new = TreeNode(Kind.MAP, 0, 0)
    for at, (key, old) in enumerate(new.pairs):
        if is_named(key, name):
            new.pairs[at] = (key, put(old, rest, value, is_first))
            return new
    text = TreeNode(Kind.VALUE, 0, 0, name)
    added = put(TreeNode(Kind.MAP, 0, 0), rest, value) if rest else put(text, (), value)
    new.pairs.insert(0 if is_first else len(new.pairs), (text, added))
    return new


def is_named(key: TreeNode, name: str) -> bool:
    return key.kind is Kind.VALUE and key.value == name


def is_empty(node: TreeNode) -> bool:
    """Nothing stands there, as behind the colon of `settings:` in YAML."""
    return node.kind is Kind.VALUE and node.start == node.end and not (node.tag or node.anchor)


def follow(root: TreeNode, names: Sequence[str], text: str, key: str) -> PathMatch:
    """Go along the path as far as it leads. key: as the person wrote it, for refusals. Raises TargetError
    (DUPLICATE_KEY, NOT_A_GROUP, SHARED_VALUE)."""

    def refuse(problem: TargetProblem, *nodes: TreeNode) -> NoReturn:
        lines = tuple(line_of(text, node.start) for node in nodes)
        raise TargetError(TargetTrouble(problem, key=key, lines=lines))

    aliased = _aliased(root)
    node, way = root, [root]
    for at, name in enumerate(names):
        if node.kind is Kind.ALIAS or node.anchor in aliased:
            refuse(TargetProblem.SHARED_VALUE, node)
        if is_empty(node):
            return PathMatch(node, tuple(names[at:]), tuple(way))
        if node.kind is Kind.LIST and name.isdecimal() and name.isascii() and int(name) < len(node.items):
            node = node.items[int(name)]
        elif node.kind is Kind.MAP:
            same = [(one, value) for one, value in node.pairs if is_named(one, name)]
            if len(same) > 1:
                refuse(TargetProblem.DUPLICATE_KEY, *(one for one, _value in same))
            if not same:
                return PathMatch(node, tuple(names[at:]), tuple(way))
            node = same[0][1]
        else:
            refuse(TargetProblem.NOT_A_GROUP, node)
        way.append(node)
    if node.kind in (Kind.MAP, Kind.LIST):
        refuse(TargetProblem.NOT_A_VALUE, node)
    if node.kind is Kind.ALIAS or node.anchor:
        refuse(TargetProblem.SHARED_VALUE, node)
    return PathMatch(node, (), tuple(way))


def last_leaf(node: TreeNode) -> TreeNode:
    """Return what stands last in the text of the node."""
    while node.items or node.pairs:
        node = node.items[-1] if node.items else node.pairs[-1][1]
    return node


def _aliased(root: TreeNode) -> frozenset[str]:
    names: set[str] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.kind is Kind.ALIAS:
            names.add(node.value)
        waiting.extend(node.items)
        waiting.extend(one for pair in node.pairs for one in pair)
    return frozenset(names)
