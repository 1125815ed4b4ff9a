"""Small parts of the test and recovery pages: a box to tick, and a question with its answers."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wizard.core.facts import App
from wizard.core.known_apps import page_inbox
from wizard.core.trial.restore import OTHER_SIDE, RETRY, WAIT
from wizard.core.world import World
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.colours import current_colours
from wizard.ui.metrics import em
from wizard.ui.person import CANNOT, DONE, Asked
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import CardGroup, Choice
from wizard.ui.widgets.notice import paint_box
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.tick import Tick
from wizard.words import trial

_SHORT = 24  # characters that fit on a button at any text size


class Agreement(QWidget):
    """A sentence that names the effect, and the box that agrees to it."""

    changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Text()
        self.box = Tick(parent=self)
        self.box.toggled.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.4))
        column.addWidget(self.text)
        column.addWidget(self.box)

    def say(self, text: str) -> None:
        """Show another sentence; a tick that was given for a different one is taken back."""
        if text != self.text.text():
            self.box.setChecked(False)
        self.text.setText(text)
        self.box.say(_("I agree"))
        self.box.setAccessibleDescription(text)

    @property
    def is_set(self) -> bool:
        return self.box.isChecked()


class QuestionPanel(QWidget):
    """Something the running work waits for. Shown on the page, never as a dialog; `closed` when it is answered."""

    closed = Signal()
    link_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: Asked | None = None
        self.text = Text(role="strong")
        self.tick = Agreement()
        self.cards = CardGroup(parent=self)
        self.buttons: dict[str, Button] = {}
        self.link_button = Button(kind="link")
        self.link_button.clicked.connect(self._want_link)
        self._link = ""
        self._row = QHBoxLayout()
        self._row.setSpacing(em(0.7))
        column = QVBoxLayout(self)
        column.setContentsMargins(em(1.1), em(1), em(1.1), em(1))
        column.setSpacing(em(0.8))
        for widget in (self.text, self.tick, self.cards):
            column.addWidget(widget)
        column.addLayout(self._row)
        self.tick.changed.connect(self._allow)
        self.cards.chosen.connect(lambda _key: self._allow())
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), colours.accent_soft, colours.accent, 1.0)

    def ask(self, asked: Asked, notes: Mapping[str, str] | None = None, link: str = "", link_text: str = "") -> None:
        """notes: choice -> what it means, shown with it. link: where it is done, "" for none."""
        self._asked, self._link = asked, link
        notes = notes or {}
        is_consent = asked.consent is not None
        are_long = any(len(choice.text) > _SHORT for choice in asked.choices)
        self.text.say("" if is_consent else asked.text)
        self.tick.setVisible(is_consent)
        if is_consent:
            self.tick.say(asked.text)
        cards = [Choice(choice.id, choice.text, notes.get(choice.id, "")) for choice in asked.choices]
        self.cards.show_cards(cards if are_long else [])
        self.cards.choose("")
        self.cards.setVisible(are_long)
        self._clear_buttons()
        if is_consent:
            self._add_button(DONE, _("Go on"), "primary")
            self._add_button(CANNOT, _("Do not test"))
        elif asked.is_instruction:
            self._add_button(DONE, _("I have done it"), "primary")
            self._add_button(CANNOT, _("I cannot"))
        elif are_long:
            self._add_button(DONE, _("Go on"), "primary")
        else:
            for choice in asked.choices:
                self._add_button(choice.id, choice.text)
        self.link_button.say(link_text if link else "")
        self._row.addWidget(self.link_button)
        self._row.addStretch(1)
        self._allow()
        self.show()
        announce(self, asked.text, urgent=True)

    def dismiss(self) -> None:
        """The work does not wait any more."""
        self._asked = None
        self.hide()

    @property
    def asked(self) -> Asked | None:
        return self._asked

    def _want_link(self) -> None:
        self.link_wanted.emit(self._link)

    def _clear_buttons(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.link_button:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}

    def _add_button(self, answer: str, text: str, kind: str = "") -> None:
        button = Button(text, kind)
        button.clicked.connect(self._answering(answer))
        self.buttons[answer] = button
        self._row.addWidget(button)

    def _answering(self, answer: str) -> Callable[[], None]:
        return lambda: self._give(answer)

    def _allow(self) -> None:
        go_on = self.buttons.get(DONE)
        if go_on is not None:
            lacks_tick = not self.tick.isHidden() and not self.tick.is_set
            lacks_choice = not self.cards.isHidden() and not self.cards.choice()
            go_on.setEnabled(not (lacks_tick or lacks_choice))

    def _give(self, answer: str) -> None:
        asked = self._asked
        if asked is None:
            return
        given = self.cards.choice() if answer == DONE and not self.cards.isHidden() else answer
        self.dismiss()
        self.closed.emit()
        asked.answer(given)


def ways_by_choice(cast: trial.Cast, until: str) -> dict[str, str]:
    """The three ways out, each beside the answer that chooses it. until: "" where it is not known."""
    return dict(zip((RETRY, OTHER_SIDE, WAIT), trial.ways_out(cast, until), strict=True))


def place_of(question: str, world: World, live_chat: App | None) -> tuple[str, str]:
    """Where a question of the test is acted on: link and its label, empty where there is none."""
    if question == "way_out":
        return world.link("{facebook}/settings?tab=advanced_messaging"), _("Open the setting on Facebook")
    if question == "close_in_live_chat":
        return live_chat_link(world, live_chat), _("Open the live chat")
    return "", ""


def live_chat_link(world: World, live_chat: App | None) -> str:
    """Where the live chat is worked in, "" where this world does not know."""
    if live_chat is not None and live_chat.id == page_inbox().id:
        return world.link("{business}/latest/inbox/all")
    return world.livechat
