"""A conversation that a run left with the live chat when it died in the middle of a test."""

from dataclasses import dataclass

from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from tests.ui.set_up import ready, session_in
from wizard.actions.session import Session
from wizard.core.answers import Answers
from wizard.core.facts import Control
from wizard.core.pending import PendingTest, TrialPart


@dataclass
class Left:
    """What a run left that died after the pass: the conversation with the live chat, and the entry."""

    qtbot: QtBot
    world: PracticeWorld
    session: Session
    answers: Answers

    def entry(self, name: str = "left", **changes: object) -> PendingTest:
        start = self.world.start
        assert self.answers.bot is not None
        assert self.answers.live_chat is not None
        now = float(self.world.world()["time"])
        values: dict[str, object] = {
            "id": name,
            "graph": self.session.world.graph,
            "page_id": self.world.page_id,
            "page_name": start["page"]["name"],
            "psid": self.world.tester,
            "token_app_id": self.answers.bot.id,
            "bot": self.answers.bot,
            "live_chat": self.answers.live_chat,
            "part": TrialPart.FACEBOOK_ALLOWS,
            "start": Control.APP,
            "start_app_id": self.answers.bot.id,
            "opened_at": now - 2,
            "passed_at": now,
            "shows_others": True,
            "token_name": self.answers.token_name,
        }
        return PendingTest(**{**values, **changes})  # type: ignore[arg-type] # checked by the dataclass itself

    def die_after_pass(self) -> PendingTest:
        entry = self.entry()
        self.session.journal.write(entry)
        reply = self.world.control_of("pass", target_app_id=self.world.app("secondary"))
        assert reply.status == 200
        self.world.forget_requests()
        return entry


def in_scenario(qtbot: QtBot, world: PracticeWorld, scenario: str) -> Left:
    session = session_in(world, scenario)
    return Left(qtbot, world, session, ready(session, world))
