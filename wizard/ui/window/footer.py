"""The row of buttons that stays at the bottom: Back at its beginning, the main one at its end, on every page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wizard.i18n.language import _
from wizard.ui.layout import Panel, column, row
from wizard.ui.metrics import em, page_margin
from wizard.ui.widgets.button import Button


class Footer(Panel):
    """What else can be pressed stands between the two, or above them where the room is too narrow: they stay where they
    are, whatever the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.details_button = Button(kind="link")
        self.back_button = Button(_("Back"))
        self.secondary_button = Button()
        self.next_button = Button(kind="primary")
        for button in (self.back_button, self.secondary_button, self.next_button):
            button.short_em = 0  # nothing beside it can make room
        policy = self.back_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back_button.setSizePolicy(policy)
        self._between = QWidget()
        self._between_row = row(self._between)
        self._between_row.addWidget(self.details_button)
        self._between_row.addStretch(1)
        self._between_row.addWidget(self.secondary_button)
        self._ends = row()
        for end in (self.back_button, self.next_button):
            self._ends.addWidget(end, 0, Qt.AlignmentFlag.AlignBottom)
        self._ends.insertWidget(1, self._between, 1, Qt.AlignmentFlag.AlignBottom)
        self._ends.insertStretch(2, 0)
        self._rows = column(self)
        self._rows.addLayout(self._ends)
        self._is_above = False
        self._shown: tuple[str, str, str, bool] | None = None
        self.fit()

    def show_texts(self, primary: str, secondary: str, details: str, can_go_back: bool) -> bool:
        """Label the buttons; those with "" are hidden. Return whether one that acts has got other words."""
        wanted = primary, secondary, details, can_go_back
        if self._shown == wanted:
            return False
        is_other = self._shown is None or self._shown[:2] != wanted[:2]
        self._shown = wanted
        self.back_button.setVisible(can_go_back)
        # What comes or goes lays out all around it at once: before the main button has words that its width is not for.
        self._between.setVisible(bool(secondary or details))
        self.secondary_button.set_text(secondary)
        self.details_button.set_text(details)
        self.next_button.set_text(primary)
        self.fit()
        # A button is as high as its width makes it: by the width it had before, the page would move, and back.
        for layout in (self._rows, self._between_row, self._rows):
            layout.activate()
        return is_other

    def fit(self) -> None:
        roomy = self.width() >= em(50)
        side = page_margin(self.width())
        upright = em(0.9) if roomy else em(0.45)
        self._rows.setContentsMargins(side, upright, side, upright)
        self._rows.setSpacing(em(0.3))
        gap = em(0.7) if roomy else em(0.35)
        for part in (self._ends, self._between_row):
            part.setSpacing(gap)
        for button in (self.back_button, self.next_button):
            button.setMinimumWidth(em(7) if roomy else 0)
        ends = self.back_button.minimumSizeHint().width(), self.next_button.minimumSizeHint().width()
        least = em(7) if roomy else 0
        wanted = sum(max(least, end) for end in ends) + self._between.sizeHint().width() + 2 * (side + gap)
        self._put_between(is_above=not self._between.isHidden() and self.width() < wanted)

    def _put_between(self, is_above: bool) -> None:
        if is_above == self._is_above:
            return
        self._is_above = is_above
        if is_above:
            self._ends.removeWidget(self._between)
            self._rows.insertWidget(0, self._between)
        else:
            self._rows.removeWidget(self._between)
            self._ends.insertWidget(1, self._between, 1, Qt.AlignmentFlag.AlignBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
