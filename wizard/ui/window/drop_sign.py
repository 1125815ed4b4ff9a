"""Shows that files may be dropped, wherever in the window they are dragged."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from wizard.i18n.language import _
from wizard.ui.clipboard import local_files
from wizard.ui.colours import current_colours
from wizard.ui.lines import draw_lines, for_box
from wizard.ui.metrics import em, font_for
from wizard.ui.widgets.notice import paint_box


class DropSign(QWidget):
    """Over its parent while files are dragged; what is below gets them. may: whether they are taken now."""

    def __init__(self, may: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._may = may
        self._covered = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def watch(self) -> None:
        """Stand before the window that the parent is in: no part of it can keep a drag for itself."""
        handle = self._covered.window().windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def text(self) -> str:
        return _("Drop it here: a log-in file, a saved set-up, facts, a log, or newer instructions.")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            if self._may() and local_files(event.mimeData()):
                self.setGeometry(self._covered.rect())
                self.show()
                self.raise_()
        elif event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        shade = QColor(colours.shade)
        shade.setAlphaF(0.35)
        painter.fillRect(self.rect(), shade)
        width = min(em(30), self.width() - em(2))
        card = QRectF((self.width() - width) / 2, (self.height() - em(7)) / 2, width, em(7))
        paint_box(painter, card, colours.accent_soft, colours.accent, 2.0)
        painter.setPen(colours.text)
        painter.setFont(font_for("strong", bold=True))
        draw_lines(painter, card.adjusted(em(1), 0, -em(1), 0), for_box(self.text()), Qt.AlignmentFlag.AlignCenter)
