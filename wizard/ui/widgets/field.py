"""An input with its label above, a hint below, and what is wrong with it right beside it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from wizard.ui.accessible import announce
from wizard.ui.metrics import em
from wizard.ui.widgets.marks import Mark, MarkView
from wizard.ui.widgets.text import Text, restyle


class Field(QWidget):
    """input: any widget that takes the keyboard (a SecretField too); a QLineEdit by default.

    The text that is wrong stays in the input: `show_problem` never changes it."""

    def __init__(
        self, label: str = "", hint: str = "", input_widget: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.input: QWidget = input_widget if input_widget is not None else QLineEdit()
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setProperty("role", "strong")
        self._label.setBuddy(self.input.focusProxy() or self.input)
        self._hint = Text(role="small")
        self._mark = MarkView(Mark.PROBLEM)
        self._problem = Text(role="problem")
        self._problem_row = QHBoxLayout()
        self._problem_row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._problem_row.addWidget(self._problem, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._label)
        self._column.addWidget(self.input)
        self._column.addLayout(self._problem_row)
        self._column.addWidget(self._hint)
        self._fit()
        self._mark.hide()
        self._problem.hide()
        self.say(label, hint)

    @property
    def line(self) -> QLineEdit:
        """The QLineEdit one types into."""
        target = self.input.focusProxy() or self.input
        assert isinstance(target, QLineEdit)
        return target

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        self.line.setText(text)

    def say(self, label: str, hint: str = "") -> None:
        self._label.setText(label)
        self._label.setVisible(bool(label))
        self._hint.say(hint)
        target = self.input.focusProxy() or self.input
        target.setAccessibleName(label)
        self._describe()

    def show_problem(self, sentence: str) -> None:
        """Name what is wrong and what to do; stays until `clear_problem`."""
        self._problem.say(sentence)
        self._mark.setVisible(bool(sentence))
        target = self.input.focusProxy() or self.input
        target.setProperty("wrong", bool(sentence))
        restyle(target)
        self._describe()
        announce(target, sentence, urgent=True)

    def clear_problem(self) -> None:
        if self.problem():
            self.show_problem("")

    def problem(self) -> str:
        return self._problem.text()

    def _describe(self) -> None:
        target = self.input.focusProxy() or self.input
        target.setAccessibleDescription(" ".join(part for part in (self.problem(), self._hint.text()) if part))

    def _fit(self) -> None:
        self._column.setSpacing(em(0.35))
        self._problem_row.setSpacing(em(0.5))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)
