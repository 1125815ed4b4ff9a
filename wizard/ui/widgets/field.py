"""An input with its label above, a hint below, and what is wrong with it right beside it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from wizard.ui.accessible import announce
from wizard.ui.layout import Panel, column, row
from wizard.ui.widgets.caret import begin_where_reading_does
from wizard.ui.widgets.marks import Mark, MarkView
from wizard.ui.widgets.text import Text, restyle

Said = str | Callable[[], str]  # a sentence, or what makes it in the language of the window


class Field(Panel):
    """input: any widget that takes the keyboard (a SecretField too); a QLineEdit by default.

    The text that is wrong stays in the input: `show_problem` never changes it."""

    went_wrong = Signal()  # a problem is shown

    def __init__(
        self, label: str = "", hint: str = "", input_widget: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.input: QWidget = input_widget if input_widget is not None else QLineEdit()
        self.said: Said = ""  # what is wrong
        self._suggested = ""
        self._label = Text(role="strong")
        self._label.setBuddy(self.input.focusProxy() or self.input)
        self._hint = Text(role="small")
        self._mark = MarkView(Mark.PROBLEM)
        self._problem = Text(role="problem")
        problem_row = row(spacing=0.5)
        problem_row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        problem_row.addWidget(self._problem, 1)
        parts = column(self, 0.35)
        parts.addWidget(self._label)
        parts.addWidget(self.input)
        parts.addLayout(problem_row)
        parts.addWidget(self._hint)
        self._mark.hide()
        self._problem.hide()
        target = self.input.focusProxy() or self.input
        if isinstance(target, QLineEdit):
            begin_where_reading_does(target)
        self.set_label(label, hint)

    @property
    def line(self) -> QLineEdit:
        """The QLineEdit one types into."""
        target = self.input.focusProxy() or self.input
        assert isinstance(target, QLineEdit)
        return target

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self._suggested = text
        self.line.setText(text)

    def suggest(self, text: str) -> None:
        """As `set_text`, where nobody has typed anything else."""
        if self.text() == self._suggested:
            self.set_text(text)

    def set_label(self, label: str, hint: str = "") -> None:
        self._label.setText(label)
        self._label.setVisible(bool(label))
        self._hint.set_text(hint)
        target = self.input.focusProxy() or self.input
        target.setAccessibleName(label)
        self._describe()

    def show_problem(self, said: Said) -> None:
        """Name what is wrong and what to do; stays until `clear_problem`. said: what makes it speaks another language
        too, when the page is made anew."""
        self.put_problem(said)
        announce(self.input.focusProxy() or self.input, self.problem(), urgent=True)
        if self.problem():
            self.went_wrong.emit()

    def put_problem(self, said: Said) -> None:
        """As `show_problem`, but nothing has gone wrong just now: it is told to nobody."""
        self.said = said
        sentence = said if isinstance(said, str) else said()
        self._problem.set_text(sentence)
        self._mark.setVisible(bool(sentence))
        target = self.input.focusProxy() or self.input
        target.setProperty("wrong", bool(sentence))
        restyle(target)
        self._describe()

    def clear_problem(self) -> None:
        if self.problem():
            self.show_problem("")

    def problem(self) -> str:
        return self._problem.text()

    def _describe(self) -> None:
        target = self.input.focusProxy() or self.input
        target.setAccessibleDescription(" ".join(part for part in (self.problem(), self._hint.text()) if part))
