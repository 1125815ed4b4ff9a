"""Back and Next stay where they are, whatever the page, and what comes and goes moves neither them nor a field."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui import demo, harness
from tests.ui.hands import press
from tests.ui.harness import Window, open_window
from tests.ui.set_up import new_session, ready
from wizard.core.answers import TestOutcome, with_changes
from wizard.core.flow import SETUP, StepId
from wizard.ui.metrics import PAGE_WIDEST, em
from wizard.ui.services import FailureText, Services
from wizard.ui.theme import Theme
from wizard.ui.window.page_frame import PageFrame

SIZES = ((800, 600), (1040, 720), (1366, 740), (2560, 1400))


def at(qtbot: QtBot, world: PracticeWorld) -> Window:
    session = new_session(world)
    return open_window(qtbot, session, with_changes(ready(session, world), test=TestOutcome.PASSED), StepId.WELCOME)


def corner(widget: QWidget, window: Window, is_end: bool) -> QPoint:
    """The lower corner at the beginning or the end of the line."""
    return widget.mapTo(window.shell, widget.rect().bottomRight() if is_end else widget.rect().bottomLeft())


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_back_and_next_stand_at_the_same_place_on_every_page(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, scale: float
) -> None:
    window = at(qtbot, world)
    theme.use_text_scale(scale)
    shell = window.shell
    for size in SIZES:
        shell.resize(*size)
        seen = [_ends(window)]
        for step in SETUP.reachable(window.answers):
            shell.open_step(step.id)
            window.wait()
            seen.append(_ends(window))
        shell.open_aside("check")
        window.wait()
        seen.append(_ends(window))
        shell.open_aside("")
        assert len({end for _start, end in seen}) == 1, (size, seen)
        assert len({start for start, _end in seen if start}) == 1, (size, seen)
        assert shell.rect().contains(QPoint(*seen[0][1]))


Ends = tuple[object, tuple[int, int]]


def _ends(window: Window) -> Ends:
    """As they are once the layout rests."""
    read: list[Ends] = []

    def is_at_rest() -> bool:
        read.append(_ends_now(window))
        return len(read) > 5 and len(set(read[-5:])) == 1

    window.until(is_at_rest)
    return read[-1]


def _ends_now(window: Window) -> Ends:
    """The outer lower corners of Back, None where it is hidden, and of Next."""
    back = window.shell.back_button
    start = corner(back, window, False).toTuple() if back.isVisible() else None
    return start, corner(window.shell.next_button, window, True).toTuple()


def test_a_page_is_never_wider_than_the_eye_follows_and_stands_in_the_middle(
    qtbot: QtBot, world: PracticeWorld
) -> None:
    window = at(qtbot, world)
    shell = window.shell
    shell.resize(2560, 1400)
    qtbot.waitUntil(lambda: shell.page.width() <= em(PAGE_WIDEST) <= 820)
    left = shell.page.mapTo(shell.stack, QPoint()).x()
    right = shell.stack.width() - left - shell.page.width()
    assert abs(left - right) <= 2
    assert abs(corner(shell.back_button, window, False).x() - shell.page.mapTo(shell, QPoint()).x()) <= 2


class _Heights(QObject):
    """Notes each height that a part gets."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self.seen: list[int] = []
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self.seen.append(event.size().height())
        return False


