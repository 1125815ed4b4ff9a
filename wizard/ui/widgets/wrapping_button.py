"""A radio button or tick box with words that wrap: Qt's own put them on one line."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from wizard.ui.layout import fit_spaces
from wizard.ui.metrics import em
from wizard.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton as _Button
else:
    _Button = object


class WrappingButton(_Button):
    """Comes before QRadioButton or QCheckBox among the bases, so that role, state and keys stay the system's own.

    Its words are labels in `row` that let clicks through to it. START, END, VERTICAL: margins in em."""

    START: float
    END: float
    VERTICAL: float
    row: QHBoxLayout

    def hold_words(self) -> None:
        """Begin: called once, by the constructor."""
        self.row = QHBoxLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fit(self) -> None:
        fit_spaces(self.row)
        start, end = em(self.START), em(self.END)
        left, right = (end, start) if self.is_mirrored() else (start, end)
        self.row.setContentsMargins(left, em(self.VERTICAL), right, em(self.VERTICAL))

    def first_line_middle(self, first: Text) -> float:
        """Pixels from the top: circle or box stand level with it. first: of its words."""
        return em(self.VERTICAL) + first.contentsMargins().top() + first.fontMetrics().height() / 2

    def is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.row.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        return self.row.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.row.totalMinimumSize()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self.fit()
        super().changeEvent(event)
