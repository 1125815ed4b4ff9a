"""The `fields` parameter of the Graph API: "id,messages.limit(3){from,message}"."""

import re
from dataclasses import dataclass, field

from wizard.simulator.world.errors import GraphError

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MODIFIER = re.compile(r"\.([a-z_]+)\(([^()]*)\)")


@dataclass(slots=True)
class NodeField:
    """modifiers: as limit -> "3". wanted: the sub-fields, in order; empty = the default ones."""

    name: str
    modifiers: dict[str, str] = field(default_factory=dict)
    wanted: list["NodeField"] = field(default_factory=list)

    def limit(self, default: int) -> int:
        text = self.modifiers.get("limit", "")
        return int(text) if text.isdigit() else default


def read_fields(text: str) -> list[NodeField]:
    """Return the fields asked for, in order. Raises GraphError 2500 as Facebook does for a text it cannot read."""
    try:
        found, rest = _read_list(text.replace(" ", ""), 0)
    except RecursionError:  # thousands of brackets in one another
        raise _unreadable(text) from None
    if rest != len(text.replace(" ", "")):
        raise _unreadable(text)
    return found


def _read_list(text: str, at: int) -> tuple[list[NodeField], int]:
    found: list[NodeField] = []
    while at < len(text) and text[at] != "}":
        name = _NAME.match(text, at)
        if name is None:
            raise _unreadable(text)
        one, at = NodeField(name[0]), name.end()
        while modifier := _MODIFIER.match(text, at):
            one.modifiers[modifier[1]] = modifier[2]
            at = modifier.end()
        if text.startswith("{", at):
            one.wanted, at = _read_list(text, at + 1)
            if not text.startswith("}", at):
                raise _unreadable(text)
            at += 1
        found.append(one)
        if text.startswith(",", at):
            at += 1
        elif at < len(text) and text[at] != "}":
            raise _unreadable(text)
    return found, at


def _unreadable(text: str) -> GraphError:
    return GraphError(2500, f"Syntax error in the fields parameter: {text[:80]}")
