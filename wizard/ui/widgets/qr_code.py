"""A QR code painted from segno's matrix: always dark on white with its quiet zone, or telephones cannot read it."""

import segno
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import Role
from wizard.ui.layout import Panel
from wizard.ui.metrics import em

_QUIET = 4  # modules of white around it; ISO/IEC 18004


class QrCode(Panel):
    """text: what the code holds, a link; shown to a screen reader as text, for it cannot be scanned by ear."""

    spoken_role = Role.Graphic

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix: tuple[bytearray, ...] = ()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str, is_shown: bool = True) -> None:
        """is_shown: somebody shall scan it. To make it takes long, so one that nobody sees is not made."""
        if text != self._text:
            self._text, self._matrix = text, ()
        if text and is_shown and not self._matrix:
            self._matrix = tuple(segno.make(text, error="m", micro=False).matrix)
        self.setAccessibleName(_("QR code of the link {link}").format(link=text) if text else "")
        self.setVisible(bool(text) and is_shown)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    @property
    def modules(self) -> int:
        """Modules on a side, quiet zone included."""
        return len(self._matrix) + 2 * _QUIET if self._matrix else 0

    def sizeHint(self) -> QSize:
        if not self._matrix:
            return QSize(0, 0)
        module = max(2, round(em(14) / self.modules))  # whole pixels: sharp edges
        return QSize(module * self.modules, module * self.modules)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def fit(self) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._matrix:
            return
        painter = QPainter(self)
        module = min(self.width(), self.height()) // self.modules
        painter.fillRect(QRect(0, 0, module * self.modules, module * self.modules), Qt.GlobalColor.white)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.black)
        painter.drawRects(
            [
                QRect((x + _QUIET) * module, (y + _QUIET) * module, module, module)
                for y, row in enumerate(self._matrix)
                for x, is_dark in enumerate(row)
                if is_dark
            ]
        )
