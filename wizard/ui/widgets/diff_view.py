"""The exact change of a file before it is written: what stands there, what will stand there, and where."""

import re
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase, QFontMetrics, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from wizard.i18n.language import _
from wizard.ui.colours import current_colours
from wizard.ui.layout import Panel, column
from wizard.ui.metrics import em
from wizard.ui.widgets.text import Text

_SPAN = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")
_MOST_LINES = 14  # of height; longer changes scroll


class Side(StrEnum):
    SAME = "same"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One line. number: its place in the file, from 1; 0 where lines have no numbers."""

    side: Side
    text: str
    number: int = 0


def lines_of(diff: str) -> tuple[ChangedLine, ...]:
    """Read a unified diff (as of `wizard.targets.base.Plan.diff`) of one file; its heads give the line numbers."""
    lines, old, new = [], 0, 0
    in_head = True
    for line in diff.splitlines():
        if found := _SPAN.match(line):
            old, new, in_head = int(found[1]), int(found[2]), False
        elif in_head:  # "--- name" and "+++ name", whose signs are no changes
            continue
        elif line.startswith("-"):
            lines.append(ChangedLine(Side.OLD, line[1:], old))
            old += 1
        elif line.startswith("+"):
            lines.append(ChangedLine(Side.NEW, line[1:], new))
            new += 1
        else:
            lines.append(ChangedLine(Side.SAME, line[1:], new))
            old, new = old + 1, new + 1
    return tuple(lines)


class DiffView(Panel):
    """Signs (-, +) and words carry the meaning, colour only helps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = ""
        self._lines: tuple[ChangedLine, ...] = ()
        self._title = Text(role="strong", selectable=True)
        self.view = QPlainTextEdit()
        self.view.setReadOnly(True)
        self.view.setProperty("role", "code")
        self.view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setTabChangesFocus(True)
        parts = column(self, 0.4)
        parts.addWidget(self._title)
        parts.addWidget(self.view)
        self.fit()

    def show_change(self, place: str, lines: tuple[ChangedLine, ...]) -> None:
        """place: the file or the address that changes."""
        self._place, self._lines = place, lines
        self._title.set_text(place)
        self.view.setAccessibleName(_("Change of {place}").format(place=place))
        self.view.setAccessibleDescription(self.spoken())
        self._fill()
        self.fit()

    def spoken(self) -> str:
        """Return the change in words."""
        sentences = []
        for line in self._lines:
            if line.side is Side.OLD:
                sentences.append(_("Line {number} now: {text}").format(number=line.number or "–", text=line.text))
            elif line.side is Side.NEW:
                sentences.append(_("Line {number} then: {text}").format(number=line.number or "–", text=line.text))
        return ". ".join(sentences)

    def _fill(self) -> None:
        colours = current_colours()
        self.view.clear()
        cursor = QTextCursor(self.view.document())
        digits = max((len(str(line.number)) for line in self._lines if line.number), default=0)
        for at, line in enumerate(self._lines):
            block, letters = QTextBlockFormat(), QTextCharFormat()
            sign = {Side.OLD: "-", Side.NEW: "+"}.get(line.side, " ")
            if line.side is Side.OLD:
                block.setBackground(colours.problem_soft)
            elif line.side is Side.NEW:
                block.setBackground(colours.ok_soft)
            letters.setForeground(colours.muted if line.side is Side.SAME else colours.text)
            if at:
                cursor.insertBlock(block)
            else:
                cursor.setBlockFormat(block)
            number = str(line.number) if line.number else ""
            cursor.insertText(f"{number:>{digits}} {sign} {line.text}".lstrip("\n"), letters)
        self.view.moveCursor(QTextCursor.MoveOperation.Start)

    def fit(self) -> None:
        super().fit()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        metrics = QFontMetrics(font)
        lines = min(_MOST_LINES, max(1, len(self._lines)))
        bar = self.view.horizontalScrollBar().sizeHint().height()
        self.view.setFixedHeight(lines * (metrics.lineSpacing() + 2) + bar + em(1.4))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._fill()
        super().changeEvent(event)
