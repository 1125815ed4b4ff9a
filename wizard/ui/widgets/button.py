"""Buttons in three weights: outlined, primary and link."""

from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from wizard.ui.widgets.text import restyle


class Button(QPushButton):
    """kind: "" outlined, "primary" the one main action, "link" a quiet one that looks like a link."""

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_kind(kind)

    def set_kind(self, kind: str) -> None:
        self.setProperty("kind", kind)
        restyle(self)

    def set_text(self, text: str) -> None:
        """Show text; hide the button where there is none. An ampersand in a name is shown, not a shortcut."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setVisible(bool(text))
