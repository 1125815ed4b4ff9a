"""A fold-out: what only some people want to read."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from wizard.ui.layout import Panel, column


class Disclosure(Panel):
    """A button with an arrow and, below it, a content that is hidden until the button is pressed."""

    about_to_open = Signal()  # the last moment to fill the content: what is added later shows only after a flicker
    opened = Signal(bool)

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self.button = QToolButton()
        self.button.setCheckable(True)
        self.button.setProperty("kind", "fold")
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.toggled.connect(self._show)
        parts = column(self, 0.3)
        parts.addWidget(self.button)
        parts.addWidget(content)
        self.set_title(title)
        self._show(False)

    def set_title(self, title: str, spoken: str = "") -> None:
        """spoken: what a screen reader says in its place, where several have the same title."""
        self._title, self._spoken = title, spoken or title
        self._update_title()

    @property
    def is_open(self) -> bool:
        return self.button.isChecked()

    def open(self, wanted: bool = True) -> None:
        self.button.setChecked(wanted)

    def _show(self, wanted: bool) -> None:
        self._update_title()
        if wanted:
            self.about_to_open.emit()
        self.content.setVisible(wanted)
        self.opened.emit(wanted)

    def _update_title(self) -> None:
        sideways = "◂" if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else "▸"
        self.button.setText(f"{'▾' if self.is_open else sideways} {self._title}")
        self.button.setAccessibleName(self._spoken)

    def fit(self) -> None:
        super().fit()
        self._update_title()
