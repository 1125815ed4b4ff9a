"""A numbered path to walk on another site: "1. Open Settings", each step with a drawing where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from wizard.core.pictures import Picture
from wizard.i18n.language import _
from wizard.ui.colours import current_colours
from wizard.ui.garbage import delete_later
from wizard.ui.layout import Panel, column, row
from wizard.ui.metrics import em, font_for
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.text import Text
from wizard.words.guides import PERMISSIONS

_BESIDE = 30  # em from which on the button of a picture stands beside the words


@dataclass(frozen=True, slots=True)
class PathStep:
    text: str
    picture: Picture | None = None


def path_steps(steps: Sequence[str], pictures: Sequence[Picture | None] = ()) -> tuple[PathStep, ...]:
    """Return the path of a setting or a platform; pictures: one a step, or fewer."""
    return tuple(PathStep(*pair) for pair in zip(steps, (*pictures, *[None] * len(steps)), strict=False))


def permissions_in(step: PathStep) -> list[str]:
    """Those that the step asks for, as its drawing shows them."""
    return [label for label in step.picture.labels if label in PERMISSIONS] if step.picture is not None else []


class _Number(Panel):
    """The number in its circle, or a dot where number is 0; silent, for the text says it too."""

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
        if not self._number:  # in a circle it would look like a choice that is taken
            painter.setBrush(colours.accent)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QRectF(self.rect()).center(), em(0.25), em(0.25))
            return
        painter.setPen(QPen(colours.accent, 1.5))
        painter.setBrush(colours.accent_soft)
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setFont(font_for("small", bold=True))
        painter.setPen(colours.accent)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class SketchFold(Disclosure):
    """A drawing to fold out. It is made when it is shown for the first time."""

    def __init__(self, picture: Picture, parent: QWidget | None = None) -> None:
        place = Panel()
        super().__init__("", place, parent)
        self._picture, self._place = picture, column(place)
        self.set_title(_("Picture"), _("Picture of step {number}").format(number=picture.number))
        self.about_to_open.connect(self._make)

    def _make(self) -> None:
        from wizard.ui.widgets.sketch import Sketch  # no page waits for what it does not show

        if not self._place.count():
            self._place.addWidget(Sketch(self._picture, parent=self.content))


class _Row(Panel):
    """One step. Its drawing is made when it is shown for the first time."""

    def __init__(
        self, number: int, count: int, step: PathStep, mark: int, clipboard: CopyPlace | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.text = Text(step.text, selectable=True, parent=self)
        self.text.setAccessibleName(_("{number} of {count}: {text}").format(number=number, count=count, text=step.text))
        self.fold: SketchFold | None = None
        self._words = row(spacing=0.8)
        self._words.addWidget(self.text, 1)
        content = column(spacing=0.3)
        content.addLayout(self._words)
        if clipboard is not None and (permissions := permissions_in(step)):
            from wizard.ui.widgets.copy_buttons import CopyButtons

            content.addWidget(CopyButtons(clipboard, permissions, parent=self))
        if step.picture is not None:
            self.fold = SketchFold(step.picture, parent=self)
            self.fold.button.setProperty("is_in_line", True)
            self._words.addWidget(self.fold.button, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
            content.addWidget(self.fold)
        line = row(self, 0.6)
        line.addWidget(_Number(mark, self), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(content, 1)
        self.fit()

    def fit(self) -> None:
        super().fit()
        line = QFontMetrics(QGuiApplication.font()).height()  # the words themselves get a new size later than their row
        above = max(0, (em(1.7) - line) // 2)  # the first line is level with its number
        self.text.setContentsMargins(0, above, 0, above)
        if self.fold is not None:
            self.fold.button.setFixedHeight(em(1.7))  # no higher than a line of words with its number
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn()
        super().resizeEvent(event)

    def _turn(self) -> None:
        """The button of the picture beside the words, or close below them."""
        is_wide, directions = self.width() >= em(_BESIDE), QBoxLayout.Direction
        self._words.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        self._words.setSpacing(em(0.8) if is_wide else 0)


class StepsList(Panel):
    """The first drawing is open; whoever opens another one folds it away, so that one at most is seen. `drawing_opened`
    with the widget to bring into view."""

    drawing_opened = Signal(QWidget)

    def __init__(
        self, parent: QWidget | None = None, clipboard: CopyPlace | None = None, is_choice: bool = False
    ) -> None:
        """clipboard: where the permissions that a step names can be copied to, one by one. is_choice: one of them is
        enough, so a number would mislead."""
        super().__init__(parent)
        self._is_choice = is_choice
        self._clipboard = clipboard
        self._steps: tuple[PathStep, ...] = ()
        self._rows: list[_Row] = []
        self._column = column(self, 0.6)

    def show_steps(self, steps: tuple[PathStep, ...], first: int = 1, total: int = 0) -> None:
        """Replace the path. first, total: its place in a longer one, with other things in between."""
        if steps == self._steps:
            return
        self._steps = steps
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            delete_later(old)
        self._rows = [
            _Row(number, total or len(steps), step, 0 if self._is_choice else number, self._clipboard, self)
            for number, step in enumerate(steps, start=first)
        ]
        for new in self._rows:
            self._column.addWidget(new)
        for fold in self.folds()[:1]:
            fold.open()
        for fold in self.folds():
            fold.opened.connect(lambda is_open, fold=fold: self._close_others(fold) if is_open else None)

    def steps(self) -> tuple[PathStep, ...]:
        return self._steps

    def folds(self) -> list[SketchFold]:
        """Those of the steps that have a drawing, in their order."""
        return [row.fold for row in self._rows if row.fold is not None]

    def _close_others(self, opened: SketchFold) -> None:
        for fold in self.folds():
            if fold is not opened:
                fold.open(False)
        self.drawing_opened.emit(opened.parentWidget())
