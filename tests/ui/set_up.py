"""A window on a practice world that is set up as far as a test wants: real session, real HTTP, a browser that notes."""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.demo import PlainPage
from tests.ui.hands import click
from wizard.actions.practice import join_practice
from wizard.actions.session import Session
from wizard.core.answers import Answers, TokenOwner, with_changes
from wizard.core.cancel import CancelToken
from wizard.core.facts import App
from wizard.core.flow import SETUP, StepId
from wizard.core.secret import Secret
from wizard.store.places import Places
from wizard.ui.clipboard import Clipboard
from wizard.ui.jobs import JobRunner
from wizard.ui.pages.app_id.page import AppIdPage
from wizard.ui.pages.bot_settings.page import BotSettingsPage
from wizard.ui.pages.check.page import CheckPage
from wizard.ui.pages.finished.page import FinishedPage
from wizard.ui.pages.roles.page import RolesPage
from wizard.ui.services import Services
from wizard.ui.troubles import explainer
from wizard.ui.window.page_stack import PageMaker
from wizard.ui.window.shell import Shell
from wizard.vault import Vault


class MachineClock:
    """The machine's own clock; a test may let time pass."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead

    def now(self) -> float:
        return time.time() + self.ahead


def no_practice_window() -> bool:
    raise AssertionError("no page here starts a practice window")


@dataclass
class Window:
    """shell: with the real pages of steps 3, 4, 5 and 7. opened: the links that went to the browser."""

    shell: Shell
    session: Session
    runner: JobRunner
    clock: MachineClock
    opened: list[str] = field(default_factory=list)

    def step(self) -> StepId:
        return self.shell.page.step

    @property
    def page(self) -> Any:
        return self.shell.page

    @property
    def answers(self) -> Answers:
        return self.shell.answers

    def wait(self, qtbot: QtBot) -> None:
        """Until no job runs."""
        qtbot.waitUntil(lambda: not self.runner.is_busy, timeout=10_000)

    def press_main(self, qtbot: QtBot) -> None:
        """Press the main button and wait for what it starts."""
        click(self.shell.next_button)
        self.wait(qtbot)


def new_session(world: PracticeWorld) -> Session:
    """A session with folders and a vault of its own."""
    name = f"handover-test-{uuid.uuid4().hex}"
    return Session(join_practice(world.control_url).world, Places(name), Vault(name), MachineClock())


def logged_in(session: Session, world: PracticeWorld, owner: TokenOwner = TokenOwner.BOT) -> Answers:
    """Paste the token of the bot (or of the live chat), say whose it is, choose both apps; before any setting."""
    name = "page" if owner is TokenOwner.BOT else "secondary_page"
    opened = session.open_token(Secret(world.token(name)), None, CancelToken())
    session.keep(opened, remember=False)
    answers = with_changes(session.accept(opened, Answers(started=True)), token_owner=owner)
    return with_changes(answers, bot=app_of(world, "primary"), live_chat=app_of(world, "secondary"))


def without_token(world: PracticeWorld) -> Answers:
    page = world.start["page"]
    return Answers(
        started=True,
        page_id=page["id"],
        page_name=page["name"],
        token_owner=TokenOwner.NONE,
        bot=app_of(world, "primary"),
        live_chat=app_of(world, "secondary"),
    )


def app_of(world: PracticeWorld, role: str) -> App:
    told: Mapping[str, str] = world.start["apps"][role]
    return App(str(told["id"]), told["name"])


def open_window(qtbot: QtBot, session: Session, answers: Answers, step: StepId) -> Window:
    """Show the window at a step, and wait until the page has looked at what it looks at first."""
    clock = session.clock
    assert isinstance(clock, MachineClock)
    runner, opened = JobRunner(), list[str]()

    def open_link(address: str) -> bool:
        opened.append(address)
        return True

    explain = explainer(session.world, clock.now)
    given = Services(runner, open_link, Clipboard(), clock, explain, session, no_practice_window)
    makers: dict[StepId, PageMaker] = {one.id: partial(PlainPage, one.id, given) for one in SETUP.steps}
    makers[StepId.ROLES] = partial(RolesPage, given)
    makers[StepId.APP_ID] = partial(AppIdPage, given)
    makers[StepId.BOT_SETTINGS] = partial(BotSettingsPage, given)
    makers[StepId.FINISHED] = partial(FinishedPage, given)
    asides: dict[str, PageMaker] = {"check": partial(CheckPage, given)}
    shell = Shell(SETUP, makers, answers, given, asides=asides, start=step, label=session.world.label)

    def end_work(_shell: object) -> None:
        assert runner.stop_all(5_000)

    qtbot.addWidget(shell, before_close_func=end_work)
    shell.resize(1040, 720)
    with qtbot.waitExposed(shell):
        shell.show()
    window = Window(shell, session, runner, clock, opened)
    window.wait(qtbot)
    return window
