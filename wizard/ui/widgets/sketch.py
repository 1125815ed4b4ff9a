"""A drawing of a place outside the wizard, with what to press there marked: lines of our own, no screenshot.

Painted, so that colours, language, text size and writing direction are those of the window."""

from contextlib import nullcontext

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wizard.core.pictures import Part, Picture
from wizard.i18n.language import _
from wizard.ui.accessible import Role
from wizard.ui.layout import Panel
from wizard.ui.metrics import em
from wizard.ui.widgets.pencil import Pencil
from wizard.ui.widgets.sketch_parts import PARTS
from wizard.words.moments import of_date

_WIDEST, _PHONE = 26, 15  # em


class Sketch(Panel):
    spoken_role = Role.Graphic

    def __init__(self, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = picture
        # A layout asks a dozen times, for half a dozen widths, of which most are wider than the drawing.
        self._heights: dict[int, int] = {}  # by width
        self._ends: dict[float, float] = {}  # of the drawing, by its own width
        self._words = self._caption()
        self.setAccessibleName(_("Drawing of step {number}: {text}").format(number=picture.number, text=picture.text))
        self.setAccessibleDescription(self._words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _caption(self) -> str:
        if self.picture.as_of is None:
            return _("A drawing. Yours may look a little different.")
        return _("A drawing, as of {date}. Yours may look a little different.").format(date=of_date(self.picture.as_of))

    # Sizes.

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            pencil, place = Pencil(None, width, self._is_mirrored()), self._place_width(width)
            if place not in self._ends:
                self._ends[place] = self._draw_place(pencil)
            self._heights[width] = round(self._draw_words(pencil, self._ends[place]))
        return self._heights[width]

    def sizeHint(self) -> QSize:
        return QSize(em(_WIDEST), self.heightForWidth(em(_WIDEST)))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(8.5), em(4))

    def fit(self) -> None:
        super().fit()
        self._heights.clear()
        self._ends.clear()
        self.updateGeometry()
        self.update()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(Pencil(painter, self.width(), self._is_mirrored()))

    def draw(self, pencil: Pencil) -> float:
        """Return the height that it takes."""
        return self._draw_words(pencil, self._draw_place(pencil))

    def _place_width(self, width: float) -> float:
        return min(width, em(_PHONE if self.picture.part is Part.MESSENGER else _WIDEST)) - 2

    def _draw_place(self, pencil: Pencil) -> float:
        """Return where it ends."""
        width = self._place_width(pencil.width)
        with pencil.unmirrored(width + 2) if self.picture.is_english else nullcontext():
            return self._draw_inside(pencil, width)

    def _draw_inside(self, pencil: Pencil, width: float) -> float:
        is_phone = self.picture.part is Part.MESSENGER
        top = self._top(pencil, width, is_phone)
        margin = em(0.9)
        end = PARTS[self.picture.part](pencil, (1 + margin, top + margin, width - 2 * margin), self.picture)
        end += em(1.6) if is_phone else margin
        pencil.box(QRectF(1, 1, width, end), 1.4 if is_phone else 0.6)
        pencil.paint_marks()
        return end

    def _draw_words(self, pencil: Pencil, end: float) -> float:
        """What stands below it; return the height of all."""
        return end + em(0.3) + pencil.text(self._words, 1, end + em(0.3), pencil.width - 2, muted=True) + 2

    def _top(self, pencil: Pencil, width: float, is_phone: bool) -> float:
        """The upper edge of a phone, or the bar of a browser with the address; return where the page begins."""
        if is_phone:
            pencil.line(width / 2 - em(1.2), em(0.7), em(2.4))
            return em(0.7)
        left = em(3.6)
        for at in range(3):
            pencil.circle(em(0.6) + at * em(0.9), em(0.8), em(0.55))
        height = pencil.text(self.picture.site, left + em(0.6), em(0.55), width - left - em(1.6), muted=True)
        pencil.box(QRectF(left, em(0.35), width - left - em(0.5), height + em(0.4)), 0.5)
        pencil.line(1, height + em(1.1), width)
        return height + em(1.1)

    def _is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft
