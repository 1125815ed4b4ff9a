"""Help for the page that is open, and the glossary. The texts are in resources/help.toml."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from wizard.core.resource import load_toml
from wizard.ui.metrics import em
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text
from wizard.words.language import _
from wizard.words.texts import spoken

_FILE = "help.toml"


class HelpPanel(QDialog):
    """Not modal: it may stay open beside the wizard. Escape closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topic = ""
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setProperty("plain", True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.close_button = Button()
        self.close_button.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addWidget(self._scroll, 1)
        column.addLayout(buttons)

    def show_topic(self, topic: str) -> None:
        """Show the help of a table under [steps] of help.toml; an unknown topic shows the glossary alone."""
        self._topic = topic
        self.retranslate()
        if not self.isVisible():
            room = self.screen().availableGeometry()
            self.resize(min(em(38), room.width() - em(2)), min(em(40), room.height() - em(4)))
        self.show()
        self.raise_()
        self.activateWindow()
        self._scroll.setFocus()

    def sentences(self) -> list[str]:
        """All that is shown, from the top."""
        return [label.text() for label in self._scroll.findChildren(Text)]

    def retranslate(self) -> None:
        self.setWindowTitle(_("Help"))
        self.close_button.say(_("Close"))
        self._scroll.setAccessibleName(_("Help"))
        self._scroll.setWidget(self._content(spoken(load_toml(_FILE))))

    def _content(self, texts: dict[str, Any]) -> QWidget:
        content = QWidget()
        content.setProperty("plain", True)
        column = QVBoxLayout(content)
        column.setContentsMargins(em(1.2), em(1), em(1.2), em(1))
        column.setSpacing(em(0.6))
        topic = texts["steps"].get(self._topic, {})
        if topic:
            column.addWidget(Text(topic["title"], "product", selectable=True))
            for paragraph in topic["text"]:
                column.addWidget(Text(paragraph, selectable=True))
            for number, step in enumerate(topic.get("steps", ()), start=1):
                column.addWidget(Text(f"{number}. {step}", selectable=True))
        column.addSpacing(em(0.6))
        column.addWidget(Text(_("Words"), "product"))
        for entry in texts["glossary"]:
            column.addWidget(Text(entry["title"], "strong", selectable=True))
            column.addWidget(Text(entry["text"], selectable=True))
        column.addStretch(1)
        return content
