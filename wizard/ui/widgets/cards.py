"""Big choices: cards that work like radio buttons, for mouse, keyboard and screen reader."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from wizard.ui.accessible import Role
from wizard.ui.colours import current_colours
from wizard.ui.garbage import delete_later
from wizard.ui.layout import Panel, column, row
from wizard.ui.metrics import em
from wizard.ui.widgets.notice import paint_box
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.wrapping_button import WrappingButton


class CardOption(NamedTuple):
    """key: what the program decides on. note: a quiet line below the text ("App ID 2639…, built in")."""

    key: str
    title: str
    text: str = ""
    note: str = ""


class Card(WrappingButton, QRadioButton):
    """One choice. `pointed_at` when the mouse has chosen it."""

    pointed_at = Signal()
    spoken_role = Role.RadioButton
    START, END, VERTICAL = 3.2, 1.0, 0.8

    def __init__(self, choice: CardOption, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = choice.key
        self._labels: dict[str, Text] = {}  # by role, those that are needed so far
        self._column = column(spacing=0.15)
        self.hold_words()
        self.row.addLayout(self._column)
        self.fit()
        self.set_option(choice)

    def set_option(self, choice: CardOption) -> None:
        for at, (role, words) in enumerate((("strong", choice.title), ("muted", choice.text), ("small", choice.note))):
            if words and role not in self._labels:
                label = self._labels[role] = Text(role=role, parent=self)
                label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                self._column.insertWidget(min(at, self._column.count()), label)
            if role in self._labels:
                self._labels[role].set_text(words)
        self.setAccessibleName(choice.title)
        self.setAccessibleDescription(" ".join(part for part in (choice.text, choice.note) if part))
        self.updateGeometry()

    def title(self) -> str:
        return self._labels["strong"].text()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_on_it = event.button() == Qt.MouseButton.LeftButton and self.hitButton(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if is_on_it:
            self.pointed_at.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, enabled = self.isChecked(), self.isEnabled()
        fill = colours.accent_soft if chosen else colours.hover if enabled and self.underMouse() else colours.window
        self.paint_frame(painter, fill)
        size = em(1.25)
        middle = QPointF(
            self.width() - em(1.8) if self.is_mirrored() else em(1.8), self.first_line_middle(self._labels["strong"])
        )
        painter.setPen(QPen((colours.accent if chosen else colours.field_line) if enabled else colours.line, 2))
        painter.setBrush(colours.window)
        painter.drawEllipse(middle, size / 2, size / 2)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawEllipse(middle, size * 0.26, size * 0.26)

    def paint_frame(self, painter: QPainter, fill: QColor) -> None:
        """One frame: the edge, or a ring in its place where the card has the keyboard."""
        colours, chosen = current_colours(), self.isChecked()
        edge = fill if self.hasFocus() else colours.accent if chosen else colours.line
        paint_box(painter, QRectF(self.rect()), fill, edge, 2.0 if chosen else 1.5)
        if self.hasFocus():
            painter.setPen(QPen(colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), em(0.55), em(0.55))


class _Bar(Panel):
    """Down the side of what a card unfolds: all of it belongs to that card."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.fit()

    def fit(self) -> None:
        self.setFixedWidth(em(0.2))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), current_colours().accent)


class CardGroup(Panel):
    """A question answered by one card. `chosen` comes when a person or `choose` picks another card.

    What belongs to one choice only may unfold right below its card, as long as that is the chosen one."""

    chosen = Signal(str)  # key
    pointed_at = Signal(str)  # key, when the mouse has chosen it
    spoken_role = Role.Grouping

    def __init__(self, question: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = Text(role="strong", parent=self)
        self.cards: list[Card] = []
        # By itself a radio button takes all inside the same parent for its group, those of a question that is folded
        # away below a card too: an arrow key would go there.
        self._group = QButtonGroup(self)
        self._unfolded: dict[str, QWidget] = {}  # by key of the card above it
        self._column = column(self, 0.6)
        self._column.addWidget(self.question)
        self.set_question(question)

    def set_question(self, question: str) -> None:
        self.question.set_text(question)
        self.setAccessibleName(question)

    def show_cards(self, choices: Sequence[CardOption]) -> None:
        """Replace the cards; the choice stays if its key is still there. Where only words change, so do the cards."""
        if [card.key for card in self.cards] == [choice.key for choice in choices]:
            for card, choice in zip(self.cards, choices, strict=True):
                card.set_option(choice)
            return
        kept = self.choice()
        for card in self.cards:
            self._column.removeWidget(card)
            self._group.removeButton(card)
            card.setParent(None)
            delete_later(card)
        self.cards = [self._make(choice) for choice in choices]
        for card in self.cards:
            self._place(card)
            self._group.addButton(card)
            card.setChecked(card.key == kept)
            card.toggled.connect(lambda on, key=card.key: self._toggled(key, on))
            card.pointed_at.connect(lambda key=card.key: self.pointed_at.emit(key))
        for key in self._unfolded:
            self._put_below(key)

    def _make(self, choice: CardOption) -> Card:
        return Card(choice, self)

    def _place(self, card: Card) -> None:
        self._column.addWidget(card)

    def unfold(self, key: str, part: QWidget) -> None:
        """Show a part below a card while that is there and chosen."""
        holder = self._unfolded[key] = Panel(self)
        line = row(holder, spacing=0.9)
        line.addWidget(_Bar(holder))
        line.addWidget(part, 1)
        self._put_below(key)

    def show_below(self, key: str, part: QWidget) -> None:
        """Move a part that several cards share right below this one."""
        self._column.removeWidget(part)
        self._column.insertWidget(self._column.indexOf(self.card(key)) + 1, part)

    def _put_below(self, key: str) -> None:
        holder = self._unfolded[key]
        self._column.removeWidget(holder)
        card = next((card for card in self.cards if card.key == key), None)
        self._column.insertWidget(self._column.indexOf(card) + 1 if card is not None else -1, holder)
        holder.setVisible(card is not None and card.isChecked())

    def _toggled(self, key: str, on: bool) -> None:
        if key in self._unfolded:
            self._unfolded[key].setVisible(on)
        if on:
            self.chosen.emit(key)

    def choice(self) -> str:
        """The key of the chosen card, "" where none is."""
        return next((card.key for card in self.cards if card.isChecked()), "")

    def choose(self, key: str) -> None:
        """Pick a card; "" or an unknown key picks none."""
        self._group.setExclusive(False)
        for card in self.cards:
            card.setChecked(card.key == key)
        self._group.setExclusive(True)

    def card(self, key: str) -> Card:
        return next(card for card in self.cards if card.key == key)
