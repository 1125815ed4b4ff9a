"""Leaving the test out, with the reason that the report will show."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.i18n.language import _
from wizard.ui.metrics import em
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import Field


class SkipPanel(QWidget):
    """Folded away; `skipped` with the reason typed."""

    skipped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        self.field = Field(parent=self)
        self.button = Button()
        self.button.clicked.connect(self._skip)
        self.field.line.returnPressed.connect(self._skip)
        self.field.line.textChanged.connect(lambda _text: self.field.clear_problem())
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.6))
        column.addWidget(self.field)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.fold = Disclosure("", inside, parent=self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.fold)
        self.retranslate()

    def retranslate(self) -> None:
        self.fold.set_title(_("Skip the test"))
        self.field.say(_("Why do you skip it?"), _("This stands in the report: without the test nobody knows."))
        self.button.say(_("Skip the test"))

    def _skip(self) -> None:
        reason = self.field.text().strip()
        if reason:
            self.skipped.emit(reason)
        else:
            self.field.show_problem(_("Write a few words, for example “I test it tomorrow”."))
            self.field.line.setFocus()
