"""What is cut off or laid over something else in a window."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from wizard.ui.metrics import em
from wizard.ui.widgets.button import Button

_ROUNDING = 1  # pixels
_NEAR = 150  # pixels that margins around what is too wide may take
_AIR = 0.7  # em: what a button of several lines may give up of the room above and below its text


def cut_texts(window: QWidget) -> list[str]:
    """Return each text that does not fit where it stands, and each pair that lies over another."""
    shown = [part for part in window.findChildren(QWidget) if part.isVisible() and part.width() and part.height()]
    labels = [part for part in shown if isinstance(part, QLabel) and part.text() and not part.pixmap().width()]
    buttons = [part for part in shown if isinstance(part, QAbstractButton) and part.text()]
    return [*_too_small(labels, buttons), *_overlapping(window, [*labels, *buttons])]


def too_wide(window: QWidget) -> Iterator[str]:
    """Yield what must be scrolled sideways to be read."""
    for area in window.findChildren(QScrollArea):
        if not area.isVisible():
            continue
        room, content = area.viewport().width(), area.widget()
        if area.horizontalScrollBar().maximum() > 0 and content is not None:
            parts = [part for part in content.findChildren(QWidget) if part.isVisible() and not _in_wider(part, room)]
            widest = max(parts, key=_least_width, default=content)
            yield f"sideways: of {room} {type(widest).__name__} wants {_least_width(widest)}, with {_words(widest)}"


def _in_wider(part: QWidget, room: int) -> bool:
    """Whether something in it is as wide as well: that is to blame then."""
    return any(one.isVisible() and _least_width(one) + _NEAR > room for one in part.findChildren(QWidget))


def _least_width(part: QWidget) -> int:
    return max(part.minimumWidth(), part.minimumSizeHint().width())


def _words(part: QWidget) -> list[str]:
    """What stands in it, for whoever reads a failure."""
    return [text[:30] for one in (part, *part.findChildren(QWidget)) if one.isVisible() and (text := _text(one))]


def _too_small(labels: list[QLabel], buttons: list[QAbstractButton]) -> Iterator[str]:
    for label in labels:
        room = label.contentsRect()
        metrics = QFontMetrics(label.font())
        flags = int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0
        is_elided = not label.wordWrap() and label.sizePolicy().horizontalPolicy().name == "Ignored"
        text = QLabel.text(label)  # with the signs that tell where a line may end
        wanted = metrics.boundingRect(QRect(0, 0, room.width() + _ROUNDING, 100_000), flags, text).size()
        if label.wordWrap():  # its own measure: what can be marked is laid out in another way, which Thai shows
            wanted.setHeight(min(wanted.height(), label.heightForWidth(label.width()) + room.height() - label.height()))
        if (wanted.width() > room.width() + 2 and not is_elided) or wanted.height() > room.height() + 2:
            yield f"cut: {label.text()!r} wants {wanted.toTuple()} of {room.size().toTuple()}"
    for button in buttons:
        if button.width() + _ROUNDING < button.minimumSizeHint().width():
            yield f"cut: {button.text()!r} wants {button.minimumSizeHint().width()} of {button.width()}"
        elif isinstance(button, Button) and button.height() + _ROUNDING < button.minimumHeight():
            yield f"cut: {button.text()!r} wants a height of {button.minimumHeight()}, has {button.height()}"
        elif button.hasHeightForWidth() and button.height() + em(_AIR) < button.heightForWidth(button.width()):
            height = button.heightForWidth(button.width())
            yield f"cut: {button.text()!r} wants a height of {height}, has {button.height()}"


def _overlapping(window: QWidget, parts: list[QWidget]) -> Iterator[str]:
    places = [(part, _seen(window, part)) for part in parts]
    for at, (one, here) in enumerate(places):
        for other, there in places[at + 1 :]:
            both = here.intersected(there)
            if both.width() <= _ROUNDING or both.height() <= _ROUNDING:
                continue
            if not one.isAncestorOf(other) and not other.isAncestorOf(one):
                yield f"overlap: {_text(one)!r} and {_text(other)!r} by {both.size().toTuple()}"


def _seen(window: QWidget, part: QWidget) -> QRect:
    """The part of it that no scroll area around it hides."""
    place = QRect(part.mapTo(window, QPoint()), part.size())
    parent = part.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QScrollArea):
            view = parent.viewport()
            place = place.intersected(QRect(view.mapTo(window, QPoint()), view.size()))
        parent = parent.parentWidget()
    return place


def _text(part: QWidget) -> str:
    return part.text() if isinstance(part, (QLabel, QAbstractButton)) else ""
