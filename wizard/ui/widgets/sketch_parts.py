"""How each part of a place outside the wizard is drawn: lines only, words where the place has them, bars for the rest.

Each function draws from y down and returns where it ends. x and width: the room it has."""

from collections.abc import Callable

from PySide6.QtCore import QRectF

from wizard.core.pictures import Part, Picture
from wizard.ui.metrics import em
from wizard.ui.widgets.pencil import BADGE, Pencil

Room = tuple[float, float, float]  # x, y, width
_PAD = 0.5  # em inside a box, beside its words


class _Names:
    """The names of the marks: "3" where one thing is pressed, "3a", "3b" where there are several."""

    def __init__(self, picture: Picture, count: int) -> None:
        self._number, self._count, self._at = picture.number, count, 0

    def next(self) -> str:
        letter = chr(ord("a") + self._at) if self._count > 1 else ""
        self._at += 1
        return f"{self._number}{letter}"


def _entry(pencil: Pencil, room: Room, text: str, name: str, circle: bool = False) -> float:
    """A row to press, as wide as its words."""
    x, y, width = room
    side = em(1.2) if circle else 0
    before = em(_PAD) + (side + em(0.4) if circle else 0)
    most = width - em(BADGE) - before - em(_PAD)
    wide = pencil.width_of(text, most)
    height = max(pencil.height_of(text, wide), side) + em(0.5)
    if circle:
        pencil.person(x + em(_PAD), y + (height - side) / 2, side)
    pencil.text(text, x + before, y + em(0.25), wide)
    if name:
        pencil.mark(QRectF(x, y, before + wide + em(_PAD), height), name)
    return y + height


def _field(pencil: Pencil, room: Room, text: str, name: str, opens: bool = False) -> float:
    """A field, with what stands in it."""
    x, y, width = room
    inside = width - em(BADGE)
    height = (pencil.height_of(text, inside - em(2.2)) if text else em(1.1)) + em(0.7)
    box = QRectF(x, y, inside, height)
    pencil.box(box)
    if text:
        pencil.text(text, x + em(_PAD), y + em(0.35), inside - em(2.2))
    if opens:
        pencil.arrow_down(x + inside - em(1.3), y + height / 2 - em(0.15))
    if name:
        pencil.mark(box, name)
    return y + height


def _button(pencil: Pencil, room: Room, text: str, name: str) -> float:
    x, y, width = room
    wide = pencil.width_of(text, width - em(BADGE) - em(1.6), bold=True)
    height = pencil.height_of(text, wide, bold=True) + em(0.8)
    box = QRectF(x, y, wide + em(1.6), height)
    pencil.box(box)
    pencil.text(text, x + em(0.8), y + em(0.4), wide, bold=True)
    pencil.mark(box, name)
    return y + height


def _heading(pencil: Pencil, room: Room, text: str) -> float:
    x, y, width = room
    return y + pencil.text(text, x, y, width, bold=True) + em(0.5) if text else y


def _account(pencil: Pencil, room: Room, picture: Picture) -> float:
    x, y, width = room
    names = _Names(picture, 2)
    side = em(1.7)
    right = x + width - em(BADGE) - side
    pencil.bar(x, y + em(0.3), em(4))
    pencil.person(right, y, side)
    pencil.mark(QRectF(right - em(0.2), y - em(0.2), side + em(0.4), side + em(0.4)), names.next())
    top = y + side + em(0.7)
    left = x + min(width * 0.3, em(8))
    inside = width - (left - x)
    at = _entry(pencil, (left + em(0.5), top + em(0.5), inside - em(0.8)), picture.labels[0], names.next(), True)
    for share in (0.5, 0.35):
        pencil.bar(left + em(1), at + em(0.4), inside * share)
        at += em(1.3)
    pencil.box(QRectF(left, top, inside, at + em(0.5) - top))
    return at + em(0.5)


def _chooser(pencil: Pencil, room: Room, picture: Picture) -> float:
    x, y, width = room
    at = _field(pencil, (x, y, min(width, em(14))), picture.labels[0], _Names(picture, 1).next(), opens=True)
    return _bars(pencil, (x, at + em(0.6), width), (0.25, 0.3))


def _bars(pencil: Pencil, room: Room, shares: tuple[float, ...]) -> float:
    """Rows that do not matter."""
    x, y, width = room
    for share in shares:
        pencil.bar(x + em(_PAD), y, width * share)
        y += em(1.3)
    return y


