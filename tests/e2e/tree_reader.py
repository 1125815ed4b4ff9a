"""Prints what a screen reader is told about a program's window, and does in it what one can do without mouse and keys.

One line of JSON on standard output for each on standard input:
{"pid": 42} gives the list of all that is on the screen; with "focused": true, of what has the keyboard;
{"node": 7, "action": "Press"} does an action of the node with this number in the last list;
{"node": 7, "text": "words"} puts a text into a field; {"node": 7, "select": true} chooses a row or item.
These three give true where it was done.

Asks all that it can know to ask at once, for one question after the other takes many times as long.

Runs in Debian's own Python, which has the bindings of the accessibility bus; the virtual environment has not."""

import json
import os
import re
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import gi  # type: ignore[import-not-found] # belongs to Debian's own Python

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # type: ignore[import-not-found] # noqa: E402

_SPI = "org.a11y.atspi"
_REGISTRY = (f"{_SPI}.Registry", "/org/a11y/atspi/accessible/root")
_BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus")
_NOTHING = "/org/a11y/atspi/null"
_LONGEST_SECONDS = 15
_MOST_BYTES = 1 << 20
# Of a message: what tells its size, where its number is, and the kinds that we wait for.
_START, _SERIAL, _ANSWER, _ERROR = 16, slice(8, 12), 2, 3

Node = tuple[str, str]  # the program's name on the bus, and the path of a part of its window


@dataclass(frozen=True, slots=True)
class Question:
    """words: what a method is given, after its type; None for nothing. is_for_all: every node has an answer; where one
    has none, it has gone meanwhile."""

    node: Node
    interface: str
    method: str
    words: tuple[str, tuple[object, ...]] | None = None
    is_for_all: bool = True


class Gone(Exception):
    """A widget went while it was read."""


class Bus:
    """The accessibility bus of this session, by a socket of its own: a look asks five hundred questions, most of them
    as the look before it did, and what Gio does for each call takes longer than its answer."""

    def __init__(self) -> None:
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        (address,) = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, -1)
        found = re.search("unix:path=([^,;]+)", address)
        assert found, address
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(found[1])
        self._socket.settimeout(_LONGEST_SECONDS)
        self._socket.sendall(b"\0AUTH EXTERNAL %s\r\n" % str(os.getuid()).encode().hex().encode())
        assert self._socket.recv(_MOST_BYTES).startswith(b"OK ")
        self._socket.sendall(b"BEGIN\r\n")
        self._serial = 0
        self._calls: dict[Question, bytearray] = {}
        self._heard = b""
        self.ask([Question(_BUS, _BUS[0], "Hello")])

    def ask(self, questions: list[Question]) -> list[Any]:
        """Return the answers in the order of the questions, None where a node has none. Raises Gone."""
        first = self._serial + 1
        self._socket.sendall(b"".join(map(self._call, questions)))
        answers: dict[int, Any] = {}
        while len(answers) < len(questions):
            for message in self._messages():
                if message[1] in (_ANSWER, _ERROR):  # not a signal
                    parsed = Gio.DBusMessage.new_from_blob(message, Gio.DBusCapabilityFlags.NONE)
                    body = parsed.get_body() if message[1] == _ANSWER else None
                    answers[parsed.get_reply_serial() - first] = None if body is None else body.unpack()[0]
        if any(answers[at] is None and one.is_for_all for at, one in enumerate(questions)):
            raise Gone
        return [answers[at] for at in range(len(questions))]

    def _call(self, question: Question) -> bytes:
        self._serial += 1
        call = self._calls.get(question)
        if call is None:
            message = Gio.DBusMessage.new_method_call(*question.node, question.interface, question.method)
            if question.words is not None:
                message.set_body(GLib.Variant(*question.words))
            message.set_serial(1)
            call = self._calls[question] = bytearray(message.to_blob(Gio.DBusCapabilityFlags.NONE))
        call[_SERIAL] = self._serial.to_bytes(4, sys.byteorder)
        return bytes(call)

    def _messages(self) -> Iterator[bytes]:
        """What has come whole by now, at least a part of a message."""
        self._heard += self._socket.recv(_MOST_BYTES)
        at = 0
        while len(self._heard) >= at + _START:
            size = Gio.DBusMessage.bytes_needed(self._heard[at : at + _START])
            if len(self._heard) < at + size:
                break
            yield self._heard[at : at + size]
            at += size
        self._heard = self._heard[at:]


