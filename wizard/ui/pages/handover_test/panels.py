"""Panels of the test and recovery pages: a box to tick, a question with its answers, and leaving the test out."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from wizard.core.trial.restore import OTHER_SIDE, RETRY, WAIT
from wizard.i18n.language import _
from wizard.ui.accessible import announce
from wizard.ui.colours import current_colours
from wizard.ui.garbage import delete_later
from wizard.ui.layout import Panel, column
from wizard.ui.person import CANNOT, DONE, Question
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import Card, CardGroup, CardOption
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.field import Field
from wizard.ui.widgets.notice import paint_box
from wizard.ui.widgets.text import Text
from wizard.ui.widgets.tick import CheckBox
from wizard.ui.widgets.wrapping_row import WrappingRow
from wizard.words import restored, trial

_LONGEST_REASON = 200  # characters: it stands on the last page and in reports
_SHORT = 24  # characters that fit on a button at any text size


class Agreement(Panel):
    """A sentence that names the effect, and the box that agrees to it."""

    changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Text()
        self.box = CheckBox(_("I agree"), parent=self)
        self.box.toggled.connect(self.changed)
        body = column(self, spacing=0.4)
        body.addWidget(self.text)
        body.addWidget(self.box)

    def set_text(self, text: str) -> None:
        """Show another sentence; a tick that was given for a different one is taken back."""
        if text != self.text.text():
            self.box.setChecked(False)
        self.text.setText(text)
        self.box.setAccessibleDescription(text)

    @property
    def is_set(self) -> bool:
        return self.box.isChecked()


class QuestionPanel(Panel):
    """Something the running work waits for. Shown on the page, never as a dialog; `closed` when it is answered."""

    closed = Signal()
    link_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: Question | None = None
        self.text = Text(role="strong")
        self.tick = Agreement()
        self.cards = CardGroup(parent=self)
        self.buttons: dict[str, Button] = {}
        self.link_button = Button(kind="link")
        self.link_button.clicked.connect(self._want_link)
        self._link = ""
        self._row = WrappingRow()
        body = column(self, spacing=0.8, margins=(1.1, 1, 1.1, 1))
        for widget in (self.text, self.tick, self.cards):
            body.addWidget(widget)
        body.addLayout(self._row)
        self.tick.changed.connect(self._allow)
        self.cards.chosen.connect(lambda _key: self._allow())
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current_colours()
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), colours.accent_soft, colours.accent, 1.0)

    def ask(self, asked: Question, notes: Mapping[str, str] | None = None, link: str = "", link_text: str = "") -> None:
        """notes: choice -> what it means, shown with it. link: where it is done, "" for none."""
        self._asked, self._link = asked, link
        notes = notes or {}
        is_consent = asked.consent is not None
        are_long = any(len(choice.text) > _SHORT for choice in asked.choices)
        self.text.set_text("" if is_consent else asked.text)
        self.tick.setVisible(is_consent)
        if is_consent:
            self.tick.set_text(asked.text)
        cards = [CardOption(choice.id, choice.text, notes.get(choice.id, "")) for choice in asked.choices]
        self.cards.show_cards(cards if are_long else [])
        self.cards.choose("")
        self.cards.setVisible(are_long)
        self._clear_buttons()
        self.link_button.set_text(link_text if link else "")
        if asked.is_instruction:  # it is opened before anything is done
            self._row.addWidget(self.link_button)
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
        if not asked.is_instruction:
            self._row.addWidget(self.link_button)
        self._allow()
        self.show()
        announce(self, asked.text, urgent=True)

    def dismiss(self) -> None:
        """The work does not wait any more."""
        self._asked = None
        self.hide()

    @property
    def asked(self) -> Question | None:
        return self._asked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from the choice that is taken: here that is this panel's button, not the window's."""
        focused, go_on = self.focusWidget(), self.buttons.get(DONE)
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and go_on is not None and isinstance(focused, Card) and focused.isChecked():
            go_on.click()
        else:
            super().keyPressEvent(event)

    def _want_link(self) -> None:
        self.link_wanted.emit(self._link)

    def _clear_buttons(self) -> None:
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.hide()
            delete_later(button)
        self._row.removeWidget(self.link_button)
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


def ways_by_choice(cast: trial.TrialApps, until: str) -> dict[str, str]:
    """The three ways out, each beside the answer that chooses it. until: "" where it is not known."""
    return dict(zip((RETRY, OTHER_SIDE, WAIT), restored.ways_out(cast, until), strict=True))


def label_of_link(step: str, is_practice: bool) -> str:
    """What the link of a step or question says. Where it leads: `wizard.actions.trial.link_for`."""
    if step == "way_out":
        return _("Open the setting on Facebook")
    if step == "close_in_live_chat":
        return _("Open the live chat")
    return _("Open the practice Messenger") if is_practice else _("Open Messenger")


class SkipPanel(Panel):
    """Leaving the test out, with the reason that the report will show. Folded away; `skipped` with the reason typed."""

    skipped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = Panel()
        self.field = Field(
            _("Why do you skip it?"),
            _("Your reason goes into the report. Without the test, nobody knows whether it works."),
            parent=self,
        )
        self.button = Button(_("Skip the test"))
        self.button.clicked.connect(self._skip)
        self.field.line.setMaxLength(_LONGEST_REASON)
        self.field.line.installEventFilter(self)
        self.field.line.textChanged.connect(lambda _text: self.field.clear_problem())
        body = column(inside, spacing=0.6)
        body.addWidget(self.field)
        body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.fold = Disclosure(_("Skip the test"), inside, parent=self)
        column(self).addWidget(self.fold)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter skips, and does not go on to the main button: that of the next page by then."""
        is_enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and is_enter:
            self._skip()
            return True
        return super().eventFilter(watched, event)

    def _skip(self) -> None:
        reason = self.field.text().strip()
        if any(character.isalnum() for character in reason):
            self.skipped.emit(reason)
        else:
            self.field.show_problem(lambda: _("Write a few words, for example “I test it tomorrow”."))
            self.field.line.setFocus()
