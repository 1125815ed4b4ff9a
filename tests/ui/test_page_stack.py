"""The next page is made while the person reads this one; until it is entered, it does nothing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui import demo, harness
from tests.ui.set_up import session_in
from wizard.core.answers import Answers
from wizard.core.flow import SETUP, StepId
from wizard.core.resource import resource
from wizard.ui.jobs import JobRunner
from wizard.ui.pages.base import StepPage
from wizard.ui.services import Services
from wizard.ui.window.page_frame import PageFrame
from wizard.ui.window.page_stack import PageMaker, PageStack
from wizard.ui.window.pages import import_all, page_makers
from wizard.ui.window.shell import Shell


class NotedPage(demo.PlainPage):
    """Notes what is done with it."""

    def __init__(self, step: StepId, given: Services, noted: list[str], parent: QWidget | None = None) -> None:
        self._noted = noted
        noted.append(f"{step} made")
        super().__init__(step, given, parent)

    def enter(self, answers: Answers) -> None:
        self._noted.append(f"{self.step} entered")
        super().enter(answers)

    def prepare(self, answers: Answers) -> Iterator[None]:
        self._noted.append(f"{self.step} prepared")
        yield from super().prepare(answers)


def maker(step: StepId, given: Services, noted: list[str]) -> PageMaker:
    return lambda parent: NotedPage(step, given, noted, parent)


def shell_of(qtbot: QtBot, given: Services, noted: list[str]) -> Shell:
    makers = {one.id: maker(one.id, given, noted) for one in SETUP.steps}
    shell = Shell(SETUP, makers, demo.READY_FOR_TEST, given, start=StepId.ROLES)
    qtbot.addWidget(shell)
    with qtbot.waitExposed(shell):
        shell.show()
    noted.clear()
    return shell


def test_the_next_page_is_made_and_left_alone_until_it_is_opened(qtbot: QtBot, services: Services) -> None:
    noted: list[str] = []
    shell = shell_of(qtbot, services, noted)
    shell.preload_pages()
    qtbot.waitUntil(lambda: noted == ["app_id made", "app_id prepared"])
    noted.clear()
    shell.rebuild_pages()
    assert noted == ["roles made", "roles entered"]
    noted.clear()
    qtbot.waitUntil(lambda: noted == ["app_id made", "app_id prepared"])
    noted.clear()
    shell.go_next()
    assert noted == ["app_id entered"]


def test_a_page_that_was_open_is_not_prepared_again(qtbot: QtBot, services: Services) -> None:
    noted: list[str] = []
    looks: list[str] = []

    def is_busy() -> bool:
        looks.append("apps")
        return False

    stack = PageStack(is_busy, lambda: demo.READY_FOR_TEST)
    qtbot.addWidget(stack)
    apps, roles = maker(StepId.APPS, services, noted), maker(StepId.ROLES, services, noted)
    stack.show_page(stack.page("apps", apps))
    stack.preload("apps", apps)
    qtbot.waitUntil(lambda: bool(looks))
    stack.preload("roles", roles)
    qtbot.waitUntil(lambda: "roles prepared" in noted)
    assert noted == ["apps made", "roles made", "roles prepared"]


def test_no_page_is_made_once_the_window_closes(qtbot: QtBot, services: Services) -> None:
    noted: list[str] = []
    shell = shell_of(qtbot, services, noted)
    shell.preload_pages()
    with qtbot.waitSignal(shell.closed):
        shell.close()
    with qtbot.assertNotEmitted(shell.stack.page_made, wait=300):
        assert noted == []


def test_a_page_that_cannot_be_made_leaves_nothing_behind(qtbot: QtBot, services: Services) -> None:
    stack = PageStack(lambda: False, lambda: demo.READY_FOR_TEST)
    qtbot.addWidget(stack)

    def broken(_parent: QWidget) -> StepPage:
        raise ImportError("bad magic number")

    with pytest.raises(ImportError):
        stack.page("apps", broken)
    qtbot.waitUntil(lambda: not stack.findChildren(PageFrame))
    stack.page("apps", maker(StepId.APPS, services, []))
    assert stack.count() == 1


@pytest.mark.parametrize("step", [step for step in StepId if step is not StepId.WELCOME])
def test_a_page_that_is_made_starts_no_work_and_touches_nothing(
    qtbot: QtBot, world: PracticeWorld, step: StepId
) -> None:
    runner, opened = JobRunner(), list[str]()
    import_all()  # a module that is read for the first time is no work of the page
    made = page_makers(harness.services(session_in(world, "new-page"), runner, opened))[step]
    holder = QWidget()
    qtbot.addWidget(holder)
    with touched() as seen:
        page = made(holder)
    assert not runner.is_busy
    assert not opened
    assert seen == []
    world.forget_requests()
    with touched() as seen:
        for _piece in page.prepare(demo.READY_FOR_TEST):
            pass
        qtbot.waitUntil(lambda: not runner.is_busy)
    assert not opened
    assert seen == []
    assert world.requests() == []


@contextmanager
def touched() -> Iterator[list[str]]:
    """Files that are opened meanwhile, except what the program itself brings, and connections that are made."""
    seen: list[str] = []
    is_on = True
    own = resource("style").parent

    def note(event: str, args: tuple[object, ...]) -> None:
        if not is_on:
            return
        if event == "socket.connect" or (event == "open" and not Path(str(args[0])).is_relative_to(own)):
            seen.append(f"{event} {args[0]}")

    sys.addaudithook(note)
    try:
        yield seen
    finally:
        is_on = False
