"""The same case through both faces: the terminal's program, the session behind the pages, and a real window."""

from tests.actions.conftest import cancel, own_session
from tests.terminal.conftest import program
from tests.ui.conftest import old_windows_are_gone, one_theme, short_waits, theme

__all__ = ["cancel", "old_windows_are_gone", "one_theme", "own_session", "program", "short_waits", "theme"]
