"""What stands where in a file of nested values: the same for YAML and JSON, each with a reader of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn

from wizard.core.target import TargetError, TargetProblem, TargetTrouble
from wizard.targets.path import as_path
from wizard.targets.readers import Values, Way, numbered
from wizard.targets.splice import line_of

DEEPEST = 100  # levels; no settings file has more, and no reader must run out of its stack
_MOST_VALUES = 100_000  # a file whose blocks use one another may stand for billions


class Kind(StrEnum):
    MAP = "map"
    LIST = "list"
    VALUE = "value"
    ALIAS = "alias"  # of YAML: stands for what another place holds


@dataclass(slots=True)
class TreeNode:
    """start, end: characters. value: of a VALUE as the reader has it, of an ALIAS the name of its anchor. style: of a
    VALUE its quote, "|" or ">", "" for none; of a MAP or LIST "{" where it is in brackets. tag, anchor: of YAML.
    target: of an ALIAS, what it stands for; None where nothing above it has that name."""

    kind: Kind
    start: int
    end: int
    value: str = ""
    style: str = ""
    tag: str = ""
    anchor: str = ""
    pairs: list[tuple["TreeNode", "TreeNode"]] = field(default_factory=list)
    items: list["TreeNode"] = field(default_factory=list)
    target: "TreeNode | None" = None


@dataclass(frozen=True, slots=True)
class PathMatch:
    """How far a path leads. node: the last that is there. missing: the names that are not there, below node."""

    node: TreeNode
    missing: tuple[str, ...]
    way: tuple[TreeNode, ...]  # from the root to node

    @property
    def there(self) -> tuple[tuple[str, ...], ...]:
        """The names in each group on the way."""
        return tuple(tuple(key.value for key, _value in one.pairs if key.kind is Kind.VALUE) for one in self.way)


Pairs = Sequence[tuple[TreeNode, TreeNode]]


def values(root: TreeNode, pairs_of: Callable[[TreeNode], Pairs] = lambda node: node.pairs) -> Values | None:
    """Return all that a program could read from the node by its way, what stands for something else followed; a list
    counts from 0. pairs_of: what a map holds for that program. None where it is more than anybody can compare."""
    found: dict[Way, object] = {}
    steps = 0

    def walk(node: TreeNode, way: Way) -> bool:
        nonlocal steps
        steps += 1
        if len(way) > DEEPEST or steps > _MOST_VALUES:
            return False
        if node.target is not None:
            return walk(node.target, way)
        if node.kind is Kind.VALUE or node.tag or not (node.pairs or node.items):
            is_text = node.kind is Kind.VALUE and node.style and not node.tag
            found[way] = node.value if is_text else (node.kind, node.value, node.tag)
        inner = [(str(at), item) for at, item in enumerate(node.items)]
        inner += [(name_of(key), value) for key, value in (pairs_of(node) if node.pairs else ())]
        return all(walk(one, (*way, name)) for name, one in numbered(inner))

    return found if walk(root, ()) else None


def name_of(key: TreeNode) -> str:
    """A name is a name, in quotes or without; one that is a map or a list (YAML allows it) is told by what it holds."""
    return key.value if key.kind is Kind.VALUE else repr(values(key))


def is_named(key: TreeNode, name: str) -> bool:
    return key.kind is Kind.VALUE and key.value == name


def is_empty(node: TreeNode) -> bool:
    """Nothing stands there, as behind the colon of `settings:` in YAML."""
    return node.kind is Kind.VALUE and node.start == node.end and not (node.tag or node.anchor)


def follow(root: TreeNode, names: Sequence[str], text: str, key: str) -> PathMatch:
    """Go along the path as far as it leads. key: as the person wrote it, for refusals. Raises TargetError
    (DUPLICATE_KEY, NOT_A_GROUP, NAME_VALUE_LIST, WRITE_IT_SO, NOT_A_VALUE, SHARED_VALUE)."""

    def refuse(problem: TargetProblem, *nodes: TreeNode, way: str = "") -> NoReturn:
        lines = tuple(line_of(text, node.start) for node in nodes)
        raise TargetError(TargetTrouble(problem, key=key, lines=lines, way=way))

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
        elif at == len(names) - 1 and _has_lines(node):
            refuse(TargetProblem.NAME_VALUE_LIST, node, way=name)
        elif at == len(names) - 1 and (inside := _named_pair(node, name)):
            refuse(TargetProblem.WRITE_IT_SO, node, way=as_path((*names[:at], *inside)))
        else:
            refuse(TargetProblem.NOT_A_GROUP, node)
        way.append(node)
    if node.kind in (Kind.MAP, Kind.LIST):
        refuse(TargetProblem.NOT_A_VALUE, node)
    if node.kind is Kind.ALIAS or node.anchor:
        refuse(TargetProblem.SHARED_VALUE, node)
    return PathMatch(node, (), tuple(way))


def _has_lines(node: TreeNode) -> bool:
    """Whether it is a list of NAME=value, as of docker compose."""
    return bool(node.items) and all(item.kind is Kind.VALUE and "=" in item.value for item in node.items)


def _named_pair(node: TreeNode, name: str) -> tuple[str, str] | None:
    """The way inside a list of pairs of name and value, as of Kubernetes, to the value of a name."""
    for at, item in enumerate(node.items):
        held = {key.value: value.value for key, value in item.pairs}
        if held.get("name") == name and "value" in held:
            return str(at), "value"
    return None


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
