"""A value to be carried elsewhere. "Copied" is said only after the clipboard was read back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.clipboard import Copied
from wizard.ui.copied_words import unseen
from wizard.ui.layout import Panel, column, row
from wizard.ui.metrics import em
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.caret import begin_where_reading_does
from wizard.ui.widgets.marks import Mark, MarkView
from wizard.ui.widgets.text import Text

_COMPARED = 20  # letters: IDs and codes; what is longer is an address or a line of code, which few windows hold


class CopyRow(Panel):
    """label: what the value is, "App ID of your live chat". A value that is compared digit by digit is seen whole:
    where there is no room for it beside the button, that stands below."""

    def __init__(self, clipboard: CopyPlace, label: str = "", value: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._copying = ""
        self._label = Text(role="strong")
        self.value_line = QLineEdit()
        self.value_line.setReadOnly(True)
        begin_where_reading_does(self.value_line)
        self._label.setBuddy(self.value_line)
        self.copy_button = Button(_("Copy"), "primary")
        self.copy_button.clicked.connect(self.copy)
        self._mark = MarkView(Mark.DONE)
        self.result = Text()
        self._value_row, result_row = row(spacing=0.6), row(spacing=0.5)
        self._value_row.addWidget(self.value_line, 1)
        self._value_row.addWidget(self.copy_button)
        result_row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        result_row.addWidget(self.result, 1)
        parts = column(self, 0.35)
        parts.addWidget(self._label)
        parts.addLayout(self._value_row)
        parts.addLayout(result_row)
        self.show_value(label, value)

    def show_value(self, label: str, value: str) -> None:
        """Show another value; what was said about the old one goes."""
        self._label.setText(label)
        self._label.setVisible(bool(label))
        self.value_line.setAccessibleName(label)
        if value != self.value_line.text():
            self._show_result("", Mark.DONE)
        self.value_line.setText(value)
        self.value_line.setCursorPosition(0)
        self.copy_button.setEnabled(bool(value))
        self.copy_button.setAccessibleName(_("Copy: {what}").format(what=label) if label else _("Copy"))
        self._fit_value()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_value()

    def _fit_value(self) -> None:
        value = self.value()
        whole = self.value_line.fontMetrics().horizontalAdvance(value) + em(2)
        beside = self.width() - self.copy_button.sizeHint().width() - self._value_row.spacing()
        is_below = len(value) <= _COMPARED and beside < whole
        self._value_row.setDirection(QBoxLayout.Direction.TopToBottom if is_below else QBoxLayout.Direction.LeftToRight)
        self._value_row.setAlignment(
            self.copy_button, Qt.AlignmentFlag.AlignLeading if is_below else Qt.AlignmentFlag.AlignVCenter
        )

    def value(self) -> str:
        return self.value_line.text()

    def copy(self) -> None:
        """Copy, read back, say what came of it."""
        self._copying = self.value()
        self._clipboard.copy(self._copying, self._say_copied)

    def _say_copied(self, copied: Copied) -> None:
        if self._copying != self.value():  # another one is shown by now
            return
        if copied is Copied.YES:
            self._show_result(_("Copied"), Mark.DONE)
        else:
            self.value_line.setFocus()
            self.value_line.selectAll()
            by_hand = _("The clipboard could not be used. The value is marked: copy it by hand.")
            is_unseen = copied is Copied.UNSEEN
            self._show_result(
                unseen(self.value()) if is_unseen else by_hand, Mark.UNKNOWN if is_unseen else Mark.PROBLEM
            )
        announce(self, self.result.text(), urgent=copied is not Copied.YES)

    def _show_result(self, sentence: str, mark: Mark) -> None:
        self.result.set_text(sentence)
        self._mark.show_mark(mark)
        self._mark.setVisible(bool(sentence))
