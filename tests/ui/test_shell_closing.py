"""Closing the window, or leaving a page, waits for what the page must bring back, and not for ever."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.measure.tour import settle
from tests.ui import demo
from tests.ui.cut_text import cut_texts
from tests.ui.hands import click, press
from tests.ui.harness import shown
from wizard.core.flow import StepId
from wizard.ui.jobs import StopReason, StopState
from wizard.ui.services import Services
from wizard.ui.theme import Theme


class Bringing(StopState):
    def __init__(self) -> None:
        super().__init__("Bringing the conversation back…")


def test_close_waits_for_what_the_page_must_bring_back(
    qtbot: QtBot, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = shown(qtbot, demo.make_shell(services, demo.AT_TEST, StepId.TEST))
    state, asked = Bringing(), []

    def stop(reason: StopReason) -> StopState:
        asked.append(reason)
        return state

    monkeypatch.setattr(shell.page, "stop", stop)
    shell.close()
    assert asked == [StopReason.CLOSING]
    assert shell.isVisible()
    assert shell.overlay.isVisible()
    assert shell.overlay.sentence() == state.sentence
    shell.close()
    assert shell.isVisible()  # a second press does not cut it short
    with qtbot.waitSignal(shell.closed):
        state.finish()
    assert not shell.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Q, Qt.Key.Key_W])
def test_keys_that_close_windows_close_it_with_the_same_care(
    qtbot: QtBot, services: Services, monkeypatch: pytest.MonkeyPatch, key: Qt.Key
) -> None:
    shell = shown(qtbot, demo.make_shell(services, demo.AT_TEST, StepId.TEST))
    state = Bringing()
    monkeypatch.setattr(shell.page, "stop", lambda reason: state)
    press(shell.page, key, Qt.KeyboardModifier.ControlModifier)
    assert shell.overlay.isVisible()
    with qtbot.waitSignal(shell.closed):
        state.finish()


def test_close_does_not_wait_for_ever(qtbot: QtBot, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.core.limits.RESTORE_ON_EXIT", 0.03)
    shell = shown(qtbot, demo.make_shell(services, demo.AT_TEST, StepId.TEST))
    state = Bringing()
    monkeypatch.setattr(shell.page, "stop", lambda reason: state)
    with qtbot.waitSignal(shell.closed, timeout=3_000):
        shell.close()
    assert not state.is_finished


def test_close_stops_the_work_of_a_page(qtbot: QtBot, services: Services) -> None:
    shell = shown(qtbot, demo.make_shell(services, demo.ALL_DONE, StepId.APPS))
    shell.page.run(lambda job: job.cancel.wait(60), lambda result: None, "Reading")
    with qtbot.waitSignal(shell.closed, timeout=2_000):
        shell.close()


def test_leaving_a_page_waits_too(qtbot: QtBot, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = shown(qtbot, demo.make_shell(services, demo.AT_TEST, StepId.TEST))
    state = Bringing()
    monkeypatch.setattr(shell.page, "stop", lambda reason: state)
    page = shell.page
    click(shell.back_button)
    assert shell.page is page
    state.finish()
    assert shell.page.step is StepId.BOT_SETTINGS
    assert not shell.overlay.isVisible()


def test_the_sheet_grows_and_shrinks_with_its_text(qtbot: QtBot, services: Services, theme: Theme) -> None:
    shell = shown(qtbot, demo.make_shell(services, demo.AT_TEST, StepId.TEST))
    text = "Your customers notice nothing of it. Please wait until it is done, which takes a few seconds."
    shell.overlay.show_over("Bringing the conversation back…", text, "Do not wait")
    settle(shell)
    first = shell.overlay.card.size()
    for scale in (2.0, 1.0):
        theme.use_text_scale(scale)
        settle(shell)
        assert not cut_texts(shell.overlay)
        assert (shell.overlay.card.size() == first) is (scale == 1.0)
