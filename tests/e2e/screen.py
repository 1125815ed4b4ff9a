"""The window of a running program, as a person has it: what is to be seen and heard, a mouse and a keyboard."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar

_READER = Path(__file__).with_name("tree_reader.py")
_DEBIANS_PYTHON = "/usr/bin/python3"
T = TypeVar("T")
_FIRST_REST, _LONGEST_REST = 0.05, 0.25  # seconds from one look at the screen to the next, which costs 0.1 to take
_READING = 0.7  # seconds for which a person looks at buttons before pressing one


@dataclass(frozen=True, slots=True)
class Node:
    """One thing on the screen. Its place is in pixels of the screen; text is what stands in a field; number: its place
    in the list of all."""

    role: str
    name: str
    said: str
    text: str
    x: int
    y: int
    width: int
    height: int
    states: frozenset[str]
    depth: int
    number: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def is_enabled(self) -> bool:
        return "enabled" in self.states

    @property
    def is_checked(self) -> bool:
        return "checked" in self.states

    @property
    def has_keyboard(self) -> bool:
        return "focused" in self.states


class TreeReader:
    """Asks the accessibility bus what a process shows."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [_DEBIANS_PYTHON, "-W", "ignore", str(_READER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def nodes(self, pid: int, focused: bool = False) -> list[Node]:
        """All that a process shows; focused: only what has the keyboard."""
        raws = self._ask(pid=pid, focused=focused)
        return [Node(**{**raw, "states": frozenset(raw["states"])}) for raw in raws]

    def do(self, node: Node, **what: str | bool) -> bool:
        """Have the bus do something with a node of the last list: action="Press", text="words" or select=True."""
        return bool(self._ask(node=node.number, **what))

    def _ask(self, **asked: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(asked)}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the reader of the accessibility bus has ended"
        return json.loads(line)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


class NotSeen(AssertionError):
    """What was waited for did not come; the text holds what was on the screen."""


@dataclass(slots=True)
class Screen:
    """A running window. actions: what the person did in it, in order; scrolling is none. clicks: how often the person
    presses the mouse button where once would do."""

    process: subprocess.Popen[bytes]
    reader: TreeReader
    actions: list[str] = field(default_factory=list)
    clicks: int = 1

    # Looking.

    def nodes(self) -> list[Node]:
        return self.reader.nodes(self.process.pid)

    def with_keyboard(self) -> list[Node]:
        """What has the keyboard, and what is around it and says so, outermost first."""
        return self.reader.nodes(self.process.pid, focused=True)

    def find(self, role: str, name: str, within: str = "") -> Node | None:
        """The first thing of a role whose name starts so. within: name of the group it stands in, "" for any."""
        return _found(self.nodes(), role, name, within)

    def wait(self, what: str, look: Callable[[], T | None], seconds: float = 30.0) -> T:
        """Look until there is something, ever less often. Raises NotSeen with what is on the screen."""
        end = time.monotonic() + seconds
        rest = _FIRST_REST
        while True:
            seen = look()
            if seen:
                return seen
            if self.process.poll() is not None:
                raise NotSeen(f"{what}: the program ended with {self.process.returncode}")
            if time.monotonic() > end:
                raise NotSeen(f"{what} is not to be seen. On the screen:\n{self.words()}")
            time.sleep(rest)
            rest = min(2 * rest, _LONGEST_REST)

    def wait_for(self, role: str, name: str, within: str = "", seconds: float = 30.0) -> Node:
        return self.wait(f"{role} “{name}”", lambda: self._usable(role, name, within), seconds)

    def wait_for_title(self, title: str, seconds: float = 30.0) -> None:
        """Wait until the page of this title is shown and has the keyboard's attention."""

        def look() -> Node | None:
            nodes = self.nodes()
            return _found(nodes, "label", title) or _found(nodes, "heading", title)

        self.wait(f"page “{title}”", look, seconds)

    def wait_for_words(self, words: str, seconds: float = 30.0) -> str:
        """Wait until a text with these words is shown, and return it whole."""
        return self.wait(f"“{words}”", lambda: next((t for t in self.texts() if words in t), None), seconds)

    def _usable(self, role: str, name: str, within: str) -> Node | None:
        return _if(self.find(role, name, within), lambda node: node.is_enabled)

    def texts(self) -> list[str]:
        return [text for node in self.nodes() for text in (node.name, node.said, node.text) if text]

    def words(self) -> str:
        """The whole screen in lines, for whoever reads a failure."""
        return "\n".join(
            f"{'  ' * node.depth}{node.role} {node.name!r} {node.text!r} at {node.x},{node.y} "
            f"{node.width}x{node.height} {' '.join(sorted(node.states & _TOLD_STATES))}"
            for node in self.nodes()
        )

    # Doing.

    def click(self, role: str, name: str, within: str = "", seconds: float = 30.0) -> None:
        """Scroll to it, wait until it lies still, and press the left button on it."""
        self.wait_for(role, name, within, seconds)
        self._read()
        node = self._bring_into_view(role, name, within)
        self.actions.append(f"click {role} “{node.name}”")
        again = ("--repeat", str(self.clicks), "--delay", "120") if self.clicks > 1 else ()
        _xdotool("mousemove", *map(str, node.middle), "click", *again, "1")

    def paste_into(self, role: str, name: str, text: str) -> None:
        """Put a text on the clipboard and press Ctrl+V in a field that has the keyboard already."""
        self.wait(f"keyboard in {role} “{name}”", lambda: _if(self.find(role, name), lambda node: node.has_keyboard))
        copy(text)
        self.actions.append(f"paste into {role} “{name}”")
        _xdotool("key", "--clearmodifiers", "ctrl+v")

    def press(self, key: str) -> None:
        self.actions.append(f"press {key}")
        _xdotool("key", "--clearmodifiers", key)

    def close_window(self) -> None:
        """As by the cross in the title bar: the window manager asks the program to close."""
        _xdotool("key", "--clearmodifiers", "alt+F4")

    def kill(self) -> None:
        """End it with SIGKILL: it cannot tidy up."""
        self.process.kill()
        self.process.wait(10)

    def wait_until_closed(self, seconds: float = 20.0) -> int:
        """Return the exit code of a program that was told to close."""
        return self.process.wait(seconds)

    def _read(self) -> None:
        """Wait until the buttons have been the same for as long as it takes to read them."""
        before: list[str] = []
        since = time.monotonic()

        def are_read() -> bool:
            nonlocal before, since
            now = [node.name for node in self.nodes() if node.role == "push button"]
            if now != before:
                before, since = now, time.monotonic()
            return time.monotonic() - since >= _READING

        self.wait("the same buttons for a while", are_read)

    def _bring_into_view(self, role: str, name: str, within: str) -> Node:
        """Turn the wheel until all of the thing is between the page's edges, and wait until it does not move."""
        before: Node | None = None

        def look() -> Node | None:
            nonlocal before
            nodes = self.nodes()
            node, page = _if(_found(nodes, role, name, within), lambda node: node.is_enabled), _page_area(nodes)
            if node is None:
                return None
            if page is not None and _is_inside(nodes, node, page):
                over, under = page.y - node.y, node.bottom - page.bottom
                if over > 0 or under > 0:
                    _xdotool("mousemove", *map(str, page.middle), "click", "4" if over > 0 else "5")
                    before = None
                    return None
            still = node if before is not None and before.middle == node.middle else None
            before = node
            return still

        return self.wait(f"{role} “{name}” in view", look)


