"""Two ways to use a window of which only the accessibility tree is seen: keys, and the tree's own actions."""

import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.e2e.screen import Node, Screen, copy

BUTTONS = ("push button", "button")
CHOICES = ("radio button", "check box")
FIELDS = ("text", "password text")
_ROWS = ("list item", "table cell")
_TURNED = ("expanded", "collapsed")
_MOST_TABS = 150
_KEY_SECONDS = 2.0  # for the keyboard to arrive somewhere after a key
_LOOK_EVERY = 0.03
_AT_REST = 0.7  # seconds
_UNSEEN = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))


@dataclass
class Hands(ABC):
    """Finds things by role and name, which come from the catalogue of the language on the screen."""

    screen: Screen

    # What is done.

    def press(self, *names: str) -> None:
        """Press the first button there is of these names; wait for it to be usable."""
        self._do(self._wanted(BUTTONS, names), self._press)

    def choose(self, name: str) -> None:
        """Choose a card, or set a tick."""
        self._do(self._wanted(CHOICES, (name,)), self._press)
        self.screen.wait(f"“{name}” to be chosen", lambda: self._first(CHOICES, (name,), lambda node: node.is_checked))

    def unfold(self, name: str) -> None:
        self._do(self._wanted(BUTTONS, (name,)), self._press)
        self.screen.wait(
            f"“{name}” open", lambda: self._first(BUTTONS, (name,), lambda node: "expanded" in node.states)
        )

    def write(self, name: str, text: str) -> None:
        """Put a text into a field in place of what is there."""
        self._do(self._wanted(FIELDS, (name,)), lambda node: self._write(node, text))

    def pick_row(self, start: str) -> None:
        """Choose the row of a list whose words begin so."""
        self._do(lambda: self._first(_ROWS, (start,), starts=True), self._pick)

    # What is seen.

    def see_page(self, *titles: str, seconds: float = 30.0) -> str:
        """Wait for a page with one of these titles, and return that."""

        def look() -> str | None:
            said = {_plain(node.name) for node in self.screen.nodes() if node.role == "heading"}
            return next((title for title in titles if _plain(title) in said), None)

        return self.screen.wait(f"page “{' / '.join(titles)}”", look, seconds)

    def wait_until_at_rest(self) -> None:
        """Until the buttons have been the same for a moment: what was pressed has been done."""
        before: list[tuple[str, bool]] = []
        since = time.monotonic()

        def is_at_rest() -> bool:
            nonlocal before, since
            now = [(node.name, node.is_enabled) for node in self.screen.nodes() if node.role in BUTTONS]
            if now != before:
                before, since = now, time.monotonic()
            return time.monotonic() - since >= _AT_REST

        self.screen.wait("buttons at rest", is_at_rest)

    def see_words(self, part: str, seconds: float = 40.0) -> str:
        """Wait for a text that holds this, and return it."""

        def look() -> str | None:
            return next((text for text in map(_plain, self.screen.texts()) if _plain(part) in text), None)

        return self.screen.wait(f"“{part}”", look, seconds)

    def see_one_of(self, *parts: str, seconds: float = 40.0) -> str:
        """Wait until one of these is in a text, and return which."""

        def look() -> str | None:
            shown = [_plain(text) for text in self.screen.texts()]
            return next((part for part in parts if any(_plain(part) in text for text in shown)), None)

        return self.screen.wait(f"“{' / '.join(parts)}”", look, seconds)

    def see_button(self, name: str) -> None:
        self.screen.wait(f"button “{name}”", self._wanted(BUTTONS, (name,)))

    def tick(self) -> str | None:
        """The words of the tick box on the page, None where there is none."""
        boxes = (node.name for node in self.screen.nodes() if node.role == "check box" and not node.is_checked)
        return next(boxes, None)

    def sees_field(self, name: str) -> bool:
        return self._first(FIELDS, (name,)) is not None

    def _wanted(self, roles: Iterable[str], names: Iterable[str]) -> Callable[[], Node | None]:
        return lambda: self._first(roles, names, lambda node: node.is_enabled)

    def _first(
        self,
        roles: Iterable[str],
        names: Iterable[str],
        holds: Callable[[Node], bool] = lambda node: True,
        starts: bool = False,
    ) -> Node | None:
        nodes = [node for node in self.screen.nodes() if node.role in roles and holds(node)]
        for name in names:
            for node in nodes:
                said, wanted = _plain(node.name), _plain(name)
                if said == wanted or (starts and said.startswith(wanted)):
                    return node
        return None

    def _do(self, look: Callable[[], Node | None], act: Callable[[Node], None]) -> None:
        node = self.screen.wait("what is to be used", look)
        self.screen.actions.append(f"{node.role} “{node.name}”")
        act(node)

    @abstractmethod
    def _press(self, node: Node) -> None: ...

    @abstractmethod
    def _write(self, node: Node, text: str) -> None: ...

    @abstractmethod
    def _pick(self, node: Node) -> None: ...


