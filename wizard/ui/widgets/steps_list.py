"""A numbered path to walk on another site: "1. Open Settings", each step with a picture where there is one."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from wizard.i18n.language import _
from wizard.ui.colours import current_colours
from wizard.ui.layout import Panel, column, row
from wizard.ui.metrics import em, font_for
from wizard.ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class PathStep:
    """picture: an image file, None for none; picture_text: what it shows, for people who hear it."""

    text: str
    picture: Path | None = None
    picture_text: str = ""


class StepImage(QWidget):
    """An image that shrinks with its place and never grows beyond its own size."""

    def __init__(self, path: Path, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap(str(path))
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._pixmap.isNull():
            return 0
        return round(min(width, self._pixmap.width()) * self._pixmap.height() / self._pixmap.width())

    def sizeHint(self) -> QSize:
        return QSize(self._pixmap.width(), self.heightForWidth(self._pixmap.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(6), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pixmap.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width = min(self.width(), self._pixmap.width())
        left = self.width() - width if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 0
        place = QRectF(left, 0, width, self.heightForWidth(self.width()))
        painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))
        painter.setPen(QPen(current_colours().line, 1))
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))


class _Number(Panel):
    """The number in its circle; silent, for the text says it too."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self.fit()

    def fit(self) -> None:
        self.setFixedSize(em(1.7), em(1.7))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.accent, 1.5))
        painter.setBrush(colours.accent_soft)
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setFont(font_for("small", bold=True))
        painter.setPen(colours.accent)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class StepsList(Panel):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[PathStep, ...] = ()
        self._rows: list[QWidget] = []
        self._column = column(self, 0.6)

    def show_steps(self, steps: tuple[PathStep, ...]) -> None:
        """Replace the path."""
        if steps != self._steps:
            self._steps = steps
            self._make_rows()

    def _make_rows(self) -> None:
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [self._row(number, step) for number, step in enumerate(self._steps, start=1)]
        for new in self._rows:
            self._column.addWidget(new)

    def steps(self) -> tuple[PathStep, ...]:
        return self._steps

    def _row(self, number: int, step: PathStep) -> QWidget:
        part = Panel(self)
        line = row(part, 0.8)
        line.addWidget(_Number(number, part), 0, Qt.AlignmentFlag.AlignTop)
        content = column(spacing=0.4)
        text = Text(step.text, selectable=True, parent=part)
        text.setMinimumHeight(em(1.7))
        text.setAccessibleName(
            _("{number} of {count}: {text}").format(number=number, count=len(self._steps), text=step.text)
        )
        content.addWidget(text)
        if step.picture is not None:
            content.addWidget(StepImage(step.picture, step.picture_text))
        line.addLayout(content, 1)
        return part

    def fit(self) -> None:
        super().fit()
        self._make_rows()
