"""Help for the page that is open, newer instructions, and the glossary. The texts are in resources/help.toml."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from wizard.core.resource import load_toml
from wizard.i18n.language import _
from wizard.i18n.texts import translate_tree
from wizard.ui.jobs import JobRunner
from wizard.ui.layout import Panel, column, row
from wizard.ui.metrics import em
from wizard.ui.scroll_area import ScrollArea
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text
from wizard.ui.window.about_panel import AboutPanel
from wizard.ui.window.newer_instructions import NewerInstructions

_FILE = "help.toml"


class HelpPanel(QDialog):
    """Not modal: it may stay open beside the wizard. Escape closes it. runner: reads what About shows.
    newer: where newer instructions come in, None in a window that keeps nothing."""

    def __init__(
        self, runner: JobRunner, newer: NewerInstructions | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help"))
        self._runner = runner
        self._texts = translate_tree(load_toml(_FILE))
        self.newer = newer
        self._about, self._words = QWidget(), _glossary(self._texts["glossary"])
        content = QWidget()
        content.setProperty("plain", True)
        self._column = column(content, 1.2, (1.2, 1, 1.2, 1))
        for part in (self._about, newer, self._words):
            if part is not None:
                self._column.addWidget(part)
        self._column.addStretch(1)
        self.about_panel: AboutPanel | None = None
        self.about_button = Button(_("About this program"), "link")
        self.about_button.clicked.connect(self.show_about)
        self._scroll = ScrollArea()
        self._scroll.setAccessibleName(_("Help"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setWidget(content)
        self.close_button = Button(_("Close"))
        self.close_button.clicked.connect(self.close)
        buttons = row()
        buttons.addWidget(self.about_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        parts = column(self, margins=None)
        parts.addWidget(self._scroll, 1)
        parts.addLayout(buttons)

    def show_topic(self, topic: str) -> None:
        """Show the help of a table under [steps] of help.toml; an unknown topic shows the glossary alone."""
        about = _about(self._texts["steps"].get(topic, {}))
        if _said_in(about) != _said_in(self._about):  # else what is read stays where it is
            self._column.replaceWidget(self._about, about)
            self._about.hide()
            self._about.deleteLater()
            self._about = about
        if self.newer is not None:
            self.newer.reload()
        if not self.isVisible():
            room = self.screen().availableGeometry()
            self.resize(min(em(38), room.width() - em(2)), min(em(40), room.height() - em(4)))
        self._scroll.verticalScrollBar().setValue(0)
        self.show()
        self.raise_()
        self.activateWindow()
        self._scroll.setFocus()

    def show_about(self) -> None:
        if self.about_panel is None:
            self.about_panel = AboutPanel(self._runner, self)
        self.about_panel.open_up()

    def sentences(self) -> list[str]:
        """All of the help that is shown, from the top."""
        return [*_said_in(self._about), *_said_in(self._words)]


def _said_in(part: QWidget) -> list[str]:
    return [label.text() for label in part.findChildren(Text)]


def _about(topic: dict[str, Any]) -> QWidget:
    part = Panel()
    lines = column(part, 0.6)
    if topic:
        lines.addWidget(Text(topic["title"], "product", selectable=True))
        for paragraph in topic["text"]:
            lines.addWidget(Text(paragraph, selectable=True))
        for number, step in enumerate(topic.get("steps", ()), start=1):
            lines.addWidget(Text(f"{number}. {step}", selectable=True))
    return part


def _glossary(entries: list[dict[str, Any]]) -> QWidget:
    part = Panel()
    lines = column(part, 0.6)
    lines.addWidget(Text(_("Words"), "product"))
    for entry in entries:
        lines.addWidget(Text(entry["title"], "strong", selectable=True))
        lines.addWidget(Text(entry["text"], selectable=True))
    return part
