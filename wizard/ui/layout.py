"""Rows, columns and panels whose spaces are told in em, so that they grow with the size of the text."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from wizard.ui.metrics import em

Margins = tuple[float, float, float, float]  # em: left, top, right, bottom
NO_MARGINS: Margins = (0, 0, 0, 0)
L = TypeVar("L", bound=QBoxLayout)
_SPACES = "em"  # property of a layout: its spacing, then its margins


def column(
    parent: QWidget | None = None, spacing: float | None = None, margins: Margins | None = NO_MARGINS
) -> QVBoxLayout:
    """spacing: em between the parts, None for the style's own; margins: likewise. parent: the widget it fills, a Panel
    where it shall follow the size of the text."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    return _spaced(layout, spacing, margins)


def row(
    parent: QWidget | None = None, spacing: float | None = None, margins: Margins | None = NO_MARGINS
) -> QHBoxLayout:
    """As column."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    return _spaced(layout, spacing, margins)


class Panel(QWidget):
    """A widget whose columns and rows follow the size of the text. Override `fit` for what else has a length in em, or
    a side that depends on the writing direction."""

    def fit(self) -> None:
        """The size of the text or the writing direction has changed. Overriders call this first, and `fit` once when
        they are made."""
        fit_spaces(self.layout())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self.fit()
        super().changeEvent(event)


def _spaced(layout: L, spacing: float | None, margins: Margins | None) -> L:
    layout.setProperty(_SPACES, (spacing, margins))
    fit_spaces(layout)
    return layout


@contextmanager
def laid_out_once(widget: QWidget) -> Iterator[None]:
    """While several parts of a widget come and go: it is laid out after the last one, where Qt does it after each.
    Nothing has its place inside; what needs one, comes after it. What is not seen gets its layout when it is shown."""
    layout = widget.layout()
    if layout is None or not layout.isEnabled() or not widget.isVisible():
        yield
        return
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        if widget.isVisible():
            layout.activate()


def fit_spaces(layout: QLayout | None) -> None:
    """Work the spaces out anew, here and in what lies inside: for what cannot be a Panel."""
    if layout is None:
        return
    spaces = layout.property(_SPACES)
    if spaces is not None:
        spacing, margins = spaces
        if spacing is not None:
            layout.setSpacing(em(spacing))
        if margins is not None:
            layout.setContentsMargins(*(em(each) for each in margins))
    for inner in layout.children():
        if isinstance(inner, QLayout):
            fit_spaces(inner)


# No layout is asked for its items: PySide keeps what it gave for one, though Qt deletes the item with its widget, and
# whatever else is made at the same address later crashes the program when it goes.


def placed(widget: QWidget | None) -> list[QWidget]:
    """Return what lies in the layouts of a widget, in their order."""
    layout = widget.layout() if widget is not None else None
    if widget is None or layout is None:
        return []
    layouts = list(_layouts(layout))

    def place(part: QWidget) -> tuple[int, ...]:
        return next(((*path, at) for path, one in layouts if (at := one.indexOf(part)) >= 0), ())

    places = {part: place(part) for part in widget.children() if isinstance(part, QWidget)}
    return sorted((part for part, where in places.items() if where), key=lambda part: places[part])


def _layouts(layout: QLayout, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], QLayout]]:
    """A layout and those inside it, each with the way to it: its number in each layout around it."""
    yield path, layout
    for inner in layout.children():
        if isinstance(inner, QLayout):
            yield from _layouts(inner, (*path, layout.indexOf(inner)))
