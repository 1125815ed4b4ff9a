"""The modules of the pages are imported while the first page is read."""

import gc
import json
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.simulator.world import PracticeWorld
from wizard.ui import pages
from wizard.ui.garbage import GarbageCollection

_NOTES_IMPORTS = """
import json, sys, threading
from wizard.app import run_window

imported = []  # names of modules of the window, and whether its own thread imports them

class Noting:
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("wizard.", "segno")):
            imported.append((name, threading.current_thread() is threading.main_thread()))
            if name == sys.argv[2]:
                raise ImportError("bad magic number")

sys.meta_path.insert(0, Noting())
from PySide6.QtCore import QTimer
from wizard.ui.window.pages import PageModules
begin = PageModules.__init__

def noting(self, runner, parent=None):
    begin(self, runner, parent)
    imported.clear()
    self.second_imported.connect(lambda: imported.append(("second", True)))
    self.imported.connect(lambda: QTimer.singleShot(1_000, parent.window().close))  # a page is made ahead meanwhile

PageModules.__init__ = noting
code = run_window(None, sys.argv[1])
print(json.dumps([imported, sorted(sys.modules)]))
sys.exit(code)
"""


def imports(world: PracticeWorld, home: Path, damaged: str = "") -> tuple[list[tuple[str, bool]], set[str]]:
    """What the program imports after its first page is there, in a process of its own, and what is there at the end."""
    homes = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "STATE", "DATA", "CACHE")}
    done = subprocess.run(
        [sys.executable, "-c", _NOTES_IMPORTS, world.control_url, damaged],
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=30,  # a dialog that nobody expects would stay for ever
        check=True,
    )
    imported, there = json.loads(done.stdout)
    return [(name, is_main) for name, is_main in imported], set(there)


def test_all_pages_are_imported_the_second_first_and_none_in_a_thread(world: PracticeWorld, tmp_path: Path) -> None:
    found, there = imports(world, tmp_path)
    names = [name for name, _is_main in found]
    before = names[: names.index("second")]
    assert "wizard.ui.pages.log_in.page" in before
    assert "wizard.ui.pages.apps.page" not in before
    assert {f"wizard.ui.pages.{module.name}" for module in pkgutil.iter_modules(pages.__path__)} <= there
    assert {is_main for name, is_main in found if name.startswith("wizard.ui.")} == {True}
    assert {is_main for name, is_main in found if name in ("segno", "wizard.report.render")} == {False}


@pytest.mark.parametrize(
    "damaged", ["wizard.ui.pages.log_in.page", "wizard.ui.pages.finished.page", "segno", "wizard.graph.token_reading"]
)
def test_what_cannot_be_imported_is_nobodys_trouble_until_it_is_asked_for(
    world: PracticeWorld, tmp_path: Path, damaged: str
) -> None:
    """Not even where it is the next page, which is made ahead."""
    _found, there = imports(world, tmp_path, damaged)
    assert damaged not in there
    assert "wizard.ui.pages.roles.page" in there


def test_what_is_there_is_left_out_of_the_garbage_collection_until_the_program_ends(qtbot: QtBot) -> None:
    garbage = GarbageCollection()
    garbage.freeze()
    assert gc.get_freeze_count() > 0
    garbage.end()
    assert gc.get_freeze_count() == 0
    assert gc.isenabled()