def _menu(pencil: Pencil, room: Room, picture: Picture) -> float:
    x, y, width = room
    names = _Names(picture, len(picture.labels))
    pane = em(8) if width > em(22) else 0  # what the menu opens, where there is room
    inside = width - pane - (em(1) if pane else 0)
    at = _bars(pencil, (x, y, inside), (0.45,))
    for depth, label in enumerate(picture.labels):
        step = min(depth * em(1), inside * 0.2)
        at = _entry(pencil, (x + step, at + em(0.15), inside - step), label, names.next()) + em(0.15)
    at = _bars(pencil, (x, at + em(0.2), inside), (0.5, 0.35))
    if pane:
        pencil.box(QRectF(x + width - pane, y, pane, at - y))
        _bars(pencil, (x + width - pane + em(0.3), y + em(0.8), pane - em(1.2)), (0.8, 0.9, 0.6))
    return at


def _tabs(pencil: Pencil, room: Room, picture: Picture) -> float:
    x, y, width = room
    names = _Names(picture, len(picture.labels))
    at = y
    for label in picture.labels:
        at = _entry(pencil, (x, at, width * 0.75), label, names.next()) + em(0.3)
    pencil.bar(x + width * 0.78, y, width * 0.2)
    pencil.line(x, at + em(0.1), width)
    return _bars(pencil, (x, at + em(0.5), width), (0.6, 0.4))


def _list(pencil: Pencil, room: Room, picture: Picture) -> float:
    """labels: the heading of the list, if it has one, and at the end the row."""
    x, y, width = room
    at = _heading(pencil, (x, y, width), picture.place)
    if len(picture.labels) > 1:
        at += pencil.text(picture.labels[0], x, at, width) + em(0.5)
    at = _bars(pencil, (x, at, width), (0.35,))
    at = _entry(pencil, (x, at, width), picture.labels[-1], _Names(picture, 1).next())
    return _bars(pencil, (x, at + em(0.4), width), (0.45, 0.3))


def _pick(pencil: Pencil, room: Room, picture: Picture) -> float:
    x, y, width = room
    names = _Names(picture, 2)
    at = _heading(pencil, (x, y, width), picture.place)
    at = _bars(pencil, (x, at, width), (0.35,))
    at = _entry(pencil, (x, at, width), picture.labels[0], names.next())
    at = _bars(pencil, (x, at + em(0.4), width), (0.45,))
    return _button(pencil, (x, at + em(0.2), width), picture.labels[-1], names.next())


def _row(pencil: Pencil, room: Room, picture: Picture) -> float:
    x, y, width = room
    top = _heading(pencil, (x, y, width), picture.place)
    names = _Names(picture, 1)
    most = width / 2
    wide = pencil.width_of(picture.labels[-1], most - em(BADGE) - em(1.6), bold=True) + em(1.6)
    left = x + width - wide - em(BADGE)
    beside = left - x - em(1.4)
    at = top + em(0.6) + max(em(1.1), pencil.height_of(picture.labels[0], beside))
    pencil.text(picture.labels[0], x + em(_PAD), top + em(0.75), beside)
    at = max(at, _button(pencil, (left, top + em(0.35), wide + em(BADGE)), picture.labels[-1], names.next()))
    pencil.box(QRectF(x, top, width, at + em(0.5) - top))
    return at + em(0.5)


def _choice(pencil: Pencil, room: Room, picture: Picture) -> float:
    x, y, width = room
    at = _heading(pencil, (x, y, width), picture.place)
    names = _Names(picture, 2)
    inside = min(width, em(19))
    if len(picture.labels) > 1:
        at += pencil.text(picture.labels[0], x, at, width) + em(0.3)
    at = _field(pencil, (x, at, inside), "", names.next(), opens=True)
    top = at + em(0.25)
    at = _bars(pencil, (x, top + em(0.4), inside - em(BADGE)), (0.4,))
    at = _entry(pencil, (x + em(0.3), at, inside - em(0.6)), picture.labels[-1], names.next())
    at = _bars(pencil, (x, at + em(0.3), inside - em(BADGE)), (0.55,))
    pencil.box(QRectF(x, top, inside - em(0.1), at - top))
    return at


def _switch(pencil: Pencil, room: Room, picture: Picture) -> float:
    x, y, width = room
    at = _heading(pencil, (x, y, width), picture.place)
    side, long = em(1.3), em(2.4)
    left = x + width - em(BADGE) - long
    height = pencil.text(picture.labels[-1], x, at + em(0.2), left - x - em(0.8))
    middle = at + em(0.2) + max(height, side) / 2
    track = QRectF(left, middle - side / 2, long, side)
    pencil.box(track, 0.65)
    pencil.circle(left + long - side + em(0.15), middle - side / 2 + em(0.15), side - em(0.3))
    pencil.mark(track.adjusted(-em(0.2), -em(0.2), em(0.2), em(0.2)), _Names(picture, 1).next())
    return _bars(pencil, (x, middle + max(height, side) / 2 + em(0.5), width), (0.5,))


