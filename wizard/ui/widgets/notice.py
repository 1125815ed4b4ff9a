"""A message that stays on the page: a sign, a sentence, what to do, and details to copy."""

from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wizard.i18n.language import _
from wizard.ui.accessible import Role, announce
from wizard.ui.colours import current_colours
from wizard.ui.layout import Panel, column, row
from wizard.ui.metrics import em
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.marks import Mark, MarkView
from wizard.ui.widgets.text import Text


class Tone(StrEnum):
    INFO = "info"
    WARNING = "warning"
    PROBLEM = "problem"
    OK = "ok"
    NEUTRAL = "neutral"  # neither good nor bad: it is not known


_MARKS = {
    Tone.INFO: Mark.INFO,
    Tone.WARNING: Mark.WARNING,
    Tone.PROBLEM: Mark.PROBLEM,
    Tone.OK: Mark.DONE,
    Tone.NEUTRAL: Mark.UNKNOWN,
}


def tone_word(tone: Tone) -> str:
    """Return the word a screen reader says in place of the sign."""
    return {
        Tone.INFO: _("Note"),
        Tone.WARNING: _("Careful"),
        Tone.PROBLEM: _("Problem"),
        Tone.OK: _("Good"),
        Tone.NEUTRAL: _("Not known"),
    }[tone]


class _Parts(NamedTuple):
    mark: MarkView
    title: Text
    text: Text
    button: Button
    lines: QVBoxLayout


class Notice(Panel):
    """title: what is the case; text: what to do; action: label of a button, "" for none; details: lines to copy.

    It gets its parts with its first words: most notices of a page never say anything."""

    action_chosen = Signal()
    spoken_role = Role.Notification

    def __init__(
        self,
        tone: Tone = Tone.INFO,
        title: str = "",
        text: str = "",
        action: str = "",
        details: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._details: Text | None = None
        self._disclosure: Disclosure | None = None
        self._tone = tone
        if title or text:
            self.show_message(tone, title, text, action, details)

    @cached_property
    def _parts(self) -> _Parts:
        parts = _Parts(
            MarkView(), Text(role="strong", selectable=True), Text(selectable=True), Button(), column(spacing=0.3)
        )
        parts.button.clicked.connect(self.action_chosen)
        for widget in (parts.title, parts.text):
            parts.lines.addWidget(widget)
        parts.lines.addWidget(parts.button, 0, Qt.AlignmentFlag.AlignLeading)
        line = row(self, 0.8, (1, 0.8, 1, 0.8))
        line.addWidget(parts.mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(parts.lines, 1)
        self._align(parts)
        return parts

    @property
    def action_button(self) -> Button:
        return self._parts.button

    @property
    def lines(self) -> QVBoxLayout:
        """What lies beside the sign; the details come last."""
        return self._parts.lines

    def show_message(self, tone: Tone, title: str, text: str = "", action: str = "", details: str = "") -> None:
        """Replace everything the notice says."""
        self._tone = tone
        self._parts.mark.show_mark(_MARKS[tone])
        self._parts.title.set_text(title)
        self._parts.text.set_text(text)
        self.action_button.set_text(action)
        if details or self._disclosure is not None:
            self._show_details(details)
        self.setAccessibleName(" ".join(part for part in (tone_word(tone) + ":", title, text) if part))
        self.update()

    def _show_details(self, details: str) -> None:
        fold = self.disclosure
        assert self._details is not None
        self._details.setText(details)  # the fold decides whether it shows
        fold.open(False)
        fold.set_title(_("Details"))
        fold.setVisible(bool(details))

    @property
    def disclosure(self) -> Disclosure:
        """Made when it is needed: most notices never have details."""
        if self._disclosure is None:
            self._details = Text(role="code", selectable=True)
            self._disclosure = Disclosure(_("Details"), self._details, self)
            self._disclosure.hide()
            self.lines.addWidget(self._disclosure)
        return self._disclosure

    @property
    def tone(self) -> Tone:
        return self._tone

    def title(self) -> str:
        return self._parts.title.text()

    def text(self) -> str:
        return self._parts.text.text()

    def details(self) -> str:
        return self._details.text() if self._details is not None else ""

    def announce(self) -> None:
        """Have a screen reader say it; a problem interrupts."""
        announce(self, self.accessibleName(), urgent=self._tone is Tone.PROBLEM)

    def fit(self) -> None:
        super().fit()
        if self.layout() is not None:
            self._align(self._parts)

    def _align(self, parts: _Parts) -> None:
        """Text that can be selected goes by its first letter: an app's English name at the beginning would move the
        whole sentence away from the button that belongs to it."""
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        for text in (parts.title, parts.text):
            text.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        fill, edge = {
            Tone.INFO: (colours.accent_soft, colours.accent),
            Tone.WARNING: (colours.warning_soft, colours.warning),
            Tone.PROBLEM: (colours.problem_soft, colours.problem),
            Tone.OK: (colours.ok_soft, colours.ok),
            Tone.NEUTRAL: (colours.sidebar, colours.muted),
        }[self._tone]
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), fill, edge, 1.0)


def paint_box(painter: QPainter, rect: QRectF, fill: QColor, edge: QColor, thickness: float) -> None:
    """Paint a rounded box just inside rect."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, thickness))
    painter.setBrush(fill)
    half = thickness / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), em(0.75), em(0.75))
    painter.restore()