def get(node: Node, name: str, interface: str = "Accessible") -> Question:
    """A property."""
    words = ("(ss)", (f"{_SPI}.{interface}", name))
    return Question(node, "org.freedesktop.DBus.Properties", "Get", words)


def children(node: Node) -> Question:
    """Qt counts and names them in one go. One by one it crashes (6.11) where a scroll bar is asked for that went since
    they were counted: QAccessibleAbstractScrollArea::child checks no bounds."""
    return Question(node, f"{_SPI}.Accessible", "GetChildren")


def states(node: Node) -> Question:
    return Question(node, f"{_SPI}.Accessible", "GetState")


_DESCRIBED: tuple[Callable[[Node], Question], ...] = (
    lambda node: Question(node, f"{_SPI}.Accessible", "GetRole"),
    lambda node: get(node, "Name"),
    lambda node: get(node, "Description"),
    lambda node: Question(node, f"{_SPI}.Component", "GetExtents", ("(u)", (0,)), is_for_all=False),
)


@dataclass(slots=True)
class Part:
    """What is known of a node, and the parts of it that are on the screen."""

    node: Node
    depth: int
    states: list[str]
    told: dict[str, Any] = field(default_factory=dict)
    parts: "list[Part]" = field(default_factory=list)

    def with_its_parts(self) -> "Iterator[Part]":
        yield self
        for part in self.parts:
            yield from part.with_its_parts()


