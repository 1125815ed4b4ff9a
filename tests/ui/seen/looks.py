"""The looks in which the window is seen: light or dark, size of the text, size of the window."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtWidgets import QWidget

from tests.measure.tour import settle
from wizard.ui.colours import Scheme
from wizard.ui.theme import Theme

Size = tuple[int, int]  # of the window: width, height

ALL_SCALES = (1.0, 1.5, 2.0)
ALL_SIZES: tuple[Size, ...] = ((800, 600), (1024, 640), (1366, 768), (2560, 1440))


@dataclass(frozen=True, slots=True)
class Look:
    scheme: Scheme
    scale: float  # of the text
    size: Size

    def __str__(self) -> str:
        return f"{self.scheme.value}-{self.scale * 100:.0f}-{self.size[0]}x{self.size[1]}"


def looks(schemes: Sequence[Scheme], scales: Sequence[float], sizes: Sequence[Size]) -> tuple[Look, ...]:
    """All of them, in an order in which each is little work after the one before: a new style is dear, a size cheap.
    It begins and ends with the first size of the text."""
    turned = [scales if at % 2 == 0 else tuple(reversed(scales)) for at in range(len(schemes))]
    return tuple(
        Look(scheme, scale, size)
        for scheme, some in zip(schemes, turned, strict=True)
        for scale in some
        for size in sizes
    )


class LookingGlass:
    """Shows one window after the other in all looks, alternately forwards and backwards. rests: how often a window came
    to rest in a look."""

    def __init__(self, theme: Theme, chosen: Sequence[Look]) -> None:
        self._theme, self._looks, self.rests = theme, tuple(chosen), 0

    def each(self, window: QWidget, keeps_size: bool = False) -> Iterator[Look]:
        """keeps_size: the window has a size of its own, as a dialog; it is shown once in each style."""
        for (scheme, scale), group in groupby(self._looks, lambda look: (look.scheme, look.scale)):
            self._theme.use_scheme(scheme)
            self._theme.use_text_scale(scale)
            some = list(group)
            for look in some[:1] if keeps_size else some:
                if not keeps_size:
                    window.resize(*look.size)
                settle(window)
                self.rests += 1
                yield look
        self._looks = tuple(reversed(self._looks))
