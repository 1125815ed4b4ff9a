"""The test page (and the recovery screen) in a real window on the practice world, with the set-up done up to step 6."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.demo import PlainPage
from tests.ui.hands import click
from tests.ui.set_up import MachineClock, new_session, no_practice_window
from tests.ui.set_up import logged_in as logged_in_as
from wizard.actions.session import Session
from wizard.core.answers import Answers, SavedHow, TargetChoice, TokenOwner, with_changes
from wizard.core.flow import SETUP, StepId
from wizard.ui.clipboard import Clipboard
from wizard.ui.jobs import JobRunner
from wizard.ui.pages.handover_test.page import HandoverTestPage, Stage
from wizard.ui.pages.recovery.page import RecoveryPage
from wizard.ui.services import Services
from wizard.ui.troubles import explainer
from wizard.ui.window.page_stack import PageMaker
from wizard.ui.window.shell import Shell

WAIT = 15_000  # ms


@dataclass
class TestWindow:
    """opened: the links that went to the browser, which is the one stand-in here."""

    __test__ = False  # for pytest

    shell: Shell
    session: Session
    world: PracticeWorld
    runner: JobRunner
    opened: list[str]
    qtbot: QtBot

    @property
    def page(self) -> HandoverTestPage:
        page = self.shell.page
        assert isinstance(page, HandoverTestPage)
        return page

    @property
    def recovery(self) -> RecoveryPage:
        page = self.shell.page
        assert isinstance(page, RecoveryPage)
        return page

    @property
    def answers(self) -> Answers:
        return self.shell.answers

    def until_stage(self, stage: Stage, timeout: int = WAIT) -> None:
        self.qtbot.waitUntil(lambda: self.page.stage is stage, timeout=timeout)

    def until_seen(self, widget: QWidget, timeout: int = WAIT) -> None:
        self.qtbot.waitUntil(widget.isVisible, timeout=timeout)

    def press_main(self) -> None:
        click(self.shell.next_button)

    def press_second(self) -> None:
        click(self.shell.footer.secondary_button)

    def send_code(self) -> None:
        """The tester scans the code and sends what it puts into Messenger."""
        self.world.instruct("send_code", link=self.page.code.qr.text())

    def find(self) -> None:
        self.press_main()
        self.send_code()
        self.until_stage(Stage.READY)

    def until_asked(self, question: str) -> None:
        panel = self.page.live.question
        self.qtbot.waitUntil(
            lambda: panel.isVisible() and panel.asked is not None and panel.asked.question == question, timeout=WAIT
        )

    def until_told(self, word: str) -> None:
        """Until the page tells the tester to write something with this word in it."""
        prompt = self.page.live.prompt
        self.qtbot.waitUntil(lambda: prompt.isVisible() and word in prompt.title(), timeout=WAIT)


def ready(session: Session, world: PracticeWorld, owner: TokenOwner = TokenOwner.BOT) -> Answers:
    """Every step before the test is done, with the right App ID saved in the bot."""
    answers = with_changes(logged_in_as(session, world, owner), roles_confirmed=frozenset({"done"}))
    return saved(answers, world)


def saved(answers: Answers, world: PracticeWorld) -> Answers:
    app_id = world.app("secondary")
    answers = with_changes(answers, roles_confirmed=frozenset({"done"}), target=TargetChoice("flow-ai"))
    answers = with_changes(answers, saved_app_id=app_id)
    return with_changes(answers, saved_how=SavedHow.CONFIRMED)


def services_of(session: Session, runner: JobRunner, opened: list[str]) -> Services:
    def open_link(address: str) -> bool:
        opened.append(address)
        return True

    clock = session.clock
    explain = explainer(session.world, clock.now)
    return Services(runner, open_link, Clipboard(), clock, explain, session, no_practice_window)


@contextmanager
def window_at_test(
    qtbot: QtBot,
    session: Session,
    world: PracticeWorld,
    answers: Answers,
    start: StepId = StepId.TEST,
) -> Iterator[TestWindow]:
    runner, opened = JobRunner(), list[str]()
    given = services_of(session, runner, opened)
    makers: dict[StepId, PageMaker] = {one.id: partial(PlainPage, one.id, given) for one in SETUP.steps}
    makers[StepId.TEST] = partial(HandoverTestPage, given)
    shell = Shell(
        SETUP,
        makers,
        answers,
        given,
        asides={"recovery": partial(RecoveryPage, given)},
        start=start,
        label=session.world.label,
    )
    shell.resize(1040, 720)
    with qtbot.waitExposed(shell):
        shell.show()
    window = TestWindow(shell, session, world, runner, opened, qtbot)
    try:
        yield window
    finally:
        runner.stop_all(5_000)
        QTest.qWait(0)
        shell.hide()
        shell.deleteLater()


def session_in(world: PracticeWorld, scenario: str) -> Session:
    world.scenario(scenario)
    session = new_session(world)
    assert isinstance(session.clock, MachineClock)
    return session
