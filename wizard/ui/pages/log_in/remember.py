"""The tick box "Remember on this computer": says where the token goes before it goes there, and can forget it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.metrics import em
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.tick import Tick
from wizard.vault import RememberResult


class RememberBox(QWidget):
    """where: name of the system's store, None where there is none, "" while it is not known yet."""

    remember_wanted = Signal()
    forget_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._where: str | None = ""
        self._is_remembered = False
        self._result: RememberResult | None = None
        self.tick = Tick(parent=self)
        self.tick.clicked.connect(self._clicked)
        self.said = Text(role="small")
        self.forget_button = Button(kind="link")
        self.forget_button.clicked.connect(self._forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.3))
        column.addWidget(self.tick)
        column.addWidget(self.said)
        column.addWidget(self.forget_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.retranslate()

    @property
    def is_remembered(self) -> bool:
        return self._is_remembered

    def show_where(self, where: str | None) -> None:
        self._where = where
        self.retranslate()

    def show_remembered(self, remembered: bool, result: RememberResult | None = None) -> None:
        """result: what became of the last attempt, where it was not stored."""
        self._is_remembered, self._result = remembered, result
        self.retranslate()
        if result is not None:
            announce(self, self.said.text())

    def retranslate(self) -> None:
        self.tick.say(_("Remember on this computer"))
        self.tick.setVisible(not self._is_remembered and self._where is not None)
        self.tick.setChecked(False)
        self.tick.setEnabled(bool(self._where))
        self.forget_button.say(_("Forget this token") if self._is_remembered else "")
        self.forget_button.setEnabled(True)
        self.said.say(self._sentence())
        self.tick.setAccessibleDescription(self.said.text())

    def _sentence(self) -> str:
        if self._is_remembered:
            return _("Remembered in the password store of this computer ({store}).").format(store=self._where or "")
        refused = {
            RememberResult.NO_KEYRING: _("This computer has no password store."),
            RememberResult.LOCKED: _("The password store of this computer is locked."),
            RememberResult.TOO_LONG: _("The token is too long for the password store of this computer."),
            RememberResult.FAILED: _("The password store of this computer did not take the token."),
        }
        in_memory = _("The token is kept in memory only, until you close the wizard.")
        if self._result in refused:
            return f"{refused[self._result]} {in_memory}"
        if self._where is None:
            return f"{refused[RememberResult.NO_KEYRING]} {in_memory}"
        if not self._where:
            return ""
        return _("It goes into the password store of this computer ({store}), never into a file.").format(
            store=self._where
        )

    def _clicked(self) -> None:
        if self.tick.isChecked():
            self.tick.setEnabled(False)
            self.remember_wanted.emit()

    def _forget(self) -> None:
        self.forget_button.setEnabled(False)
        self.forget_wanted.emit()
