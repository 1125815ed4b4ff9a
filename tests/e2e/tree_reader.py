"""Prints what a screen reader is told about a program's window, and does in it what one can do without mouse and keys.

One line of JSON on standard output for each on standard input:
{"pid": 42} gives the list of all that is on the screen; with "focused": true, of what has the keyboard;
{"node": 7, "action": "Press"} does an action of the node with this number in the last list;
{"node": 7, "text": "words"} puts a text into a field; {"node": 7, "select": true} chooses a row or item.
These three give true where it was done.

Runs in Debian's own Python, which has the bindings of the accessibility bus; the virtual environment has not."""

import json
import sys

import gi  # type: ignore[import-not-found] # belongs to Debian's own Python

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found] # noqa: E402

last: list["Atspi.Accessible"] = []  # of the last list, by number


def nodes_of(pid: int, is_focus_only: bool) -> list[dict[str, object]]:
    """All that is on the screen, parents first: role, name, text, place in pixels of the screen, states. is_focus_only:
    only what has the keyboard, for which less is asked."""
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    found: list[dict[str, object]] = []
    last.clear()
    for number in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(number)
        if program is not None and program.get_process_id() == pid:
            program.set_cache_mask(Atspi.Cache.NONE)  # what is read is what is there now
            _add_children(program, 0, found, is_focus_only)
    return found


def _add(
    node: "Atspi.Accessible", depth: int, found: list[dict[str, object]], is_focus_only: bool, parent_role: str
) -> None:
    states = [state.value_nick for state in node.get_state_set().get_states()]
    if "showing" not in states:
        return
    role = node.get_role_name()  # each of these is a question over the bus
    if not is_focus_only or "focused" in states:
        place = node.get_extents(Atspi.CoordType.SCREEN)
        if place.width <= 0 or place.height <= 0:
            return
        last.append(node)
        found.append(
            {
                "role": role,
                "name": node.get_name(),
                "said": node.get_description(),
                "text": _text_of(node) if role == "text" else "",
                "x": place.x,
                "y": place.y,
                "width": place.width,
                "height": place.height,
                "states": states,
                "depth": depth,
                "number": len(found),
            }
        )
    _add_children(node, depth, found, is_focus_only, role, parent_role)


def _add_children(
    node: "Atspi.Accessible",
    depth: int,
    found: list[dict[str, object]],
    is_focus_only: bool,
    role: str = "",
    parent_role: str = "",
) -> None:
    count = node.get_child_count()
    if parent_role == "layered pane":
        # A page's scroll area. Qt 6.11 crashes where a scroll bar is asked for that went since the children were
        # counted (QAccessibleAbstractScrollArea::child checks no bounds); the page itself is the first child, always.
        count = min(count, 1)
    for number in range(count):
        child = node.get_child_at_index(number)
        if child is not None:
            _add(child, depth + 1, found, is_focus_only, role)


def _text_of(node: "Atspi.Accessible") -> str:
    if "Text" not in node.get_interfaces():
        return ""
    return str(Atspi.Text.get_text(node, 0, -1))


def do(node: "Atspi.Accessible", wanted: dict[str, object]) -> bool:
    if "action" in wanted:
        names = [Atspi.Action.get_action_name(node, at) for at in range(Atspi.Action.get_n_actions(node))]
        return wanted["action"] in names and bool(Atspi.Action.do_action(node, names.index(wanted["action"])))
    if "text" in wanted:
        return bool(Atspi.EditableText.set_text_contents(node, wanted["text"]))
    return bool(Atspi.Selection.select_child(node.get_parent(), node.get_index_in_parent()))


for line in sys.stdin:
    asked = json.loads(line)
    try:
        answer: object = (
            nodes_of(asked["pid"], asked.get("focused", False)) if "pid" in asked else do(last[asked["node"]], asked)
        )
    except GLib.Error:  # a widget went while it was read: the reader asks again
        answer = [] if "pid" in asked else False
    print(json.dumps(answer), flush=True)
