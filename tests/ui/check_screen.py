"""The Check screen on a practice world, opened as from Welcome; and set-ups and looks to fill it with."""

from dataclasses import dataclass, replace

from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.harness import Window, open_window
from tests.ui.set_up import app_of
from wizard.actions.check_target import CheckTarget
from wizard.actions.compressed import decompress
from wizard.actions.session import Session
from wizard.checks.page import check_page
from wizard.core.answers import Answers, SavedHow
from wizard.core.cancel import CancelToken
from wizard.core.checked import CheckedPage
from wizard.core.flow import StepId
from wizard.core.secret import Secret
from wizard.core.target import TargetChoice
from wizard.core.verdict import State
from wizard.ui.pages.check.page import CheckPage

OTHER_PAGE = "200000000000001"
DAY = 86_400.0


@dataclass
class Screen(Window):
    @property
    def page(self) -> CheckPage:
        page = self.shell.page
        assert isinstance(page, CheckPage)
        return page

    @property
    def subjects(self) -> list[CheckTarget]:
        return list(self.page.board.desk)

    def subject(self, name: str) -> CheckTarget:
        return next(one for one in self.subjects if one.name == name)

    def choose(self, name: str, check: str = "") -> None:
        self.page.board.table.choose(self.subject(name).key, check)

    def give_token(self, token: str) -> None:
        self.press("Use a token…")
        self.paste_token(token)


def open_check(qtbot: QtBot, session: Session, answers: Answers | None = None) -> Screen:
    shown = open_window(qtbot, session, answers or Answers(), StepId.WELCOME)
    shown.shell.resize(1040, 2400)  # everything is in view: tests click, they do not scroll
    shown.shell.open_aside("check")
    shown.wait()
    return Screen(qtbot, shown.shell, session, shown.runner, shown.opened)


def set_up(world: PracticeWorld, page_id: str = "", page_name: str = "Lumen Coffee") -> Answers:
    live_chat = app_of(world, "secondary")
    return Answers(
        started=True,
        page_id=page_id or world.page_id,
        page_name=page_name,
        bot=app_of(world, "primary"),
        live_chat=live_chat,
        target=TargetChoice("flow-ai"),
        saved_app_id=live_chat.id,
        saved_how=SavedHow.CONFIRMED,
    )


def remember_token(session: Session, world: PracticeWorld) -> None:
    """The bot's token of the Page is at hand."""
    session.tokens.keep(session.open_token(Secret(world.token()), None, CancelToken()), remember=False)


def looked(session: Session, world: PracticeWorld, at: float | None = None) -> CheckedPage:
    """A Page as somebody's check found it. at: Unix seconds, now unless told otherwise."""
    graph = session.graph(Secret(world.token()), None, CancelToken())
    found = check_page(graph, set_up(world), CancelToken(), look_at_conversations=True)
    return found if at is None else replace(found, at=at)


def saved_screen(qtbot: QtBot, session: Session, world: PracticeWorld) -> Screen:
    """Two set-ups are saved; the token of the first is at hand."""
    session.save_setup(set_up(world, OTHER_PAGE, "Harbour Books"))
    session.save_setup(set_up(world))
    remember_token(session, world)
    return open_check(qtbot, session)


def checked_screen(qtbot: QtBot, session: Session, world: PracticeWorld) -> Screen:
    """The first of them is checked, and its details are shown."""
    screen = saved_screen(qtbot, session, world)
    screen.press_main()
    screen.choose("Lumen Coffee")
    return screen


def state_of(screen: Screen, name: str, check: str) -> State:
    seen = screen.subject(name).result
    assert seen is not None
    return next(one.state for one in decompress(seen).verdicts if one.check == check)