class TreeHands(Hands):
    """No mouse and no key: what a switch, a voice or a braille display asks the tree to do."""

    def _press(self, node: Node) -> None:
        assert any(self.screen.reader.do(node, action=action) for action in ("Press", "Toggle")), node

    def _write(self, node: Node, text: str) -> None:
        assert self.screen.reader.do(node, text=text), node

    def _pick(self, node: Node) -> None:
        assert self.screen.reader.do(node, select=True), node


class KeyHands(Hands):
    """Tab, Space, arrows and what is typed. What has the keyboard is known from the tree."""

    def _press(self, node: Node) -> None:
        if node.role == "radio button":
            self._go_round_the_cards(node)
        else:
            self._tab_to(node)
        self._key("space")

    def _write(self, node: Node, text: str) -> None:
        self._tab_to(node)
        self._key("ctrl+a")
        copy(text)
        self._key("ctrl+v")

    def _pick(self, node: Node) -> None:
        """The list has a name and no words of its own; Home and Down go through its rows."""
        self._tab_until(lambda now: now.role in ("list", "table", *_ROWS))
        self._key("Home")
        for _row in range(_MOST_TABS):
            now = self._with_keyboard()
            if now is not None and now.name == node.name:
                self._key("space")  # where it is the first, Home did not move, so nothing is chosen yet
                return
            self._key("Down")
            self._wait_for_another(now)
        raise AssertionError(f"no row {node.name}")

    def _go_round_the_cards(self, node: Node) -> None:
        """Tab comes to one card of a question, arrows to the others."""
        passed: set[str] = set()

        def is_there(now: Node) -> bool:
            while now.role == "radio button" and now.name != node.name and now.name not in passed:
                passed.add(now.name)
                wanted = self._first((node.role,), (node.name,))
                assert wanted is not None, node
                self._key(_arrow(now, wanted))
                self._wait_for_another(now)
                now = self._with_keyboard() or now
            return (now.role, now.name) == (node.role, node.name)

        self._tab_until(is_there)

    def _tab_to(self, node: Node) -> None:
        self._tab_until(lambda now: (now.role, now.name) == (node.role, node.name))

    def _tab_until(self, is_there: Callable[[Node], bool]) -> None:
        passed: list[str] = []
        for _stop in range(_MOST_TABS):
            now = self._with_keyboard()
            if now is not None and is_there(now):
                return
            passed.append(now.name if now is not None else "nothing")
            self._key("Tab")
            self._wait_for_another(now)
        raise AssertionError(f"Tab does not come there, but to {passed}")

    def _with_keyboard(self) -> Node | None:
        """The innermost with a name: a row rather than its list, a field rather than the view of its text."""
        all_focused = self.screen.with_keyboard()
        focused = [node for node in all_focused if node.name] or all_focused
        return focused[-1] if focused else None

    def _wait_for_another(self, before: Node | None) -> None:
        end = time.monotonic() + _KEY_SECONDS
        while time.monotonic() < end:
            now = self._with_keyboard()
            if now is not None and (
                before is None or (now.role, now.name, now.y) != (before.role, before.name, before.y)
            ):
                return
            time.sleep(_LOOK_EVERY)

    def _key(self, key: str) -> None:
        subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True)


def _plain(text: str) -> str:
    """Without the marks that say which way a text is read."""
    return text.translate(_UNSEEN)


def _arrow(start: Node, end: Node) -> str:
    """The key that goes from one card in the direction of another."""
    if start.bottom <= end.y:
        return "Down"
    if end.bottom <= start.y:
        return "Up"
    return "Right" if start.x < end.x else "Left"
