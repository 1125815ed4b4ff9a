"""Python's cyclic garbage is collected in the window's thread only.

A widget that nobody refers to any more is deleted by whichever thread collects it; a widget deleted in a worker's
thread crashes Qt. So automatic collection is off while the window lives, and a timer collects instead."""

import gc

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

_EVERY_MS = 2_000
_leaving: list[QObject] = []


def delete_later(thing: QObject) -> None:
    """As `deleteLater`, and Python holds on to its half until Qt's is gone.

    Where only the parent holds it, PySide frees it while Qt deletes the other half, and uses it once more if anything
    that Python has seen was at this address before, such as an item of a layout: the program crashes, rarely."""
    _forget_gone()
    _leaving.append(thing)
    thing.deleteLater()


def _forget_gone() -> None:
    _leaving[:] = filter(isValid, _leaving)


class GarbageCollection(QObject):
    """Takes over from the moment it is made, in the thread that makes it. end: give it back to Python."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start(_EVERY_MS)

    def collect_if_due(self) -> None:
        """Collect the generations whose counts have reached Python's own thresholds, oldest first."""
        _forget_gone()
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if thresholds[generation] and counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return

    def freeze(self) -> None:
        """What is there now stays to the end (modules, for the most part): to look through it all each time would stop
        the window for longer than the eye forgives."""
        gc.freeze()

    def end(self) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
