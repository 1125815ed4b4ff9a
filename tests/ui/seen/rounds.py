"""Ways through the program that show every page and state of it. Each yields what is worth a look.

They go by what every page has (cards, fold-outs, the main button, trouble, help), so that they see what is added later,
too. Nothing here goes by English words."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import TimeoutError as QtTimeout
from pytestqt.qtbot import QtBot

from tests.measure.tour import Tour
from tests.simulator.world import PracticeWorld
from tests.ui.check_screen import remember_token, set_up
from tests.ui.hands import click
from tests.ui.harness import STARTED, Window, window_for_a_while
from tests.ui.set_up import logged_in, new_session, ready, saved, session_in, without_token
from tests.ui.test_page_recovery import Left
from wizard.core.answers import Answers, TestOutcome, with_changes
from wizard.core.flow import SETUP, StepId
from wizard.ui.services import FailureText
from wizard.ui.theme import Theme
from wizard.ui.widgets.cards import Card
from wizard.ui.widgets.disclosure import Disclosure
from wizard.ui.widgets.secret_field import SecretField
from wizard.words import starting

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


def route(place: Place) -> Iterator[Sight]:
    """The real program from Welcome to Finished, with a whole test."""
    tour = Tour(place.world.scenario("new-page"), place.theme, slow_return=True)
    for moment in tour.moments():
        yield Sight(moment, tour.window)
    tour.close()


def steps_done(place: Place) -> Iterator[Sight]:
    """Each step of a set-up that is done but for its test, and what a person may unfold and choose there."""
    session = session_in(place.world, "happy-routing")
    answers = ready(session, place.world)
    for step in SETUP.route(answers):
        with window_for_a_while(place.qtbot, session, answers, step.id) as window:
            if window.step() is step.id:
                yield from looked_through(window, f"done-{step.id.value}")


def steps_without_token(place: Place) -> Iterator[Sight]:
    """The same for a person who has no token, and skipped the test."""
    session = session_in(place.world, "happy-routing")
    skipped = {"test": TestOutcome.SKIPPED, "test_skipped_because": "Tomorrow"}
    answers = with_changes(saved(without_token(place.world), place.world), **skipped)
    for step in SETUP.route(answers):
        with window_for_a_while(place.qtbot, session, answers, step.id) as window:
            if window.step() is step.id:
                yield from looked_through(window, f"by-hand-{step.id.value}", chooses=False)


def steps_open(place: Place) -> Iterator[Sight]:
    """Each step while it is the one to be done, and what it says to somebody who presses the main button at once."""
    session = session_in(place.world, "happy-routing")
    full = logged_in(session, place.world)
    no_apps = with_changes(full, live_chat=None)
    for name, answers in (("new", Answers(started=True)), ("log-in", STARTED), ("apps", no_apps), ("roles", full)):
        step = SETUP.reachable(answers)[-1].id
        with window_for_a_while(place.qtbot, session, answers, step) as window:
            yield from looked_through(window, f"open-{name}")


def ways_to_log_in(place: Place) -> Iterator[Sight]:
    """Every kind of token, a person with many Pages, and the log-in in the browser."""
    place.world.scenario("sixty-pages")
    for name in sorted(place.world.start["tokens"]):
        with window_for_a_while(place.qtbot, new_session(place.world), STARTED, StepId.LOG_IN) as window:
            field = next(one for one in window.page.findChildren(SecretField) if one.isVisible())
            QGuiApplication.clipboard().setText(place.world.token(name))
            click(field.paste_button)
            window.wait()
            yield Sight(f"token-{name}", window.shell, through=window)
    place.world.scenario("happy-routing")
    session = new_session(place.world, has_log_in=True)
    with window_for_a_while(place.qtbot, session, STARTED, StepId.LOG_IN) as window:
        window.until(window.shell.next_button.isEnabled)
        window.begin()
        window.until(lambda: bool(window.opened))
        yield Sight("log-in-waiting", window.shell, through=window)


def check_screen(place: Place) -> Iterator[Sight]:
    """Nothing to check, one Page, and two: before and after."""
    for name, pages in (("none", 0), ("one", 1), ("two", 2)):
        session = session_in(place.world, "happy-routing")
        for at in range(pages):
            session.save_setup(set_up(place.world, *(() if at == 0 else ("200000000000001", "Harbour Books"))))
        remember_token(session, place.world)
        with window_for_a_while(place.qtbot, session, Answers(), StepId.WELCOME) as window:
            window.shell.open_aside("check")
            window.wait()
            yield Sight(f"check-{name}", window.shell, through=window)
            if pages and window.shell.next_button.isEnabled():
                window.press_main()
                yield from looked_through(window, f"checked-{name}", presses=False)


def recovery(place: Place) -> Iterator[Sight]:
    """A test that died: at the next start, on its own screen, and brought back."""
    session = session_in(place.world, "happy-routing")
    left = Left(place.qtbot, place.world, session, ready(session, place.world))
    left.die_after_pass()
    with window_for_a_while(place.qtbot, session, left.answers, StepId.WELCOME) as window:
        yield Sight("recovery-notice", window.shell, through=window)
        window.shell.open_aside("recovery")
        window.wait()
        yield Sight("recovery", window.shell, through=window)
        window.press_main()
        yield Sight("recovery-over", window.shell, through=window)


def around_the_page(place: Place) -> Iterator[Sight]:
    """Help, About, trouble, and the sheet that lies over the window while something is brought back."""
    session = session_in(place.world, "happy-routing")
    with window_for_a_while(place.qtbot, session, ready(session, place.world), StepId.ROLES) as window:
        shell = window.shell
        shell.page.show_trouble(FailureText(*starting.open_elsewhere(), details="GET me\n190/463", link_text=""))
        yield Sight("trouble", shell, through=window)
        shell.page.clear_trouble()
        shell.overlay.show_over(starting.open_elsewhere()[0], starting.open_elsewhere()[1])
        yield Sight("overlay", shell, through=window, over=shell.overlay)
        shell.overlay.hide()
        shell.show_help()
        yield _help(window, "help")
        assert shell.help_panel is not None
        shell.help_panel.show_about()
        about = shell.help_panel.about_panel
        assert about is not None
        window.until(lambda: bool(about.licences.toPlainText()))
        yield Sight("about", about.window(), is_dialog=about.window() is not shell)
        if about.window() is not shell:
            about.window().close()


ROUNDS: dict[str, Round] = {
    one.__name__: one
    for one in (
        route,
        steps_done,
        steps_without_token,
        steps_open,
        ways_to_log_in,
        check_screen,
        recovery,
        around_the_page,
    )
}


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
        click(card)
        _rest(window)
        if type(window.page) is not kind:
            return
        yield Sight(f"{name}-card-{number}", window.shell, through=window)
    if _unfold(window.page):
        _rest(window)
        yield Sight(f"{name}-unfolded", window.shell, through=window)
    if presses and window.step() not in _ACTS and window.shell.next_button.isEnabled():
        window.begin()
        _rest(window)
        if type(window.page) is kind:
            yield Sight(f"{name}-pressed", window.shell, through=window)


def _next_card(page: QWidget, done: set[str]) -> Card | None:
    """Each choice may bring others."""
    for card in page.findChildren(Card):
        if card.key not in done and card.isVisible() and card.isEnabled() and not card.isChecked():
            return card
    return None


def _unfold(page: QWidget) -> bool:
    """Open what can be opened, and what is in it; whether there was anything. Some close as another opens."""
    tried: list[Disclosure] = []
    while closed := [
        one for one in page.findChildren(Disclosure) if one.isVisible() and not one.is_open and one not in tried
    ]:
        tried += closed
        for one in closed:
            one.open()
    return bool(tried)


def _help(window: Window, name: str) -> Sight:
    """As a part of the window, or as a window of its own."""
    panel = window.shell.help_panel
    assert panel is not None
    is_dialog = panel.isWindow()
    return Sight(name, panel if is_dialog else window.shell, is_dialog, None if is_dialog else window, panel)


def _rest(window: Window) -> None:
    """Until no work runs; what waits for a person or for Facebook goes on."""
    with suppress(QtTimeout):
        window.until(lambda: not window.runner.is_busy and not window.page.is_busy, 1_000)
