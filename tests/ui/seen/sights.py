"""What is worth a look in the window, and what every page has to be looked at: cards, fold-outs, the main button."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import TimeoutError as QtTimeout
from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.simulator.world import PracticeWorld
from tests.ui.hands import click
from tests.ui.harness import Window
from wizard.core.flow import StepId
from wizard.ui.pages.bring_into_view import bring_into_view
from wizard.ui.theme import Theme
from wizard.ui.widgets.cards import Card
from wizard.ui.widgets.disclosure import Disclosure

_MOST_CARDS = 4  # of one question
_ACTS = frozenset({StepId.WELCOME, StepId.TEST, StepId.FINISHED})  # the main button there begins or ends something


@dataclass(frozen=True, slots=True)
class Sight:
    """name: of the page and its state, the same in every language. window: what is looked at. is_dialog: it has a size
    of its own. through: how a person acts in it, None where somebody else does. over: the part of it that lies over
    the rest, None where nothing does."""

    name: str
    window: QWidget
    is_dialog: bool = False
    through: Window | None = None
    over: QWidget | None = None

    @property
    def part(self) -> QWidget:
        """Where texts are to be read."""
        return self.window if self.over is None else self.over


@dataclass(frozen=True, slots=True)
class Place:
    qtbot: QtBot
    world: PracticeWorld
    theme: Theme


Round = Callable[[Place], Iterator[Sight]]


def looked_through(window: Window, name: str, presses: bool = True, chooses: bool = True) -> Iterator[Sight]:
    """A page as it opens, with some cards chosen, all unfolded, and the main button pressed. Whoever looks may have the
    page made anew."""
    kind = type(window.page)
    yield Sight(name, window.shell, through=window)
    done: set[str] = set()
    for number in range(1, _MOST_CARDS + 1 if chooses else 1):
        card = _next_card(window.page, done)
        if card is None:
            break
        done.add(card.key)
        bring_into_view(card)  # nobody clicks what is not seen
        settle(window.shell)
        click(card)
        rest(window)
        if type(window.page) is not kind:
            return
        yield Sight(f"{name}-card-{number}", window.shell, through=window)
    if unfolded := _unfold(window.page):
        rest(window)
        bring_into_view(unfolded[0])
        yield Sight(f"{name}-unfolded", window.shell, through=window)
    if presses and window.step() not in _ACTS and window.shell.next_button.isEnabled():
        window.begin()
        rest(window)
        if type(window.page) is kind:
            yield Sight(f"{name}-pressed", window.shell, through=window)


def _next_card(page: QWidget, done: set[str]) -> Card | None:
    """Each choice may bring others."""
    for card in page.findChildren(Card):
        if card.key not in done and card.isVisible() and card.isEnabled() and not card.isChecked():
            return card
    return None


def _unfold(page: QWidget) -> list[Disclosure]:
    """Open what can be opened, and what is in it; return all that was opened. Some close as another opens."""
    tried: list[Disclosure] = []
    while closed := [
        one for one in page.findChildren(Disclosure) if one.isVisible() and not one.is_open and one not in tried
    ]:
        tried += closed
        for one in closed:
            one.open()
    return tried


def rest(window: Window) -> None:
    """Until no work runs; what waits for a person or for Facebook goes on."""
    with suppress(QtTimeout):
        window.until(lambda: not window.runner.is_busy and not window.page.is_busy, 1_000)
