"""A list of names to choose from: small cards beside each other, each with an initial, and a field to search them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLayoutItem, QWidget

from wizard.i18n.language import _
from wizard.ui.colours import current_colours
from wizard.ui.metrics import em, font_for
from wizard.ui.widgets.cards import Card, CardGroup, CardOption
from wizard.ui.widgets.marks import paint_tick
from wizard.ui.widgets.search_line import SearchLine
from wizard.ui.widgets.text import Text, initial
from wizard.ui.widgets.wrapping_row import WrappingRow

_CARD_EM = 13  # the least width of a card
_MOST_COLUMNS = 3


class NameCard(Card):
    """Its initial in a disc; a tick where it is chosen. `taken`: it was clicked with the mouse."""

    taken = Signal()

    START, END, VERTICAL = 3.4, 2.2, 0.75
    sign = ""  # in place of the initial of a name

    def __init__(self, choice: CardOption, parent: QWidget | None = None) -> None:
        super().__init__(choice, parent)
        self._column.insertStretch(0, 1)  # in the middle, as its disc is, beside a higher one
        self._column.addStretch(1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_click = self.isDown()
        super().mouseReleaseEvent(event)
        if is_click and self.isChecked():
            self.taken.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        fill = colours.accent_soft if chosen else colours.hover if self.underMouse() else colours.window
        self.paint_frame(painter, fill)
        size, gap = em(1.9), em(0.8)
        left = self.width() - gap - size if self.is_mirrored() else gap
        disc = QRectF(left, (self.height() - size) / 2, size, size)
        painter.setPen(QPen(colours.accent, 1.5))
        painter.setBrush(colours.accent if chosen else colours.window)
        painter.drawEllipse(disc)
        painter.setFont(font_for("strong", bold=True))
        painter.setPen(colours.on_accent if chosen else colours.accent)
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self.sign or initial(self.title()))
        if chosen:
            tick = em(0.9)
            start = gap if self.is_mirrored() else self.width() - gap - tick
            paint_tick(painter, QRectF(start, (self.height() - tick) / 2, tick, tick), colours.accent)


class _Grid(WrappingRow):
    """Cards of one width in as many columns as there is room for, each line as high as its highest. Those of `last`
    begin on a new line."""

    def __init__(self) -> None:
        super().__init__()
        self.last: frozenset[str] = frozenset()  # keys

    def minimumSize(self) -> QSize:
        return QSize(em(_CARD_EM) // 2, em(3))

    def _lay_out(self, rect: QRect, is_trial: bool) -> int:
        parent, gap = self.parentWidget(), em(0.6)
        mirrored = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        columns = max(1, min(_MOST_COLUMNS, (rect.width() + gap) // (em(_CARD_EM) + gap)))
        width = (rect.width() - (columns - 1) * gap) // columns
        shown = [item for item in self._items if not item.isEmpty()]
        last = [item for item in shown if self._key(item) in self.last]
        y = 0
        for part in ([item for item in shown if item not in last], last):
            for start in range(0, len(part), columns):
                line = part[start : start + columns]
                height = max(self._height(item, width) for item in line)
                for at, item in enumerate(line if not is_trial else ()):
                    place = columns - 1 - at if mirrored else at
                    item.setGeometry(QRect(rect.left() + place * (width + gap), rect.top() + y, width, height))
                y += height + gap
        return max(0, y - gap)

    @staticmethod
    def _height(item: QLayoutItem, width: int) -> int:
        return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()

    @staticmethod
    def _key(item: QLayoutItem) -> str:
        card = item.widget()
        return card.key if isinstance(card, Card) else ""


class NameCards(CardGroup):
    """`taken` when a person means to go on with the chosen name: a click on a card, or Enter there or in the field. The
    keys that move from card to card, and a screen reader's own press, only choose.

    Names that begin with what is typed come first in choice, then those that contain it; what is no name stays."""

    taken = Signal()
    searched = Signal(str)  # what stands in the field now

    def __init__(self, question: str = "", parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.search = SearchLine()
        self.search.setPlaceholderText(_("Search by name"))
        self.search.setAccessibleName(_("Search by name"))
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.none = Text(role="muted")
        self.none.set_text("")
        self._grid = _Grid()
        for part in (self.search, self.none):
            self._column.addWidget(part)
        self._column.addLayout(self._grid)

    def show_names(self, names: Sequence[CardOption], always: Sequence[CardOption]) -> None:
        """always: what is no name; a sign takes the place of its initial."""
        self._grid.last = frozenset(option.key for option in always)
        self.show_cards([*names, *always])
        for card in self.cards:
            if isinstance(card, NameCard) and card.key in self._grid.last:
                card.sign = "…"
        self._filter()

    def found(self) -> list[Card]:
        """The names that fit what is typed, the best first; without what is always there."""
        typed = _plain(self.search.text())
        names = [card for card in self.cards if card.key not in self._grid.last]
        fitting = [card for card in names if typed in _plain(card.title())]
        return sorted(fitting, key=lambda card: not _plain(card.title()).startswith(typed))

    @property
    def is_unknown(self) -> bool:
        """Whether something is typed that no name fits."""
        return bool(_plain(self.search.text())) and not self.found()

    # Cards in columns.

    def _make(self, choice: CardOption) -> Card:
        return NameCard(choice, self)

    def _place(self, card: Card) -> None:
        self._grid.addWidget(card)
        if isinstance(card, NameCard):
            card.taken.connect(self.taken)
        card.installEventFilter(self)

    def _filter(self, _text: str = "") -> None:
        fitting = set(self.found())
        for card in self.cards:
            card.setVisible(card.key in self._grid.last or card in fitting)
        is_unknown = self.is_unknown
        self.none.set_text(_("No such name in this list.") if is_unknown else "")
        self._column.activate()  # a click must not meet a card that has no size yet
        self.searched.emit(self.search.text())

    # Keys.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                return self._take(watched)
            if event.key() == Qt.Key.Key_Down and watched is self.search and self._first() is not None:
                self._focus_first()
                return True
        return super().eventFilter(watched, event)

    def _take(self, watched: QObject) -> bool:
        """Enter: on a card it means that one; in the field the best of what is found."""
        if isinstance(watched, Card):
            self.choose(watched.key)
        elif self.search.text().strip() and (first := self._first()) is not None:
            self.choose(first.key)
        if self.choice():
            self.taken.emit()
        return True

    def _first(self) -> Card | None:
        return next(iter(self.found()), None)

    def _focus_first(self) -> None:
        if (first := self._first()) is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)


def _plain(text: str) -> str:
    """Letters and digits, for comparing names: "flow ai" is Flow.ai."""
    return "".join(character for character in text.casefold() if character.isalnum())
