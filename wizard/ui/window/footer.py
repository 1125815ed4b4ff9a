"""The row of buttons that stays at the bottom: quiet ones first, then Back, the page's own, and the main one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from wizard.i18n.language import _
from wizard.ui.layout import Panel, row
from wizard.ui.metrics import em, page_margin
from wizard.ui.widgets.button import Button


class Footer(Panel):
    """Takes two rows where the buttons do not fit beside each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.help_button = Button(_("Help"), "link")
        self.details_button = Button(kind="link")
        self.back_button = Button(_("Back"))
        self.secondary_button = Button()
        self.next_button = Button(kind="primary")
        self._quiet, self._loud = row(), row()
        self._quiet.addWidget(self.help_button)
        self._quiet.addWidget(self.details_button)
        self._quiet.addStretch(1)
        self._loud.addStretch(1)
        for button in (self.back_button, self.secondary_button, self.next_button):
            button.short_em = 0  # nothing beside it can make room
            self._loud.addWidget(button)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.addLayout(self._quiet)
        self._rows.addLayout(self._loud, 1)
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
        self.next_button.set_text(primary)
        self.secondary_button.set_text(secondary)
        self.details_button.set_text(details)
        self.fit()
        return is_other

    def fit(self) -> None:
        roomy = self.width() >= em(50)
        side = page_margin(self.width()) if roomy else em(0.6)
        upright = em(0.9) if roomy else em(0.45)
        self._rows.setContentsMargins(side, upright, side, upright)
        for half in (self._quiet, self._loud):
            half.setSpacing(em(0.7) if roomy else em(0.35))
        self._rows.setSpacing(em(0.3))
        for button in (self.back_button, self.next_button):
            button.setMinimumWidth(em(7) if roomy else 0)
        wanted = self._quiet.minimumSize().width() + self._loud.minimumSize().width() + 2 * side + em(0.3)
        one_row = self.width() >= wanted
        direction = QBoxLayout.Direction.LeftToRight if one_row else QBoxLayout.Direction.BottomToTop
        if self._rows.direction() != direction:
            self._rows.setDirection(direction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
