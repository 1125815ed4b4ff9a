"""The program's side of the pages: one session, and the few things only the whole program can do."""

from collections.abc import Callable
from dataclasses import dataclass

from wizard.actions.session import Session
from wizard.core.world import World


@dataclass(frozen=True, slots=True)
class SessionBackend:
    """start_practice_window: opens another window of this program in practice mode; False if it could not start."""

    session: Session
    start_practice_window: Callable[[], bool]

    @property
    def world(self) -> World:
        return self.session.world
