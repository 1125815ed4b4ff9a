"""Ways through the program that show every page and state of it. Each yields what is worth a look.

They go by what every page has (cards, fold-outs, the main button, trouble, help), so that they see what is added later,
too. Nothing here goes by English words."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtGui import QGuiApplication

from tests.measure.tour import Tour
from tests.ui.check_screen import remember_token, set_up
from tests.ui.hands import click
from tests.ui.harness import AT_LOG_IN, Window, window_for_a_while
from tests.ui.left_behind import Left
from tests.ui.seen.sights import Place, Round, Sight, looked_through
from tests.ui.seen.trial_rounds import beside_browser, handover_tests
from tests.ui.set_up import logged_in, new_session, ready, saved, session_in, without_token
from wizard.core.answers import Answers, TestOutcome, with_changes
from wizard.core.errors import ErrorKind, Failure
from wizard.core.flow import SETUP, StepId
from wizard.core.products import Product
from wizard.core.target import TargetChoice
from wizard.i18n.language import _
from wizard.ui.services import FailureText
from wizard.ui.widgets.secret_field import SecretField
from wizard.words import errors


def route(place: Place) -> Iterator[Sight]:
    """The real program from Welcome to Finished, with a whole test."""
    tour = Tour(place.world.scenario("new-page"), place.theme, slow_return=True)
    for moment in tour.moments():
        yield Sight(moment, tour.window)
    tour.close()


def steps_done(place: Place) -> Iterator[Sight]:
    """Each step of a set-up that is done but for its test, and what a person may unfold and choose there."""
    done = ready(session_in(place.world, "happy-routing"), place.world)
    for step in SETUP.route(done):
        session = session_in(place.world, "happy-routing")  # what is pressed at one step is not seen at the next
        answers = replace(ready(session, place.world), target=TargetChoice("developer"))  # where it goes was asked
        if step.id is StepId.BOT_SETTINGS:
            answers = replace(answers, bot_product=Product("flow-ai", "Flow.ai"), target=TargetChoice("flow-ai"))
        with window_for_a_while(place.qtbot, session, answers, step.id) as window:
            if window.step() is step.id:
                yield from looked_through(window, f"done-{step.id.value}")


def steps_without_token(place: Place) -> Iterator[Sight]:
    """The same for a person who has no token, and skipped the test."""
    session = session_in(place.world, "happy-routing")
    skipped = {"test": TestOutcome.SKIPPED, "test_skipped_because": "Tomorrow"}
    answers = with_changes(saved(without_token(place.world)), **skipped)
    for step in SETUP.route(answers):
        with window_for_a_while(place.qtbot, session, answers, step.id) as window:
            if window.step() is step.id:
                yield from looked_through(window, f"by-hand-{step.id.value}", chooses=False)


def steps_open(place: Place) -> Iterator[Sight]:
    """Each step while it is the one to be done, and what it says to somebody who presses the main button at once."""
    session = session_in(place.world, "happy-routing")
    full = logged_in(session, place.world)
    no_apps = with_changes(full, live_chat=None)
    for name, answers in (("new", Answers(started=True)), ("log-in", AT_LOG_IN), ("apps", no_apps), ("roles", full)):
        step = SETUP.reachable(answers)[-1].id
        with window_for_a_while(place.qtbot, session, answers, step) as window:
            yield from looked_through(window, f"open-{name}")


def ways_to_log_in(place: Place) -> Iterator[Sight]:
    """Every kind of token, a person with many Pages, and the log-in in the browser."""
    place.world.scenario("sixty-pages")
    for name in sorted(place.world.start["tokens"]):
        with window_for_a_while(place.qtbot, new_session(place.world), AT_LOG_IN, StepId.LOG_IN) as window:
            field = next(one for one in window.page.findChildren(SecretField) if one.isVisible())
            QGuiApplication.clipboard().setText(place.world.token(name))
            click(field.paste_button)
            window.wait()
            yield Sight(f"token-{name}", window.shell, through=window)
    place.world.scenario("happy-routing")
    session = new_session(place.world, has_log_in=True)
    with window_for_a_while(place.qtbot, session, AT_LOG_IN, StepId.LOG_IN) as window:
        window.until(lambda: window.page.ways.has_files and window.shell.next_button.isEnabled())
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
        present = ready(session, place.world) if pages == 1 else Answers()
        with window_for_a_while(place.qtbot, session, present, StepId.WELCOME) as window:
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


def earlier_setups(place: Place) -> Iterator[Sight]:
    """Somebody comes back, and there is an earlier set-up."""
    session = session_in(place.world, "happy-routing")
    answers = with_changes(ready(session, place.world), started=False, token_name="", token_owner=None)
    session.save_setup(replace(answers, page_id="990011223344", page_name="Harbour Books"))
    with window_for_a_while(place.qtbot, session, answers, StepId.WELCOME) as window:
        yield from looked_through(window, "back-welcome")
        window.shell.open_aside("setups")
        window.wait()
        yield Sight("setups", window.shell, through=window)


def around_the_page(place: Place) -> Iterator[Sight]:
    """Help, About, trouble, and the sheet that lies over the window while something is brought back."""
    session = session_in(place.world, "happy-routing")
    with window_for_a_while(place.qtbot, session, ready(session, place.world), StepId.ROLES) as window:
        shell = window.shell
        said = errors.explain(Failure(ErrorKind.NO_CONNECTION, "GET me"))
        shell.page.show_trouble(FailureText(said.title, said.action, details="\n".join(said.details)))
        yield Sight("trouble", shell, through=window)
        shell.page.clear_trouble()
        shell.overlay.show_over(_("Bringing the conversation back…"), "")
        yield Sight("overlay", shell, through=window, over=shell.overlay)
        shell.overlay.hide()
        shell.show_help()
        yield _help(window, "help")
        assert shell.help_panel is not None
        shell.help_panel.explain.text.setPlainText("190/463")
        shell.help_panel.explain.explain()
        window.wait()
        assert shell.help_panel.explain.cards
        yield _help(window, "help-found")
        shell.help_panel.show_about()
        about = shell.help_panel.about_panel
        assert about is not None
        window.until(lambda: bool(about.licences.toPlainText()))
        yield Sight("about", about.window(), is_dialog=about.window() is not shell)
        if about.window() is not shell:
            about.window().close()


def _help(window: Window, name: str) -> Sight:
    """As a part of the window, or as a window of its own."""
    panel = window.shell.help_panel
    assert panel is not None
    is_dialog = panel.isWindow()
    return Sight(name, panel if is_dialog else window.shell, is_dialog, None if is_dialog else window, panel)


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
        earlier_setups,
        beside_browser,
        handover_tests,
        around_the_page,
    )
}
