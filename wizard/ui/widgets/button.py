"""Buttons in three weights: outlined, primary and link."""

import math

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from wizard.i18n.breaks import breakable
from wizard.ui.colours import current_colours
from wizard.ui.lines import for_line
from wizard.ui.metrics import em
from wizard.ui.widgets.text import restyle


class Button(QPushButton):
    """kind: "" outlined, "primary" the one main action, "link" a quiet one that looks like a link. Its words take more
    than one line where there is no room for one."""

    short_em = 14.0  # em: up to this width it stays in one line

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_kind(kind)

    def setText(self, text: str) -> None:
        self._said = text
        super().setText(for_line(text))

    def text(self) -> str:
        """What it was given: without the marks that turn it."""
        return self._said

    def set_kind(self, kind: str) -> None:
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            restyle(self)

    def set_text(self, text: str) -> None:
        """Show text; hide the button where there is none. An ampersand in a name is shown, not a shortcut."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """What is short stays in one line: the text beside it makes room. Else room for the longest word, at least."""
        whole = self.sizeHint()
        if whole.width() <= em(self.short_em):
            return whole
        return QSize(max(self._padding() + self._longest_word(), em(self.short_em)), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """As high as its lines. A height for its width would let it grow beside what is higher, too."""
        if not self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            return  # it gets its size, and this, when it is shown
        whole, width = self.sizeHint(), self.width()
        if width >= whole.width():
            self.setMinimumHeight(0)
        else:
            more = self._lines(width).count("\n") * self.fontMetrics().lineSpacing()
            self.setMinimumHeight(whole.height() + more)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)
        else:
            self._paint_lines()
        if self.hasFocus() and self.property("kind") == "primary":
            self._paint_ring()

    def _paint_ring(self) -> None:
        """Inside, for what is filled: at its edge a ring would have to stand out from the fill and from the page."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(current_colours().on_accent, 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), em(0.4), em(0.4))

    def _paint_lines(self) -> None:
        from PySide6.QtWidgets import QStyle, QStyleOptionButton, QStylePainter  # QStyle brings hundreds of names

        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self._lines(self.width())
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def _longest_word(self) -> int:
        """Pixels. Not every language has spaces between words."""
        text = QTextLayout(breakable(self._said), self.font())
        text.beginLayout()
        text.createLine()
        text.endLayout()
        return math.ceil(text.minimumWidth())

    def _lines(self, width: int) -> str:
        """The words with line breaks, where the language allows them. width: of the button, pixels."""
        whole = breakable(self._said)
        text = QTextLayout(whole, self.font())
        text.beginLayout()
        lines = list[str]()
        while (line := text.createLine()).isValid():
            line.setLineWidth(max(1, width - self._padding()))
            lines.append(whole[line.textStart() : line.textStart() + line.textLength()].rstrip())
        text.endLayout()
        return for_line("\n".join(lines))

    def _padding(self) -> int:
        return self.sizeHint().width() - self._width_of(super().text())

    def _width_of(self, text: str) -> int:
        return self.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), text).width()
