"""What is not turned round where people read from the right."""

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QToolButton, QWidget

Cell = tuple[int, int, int, int]  # row, column, how many of each it takes
_LEFT = Qt.LayoutDirection.LeftToRight


def unturned(window: QWidget) -> list[str]:
    """Return each pair of a row that stands in the order of English, and each fold-out whose arrow points away from
    its words. What is in English in every language, as code, may say so by a direction of its own."""
    return [*_rows(window), *_arrows(window)]


def _rows(window: QWidget) -> Iterator[str]:
    for layout in window.findChildren(QLayout):
        holder = layout.parentWidget()
        if holder is None or not holder.isVisible() or holder.layoutDirection() is _LEFT:
            continue
        for row in _in_rows(layout):
            seen = [(place, what) for place, what in row if place.width() > 0 and place.height() > 0]
            for (one, what), (other, next_one) in pairwise(seen):
                if one.x() < other.x():
                    yield f"unturned: {what} stands left of {next_one} in {type(holder).__name__}"


def _in_rows(layout: QLayout) -> Iterator[list[tuple[QRect, str]]]:
    holder = layout.parentWidget()
    found = {
        at: part
        for part in (holder.children() if holder is not None else ())
        if isinstance(part, QWidget) and part.isVisible() and (at := layout.indexOf(part)) >= 0
    }
    if isinstance(layout, QBoxLayout) and layout.direction() is QBoxLayout.Direction.LeftToRight:
        yield [_place(found[at]) for at in sorted(found)]
    elif isinstance(layout, QGridLayout):
        cells = {cast(Cell, layout.getItemPosition(at))[:2]: part for at, part in found.items()}
        for _line, row in groupby(sorted(cells), key=lambda cell: cell[0]):
            yield [_place(cells[cell]) for cell in row]


def _place(widget: QWidget) -> tuple[QRect, str]:
    return widget.geometry(), f"{type(widget).__name__} {str(widget.property('text') or '')[:40]!r}"


def _arrows(window: QWidget) -> Iterator[str]:
    for button in window.findChildren(QToolButton):
        if button.isVisible() and "▸" in button.text() and button.layoutDirection() is not _LEFT:
            yield f"unturned: {button.text()!r} points to the right"
