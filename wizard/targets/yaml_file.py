"""YAML files. ruamel.yaml reads them and says where a value stands; the bytes of one value are replaced."""

import json
import re
from dataclasses import replace

from wizard.core.target import TargetProblem
from wizard.targets.file_kind import FileKind
from wizard.targets.path import names_in
from wizard.targets.readers import Reader, Way
from wizard.targets.splice import Place, ends_with_newline, newline_of
from wizard.targets.tree import Kind, PathMatch, TreeNode, follow, is_empty, last_leaf
from wizard.targets.yaml_tree import merged_value, read, readers, refuse

_BLOCK = ("|", ">")
_SAFE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
# Words that YAML 1.1 readers, PyYAML among them, take for something else than a text.
_NO_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
# YAML 1.1 ends a line at these and 1.2 does not: two readers would see two files.
_DISPUTED = re.compile("[\x85\u2028\u2029]")
_NEWLINE = re.compile(r"\r\n|\n|\r")


class Yaml:
    """The format: one value in nested maps and lists, always written as a text in quotes."""

    kind = FileKind.YAML
    limit = 250_000  # ruamel.yaml takes seconds for more

    def readers(self) -> tuple[Reader, ...]:
        return readers()

    def check_key(self, key: str) -> None:
        names_in(key)

    def way(self, key: str) -> Way:
        return names_in(key)

    def find(self, text: str, key: str) -> Place:
        """Raises TargetError: BROKEN_FILE, TEMPLATE, MANY_DOCUMENTS, DUPLICATE_KEY, NOT_A_VALUE, SHARED_VALUE,
        MERGED_VALUE, TAGGED_VALUE, MULTI_LINE, NOT_UNDERSTOOD (what readers of YAML 1.1 and 1.2 see differently), and
        what `follow` raises."""
        names = names_in(key)
        if disputed := _DISPUTED.search(text):
            refuse(TargetProblem.NOT_UNDERSTOOD, text, disputed.start(), key)
        root = read(text, key)
        if template := _template(root):
            refuse(TargetProblem.TEMPLATE, text, template.start, key)
        found = follow(root, names, text, key)
        node = found.node
        if found.missing:
            merged = merged_value(node, found.missing[0])
            if merged is not None and (len(found.missing) > 1 or merged.kind in (Kind.MAP, Kind.LIST)):
                refuse(TargetProblem.MERGED_VALUE, text, merged.start, key)
            return replace(_missing(text, found), there=found.there)
        if node.tag:
            refuse(TargetProblem.TAGGED_VALUE, text, node.start, key)
        if node.style in _BLOCK or _NEWLINE.search(text, node.start, node.end):
            refuse(TargetProblem.MULTI_LINE, text, node.start, key)
        if node.style:
            return Place(node.start + 1, node.end - 1, node.value)
        if is_empty(node):
            return Place(node.start, node.end, "", _space_before(text, node.start) + '"', '"', is_text=False)
        return Place(node.start, node.end, node.value, before='"', after='"', is_text=False)


def _template(root: TreeNode) -> TreeNode | None:
    """Return where `{{ … }}` of Helm or Jinja stands without quotes: YAML takes it for a map with a map for a name."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if any(name.kind is Kind.MAP and name.style == "{" for name, _value in node.pairs) and node.style == "{":
            return node
        waiting += [*node.items, *(one for pair in node.pairs for one in pair)]
    return None


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
