""" "I have no token": get one, ask somebody for one, or go on without."""

from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wizard.i18n.language import _
from wizard.ui.layout import Panel, column
from wizard.ui.pages.log_in.ask_somebody import AskSomebody
from wizard.ui.pages.log_in.get_token import GetOneGuide
from wizard.ui.pages.log_in.page_by_hand import PageByHand
from wizard.ui.services import Services
from wizard.ui.widgets.cards import CardGroup, CardOption

GET_ONE, ASK, WITHOUT = "get_one", "ask", "without"
_Part = TypeVar("_Part", GetOneGuide, AskSomebody, PageByHand)


class NoTokenPanel(Panel):
    """Three ways as cards, the chosen one unfolded below, made only then. `way_chosen` with GET_ONE, ASK or WITHOUT."""

    way_chosen = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._parts: dict[str, GetOneGuide | AskSomebody | PageByHand] = {}
        self.ways = CardGroup(_("How do you want to go on?"), parent=self)
        self.ways.show_cards(
            [
                CardOption(
                    GET_ONE, _("I get a token myself"), _("You manage the Page and have a role on the bot’s app.")
                ),
                CardOption(
                    ASK, _("Somebody else makes one for me"), _("Copy a message that says exactly what is needed.")
                ),
                CardOption(
                    WITHOUT,
                    _("I go on without a token"),
                    _("The wizard guides you; you check by eye. You can log in later."),
                ),
            ]
        )
        self.ways.chosen.connect(self._choose)
        self._column = column(self, spacing=1)
        self._column.addWidget(self.ways)
        self.ways.choose(GET_ONE)

    @cached_property
    def get_one(self) -> GetOneGuide:
        return self._added(GET_ONE, GetOneGuide(self._services, parent=self))

    @cached_property
    def ask(self) -> AskSomebody:
        return self._added(ASK, AskSomebody(self._services, parent=self))

    @cached_property
    def without(self) -> PageByHand:
        return self._added(WITHOUT, PageByHand(parent=self))

    def _added(self, way: str, part: _Part) -> _Part:
        self._parts[way] = part
        self._column.addWidget(part)
        part.setVisible(way == self.way())
        return part

    def way(self) -> str:
        return self.ways.choice()

    def draft(self) -> tuple[tuple[str, ...], str]:
        """The ways that have been unfolded so far, the first one first; and the chosen one."""
        return tuple(self._parts), self.way()

    def restore_draft(self, unfolded: tuple[str, ...], chosen: str) -> None:
        for way in unfolded:
            self._make(way)
        self.ways.choose(chosen)

    def _make(self, way: str) -> GetOneGuide | AskSomebody | PageByHand:
        """What is unfolded below the card of a way, hidden as long as the way is not chosen."""
        return self.get_one if way == GET_ONE else self.ask if way == ASK else self.without

    def _choose(self, way: str) -> None:
        for key, part in self._parts.items():
            part.setVisible(key == way)
        self._make(way).show()
        self.way_chosen.emit(way)