class Reader:
    def __init__(self) -> None:
        self._bus = Bus()
        self._pids: dict[str, int | None] = {}  # by name on the bus; None where it has ended
        self._last: list[Node] = []  # of the last list, by number
        self._focused: list[Part] = []

    def nodes_of(self, pid: int) -> list[dict[str, object]]:
        """All that is on the screen, parents first: role, name, text, place in pixels of the screen, states."""
        return self._listed(self._walk(pid, self._with_size))

    def with_keyboard(self, pid: int) -> list[dict[str, object]]:
        """The same, but only what has the keyboard, for which less is asked."""
        if not self._is_still_there(self._focused):
            self._focused = [part for part in self._walk(pid) if "focused" in part.states]
        return self._listed(self._with_size(self._focused))

    def _walk(self, pid: int, chosen: Callable[[list[Part]], list[Part]] = lambda parts: parts) -> list[Part]:
        """What is shown, parents first. chosen: which of those of one depth to go into."""
        level = top = [Part(node, 0, []) for node in self._programs(pid)]
        while level:
            shown = self._shown_in(level)
            level = chosen([part for _parent, part in shown])
            kept = {id(part) for part in level}
            for parent, part in shown:
                if id(part) in kept:
                    parent.parts.append(part)
        return [part for program in top for inner in program.parts for part in inner.with_its_parts()]

    def _with_size(self, parts: list[Part]) -> list[Part]:
        self._describe(parts)
        return [part for part in parts if part.told["width"] > 0 and part.told["height"] > 0]

    def _shown_in(self, level: list[Part]) -> list[tuple[Part, Part]]:
        """Each with what it is in."""
        inside = self._bus.ask([children(part.node) for part in level])
        below = [(part, child) for part, some in zip(level, inside, strict=True) for child in _real(some)]
        said = self._bus.ask([states(child) for _part, child in below])
        return [
            (parent, Part(child, parent.depth + 1, state))
            for (parent, child), state in zip(below, map(_state_names, said), strict=True)
            if "showing" in state
        ]

    def _is_still_there(self, focused: list[Part]) -> bool:
        """Where one thing has the keyboard, and nothing is in it that could have it instead, there is no other."""
        if len(focused) != 1:
            return False
        try:
            inside, said = self._bus.ask([children(focused[0].node), states(focused[0].node)])
        except Gone:
            return False
        focused[0].states = _state_names(said)
        return not inside and {"focused", "showing"} <= set(focused[0].states)

    def do(self, asked: dict[str, Any]) -> bool:
        node = self._last[asked["node"]]
        if "action" in asked:
            (count,) = self._bus.ask([get(node, "NActions", "Action")])
            names = self._bus.ask([Question(node, f"{_SPI}.Action", "GetName", ("(i)", (at,))) for at in range(count)])
            if asked["action"] not in names:
                return False
            number = ("(i)", (names.index(asked["action"]),))
            return self._is_done(node, "Action", "DoAction", number)
        if "text" in asked:
            text = ("(s)", (asked["text"],))
            return self._is_done(node, "EditableText", "SetTextContents", text)
        at, parent = self._bus.ask([Question(node, f"{_SPI}.Accessible", "GetIndexInParent"), get(node, "Parent")])
        number = ("(i)", (at,))
        return self._is_done(parent, "Selection", "SelectChild", number)

    def _is_done(self, node: Node, interface: str, method: str, words: tuple[str, tuple[object, ...]]) -> bool:
        (is_done,) = self._bus.ask([Question(node, f"{_SPI}.{interface}", method, words)])
        return bool(is_done)

    def _programs(self, pid: int) -> list[Node]:
        programs = _real(*self._bus.ask([children(_REGISTRY)]))
        for bus_name, _path in programs:
            if bus_name not in self._pids:
                words = ("(s)", (bus_name,))
                question = Question(_BUS, _BUS[0], "GetConnectionUnixProcessID", words, is_for_all=False)
                (self._pids[bus_name],) = self._bus.ask([question])
        return [one for one in programs if self._pids[one[0]] == pid]

    def _describe(self, parts: list[Part]) -> None:
        answers = iter(self._bus.ask([ask(part.node) for part in parts for ask in _DESCRIBED]))
        for part, role, name, said, place in zip(parts, *[answers] * len(_DESCRIBED), strict=False):
            x, y, width, height = place or (0, 0, 0, 0)
            role_name = Atspi.role_get_name(Atspi.Role(role))
            part.told = {"role": role_name, "name": name, "said": said, "text": ""}
            part.told |= {"x": x, "y": y, "width": width, "height": height}
        fields = [part for part in parts if part.told["role"] == "text"]
        words = ("(ii)", (0, -1))
        texts = self._bus.ask(
            [Question(part.node, f"{_SPI}.Text", "GetText", words, is_for_all=False) for part in fields]
        )
        for part, text in zip(fields, texts, strict=True):
            part.told["text"] = text or ""

    def _listed(self, parts: list[Part]) -> list[dict[str, object]]:
        self._last = [part.node for part in parts]
        return [
            {**part.told, "states": part.states, "depth": part.depth, "number": number}
            for number, part in enumerate(parts)
        ]


def _real(nodes: list[Node]) -> list[Node]:
    return [node for node in nodes if node[1] != _NOTHING]


def _state_names(bits: list[int]) -> list[str]:
    return [nick for at, nick in _STATES if bits[at // 32] >> at % 32 & 1]


_STATES = [(int(one), one.value_nick) for one in map(Atspi.StateType, range(Atspi.StateType.LAST_DEFINED))]


def main() -> None:
    reader = Reader()
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            if "pid" not in asked:
                answer: object = reader.do(asked)
            elif asked.get("focused", False):
                answer = reader.with_keyboard(asked["pid"])
            else:
                answer = reader.nodes_of(asked["pid"])
        except Gone:  # the one who asked asks again
            answer = [] if "pid" in asked else False
        print(json.dumps(answer), flush=True)


main()
