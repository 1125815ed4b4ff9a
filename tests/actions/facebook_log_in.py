"""Logging in with Facebook for tests without a face: the owner of the practice world is at the browser."""

import threading
from dataclasses import dataclass, field
from typing import Any

from tests.simulator.world import PracticeWorld
from wizard.actions.browser_log_in import BrowserLogIn, Code, CodeLogIn, find_log_in_file
from wizard.actions.session import Session
from wizard.core.cancel import CancelToken


@dataclass
class Owner:
    """Does on Facebook's pages what the scenario says. is_away: does nothing yet. addresses: that were opened."""

    world: PracticeWorld
    is_away: bool = False
    addresses: list[str] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)

    def go_to(self, address: str) -> None:
        self.addresses.append(address)
        if self.is_away:
            return
        threading.Thread(target=self.world.instruct, args=("log_in", address), daemon=True).start()

    def enter(self, code: Code) -> None:
        self.codes.append(code)
        self.world.instruct("enter_code", code.address, code.text)


def in_browser(session: Session, world: PracticeWorld, cancel: CancelToken, **scenario: Any) -> BrowserLogIn:
    """scenario: tables in place of those of happy-routing; the scenario begins anew."""
    world.scenario_of("happy-routing", **scenario)
    return BrowserLogIn(session, find_log_in_file(session, "practice"), Owner(world), cancel)


def with_code(session: Session, world: PracticeWorld, cancel: CancelToken, **scenario: Any) -> CodeLogIn:
    """The same on another page."""
    scenario["log_in"] = {"interval": 1, **scenario.get("log_in", {})}
    world.scenario_of("happy-routing", **scenario)
    return CodeLogIn(session, find_log_in_file(session, "practice"), Owner(world), cancel)