def _boxes(pencil: Pencil, room: Room, picture: Picture) -> float:
    x, _y, width = room
    return _ticked(pencil, (x, _heading(pencil, room, picture.place), width), picture, picture.labels)


def _ticks(pencil: Pencil, room: Room, picture: Picture) -> float:
    x, y, width = room
    at = y + pencil.text(picture.labels[0], x, y, width, bold=True) + em(0.6)
    return _ticked(pencil, (x, at, width), picture, picture.labels[1:])


def _ticked(pencil: Pencil, room: Room, picture: Picture, labels: tuple[str, ...]) -> float:
    x, y, width = room
    side, at, right = em(1.1), y + em(0.4), 0.0
    for label in labels:
        pencil.tick(x + em(_PAD), at + em(0.1), side)
        wide = pencil.width_of(label, width - em(BADGE) - em(3))
        right = max(right, wide)
        at += max(side, pencil.text(label, x + em(_PAD) + side + em(0.5), at, wide)) + em(0.4)
    pencil.mark(QRectF(x, y, right + side + em(1.6), at - y), _Names(picture, 1).next())
    return at + em(0.2)


def _only_button(pencil: Pencil, room: Room, picture: Picture) -> float:
    x, y, width = room
    at = _heading(pencil, (x, y, width), picture.place)
    at = _bars(pencil, (x - em(_PAD), at, width), (0.7, 0.5)) + em(0.3)
    return _button(pencil, (x, at, width), picture.labels[-1], _Names(picture, 1).next())


def _one_field(inside: str) -> Callable[[Pencil, Room, Picture], float]:
    """A field with its label above it, if it has one. inside: what stands there; "" for a bar."""

    def drawn(pencil: Pencil, room: Room, picture: Picture) -> float:
        x, y, width = room
        at = _heading(pencil, (x, y, width), picture.place)
        if picture.labels:
            at += pencil.text(picture.labels[0], x, at, width) + em(0.3)
        end = _field(pencil, (x, at, width), inside, _Names(picture, 1).next())
        if not inside:
            pencil.bar(x + em(_PAD), (at + end) / 2 - em(0.55), em(7))
        return end

    return drawn


def _code(pencil: Pencil, room: Room, picture: Picture) -> float:
    """labels: the name, then the field that the code stands in, if it has one."""
    x, y, width = room
    at = _heading(pencil, (x, y, width), " ".join(picture.labels[1:]))
    at = _bars(pencil, (x + em(1), at, width), (0.4,))
    at = _entry(pencil, (x + em(1), at, width - em(1)), f'"{picture.labels[0]}": "…"', _Names(picture, 1).next())
    return _bars(pencil, (x + em(1), at + em(0.3), width), (0.3,))


def _messenger(pencil: Pencil, room: Room, picture: Picture) -> float:
    """labels: the Page, then the text. What is pressed is the arrow that sends it."""
    x, y, width = room
    side = em(1.5)
    pencil.person(x, y, side)
    at = y + max(side, pencil.text(picture.labels[0], x + side + em(0.5), y + em(0.2), width - side, bold=True))
    pencil.line(x, at + em(0.4), width)
    at = _bars(pencil, (x, at + em(1), width * 0.7), (0.8, 0.5)) + em(0.8)
    send = x + width - em(BADGE) - side
    end = _field(pencil, (x, at, send - x - em(0.4) + em(BADGE)), picture.labels[-1], "")
    pencil.arrow_on(send, end - side - em(0.15), side)
    pencil.mark(QRectF(send, end - side - em(0.15), side, side), _Names(picture, 1).next())
    return end


PARTS: dict[Part, Callable[[Pencil, Room, Picture], float]] = {
    Part.ACCOUNT: _account,
    Part.CHOOSER: _chooser,
    Part.MENU: _menu,
    Part.TABS: _tabs,
    Part.LIST: _list,
    Part.ROW: _row,
    Part.PICK: _pick,
    Part.CHOICE: _choice,
    Part.SWITCH: _switch,
    Part.TICKS: _ticks,
    Part.BOXES: _boxes,
    Part.BUTTON: _only_button,
    Part.PASTE: _one_field(""),
    Part.COPY: _one_field("EAA…"),
    Part.READ: _one_field(""),
    Part.CODE: _code,
    Part.MESSENGER: _messenger,
}