_GROUPS = ("filler", "panel")
_TOLD_STATES = frozenset({"enabled", "focused", "checked", "focusable"})


def _found(nodes: list[Node], role: str, name: str, within: str = "") -> Node | None:
    if within:
        first = next((at for at, node in enumerate(nodes) if node.role in _GROUPS and node.name == within), None)
        if first is None:
            return None
        depth = nodes[first].depth
        nodes = list(takewhile(lambda node: node.depth > depth, nodes[first + 1 :]))
    return next((node for node in nodes if node.role == role and node.name.startswith(name)), None)


def _page_area(nodes: list[Node]) -> Node | None:
    """The part of the window that scrolls."""
    return next((node for node in nodes if node.role == "layered pane"), None)


def _is_inside(nodes: list[Node], node: Node, page: Node) -> bool:
    """Whether it is a part of the page, seen or not: in the tree, a part stands behind and deeper."""
    between = nodes[page.number + 1 : node.number + 1]
    return node.number > page.number and all(one.depth > page.depth for one in between)


def _if(node: Node | None, holds: Callable[[Node], bool]) -> Node | None:
    return node if node is not None and holds(node) else None


def _xdotool(*words: str) -> str:
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, check=True).stdout


def copy(text: str) -> None:
    """Put a text on the clipboard, as a browser's Copy does. xclip stays behind to serve it, so it gets no pipes."""
    subprocess.run(
        ["xclip", "-selection", "clipboard", "-loops", "0"],
        input=text.encode(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )


def copied() -> str:
    """What is on the clipboard now."""
    return subprocess.run(["xclip", "-selection", "clipboard", "-o"], capture_output=True, text=True, check=True).stdout


@contextmanager
def open_window(command: list[str], environment: dict[str, str], log: Path) -> Iterator[Screen]:
    """Run a program until the end of the block; its own words go to a log file."""
    reader = TreeReader()
    with log.open("ab") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said, start_new_session=True)
        try:
            yield Screen(process, reader)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
            reader.close()