@pytest.mark.parametrize("second", ["", "Write an e-mail"])
def test_longer_words_on_a_button_move_no_page(qtbot: QtBot, world: PracticeWorld, second: str) -> None:
    window = at(qtbot, world)
    shell, button = window.shell, window.shell.footer.next_button
    shell.footer.show_texts("OK", "", "", True)
    _ends(window)
    before = button.width()
    heights = _Heights(shell.stack).seen
    shell.footer.show_texts("Log in with Facebook (Lumen Coffee)", second, "", True)
    _ends(window)
    assert button.width() >= button.sizeHint().width() > before
    assert heights == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_neither_the_field_nor_the_main_button_moves_when_an_error_or_work_comes_and_goes(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, scale: float
) -> None:
    window = open_window(qtbot, new_session(world))
    theme.use_text_scale(scale)
    window.shell.resize(1040, 720)
    page, parts = window.page, (window.page.title_label, window.page.first_field(), window.shell.next_button)

    def places() -> list[tuple[int, int]]:
        _ends(window)
        return [part.mapTo(window.shell, QPoint()).toTuple() for part in parts]

    before = places()
    page.show_trouble(FailureText("Facebook could not be reached.", "Check that this computer is online.", "Call: x"))
    qtbot.waitUntil(page.notice.isVisible)
    assert places() == before
    page.clear_trouble()
    assert places() == before
    job = page.run(lambda job: job.cancel.wait(60), lambda _result: None, "Reading")
    qtbot.waitUntil(page.progress.isVisible)
    assert places() == before
    with qtbot.waitSignal(job.finished):
        page.stop_work()
    assert places() == before


def test_a_long_error_leaves_half_of_the_room_to_the_page(qtbot: QtBot, world: PracticeWorld, theme: Theme) -> None:
    window = open_window(qtbot, new_session(world))
    theme.use_text_scale(2.0)
    window.shell.resize(800, 600)
    window.page.show_trouble(FailureText("It did not work. " * 20, "Try again. " * 20))
    _ends(window)
    frame = window.shell.stack.currentWidget()
    assert isinstance(frame, PageFrame)
    assert frame.area.height() >= frame.height() // 2
    assert window.shell.rect().contains(corner(window.shell.next_button, window, True))


def _has_keyboard_in_sight(window: Window) -> bool:
    frame, part = window.shell.stack.currentWidget(), window.shell.focusWidget()
    assert isinstance(frame, PageFrame)
    view = frame.area.viewport()
    return view.rect().contains(part.mapTo(view, part.rect().bottomLeft()))


@pytest.mark.parametrize("size", [(1040, 720), (800, 600)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_page_opens_at_its_top_with_the_keyboard_in_sight(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, scale: float, size: tuple[int, int]
) -> None:
    window = at(qtbot, world)
    theme.use_text_scale(scale)
    window.shell.resize(*size)
    _ends(window)
    for step in SETUP.reachable(window.answers)[1:]:
        window.shell.open_step(step.id)
        window.wait()
        _ends(window)
        frame = window.shell.stack.currentWidget()
        assert isinstance(frame, PageFrame)
        assert frame.verticalScrollBar().value() == 0, step
        window.until(lambda: _has_keyboard_in_sight(window))


def test_the_keyboard_of_a_part_that_goes_is_on_the_title_from_where_enter_goes_on(
    qtbot: QtBot, services: Services
) -> None:
    shell = harness.shown(qtbot, demo.make_shell(services, demo.READY_FOR_TEST, StepId.APPS))
    field = shell.page.first_field()
    assert field is not None
    for goes in (field.hide, lambda: field.setEnabled(False)):
        field.show()
        field.setEnabled(True)
        field.setFocus()
        goes()
        assert shell.focusWidget() is shell.page.title_label
    press(shell.focusWidget(), Qt.Key.Key_Return)
    assert shell.page.step is StepId.ROLES


def test_larger_text_shows_the_same_part_of_the_page_and_not_its_end(
    qtbot: QtBot, world: PracticeWorld, theme: Theme
) -> None:
    window = at(qtbot, world)
    shell, bar = window.shell, window.shell.stack.area(window.page).verticalScrollBar()
    shell.resize(1366, 500)
    _ends(window)
    shell.resize(1366, 500 + bar.maximum() - 60)
    _ends(window)
    shell.next_button.setFocus()
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)  # as a person scrolls
    assert bar.value() == bar.maximum() == 60
    sentence = window.page.sentence_label
    assert not sentence.visibleRegion().isEmpty()
    theme.use_text_scale(2.0)
    _ends(window)
    assert not sentence.visibleRegion().isEmpty()
