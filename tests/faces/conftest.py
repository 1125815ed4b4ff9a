"""The same case through both faces: the terminal's program, and the session that the window's pages use."""

from tests.actions.conftest import cancel, own_session
from tests.terminal.conftest import program

__all__ = ["cancel", "own_session", "program"]
