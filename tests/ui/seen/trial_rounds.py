"""The test of a handover in the states a person meets, and the window as a panel beside the browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.ui.handover_stage import TestWindow
from tests.ui.hands import click
from tests.ui.harness import AT_LOG_IN, window_for_a_while
from tests.ui.seen.sights import Place, Sight, rest
from tests.ui.set_up import logged_in, ready, saved, session_in, without_token
from wizard.core.answers import Answers
from wizard.core.flow import StepId
from wizard.ui.pages.handover_test.stage import Stage
from wizard.ui.widgets.open_place import OpenPlace


def handover_tests(place: Place) -> Iterator[Sight]:
    """What a test looks for, asks, waits for, and how it ends."""
    with _at_test(place, "happy-routing") as window:
        window.begin()
        yield Sight("test-looking", window.shell, through=window)
        window.send_code()
        window.until_stage(Stage.READY)
        window.begin()
        window.until(lambda: window.page.live.prompt.isVisible())
        yield Sight("test-told", window.shell, through=window)
        window.press_second()
        window.until_stage(Stage.READY)
        window.wait()
        yield Sight("test-stopped", window.shell, through=window)
    with _at_test(place, "take-refused-when-held") as window:
        window.start_test()
        window.until(lambda: window.page.live.question.asked is not None)
        yield Sight("test-way-out", window.shell, through=window)
        window.press_second()
        window.until_stage(Stage.READY)
        window.wait()
        yield Sight("test-left-open", window.shell, through=window)
    with _at_test(place, "social-route-elsewhere") as window:
        window.start_test()
        window.until_stage(Stage.OVER)
        window.wait()
        yield Sight("test-other-answers", window.shell, through=window)
    with _at_test(place, "same-code-twice") as window:
        window.begin()
        window.send_code()
        window.until_stage(Stage.CHOOSE)
        rest(window)
        yield Sight("test-choose", window.shell, through=window)
    with _at_test(place, "happy-routing", saved(without_token(place.world))) as window:
        window.begin()
        window.until(lambda: window.page.live.question.asked is not None)
        yield Sight("test-by-eye", window.shell, through=window)
        window.press_second()
        window.until_stage(Stage.READY)


def beside_browser(place: Place) -> Iterator[Sight]:
    """Every page that has something to do in the browser, as a narrow panel."""
    session = session_in(place.world, "new-page")
    full = logged_in(session, place.world)
    done = saved(full)
    for step, answers in (
        (StepId.LOG_IN, AT_LOG_IN),
        (StepId.ROLES, full),
        (StepId.ROLES, done),
        (StepId.BOT_SETTINGS, done),
        (StepId.TEST, done),
    ):
        with window_for_a_while(place.qtbot, session, answers, step) as window:
            assert window.step() is step
            offered = [one.beside_button for one in window.page.findChildren(OpenPlace) if one.isVisible()]
            click(offered[0]) if offered else window.page.services.beside.choose()
            rest(window)
            is_done = "-done" if answers is done else ""
            yield Sight(f"beside-{step.value}{is_done}", window.shell, is_dialog=True, through=window)


@contextmanager
def _at_test(place: Place, scenario: str, answers: Answers | None = None) -> Iterator[TestWindow]:
    session = session_in(place.world, scenario)
    full = answers if answers is not None else ready(session, place.world)
    with window_for_a_while(place.qtbot, session, full, StepId.TEST) as shown:
        yield TestWindow(place.qtbot, shown.shell, session, shown.runner, shown.opened, place.world)
