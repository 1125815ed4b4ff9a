"""Help beside the page: what an error means, the help of the page that is open, a search in all of it, the words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from wizard.i18n.language import _, ngettext
from wizard.ui.accessible import Role, announce
from wizard.ui.colours import current_colours
from wizard.ui.garbage import delete_later
from wizard.ui.layout import Panel, column, row
from wizard.ui.metrics import em
from wizard.ui.pages.explain.explain_box import ExplainBox
from wizard.ui.scroll_area import ScrollArea
from wizard.ui.services import Services
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.text import Text
from wizard.ui.window.about_panel import AboutPanel
from wizard.ui.window.newer_instructions import NewerInstructions
from wizard.words import help_texts
from wizard.words.help_texts import HelpText

WIDTH_EM = 25.0
_PAUSE_MS = 200  # in typing, before what was found changes
_SAY_AFTER_MS = 1_000  # a screen reader speaks what is typed first


class HelpDrawer(Panel):
    """newer: where newer instructions come in, None in a window that keeps nothing. `closed` when the person wants it
    no more; whoever shows it hides it."""

    spoken_role = Role.Grouping
    closed = Signal()

    def __init__(
        self, services: Services, newer: NewerInstructions | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setAccessibleName(_("Help"))
        self._runner = services.runner
        self.newer = newer
        self.about_panel: AboutPanel | None = None
        self.title = Text(_("Help"), "product")
        self.close_button = Button(_("Close help"), "link")
        self.close_button.clicked.connect(self.closed)
        self.explain = ExplainBox(services, lines_em=4.5)
        self.explain.text.textChanged.connect(self._typed)
        self.explain.explained.connect(self._search)
        self._found: tuple[HelpText, ...] = ()
        self._results = QWidget()
        self._topic = _paragraphs(None)
        self._people, self._words = _paragraphs(help_texts.people()), _entries(_("Words"), help_texts.glossary())
        self.about_button = Button(_("About this program"), "link")
        self.about_button.clicked.connect(self.show_about)
        self._pause, self._say = QTimer(self), QTimer(self)
        for timer, then, after in ((self._pause, self._search, _PAUSE_MS), (self._say, self._say_found, _SAY_AFTER_MS)):
            timer.setSingleShot(True)
            timer.setInterval(after)
            timer.timeout.connect(then)
        self._lay_out()
        self.fit()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setProperty("plain", True)
        self._column = column(content, 1.2, (1, 0.4, 0.6, 1))
        self._results.hide()
        for part in (self.explain, self._results, self._topic, self._people, self.newer, self._words):
            if part is not None:
                self._column.addWidget(part)
        self._column.addWidget(self.about_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._column.addStretch(1)
        self._scroll = ScrollArea()
        self._scroll.setAccessibleName(_("Help"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        head = row(margins=(1, 0.6, 0.4, 0))
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        self.title.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        parts = column(self, 0, None)
        parts.setContentsMargins(1, 0, 1, 0)  # for the line that parts it from the page
        parts.addLayout(head)
        parts.addWidget(self._scroll, 1)

    # What it shows.

    def show_topic(self, name: str) -> None:
        """Show the help of a table under [steps] of help.toml; of an unknown one only what stands there always."""
        topic = _paragraphs(help_texts.topic(name))
        if _said_in(topic) != _said_in(self._topic):  # else what is read stays where it is
            self._topic = self._put(topic, self._topic)
        if self.newer is not None:
            self.newer.reload()

    def show_top(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)

    def show_about(self) -> None:
        if self.about_panel is None:
            self.about_panel = AboutPanel(self._runner, self)
        self.about_panel.open_up()

    def sentences(self) -> list[str]:
        """All of the help of the page and the words, from the top."""
        return [text for part in (self._topic, self._people, self._words) for text in _said_in(part)]

    def found(self) -> list[str]:
        """The titles of what the words in the field are found in."""
        return [one.title for one in self._found]

    # What is found.

    def _typed(self) -> None:
        self._pause.start()
        self._say.stop()

    def _search(self) -> None:
        """What the cards above tell is not told once more."""
        told = {card.explained.id for card in self.explain.cards}
        asked = self.explain.text.toPlainText()
        found = tuple(one for one in help_texts.search(asked) if one.id not in told or not one.id)
        if found != self._found:
            self._found = found
            self._results = self._put(_entries(_("In the help"), found), self._results)
            self._results.setVisible(bool(found))
            self._say.start()

    def _put(self, part: QWidget, before: QWidget) -> QWidget:
        self._column.replaceWidget(before, part)
        before.hide()
        delete_later(before)
        return part

    def _say_found(self) -> None:
        count = len(self._found)
        if count and self.isVisible():
            announce(
                self, ngettext("{count} found in the help", "{count} found in the help", count).format(count=count)
            )

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.window)
        x = self.width() - 1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 0
        painter.fillRect(x, 0, 1, self.height(), colours.line)

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing that is pressed in Help presses a button of the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QAbstractButton):
                focused.click()
        else:
            super().keyPressEvent(event)

    def width_in(self, room: int) -> int:
        """How wide it wants to be. room: of the window, pixels."""
        return min(em(WIDTH_EM), room)


def _said_in(part: QWidget) -> list[str]:
    return [label.text() for label in part.findChildren(Text)]


def _paragraphs(said: HelpText | None) -> QWidget:
    part = Panel()
    lines = column(part, 0.6)
    if said is not None:
        lines.addWidget(Text(said.title, "product", selectable=True))
        for line in said.lines:
            lines.addWidget(Text(line, selectable=True))
    return part


def _entries(heading: str, entries: Sequence[HelpText]) -> QWidget:
    part = Panel()
    lines = column(part, 0.6)
    lines.addWidget(Text(heading, "product"))
    for entry in entries:
        lines.addWidget(Text(entry.title, "strong", selectable=True))
        for line in entry.lines:
            lines.addWidget(Text(line, selectable=True))
    return part
