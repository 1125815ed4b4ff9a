"""The whole program: in a window of this process, and what one of its own gets."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from wizard.actions.practice import join_practice
from wizard.store.places import PRACTICE, Places
from wizard.ui.theme import Theme
from wizard.ui.window.first_window import FirstWindow
from wizard.ui.window.program import Program
from wizard.ui.window.shell import Shell


def offscreen(home: Path) -> dict[str, str]:
    """Variables for a program with folders of its own and no screen."""
    homes = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "STATE", "DATA", "CACHE")}
    return {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"}


@contextmanager
def program_in(
    qtbot: QtBot, world: PracticeWorld, theme: Theme, files: Sequence[Path] = (), is_practice: bool = True
) -> Iterator[Shell]:
    """The whole program in a window; yields its shell. is_practice: False where it takes the world for the real one."""
    hook = sys.excepthook
    keeper = FirstWindow()
    window = keeper.window
    program = Program(theme, keeper, open_link=lambda _address: True, files=files)
    with qtbot.waitExposed(window):
        opened = join_practice(world.control_url).world
        program.open(opened if is_practice else opened._replace(control="", label=""))
    program.hear_signals(())
    shell = window.findChild(Shell)
    assert isinstance(shell, Shell)
    try:
        yield shell
    finally:
        window.close()
        program.end()
        sys.excepthook = hook
        window.deleteLater()


def keep(content: str) -> Path:
    """Write what an earlier run is to have left as its answers; return the file."""
    path = Places(PRACTICE).answers
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path
