"""A session and its run of all Pages, on the practice world."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.world import PracticeWorld
from wizard.actions.account import AccountCheckOptions, AllPages
from wizard.actions.practice import join_practice
from wizard.actions.session import Session, session_for
from wizard.core.answers import Answers
from wizard.core.cancel import CancelToken
from wizard.core.checked import CheckedPage
from wizard.core.facts import App, Page
from wizard.core.secret import Secret

# The Pages of sixty-pages by their number: what other_pages.py of the practice world says of them.
NO_ROLE = {f"Lumen Coffee {number:02d}" for number in range(7, 60, 7)}
BROKEN = {f"Lumen Coffee {number:02d}" for number in (5, 18, 31, 44, 57)}
NO_BOT = {f"Lumen Coffee {number:02d}" for number in (4, 24, 34, 54)}  # 14 and 44 cannot be asked at all
NO_FIELD = {f"Lumen Coffee {number:02d}" for number in (6, 16, 26, 36, 46)}


@dataclass(slots=True)
class Run:
    """Builds runs on one world. cancel: of the last run. threads: names of those that checked something.
    breaks_at: name of a Page at which the caller's own function fails."""

    world: PracticeWorld
    session: Session
    cancel: CancelToken = field(default_factory=CancelToken)
    threads: set[str] = field(default_factory=set)
    breaks_at: str = ""

    def start(self, done: Iterable[str] = (), token: str = "user", **manner: Any) -> AllPages:
        self.cancel = CancelToken()
        opened = self.session.open_token(Secret(self.world.token(token)), None, self.cancel)
        bot, live_chat = App(self.world.app("primary")), App(self.world.app("secondary"))

        def known(page: Page) -> Answers:
            self.threads.add(threading.current_thread().name)
            if page.name == self.breaks_at:
                raise ZeroDivisionError
            return Answers(page_id=page.id, bot=bot, live_chat=live_chat)

        return AllPages(self.session, opened, known, self.cancel, AccountCheckOptions(**manner), done)

    def ids(self) -> dict[str, str]:
        """Page names, each with its ID."""
        return {page.answers.page_name: page.answers.page_id for page in self.start()}


@pytest.fixture
def run(world_process: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """On sixty-pages, started afresh."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    world_process.scenario("sixty-pages")
    return Run(world_process, session_for(join_practice(world_process.control_url).world))


def by_name(pages: Iterable[CheckedPage]) -> dict[str, CheckedPage]:
    """The Pages by their names; a Page that comes twice fails the test."""
    found: dict[str, CheckedPage] = {}
    for page in pages:
        assert page.answers.page_name not in found
        found[page.answers.page_name] = page
    return found


def state_of(page: CheckedPage, check: str) -> str:
    return next(verdict.state.value for verdict in page.verdicts if verdict.check == check)
