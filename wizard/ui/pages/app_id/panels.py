"""Parts of the App ID page: the number in big letters, the cards, and the places chosen already."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.core.products import DEVELOPER
from wizard.core.target import TargetProblem
from wizard.i18n.language import _
from wizard.targets.presets import Preset, Presets
from wizard.ui.garbage import delete_later
from wizard.ui.layout import Panel, column, laid_out_once, row
from wizard.ui.services import CopyPlace
from wizard.ui.widgets.button import Button
from wizard.ui.widgets.cards import Card, CardGroup, CardOption
from wizard.ui.widgets.copy_row import CopyRow
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.text import Text

# Troubles that no other file or key would help.
NOT_ABOUT_THE_FIELDS = frozenset({TargetProblem.UNKNOWN_PRESET, TargetProblem.BAD_APP_ID})


class BigCopyRow(CopyRow):
    """A value to be compared digit by digit."""

    def __init__(self, clipboard: CopyPlace, parent: QWidget | None = None) -> None:
        super().__init__(clipboard, parent=parent)
        self.copy_button.set_kind("")  # the page's main action is another
        self.value_line.setProperty("role", "title")


class _Kind(Enum):
    """In the order in which they are shown."""

    SOMEBODY = 0
    PLATFORM = 1
    FILE = 2
    API = 3


_FOR_DEVELOPERS = frozenset({_Kind.FILE, _Kind.API})


def _kind(preset: Preset) -> _Kind:
    if preset.name == DEVELOPER:
        return _Kind.SOMEBODY
    if preset.is_guided:
        return _Kind.PLATFORM
    return _Kind.API if preset.is_http else _Kind.FILE


class PlaceCards(CardGroup):
    """The places for the App ID, under a heading for each kind. What only developers know is folded away until it is
    asked for or chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Where does your bot keep it?"), parent)
        self.headings: list[Text] = []
        self._shown: object = None
        self._folded: list[QWidget] = []
        self.for_developers = Disclosure(_("For developers: you run the bot yourself"), Panel(), self)
        self.for_developers.opened.connect(self._show_folded)
        self.chosen.connect(self._open_for)

    def show_places(self, presets: Presets) -> None:
        """Replace the cards; the choice stays if it is still there. Where nothing is new they stay as they are."""
        places = sorted(presets.by_name.values(), key=lambda preset: _kind(preset).value)
        choices = [CardOption(preset.name, preset.title, preset.text) for preset in places]
        headings = (
            (_Kind.SOMEBODY, _("Somebody else looks after the bot")),
            (_Kind.PLATFORM, _("Bot platforms")),
            (_Kind.FILE, _("For developers: files of a bot you run")),
            (_Kind.API, _("For developers: bots with a settings API")),
        )
        if self._shown == (choices, headings):
            return
        self._shown = choices, headings
        for heading in self.headings:
            self._column.removeWidget(heading)
            heading.setParent(None)
            delete_later(heading)
        self.headings, self._folded = [], []
        self._column.removeWidget(self.for_developers)
        self.show_cards(choices)
        for kind, words in headings:
            cards = [self.card(preset.name) for preset in places if _kind(preset) is kind]
            if not cards:
                continue
            heading = Text(role="small")
            self._column.insertWidget(self._column.indexOf(cards[0]), heading)
            heading.set_text(words)  # only now: what has no parent yet would show as a window of its own
            self.headings.append(heading)
            if kind in _FOR_DEVELOPERS:
                if not self._folded:
                    self._column.insertWidget(self._column.indexOf(heading), self.for_developers)
                self._folded += [heading, *cards]
        self.for_developers.setVisible(bool(self._folded))
        self._open_for(self.choice())
        self._show_folded(self.for_developers.is_open)

    def choose(self, key: str) -> None:
        super().choose(key)
        self._open_for(key)

    def _open_for(self, key: str) -> None:
        if any(isinstance(one, Card) and one.key == key for one in self._folded):
            self.for_developers.open()

    def _show_folded(self, wanted: bool) -> None:
        with laid_out_once(self):
            for one in self._folded:
                one.setVisible(wanted)


class FurtherPlaces(Panel):
    """The places that were chosen already, of a bot that keeps the App ID in several; each can be taken away again."""

    removed = Signal(int)  # its number, from 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = column(self, spacing=0.3)
        self.heading = Text(role="section")
        self._column.addWidget(self.heading)
        self.remove_buttons: list[Button] = []
        self._rows: list[QWidget] = []
        self.hide()

    def show_places(self, names: Sequence[str]) -> None:
        """names: in words, as "Flow.ai" or "Bottender: /srv/bot/.env"."""
        for line in self._rows:
            self._column.removeWidget(line)
            line.setParent(None)
            delete_later(line)
        self._rows, self.remove_buttons = [], []
        self.heading.set_text(_("It goes into these places too:"))
        for number, name in enumerate(names):
            line = QWidget()
            parts = row(line)
            text, button = Text(selectable=True), Button(kind="link")
            text.set_text(name)
            button.set_text(_("Remove"))
            button.setAccessibleName(_("Remove {place}").format(place=name))
            button.clicked.connect(lambda _checked=False, number=number: self.removed.emit(number))
            parts.addWidget(text, 1)
            parts.addWidget(button)
            self._column.addWidget(line)
            self._rows.append(line)
            self.remove_buttons.append(button)
        self.setVisible(bool(names))
