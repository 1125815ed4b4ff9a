"""What appears below the edge of the window scrolls into sight."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from wizard.ui.metrics import em
from wizard.ui.scroll_area import area_around

_ROUNDS = 3  # of events: each may lay out what lies deeper


def bring_into_view(widget: QWidget) -> None:
    """Scroll until the widget is seen, as soon as it has its place; not at all where it is seen already."""
    _scroll_to(widget, _ROUNDS)


def _scroll_to(widget: QWidget, rounds: int) -> None:
    def scroll() -> None:
        area = area_around(widget)
        if area is not None and widget.isVisible():
            area.show_part(widget, widget.rect(), em(1))
        if rounds > 1:
            _scroll_to(widget, rounds - 1)

    QTimer.singleShot(0, widget, scroll)
